"""How a page of paper is shared out, told without matplotlib, so that the screen gives its axes the same
proportions.
"""

from __future__ import annotations

from dataclasses import replace

from trajectories.figures.figure import Figure
from trajectories.figures.layout import Metrics, overhead
from trajectories.figures.legends import Sizes, legend_lines
from trajectories.figures.screen_text import width_of
from trajectories.figures.words import Measure, wrapped

SMALL, BODY, TITLE = 7.0, 7.5, 9.0
"""Sizes of text on paper, in points."""
_LEAST = 0.3
"""Inches of axes that each row of panels has at least."""
MARGIN, TITLE_LINE, NOTE_LINE, LEGEND_ABOVE = 0.06, 0.17, 0.125, 0.08
"""Inches."""


def metrics(body: Measure, title: Measure) -> Metrics:
    """The sizes that panels are placed by, in inches."""
    return Metrics(body, title, line=0.145, small=0.125, pad=0.06)


def legend_sizes(text: Measure, title: Measure) -> Sizes:
    """The sizes that legends flow by, in inches."""
    return Sizes(text, title, box=0.11, gap=0.14, line=0.155)


def title_height(lines: int) -> float:
    """Inches from the top of the page to where the panels may begin."""
    return 0.05 + TITLE_LINE * lines + (0.08 if lines else 0.0)


def note_height(lines: int) -> float:
    """Inches that notes take at the foot of the page."""
    return 0.05 + NOTE_LINE * lines + (0.04 if lines else 0.0)


def legend_height(lines: int) -> float:
    return 0.155 * lines + (LEGEND_ABOVE if lines else 0.0)


def with_room(figure: Figure) -> Figure:
    """The figure as it is, or on a taller page where titles and legends (of three hundred states) would leave
    its axes no room."""
    wanting = _LEAST * len({panel.row for panel in figure.panels}) - axes_on_paper(figure)
    width, height = figure.size
    return figure if wanting <= 0 else replace(figure, size=(width, height + wanting))


def axes_on_paper(figure: Figure) -> float:
    """About how many inches of the page's height are axes, after titles, labels, legends and notes."""
    room = figure.size[0] - 2 * MARGIN
    small, bold = _measure(SMALL), _measure(SMALL, bold=True)
    titles = len(wrapped(figure.title, room, _measure(TITLE, bold=True)))
    notes = len(wrapped(figure.note, room, small, most=3))
    legends = len(legend_lines(figure.legends, room, legend_sizes(small, bold)))
    text = title_height(titles) + note_height(notes) + legend_height(legends)
    return figure.size[1] - text - overhead(figure, room, 0.0, metrics(small, _measure(BODY, bold=True)))


def _measure(points: float, *, bold: bool = False) -> Measure:
    return lambda text: width_of(text, points, bold=bold) / 72
