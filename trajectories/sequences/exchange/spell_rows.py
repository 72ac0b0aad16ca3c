"""SPELL: one row a spell, with its first and its last position."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

from trajectories.errors import SettingError, StudyError
from trajectories.sequences.exchange.century_months import month_of_code
from trajectories.sequences.exchange.strings import LONGEST
from trajectories.sequences.exchange.tables import (
    Source,
    alphabet_of,
    as_sequences,
    blank,
    layer_of,
    numbered,
    refuse_empty,
    saved,
    symbols,
    table_of,
    whole_number,
)
from trajectories.sequences.sequences import MISSING, VOID, Sequences

if TYPE_CHECKING:
    import pandas as pd

Ends = Literal["inclusive", "exclusive"]
Overlap = Literal["refused", "later", "earlier"]


class _Spell(NamedTuple):
    person: str
    begin: int
    end: int
    state: str


def spell_rows(lives: Sequences, domain: str | None = None, *, with_missing: bool = True) -> pd.DataFrame:
    """SPELL: columns id, begin, end, state; positions count from 1, ``end`` is the last position of the spell
    (inclusive, as in TraMineR).

    Missing positions are spells of ``*`` unless ``with_missing=False``; void ones are none. Names of
    positions and weights are lost, and how many void positions all lives have at their end.
    """
    import pandas as pd

    layer = layer_of(lives, domain)
    states = lives.states[:, layer, :]
    begins = np.ones(states.shape, dtype=bool)
    begins[:, 1:] = states[:, 1:] != states[:, :-1]
    person, first = np.nonzero(begins)
    last = np.append(np.flatnonzero(begins.ravel())[1:], states.size) - person * states.shape[1]
    state = states[person, first]
    kept = (state != VOID) & (with_missing | (state != MISSING))
    return pd.DataFrame({
        "id": np.array(lives.ids, dtype=object)[person[kept]],
        "begin": first[kept] + 1,
        "end": last[kept],
        "state": symbols(lives, layer)[state[kept]],
    })  # fmt: skip


def write_spell(lives: Sequences, path: str | Path, domain: str | None = None) -> Path:
    """Write SPELL as a CSV file (see ``spell_rows``)."""
    return saved(spell_rows(lives, domain), path)


def read_spell(
    source: Source, *, id: str = "id", begin: str = "begin", end: str = "end", state: str = "state",
    ends: Ends = "inclusive", overlap: Overlap = "refused", fill: str | None = None,
    births: Mapping[str, int] | None = None, since_first: bool = False, century_months: bool = False,
    first: int | None = None, last: int | None = None, alphabet: Sequence[str] | None = None,
) -> Sequences:
    """Spells laid on their clock: a row a spell, from position ``begin`` to ``end``.

    ``ends`` says whether the last position belongs to the spell (TraMineR, GLHS: ``inclusive``) or is the
    first of the next (``exclusive``). Positions between two spells of a person are missing, or ``fill``;
    those before the first and after the last are void. Where spells overlap, the call must say which holds:
    the ``later`` in the table or the ``earlier``.

    The clock is the calendar of the table (from ``first`` to ``last``, by default all of it; with
    ``century_months`` its positions are named ``1929-03``), or with ``births`` the position since birth
    (the position of birth is 1), or with ``since_first`` since the person's first spell.

    Raises StudyError with the person for a spell that ends before it begins or overlaps unsettled.
    """
    if sum((births is not None, since_first, century_months)) > 1:
        raise SettingError("Choose one clock: births, since_first or century_months.")
    spells = _spells(table_of(source, (id, begin, end, state)), (id, begin, end, state), ends)
    spells = _on_clock(spells, births, since_first)
    ids = tuple(dict.fromkeys(spell.person for spell in spells))
    earliest = 1 if births is not None or since_first else min(spell.begin for spell in spells)
    first = earliest if first is None else first
    last = max(spell.end for spell in spells) if last is None else last
    if not 0 < last - first + 1 <= LONGEST:
        raise SettingError(f"From {first} to {last} there are {last - first + 1:,} positions, not 1 to "
                           f"{LONGEST:,}. State first= and last=.")  # fmt: skip
    known = alphabet_of([spell.state for spell in spells] + ([fill] if fill is not None else []), alphabet)
    states = _laid(spells, {person: row for row, person in enumerate(ids)}, known, first, last, overlap, fill)
    named = [month_of_code(code) for code in range(first, last + 1)] if century_months else range(first,
                                                                                                  last + 1)
    return as_sequences(states, ids, known, named)


def _spells(table: pd.DataFrame, columns: tuple[str, str, str, str], ends: Ends) -> list[_Spell]:
    spells = []
    shift = 1 if ends == "exclusive" else 0
    rows = zip(*(table[column] for column in columns), strict=True)
    for number, (person, begin, end, state) in enumerate(rows, start=1):
        where = f"row {number} ({person})"
        spell = _Spell(str(person).strip(), whole_number(begin, f"{where}: the begin"),
                       whole_number(end, f"{where}: the end") - shift, str(state).strip())  # fmt: skip
        refuse_empty(spell.state, where, "the state of this spell")
        if spell.end < spell.begin:
            raise StudyError(f"{where}: the spell {spell.state!r} ends ({spell.end + shift}) before it "
                             f"begins ({spell.begin}); ends are read as {ends}.")  # fmt: skip
        spells.append(spell)
    return spells


def _on_clock(spells: list[_Spell], births: Mapping[str, int] | None, since_first: bool) -> list[_Spell]:
    """The spells with their positions counted from birth or from the person's first spell."""
    if births is None and not since_first:
        return spells
    origin: dict[str, int] = dict(births or {})
    if since_first:
        for spell in spells:
            origin[spell.person] = min(spell.begin, origin.get(spell.person, spell.begin))
    unborn = [spell.person for spell in spells if spell.person not in origin]
    if unborn:
        raise SettingError(f"{len(set(unborn))} people have no birth in births= (first: {unborn[0]!r}).")
    return [spell._replace(begin=spell.begin - origin[spell.person] + 1,
                           end=spell.end - origin[spell.person] + 1) for spell in spells]  # fmt: skip


def _laid(spells: list[_Spell], rows: Mapping[str, int], alphabet: Sequence[str], first: int, last: int,
          overlap: Overlap, fill: str | None) -> np.ndarray[tuple[int, ...], np.dtype[np.int16]]:
    states, number = blank(len(rows), last - first + 1), numbered(alphabet)
    nobody = np.int16(-3)
    states[:] = nobody
    for spell in spells:
        cells = states[rows[spell.person], max(spell.begin - first, 0) : max(spell.end - first + 1, 0)]
        taken = cells != nobody
        if overlap == "refused" and taken.any():
            raise StudyError(f"{spell.person}: the spell {spell.state!r} ({spell.begin} to {spell.end}) "
                             "overlaps another one. Correct it, or say which of them holds: overlap='later' "
                             "or 'earlier'.")  # fmt: skip
        cells[~taken if overlap == "earlier" else slice(None)] = number[spell.state]
    inside = states != nobody
    begun = np.logical_or.accumulate(inside, axis=1)
    goes_on = np.logical_or.accumulate(inside[:, ::-1], axis=1)[:, ::-1]
    between = MISSING if fill is None else number[fill]
    return np.where(inside, states, np.where(begun & goes_on, between, VOID)).astype(np.int16)
