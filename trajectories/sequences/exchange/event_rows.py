"""TSE: one row an event, with the time at which the state changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from trajectories.errors import SettingError, StudyError
from trajectories.sequences.exchange.strings import LONGEST, runs_in
from trajectories.sequences.exchange.tables import (
    PERCENT,
    STAR,
    Positions,
    Source,
    alphabet_of,
    as_sequences,
    blank,
    numbered,
    plain_lives,
    refuse_empty,
    saved,
    table_of,
    whole_number,
)
from trajectories.sequences.sequences import Sequences

if TYPE_CHECKING:
    import pandas as pd

EventForm = Literal["state", "transition", "period"]
"""What an event is called: the state entered (``B``), the change (``A>B``), or the end of one state and the
beginning of the next (``end.A``, ``beg.B``)."""


def event_rows(lives: Sequences, domain: str | None = None, *, form: EventForm = "state") -> pd.DataFrame:
    """TSE: columns id, time, event. ``time`` is the last position (from 1) before the change; the first state
    is an event at time 0.

    Missing is a state ``*``. Observation that begins or ends inside the window is told by the event ``%``,
    except in ``period``, where it is the end of the last state. So nothing is lost but the names of
    positions and how many of them there are.
    """
    import pandas as pd

    codes = plain_lives(lives, domain, ">", "TSE")
    rows = [(person, time, event) for person, row in zip(lives.ids, codes, strict=True)
            for time, event in _events(row, form)]  # fmt: skip
    return pd.DataFrame(rows, columns=["id", "time", "event"])


def write_tse(lives: Sequences, path: str | Path, domain: str | None = None, *,
              form: EventForm = "state") -> Path:
    """Write TSE as a CSV file (see ``event_rows``)."""
    return saved(event_rows(lives, domain, form=form), path)


def read_tse(
    source: Source, *, length: int, id: str = "id", time: str = "time", event: str = "event",
    form: EventForm = "state", alphabet: Sequence[str] | None = None, positions: Positions | None = None,
) -> Sequences:
    """States from the events that change them; each holds from the position after its time on.

    ``length`` is how many positions there are: events do not say how long the last state went on. Rows of a
    person may stand in any order of time. Raises StudyError with the person for two changes at one time, or
    an event of another form.
    """
    ids, changes = _changes(source, id, time, event, length)
    entered = [[(when, _entered(what, form, person)) for when, what in life]
               for person, life in zip(ids, changes, strict=True)]  # fmt: skip
    lives = [[(when, state) for when, state in life if state] for life in entered]
    for person, life in zip(ids, lives, strict=True):
        times = [when for when, _ in life]
        if len(set(times)) < len(times):
            twice = next(when for when in times if times.count(when) > 1)
            raise StudyError(f"{person}: two states are entered at time {twice}; a domain has one at a time. "
                             "Events that add up are read by read_event_states.")  # fmt: skip
    return _filled(ids, lives, length, alphabet, positions)


def read_event_states(
    source: Source, *, length: int, id: str = "id", time: str = "time", event: str = "event",
    drops: Mapping[str, Sequence[str]] | None = None, none: str = "None",
) -> Sequences:
    """States made of the events that have happened so far (``emigrate.protest``), in the order of letters.

    ``drops`` names events that end others (``{"return": ["emigrate"]}``). Before the first event the state is
    ``none``. The same as TraMineRextras' ``seqe2stm`` and ``TSE_to_STS``.
    """
    ids, changes = _changes(source, id, time, event, length)
    lives = []
    for life in changes:
        happened: set[str] = set()
        states = [(0, none)]
        for when, what in life:
            happened = (happened - set((drops or {}).get(what, ()))) | {what}
            states.append((when, ".".join(sorted(happened))))
        lives.append(states)
    return _filled(ids, lives, length, None, None)


def _events(codes: Sequence[str], form: EventForm) -> Iterator[tuple[int, str]]:
    """Times and events of one life."""
    before, time = PERCENT, 0
    for code, duration in [*runs_in(codes), (PERCENT, 0)]:
        at_end = time >= len(codes)
        if not at_end and before != code:
            if form == "period":
                yield from ((time, f"end.{before}") for _ in range(before != PERCENT))
                yield from ((time, f"beg.{code}") for _ in range(code != PERCENT))
            elif form == "transition" and before != PERCENT:
                yield time, f"{before}>{code}"
            else:
                yield time, code
        before, time = code, time + duration


def _changes(source: Source, id: str, time: str, event: str, length: int,
             ) -> tuple[list[str], list[list[tuple[int, str]]]]:
    """The events of each person in order of time; those at one time in the order of the table."""
    if not 0 < length <= LONGEST:
        raise SettingError(f"length must be 1 to {LONGEST:,} positions, not {length}.")
    table = table_of(source, (id, time, event))
    lives: dict[str, list[tuple[int, str]]] = {}
    rows = zip(table[id], table[time], table[event], strict=True)
    for number, (person, when, what) in enumerate(rows, start=1):
        moment = whole_number(when, f"row {number} ({person}): the time")
        if moment < 0:
            raise StudyError(f"row {number} ({person}): the time is {moment}; times count from 0.")
        refuse_empty(str(what).strip(), f"row {number} ({person})", "the event")
        lives.setdefault(str(person).strip(), []).append((moment, str(what).strip()))
    return list(lives), [sorted(life, key=lambda change: change[0]) for life in lives.values()]


def _entered(event: str, form: EventForm, person: str) -> str:
    """The state that an event enters; empty for one that only ends another."""
    if form == "state" or event == PERCENT:
        return event
    if form == "transition":
        return event.rpartition(">")[2]
    if event.startswith("beg."):
        return event.removeprefix("beg.")
    if event.startswith("end."):
        return ""
    raise StudyError(f"{person}: the event {event[:40]!r} neither begins (beg.A) nor ends (end.A) a state.")


def _filled(ids: Sequence[str], lives: Sequence[Sequence[tuple[int, str]]], length: int,
            alphabet: Sequence[str] | None, positions: Positions | None) -> Sequences:
    known = alphabet_of((state for life in lives for _, state in life if state != STAR), alphabet)
    states, number = blank(len(ids), length), numbered(known)
    for row, life in enumerate(lives):
        for when, state in life:
            states[row, when:] = number[state]
    return as_sequences(states, ids, known, positions)
