"""``trajectories convert --from``: a table of sequences or spells becomes a study with one domain."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from trajectories.cli.saying import say, typed
from trajectories.errors import SettingError
from trajectories.wording import counted

if TYPE_CHECKING:
    from trajectories.sequences.exchange.calendar import Clock
    from trajectories.sequences.exchange.dated_spells import Overlapping
    from trajectories.sequences.exchange.forms import Form
    from trajectories.sequences.exchange.spell_rows import Ends
    from trajectories.sequences.sequences import Sequences


class Told(NamedTuple):
    """What somebody says of a table besides its format."""

    first: str | None = None
    step: str = "month"
    length: int | None = None
    columns: str | None = None
    """``id=ID,begin=TS``"""
    ends: Ends = "inclusive"
    overlap: Overlapping = "kept"
    encoding: str | None = None


def convert_table(path: Path, form: Form, folder: Path, domain: str, told: Told) -> int:
    """Write the study; returns the exit code."""
    if re.fullmatch(r"[a-z][a-z0-9_]*", domain) is None:
        raise SettingError(f"--domain {domain}: a domain is named by small letters, digits and _, such as "
                           "location.")  # fmt: skip
    write = _spells if form == "spell" else _lives
    lines = write(path, form, folder, domain, told)
    say(*lines, f"Next: look over {folder / 'codebook.yaml'} (the states are in order of letters), then",
        f"  trajectories check {typed(folder)}",
        f"  trajectories run {typed(folder)} --out report")  # fmt: skip
    return 0


def _spells(path: Path, form: Form, folder: Path, domain: str, told: Told) -> list[str]:
    from trajectories.sequences.exchange.dated_spells import read_spells, write_spells_as_study
    from trajectories.sequences.exchange.given_table import open_given

    table = open_given(path, columns_told(told.columns), told.encoding)
    given = read_spells(table, told.first, told.step, ends=told.ends, overlap=told.overlap)
    notes = write_spells_as_study(given, folder, domain=domain)
    people = counted(len(given.spells), "person", "people")
    return [f"{folder} is a study now: {people}, {counted(given.count, 'spell')}, one domain ({domain}).",
            *(f"- {note}" for note in notes)]  # fmt: skip


def _lives(path: Path, form: Form, folder: Path, domain: str, told: Told) -> list[str]:
    from trajectories.sequences.exchange.dated_lives import write_lives_as_study
    from trajectories.sequences.exchange.given_lives import read_lives

    given = read_lives(path, form, length=told.length, columns=columns_told(told.columns),
                       encoding=told.encoding)  # fmt: skip
    lives, clock = given.lives, _clock(given.lives, told.first, told.step)
    notes = write_lives_as_study(lives, folder, clock, title=path.stem, domain=domain, people=given.people)
    people, states = counted(lives.n, "person", "people"), counted(len(lives.alphabets[0]), "state")
    span = f"{clock.unit(0)} to {clock.unit(lives.length - 1)} by {clock.step}"
    return [f"{folder} is a study now: {people}, one domain ({domain}) with {states}, {span}.",
            *(f"- {note}" for note in (*given.notes, *notes))]  # fmt: skip


def columns_told(written: str | None) -> Mapping[str, str]:
    """What ``--columns id=ID,begin=TS`` says.

    >>> columns_told("id=ID, begin=TS")
    {'id': 'ID', 'begin': 'TS'}
    """
    told: dict[str, str] = {}
    for part in (written or "").split(","):
        role, sign, name = (side.strip() for side in part.partition("="))
        if part.strip() and not (role and sign and name):
            raise SettingError(f"--columns {part.strip()}: write what each column holds, such as "
                               "id=ID,begin=TS,end=TF,state=PRES; by numbers (id=1) where the table has no "
                               "line of headers.")  # fmt: skip
        if role:
            told[role] = name
    return told


def _clock(lives: Sequences, first: str | None, step: str) -> Clock:
    """The clock of a table: as its positions are named, or counted from the month of position 1."""
    from trajectories.sequences.exchange.calendar import clock_of

    clock = clock_of(lives.positions, first, step)
    named = re.fullmatch(r"[A-Za-z_.]*(-?[0-9]{1,9})", str(lives.positions[0]))
    if first is None or named is None:
        return clock
    return clock._replace(first=clock.first + (int(named[1]) - 1) * clock.months)
