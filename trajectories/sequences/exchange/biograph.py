"""Biograph's wide format: a row a life, its states as letters (``path``) and the months of its changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from string import ascii_uppercase
from typing import TYPE_CHECKING, NamedTuple

from trajectories.errors import SettingError, StudyError
from trajectories.sequences.exchange.century_months import code_of_month, month_of_code
from trajectories.sequences.exchange.strings import LONGEST, runs_in
from trajectories.sequences.exchange.tables import (
    PERCENT,
    STAR,
    Source,
    alphabet_of,
    as_sequences,
    blank,
    layer_of,
    saved,
    symbols,
    table_of,
    whole_number,
)
from trajectories.sequences.grid import Grid
from trajectories.sequences.sequences import Sequences

if TYPE_CHECKING:
    import pandas as pd


class _Life(NamedTuple):
    person: str
    start: int
    end: int
    path: str
    marks: tuple[int, ...]
    """Start, the months of the changes, end."""


def biograph_rows(
    lives: Sequences, domain: str | None = None, *, letters: Mapping[str, str] | None = None,
    births: Mapping[str, str] | None = None, attributes: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Biograph's table: ID, born, start, end, attributes, path, Tr1..Trn; months as century month codes.

    ``start`` is the first month observed, ``end`` the month after the last one, a change is dated by the
    first month of the new state. States become letters: their own where each has one, else A, B, C in the
    order of the alphabet, or as ``letters`` says. ``births`` gives months (``1989-05``); ``attributes`` has
    a column id. Raises SettingError unless the lives lie on a calendar by month, StudyError for a life with
    missing or void months inside, which this format cannot say.
    """
    import pandas as pd

    layer = layer_of(lives, domain)
    letter = letters_of(lives.alphabets[layer], letters)
    first = _first_code(lives)
    rows = []
    for person, codes in zip(lives.ids, symbols(lives, layer)[lives.states[:, layer, :]], strict=True):
        offset, runs = _observed(person, runs_in(codes))
        marks = [first + offset]
        for _, months in runs:
            marks.append(marks[-1] + months)
        born = code_of_month((births or {})[person]) if person in (births or {}) else ""
        row = {"ID": person, "born": born, "start": marks[0], "end": marks[-1],
               "path": "".join(letter[state] for state, _ in runs)}  # fmt: skip
        rows.append(row | {f"Tr{i}": code for i, code in enumerate(marks[1:-1], start=1)})
    longest = max(len(row) for row in rows) - 5
    changes = [f"Tr{i}" for i in range(1, longest + 1)]
    table = pd.DataFrame(rows, columns=["ID", "born", "start", "end", "path", *changes])
    table[changes] = table[changes].astype("Int64")
    return table if attributes is None else _with_attributes(table, attributes)


def write_biograph(
    lives: Sequences, path: str | Path, domain: str | None = None, *,
    letters: Mapping[str, str] | None = None, births: Mapping[str, str] | None = None,
    attributes: pd.DataFrame | None = None,
) -> Path:
    """Write Biograph's table as CSV (see ``biograph_rows``)."""
    return saved(biograph_rows(lives, domain, letters=letters, births=births, attributes=attributes), path)


def read_biograph(source: Source, *, states: Mapping[str, str] | None = None,
                  keep_instants: bool = False) -> Sequences:
    """Lives from Biograph's table on a calendar of months, from the first start to the last end.

    ``states`` names the letters (``{"H": "home"}``); its order is the alphabet's. A state that is entered and
    left in the same month has no month to stand in: such lives are refused, unless ``keep_instants`` keeps
    the life and lets that state go. Columns besides ID, start, end, path and Tr1.. are not read: take the
    attributes from the table itself. Raises StudyError with the person where path and changes do not fit.
    """
    table = table_of(source, ("ID", "start", "end", "path"))
    rows = [_life({str(key): value for key, value in row.items()}) for row in table.to_dict("records")]
    instants = [life.person for life in rows if any(one == other for one, other in pairwise(life.marks))]
    if instants and not keep_instants:
        raise StudyError(f"{len(instants)} lives enter and leave a state in the same month (first: "
                         f"{instants[0]}); a calendar of months cannot show it. Say keep_instants=True to "
                         "keep these lives without that state.")  # fmt: skip
    first, last = min(life.start for life in rows), max(life.end for life in rows)
    if last - first > LONGEST:
        raise StudyError(f"From {first} to {last} there are more than {LONGEST:,} months.")
    letters = dict.fromkeys(letter for life in rows for letter in life.path)
    known = alphabet_of(letters, None if states is None else tuple(states))
    layer = blank(len(rows), last - first)
    for row, life in enumerate(rows):
        for letter, (begin, end) in zip(life.path, pairwise(life.marks), strict=True):
            layer[row, begin - first : end - first] = known.index(letter)
    codes = known if states is None else tuple(states[letter] for letter in known)
    months = [month_of_code(code) for code in range(first, last)]
    lives = as_sequences(layer, [life.person for life in rows], codes, months)
    return replace(lives, grid=Grid(start=months[0], end=months[-1]))


def _life(row: Mapping[str, object]) -> _Life:
    """One row of the table, held against itself."""
    person, path = str(row["ID"]).strip(), str(row["path"]).strip()
    start, end = (whole_number(row[name], f"{person}: {name}") for name in ("start", "end"))
    if signs := [sign for sign in path if sign in f"{STAR}{PERCENT}" or sign.isspace()]:
        raise StudyError(f"{person}: the path {path[:30]!r} has {signs[0]!r} in it; a path is a letter for "
                         "each state, and a life with unknown months cannot be told in it.")  # fmt: skip
    changes = []
    for number in range(1, len(path)):
        if _is_empty(row.get(f"Tr{number}")):
            raise StudyError(f"{person}: the path {path!r} has {len(path) - 1} changes, but Tr{number} is "
                             "empty.")  # fmt: skip
        changes.append(whole_number(row[f"Tr{number}"], f"{person}: Tr{number}"))
    if not path or not _is_empty(row.get(f"Tr{len(path)}")):
        raise StudyError(f"{person}: the path {path!r} has {max(len(path) - 1, 0)} changes, but "
                         f"Tr{max(len(path), 1)} has a month.")  # fmt: skip
    marks = [start, *changes, end]
    if marks != sorted(marks) or start == end or start < 1:
        raise StudyError(f"{person}: start, changes and end do not rise ({', '.join(map(str, marks))}).")
    return _Life(person, start, end, path, tuple(marks))


def _is_empty(value: object) -> bool:
    return str(value).strip() in ("", "nan", "None", "<NA>", "NA")


def letters_of(alphabet: Sequence[str], given: Mapping[str, str] | None = None) -> dict[str, str]:
    """The letter of each state: its own where each is one, else A, B, C in order, or as given."""
    if given is None:
        if all(len(code) == 1 for code in alphabet):
            return {code: code for code in alphabet}
        if len(alphabet) > len(ascii_uppercase):
            raise SettingError(f"{len(alphabet)} states are more than there are letters; give them their own "
                               "signs in letters=.")  # fmt: skip
        return dict(zip(alphabet, ascii_uppercase, strict=False))
    bad = [code for code in alphabet if len(given.get(code, "")) != 1]
    if bad or len(set(given.values())) < len(given):
        named = f" ({bad[0]!r} has none)" if bad else ""
        raise SettingError(f"letters= must give every state a letter of its own{named}.")
    return dict(given)


def _first_code(lives: Sequences) -> int:
    if lives.grid.clock != "calendar" or lives.grid.step != "month":
        raise SettingError("Biograph dates changes by calendar months; build the lives with Grid(start=..., "
                           "end=..., step='month').")  # fmt: skip
    return code_of_month(str(lives.positions[0]))


def _observed(person: str, runs: list[tuple[str, int]]) -> tuple[int, list[tuple[str, int]]]:
    """Void months before the first state, and the runs from there on."""
    offset = runs[0][1] if runs and runs[0][0] == "%" else 0
    runs = runs[1:] if offset else runs
    if not runs or any(state in (STAR, "%") for state, _ in runs):
        raise StudyError(f"{person}: months without a state cannot be written for Biograph. Choose a shorter "
                         "window, or leave this life out.")  # fmt: skip
    return offset, runs


def _with_attributes(table: pd.DataFrame, attributes: pd.DataFrame) -> pd.DataFrame:
    merged = table.merge(attributes.rename(columns={"id": "ID"}), on="ID", how="left")
    names = [name for name in merged.columns if name not in table.columns]
    first = list(table.columns[:4])
    return merged[[*first, *names, *(name for name in table.columns if name not in first)]]
