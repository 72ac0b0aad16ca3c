"""What all formats share: tables in and out, alphabets, and Sequences made of what was read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from trajectories.coding.codebook import Domain
from trajectories.errors import SettingError, StudyError
from trajectories.sequences.exchange.given_table import open_given
from trajectories.sequences.grid import GivenGrid
from trajectories.sequences.read import GivenState
from trajectories.sequences.sequences import MISSING, VOID, Sequences, States

if TYPE_CHECKING:
    import pandas as pd

Source: TypeAlias = "str | Path | pd.DataFrame"
Positions: TypeAlias = Sequence[str] | Sequence[int]

STAR = "*"
"""TraMineR's sign for a missing position."""
PERCENT = "%"
"""TraMineR's sign for a void position."""


def table_of(source: Source, needed: Sequence[str]) -> pd.DataFrame:
    """A table from a CSV file (``open_given``) or a DataFrame.

    Raises StudyError for a file that is no table, SettingError when a needed column is missing.
    """
    table = open_given(Path(source)).rows if isinstance(source, str | Path) else source
    missing = [name for name in needed if name not in table.columns]
    if missing:
        there = ", ".join(map(str, list(table.columns)[:12]))
        raise SettingError(f"{_name(source)}: there is no column {missing[0]!r}; there are {there}. "
                           "Name the columns in the call.")  # fmt: skip
    if table.empty:
        raise StudyError(f"{_name(source)}: there are no rows, so there is nobody to read.")
    return table


def _name(source: Source) -> str:
    return Path(source).name if isinstance(source, str | Path) else "table"


def saved(table: pd.DataFrame, path: str | Path) -> Path:
    """Write a table as CSV (UTF-8, comma, one line end everywhere) and say where."""
    place = Path(path)
    place.parent.mkdir(parents=True, exist_ok=True)
    table.to_csv(place, index=False, encoding="utf-8", lineterminator="\n")
    return place


def layer_of(lives: Sequences, domain: str | None) -> int:
    """Which domain is meant: the one named, or the only one there is."""
    if domain is not None:
        return lives.domain_index(domain)
    if len(lives.domains) > 1:
        names = ", ".join(one.name for one in lives.domains)
        raise SettingError(f"These lives have {len(lives.domains)} domains ({names}); say which to write.")
    return 0


def symbols(lives: Sequences, layer: int) -> Any:
    """The codes of a domain, ``%`` and ``*`` at their end, where VOID (-2) and MISSING (-1) find them."""
    return np.array([*lives.alphabets[layer], PERCENT, STAR], dtype=object)


def plain_lives(lives: Sequences, domain: str | None, forbidden: str, format: str) -> Any:
    """The codes of one domain (people, positions), none of them with a sign that a format needs for itself
    (``plain_codes``)."""
    layer = layer_of(lives, domain)
    plain_codes(lives.alphabets[layer], forbidden, format)
    return symbols(lives, layer)[lives.states[:, layer, :]]


def plain_codes(codes: Iterable[str], forbidden: str, format: str) -> None:
    """Refuse codes that a format would not be able to tell from its own signs."""
    for code in codes:
        if code in (STAR, PERCENT) or any(sign in code for sign in forbidden) or not code.strip():
            signs = " ".join(forbidden)
            raise SettingError(f"The state {code!r} cannot be written as {format}, which needs * % {signs} "
                               "for itself; give the state another code.")  # fmt: skip


def alphabet_of(found: Iterable[str], alphabet: Sequence[str] | None) -> tuple[str, ...]:
    """The states in the order asked for, or those found, sorted. Raises StudyError for one not in it."""
    there = dict.fromkeys(code for code in found if code not in (STAR, PERCENT, ""))
    if alphabet is None:
        if not there:
            raise StudyError("Every position is missing or void; no state was found.")
        return tuple(sorted(there))
    unknown = [code for code in there if code not in alphabet]
    if unknown:
        raise StudyError(f"There is no state {unknown[0]!r} in the alphabet ({', '.join(alphabet)}); "
                         f"{len(unknown)} codes of the data are not in it.")  # fmt: skip
    return tuple(alphabet)


def blank(people: int, length: int) -> States:
    """Positions that nobody has filled yet."""
    return np.full((people, length), VOID, dtype=np.int16)


def refuse_empty(code: str, where: str, noun: str) -> None:
    """Refuse a state that is an empty text. Raises StudyError, saying where and what to write instead."""
    if not code:
        raise StudyError(f"{where}: {noun} is empty. Write * where the state is not known, % where nobody "
                         "was observed.")  # fmt: skip


def numbered(alphabet: Sequence[str]) -> dict[str, int]:
    """The integer each code stands for, the signs of missing and void with them."""
    return {code: i for i, code in enumerate(alphabet)} | {STAR: MISSING, PERCENT: VOID}


def as_sequences(states: States, ids: Sequence[str], alphabet: Sequence[str], positions: Positions | None,
                 name: str = "state") -> Sequences:
    """Lives in one domain; positions count from 1 unless they are given."""
    given = tuple(GivenState(code=code, label=code) for code in alphabet)
    domain = Domain(name=name, label=name.replace("_", " ").capitalize(), states=given)
    named: Any = tuple(range(1, states.shape[1] + 1)) if positions is None else tuple(positions)
    if len(named) != states.shape[1]:
        raise SettingError(f"{len(named)} positions were given, the sequences have {states.shape[1]}.")
    twice = len(ids) - len(set(ids))
    if twice:
        raise StudyError(f"{twice} ids come more than once; each person has one sequence and one id.")
    return Sequences(states[:, None, :], tuple(ids), (domain,), named, GivenGrid(), np.ones(len(ids)))


def whole_number(written: object, what: str) -> int:
    """A whole number as a table gives it. Raises StudyError, saying where, for anything else."""
    text = str(written).strip().removesuffix(".0")
    try:
        return int(text)
    except ValueError:
        raise StudyError(f"{what} must be a whole number; it is {str(written)[:30]!r}.") from None
