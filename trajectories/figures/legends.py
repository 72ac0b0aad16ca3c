"""Where the keys of legends stand: one block a domain, in the codebook's order, flowing over as many
lines as needed.
"""

from __future__ import annotations

from dataclasses import dataclass

from trajectories.figures.figure import Key, Legend
from trajectories.figures.words import Measure


@dataclass(frozen=True)
class Sizes:
    """Sizes of a legend in the page's unit: the colour's box, the gap between keys, the height of a line."""

    text: Measure
    title: Measure
    box: float
    gap: float
    line: float


@dataclass(frozen=True)
class LegendLine:
    """One line of legends: the domain's label where it begins one, and each key with the place of its box."""

    title: str
    keys: tuple[tuple[float, Key], ...]


def legend_lines(legends: tuple[Legend, ...], room: float, sizes: Sizes) -> tuple[LegendLine, ...]:
    """All lines of all legends, for a page that leaves ``room``; titles stand in a column of their own."""
    widest = max((sizes.title(legend.title) for legend in legends), default=0.0)
    side = widest + sizes.gap if widest else 0.0
    return tuple(line for legend in legends for line in _lines(legend, side, room, sizes))


def _lines(legend: Legend, side: float, room: float, sizes: Sizes) -> list[LegendLine]:
    lines: list[list[tuple[float, Key]]] = [[]]
    x = side
    for key in legend.keys:
        width = 1.45 * sizes.box + sizes.text(key.label)
        if lines[-1] and x + width > room:
            lines.append([])
            x = side
        lines[-1].append((x, key))
        x += width + sizes.gap
    return [LegendLine(legend.title if i == 0 else "", tuple(line)) for i, line in enumerate(lines)]
