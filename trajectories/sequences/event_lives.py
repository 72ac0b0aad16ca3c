"""Lives as dated events instead of states: what happened, in which order, how far apart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from trajectories.coding.problems import choices
from trajectories.coding.study import Study
from trajectories.errors import SettingError, StudyError
from trajectories.sequences.exchange.tables import Source, table_of
from trajectories.sequences.sequences import Sequences
from trajectories.wording import counted, people

if TYPE_CHECKING:
    import pandas as pd

    from trajectories.coding.biography import Biography

MONTH = 365.2425 / 12
"""Days of an average month."""
Moment = tuple[float, frozenset[int]]
"""A time and which kinds of event happened then."""


@dataclass(frozen=True, eq=False)
class EventLives:
    """The events of each life in order of time; those of one time are one moment.

    ``moments`` holds, for each person, times (in ``unit``) and the numbers of the ``kinds`` that happened.
    Somebody to whom nothing happened has no moments. ``left_out`` are people without a place on the clock.
    """

    ids: tuple[str, ...]
    kinds: tuple[str, ...]
    moments: tuple[tuple[Moment, ...], ...]
    weights: NDArray[np.float64]
    unit: str = "positions"
    left_out: tuple[tuple[str, str], ...] = ()
    labels: tuple[str, ...] = ()
    """What each kind is called in the codebook; empty where there is none."""

    @property
    def n(self) -> int:
        return len(self.ids)

    def select(self, ids: Iterable[str]) -> EventLives:
        """Some of the people, in the order asked for. Raises SettingError for an id that is not here."""
        where, wanted = {person: i for i, person in enumerate(self.ids)}, tuple(ids)
        unknown = [person for person in wanted if person not in where]
        if unknown:
            raise SettingError(f"No events here for {people(len(unknown))} (first: {unknown[0]!r}).")
        index = [where[person] for person in wanted]
        return replace(self, ids=wanted, moments=tuple(self.moments[i] for i in index),
                       weights=self.weights[index])  # fmt: skip

    def table(self) -> pd.DataFrame:
        """Time-stamped events (TSE): a row an event, columns id, time, event."""
        import pandas as pd

        rows = [(person, time, self.kinds[kind]) for person, life in zip(self.ids, self.moments, strict=True)
                for time, kinds in life for kind in sorted(kinds)]  # fmt: skip
        return pd.DataFrame(rows, columns=["id", "time", "event"])

    def __repr__(self) -> str:
        number = sum(len(kinds) for life in self.moments for _, kinds in life)
        named = ", ".join(self.kinds[:8]) + (", ..." if len(self.kinds) > 8 else "")
        return (f"EventLives: {self.n} people, {counted(number, 'event')} of {len(self.kinds)} kinds "
                f"({named}), times in {self.unit}, {len(self.left_out)} left out")  # fmt: skip


def event_lives(study: Study, kinds: Sequence[str] | None = None, since: str | None = None) -> EventLives:
    """The coded events of a study, in months since each person's first event ``since``, or since their birth.

    ``kinds``: which kinds count, all of the codebook without them. An imprecise date stands at the day that
    the study's point rule gives it; an event without a date is left out. Raises SettingError for a kind that
    the codebook does not have, and when nobody has a place on the clock.
    """
    known = tuple(kind.name for kind in study.codebook.events)
    chosen = known if kinds is None else tuple(kinds)
    for name in (*chosen, *([since] if since else [])):
        if name not in known:
            have = choices(name, known, "The codebook has")
            raise SettingError(f"There is no kind of event {name!r}. {have}")
    placed, left_out = [], []
    for person in study.ids:
        biography = study.biography(person)
        origin = _origin(biography, since, study)
        if origin is None:
            left_out.append((person, f"no dated event {since!r}" if since else "birth unknown"))
        else:
            placed.append((person, _coded(biography, chosen, origin, study)))
    if not placed:
        what = f"an event {since!r} with a date" if since else "a known birth"
        raise SettingError(f"Nobody in this study has {what}, so no clock can start from it.")
    found = _made(placed, chosen, "months", tuple(left_out))
    return replace(found, labels=tuple(study.codebook.event_label(kind) for kind in chosen))


def change_events(lives: Sequences) -> EventLives:
    """The changes of state of some lives as events: which state is entered, at which position.

    The state at the beginning is entered there. A kind is called by its state, with the domain before it
    where there are several (``legal: pending``). Missing positions are passed over: who is in the same state
    before and after has not changed. Times count positions of the grid from 0.
    """
    several = len(lives.domains) > 1
    kinds = tuple(f"{domain.name}: {code}" if several else code
                  for domain in lives.domains for code in domain.alphabet)  # fmt: skip
    first = np.cumsum([0, *(len(alphabet) for alphabet in lives.alphabets)])
    placed = [(person, [(float(time), kinds[first[layer] + state]) for layer, row in enumerate(states)
                        for time, state in _entered(row)])
              for person, states in zip(lives.ids, lives.states, strict=True)]  # fmt: skip
    found = _made(placed, kinds, f"{lives.grid.unit}s", lives.left_out)
    return replace(found, weights=lives.weights)


def read_event_lives(source: Source, *, id: str = "id", time: str = "time",
                     event: str = "event") -> EventLives:
    """Time-stamped events (TSE) from a CSV file or a DataFrame: a row an event, in any order.

    Kinds stand in the order of letters, as in TraMineR. Raises StudyError for a time that is no number.
    """
    table = table_of(source, (id, time, event))
    lives: dict[str, list[tuple[float, str]]] = {}
    rows = zip(table[id], table[time], table[event], strict=True)
    for number, (person, when, what) in enumerate(rows, start=1):
        lives.setdefault(str(person).strip(), []).append((_time(when, number, person), str(what).strip()))
    kinds = sorted({what for life in lives.values() for _, what in life})
    return _made(list(lives.items()), kinds, "units of the table", ())


def _made(placed: Sequence[tuple[str, list[tuple[float, str]]]], kinds: Sequence[str], unit: str,
          left_out: tuple[tuple[str, str], ...]) -> EventLives:
    number = {kind: i for i, kind in enumerate(kinds)}
    moments = tuple(_moments(events, number) for _, events in placed)
    ids = tuple(person for person, _ in placed)
    return EventLives(ids, tuple(kinds), moments, np.ones(len(ids)), unit, left_out)


def _moments(events: list[tuple[float, str]], number: Mapping[str, int]) -> tuple[Moment, ...]:
    in_order = sorted(events, key=lambda event: event[0])
    return tuple((time, frozenset(number[kind] for _, kind in at))
                 for time, at in groupby(in_order, key=lambda event: event[0]))  # fmt: skip


def _origin(biography: Biography, since: str | None, study: Study) -> float | None:
    rule = study.dates.point
    if since is None:
        birth = biography.person.birth
        return birth.point(rule) if birth.is_known else None
    return min((e.date.point(rule) for e in biography.events if e.kind == since and e.date.is_known),
               default=None)  # fmt: skip


def _coded(biography: Biography, kinds: Sequence[str], origin: float,
           study: Study) -> list[tuple[float, str]]:
    rule = study.dates.point
    return [((event.date.point(rule) - origin) / MONTH, event.kind) for event in biography.events
            if event.kind in kinds and event.date.is_known]  # fmt: skip


def _entered(row: NDArray[np.int16]) -> list[tuple[int, int]]:
    """Positions at which a state is entered, and which; missing and void are passed over."""
    places = np.flatnonzero(row >= 0)
    states = row[places]
    new = np.flatnonzero(np.diff(states, prepend=-1) != 0) if places.size else places
    return list(zip(places[new].tolist(), states[new].tolist(), strict=True))


def _time(written: object, number: int, person: object) -> float:
    try:
        value = float(str(written))
    except ValueError:
        value = float("nan")
    if not np.isfinite(value):
        raise StudyError(f"row {number} ({person}): the time must be a number; it is {str(written)[:30]!r}.")
    return value
