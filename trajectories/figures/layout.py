"""Where each panel of a figure stands: rows and columns with room for titles, labels and ticks, in any
unit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from trajectories.figures.figure import Axis, Bars, Figure, Line, Panel, Stack, Tiles
from trajectories.figures.flags import Flag, flags
from trajectories.figures.words import Measure, wrapped


@dataclass(frozen=True)
class Metrics:
    """Sizes of text on a page, in the page's unit (pixels on screen, inches on paper)."""

    body: Measure
    """Width of a text in the size of ticks and labels."""
    title: Measure
    """Width of a text in the size of panel titles."""
    line: float
    """Height of a line of a panel's title."""
    small: float
    """Height of a line of ticks, labels and flags."""
    pad: float


@dataclass(frozen=True)
class Above:
    """What stands above a panel: the lines of its title, staggered labels beneath, and how high they are."""

    title: tuple[str, ...]
    flags: tuple[Flag, ...]
    flags_height: float
    height: float


@dataclass(frozen=True)
class Spot:
    """One panel's place: the axes' rectangle from the page's top left, and the text above it."""

    panel: Panel
    left: float
    top: float
    width: float
    height: float
    text: Above

    @property
    def title(self) -> tuple[str, ...]:
        return self.text.title

    @property
    def flags(self) -> tuple[Flag, ...]:
        return self.text.flags

    @property
    def above(self) -> float:
        """Height of the flags between the axes and the title."""
        return self.text.flags_height


@dataclass(frozen=True)
class Page:
    """All spots, and the margins around the grid of axes."""

    spots: tuple[Spot, ...]
    left: float
    right: float
    bottom: float

_TALL = 10_000.0


def arrange(figure: Figure, width: float, height: float, top: float, metrics: Metrics) -> Page:
    """Place the panels on a page between ``top`` and ``height``; relative sizes share what text leaves."""
    panels, m = figure.panels, metrics
    columns, rows = _sizes(figure.widths, panels, "column"), _sizes(figure.heights, panels, "row")
    lefts = [max((_left(p, m) for p in panels if p.column == c), default=0.0) for c in range(len(columns))]
    gaps = [0.0, *(_gap(panels, c, m) for c in range(1, len(columns)))]
    right = m.pad + max((_overhang(p, -1, m) for p in panels), default=0.0)
    room = width - sum(lefts) - sum(gaps) - right
    widths = _shared(room, width, columns)
    starts = _running(lefts, gaps, widths)

    texts = {id(p): _text(p, widths[p.column], m) for p in panels}
    over = [max((texts[id(p)].height for p in panels if p.row == r), default=0.0) for r in range(len(rows))]
    under = [max((_under(p, m) for p in panels if p.row == r), default=0.0) for r in range(len(rows))]
    breaths = [0.0, *(m.pad if under[r - 1] == over[r] == 0 else 2 * m.pad for r in range(1, len(rows)))]
    room = height - top - sum(over) - sum(under) - sum(breaths)
    heights = _shared(room, height - top, rows)
    between = [0.0, *(low + breath for low, breath in zip(under, breaths[1:], strict=False))]
    tops = [top + start for start in _running(over, between, heights)]
    spots = tuple(
        Spot(p, starts[p.column], tops[p.row], widths[p.column], heights[p.row], texts[id(p)]) for p in panels
    )
    return Page(spots, lefts[0], right, under[-1])


def overhead(figure: Figure, width: float, top: float, metrics: Metrics) -> float:
    """How much of the page's height is text, not axes."""
    page = arrange(figure, width, _TALL, top, metrics)
    rows = {spot.panel.row: spot.height for spot in page.spots}
    return _TALL - sum(rows.values())


def bounds(panel: Panel) -> tuple[float, float]:
    """From where to where a panel's x axis goes: as asked, or as far as its marks reach."""
    reach = [x for mark in panel.marks for x in _reach(mark)]
    low = panel.x.low if panel.x.low is not None else min(reach, default=0.0)
    high = panel.x.high if panel.x.high is not None else max(reach, default=1.0)
    return low, high if high > low else low + 1.0


def heights_of(panel: Panel) -> tuple[float, float]:
    """Bottom and top of a panel's y axis; rows of tiles and bars count from the top."""
    for mark in panel.marks:
        if isinstance(mark, Tiles):
            return float(len(mark.rows)), 0.0
        if isinstance(mark, Bars):
            return len(mark.rows) - 0.5, -0.5
    if any(isinstance(mark, Stack) for mark in panel.marks):
        return 0.0, 1.0
    values = [y for mark in panel.marks if isinstance(mark, Line) for y in mark.y if y == y]
    low = panel.y.low if panel.y.low is not None else min(values, default=0.0)
    high = panel.y.high if panel.y.high is not None else max(values, default=1.0)
    room = 0.08 * (high - low) or 0.5
    return (low - room * (panel.y.low is None), high + room * (panel.y.high is None))


def row_labels(panel: Panel) -> tuple[str, ...]:
    """The labels at the rows of a panel of bars."""
    return next((mark.rows for mark in panel.marks if isinstance(mark, Bars)), ())


def _reach(mark: object) -> Sequence[float]:
    if isinstance(mark, Tiles | Stack):
        return (mark.edges[0], mark.edges[-1])
    if isinstance(mark, Bars):
        return tuple(x for bar in mark.bars for x in (bar.start, bar.end))
    return mark.x if isinstance(mark, Line) else ()


def _sizes(given: tuple[float, ...], panels: tuple[Panel, ...], way: str) -> list[float]:
    count = 1 + max(int(getattr(panel, way)) for panel in panels)
    return [*given[:count], *([1.0] * (count - len(given)))]


def _tick_labels(axis: Axis) -> tuple[str, ...]:
    if axis.ticks is not None:
        return tuple(label for _, label in axis.ticks if label)
    return ("100 %",) if axis.kind == "share" else ("2022",) if axis.kind == "day" else ("0.00",)


def _left(panel: Panel, m: Metrics) -> float:
    labels = row_labels(panel) or _tick_labels(panel.y)
    ticks = max((m.body(line) for label in labels for line in label.split("\n")), default=0.0)
    label = m.small + m.pad if panel.y.label else 0.0
    return label + ticks + (2 * m.pad if ticks else 0.5 * m.pad)


def _under(panel: Panel, m: Metrics) -> float:
    ticks = m.small + m.pad if _tick_labels(panel.x) else 0.0
    return ticks + (m.small if panel.x.label else 0.0)


def _overhang(panel: Panel, which: int, m: Metrics) -> float:
    """How far half of the first (0) or last (-1) tick label stands out of the axes."""
    if panel.x.ticks is None:
        return 0.5 * m.body("0.00")
    labels = [(x, label) for x, label in panel.x.ticks if label]
    if not labels:
        return 0.0
    low, high = bounds(panel)
    x, label = labels[which]
    away = (high - x if which else x - low) / (high - low)
    return max(0.0, 0.5 * m.body(label) * (1 - 4 * away))


def _gap(panels: tuple[Panel, ...], column: int, m: Metrics) -> float:
    """Room between two columns, so that the last tick of one and the first of the next do not touch."""
    before = max((_overhang(p, -1, m) for p in panels if p.column == column - 1), default=0.0)
    after = max((_overhang(p, 0, m) for p in panels if p.column == column), default=0.0)
    return max(2 * m.pad, before + after + m.body("n"))


def _text(panel: Panel, room: float, m: Metrics) -> Above:
    found = flags(panel, room, *bounds(panel), m.body)
    flags_height = (max(flag.level for flag in found) + 1) * m.small + 1.5 * m.pad if found else 0.0
    title = wrapped(panel.title, room, m.title, most=3) if panel.title else ()
    lines = len(title) * m.line + (m.small if panel.subtitle else 0.0)
    return Above(title, found, flags_height, flags_height + (lines + m.pad if lines else 0.0))


def _shared(room: float, whole: float, sizes: Sequence[float]) -> list[float]:
    """The room that text leaves, by relative sizes; at least a quarter of the whole."""
    return [max(room, whole / 4) * size / sum(sizes) for size in sizes]


def _running(before: Sequence[float], gaps: Sequence[float], sizes: Sequence[float]) -> list[float]:
    """Where each column (or row) of axes begins: after those before it, the gaps and its own labels."""
    return [sum(before[: i + 1]) + sum(gaps[: i + 1]) + sum(sizes[:i]) for i in range(len(sizes))]
