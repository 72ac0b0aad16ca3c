"""A figure as a small description: panels of marks over tidy tables, drawn by one renderer on screen,
one on paper.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import pandas as pd
    import plotly.graph_objects as go

X = tuple[float, ...]


@dataclass(frozen=True)
class Key:
    """One entry of a legend: what a colour means."""

    label: str
    colour: str
    hatched: bool = False
    """Missing states are pale and hatched, so that they are not taken for a state."""


@dataclass(frozen=True)
class Legend:
    """The keys of one domain, in the codebook's order, under its label."""

    title: str
    keys: tuple[Key, ...]


@dataclass(frozen=True)
class Axis:
    """One axis: what it measures, where its ticks stand and what they say; ``low``/``high`` bound it."""

    label: str = ""
    low: float | None = None
    high: float | None = None
    ticks: tuple[tuple[float, str], ...] | None = None
    """None leaves the ticks to the renderer; an empty tuple shows none."""
    kind: Literal["number", "share", "day"] = "number"
    """``share``: 0 to 1 shown as per cent. ``day``: proleptic ordinals shown as dates."""


@dataclass(frozen=True, eq=False)
class Tiles:
    """An index plot: one row a person, one cell a position, coloured by state. ``cells`` (rows, columns)
    index ``colours``; -1 is missing (hatched or pale), -2 void (blank). Column c spans ``edges[c]`` to
    ``edges[c + 1]``.
    """

    cells: NDArray[np.int16]
    rows: tuple[str, ...]
    edges: X
    colours: tuple[str, ...]
    labels: tuple[str, ...]
    selected: str | None = None
    unit: str = ""
    """What the columns count ("months since departure"), or the step of a calendar ("month"), for the
    hover.
    """


@dataclass(frozen=True, eq=False)
class Stack:
    """A state distribution: ``shares`` (states, columns) that add up to 1 in a column, drawn as steps
    from bottom.
    """

    shares: NDArray[np.float64]
    edges: X
    colours: tuple[str, ...]
    labels: tuple[str, ...]
    counts: NDArray[np.float64] | None = None
    """How many are observed in each column, (columns,), for the hover and the table."""
    names: tuple[str, ...] = ()
    """What each column is called in words ("12 months after departure"), for the hover."""

    @property
    def observed(self) -> tuple[float, ...]:
        """How many are observed in each column; nothing where that is not told."""
        return () if self.counts is None else tuple(self.counts.tolist())


@dataclass(frozen=True)
class Bar:
    """One bar of a horizontal set: where it stands (``row``), from and to where it reaches, with fuzzy
    ends.

    ``fade_start``/``fade_end`` are widths, in axis units, over which the colour fades in and out around the
    ends (an imprecise date); ``text`` is written inside when it fits; ``hover`` is what the screen tells.
    """

    row: int
    start: float
    end: float
    colour: str
    text: str = ""
    hover: str = ""
    fade_start: float = 0.0
    fade_end: float = 0.0
    outside: bool = False
    """The text stands after the bar's end instead of inside."""
    key: str = ""
    """What a click on the screen carries as ``customdata``, to find what the bar stands for."""


@dataclass(frozen=True)
class Bars:
    """Horizontal bars on labelled rows: a person's lanes, or shares of groups."""

    bars: tuple[Bar, ...]
    rows: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Line:
    """One line over numbers, with points where it has a marker; it is broken where y is nan."""

    x: X
    y: X
    label: str
    colour: str
    marker: Literal["circle", "square", "diamond", "triangle", "none"] = "circle"


@dataclass(frozen=True)
class Point:
    """One marked moment with its label, at the top of the panel or on a row."""

    x: float
    label: str
    row: float | None = None
    colour: str = "#212529"
    hover: str = ""
    key: str = ""
    """As a bar's."""


@dataclass(frozen=True)
class Points:
    """Marked moments (a person's events)."""

    points: tuple[Point, ...]


@dataclass(frozen=True)
class Rule:
    """A vertical line through a panel: a context event, or the event that lives are aligned at."""

    x: float
    label: str = ""
    dashed: bool = False
    """Dashed lines pass behind bars and lines, others before everything."""
    hover: str = ""


@dataclass(frozen=True)
class Ribbon:
    """What joins a stretch of one row of bars with a stretch of a row beneath it.

    ``upper`` and ``lower`` are from and to; of no length, the ribbon narrows to a point there. ``top`` and
    ``bottom`` are heights in rows. ``text`` is written in the middle when it fits; ``hover`` is what the
    screen tells.
    """

    upper: tuple[float, float]
    lower: tuple[float, float]
    top: float
    bottom: float
    colour: str
    text: str = ""
    hover: str = ""

    @property
    def outline(self) -> tuple[tuple[float, float], ...]:
        """Its corners."""
        (a, b), (c, d) = self.upper, self.lower
        return (a, self.top), (b, self.top), (d, self.bottom), (c, self.bottom)

    @property
    def middle(self) -> tuple[float, float, float]:
        """Where its text stands, and how wide it is there: halfway, of a wedge in its thick third."""
        up, down = self.upper[1] - self.upper[0], self.lower[1] - self.lower[0]
        part = 0.5 if up and down else 0.4 if up else 0.6
        left = self.upper[0] + part * (self.lower[0] - self.upper[0])
        right = self.upper[1] + part * (self.lower[1] - self.upper[1])
        return (left + right) / 2, self.top + part * (self.bottom - self.top), right - left


@dataclass(frozen=True)
class Ribbons:
    """How stretches of two rows of bars belong together: an alignment."""

    ribbons: tuple[Ribbon, ...]


Mark = Tiles | Stack | Bars | Line | Points | Rule | Ribbons


@dataclass(frozen=True, eq=False)
class Panel:
    """One set of axes with its marks; ``row`` and ``column`` place it in the figure's grid."""

    marks: tuple[Mark, ...]
    x: Axis
    y: Axis
    title: str = ""
    subtitle: str = ""
    """Always the n of what is drawn, and what was left out."""
    row: int = 0
    column: int = 0


@dataclass(frozen=True, eq=False)
class Figure:
    """A whole figure: what ``plot_*`` functions return.

    ``summary`` says in plain words what is to be seen, for the caption and for those who cannot see it.
    ``table`` is what is drawn. ``heights`` and ``widths`` are relative sizes of the grid's rows and
    columns; ``size`` is inches on paper.
    """

    title: str
    summary: str
    panels: tuple[Panel, ...]
    table: pd.DataFrame
    legends: tuple[Legend, ...] = ()
    heights: tuple[float, ...] = (1.0,)
    widths: tuple[float, ...] = (1.0,)
    size: tuple[float, float] = (7.0, 4.5)
    note: str = ""

    def screen(self, *, width: int = 960, height: int | None = None, title: bool = True) -> go.Figure:
        """The figure for the screen (Plotly), without a "Share chart" button when shown by ``show``.

        It fills the width it is given; ``width`` (pixels) is the one that titles and labels are wrapped
        for, ``height`` (pixels) that of all axes together (None: as on paper). ``title=False`` leaves the
        figure's title to the page around it.
        """
        from trajectories.figures.screen import draw

        return draw(self, width=width, height=height, title=title).figure()

    def plain(self, *, width: int = 960, height: int | None = None, title: bool = True) -> dict[str, Any]:
        """What ``screen`` draws, as plotly.js takes it: ``data`` and ``layout``, unchecked and so ten times
        as fast. For pages that draw often.
        """
        from trajectories.figures.screen import draw

        return draw(self, width=width, height=height, title=title).plain()

    def show(self) -> None:
        """Open the figure in the browser or notebook; nothing leaves the machine."""
        from trajectories.figures.screen import show

        show(self)

    def save(self, path: str | Path) -> Path:
        """Write the figure for paper (matplotlib, vector, offline): .pdf, .svg, .png, .eps or .tiff by
        its ending.

        Two runs write the same bytes. Raises SettingError for another ending or a folder that does not
        exist.
        """
        from trajectories.figures.paper import save

        return save(self, Path(path))

    def __repr__(self) -> str:
        return f"Figure {self.title!r}: {len(self.panels)} panels. {self.summary}"
