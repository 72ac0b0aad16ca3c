"""Sequences that others bring: a wide table with one row per person and one column per position."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from trajectories.coding.codebook import Domain, State
from trajectories.errors import SettingError, StudyError
from trajectories.sequences.exchange.given_table import open_given
from trajectories.sequences.grid import GivenGrid
from trajectories.sequences.sequences import MISSING, VOID, Sequences, States

if TYPE_CHECKING:
    import pandas as pd


class GivenState(State):
    """A state of somebody else's alphabet: its code may be any text ("A", "7", "Full time")."""

    code: str


def read_sequences(
    source: str | Path | pd.DataFrame | Sequence[Mapping[str, Any]],
    *,
    id: str = "id",
    missing: str = "*",
    void: str = "%",
    alphabet: Sequence[Any] | None = None,
    weights: str | ArrayLike | None = None,
) -> Sequences:
    """Read state sequences from a wide table: one row per person, one column per position.

    ``source`` is a CSV file, a DataFrame, or a list of rows as mappings. Every column but ``id`` and the
    weights is a position, in the order of the table. ``alphabet`` lists the codes in the order they shall
    have (default: those found, sorted). The ``missing`` code means asked but unknown, ``void`` outside
    observation. Empty cells are missing before the last coded position of a row, and void after it.
    ``weights`` names a column or gives one per row.

    Returns one domain named "state". Raises StudyError for an unknown code (with its row, column and
    person), an id that comes twice, or a table without rows; SettingError for a column that is not there or
    impossible weights.

    >>> read_sequences([{"id": "P1", "1": "A", "2": "B"}, {"id": "P2", "1": "A", "2": ""}]).length
    2
    """
    table, name = _table(source, id)
    ids = _ids(table, id, name)
    case_weights, weight_column = _weights(table, weights, name)
    cells = table.drop(columns=[column for column in (id, weight_column) if column in table.columns])
    if cells.shape[1] == 0:
        raise StudyError(f"{name}: there are no positions beside {id!r}; give each one a column of its own.")
    codes = _codes(cells)
    known = _alphabet(codes, alphabet, str(missing), str(void), name)
    states = _states(codes, known, str(missing), str(void))
    _all_known(states, codes, known, ids, cells.columns, name)
    given = tuple(GivenState(code=code, label=code) for code in known)
    domain = Domain(name="state", label="State", states=given)
    return Sequences(states[:, None, :], ids, (domain,), _positions(cells.columns), GivenGrid(), case_weights)


def _table(source: Any, id: str) -> tuple[pd.DataFrame, str]:
    """The table as it stands (text stays text) and what to call it in messages."""
    import pandas as pd

    if isinstance(source, (str, Path)):
        path = Path(source)
        table = open_given(path).rows
        name = path.name
    else:
        table, name = pd.DataFrame(source), "table"
        if id not in table.columns and table.index.name == id:
            table = table.reset_index()
    if table.empty:
        raise StudyError(f"{name}: there are no rows, so there is nobody to read.")
    return table, name


def _ids(table: pd.DataFrame, id: str, name: str) -> tuple[str, ...]:
    if id not in table.columns:
        raise SettingError(f"{name}: there is no column {id!r} with the people's ids; it has "
                           f"{_some(table.columns)}. Name it: read_sequences(..., id=...).")  # fmt: skip
    ids = tuple(str(value).strip() for value in table[id])
    empty = [row for row, person in enumerate(ids, 1) if person in ("", "nan", "None")]
    if empty:
        raise StudyError(f"{name}, row {empty[0]}: this person has no id.")
    twice = [person for person, count in Counter(ids).items() if count > 1]
    if twice:
        rows = [row for row, person in enumerate(ids, 1) if person == twice[0]]
        listed = ", ".join(map(str, rows))
        raise StudyError(f"{name}: {len(twice)} ids come more than once (first: {twice[0]!r}, rows {listed})"
                         "; each person has one row and an id of their own.")  # fmt: skip
    return ids


def _weights(table: pd.DataFrame, weights: str | ArrayLike | None,
             name: str) -> tuple[NDArray[np.float64], str | None]:
    column = weights if isinstance(weights, str) else None
    if column is not None and column not in table.columns:
        raise SettingError(f"{name}: there is no column {column!r} of weights; "
                           f"it has {_some(table.columns)}.")  # fmt: skip
    given: Any = np.ones(len(table)) if weights is None else table[column] if column is not None else weights
    try:
        values = np.asarray(given, dtype=np.float64)
    except (TypeError, ValueError):
        raise SettingError(f"{name}: the weights must be numbers.") from None
    if values.shape != (len(table),):
        raise SettingError(f"{name}: {len(table)} people need {len(table)} weights, not {values.size}.")
    if not (np.isfinite(values).all() and (values >= 0).all() and values.sum() > 0):
        raise SettingError(f"{name}: weights must be finite, zero or more, and not all zero.")
    return values, column


def _codes(cells: pd.DataFrame) -> NDArray[np.object_]:
    """Every cell as text; empty and NaN cells as "" (3.0 in a column with gaps is the code 3)."""
    values = cells.to_numpy(dtype=object)
    seen = {value: _code(value) for value in {*values.ravel()}}
    return np.array([[seen[value] for value in row] for row in values], dtype=object)


def _code(value: Any) -> str:
    if value is None or value != value or str(value) == "<NA>":
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def _alphabet(codes: NDArray[np.object_], alphabet: Sequence[Any] | None, missing: str, void: str,
              name: str) -> tuple[str, ...]:
    if alphabet is None:
        found = {code for code in codes.ravel() if code not in ("", missing, void)}
        if not found:
            raise StudyError(f"{name}: every cell is empty, missing or void; no state was found.")
        return tuple(sorted(found, key=_in_order))
    given = tuple(_code(code) for code in alphabet)
    wrong = [code for code in given if code in ("", missing, void) or given.count(code) > 1]
    if wrong or not given:
        raise SettingError("The alphabet must list each code once, without the missing and void codes"
                           + (f"; look at {wrong[0]!r}." if wrong else "; it is empty."))  # fmt: skip
    return given


def _in_order(code: str) -> tuple[bool, float, str]:
    """Numbers by size before text by letters."""
    try:
        return False, float(code), code
    except ValueError:
        return True, 0.0, code


def _states(codes: NDArray[np.object_], alphabet: Sequence[str], missing: str, void: str) -> States:
    number = {code: i for i, code in enumerate(alphabet)} | {missing: MISSING, void: VOID, "": MISSING}
    unknown = len(alphabet)
    states = np.array([[number.get(code, unknown) for code in row] for row in codes], dtype=np.int16)
    blank = (codes == "") | (codes == void)
    trailing = np.logical_and.accumulate(blank[:, ::-1], axis=1)[:, ::-1]
    states[trailing] = VOID
    return states


def _all_known(states: States, codes: NDArray[np.object_], alphabet: Sequence[str], ids: Sequence[str],
               columns: Sequence[Any] | pd.Index[Any], name: str) -> None:
    wrong = np.argwhere(states == len(alphabet))
    if len(wrong):
        row, column = wrong[0]
        raise StudyError(f"{name}, row {row + 1}, column {columns[column]!r} ({ids[row]}): there is no state "
                         f"{codes[row, column]!r} in the alphabet ({', '.join(alphabet)}); {len(wrong)} "
                         "cells hold unknown codes. Correct them, or name them in alphabet=, missing=, void=."
                         )  # fmt: skip


def _positions(columns: pd.Index[Any]) -> tuple[str, ...] | tuple[int, ...]:
    if all(isinstance(column, (int, np.integer)) for column in columns):
        return tuple(int(column) for column in columns)
    return tuple(str(column) for column in columns)


def _some(names: Any) -> str:
    listed = [str(name) for name in names]
    return ", ".join(listed[:8]) + (f" and {len(listed) - 8} more" if len(listed) > 8 else "")
