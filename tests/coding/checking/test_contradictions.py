"""Dates that leave no order are found by check, named once, and found in every life that has them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.coding.checking.test_colleague_rules import study, told
from tests.sequences.studies import study as made_study
from trajectories.coding.checking.check import check
from trajectories.coding.checking.contradictions import contradictions
from trajectories.coding.dating.life_moments import moments_of
from trajectories.coding.dating.moments import ContradictionError
from trajectories.coding.study import DateSettings, Study
from trajectories.errors import StudyError

MOVE = ("A,location,origin,1980,2022-03", "A,location,germany,2022-03,..,,,go",
        "A,legal,home,1980,2022-05-20", "A,legal,temporary,2022-05-20,..,,,go")  # fmt: skip


def test_one_move_on_two_days_names_both_boundaries(tmp_path: Path) -> None:
    (problem,) = told(study(tmp_path, *MOVE), "contradiction")
    assert (problem.severity, problem.person) == ("error", "A")
    for part in ("location: origin to germany (2022-03)", "legal: home to temporary (2022-05-20)"):
        assert part in problem.what
    assert "are on one day" in problem.what
    assert "with ~ or ?" in problem.hint


def test_an_order_that_the_study_states(tmp_path: Path) -> None:
    made = study(tmp_path, "A,location,origin,1980,..", events="A,decision,2021,,\nA,application,2022,,")
    stated = replace(made, dates=DateSettings(before=(("application", "decision"),)))
    assert "stated_order" not in {problem.rule for problem in check(made)}
    (problem,) = told(stated, "stated_order")
    assert problem.line == 2
    assert "event 'decision' (2021) lies before every 'application' (first: 2022)" in problem.what
    assert problem.hint.startswith("That one is v.csv:3.")
    both = study(tmp_path, events="A,application,2020,,\nA,decision,2021,,\nA,application,2022,,")
    assert told(replace(both, dates=stated.dates), "stated_order") == []


@pytest.mark.parametrize(("rows", "rule"), [
    (("A,location,origin,1980,2023", "A,location,germany,2020,.."), "overlap"),
    (("A,location,origin,1970,.."), "before_birth"),
])  # fmt: skip
def test_what_another_rule_names_is_not_told_twice(
    tmp_path: Path, rows: tuple[str, ...] | str, rule: str
) -> None:
    made = study(tmp_path, *([rows] if isinstance(rows, str) else rows))
    assert told(made, rule)
    assert told(made, "contradiction") == []


def refusals(made: Study) -> list[ContradictionError]:
    """What drawing the dates of a study refuses."""
    try:
        moments_of(made.biography("P"), [domain.name for domain in made.codebook.domains])
    except ContradictionError as refusal:
        return [refusal]
    return []


MONTHS = st.integers(0, 30).map(lambda m: f"{2020 + m // 12}-{m % 12 + 1:02d}")
DATES = st.one_of(MONTHS, MONTHS.map(lambda text: f"{text}~"), st.sampled_from(["2020", "2021~", "", ".."]))


@st.composite
def stretches(draw: st.DrawFn) -> tuple[str, str]:
    start, end = draw(DATES), draw(DATES)
    plain = start[:7].strip("~.") and end[:7].strip("~.") and start > end
    return draw(st.sampled_from(["origin", "georgia"])), f"{end}/{start}" if plain else f"{start}/{end}"


@given(st.lists(stretches(), min_size=1, max_size=4), st.lists(stretches(), max_size=3))
def test_no_life_that_cannot_be_drawn_is_passed_over(
    one: list[tuple[str, str]], other: list[tuple[str, str]]
) -> None:
    try:
        made = made_study(("P", {"location": one, "legal": other}), births={"P": "2020-03"})
    except StudyError:
        return
    told_by_check = [problem.what for problem in contradictions(made)]
    assert told_by_check == [refusal.what for refusal in refusals(made)]
