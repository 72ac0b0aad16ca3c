"""The x axis of lives: where the positions of a grid stand, which ticks they get, and what each is
called in words.
"""

from __future__ import annotations

import datetime as dt
import re
from calendar import month_name
from dataclasses import dataclass
from typing import Literal

from trajectories.figures.figure import Axis, Rule, X
from trajectories.sequences.sequences import Sequences

_MONTHS = {"month": 1, "quarter": 3, "year": 12}


@dataclass(frozen=True)
class Clock:
    """The positions of lives as an axis: column c spans ``edges[c]`` to ``edges[c + 1]``; ``names`` says
    each in words ("12 months after departure").
    """

    kind: Literal["calendar", "since", "age", "order"]
    edges: X
    names: tuple[str, ...]
    label: str
    positions: tuple[str | int, ...]
    step: str

    def axis(self, room: float, *, labelled: bool = True) -> Axis:
        """The x axis for a panel that is ``room`` inches wide on paper; unlabelled ones keep their tick
        marks.
        """
        kind: Literal["number", "day"] = "day" if self.kind == "calendar" else "number"
        ticks = self._ticks(max(2, int(room / (0.36 if kind == "day" else 0.28))))
        if not labelled:
            ticks = tuple((x, "") for x, _ in ticks)
        return Axis(self.label if labelled else "", self.edges[0], self.edges[-1], ticks, kind)

    def _ticks(self, most: int) -> tuple[tuple[float, str], ...]:
        low, high = self.edges[0], self.edges[-1]
        if self.kind == "calendar":
            return year_ticks(low, high, most)
        if self.kind == "order":
            every = max(1, -(-len(self.positions) // most))
            shown = range(0, len(self.positions), every)
            return tuple((self.edges[c] + 0.5, str(self.positions[c])) for c in shown)
        short, long = (1, 2, 3, 6), (6, 12, 24, 36, 48, 60, 120)
        steps = (1, 2, 5, 10, 20, 50) if self.step != "month" else short if high - low <= 12 else long
        every = next((s for s in steps if (high - low) / s < most), steps[-1])
        first = -(-int(low) // every) * every
        return tuple((float(t), f"{t}".replace("-", "−")) for t in range(first, int(high) + 1, every))

    @property
    def unit(self) -> str:
        """What the columns count, or on the calendar its step."""
        return self.step if self.kind == "calendar" else self.label

    @property
    def zero(self) -> tuple[Rule, ...]:
        """The line at the event that lives are aligned at, when they are and it lies inside."""
        inside = self.kind == "since" and self.edges[0] < 0 < self.edges[-1]
        return (Rule(0.0),) if inside else ()


def clock(lives: Sequences) -> Clock:
    """The clock of these lives as an axis."""
    grid, positions = lives.grid, lives.positions
    starts = [_month(p) for p in positions]
    if grid.clock == "calendar" and all(start is not None for start in starts):
        months = [start for start in starts if start is not None]
        edges = tuple(float(_ordinal(m)) for m in [*months, months[-1] + _MONTHS[grid.step]])
        names = tuple("in " + _calendar_name(p, m) for p, m in zip(map(str, positions), months, strict=True))
        return Clock("calendar", edges, names, "", positions, grid.step)
    numbers = [p for p in positions if isinstance(p, int)]
    if grid.clock in ("since", "age") and len(numbers) == len(positions):
        edges = tuple(float(p) for p in [*numbers, numbers[-1] + 1])
        if grid.clock == "since":
            event = (grid.since or "").replace("_", " ")
            names = tuple(_since_name(p, grid.step, event) for p in numbers)
            return Clock("since", edges, names, f"{grid.step}s since {event}", positions, grid.step)
        unit = "years" if grid.step == "year" else f"{grid.step}s"
        names = tuple(f"at age {p}" if grid.step == "year" else f"at age {p} {unit}" for p in numbers)
        return Clock("age", edges, names, f"age in {unit}", positions, grid.step)
    edges = tuple(float(c) for c in range(1, len(positions) + 2))
    return Clock("order", edges, tuple(f"at position {p}" for p in positions), "position", positions, "")


def year_ticks(low: float, high: float, most: int) -> tuple[tuple[float, str], ...]:
    """Ticks at the beginnings of years between two days, at most ``most`` of them; months in windows
    under 18 months.
    """
    first, last = dt.date.fromordinal(int(low)), dt.date.fromordinal(int(high))
    if high - low < 550:
        return _month_ticks(first, last, most)
    years = range(first.year + (first > dt.date(first.year, 1, 1)), last.year + 1)
    every = next((e for e in (1, 2, 5, 10, 20, 50) if len(years) / e <= most), 100)
    return tuple((float(dt.date(y, 1, 1).toordinal()), str(y)) for y in years if y % every == 0)


def _month_ticks(first: dt.date, last: dt.date, most: int) -> tuple[tuple[float, str], ...]:
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    every = next((e for e in (1, 2, 3, 6) if count / e <= max(1, most // 2 + 1)), 12)
    months = range(first.year * 12 + first.month - 1 + (first.day > 1), last.year * 12 + last.month)
    return tuple(
        (float(_ordinal(m)), f"{month_name[m % 12 + 1][:3]} {m // 12}") for m in months if m % every == 0
    )


def _month(position: str | int) -> int | None:
    """The first month (counted from year 0) of ``2022``, ``2022-03``, ``2022-Q1``; None for another text."""
    found = re.fullmatch(r"([0-9]{4})(?:-(?:([0-9]{2})|Q([1-4])))?", str(position))
    if found is None:
        return None
    year, month, quarter = found.groups()
    within = int(month) - 1 if month else 3 * (int(quarter) - 1) if quarter else 0
    return int(year) * 12 + within if within < 12 and int(year) > 0 else None


def _ordinal(month: int) -> int:
    return dt.date(month // 12, month % 12 + 1, 1).toordinal()


def _calendar_name(position: str, month: int) -> str:
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}", str(position)):
        return f"{month_name[month % 12 + 1]} {month // 12}"
    return str(position)


def _since_name(position: int, step: str, event: str) -> str:
    if position == 0:
        return f"at {event}" if step == "month" else f"in the {step} of {event}"
    unit = step if abs(position) == 1 else f"{step}s"
    return f"{abs(position)} {unit} {'after' if position > 0 else 'before'} {event}"
