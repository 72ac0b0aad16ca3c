"""Sequences from tables that others wrote: STS, SPS, SPELL, TSE and Biograph, columns found by their usual
names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from trajectories.errors import SettingError
from trajectories.sequences.exchange.biograph import read_biograph
from trajectories.sequences.exchange.century_months import month_of_code
from trajectories.sequences.exchange.event_rows import read_tse
from trajectories.sequences.exchange.forms import Form
from trajectories.sequences.exchange.given_table import open_given
from trajectories.sequences.exchange.spell_rows import read_spell
from trajectories.sequences.exchange.strings import read_sps, read_sts_strings
from trajectories.sequences.exchange.tables import PERCENT, STAR
from trajectories.sequences.read import read_sequences
from trajectories.sequences.sequences import Sequences

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class GivenLives:
    """Sequences read from a table, with what else the table says of people (``birth`` and attributes)."""

    lives: Sequences
    people: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    """What was left aside."""


def read_lives(path: Path, form: Form, *, length: int | None = None,
               columns: Mapping[str, str] | None = None, encoding: str | None = None) -> GivenLives:
    """Sequences from a table in one of the formats; columns are found by their usual names, or as told
    (``{"sequence": "Verlauf"}``).

    ``length`` is how many positions there are, which TSE does not say. Raises SettingError for DSS, which has
    no time, and for columns that are not there; StudyError for a table that cannot be read.
    """
    if form == "dss":
        raise SettingError(f"{path.name}: DSS says in which order states came, not when nor for how long, so "
                           "no study can be made of it. Ask for the same lives as STS, SPS or SPELL; in "
                           "Python, read_dss reads the order alone.")  # fmt: skip
    given = open_given(path, columns, encoding)
    table = given.rows
    if form == "biograph":
        return _biograph(table, _letters(path))
    id = given.column("id")
    if form == "sts" and given.maybe("sequence") is None:
        return _wide(table, id)
    if form in ("sts", "sps"):
        sequence = given.column("sequence")
        read = read_sps if form == "sps" else read_sts_strings
        lives, used = read(table, id=id, sequence=sequence), {id, sequence}
    elif form == "spell":
        begin, end, state = (given.column(role) for role in ("begin", "end", "state"))
        lives, used = read_spell(table, id=id, begin=begin, end=end, state=state), {id, begin, end, state}
    else:
        if length is None:
            raise SettingError(f"{path.name}: TSE does not say how long the last state went on; say how many "
                               "positions there are (--length 36).")  # fmt: skip
        time, event = given.column("time"), given.column("event")
        lives, used = read_tse(table, length=length, id=id, time=time, event=event), {id, time, event}
    others = given.others(used)
    return GivenLives(lives, notes=(f"Columns not read: {', '.join(others)}.",) if others else ())


def _wide(table: pd.DataFrame, id: str) -> GivenLives:
    """STS: the columns that name months, years or numbers are positions, the others attributes."""
    others = [str(name) for name in table.columns if name != id]
    positions = _positions(others) or others
    attributes = [name for name in others if name not in positions]
    lives = read_sequences(table[[id, *positions]], id=id, missing=STAR, void=PERCENT)
    return GivenLives(lives, _people(table, id, attributes))


def _positions(names: list[str]) -> list[str]:
    for pattern in (r"[0-9]{4}-[0-9]{2}", r"-?[0-9]+"):
        if found := [name for name in names if re.fullmatch(pattern, name)]:
            return found
    prefixes: dict[str, list[str]] = {}
    for name in names:
        if match := re.fullmatch(r"(.*?)([0-9]+)", name):
            prefixes.setdefault(match[1], []).append(name)
    longest = max(prefixes.values(), key=len, default=[])
    return longest if len(longest) > 1 else []


def _letters(path: Path) -> dict[str, str] | None:
    """The states that letters stand for, from the table that is written beside (``location_letters.csv``)."""
    beside = path.with_name(path.name.replace("_biograph", "_letters"))
    if beside == path or not beside.is_file():
        return None
    rows = open_given(beside).rows
    if not {"letter", "state"} <= set(rows.columns):
        return None
    return dict(zip(rows["letter"], rows["state"], strict=True))


def _biograph(table: pd.DataFrame, letters: dict[str, str] | None) -> GivenLives:
    lives = read_biograph(table, states=letters, keep_instants=True)
    fixed = {"ID", "born", "start", "end", "path"}
    attributes = [str(name) for name in table.columns
                  if name not in fixed and not re.fullmatch(r"Tr[0-9]+", str(name))]  # fmt: skip
    people = {person: dict(row) for person, row in _people(table, "ID", attributes).items()}
    for person, code in zip(table["ID"], table.get("born", [""] * len(table)), strict=True):
        if re.fullmatch(r"[0-9]{1,9}", str(code).strip()):
            people[str(person).strip()]["birth"] = month_of_code(int(code))
    changes = [str(name) for name in table.columns if re.fullmatch(r"Tr[0-9]+", str(name))]
    rows = table[changes].to_numpy().tolist()
    instants = sum(any(one == other and str(one).strip() for one, other in pairwise(row)) for row in rows)
    enter = "life enters and leaves" if instants == 1 else "lives enter and leave"
    lost = f"{instants:,} {enter} a state in the same month; that state was left out."
    return GivenLives(lives, people, (lost,) if instants else ())


def _people(table: pd.DataFrame, id: str, attributes: Iterable[str]) -> dict[str, dict[str, str]]:
    columns = {name: [str(value).strip() for value in table[name]] for name in attributes}
    return {str(person).strip(): {name: values[row] for name, values in columns.items()}
            for row, person in enumerate(table[id])}  # fmt: skip
