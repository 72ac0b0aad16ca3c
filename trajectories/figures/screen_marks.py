"""Each mark of a figure as Plotly traces and shapes."""

from __future__ import annotations

import datetime as dt
import html as entities
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from trajectories.figures import style
from trajectories.figures.fades import slices
from trajectories.figures.figure import Bars, Line, Mark, Points, Rule, Stack, Tiles
from trajectories.figures.layout import Spot, bounds, heights_of
from trajectories.figures.words import people, percent

if TYPE_CHECKING:
    import plotly.graph_objects as go

THICKNESS = 0.64
"""Of a row, how much its bars take."""
_CELLS_WITH_HOVER = 60_000
"""Above this many cells an index plot tells the person only: a text for each cell would weigh megabytes."""
_MOST_HATCHED = 1500
_SYMBOLS = {"circle": "circle", "square": "square", "diamond": "diamond", "triangle": "triangle-up"}
_DAY = 86_400_000.0


@dataclass(frozen=True, eq=False)
class Place:
    """One panel in a Plotly figure: its axes' names, and how x values are said (dates on a calendar axis)."""

    drawn: go.Figure
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
    else:
        _rule(place, mark)


_MOMENTS = {"month": "%{x|%B %Y}", "quarter": "quarter %{x|%q} of %{x|%Y}", "year": "%{x|%Y}"}
_STEPS = "%{x:.0f} "


def _tiles(place: Place, mark: Tiles) -> None:
    k = len(mark.colours)
    cells = np.where(mark.cells >= 0, mark.cells, np.where(mark.cells == -1, k, k + 1)).astype(np.uint8)
    colours = [*mark.colours, style.MISSING_FILL, style.PAPER]
    scale = [[(i + end) / (k + 2), colour] for i, colour in enumerate(colours) for end in (0, 1)]
    known = cells.size <= _CELLS_WITH_HOVER
    said = np.array([*map(entities.escape, mark.labels), style.MISSING_LABEL, "not observed"], dtype=object)
    edges = [edge - 0.01 for edge in mark.edges] if not place.dated else list(mark.edges)
    place.drawn.add_heatmap(
        z=cells, x=[place.at(edge) for edge in edges], y=list(mark.rows), colorscale=scale, zmin=-0.5,
        zmax=k + 1.5, showscale=False, zsmooth=False, **place.axes,
        text=said[cells] if known else None,
        hovertemplate="<b>%{y}</b>" + "<br>%{text}" * known + f"<br>{_MOMENTS.get(mark.unit, _STEPS + mark.unit)}"
                      "<extra></extra>",
    )  # fmt: skip
    _hatched(place, mark)
    if mark.selected in mark.rows:
        row = mark.rows.index(mark.selected)
        out = 2.0 * len(mark.rows) / place.spot.height
        for colour, thick in ((style.PAPER, 5.0), (style.INK, 2.0)):
            place.drawn.add_shape(type="rect", xref=place.x, yref=place.y, x0=place.at(mark.edges[0]),
                                  x1=place.at(mark.edges[-1]), y0=row - 0.5 - out, y1=row + 0.5 + out,
                                  fillcolor="rgba(0,0,0,0)", line={"color": colour, "width": thick})  # fmt: skip


def _hatched(place: Place, mark: Tiles) -> None:
    """Hatch what is not known, as on paper: a heatmap cannot."""
    turns = np.diff((mark.cells == -1).astype(np.int8), axis=1, prepend=0, append=0)
    rows, starts = np.nonzero(turns == 1)
    ends = np.nonzero(turns == -1)[1]
    if not 0 < len(rows) <= _MOST_HATCHED:
        return
    place.drawn.add_bar(
        orientation="h", y=[mark.rows[row] for row in rows], base=[place.at(mark.edges[c]) for c in starts], width=1,
        x=[place.long(mark.edges[b] - mark.edges[a]) for a, b in zip(starts, ends, strict=True)], hoverinfo="skip",
        marker={"color": style.MISSING_FILL, "line": {"width": 0},
                "pattern": {"shape": "/", "size": 5, "solidity": 0.25, "fgcolor": style.MISSING_HATCH}}, **place.axes,
    )  # fmt: skip


def _stack(place: Place, mark: Stack) -> None:
    shares = np.nan_to_num(mark.shares)
    stepped = np.concatenate([shares, shares[:, -1:]], axis=1)
    x = [place.at(edge) for edge in mark.edges]
    for layer, colour, label in zip(stepped, mark.colours, mark.labels, strict=True):
        place.drawn.add_scatter(
            x=x, y=layer, name=entities.escape(label), mode="lines", fillcolor=colour, hoverinfo="skip",
            line={"shape": "hv", "width": 0, "color": colour}, stackgroup=place.y, **place.axes,
        )  # fmt: skip
    middles = [(a + b) / 2 for a, b in zip(mark.edges, mark.edges[1:], strict=False)]
    widths = [place.long(b - a) for a, b in zip(mark.edges, mark.edges[1:], strict=False)]
    place.drawn.add_bar(
        x=[place.at(x) for x in middles], y=np.ones(len(middles)), width=widths, **place.axes,
        marker={"color": "rgba(0,0,0,0)", "line": {"width": 0}}, hovertext=_told(mark, shares),
        hovertemplate="%{hovertext}<extra></extra>",
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
        head = [f"<b>{mark.names[column]}</b>"] if mark.names else []
        if mark.counts is not None:
            head.append(people(int(mark.counts[column])) + " observed")
        told.append("<br>".join(head + lines))
    return told


def _bars(place: Place, mark: Bars) -> None:
    pieces = slices(mark.bars)
    place.drawn.add_bar(
        orientation="h", y=[p.row for p in pieces], base=[place.at(p.start) for p in pieces],
        x=[place.long(p.end - p.start) for p in pieces], width=THICKNESS, hoverinfo="skip",
        marker={"color": [p.colour for p in pieces], "line": {"width": 0}}, **place.axes,
    )  # fmt: skip
    low, high = bounds(place.spot.panel)
    bars = [replace(b, start=max(low, b.start), end=min(high, b.end)) for b in mark.bars]
    place.drawn.add_bar(
        orientation="h", y=[b.row for b in bars], base=[place.at(b.start) for b in bars],
        x=[place.long(b.end - b.start) for b in bars], width=THICKNESS,
        marker={"color": "rgba(0,0,0,0)", "line": {"width": 0}}, text=[entities.escape(b.text) for b in bars],
        textposition=["outside" if b.outside else "inside" for b in bars], insidetextanchor="middle", textangle=0, constraintext="inside",
        outsidetextfont={"size": 11, "color": style.INK}, cliponaxis=False,
        insidetextfont={"size": 11, "color": [style.ink_on(b.colour) for b in bars]},
        hovertext=[_said(b.hover) for b in bars], hovertemplate="%{hovertext}<extra></extra>", **place.axes,
    )  # fmt: skip


def _line(place: Place, mark: Line) -> None:
    place.drawn.add_scatter(
        x=[place.at(x) for x in mark.x], y=list(mark.y), mode="lines+markers", name=entities.escape(mark.label),
        line={"color": mark.colour, "width": 2}, marker={"symbol": _SYMBOLS[mark.marker], "size": 7},
        showlegend=False, hovertemplate="%{x}: %{y:.3f}<extra>" + entities.escape(mark.label) + "</extra>",
        **place.axes,
    )  # fmt: skip


def _points(place: Place, mark: Points) -> None:
    top = heights_of(place.spot.panel)[1]
    points = mark.points
    place.drawn.add_scatter(
        x=[place.at(p.x) for p in points], y=[top if p.row is None else p.row for p in points], mode="markers",
        marker={"symbol": "diamond", "size": 9, "color": [p.colour for p in points],
                "line": {"color": style.PAPER, "width": 1}},
        cliponaxis=False, hovertext=[_said(p.hover or p.label) for p in points],
        hovertemplate="%{hovertext}<extra></extra>", **place.axes,
    )  # fmt: skip


def _rule(place: Place, mark: Rule) -> None:
    for colour, thick in ((style.PAPER, 3.0), (style.INK, 1.2)):
        dash = "4px,3px" if mark.dashed and colour == style.INK else "solid"
        place.drawn.add_shape(type="line", xref=place.x, yref=f"{place.y} domain", x0=place.at(mark.x),
                              x1=place.at(mark.x), y0=0, y1=1, layer="below" if mark.dashed else "above",
                              line={"color": colour, "width": thick, "dash": dash})  # fmt: skip
