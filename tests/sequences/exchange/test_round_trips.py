from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trajectories.errors import SettingError, StudyError, TrajectoriesError
from trajectories.sequences.exchange.biograph import biograph_rows, read_biograph, write_biograph
from trajectories.sequences.exchange.century_months import code_of_month, month_of_code
from trajectories.sequences.exchange.event_rows import EventForm, event_rows, read_tse, write_tse
from trajectories.sequences.exchange.spell_rows import read_spell, spell_rows, write_spell
from trajectories.sequences.exchange.strings import (
    dss_strings,
    read_dss,
    read_sps,
    read_sts,
    read_sts_strings,
    sps_strings,
    sts_strings,
    write_dss,
    write_sps,
    write_sts,
)
from trajectories.sequences.exchange.tables import as_sequences
from trajectories.sequences.grid import Grid
from trajectories.sequences.sequences import VOID, Sequences

ALPHABET = ("at_home", "away", "X 1")


@st.composite
def lives(draw: st.DrawFn, missing: bool = True) -> Sequences:
    """Lives with void only before and after what was observed, nobody without a state."""
    length = draw(st.integers(1, 9))
    rows = []
    for _ in range(draw(st.integers(1, 4))):
        before = draw(st.integers(0, length - 1))
        after = draw(st.integers(0, length - 1 - before))
        inside = draw(st.lists(st.integers(-1 if missing else 0, 2), min_size=length - before - after,
                               max_size=length - before - after))  # fmt: skip
        inside[draw(st.integers(0, len(inside) - 1))] = draw(st.integers(0, 2))
        rows.append([VOID] * before + inside + [VOID] * after)
    ids = [f"P{i}" for i in range(len(rows))]
    return as_sequences(np.array(rows, dtype=np.int16), ids, ALPHABET, None)


def same(one: Sequences, other: Sequences) -> bool:
    return one.ids == other.ids and one.table().to_numpy().tolist() == other.table().to_numpy().tolist()


@settings(deadline=None)
@given(lives())
def test_sps_and_sts_lose_nothing(given_lives: Sequences) -> None:
    where: Any = {"alphabet": ALPHABET, "positions": given_lives.positions}
    assert same(read_sps(sps_strings(given_lives), **where), given_lives)
    assert same(read_sts_strings(sts_strings(given_lives), **where), given_lives)


@settings(deadline=None)
@given(lives())
def test_spells_lose_nothing(given_lives: Sequences) -> None:
    again = read_spell(spell_rows(given_lives), first=1, last=given_lives.length, alphabet=ALPHABET)
    assert same(again, given_lives)
    rows = spell_rows(given_lives)
    rows["end"] += 1
    assert same(read_spell(rows, ends="exclusive", first=1, last=given_lives.length, alphabet=ALPHABET),
                           given_lives)


@settings(deadline=None)
@given(lives(), st.sampled_from(["state", "transition"]))
def test_events_lose_nothing(given_lives: Sequences, form: EventForm) -> None:
    rows = event_rows(given_lives, form=form)
    assert same(read_tse(rows, length=given_lives.length, form=form, alphabet=ALPHABET), given_lives)


@settings(deadline=None)
@given(lives())
def test_dss_keeps_the_order_and_loses_the_rest(given_lives: Sequences) -> None:
    states = given_lives.states[:, 0, :]
    for text, row in zip(dss_strings(given_lives)["sequence"], states.tolist(), strict=True):
        assert text == "-".join(ALPHABET[state] for state, _ in groupby(state for state in row if state >= 0))
    assert dss_strings(read_dss(dss_strings(given_lives)))["sequence"].tolist() == (
        dss_strings(given_lives)["sequence"].tolist()
    )


@settings(deadline=None)
@given(lives(missing=False), st.integers(1, 1500))
def test_biograph_loses_nothing(given_lives: Sequences, first: int) -> None:
    months = [month_of_code(first + i) for i in range(given_lives.length)]
    grid = Grid(start=months[0], end=months[-1])
    dated = replace(given_lives, positions=tuple(months), grid=grid)
    letters = {code: code[-1].upper() for code in ALPHABET}
    rows = biograph_rows(dated, letters=letters)
    again = read_biograph(rows, states={letter: code for code, letter in letters.items()})
    observed = np.flatnonzero((given_lives.states != VOID).any(axis=(0, 1)))
    expected = dated.table().iloc[:, observed[0] : observed[-1] + 1]
    assert again.table().equals(expected)
    assert (rows["path"].str.len() - 1 == rows.filter(like="Tr").notna().sum(axis=1)).all()


def test_files(tmp_path: Path) -> None:
    made = as_sequences(np.array([[0, 0, 1, -1], [2, 1, -2, -2]], dtype=np.int16), ["A", "B"], ALPHABET, None)
    assert same(read_sts(write_sts(made, tmp_path / "sts.csv"), alphabet=ALPHABET), made)
    assert same(read_sps(write_sps(made, tmp_path / "sps.csv"), alphabet=ALPHABET), made)
    assert same(read_spell(write_spell(made, tmp_path / "spell.csv"), alphabet=ALPHABET), made)
    assert same(read_tse(write_tse(made, tmp_path / "tse.csv"), length=4, alphabet=ALPHABET), made)
    assert write_dss(made,
                     tmp_path / "x" / "dss.csv").read_text() == "id,sequence\nA,at_home-away\nB,X 1-away\n"


def test_century_months() -> None:
    assert month_of_code(351) == "1929-03"
    assert [code_of_month(month_of_code(code)) for code in (1, 12, 13, 1500)] == [1, 12, 13, 1500]
    with pytest.raises(StudyError, match="0 is no century month code"):
        month_of_code(0)
    with pytest.raises(StudyError, match="'2022' is no month such as 2022-03"):
        code_of_month("2022")


SPELLS = pd.DataFrame({"id": ["A", "A", "B"], "begin": [1, 3, 2], "end": [3, 4, 1], "state": ["x", "y", "x"]})


@pytest.mark.parametrize(("call", "message"), [
    (lambda: read_spell(SPELLS),
    r"row 3 \(B\): the spell 'x' ends \(1\) before it begins \(2\); ends are read as incl"),
    (lambda: read_spell(SPELLS[:1].assign(state=" ")), r"row 1 \(A\): the state of this spell is empty"),
    (lambda: read_tse(pd.DataFrame({"id": ["A"], "time": [1], "event": [""]}), length=3),
     r"row 1 \(A\): the event is empty. Write \* where"),
    (lambda: read_sps(pd.DataFrame({"id": ["A"], "sequence": ["( ,2)"]})), "A: state 1 of the sequence"),
    (lambda: read_sts_strings(pd.DataFrame({"id": ["A"], "sequence": ["x-"]})), "A: state 2 of the sequence"),
    (lambda: read_spell(SPELLS[:2]),
    r"A: the spell 'y' \(3 to 4\) overlaps another one. Correct it, or say which"),
    (lambda: read_spell(SPELLS[:2], since_first=True, century_months=True), "Choose one clock"),
    (lambda: read_spell(SPELLS, begin="von"), "there is no column 'von'; there are id, begin, end, state"),
    (lambda: read_spell("nowhere.csv"), r"nowhere\.csv: there is no such file"),
    (lambda: read_spell(SPELLS.assign(begin="soon")),
    r"row 1 \(A\): the begin must be a whole number; it is 'soon'"),
    (lambda: read_sps(pd.DataFrame({"id": ["A"], "sequence": ["A/2"]})),
    r"A: 'A/2' is no state with its duration, "
                                                                       r"such as \(A,2\)"),
    (lambda: read_tse(pd.DataFrame({"id": "A", "time": [1, 1], "event": ["x", "y"]}), length=3),
     "A: two states are entered at time 1"),
    (lambda: read_biograph(pd.DataFrame({"ID": ["A"], "start": [10], "end": [20], "path": ["HJ"],
                                         "Tr1": [""]})),
     "A: the path 'HJ' has 1 changes, but Tr1 is empty"),
    (lambda: read_biograph(pd.DataFrame({"ID": ["A"], "start": [10], "end": [20], "path": ["H*"],
                                         "Tr1": [15]})), r"A: the path 'H\*' has '\*' in it"),
    (lambda: read_biograph(pd.DataFrame({"ID": ["A"], "start": [10], "end": [20], "path": ["HJ"],
                                         "Tr1": [25]})),
     r"A: start, changes and end do not rise \(10, 25, 20\)"),
    (lambda: read_biograph(pd.DataFrame({"ID": ["A"], "start": [10], "end": [20], "path": ["HJN"],
                                         "Tr1": [15],
                                         "Tr2": [15]})), "1 lives enter and leave a state in the same month"),
    (lambda: biograph_rows(read_spell(SPELLS[:2], overlap="later")),
    "Biograph dates changes by calendar months"),
])  # fmt: skip
def test_what_cannot_be_read_or_written_is_told(call: Any, message: str) -> None:
    with pytest.raises(TrajectoriesError, match=message):
        call()


def test_codes_that_a_format_needs_for_itself() -> None:
    made = as_sequences(np.zeros((1, 2), dtype=np.int16), ["A"], ["half-time"], None)
    with pytest.raises(SettingError, match="The state 'half-time' cannot be written as SPS"):
        sps_strings(made)
    assert spell_rows(made)["state"].tolist() == ["half-time"]


def test_biograph_with_births_and_attributes(tmp_path: Path) -> None:
    table = pd.DataFrame({"ID": ["P1", "P2"], "born": [351, ""], "start": [555, 560], "end": [563, 566],
                          "sex": ["f", "m"], "path": ["HJ", "J"], "Tr1": ["558", ""]})  # fmt: skip
    made = read_biograph(table, states={"H": "home", "J": "job"})
    assert made.positions[0] == "1946-03"
    assert sps_strings(made)["sequence"].tolist() == ["(home,3)-(job,5)", "(%,5)-(job,6)"]
    attributes = pd.DataFrame({"id": ["P1", "P2"], "sex": ["f", "m"]})
    written = write_biograph(made, tmp_path / "b.csv", births={"P1": "1929-03"}, attributes=attributes)
    assert written.read_text() == ("ID,born,start,end,sex,path,Tr1\nP1,351,555,563,f,AB,558\n"
                                   "P2,,560,566,m,B,\n")  # fmt: skip
    gap = as_sequences(np.array([[0, -1, 0]], dtype=np.int16), ["A"], ["h"], None)
    with pytest.raises(StudyError, match="keep_instants=True"):
        read_biograph(table.assign(Tr1=[555, ""]))
    kept = read_biograph(table.assign(Tr1=[555, ""]), keep_instants=True)
    assert kept.table().to_numpy()[0].tolist() == ["J"] * 8 + ["%"] * 3
    dated = replace(gap, positions=("2022-01", "2022-02", "2022-03"), grid=Grid(start="2022-01",
    end="2022-03"))
    with pytest.raises(StudyError, match="A: months without a state cannot be written for Biograph"):
        biograph_rows(dated)
