"""The draft of a mapping finds the ids in the names that a team gave."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trajectories.coding.qda.mapping import PersonRule
from trajectories.coding.qda.segments import Export, Segment
from trajectories.coding.qda.suggest import mapping_in, suggest_mapping
from trajectories.coding.qda.usual_ids import USUAL, pattern_line, usual_pattern


def told(*names: str) -> str:
    return pattern_line([Segment("e", row, name) for row, name in enumerate(names, 1)])


@pytest.mark.parametrize(("names", "pattern", "ids"), [
    (("Interview RU-017", "Interview AZ-002 (second)"), "[A-Z]+-[0-9]+", ("RU-017", "AZ-002")),
    (("Interview_I01_2023", "Interview_I02_2023"), "[A-Z]+[0-9]+", ("I01", "I02")),
    (("Gespräch Fall_3", "Gespräch Fall_12"), "[A-Za-z]+[-_][0-9]+", ("Fall_3", "Fall_12")),
    (("Интервью 7.docx", "Интервью 8.docx"), "[0-9]+", ("7", "8")),
])  # fmt: skip
def test_a_usual_pattern_is_offered_with_what_it_finds(
    names: tuple[str, ...], pattern: str, ids: tuple[str, ...]
) -> None:
    assert usual_pattern(names) == pattern
    assert f"pattern: '{pattern}'" in told(*names)
    assert all(one in told(*names) for one in ids)
    assert tuple(PersonRule(pattern=pattern).id_of("", name, "") for name in names) == ids


def test_names_that_are_ids_need_none() -> None:
    assert told("I01", "I02", "I03") == "# the names are ids as they stand: I01, I02, ..."


def test_a_year_that_all_names_share_is_no_id() -> None:
    assert usual_pattern(["Anna 2022", "Boris 2022"]) is None
    assert usual_pattern(["2022 I01", "2022 I02"]) == "[A-Z]+[0-9]+"


def test_names_of_people_are_not_written_into_the_draft() -> None:
    line = told("Anna Ivanova 2022", "Boris Petrov 2022")
    assert "rename" in line
    assert "Ivanova" not in line


@given(st.lists(st.text(max_size=12), max_size=5))
def test_whatever_the_names_the_draft_can_be_read(names: list[str]) -> None:
    export = Export("e", tuple(Segment("e", row, name) for row, name in enumerate(names, 1)))
    mapping = mapping_in(suggest_mapping(export), "draft")
    assert mapping.person.pattern is None
    assert usual_pattern([]) is None
    assert usual_pattern(names) in (None, *USUAL)
