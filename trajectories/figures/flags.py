"""Labels of dated moments above a panel, staggered so that no text covers another or is crossed by a line."""

from __future__ import annotations

from dataclasses import dataclass, replace

from trajectories.figures.figure import Panel, Points, Rule
from trajectories.figures.words import Measure, elided


@dataclass(frozen=True)
class Flag:
    """One label above a panel: a line rises from ``x`` to ``level`` (0 is the lowest), the text goes to one side."""

    x: float
    text: str
    width: float
    leftward: bool = False
    level: int = 0
    rule: bool = False
    """Belongs to a vertical rule (a context event), not to a point of the person's own life."""

    def span(self, at: float) -> tuple[float, float]:
        """From where to where the text reaches, when its x stands at ``at`` on the page."""
        return (at - self.width, at) if self.leftward else (at, at + self.width)


def flags(panel: Panel, width: float, low: float, high: float, measure: Measure) -> tuple[Flag, ...]:
    """The staggered labels of a panel's points and rules, for a panel ``width`` wide that spans low to high."""
    found = []
    for mark in panel.marks:
        if isinstance(mark, Points):
            found += [Flag(p.x, p.label, 0.0) for p in mark.points if p.row is None and p.label]
        elif isinstance(mark, Rule) and mark.label:
            found.append(Flag(mark.x, mark.label, 0.0, rule=True))
    pad = measure("n")
    sized = [replace(f, text=elided(f.text, 0.9 * width, measure)) for f in found if low <= f.x <= high]
    sized = [replace(f, width=measure(f.text) + pad) for f in sized]
    scale = width / (high - low) if high > low else 1.0
    return _staggered(sorted(sized, key=lambda f: (f.x, f.rule)), [low, scale, width])


def _staggered(row: list[Flag], place: list[float]) -> tuple[Flag, ...]:
    low, scale, width = place
    at = [(flag.x - low) * scale for flag in row]
    sided = [replace(f, leftward=x + f.width > width and x >= f.width) for f, x in zip(row, at, strict=True)]
    levels = [0] * len(sided)
    for _ in range(len(sided)):
        for i in _order(sided):
            levels[i] = _level(i, sided, at, levels)
    return tuple(replace(flag, level=level) for flag, level in zip(sided, levels, strict=True))


def _order(row: list[Flag]) -> list[int]:
    """Rightward labels are placed from the right, leftward ones from the left: lines then never cross a text."""
    right = [i for i in reversed(range(len(row))) if not row[i].leftward]
    return right + [i for i in range(len(row)) if row[i].leftward]


def _level(i: int, row: list[Flag], at: list[float], levels: list[int]) -> int:
    """The lowest level at which label i covers no other and is crossed by no line."""
    start, end = row[i].span(at[i])
    under = [levels[j] + 1 for j in range(len(row)) if j != i and start <= at[j] <= end and _first(i, j, row)]
    level = max(under, default=0)
    taken = {
        levels[j]
        for j in range(len(row))
        if j != i and _first(i, j, row) and row[j].span(at[j])[0] < end and start < row[j].span(at[j])[1]
    }
    while level in taken:
        level += 1
    return level


def _first(i: int, j: int, row: list[Flag]) -> bool:
    """Whether label j is placed before label i."""
    order = _order(row)
    return order.index(j) < order.index(i)
