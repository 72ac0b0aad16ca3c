"""Where the dates of a study are put: on one day by rule, or on the days of one draw."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from trajectories.coding.biography import Biography
from trajectories.coding.dating.chronology import Stretch, event_day, stretches, timeline
from trajectories.coding.dating.dates import PointRule
from trajectories.coding.dating.life_moments import Moments
from trajectories.errors import StudyError


class Days(Protocol):
    """Gives every boundary and event of a life its day, as a proleptic ordinal."""

    def timeline(self, biography: Biography, domain: str) -> tuple[Stretch, ...]:
        """The episodes of one domain with their days, in order."""
        ...

    def event_day(self, biography: Biography, kind: str) -> int | None:
        """The day of the first event of a kind; None when there is none with a date."""
        ...

    def birthday(self, biography: Biography) -> int | None:
        """The day of birth; None when it is unknown."""
        ...


@dataclass(frozen=True)
class PointDays:
    """Every date on the day that stands for it by rule (see ``chronology``)."""

    rule: PointRule = "midpoint"

    def timeline(self, biography: Biography, domain: str) -> tuple[Stretch, ...]:
        return timeline(biography, domain, self.rule)

    def event_day(self, biography: Biography, kind: str) -> int | None:
        return event_day(biography, kind, self.rule)

    def birthday(self, biography: Biography) -> int | None:
        birth = biography.person.birth
        return birth.point(self.rule) if birth.is_known else None


@dataclass(frozen=True, eq=False)
class DateDraw:
    """One possible dating of everybody's life: a day inside its window for every moment, in order.

    ``days`` holds for each person the days of their ``moments``, in the same order.
    """

    number: int
    seed: int
    moments: Mapping[str, Moments]
    days: Mapping[str, tuple[int, ...]]

    def timeline(self, biography: Biography, domain: str) -> tuple[Stretch, ...]:
        """The episodes of one domain with the days drawn for them. Raises StudyError for a life or domain
        that was not drawn."""
        spans = self._of(biography).spans
        if domain not in spans:
            raise StudyError(f"{biography.id}: the domain {domain!r} is not in these draws; there are "
                             f"{', '.join(spans) or 'none'}. Draw the study that has it.")  # fmt: skip
        return stretches(spans[domain], self.days[biography.id])

    def event_day(self, biography: Biography, kind: str) -> int | None:
        """The first day drawn for an event of a kind; None when there is none with a date."""
        days = self.days.get(biography.id, ())
        return min((days[i] for found, i in self._of(biography).events if found == kind), default=None)

    def birthday(self, biography: Biography) -> int | None:
        """The day of birth drawn; None when it is unknown."""
        birth = self._of(biography).birth
        return None if birth is None else self.days[biography.id][birth]

    def _of(self, biography: Biography) -> Moments:
        try:
            return self.moments[biography.id]
        except KeyError:
            raise StudyError(f"{biography.id} is not in these draws; draw the dates of the study that this "
                             "person is in.") from None  # fmt: skip

    def __repr__(self) -> str:
        open_days = sum(moment.window[0] < moment.window[1]
                        for life in self.moments.values() for moment in life.moments)  # fmt: skip
        return (f"DateDraw {self.number} (seed {self.seed}): {len(self.moments)} people, "
                f"{open_days:,} moments drawn within their windows")  # fmt: skip
