"""The legends of a figure on paper: one block a domain, its keys in the codebook's order, flowing over lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trajectories.figures import style
from trajectories.figures.figure import Key, Legend
from trajectories.figures.paper_text import SMALL, width_of

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Sheet

_BOX, _GAP, _LINE = 0.11, 0.14, 0.155
_ABOVE = 0.08


def legend_height(legends: tuple[Legend, ...], room: float) -> float:
    """Height of all legends, in inches."""
    lines = sum(len(_lines(legend, room, _side(legends))) for legend in legends)
    return lines * _LINE + (_ABOVE if lines else 0.0)


def draw_legends(sheet: Sheet, legends: tuple[Legend, ...], room: float, left: float, top: float) -> None:
    """Draw the legends from ``top`` (inches from the page's top) downwards."""
    side, at = _side(legends), top + _ABOVE
    width, height = (float(size) for size in sheet.get_size_inches())
    for legend in legends:
        sheet.text(left / width, 1 - (at + 0.5 * _LINE) / height, legend.title, size=SMALL, weight="bold",
                   va="center_baseline")  # fmt: skip
        for line in _lines(legend, room, side):
            x = left + side
            for key in line:
                _key(sheet, key, x, at + 0.5 * _LINE)
                x += _width(key)
            at += _LINE


def _key(sheet: Sheet, key: Key, x: float, y: float) -> None:
    from matplotlib.patches import Rectangle

    width, height = (float(size) for size in sheet.get_size_inches())
    sheet.add_artist(Rectangle(
        (x / width, 1 - (y + 0.5 * _BOX) / height), _BOX / width, _BOX / height, transform=sheet.transFigure,
        facecolor=key.colour, edgecolor=style.MISSING_HATCH if key.hatched else style.FRAME, linewidth=0.4,
        hatch="//////" if key.hatched else None,
    ))  # fmt: skip
    sheet.text((x + 1.45 * _BOX) / width, 1 - y / height, key.label, size=SMALL, va="center_baseline")


def _side(legends: tuple[Legend, ...]) -> float:
    """The column that the legends' titles stand in."""
    widest = max((width_of(legend.title, SMALL, bold=True) for legend in legends), default=0.0)
    return widest + _GAP if widest else 0.0


def _width(key: Key) -> float:
    return 1.45 * _BOX + width_of(key.label, SMALL) + _GAP


def _lines(legend: Legend, room: float, side: float) -> list[list[Key]]:
    lines: list[list[Key]] = [[]]
    used = side
    for key in legend.keys:
        if lines[-1] and used + _width(key) - _GAP > room:
            lines.append([])
            used = side
        lines[-1].append(key)
        used += _width(key)
    return lines
