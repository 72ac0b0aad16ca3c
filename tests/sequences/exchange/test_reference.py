"""What TraMineR and TraMineRextras give for the same sequences."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from tests.alignment.reference import lives_of
from trajectories.sequences.exchange.event_rows import EventForm, event_rows, read_event_states, read_tse
from trajectories.sequences.exchange.spell_rows import read_spell, spell_rows
from trajectories.sequences.exchange.strings import (
    dss_strings,
    read_sps,
    read_sts_strings,
    sps_strings,
    sts_strings,
)
from trajectories.sequences.sequences import Sequences

FOLDER = Path(__file__).parents[2] / "reference" / "format"


def _reference(name: str) -> pd.DataFrame:
    return pd.read_csv(FOLDER / f"{name}.csv", dtype=str, keep_default_na=False)


def _codes(lives: Sequences) -> list[list[str]]:
    """States as TraMineR's seqformat writes them: neither missing nor void has a code there."""
    return lives.table().replace({"*": "NA", "%": "NA"}).to_numpy().tolist()


@pytest.mark.parametrize("name", ["s60", "s68", "s70"])
def test_sps(name: str) -> None:
    reference = _reference(f"{name}_SPS")
    ours = sps_strings(lives_of(name))
    assert _without_missing_at_the_end(ours["sequence"]) == reference["Sequence"].tolist()
    assert ours["id"].tolist() == reference["id"].tolist()
    again = read_sps(ours, positions=lives_of(name).positions)
    assert again.table().equals(lives_of(name).table())
    theirs = read_sps(reference, sequence="Sequence", positions=lives_of(name).positions)
    assert _codes(theirs) == _codes(lives_of(name))


def _without_missing_at_the_end(texts: pd.Series[str]) -> list[str]:
    """TraMineR's seqformat takes missing positions at the end for void; here they stay missing."""
    return texts.str.replace(r"-\(\*,\d+\)$", "", regex=True).tolist()


def test_sts_and_dss() -> None:
    s60 = lives_of("s60")
    assert sts_strings(s60)["sequence"].tolist() == _reference("s60_STScompressed")["Sequence"].tolist()
    assert dss_strings(s60)["sequence"].tolist() == _reference("s60_DSS")["Sequence"].tolist()
    again = read_sts_strings(_reference("s60_STScompressed"), sequence="Sequence", positions=s60.positions)
    assert again.table().equals(s60.table())
    assert _codes(read_sps(_reference("s60_SPS")[:5], sequence="Sequence")) == (
        _reference("SPS_to_STS").iloc[:, 1:].to_numpy().tolist()
    )


@pytest.mark.parametrize(("name", "with_missing"), [
    ("s60_SPELL", True), ("s68_SPELL", True), ("s70_SPELL", True), ("s70_SPELL_nomiss", False),
])  # fmt: skip
def test_spells(name: str, with_missing: bool) -> None:
    lives, reference = lives_of(name[:3]), _reference(name)
    ours = spell_rows(lives, with_missing=with_missing).astype(str)
    ours = ours[(ours["state"] != "*") | (ours["end"] != str(lives.length))]
    assert ours.to_numpy().tolist() == reference.to_numpy().tolist()
    again = read_spell(reference, state="states")
    if with_missing:
        assert _codes(again) == _codes(lives)


@pytest.mark.parametrize(("name", "form"), [
    ("s60_TSE_state", "state"), ("s60_TSE_transition", "transition"), ("s60_TSE_period", "period"),
])  # fmt: skip
def test_events(name: str, form: EventForm) -> None:
    s60, reference = lives_of("s60"), _reference(name)
    ours = event_rows(s60, form=form).astype(str)
    if form == "period":
        ours["event"] = ours["event"].where(ours["time"] != "0", ours["event"].str.removeprefix("beg."))
    number = {person: str(i) for i, person in enumerate(s60.ids, start=1)}
    ours["id"] = ours["id"].map(number)
    assert ours.to_numpy().tolist() == reference.to_numpy().tolist()


def test_events_that_add_up() -> None:
    drops = {"emigrate": ["return"], "return": ["emigrate"]}
    lives = read_event_states(FOLDER / "tse.csv", length=18, drops=drops)
    assert _codes(lives) == _reference("TSE_to_STS").to_numpy().tolist()


def test_spells_on_a_clock() -> None:
    def same(lives: Sequences, name: str) -> bool:
        reference = _reference(f"spell_to_STS_{name}").to_numpy().tolist()
        width = lives.length
        assert all(set(row[width:]) <= {"NA"} for row in reference)
        return _codes(lives) == [row[:width] for row in reference]

    spell = FOLDER / "spell.csv"
    births = {row["id"]: int(row["birth"]) for row in _reference("spell_pdata").to_dict("records")}
    assert same(read_spell(spell, overlap="later"), "age")
    assert same(read_spell(spell, overlap="earlier"), "noverwrite")
    assert same(read_spell(spell, overlap="later", fill="G"), "fill")
    assert same(read_spell(spell, overlap="later", last=25), "tmax25")
    assert same(read_spell(spell, overlap="later", since_first=True), "process")
    assert same(read_spell(spell, overlap="later", births=births, last=20), "process_pdata")


def test_events_read_back() -> None:
    for form in ("state", "transition"):
        s60 = lives_of("s60")
        reference = _reference(f"s60_TSE_{form}")
        assert _codes(read_tse(reference, length=48, form=form)) == _codes(s60)
