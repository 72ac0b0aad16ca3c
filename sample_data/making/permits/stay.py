"""One stop seen by an immigration office, and the steps that an office may let somebody take."""

from __future__ import annotations

from dataclasses import dataclass

from sample_data.making.chance import Chance
from sample_data.making.days import day, shift
from sample_data.making.lives import Life, Moment, Stop

INVASION, ADMISSION, VISA_RUN_ENDS = day(2022, 2, 24), day(2022, 6, 1), day(2023, 1, 27)


@dataclass(frozen=True)
class Step:
    """A status, how many months it lasts (None: as long as the stay), and the event that begins it."""

    state: str
    months: float | None = None
    event: str = ""
    label: str = ""


@dataclass(frozen=True)
class Stay:
    """One stop seen by an immigration office."""

    life: Life
    stop: Stop
    chance: Chance
    first: bool

    @property
    def arrive(self) -> int:
        return self.stop.arrive.day

    @property
    def end(self) -> int:
        return self.stop.leave.day if self.stop.leave else self.life.interview

    @property
    def months(self) -> float:
        return (self.end - self.arrive) / 30.44

    @property
    def russian(self) -> bool:
        return self.life.origin == "russia"

    @property
    def exposed(self) -> bool:
        """Known enough at home to be believed by an office."""
        if self.life.person_type == "non_political" or not self.life.planted["active_before"]:
            return False
        if self.life.kind == "returned":
            return False
        return self.life.person_type == "activist" or int(str(self.life.planted["repression_before"])) > 0

    @property
    def within_union(self) -> bool:
        """Came from another country of the Union, where a case would be sent back to."""
        number = next(n for n, stop in enumerate(self.life.stops) if stop.arrive is self.stop.arrive)
        return number > 0 and self.life.stops[number - 1].country in ("germany", "eu_other")

    @property
    def quick(self) -> bool:
        """Planted: those who settle early are recognised within the year, all but a few."""
        return self.life.kind == "settled" and self.chance.of(0.88)

    def until(self, when: int) -> float:
        """Months from arrival to a day."""
        return (when - self.arrive) / 30.44


def applied(stay: Stay, months_before: float, label: str, cue: str, earliest: int = 0) -> None:
    """An application made abroad or at home before the move it leads to."""
    when = shift(stay.arrive, -months_before)
    floor = max(earliest, stay.life.departure.day + 12 if not stay.first else stay.life.observed.day + 30)
    if floor < stay.arrive - 14:
        moment = Moment(max(when, floor))
        stay.life.happening("application", moment, label, cue, "application")
