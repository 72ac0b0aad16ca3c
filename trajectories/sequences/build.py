"""From coded biographies to sequences: every life laid on the grid's clock."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from trajectories.coding.biography import Biography, Episode
from trajectories.coding.codebook import Domain
from trajectories.coding.dating.chronology import observed_window
from trajectories.coding.dating.draws import Days, PointDays
from trajectories.coding.study import Study
from trajectories.errors import SettingError, StudyError
from trajectories.sequences.cells import Integers, Stretches, cell_edges, month_of, states_in_cells
from trajectories.sequences.grid import LONGEST, Grid
from trajectories.sequences.sequences import VOID, Sequences, States

Positions: TypeAlias = tuple[str, ...] | tuple[int, ...]


@dataclass(frozen=True)
class _Life:
    """A person with a place on the clock: the month where the first cell begins, and the days observed."""

    biography: Biography
    origin: int
    observed: tuple[int, int]


def build_sequences(study: Study, grid: Grid, dates: Days | None = None) -> Sequences:
    """Lay every life of a study on a clock: one state per person, domain and position.

    A cell (month, quarter, year) takes the state that holds more of its days, or by ``grid.contested`` the
    first or the last one; dotted sub-codes roll up (``germany.berlin`` is ``germany``). Days without a
    coded state give way to any state; a cell without one is MISSING. A cell of which more than half lies
    before the coding speaks or after the interview is VOID, whatever is coded there. Dates stand where the
    study's point rule puts them, or on the days of ``dates``, one of the draws of ``draw_dates``.

    An episode of which nobody knows when it ended, with none after it, holds the cell it begins in; what
    follows is MISSING.

    People without a place on the clock (no such event, birth unknown) or not observed inside the window are
    in ``left_out`` with the reason. A calendar grid without ``start`` or ``end`` begins or ends with the
    observation of anybody in the study, at most 1,200 positions back from its end.

    Raises SettingError for an event that nobody has, or when nobody is observed in the window; StudyError
    for a state that the codebook lacks.
    """
    if not study.people:
        raise StudyError(f"{study.title}: there is nobody in this study, so there are no lives to build.")
    if grid.clock == "given":
        raise SettingError("The columns of a given table are no clock; build_sequences needs one, such as "
                           "Grid(since='departure', before=12, after=24).")  # fmt: skip
    _everybody_once(study)
    _event_is_coded(study, grid)
    days = PointDays(study.dates.point) if dates is None else dates
    biographies = [study.biography(person) for person in study.ids]
    placed, left_out = _placed(biographies, grid, days)
    if not placed:
        raise SettingError(_nobody(left_out, grid))
    lives, positions = placed, grid.positions(0, 0)
    if grid.clock == "calendar":
        lives, positions = _on_calendar(placed, grid)
    return _sequences(study, grid, lives, positions, left_out, days)


def _sequences(study: Study, grid: Grid, lives: Sequence[_Life], positions: Positions,
               left_out: Sequence[tuple[str, str]], days: Days) -> Sequences:
    domains = study.codebook.domains
    edges = cell_edges(np.array([life.origin for life in lives], dtype=np.int64), len(positions), grid.months)
    observed = np.array([life.observed for life in lives], dtype=np.int64).reshape(-1, 2)
    layers = [
        states_in_cells(_stretches(lives, domain, days), edges, observed, grid.contested)
        for domain in domains
    ]
    states, positions = _trimmed(np.stack(layers, axis=1), positions, grid)
    seen = (states != VOID).any(axis=(1, 2))
    unseen = [(life.biography.id, "not observed inside the window")
              for life, inside in zip(lives, seen, strict=True) if not inside]  # fmt: skip
    if not seen.any():
        raise SettingError(_nobody([*left_out, *unseen], grid))
    ids = tuple(life.biography.id for life, inside in zip(lives, seen, strict=True) if inside)
    return Sequences(states[seen], ids, domains, positions, grid, np.ones(len(ids)), (*left_out, *unseen))


def _trimmed(states: States, positions: Positions, grid: Grid) -> tuple[States, Positions]:
    """A calendar that nobody bounded, without the months at its ends in which nobody is observed for long
    enough."""
    anybody = np.flatnonzero((states != VOID).any(axis=(0, 1)))
    if grid.clock != "calendar" or not anybody.size:
        return states, positions
    first = 0 if grid.start is not None else int(anybody[0])
    last = len(positions) if grid.end is not None else int(anybody[-1]) + 1
    return states[:, :, first:last], positions[first:last]


def _stretches(lives: Iterable[_Life], domain: Domain, days: Days) -> Stretches:
    """The episodes of one domain as arrays; row i is the i-th life."""
    number = {code: i for i, code in enumerate(domain.alphabet)}
    rows = [
        (row, _state(episode, domain, number), start, start + 1 if end is None else end)
        for row, life in enumerate(lives)
        for episode, start, end in days.timeline(life.biography, domain.name)
    ]
    columns = np.array(rows, dtype=np.int64).reshape(-1, 4).T
    return Stretches(*columns)


def _state(episode: Episode, domain: Domain, number: dict[str, int]) -> int:
    top = domain.top(episode.state)
    if top not in number:
        place = episode.source
        raise StudyError(f"{place.file}:{place.line} ({episode.person}): domain {domain.name!r} has no state "
                         f"{episode.state!r}; it has {', '.join(domain.alphabet)}. Correct it there or add "
                         "it to the codebook; trajectories check lists every such place.")  # fmt: skip
    return number[top]


def _placed(biographies: Iterable[Biography], grid: Grid,
            days: Days) -> tuple[list[_Life], list[tuple[str, str]]]:
    """Who has a place on the clock, and who has none, with the reason."""
    lives, left_out = [], []
    for biography in biographies:
        origin, reason = _origin(biography, grid, days)
        observed = observed_window(biography)
        if origin is None:
            left_out.append((biography.id, reason))
        elif observed[0] == observed[1]:
            left_out.append((biography.id, "no date says when this life was observed"))
        else:
            lives.append(_Life(biography, origin, observed))
    return lives, left_out


def _origin(biography: Biography, grid: Grid, days: Days) -> tuple[int | None, str]:
    """The month in which a person's first cell begins (0 on the calendar, where all share one), or why
    there is none."""
    if grid.since is not None:
        day = days.event_day(biography, grid.since)
        if day is None:
            coded = any(event.kind == grid.since for event in biography.events)
            return None, f"event {grid.since!r} has no date" if coded else f"no event {grid.since!r}"
        return _month(day) - grid.before * grid.months, ""
    if grid.ages is not None:
        birthday = days.birthday(biography)
        if birthday is None:
            return None, "birth unknown"
        return _month(birthday) + 12 * grid.ages[0], ""
    return 0, ""


def _month(day: int) -> int:
    return int(month_of(np.array(day)))


def _on_calendar(lives: Sequence[_Life], grid: Grid) -> tuple[list[_Life], Positions]:
    """Everybody on one calendar, from the grid's start or the first observation to its end or the last one.
    """
    windows: Integers = np.array([life.observed for life in lives], dtype=np.int64)
    last = _month(windows[:, 1].max() - 1) if grid.last_month is None else grid.last_month
    first = grid.first_month
    if first is None:
        first = max(_month(windows[:, 0].min()), last + 1 - LONGEST * grid.months)
    positions = grid.positions(first, last)
    if not positions:
        raise SettingError(f"There is no position {grid.describe()}: the study is not observed then. "
                           "Choose another start or end.")  # fmt: skip
    return [_Life(life.biography, first, life.observed) for life in lives], positions


def _everybody_once(study: Study) -> None:
    twice = [id for id, count in Counter(study.ids).items() if count > 1]
    if twice:
        places = [f"{p.source.file}:{p.source.line}" for p in study.people if p.id == twice[0]]
        raise StudyError(f"{study.title}: {len(twice)} ids come more than once among its people (first: "
                         f"{twice[0]}, at {' and '.join(places)}). Keep each in one place.")  # fmt: skip


def _event_is_coded(study: Study, grid: Grid) -> None:
    if grid.since is None:
        return
    having = Counter(kind for _, kind in {(event.person, event.kind) for event in study.events})
    if having[grid.since]:
        return
    known = [kind.name for kind in study.codebook.events]
    listed = ", ".join(f"{kind} ({_people(having[kind])})" for kind in dict.fromkeys([*known, *having]))
    raise SettingError(f"Nobody in this study has an event {grid.since!r}, so no clock can start from it. "
                       f"Events of the codebook: {listed or 'none'}.")  # fmt: skip


def _nobody(left_out: Sequence[tuple[str, str]], grid: Grid) -> str:
    reasons = Counter(reason for _, reason in left_out)
    told = "; ".join(f"{_people(count)}: {reason}" for reason, count in reasons.most_common())
    return f"Nobody has a sequence {grid.describe()}: {told}. Choose another window or another clock."


def _people(count: int) -> str:
    return "1 person" if count == 1 else f"{count} people"
