"""Sequences that others bring, as a study: every run of one state becomes an episode with dates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from pathlib import Path

from trajectories.sequences.exchange.calendar import Clock
from trajectories.sequences.exchange.strings import runs_in
from trajectories.sequences.exchange.tables import PERCENT, STAR, symbols
from trajectories.sequences.exchange.written_study import FoundStudy, plan_on, write_found
from trajectories.sequences.sequences import Sequences


def write_lives_as_study(
    lives: Sequences, folder: Path, clock: Clock, *, title: str, domain: str = "state",
    people: Mapping[str, Mapping[str, str]] | None = None,
) -> tuple[str, ...]:
    """Write sequences of one domain as a study folder with a plan to run; returns what was lost or assumed.

    A run of a state is an episode; a change between two positions is dated by the later one (``2022-03``:
    some day in March), beside a gap by the first day of a position; so laid on the same clock again the lives
    are the same. A run that lasts until the end of what was observed is open. Missing positions are not
    coded. ``people`` gives birth and
    attributes by person. Case weights, and how exact the dates really were, are not in sequences.
    """
    given = people or {}
    episodes, persons, inside = [], {}, 0
    for person, symbols_of in zip(lives.ids, symbols(lives, 0)[lives.states[:, 0, :]], strict=True):
        life = _Life(person, list(symbols_of), clock)
        inside += life.holes
        episodes += [(person, *episode) for episode in life.episodes()]
        persons[person] = {"birth": ""} | dict(given.get(person, {})) | life.seen
    plan = plan_on(clock, lives.length, lives.n)
    write_found(FoundStudy(title, domain, lives.alphabets[0], persons, episodes, plan), folder)
    return tuple(_notes(lives, clock, inside))


class _Life:
    """One sequence with its clock."""

    def __init__(self, person: str, codes: list[str], clock: Clock) -> None:
        self.person, self.codes, self.clock = person, codes, clock
        seen = [i for i, code in enumerate(codes) if code != PERCENT]
        self.begin, self.end = (seen[0], seen[-1] + 1) if seen else (0, 0)
        self.holes = codes[self.begin : self.end].count(PERCENT)

    @property
    def seen(self) -> dict[str, str]:
        """When the life was observed: the interview is the last day of its last position."""
        if self.begin == self.end:
            return {}
        first, last = self.clock.first_day(self.begin), self.clock.last_day(self.end - 1)
        return {"interview": last.isoformat(), "observed": f"{first.isoformat()}/{last.isoformat()}"}

    def episodes(self) -> Iterator[tuple[str, str, str]]:
        """State, start and end of each run."""
        place = self.begin
        for code, length in runs_in(self.codes[self.begin : self.end]):
            after = place + length
            if code not in (STAR, PERCENT):
                yield code, self._boundary(place), ".." if after == self.end else self._boundary(after)
            place = after

    def _boundary(self, place: int) -> str:
        """The unit in which one state gives way to another; beside a gap, the day on which the position
        begins."""
        beside = self.codes[place - 1] if place > self.begin else PERCENT
        if {beside, self.codes[place]} & {STAR, PERCENT}:
            return self.clock.first_day(place).isoformat()
        return self.clock.unit(place)


def _notes(lives: Sequences, clock: Clock, inside: int) -> Iterator[str]:
    step = clock.step
    yield f"Changes are known by {step}: each is dated by the {step} in which the new state began."
    weighted = [weight for weight, _ in groupby(sorted(lives.weights))]
    if len(weighted) > 1:
        yield "Case weights were left out: a study has none."
    if inside:
        yield f"{inside:,} positions outside observation lie inside lives; they became gaps."
    missing = int((lives.states[:, 0, :] == -1).sum())
    if missing:
        yield f"{missing:,} missing positions were left without a code."
