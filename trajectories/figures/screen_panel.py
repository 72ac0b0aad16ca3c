"""One panel on screen: its two axes, its marks, the labels above it and its title."""

from __future__ import annotations

import html as entities
from dataclasses import dataclass
from typing import Any

from trajectories.figures import style
from trajectories.figures.canvas import Canvas
from trajectories.figures.layout import Page, Spot, bounds, heights_of, row_labels
from trajectories.figures.screen_marks import Place, draw_mark
from trajectories.figures.screen_text import BODY, SMALL


@dataclass(frozen=True)
class Frame:
    """The area of all axes in pixels, to turn places on the page into the shares of it that Plotly wants."""

    page: Page
    width: float
    height: float
    top: float

    def across(self, spot: Spot) -> list[float]:
        start = (spot.left - self.page.left) / self.width
        return [max(0.0, start), min(1.0, start + spot.width / self.width)]

    def up(self, spot: Spot) -> list[float]:
        bottom = 1.0 - (spot.top + spot.height - self.top) / self.height
        return [max(0.0, bottom), min(1.0, bottom + spot.height / self.height)]


def draw_panel(canvas: Canvas, spot: Spot, number: int, frame: Frame) -> None:
    """Add one panel, the ``number``-th of the figure (from 0)."""
    tail = str(number + 1) if number else ""
    place = Place(canvas, f"x{tail}", f"y{tail}", spot, spot.panel.x.kind == "day")
    canvas.layout.update({f"xaxis{tail}": _x_axis(place, frame), f"yaxis{tail}": _y_axis(place, frame)})
    before = len(canvas.traces)
    for mark in spot.panel.marks:
        draw_mark(place, mark)
    if len(canvas.traces) == before:  # without any trace Plotly draws its axes at no number
        canvas.add_trace("scatter", x=[place.at(bounds(spot.panel)[0])], y=[0], mode="markers", opacity=0,
                         hoverinfo="skip", **place.axes)  # fmt: skip
    _flags(place, frame.up(spot)[1])
    _title(place)


def _x_axis(place: Place, frame: Frame) -> dict[str, Any]:
    axis = place.spot.panel.x
    low, high = bounds(place.spot.panel)
    set_up: dict[str, Any] = {
        "domain": frame.across(place.spot),
        "anchor": place.y,
        "range": [place.at(low), place.at(high)],
        "type": "date" if place.dated else "linear",
        "showgrid": False,
        "zeroline": False,
        "showline": True,
        "linecolor": style.FRAME,
        "ticks": "outside",
        "ticklen": 4,
        "tickcolor": style.FRAME,
        "tickfont": {"size": SMALL},
        "title": {"text": entities.escape(axis.label), "font": {"size": BODY}, "standoff": 4},
    }
    if axis.ticks is not None:
        set_up |= _ticks([(place.at(x), label) for x, label in axis.ticks]) | {"tickmode": "array"}
    return set_up


def _y_axis(place: Place, frame: Frame) -> dict[str, Any]:
    panel = place.spot.panel
    set_up: dict[str, Any] = {
        "domain": frame.up(place.spot),
        "anchor": place.x,
        "range": list(heights_of(panel)),
        "type": "linear",
        "showgrid": False,
        "zeroline": False,
        "showline": place.framed,
        "linecolor": style.FRAME,
        "ticks": "outside" if place.framed else "",
        "ticklen": 4,
        "tickcolor": style.FRAME,
        "tickfont": {"size": SMALL},
        "title": {"text": entities.escape(panel.y.label), "font": {"size": BODY}, "standoff": 6},
    }
    rows = row_labels(panel)
    if rows:
        set_up |= _ticks(list(enumerate(rows))) | {"ticklabelstandoff": 4}
    elif place.has_tiles:
        ends = [end - 0.5 for end in heights_of(panel)]
        named = [(y - 0.5, label) for y, label in panel.y.ticks or ()]
        set_up |= _ticks(named) | {"type": "category", "range": ends}
    elif panel.y.ticks is not None:
        set_up |= _ticks(list(panel.y.ticks))
    elif panel.y.kind == "share":
        set_up |= {"tickformat": ".0%", "dtick": 0.5}
    return set_up


def _ticks(ticks: list[tuple[Any, str]]) -> dict[str, Any]:
    said = [entities.escape(label).replace("\n", "<br>") for _, label in ticks]
    return {"tickvals": [at for at, _ in ticks], "ticktext": said}


def _flags(place: Place, top: float) -> None:
    """The staggered labels; ``top`` is the panel's upper edge as a share of the axes' area."""
    for flag in place.spot.flags:
        rise = 6.0 + 15.0 * flag.level
        colour = style.MUTED if flag.rule else style.INK
        leftward = flag.back == flag.width
        place.canvas.add_shape(
            type="line", xref=place.x, x0=place.at(flag.x), x1=place.at(flag.x),
            yref="paper", ysizemode="pixel", yanchor=top, y0=0, y1=rise + 12,
            line={"color": colour, "width": 1},
        )  # fmt: skip
        place.canvas.add_annotation(
            text=entities.escape(flag.text), showarrow=False, borderpad=0, bgcolor=style.PAPER,
            font={"size": SMALL, "color": colour}, x=place.at(flag.x), xref=place.x,
            xanchor="right" if leftward else "left", xshift=-2 if leftward else 2 - flag.back,
            y=1, yref=f"{place.y} domain", yanchor="bottom", yshift=rise - 2,
        )  # fmt: skip


def _title(place: Place) -> None:
    spot = place.spot
    lines = [f"<b>{entities.escape(line)}</b>" for line in spot.title]
    if spot.panel.subtitle:
        said = entities.escape(spot.panel.subtitle)
        lines.append(f'<span style="color:{style.MUTED};font-size:{SMALL}px">{said}</span>')
    if lines:
        place.canvas.add_annotation(
            text="<br>".join(lines), showarrow=False, align="left", font={"size": BODY, "color": style.INK},
            x=0, xref=f"{place.x} domain", xanchor="left",
            y=1, yref=f"{place.y} domain", yanchor="bottom", yshift=spot.above + 1,
        )  # fmt: skip
