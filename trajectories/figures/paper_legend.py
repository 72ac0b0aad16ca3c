"""The legends of a figure on paper, below its panels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trajectories.figures import style
from trajectories.figures.figure import Key, Legend
from trajectories.figures.legends import legend_lines
from trajectories.figures.paper_size import LEGEND_ABOVE, SMALL, legend_sizes
from trajectories.figures.paper_text import width_of

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Sheet

_SIZES = legend_sizes(lambda text: width_of(text, SMALL), lambda text: width_of(text, SMALL, bold=True))


def count_lines(legends: tuple[Legend, ...], room: float) -> int:
    """Over how many lines the legends flow."""
    return len(legend_lines(legends, room, _SIZES))


def draw_legends(sheet: Sheet, legends: tuple[Legend, ...], room: float, left: float, top: float) -> None:
    """Draw the legends from ``top`` (inches from the page's top) downwards."""
    width, height = (float(size) for size in sheet.get_size_inches())
    for i, line in enumerate(legend_lines(legends, room, _SIZES)):
        middle = top + LEGEND_ABOVE + (i + 0.5) * _SIZES.line
        at = (left / width, 1 - middle / height)
        sheet.text(*at, line.title, size=SMALL, weight="bold", va="center_baseline")
        for x, key in line.keys:
            _key(sheet, key, left + x, middle)


def _key(sheet: Sheet, key: Key, x: float, y: float) -> None:
    from matplotlib.patches import Rectangle

    width, height = (float(size) for size in sheet.get_size_inches())
    corner = (x / width, 1 - (y + 0.5 * _SIZES.box) / height)
    edge, hatch = (style.MISSING_HATCH, "//////") if key.hatched else (style.FRAME, None)
    sheet.add_artist(
        Rectangle(
            corner, _SIZES.box / width, _SIZES.box / height,
            transform=sheet.transFigure, facecolor=key.colour, edgecolor=edge, linewidth=0.4, hatch=hatch,
        )
    )  # fmt: skip
    sheet.text((x + 1.45 * _SIZES.box) / width, 1 - y / height, key.label, size=SMALL, va="center_baseline")
