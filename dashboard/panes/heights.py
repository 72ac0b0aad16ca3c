"""How high a chart's axes are on this page."""

from __future__ import annotations

from bisect import bisect_right
from typing import Any


def with_axes(drawn: Any, height: int) -> Any:
    """The Plotly figure with ``height`` pixels for the axes of all its rows together.

    All else (titles, ticks, gaps between rows) keeps its pixels: only the axes grow or shrink, and what
    is placed on the page as a whole moves with them.
    """
    layout = drawn.layout
    whole = layout.height - layout.margin.t - layout.margin.b
    rows = sorted({tuple(axis.domain) for axis in drawn.select_yaxes()})
    factor = height / (whole * sum(high - low for low, high in rows))
    moved = _Stretched(rows, factor)
    for axis in drawn.select_yaxes():
        axis.domain = [moved(place) for place in axis.domain]
    for shape in drawn.select_shapes({"yref": "paper"}):
        if shape.ysizemode == "pixel":
            shape.yanchor = moved(shape.yanchor)
        else:
            shape.y0, shape.y1 = moved(shape.y0), moved(shape.y1)
    for annotation in drawn.select_annotations({"yref": "paper"}):
        annotation.y = moved(annotation.y)
    return drawn.update_layout(height=round(whole * moved.length + layout.margin.t + layout.margin.b))


class _Stretched:
    """Where a share of the page's height comes to stand when the rows are stretched and the gaps are not."""

    def __init__(self, rows: list[tuple[float, float]], factor: float) -> None:
        self.old, self.new = [0.0], [0.0]
        for low, high in rows:
            self._add(low, 1.0)
            self._add(high, factor)
        self._add(1.0, 1.0)
        self.length = self.new[-1]

    def _add(self, place: float, factor: float) -> None:
        self.new.append(self.new[-1] + (place - self.old[-1]) * factor)
        self.old.append(place)

    def __call__(self, place: float) -> float:
        i = min(max(bisect_right(self.old, place) - 1, 0), len(self.old) - 2)
        span = self.old[i + 1] - self.old[i]
        share = (place - self.old[i]) / span if span else 0.0
        return (self.new[i] + share * (self.new[i + 1] - self.new[i])) / self.length
