from __future__ import annotations

from dataclasses import replace

import pytest

from tests.coding.material import MATERIAL, life
from trajectories.coding.checking.check import RULES, check
from trajectories.coding.checking.time_rules import certain_overlap
from trajectories.coding.files.read_study import read_study
from trajectories.coding.problems import Problem, Problems

READABLE = ("bad_dates", "duplicate_ids", "empty_study", "mixed", "overlaps", "unknown_codes")


@pytest.mark.parametrize("name", READABLE)
def test_finds_everything_in_one_pass_with_place_and_hint(name: str) -> None:
    problems = check(read_study(MATERIAL / name))
    found = [f"{problem.severity} {problem.rule}: {problem}" for problem in problems]
    assert found == (MATERIAL / name / "expected.txt").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("name", ["valid", "one_person", "semicolon_bom_csv"])
def test_finds_nothing_where_nothing_is_wrong(name: str) -> None:
    problems = check(read_study(MATERIAL / name))
    assert repr(problems) == "No problems found"
    assert not problems
    assert problems.table().empty


def test_every_rule_has_a_study_that_breaks_it() -> None:
    broken = {problem.rule for name in READABLE for problem in check(read_study(MATERIAL / name))}
    assert broken >= {
        "after_interview", "before_birth", "broken_yaml", "date", "duplicate_id", "duplicate_key",
        "empty_file", "empty_study", "gap", "missing_event", "missing_file", "missing_value", "no_episodes",
        "order_of_dates", "overlap", "row_length", "stranger", "uncoded_domain", "undated",
        "unknown_attribute", "unknown_column", "unknown_domain", "unknown_event", "unknown_event_id",
        "unknown_key", "unknown_state", "unknown_value", "wrong_type",
    }  # fmt: skip
    assert len(RULES) == len(set(RULES))


def test_problems_are_counted_divided_and_tabled() -> None:
    problems = check(read_study(MATERIAL / "overlaps"))
    assert repr(problems) == "5 errors, 1 warning"
    assert len(problems) == 6
    assert [len(kind) for kind in (problems.errors, problems.warnings, problems.notes)] == [5, 1, 0]
    table = problems.table()
    assert list(table.columns) == ["severity", "file", "line", "person", "what", "hint", "rule", "column",
                                   "told_in"]
    assert table.iloc[0]["line"] == 3
    assert problems[0].place == "episodes.csv:3 (RU-020)"


def test_the_same_problem_is_told_once_and_errors_come_first() -> None:
    note = Problem("note", "a.csv", 1, "", "small")
    error = Problem("error", "b.csv", 9, "", "large")
    assert Problems.sorted([note, error, note]).found == (error, note)


@pytest.mark.parametrize(
    ("one", "other", "days"),
    [
        ("2014/2022-03-20", "2022-03-05/..", 15),
        ("2014/2022-03-05", "2022-03-05/..", 0),
        ("2014/2022-03", "2022-03-20/..", 0),  # it may have ended before
        ("2014/2022-03", "2022-02/..", 1),
        ("2014/2022-03~", "2022-02/..", 0),
        ("2014/..", "2022-03-05/2022-03-10", 5),
        ("2014/2022", "2018-03/2018-03", 1),  # inside for certain
        ("2014/", "2018/..", 0),
    ],
)
def test_an_overlap_counts_only_when_it_is_certain(one: str, other: str, days: int) -> None:
    first, second = life(f"a {one}", f"b {other}").episodes
    assert certain_overlap(first, second) == days


def test_open_episodes_without_an_interview_are_asked_about() -> None:
    study = read_study(MATERIAL / "one_person")
    nobody = replace(study.people[0], interview=study.people[0].birth.__class__("", "unknown"))
    nobody = replace(nobody, observed_until=nobody.interview)
    problems = check(replace(study, people=(nobody,)))
    assert [problem.rule for problem in problems] == ["no_interview"]


def test_a_codebook_without_departure_asks_for_none() -> None:
    study = read_study(MATERIAL / "bad_dates")
    codebook = study.codebook.model_copy(update={"events": ()})
    assert "missing_event" not in {problem.rule for problem in check(replace(study, codebook=codebook))}
