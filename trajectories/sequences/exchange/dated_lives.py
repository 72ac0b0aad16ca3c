"""Sequences that others bring, as a study: every run of one state becomes an episode with dates."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any, NamedTuple

from trajectories.coding.files.study_files import as_yaml, table_text, write_new
from trajectories.coding.qda.names import slug
from trajectories.errors import SettingError
from trajectories.sequences.exchange.strings import runs_in
from trajectories.sequences.exchange.tables import PERCENT, STAR, symbols
from trajectories.sequences.grid import month_name, month_number
from trajectories.sequences.sequences import Sequences

_STEPS = {1: "month", 3: "quarter", 12: "year"}
_COLUMNS = ("person", "domain", "state", "start", "end")


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
        month = month_name(self.first + position * self.months)
        if self.months == 1:
            return month
        return month[:4] if self.months == 12 else f"{month[:4]}-{33 + int(month[5:]) // 3}"

    def first_day(self, position: int) -> dt.date:
        return dt.date.fromisoformat(f"{month_name(self.first + position * self.months)}-01")

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
                           "study needs dates. Say which month the first one is (2014-01) and whether each "
                           "is a month, a quarter or a year.")  # fmt: skip
    if months not in _STEPS or any(other - one != months for one, other in pairwise(numbers)):
        raise SettingError(f"The positions ({named[0]}, {', '.join(named[1:3])}, ...) are no even row of "
                           "months, quarters or years.")  # fmt: skip
    return _even(Clock(numbers[0], months))


def _even(clock: Clock) -> Clock:
    if clock.first % clock.months:
        raise SettingError(f"Each position takes a {clock.step}, but the first one begins in "
                           f"{month_name(clock.first)}.")  # fmt: skip
    return clock


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
    codes = _free_codes(lives.alphabets[0])
    given = people or {}
    attributes = list(dict.fromkeys(name for row in given.values() for name in row if name != "birth"))
    named = _free_codes(attributes, taken=("id", "birth", "interview", "observed"))
    rows, persons, inside = [], [], 0
    for person, symbols_of in zip(lives.ids, symbols(lives, 0)[lives.states[:, 0, :]], strict=True):
        life = _Life(person, list(symbols_of), clock)
        inside += life.holes
        rows += [dict(zip(_COLUMNS, (person, domain, codes[state], start, end), strict=True))
                 for state, start, end in life.episodes()]
        about = {named[name]: text for name, text in given.get(person, {}).items() if name != "birth"}
        persons.append(about | {"id": person, "birth": given.get(person, {}).get("birth", ""), **life.seen})
    tables = {"persons": "persons.csv", "episodes": "episodes.csv"}
    study = {"title": title, "codebook": "codebook.yaml", "tables": tables, "plan": "plan.yaml"}
    states = {codes[code]: {"label": code} for code in lives.alphabets[0]}
    book: dict[str, Any] = {"title": f"{title}: states as found", "domains": {
        domain: {"label": domain.replace("_", " ").capitalize(), "states": states}}}
    if attributes:
        book["attributes"] = {named[name]: {"label": name} for name in attributes}
    write_new(folder, {
        "study.yaml": as_yaml(study), "codebook.yaml": as_yaml(book),
        "plan.yaml": as_yaml(_plan(lives, clock)),
        "persons.csv": table_text(["id", "birth", "interview", "observed", *named.values()], persons),
        "episodes.csv": table_text(_COLUMNS, rows),
    })  # fmt: skip
    return tuple(_notes(lives, clock, inside))


def _plan(lives: Sequences, clock: Clock) -> dict[str, Any]:
    """An analysis on the same clock, to begin with."""
    end = month_name(clock.first + lives.length * clock.months - 1)
    most = max(2, min(4, lives.n // 5))
    return {"grid": {"start": month_name(clock.first), "end": end, "step": clock.step},
            "people": {"complete": False}, "types": {"k": most, "quality": [2, max(2, min(10, lives.n - 1))]},
            "figures": ["distribution", "index", "types", "quality"]}  # fmt: skip


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


def _free_codes(names: Sequence[str], taken: Sequence[str] = ()) -> dict[str, str]:
    """A code for each name, different from all others."""
    codes: dict[str, str] = {}
    for name in names:
        own = slug(name)
        there = {*codes.values(), *taken}
        free = (f"{own}_{i}" for i in range(2, len(there) + 3))
        codes[name] = own if own not in there else next(one for one in free if one not in there)
    return codes


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
