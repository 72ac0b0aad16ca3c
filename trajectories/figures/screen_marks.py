"""Each mark of a figure as Plotly traces and shapes."""

from __future__ import annotations

import datetime as dt
import html as entities
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import numpy as np

from trajectories.figures import style
from trajectories.figures.canvas import Canvas
from trajectories.figures.fades import slices
from trajectories.figures.figure import Bar, Bars, Line, Mark, Point, Points, Ribbons, Rule, Stack, Tiles
from trajectories.figures.layout import Spot, bounds, heights_of
from trajectories.figures.screen_text import SMALL, width_of
from trajectories.figures.words import capital
from trajectories.wording import people, percent

THICKNESS = 0.64
"""Of a row, how much its bars take."""
_CELLS_WITH_HOVER = 60_000
"""Above this many cells an index plot tells the person only: a text for each cell would weigh megabytes."""
_MOST_HATCHED = 1500
_SYMBOLS = {"circle": "circle", "square": "square", "diamond": "diamond", "triangle": "triangle-up"}
_DAY = 86_400_000.0
_MOMENTS = {"month": "%{x|%B %Y}", "quarter": "quarter %{x|%q} of %{x|%Y}", "year": "%{x|%Y}"}
"""How the hover says where on the calendar a cell lies, by the grid's step."""
_BEFORE_HALF = 0.01
"""Cells of numbered positions stand a hair to the left, so that the hover rounds a cell's middle to its
number.
"""
_CLEAR: dict[str, Any] = {"color": "rgba(0,0,0,0)", "line": {"width": 0}}


@dataclass(frozen=True, eq=False)
class Place:
    """One panel of the canvas: its axes' names, and how x values are said (dates on a calendar axis)."""

    canvas: Canvas
    x: str
    y: str
    spot: Spot
    dated: bool

    @property
    def has_tiles(self) -> bool:
        return any(isinstance(mark, Tiles) for mark in self.spot.panel.marks)

    @property
    def framed(self) -> bool:
        """Bars and tiles stand on their own; shares and lines need a y axis."""
        return any(isinstance(mark, Stack | Line) for mark in self.spot.panel.marks)

    def at(self, x: float) -> Any:
        return _moment(x) if self.dated else x

    def long(self, width: float) -> float:
        return width * _DAY if self.dated else width

    @property
    def axes(self) -> dict[str, str]:
        return {"xaxis": self.x, "yaxis": self.y}


def _moment(x: float) -> str:
    whole = dt.datetime.fromordinal(int(x)) + dt.timedelta(days=x - int(x))
    return whole.isoformat(timespec="minutes")


def _said(text: str) -> str:
    """Plain text with line breaks as Plotly wants it."""
    return entities.escape(text).replace("\n", "<br>")


def draw_mark(place: Place, mark: Mark) -> None:
    """Add one mark to its panel."""
    if isinstance(mark, Tiles):
        _tiles(place, mark)
    elif isinstance(mark, Stack):
        _stack(place, mark)
    elif isinstance(mark, Bars):
        _bars(place, mark)
    elif isinstance(mark, Line):
        _line(place, mark)
    elif isinstance(mark, Points):
        _points(place, mark)
    elif isinstance(mark, Ribbons):
        _ribbons(place, mark)
    else:
        _rule(place, mark)


def _tiles(place: Place, mark: Tiles) -> None:
    k = len(mark.colours)
    cells = np.where(mark.cells >= 0, mark.cells, np.where(mark.cells == -1, k, k + 1)).astype(np.uint8)
    colours = [*mark.colours, style.MISSING_FILL, style.PAPER]
    scale = [[(i + end) / (k + 2), colour] for i, colour in enumerate(colours) for end in (0, 1)]
    told = cells.size <= _CELLS_WITH_HOVER
    said = np.array([*map(entities.escape, mark.labels), style.MISSING_LABEL, "not observed"], dtype=object)
    moment = _MOMENTS.get(mark.unit, f"%{{x:.0f}} {entities.escape(mark.unit)}")
    place.canvas.add_trace(
        "heatmap",
        z=cells, zmin=-0.5, zmax=k + 1.5, colorscale=scale, showscale=False, zsmooth=False,
        x=[place.at(edge if place.dated else edge - _BEFORE_HALF) for edge in mark.edges], y=list(mark.rows),
        text=said[cells] if told else None,
        hovertemplate="<b>%{y}</b><br>" + ("%{text}<br>" if told else "") + moment + "<extra></extra>",
        **place.axes,
    )  # fmt: skip
    _hatched(place, mark)
    _selected(place, mark)


def _hatched(place: Place, mark: Tiles) -> None:
    """Hatch what is not known, as on paper: a heatmap cannot."""
    turns = np.diff((mark.cells == -1).astype(np.int8), axis=1, prepend=0, append=0)
    rows, starts = np.nonzero(turns == 1)
    ends = np.nonzero(turns == -1)[1]
    if not 0 < len(rows) <= _MOST_HATCHED:
        return
    spans = [(mark.edges[start], mark.edges[end]) for start, end in zip(starts, ends, strict=True)]
    hatch = {"shape": "/", "size": 5, "solidity": 0.25, "fgcolor": style.MISSING_HATCH}
    place.canvas.add_trace(
        "bar",
        orientation="h", y=[mark.rows[row] for row in rows], base=[place.at(start) for start, _ in spans],
        x=[place.long(end - start) for start, end in spans], width=1, hoverinfo="skip",
        marker={"color": style.MISSING_FILL, "line": {"width": 0}, "pattern": hatch}, **place.axes,
    )  # fmt: skip


def _selected(place: Place, mark: Tiles) -> None:
    """Outline one row, outside its own pixels so that its states stay to be seen."""
    if mark.selected not in mark.rows:
        return
    row, out = mark.rows.index(mark.selected), 2.0 * len(mark.rows) / place.spot.height
    for colour, thick in ((style.PAPER, 5.0), (style.INK, 2.0)):
        place.canvas.add_shape(
            type="rect", xref=place.x, x0=place.at(mark.edges[0]), x1=place.at(mark.edges[-1]),
            yref=place.y, y0=row - 0.5 - out, y1=row + 0.5 + out, fillcolor="rgba(0,0,0,0)",
            line={"color": colour, "width": thick},
        )  # fmt: skip


def _stack(place: Place, mark: Stack) -> None:
    shares = np.nan_to_num(mark.shares)
    stepped = np.concatenate([shares, shares[:, -1:]], axis=1)
    edges = [place.at(edge) for edge in mark.edges]
    for layer, colour, label in zip(stepped, mark.colours, mark.labels, strict=True):
        place.canvas.add_trace(
            "scatter",
            x=edges, y=layer, name=entities.escape(label), mode="lines", fillcolor=colour, hoverinfo="skip",
            line={"shape": "hv", "width": 0, "color": colour}, stackgroup=place.y, **place.axes,
        )  # fmt: skip
    spans = list(pairwise(mark.edges))
    place.canvas.add_trace(
        "bar",
        x=[place.at((start + end) / 2) for start, end in spans], y=np.ones(len(spans)),
        width=[place.long(end - start) for start, end in spans], marker=_CLEAR, hovertext=_told(mark, shares),
        hovertemplate="%{hovertext}<extra></extra>", **place.axes,
    )  # fmt: skip


def _told(mark: Stack, shares: Any) -> list[str]:
    """What the screen tells at each column: where in time, how many are observed, the shares from large
    to small.
    """
    told = []
    for column in range(shares.shape[1]):
        order = sorted(range(len(mark.labels)), key=lambda state: -shares[state, column])
        lines = [f"{percent(shares[state, column])} {entities.escape(mark.labels[state])}"
                 for state in order if shares[state, column] > 0]  # fmt: skip
        head = [f"<b>{entities.escape(capital(mark.names[column]))}</b>"] if mark.names else []
        if mark.counts is not None:
            head.append(people(int(mark.counts[column])) + " observed")
        told.append("<br>".join(head + lines))
    return told


def _bars(place: Place, mark: Bars) -> None:
    pieces = slices(mark.bars)
    place.canvas.add_trace(
        "bar",
        orientation="h", y=[piece.row for piece in pieces], base=[place.at(piece.start) for piece in pieces],
        x=[place.long(piece.end - piece.start) for piece in pieces], width=THICKNESS, hoverinfo="skip",
        marker={"color": [piece.colour for piece in pieces], "line": {"width": 0}}, **place.axes,
    )  # fmt: skip
    low, high = bounds(place.spot.panel)
    bars = [replace(bar, start=max(low, bar.start), end=min(high, bar.end)) for bar in mark.bars]
    place.canvas.add_trace(
        "bar",
        orientation="h", y=[bar.row for bar in bars], base=[place.at(bar.start) for bar in bars],
        x=[place.long(bar.end - bar.start) for bar in bars], width=THICKNESS, marker=_CLEAR, cliponaxis=False,
        text=[entities.escape(bar.text) for bar in bars], textangle=0, constraintext="inside",
        textposition=["outside" if bar.outside else "inside" for bar in bars], insidetextanchor="middle",
        insidetextfont={"size": SMALL, "color": [style.ink_on(bar.colour) for bar in bars]},
        outsidetextfont={"size": SMALL, "color": style.INK},
        hovertext=[_said(bar.hover) for bar in bars], hovertemplate="%{hovertext}<extra></extra>",
        customdata=_keys(bars), **place.axes,
    )  # fmt: skip


def _line(place: Place, mark: Line) -> None:
    label = entities.escape(mark.label)
    place.canvas.add_trace(
        "scatter",
        x=[place.at(x) for x in mark.x], y=list(mark.y), name=label,
        mode="lines" if mark.marker == "none" else "lines+markers", line={"color": mark.colour, "width": 2},
        marker={"symbol": _SYMBOLS.get(mark.marker, "circle"), "size": 7},
        hovertemplate="%{x}: %{y:.3f}<extra>" + label + "</extra>", **place.axes,
    )  # fmt: skip


def _points(place: Place, mark: Points) -> None:
    top = heights_of(place.spot.panel)[1]
    points = mark.points
    edge = {"color": style.PAPER, "width": 1}
    place.canvas.add_trace(
        "scatter",
        x=[place.at(point.x) for point in points], y=[top if p.row is None else p.row for p in points],
        mode="markers", cliponaxis=False, hovertext=[_said(point.hover or point.label) for point in points],
        marker={"symbol": "diamond", "size": 9, "color": [point.colour for point in points], "line": edge},
        hovertemplate="%{hovertext}<extra></extra>", customdata=_keys(points), **place.axes,
    )  # fmt: skip


def _ribbons(place: Place, mark: Ribbons) -> None:
    low, high = bounds(place.spot.panel)
    for one in mark.ribbons:
        corners = [*one.outline, one.outline[0]]
        place.canvas.add_trace(
            "scatter",
            x=[place.at(x) for x, _ in corners], y=[y for _, y in corners], mode="lines", fill="toself",
            fillcolor=one.colour, line={"color": style.PAPER, "width": 1}, hoveron="fills",
            text=_said(one.hover), hoverinfo="text", **place.axes,
        )  # fmt: skip
    pixels = place.spot.width / (high - low)
    told = [one for one in mark.ribbons if one.text
            and one.middle[2] * pixels >= width_of(one.text, SMALL) + 10]  # fmt: skip
    place.canvas.add_trace(
        "scatter",
        x=[place.at(one.middle[0]) for one in told], y=[one.middle[1] for one in told], mode="text",
        text=[entities.escape(one.text) for one in told], hoverinfo="skip",
        textfont={"size": SMALL, "color": [style.ink_on(one.colour) for one in told]}, **place.axes,
    )  # fmt: skip


def _keys(marks: Sequence[Bar | Point]) -> list[str] | None:
    """What a click on each carries; nothing where no mark has a key."""
    return [mark.key for mark in marks] if any(mark.key for mark in marks) else None


def _rule(place: Place, mark: Rule) -> None:
    for colour, thick in ((style.PAPER, 3.0), (style.INK, 1.2)):
        dash = "4px,3px" if mark.dashed and colour == style.INK else "solid"
        place.canvas.add_shape(type="line", xref=place.x, yref=f"{place.y} domain", x0=place.at(mark.x),
                              x1=place.at(mark.x), y0=0, y1=1, layer="below" if mark.dashed else "above",
                              line={"color": colour, "width": thick, "dash": dash})  # fmt: skip
