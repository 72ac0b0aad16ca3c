"""Each mark of a figure as matplotlib artists."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from trajectories.figures import style
from trajectories.figures.fades import slices
from trajectories.figures.figure import Bar, Bars, Line, Mark, Points, Ribbons, Rule, Stack, Tiles
from trajectories.figures.paper_size import SMALL
from trajectories.figures.paper_text import width_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

THICKNESS = 0.64
ROWS_AS_VECTOR = 400
"""Index plots with more rows are put on paper as an image."""
_MARKERS = {"circle": "o", "square": "s", "diamond": "D", "triangle": "^", "none": ""}
Box = tuple[float, float, float, float]


def is_image(mark: Mark) -> bool:
    """Whether the mark is drawn as an image inside vector files."""
    return isinstance(mark, Tiles) and len(mark.rows) > ROWS_AS_VECTOR


def draw_mark(axes: Axes, mark: Mark) -> None:
    """Add one mark to its panel."""
    if isinstance(mark, Tiles):
        _image(axes, mark) if is_image(mark) else _tiles(axes, mark)
        _selected(axes, mark)
    elif isinstance(mark, Stack):
        _stack(axes, mark)
    elif isinstance(mark, Bars):
        _bars(axes, mark)
    elif isinstance(mark, Line):
        shape = _MARKERS[mark.marker]
        axes.plot(mark.x, mark.y, color=mark.colour, linewidth=1.2, marker=shape, markersize=3.5, zorder=4)
    elif isinstance(mark, Points):
        _points(axes, mark)
    elif isinstance(mark, Ribbons):
        _ribbons(axes, mark)
    else:
        _rule(axes, mark)


def _tiles(axes: Axes, mark: Tiles) -> None:
    boxes: dict[int, list[Box]] = defaultdict(list)
    for row, cells in enumerate(mark.cells):
        starts = np.flatnonzero(np.diff(cells, prepend=-9))
        for start, end in zip(starts, [*starts[1:], len(cells)], strict=True):
            boxes[int(cells[start])].append((mark.edges[start], row, mark.edges[end], row + 1))
    for state in sorted(boxes):
        if state >= 0:
            _fill(axes, boxes[state], mark.colours[state])
    if boxes[-1]:
        _fill(axes, boxes[-1], style.MISSING_FILL, hatch="//////")


def _fill(axes: Axes, boxes: list[Box], colour: str, hatch: str | None = None) -> None:
    from matplotlib.collections import PolyCollection

    edge, width = (style.MISSING_HATCH, 0.0) if hatch else ("face", 0.15)
    areas = PolyCollection(list(map(_corners, boxes)), facecolors=colour, edgecolors=edge)
    areas.set(hatch=hatch, linewidth=width)
    axes.add_collection(areas, autolim=False)


def _corners(box: Box) -> tuple[tuple[float, float], ...]:
    left, bottom, right, top = box
    return (left, bottom), (right, bottom), (right, top), (left, top)


def _image(axes: Axes, mark: Tiles) -> None:
    from matplotlib.colors import ListedColormap

    k = len(mark.colours)
    cells = np.where(mark.cells >= 0, mark.cells, np.where(mark.cells == -1, k, k + 1))
    colours = ListedColormap([*mark.colours, style.MISSING_FILL, style.PAPER])
    axes.pcolormesh(np.asarray(mark.edges), np.arange(len(mark.rows) + 1), cells, cmap=colours, vmin=-0.5,
                    vmax=k + 1.5, rasterized=True)  # fmt: skip


def _selected(axes: Axes, mark: Tiles) -> None:
    """Outline one row, outside its own area so that its states stay to be seen."""
    from matplotlib.patches import Rectangle

    if mark.selected not in mark.rows:
        return
    row, width = mark.rows.index(mark.selected), mark.edges[-1] - mark.edges[0]
    out = 0.9 * len(mark.rows) / (72 * _inches(axes)[1])
    for colour, thick in ((style.PAPER, 2.4), (style.INK, 1.0)):
        outline = Rectangle((mark.edges[0], row - out), width, 1 + 2 * out, fill=False)
        outline.set(edgecolor=colour, linewidth=thick, clip_on=False, zorder=5)
        axes.add_patch(outline)


def _inches(axes: Axes) -> tuple[float, float]:
    """Width and height of the axes on paper."""
    sheet = axes.get_figure(root=True)
    assert sheet is not None
    width, height = sheet.get_size_inches()
    return float(axes.get_position().width * width), float(axes.get_position().height * height)


def _stack(axes: Axes, mark: Stack) -> None:
    from matplotlib.collections import PolyCollection

    shares = np.nan_to_num(mark.shares)
    tops = np.cumsum(shares, axis=0)
    for top, share, colour in zip(tops, shares, mark.colours, strict=True):
        areas = [_area(mark.edges[start : end + 1], (top - share)[start:end], top[start:end])
                 for start, end in _runs(share > 0)]  # fmt: skip
        axes.add_collection(PolyCollection(areas, facecolors=colour, edgecolors="face", linewidths=0.15),
                            autolim=False)  # fmt: skip


def _runs(where: np.ndarray[Any, np.dtype[np.bool_]]) -> list[tuple[int, int]]:
    """From where (included) to where (not) each run of True goes."""
    turns = np.flatnonzero(np.diff(where.astype(np.int8), prepend=0, append=0))
    return [(int(start), int(end)) for start, end in turns.reshape(-1, 2)]


def _area(edges: Sequence[float], bottom: Any, top: Any) -> list[tuple[float, float]]:
    """The outline of steps between two lines."""
    x = np.repeat(edges, 2)[1:-1]
    over, under = np.repeat(top, 2), np.repeat(bottom, 2)
    return [*zip(x, over, strict=True), *zip(x[::-1], under[::-1], strict=True)]


def _bars(axes: Axes, mark: Bars) -> None:
    from matplotlib.collections import PolyCollection

    pieces, half = slices(mark.bars), THICKNESS / 2
    corners = [_corners((piece.start, piece.row - half, piece.end, piece.row + half)) for piece in pieces]
    colours = [piece.colour for piece in pieces]
    axes.add_collection(PolyCollection(corners, facecolors=colours, edgecolors="none", linewidths=0.0),
                        autolim=False)  # fmt: skip
    for bar in mark.bars:
        if bar.text:
            _text(axes, bar)


def _text(axes: Axes, bar: Bar) -> None:
    """The bar's text: after its end, or inside when it fits between its fades."""
    if bar.outside:
        axes.annotate(bar.text, (bar.end, bar.row), xytext=(2, 0), textcoords="offset points", size=SMALL,
                      va="center", annotation_clip=False)  # fmt: skip
        return
    low, high = axes.get_xlim()
    start = max(low, bar.start + bar.fade_start / 2)
    end = min(high, bar.end - bar.fade_end / 2)
    if (end - start) / (high - low) * _inches(axes)[0] >= width_of(bar.text, SMALL) + 0.05:
        axes.text((start + end) / 2, bar.row, bar.text, size=SMALL, color=style.ink_on(bar.colour), zorder=4,
                  ha="center", va="center_baseline")  # fmt: skip


def _ribbons(axes: Axes, mark: Ribbons) -> None:
    from matplotlib.collections import PolyCollection

    outlines, colours = [one.outline for one in mark.ribbons], [one.colour for one in mark.ribbons]
    axes.add_collection(PolyCollection(outlines, facecolors=colours, edgecolors=style.PAPER, linewidths=0.6),
                        autolim=False)  # fmt: skip
    low, high = axes.get_xlim()
    for one in mark.ribbons:
        x, y, width = one.middle
        if one.text and width / (high - low) * _inches(axes)[0] >= width_of(one.text, SMALL) + 0.1:
            axes.text(x, y, one.text, size=SMALL, color=style.ink_on(one.colour), zorder=4, ha="center",
                      va="center_baseline")  # fmt: skip


def _points(axes: Axes, mark: Points) -> None:
    top = axes.get_ylim()[1]
    for point in mark.points:
        axes.plot(
            [point.x], [top if point.row is None else point.row], color=point.colour, marker="D",
            markersize=4, markeredgecolor=style.PAPER, markeredgewidth=0.5, clip_on=False, zorder=6,
        )  # fmt: skip


def _rule(axes: Axes, mark: Rule) -> None:
    order = 0.5 if mark.dashed else 3
    dashes = (3, 2) if mark.dashed else (None, None)
    axes.axvline(mark.x, color=style.PAPER, linewidth=1.8, zorder=order)
    axes.axvline(mark.x, color=style.INK, linewidth=0.7, zorder=order, dashes=dashes)
