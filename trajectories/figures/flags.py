"""Labels of dated moments above a panel, staggered so that no text covers another."""

from __future__ import annotations

from dataclasses import dataclass, replace

from trajectories.figures.figure import Panel, Points, Rule
from trajectories.figures.words import Measure, elided


@dataclass(frozen=True)
class Flag:
    """One label above a panel: a line rises from ``x`` to ``level`` (0 is the lowest), the text stands
    beside it.
    """

    x: float
    text: str
    width: float
    back: float = 0.0
    """How far left of the line the text begins: 0 beside it, ``width`` for a text that ends at the line."""
    level: int = 0
    rule: bool = False
    """Belongs to a vertical rule (a context event), not to a point of the person's own life."""

    def span(self, at: float) -> tuple[float, float]:
        """From where to where the text reaches, when its x stands at ``at`` on the page."""
        return at - self.back, at - self.back + self.width


def flags(panel: Panel, width: float, low: float, high: float, measure: Measure) -> tuple[Flag, ...]:
    """The staggered labels of a panel's points and rules, for a panel ``width`` wide that spans low to
    high.
    """
    found = [flag for mark in panel.marks for flag in _of(mark) if low <= flag.x <= high]
    if not found or high <= low:
        return ()
    pad = measure("n")
    texts = [elided(flag.text, width - 2 * pad, measure) for flag in found]
    pairs = zip(found, texts, strict=True)
    sized = [replace(flag, text=text, width=measure(text) + pad) for flag, text in pairs]
    row = sorted(sized, key=lambda flag: (flag.x, flag.rule))
    at = [(flag.x - low) / (high - low) * width for flag in row]
    row = [replace(flag, back=_back(flag, x, width)) for flag, x in zip(row, at, strict=True)]
    levels: dict[int, int] = {}
    for i in _order(row):
        levels[i] = _level(i, row, at, levels)
    return tuple(replace(flag, level=levels[i]) for i, flag in enumerate(row))


def _of(mark: object) -> list[Flag]:
    if isinstance(mark, Points):
        return [Flag(p.x, p.label, 0.0) for p in mark.points if p.row is None and p.label]
    return [Flag(mark.x, mark.label, 0.0, rule=True)] if isinstance(mark, Rule) and mark.label else []


def _back(flag: Flag, at: float, width: float) -> float:
    """None where the text fits to the right; its whole width where it fits to the left; else as far as
    needed.
    """
    over = at + flag.width - width
    if over <= 0:
        return 0.0
    return flag.width if at >= flag.width else over


def _order(row: list[Flag]) -> list[int]:
    """Texts to the right are placed from the last on, the others then from the first: few lines cross a
    text.
    """
    right = [i for i in reversed(range(len(row))) if row[i].back == 0]
    return right + [i for i in range(len(row)) if row[i].back > 0]


def _level(i: int, row: list[Flag], at: list[float], levels: dict[int, int]) -> int:
    """The lowest level above all lines that rise through the text, where it covers no other text."""
    start, end = row[i].span(at[i])
    level = max((levels[j] + 1 for j in levels if start <= at[j] <= end), default=0)
    spans = [(row[j].span(at[j]), levels[j]) for j in levels]
    taken = {other for (first, last), other in spans if first < end and start < last}
    while level in taken:
        level += 1
    return level
