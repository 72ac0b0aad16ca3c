"""Dissimilarities that were computed elsewhere, checked before anything is made of them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from trajectories.alignment.dissimilarities import Dissimilarities
from trajectories.alignment.given_numbers import in_range
from trajectories.errors import SettingError
from trajectories.sequences.sequences import Sequences

if TYPE_CHECKING:
    import pandas as pd

Floats = NDArray[np.float64]


def given_dissimilarities(
    square: Any, ids: Iterable[str] | None = None, *, lives: Sequences | None = None,
    weights: Iterable[float] | None = None, source: str = "given",
) -> Dissimilarities:  # fmt: skip
    """Take a square matrix of dissimilarities from outside, such as one that TraMineR's ``seqdist`` made.

    ``square`` is an array with ``ids``, a table whose rows and columns are named, or the path of a CSV file
    with ids in its first column and first row. ``lives`` puts it in the order of these lives and takes their
    weights; both must be of the same people. ``source`` says how it was made.

    Nothing is repaired. Raises SettingError for a matrix that is not square, has an entry that is no number
    or below zero, a diagonal that is not zero, or two halves that differ; for ids that are missing, double or
    otherwise in rows than in columns; and for people other than those of ``lives``.
    """
    values, names = _read(square, ids)
    _refuse_shape(values, names)
    _refuse_values(values, names)
    weight = np.ones(len(names)) if weights is None else _weights(weights, names)
    upper = values[np.triu_indices(len(names), 1)]
    diss = Dissimilarities(upper, names, source, weight)
    if lives is None:
        return diss
    if not isinstance(lives, Sequences):
        raise SettingError(f"lives must be sequences, whose people these are, not {lives!r}.")
    _refuse_others(names, lives.ids)
    ordered = diss.select(lives.ids)
    return Dissimilarities(ordered.condensed, lives.ids, source, lives.weights)


def _read(square: Any, ids: Iterable[str] | None) -> tuple[Floats, tuple[str, ...]]:
    import pandas as pd

    if isinstance(square, str | Path):
        try:
            square = pd.read_csv(square, index_col=0, dtype={0: str})  # 001 is a name
        except OverflowError as error:
            raise SettingError(f"Dissimilarities must be numbers ({error}).") from None
        except (OSError, ValueError) as error:
            raise SettingError(f"{square}: no table of dissimilarities can be read ({error}).") from None
    if isinstance(square, pd.DataFrame):
        return _of_table(square, ids)
    try:
        values = np.asarray(square, dtype=np.float64)
    except (TypeError, ValueError, OverflowError) as error:
        raise SettingError(f"Dissimilarities must be numbers ({error}).") from None
    if ids is None:
        raise SettingError("A matrix without names needs ids: one for each row, in order.")
    return values, tuple(str(person) for person in ids)


def _of_table(table: pd.DataFrame, ids: Iterable[str] | None) -> tuple[Floats, tuple[str, ...]]:
    rows, columns = ([str(name) for name in names] for names in (table.index, table.columns))
    if ids is None and rows != columns:
        at = next((f"{r!r} and {c!r}" for r, c in zip(rows, columns, strict=False) if r != c),
                  f"{len(rows)} rows and {len(columns)} columns")  # fmt: skip
        raise SettingError(f"Rows and columns of the table are not named alike (first: {at}); put them in "
                           "the same order, or give ids.")  # fmt: skip
    try:
        values = table.to_numpy(dtype=np.float64)
    except (TypeError, ValueError, OverflowError) as error:
        raise SettingError(f"Dissimilarities must be numbers ({error}).") from None
    return values, tuple(rows) if ids is None else tuple(str(person) for person in ids)


def _weights(weights: Iterable[float], names: tuple[str, ...]) -> Floats:
    given = list(weights)
    if len(given) != len(names):
        raise SettingError(f"There are {len(given)} weights for {len(names)} people.")
    for name, weight in zip(names, given, strict=True):
        in_range(f"The weight of {name!r}", weight)
    return np.array(given, dtype=np.float64)


def _refuse_shape(values: Floats, names: tuple[str, ...]) -> None:
    if values.ndim != 2 or values.shape[0] != values.shape[1]:
        raise SettingError(f"Dissimilarities among all pairs are a square matrix, not one of shape "
                           f"{values.shape}.")  # fmt: skip
    if len(names) != len(values):
        raise SettingError(f"There are {len(names)} ids for {len(values)} rows; each row needs one.")
    if len(set(names)) < len(names):
        twice = next(name for i, name in enumerate(names) if name in names[:i])
        raise SettingError(f"The id {twice!r} stands for two rows; each person has one.")


def _refuse_values(values: Floats, names: tuple[str, ...]) -> None:
    odd = np.argwhere(~(np.isfinite(values) & (values >= 0)))
    if len(odd):
        i, j = odd[0].tolist()
        raise SettingError(f"{len(odd)} of {values.size} entries are no number of zero or more (first: "
                           f"{values[i, j]} between {names[i]!r} and {names[j]!r}). Leave these people out, "
                           "or compute their dissimilarities again.")  # fmt: skip
    diagonal = np.flatnonzero(values.diagonal() != 0)
    if len(diagonal):
        person = names[int(diagonal[0])]
        raise SettingError(f"{person!r} is {values.diagonal()[diagonal[0]]:g} away from themselves; the "
                           "diagonal must be zero. Is this a matrix of similarities?")  # fmt: skip
    skew = np.argwhere(np.abs(values - values.T) > 1e-9 * max(float(values.max(initial=0)), 1e-300))
    if len(skew):
        i, j = skew[0].tolist()
        raise SettingError(f"The two halves of the matrix differ (first: {names[i]!r} to {names[j]!r} is "
                           f"{values[i, j]:g}, back it is {values[j, i]:g}).")  # fmt: skip


def _refuse_others(names: tuple[str, ...], people: tuple[str, ...]) -> None:
    here, there = set(names), set(people)
    missing, more = [p for p in people if p not in here], [p for p in names if p not in there]
    if missing or more:
        told = [f"{len(some)} only in the {what} (first: {some[0]!r})"
                for some, what in ((missing, "lives"), (more, "matrix")) if some]  # fmt: skip
        raise SettingError(f"Matrix and lives are not of the same people: {'; '.join(told)}.")
