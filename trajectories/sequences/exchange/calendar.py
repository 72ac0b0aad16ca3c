"""Which months the positions of a table are, when they are numbers, months, quarters or years."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from trajectories.errors import SettingError, StudyError
from trajectories.sequences.grid import month_name, month_number

_STEPS = {1: "month", 3: "quarter", 12: "year"}


class Clock(NamedTuple):
    """Which months the positions of sequences are: the first one, and how many months each takes."""

    first: int
    """Month number (``month_number``)."""
    months: int

    @property
    def step(self) -> str:
        return _STEPS[self.months]

    def unit(self, position: int) -> str:
        """A position (from 0) as a date is written: ``2022-03``, ``2022-33`` (first quarter) or ``2022``."""
        month = self._month(position)
        if self.months == 1:
            return month
        return month[:4] if self.months == 12 else f"{month[:4]}-{33 + int(month[5:]) // 3}"

    def first_day(self, position: int) -> dt.date:
        return dt.date.fromisoformat(f"{self._month(position)}-01")

    def _month(self, position: int) -> str:
        number = self.first + position * self.months
        if not 1 <= 1970 + number // 12 < dt.MAXYEAR:
            raise StudyError(f"Position {position + 1} would lie in a year that no calendar has; a study has "
                             "the years 1 to 9998. Say which month position 1 is (--first 2014-01), and "
                             "whether each is a month, a quarter or a year (--step).")  # fmt: skip
        return month_name(number)

    def last_day(self, position: int) -> dt.date:
        return self.first_day(position + 1) - dt.timedelta(days=1)


def clock_of(positions: Sequence[str] | Sequence[int], first: str | None = None,
             step: str | None = None) -> Clock:
    """The months that positions stand for: as they are named (``2022-03``, ``2022``), or from ``first`` on by
    ``step`` (month, quarter, year).

    Raises SettingError for positions without a place on the calendar, and for months that do not follow one
    another evenly.
    """
    if first is not None:
        months = {name: months for months, name in _STEPS.items()}.get(step or "month")
        if months is None or re.fullmatch(r"[0-9]{4}(-(0[1-9]|1[0-2]))?", first) is None:
            raise SettingError(f"The first position must be a month such as 2014-01, by month, quarter or "
                               f"year; it is {first!r} by {step or 'month'}.")  # fmt: skip
        return _even(Clock(month_number(first), months))
    named = [str(position) for position in positions]
    if all(re.fullmatch(r"[12][0-9]{3}", name) for name in named):
        numbers, months = [month_number(name) for name in named], 12
    elif all(re.fullmatch(r"[0-9]{4}-(0[1-9]|1[0-2])", name) for name in named):
        numbers = [month_number(name) for name in named]
        months = numbers[1] - numbers[0] if len(numbers) > 1 else 1
    else:
        raise SettingError(f"The positions ({named[0]} to {named[-1]}) have no place on the calendar, and a "
                           "study needs dates. Say which month the first one is, and whether each is a "
                           "month, a quarter or a year: --first 2014-01 --step month.")  # fmt: skip
    if months not in _STEPS or any(other - one != months for one, other in pairwise(numbers)):
        raise SettingError(f"The positions ({named[0]}, {', '.join(named[1:3])}, ...) are no even row of "
                           "months, quarters or years.")  # fmt: skip
    return _even(Clock(numbers[0], months))


def _even(clock: Clock) -> Clock:
    if clock.first % clock.months:
        raise SettingError(f"Each position takes a {clock.step}, but the first one begins in "
                           f"{month_name(clock.first)}.")  # fmt: skip
    return clock
