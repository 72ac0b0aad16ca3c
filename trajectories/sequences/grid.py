"""The clock that lives are laid on: calendar time, age, or time since an event; its step and window."""

from __future__ import annotations

import re
from typing import Literal

from pydantic import Field, field_validator, model_validator

from trajectories.settings import Settings

Step = Literal["month", "quarter", "year"]
Contested = Literal["longest", "first", "last"]
Clock = Literal["calendar", "since", "age", "given"]

MONTHS: dict[Step, int] = {"month": 1, "quarter": 3, "year": 12}
"""How many calendar months one step of the clock lasts."""
LONGEST = 1200
"""Most positions that a grid may have: a century of months."""
_MONTH = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2]))?")


class Grid(Settings):
    """How lives become sequences: which clock, in steps of what, from where to where.

    Three clocks, one at a time:

    - calendar: ``Grid(start="2012-01", end="2024-12")``, both included; either may be left out, then the
      grid begins or ends with the month in which the observation of anybody in the study does,
    - since an event: ``Grid(since="departure", before=24, after=36)``: 60 positions from -24 to +35,
      position 0 is the step (month, quarter, year) counted from the calendar month in which the event's
      point estimate lies,
    - age: ``Grid(ages=(18, 40), step="year")``: positions from the 18th birthday's month to before the 40th.

    ``contested`` says which state a cell takes when two episodes share it: the one that holds more of its
    days (``longest``; the later one if equal), the ``first`` or the ``last``.
    """

    start: str | None = None
    end: str | None = None
    since: str | None = None
    before: int = Field(default=12, ge=0)
    after: int = Field(default=24, ge=1)
    ages: tuple[int, int] | None = None
    step: Step = "month"
    contested: Contested = "longest"

    @property
    def clock(self) -> Clock:
        if self.since is not None:
            return "since"
        return "age" if self.ages is not None else "calendar"

    @property
    def months(self) -> int:
        """Calendar months in one step."""
        return MONTHS[self.step]

    @property
    def unit(self) -> str:
        """What one position is called: a month, a quarter, a year; of a grid as given, a position."""
        return "position" if self.clock == "given" else self.step

    @property
    def first_month(self) -> int | None:
        """Months from January 1970 to ``start``; None when it is left to the study."""
        return None if self.start is None else month_number(self.start)

    @property
    def last_month(self) -> int | None:
        """Months from January 1970 to ``end`` (the last month included; December where only a year is
        written)."""
        return None if self.end is None else month_number(self.end, last=True)

    def describe(self) -> str:
        """The clock in a few words: "from 24 months before to 36 months after departure"."""
        if self.since is not None:
            return f"from {self.before} {self.step}s before to {self.after} {self.step}s after {self.since}"
        if self.ages is not None:
            return f"from age {self.ages[0]} to before age {self.ages[1]} by {self.step}"
        first, last = self.start or "the first observation", self.end or "the last observation"
        return f"from {first} to {last} by {self.step}"

    def positions(self, first: int, last: int) -> tuple[str, ...] | tuple[int, ...]:
        """What the columns are called.

        On the calendar the first month of each cell (``"2022-03"``), from month ``first`` to month ``last``
        (numbers as in ``first_month``); since an event, the steps counted from it (-12 to 23); by age, the
        age in steps (years, quarters or months). The last two clocks do not look at ``first`` and ``last``.
        """
        counted = self._counted(first, last)
        return tuple(map(month_name, counted)) if self.clock == "calendar" else tuple(counted)

    def _counted(self, first: int, last: int) -> range:
        """The positions as numbers, not written out yet, however many they are."""
        if self.since is not None:
            return range(-self.before, self.after)
        if self.ages is not None:
            young, old = (age * 12 // self.months for age in self.ages)
            return range(young, old)
        return range(first, last + 1, self.months)

    @field_validator("start", "end", mode="before")
    @classmethod
    def _month(cls, value: object) -> object:
        if value is None:
            return None
        written = str(value).strip()
        if _MONTH.fullmatch(written) is None:
            raise ValueError(f"{written!r} is not a month; write 2022-03 (or 2022 for the whole year)")
        return written

    @field_validator("since")
    @classmethod
    def _event(cls, value: str | None) -> str | None:
        if value == "":
            raise ValueError("since needs the kind of event the clock starts from, such as departure")
        return value

    @model_validator(mode="after")
    def _one_clock(self) -> Grid:
        calendar = self.start is not None or self.end is not None
        if sum((calendar, self.since is not None, self.ages is not None)) > 1:
            raise ValueError("choose one clock: start/end (calendar), since (an event) or ages")
        if self.ages is not None and not 0 <= self.ages[0] < self.ages[1]:
            raise ValueError(f"ages must rise from zero or more, not {self.ages[0]} to {self.ages[1]}")
        first, last = self.first_month, self.last_month
        if first is not None and last is not None and first > last:
            raise ValueError(f"start ({self.start}) lies after end ({self.end}); a window runs forwards")
        return self

    @model_validator(mode="after")
    def _not_endless(self) -> Grid:
        first, last = self.first_month or 0, self.last_month
        counted = self._counted(first, first if last is None or self.first_month is None else last)
        length = (counted.stop - counted.start + counted.step - 1) // counted.step
        if length > LONGEST:
            raise ValueError(f"{length:,} positions are more than {LONGEST:,}; "
                             "choose a shorter window or longer steps")  # fmt: skip
        return self


class GivenGrid(Grid):
    """The positions of a table that somebody else laid out: its columns, in their order, by whatever clock.
    """

    @property
    def clock(self) -> Clock:
        return "given"

    def describe(self) -> str:
        return "by the columns of a given table"


def month_number(text: str, *, last: bool = False) -> int:
    """Months from January 1970 to ``2022-03``; a year alone is its January, or with ``last`` its December.

    >>> month_number("1970-03"), month_number("2022", last=True)
    (2, 635)
    """
    year, _, month = text.partition("-")
    return (int(year) - 1970) * 12 + (int(month) - 1 if month else 11 * last)


def month_name(month: int) -> str:
    """The month as it is written: 2 -> ``1970-03``."""
    return f"{1970 + month // 12:04d}-{month % 12 + 1:02d}"
