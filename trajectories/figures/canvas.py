"""A Plotly figure while it is drawn: traces and layout as plain values, checked once, at the end."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import plotly.graph_objects as go


@dataclass(frozen=True, eq=False)
class Canvas:
    """What has been drawn so far.

    Plotly's own figure checks and copies all it holds at each addition: seconds, where many panels come
    together.
    """

    traces: list[dict[str, Any]] = field(default_factory=list)
    layout: dict[str, Any] = field(default_factory=dict)
    shapes: list[dict[str, Any]] = field(default_factory=list)
    annotations: list[dict[str, Any]] = field(default_factory=list)

    def add_trace(self, kind: str, **settings: Any) -> None:
        """Add a trace of Plotly's ``kind``: "bar", "heatmap", "scatter"."""
        self.traces.append({"type": kind, **settings})

    def add_shape(self, **settings: Any) -> None:
        self.shapes.append(settings)

    def add_annotation(self, **settings: Any) -> None:
        self.annotations.append(settings)

    def plain(self) -> dict[str, Any]:
        """Everything as plotly.js takes it, unchecked: for a page that draws often."""
        added = {"shapes": self.shapes, "annotations": self.annotations}
        return {"data": self.traces, "layout": {**self.layout, **added}}

    def figure(self) -> go.Figure:
        """Everything as a figure of Plotly's, which refuses what it does not know."""
        import plotly.graph_objects as go

        drawn = self.plain()
        return go.Figure(drawn["data"], {**drawn["layout"], "template": "none"})
