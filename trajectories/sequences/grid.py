"""The clock that lives are laid on: calendar time, age, or time since an event; its step and window."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from trajectories.settings import Settings

Step = Literal["month", "quarter", "year"]
Contested = Literal["longest", "first", "last"]


class Grid(Settings):
    """How lives become sequences: which clock, in steps of what, from where to where.

    Three clocks, one at a time:

    - calendar: ``Grid(start="2012-01", end="2024-12")`` (either may be left out: the study's own span),
    - since an event: ``Grid(since="departure", before=24, after=36)``: 60 positions from -24 to +35, position 0 is
      the step (month, quarter, year) counted from the calendar month in which the event's point estimate lies,
    - age: ``Grid(ages=(18, 40), step="year")``: positions from the 18th birthday's month to before the 40th.

    ``contested`` says which state a cell takes when two episodes share it: the one that holds more of its days
    (``longest``; the later one if equal), the ``first`` or the ``last``.
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
    def clock(self) -> Literal["calendar", "since", "age"]:
        if self.since is not None:
            return "since"
        return "age" if self.ages is not None else "calendar"

    @model_validator(mode="after")
    def _one_clock(self) -> Grid:
        calendar = self.start is not None or self.end is not None
        if sum((calendar, self.since is not None, self.ages is not None)) > 1:
            raise ValueError("choose one clock: start/end (calendar), since (an event) or ages")
        if self.ages is not None and self.ages[0] >= self.ages[1]:
            raise ValueError(f"ages must rise, not {self.ages[0]} to {self.ages[1]}")
        return self
