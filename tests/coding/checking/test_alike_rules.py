"""Ids and states that may be one: what is asked about, and what is left alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.coding.checking.test_colleague_rules import CODEBOOK, study, told
from trajectories.cli.places import one_line
from trajectories.coding.biography import Source
from trajectories.coding.checking.alike_rules import bare_id, one_letter_apart
from trajectories.coding.files.read_study import read_study


@pytest.mark.parametrize(("one", "other", "alike"), [
    ("R 01", "R01", True), ("R-01", "r_01", True), ("R 01", "R 1", False), ("P-1.1", "P-11", False),
    ("P 1 1", "P-1.1", True), ("И–40", "и-40", True), ("A1", "B1", False), ("R.01", "R01", True),
    ("--", "-", False),
])  # fmt: skip
def test_ids_by_their_letters_and_numbers(one: str, other: str, alike: bool) -> None:
    assert (bare_id(one) == bare_id(other)) == alike


@pytest.mark.parametrize(("one", "other", "alike"), [
    ("Aufenthaltserlaubnis", "Aufenthaltserlaubniss", True), ("Temporary permit", "Temporery permit", True),
    ("Deutschland", "deutschlan", True), ("Visa A", "Visa B", False), ("Permit 2022", "Permit 2023", False),
    ("Bürger", "Bürgerin", False), ("Iran", "Irak", False), ("permit", "permit", False),
    ("Slowakei", "Slowenien", False), ("short stay", "stay", False), ("Austria", "Australia", False),
])  # fmt: skip
def test_states_by_one_letter_of_a_long_word(one: str, other: str, alike: bool) -> None:
    assert one_letter_apart(one, other) == one_letter_apart(other, one) == alike


def test_where_it_was_told_stands_beside_the_line(tmp_path: Path) -> None:
    found = study(tmp_path, "A,legal,hom,1980,2010,Interviews", "A,legal,home,2010,", "A,legal,home,1990,x")
    (unknown,) = told(found, "unknown_state")
    assert unknown.told_in == "Interviews"
    assert one_line(unknown).endswith("Did you mean 'home'? (Interviews)")
    assert Source("e.csv", 2, "Interviews", "row 4").told_in == "Interviews, row 4"
    assert Source("e.csv", 2, "RU-017", "12").told_in == "RU-017, paragraph 12"
    assert Source("e.csv", 2).told_in == ""


def test_people_with_ids_that_are_alike(tmp_path: Path) -> None:
    found = study(tmp_path, "R 01,location,origin,1980,2022", "R01,location,origin,1980,2022",
                  "r-02,location,origin,1980,", persons="R 01,1980,2024,\nR01,1980,2024,\nR 02,1980,2024,")
    (asked,) = told(found, "alike_ids")
    assert (asked.severity, asked.file, asked.line, asked.person) == ("warning", "p.csv", 3, "R01")
    assert "this id and 'R 01' differ in capitals, blanks or marks only" in asked.what
    (stranger,) = told(found, "stranger")
    assert stranger.hint == "Did you mean 'R 02'?"


def test_states_that_are_alike_where_both_are_used(tmp_path: Path) -> None:
    rows = ("A,legal,temporary,1980,2010", "A,legal,temporery,2010,2012", "A,legal,temporary,2012,2022")
    study(tmp_path, *rows)
    (tmp_path / "codebook.yaml").write_text(CODEBOOK.replace(
        "      home:", "      temporery: Temporery\n      home:"))
    (asked,) = told(read_study(tmp_path), "alike_states")
    assert (asked.severity, asked.file, asked.line) == ("warning", "e.csv", 3)
    assert asked.what == ("legal: the states 'Temporery' (1 episode) and 'Temporary' (2 episodes) differ by "
                          "one letter")
    (tmp_path / "e.csv").write_text("person,domain,state,start,end\nA,legal,temporary,1980,2022\n")
    assert told(read_study(tmp_path), "alike_states") == []
