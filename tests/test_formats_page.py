"""The page of formats names every format that is offered, every column, and every loss."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

from trajectories.cli.converting_options import Origin, Target
from trajectories.coding.files.read_biographies import _EPISODE, _EVENT, _PERSON, _TIE
from trajectories.coding.files.read_tables import COLUMNS, CONTEXT_COLUMNS
from trajectories.coding.own_tables.mapping import NAMED, PLAIN
from trajectories.coding.qda.convert import _REFI, _TABLES
from trajectories.coding.qda.headers import Role
from trajectories.sequences.exchange.forms import LOST
from trajectories.sequences.exchange.given_table import USUAL

PAGE = (Path(__file__).parents[1] / "docs" / "formats.md").read_text(encoding="utf-8")


def line(begins: str) -> str:
    return next(one for one in PAGE.splitlines() if one.startswith(f"| {begins}"))


def test_every_way_in_and_out_is_there() -> None:
    for target in Target:
        assert f"--to {target.value}" in PAGE
    for origin in Origin:
        assert f"--from {origin.value}" in PAGE or origin == Origin.dss
    for ending in (*_REFI, *(one for one in _TABLES if one not in (".xls", ".txt", ".tsv", ".xlsm"))):
        assert ending in PAGE


def test_every_column_is_there_and_the_needed_ones_stand_out() -> None:
    for kind, columns in {**COLUMNS, "context_events": CONTEXT_COLUMNS}.items():
        told = line(f"`{kind}`")
        assert all(f"**`{name}`**" in told for name in columns.needed)
        assert all(f" `{name}`" in told for name in columns.allowed)
    assert all(f"`{key}`" in line("YAML biography (keys)") or key in ("source",)
               for key in {*_PERSON, *_EPISODE, *_EVENT, *_TIE})  # fmt: skip
    assert all(f"`{name}`" in line("a table of your own | any") for name in PLAIN)
    assert all(f"`{name} NAME`" in line("a table of your own | any") for name in NAMED)
    assert all(f" {role}" in line("coded segments").replace("*", " ") for role in get_args(Role))
    for role in ("id", "begin", "end", "state", "birth", "interview"):
        assert role in USUAL
        assert f"`{role}`" in line("SPELL | **`id`**")


def test_what_is_lost_is_said_as_the_commands_say_it() -> None:
    for loss in ("dates within a position, sub-codes", "lives with months without a state"):
        assert loss in PAGE
    assert set(LOST) == {"sts", "sps", "spell", "dss", "tse", "biograph"}
