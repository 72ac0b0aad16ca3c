"""What a careful colleague asks: each rule with a life it must ask about and lives it must leave alone."""

from __future__ import annotations

import os
import random
from dataclasses import replace
from fractions import Fraction
from math import comb
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.coding.material import MATERIAL
from trajectories.coding.checking.check import check
from trajectories.coding.checking.coded_domains import coded_share, coverage, groups
from trajectories.coding.checking.habit_rules import month_dates, month_heaping, upper_tail
from trajectories.coding.files.read_study import read_study
from trajectories.coding.problems import Problem, ReadingError
from trajectories.coding.study import Study

CODEBOOK = """
domains:
  location:
    label: Place
    states: {origin: Origin, turkey: Turkey, germany: {label: Germany, states: {berlin: Berlin}}}
  legal:
    label: Status
    states:
      home: {label: Home, only_in: origin}
      temporary:
        label: Temporary
        not_in: [origin]
        states: {ikamet: {label: Ikamet, only_in: [turkey]}, work: Work}
  emotion:
    label: Emotion
    states: {fear: Fear, hope: Hope}
events: {departure: Left}
attributes: {gender: {label: Gender, values: [woman, man]}}
"""


def study(folder: Path, *rows: str, persons: str = "A,1980,2024-05-17,", events: str = "") -> Study:
    """A study whose episodes are ``A,location,origin,1980,2022-03``."""
    (folder / "codebook.yaml").write_text(CODEBOOK)
    (folder / "study.yaml").write_text(
        "title: T\ntables: {persons: p.csv, episodes: e.csv, events: v.csv}\n", encoding="utf-8"
    )
    (folder / "p.csv").write_text(f"id,birth,interview,gender\n{persons}\n")
    (folder / "e.csv").write_text("\n".join(("person,domain,state,start,end,document,coder,event_id", *(
        row + "," * (7 - row.count(",")) for row in rows), "")))  # fmt: skip
    (folder / "v.csv").write_text(f"person,event,date,document,event_id\n{events}\n")
    return read_study(folder)


def told(found: Study, rule: str) -> list[Problem]:
    return [problem for problem in check(found) if problem.rule == rule]


class TestPlaces:
    """``only_in`` and ``not_in`` of the codebook."""

    def test_a_permit_of_one_country_held_in_another(self, tmp_path: Path) -> None:
        found = study(tmp_path, "A,location,turkey,2022-03,2022-12", "A,location,germany.berlin,2022-12,..",
                      "A,legal,temporary.ikamet,2022-03,2023-06")  # fmt: skip
        (problem,) = told(found, "impossible_place")
        assert problem.severity == "warning"
        assert (problem.file, problem.line, problem.person) == ("e.csv", 4, "A")
        assert problem.what == ("legal: temporary.ikamet is held for at least 5 months in germany.berlin; "
                                "it is possible only in turkey")  # fmt: skip
        assert "e.csv:3" in problem.hint

    def test_sub_codes_take_over_unless_they_say_otherwise(self, tmp_path: Path) -> None:
        found = study(tmp_path, "A,location,origin,2000,..", "A,legal,temporary.work,2020,..")
        (problem,) = told(found, "impossible_place")
        assert "it is not possible in origin" in problem.what

    @pytest.mark.parametrize("end", ["2022-12-14", "2022-12~", "2023-01?", ""])
    def test_doubt_and_the_days_of_a_move_are_no_contradiction(self, tmp_path: Path, end: str) -> None:
        found = study(tmp_path, "A,location,turkey,2022-03,2022-12-05", "A,location,germany,2022-12-05,..",
                      f"A,legal,temporary.ikamet,2022-03,{end}")  # fmt: skip
        assert told(found, "impossible_place") == []

    def test_a_place_that_no_domain_has_is_refused(self, tmp_path: Path) -> None:
        study(tmp_path)
        (tmp_path / "codebook.yaml").write_text(CODEBOOK.replace("only_in: origin", "only_in: [orign]"))
        with pytest.raises(ReadingError, match=r"legal.home: only_in .* no other domain has all of orign"):
            read_study(tmp_path)


class TestInterview:
    """Lives that stop with the interview."""

    @pytest.mark.parametrize(
        ("end", "asked"),
        [("2024-05", True), ("2024-05-17", True), ("2024-05-02", True), ("2024-05~", True), ("..", False),
         ("2024", False), ("2024-04", False), ("", False), ("2024-04-30", False)],
    )  # fmt: skip
    def test_an_end_in_the_month_of_the_interview(self, tmp_path: Path, end: str, asked: bool) -> None:
        found = study(tmp_path, f"A,location,origin,1980,{end}")
        assert bool(told(found, "ends_at_interview")) is asked

    def test_a_mention_may_end_with_the_interview(self, tmp_path: Path) -> None:
        study(tmp_path, "A,emotion,hope,2024-04,2024-05")
        limited = CODEBOOK.replace("    label: Emotion", "    label: Emotion\n    fill_limit: 2")
        (tmp_path / "codebook.yaml").write_text(limited)
        assert told(read_study(tmp_path), "ends_at_interview") == []

    def test_a_move_in_that_month_is_a_move(self, tmp_path: Path) -> None:
        found = study(tmp_path, "A,location,origin,1980,2024-05", "A,location,germany,2024-05,..")
        assert told(found, "ends_at_interview") == []


class TestMonths:
    """Months that attract dates."""

    @staticmethod
    def with_months(tmp_path: Path, months: list[tuple[int, int]]) -> Study:
        persons = "\n".join(f"P{i},1950,2024-05-17," for i in range(len(months)))
        rows = (f"P{i},location,origin,1980,{year}-{month:02d}" for i, (year, month) in enumerate(months))
        return study(tmp_path, *rows, persons=persons)

    def test_a_heap_in_january_is_told(self, tmp_path: Path) -> None:
        chance = random.Random(1)
        months = [(chance.randint(2010, 2023), chance.choice((1, 1, 1, *range(1, 13)))) for _ in range(300)]
        (problem,) = month_heaping(self.with_months(tmp_path, months))
        january = sum(month == 1 for _, month in months)
        assert problem.severity == "note"
        assert f"{january} of 300 dates known to the month lie in January" in problem.what
        assert "2019-01~" in problem.hint

    def test_what_happened_in_one_year_is_no_heap(self, tmp_path: Path) -> None:
        chance = random.Random(1)
        months = [(chance.randint(2010, 2023), chance.randint(1, 12)) for _ in range(150)] + [(2022, 3)] * 90
        assert list(month_heaping(self.with_months(tmp_path, months))) == []

    def test_each_date_counts_once_for_a_person(self, tmp_path: Path) -> None:
        found = study(tmp_path, "A,location,origin,1980,2022-03", "A,location,germany,2022-03,..",
                      "A,legal,home,1980,2022-03~", events="A,departure,2022-03,,")  # fmt: skip
        assert month_dates(found) == [(2022, 3), (2022, 3)]

    @given(st.integers(1, 80), st.integers(0, 80))
    def test_the_binomial_tail_is_exact(self, total: int, count: int) -> None:
        count = min(count, total)
        share = Fraction(1, 12)
        exact = sum(comb(total, k) * share**k * (1 - share) ** (total - k) for k in range(count, total + 1))
        assert upper_tail(count, total, 1 / 12) == pytest.approx(float(exact), rel=1e-9)


class TestMentions:
    """States held from one mention."""

    def test_an_emotion_held_for_years_is_a_note(self, tmp_path: Path) -> None:
        found = study(tmp_path, "A,emotion,fear,2020-01,..", "A,location,origin,1980,..")
        (problem,) = told(found, "held_too_long")
        assert problem.severity == "note"
        assert "fear is held for at least 4 years from one mention" in problem.what

    def test_the_limit_of_the_codebook_is_a_warning(self, tmp_path: Path) -> None:
        study(tmp_path, "A,emotion,fear,2020-01,2020-09", "A,emotion,hope,2021-01,2021-02")
        limited = CODEBOOK.replace("    label: Emotion", "    label: Emotion\n    fill_limit: 2")
        (tmp_path / "codebook.yaml").write_text(limited)
        (problem,) = told(read_study(tmp_path), "held_too_long")
        assert (problem.severity, problem.line) == ("warning", 2)
        assert "one mention speaks for 2 months" in problem.what
        assert told(read_study(tmp_path), "gap") == []


class TestGroups:
    """Who was never asked."""

    PERSONS = "\n".join(f"P{i},1980,2024-05-17,{'woman' if i < 4 else 'man'}" for i in range(8))

    def test_a_group_without_any_coding_is_told(self, tmp_path: Path) -> None:
        rows = [f"P{i},location,origin,1980,.." for i in range(8)]
        found = study(tmp_path, *rows, *(f"P{i},legal,home,1980,.." for i in range(4)), persons=self.PERSONS)
        (problem,) = told(found, "never_coded_group")
        assert problem.what == ("domain 'legal' is never coded for the 4 people with gender: man, but for 4 "
                                "of the other 4")  # fmt: skip

    def test_coverage_counts_people_and_time(self, tmp_path: Path) -> None:
        found = study(tmp_path, "P0,location,origin,1980-01-01,2002-03-10", "P1,legal,home,1980,..",
                      persons=self.PERSONS)  # fmt: skip
        rows = {(row.attribute, row.value, row.domain): row for row in coverage(found)}
        assert (rows["", "", "location"].people, rows["", "", "location"].coded) == (8, 1)
        assert rows["gender", "woman", "legal"].share == 0.25
        everybody = next(people for attribute, _, people in groups(found) if not attribute)
        only = tuple(person for person in everybody if person.id == "P0")
        assert coded_share(found, only, "location") == pytest.approx(0.5, abs=0.01)
        assert coded_share(found, only, "legal") == 0


class TestDisputes:
    """Witnesses who contradict each other."""

    def test_two_sources_about_one_departure(self, tmp_path: Path) -> None:
        events = "A,departure,2022-03,interview,\nA,departure,2022-09,letter,"
        (problem,) = told(study(tmp_path, events=events), "sources_disagree")
        assert "interview says 2022-03, letter says 2022-09" in problem.what
        assert (problem.file, problem.line) == ("v.csv", 3)
        events = "A,departure,2022-03~,interview,\nA,departure,2022-04-02,letter,"
        assert told(study(tmp_path, events=events), "sources_disagree") == []

    def test_an_overlap_names_the_two_sources_or_coders(self, tmp_path: Path) -> None:
        found = study(tmp_path, "A,location,origin,1980,2023,interview", "A,location,germany,2020,..,letter")
        (problem,) = told(found, "overlap")
        assert problem.hint.startswith("Two sources disagree (interview, letter). The first is e.csv:2")
        found = study(tmp_path, "A,location,origin,1980,2023,,TG", "A,location,germany,2020,..,,MK")
        assert told(found, "overlap")[0].hint.startswith("Two coders disagree (TG, MK).")

    def test_an_episode_that_begins_with_an_event_of_another_date(self, tmp_path: Path) -> None:
        rows = ("A,location,origin,1980,2022-05", "A,location,germany,2022-05,..,,,go")
        (problem,) = told(study(tmp_path, *rows, events="A,departure,2022-03-05,,go"), "event_disagrees")
        assert "begins (2022-05) with the event 'go', which is dated 2022-03-05" in problem.what
        assert told(study(tmp_path, *rows, events="A,departure,2022-05~,,go"), "event_disagrees") == []


def test_problems_know_their_column_where_the_file_is_yaml() -> None:
    problems = check(read_study(MATERIAL / "unknown_codes"))
    places = {(problem.file, problem.line, problem.column) for problem in problems}
    life = "biographies/RU-030.yaml"
    assert {(life, 7, 7), (life, 12, 50), ("ties.csv", 3, 0)} <= places


def test_settings_are_refused_with_every_place() -> None:
    with pytest.raises(ReadingError) as error:
        read_study(MATERIAL / "wrong_type")
    assert [(one.line, one.column) for one in error.value.problems] == [(3, 1), (4, 9), (8, 12), (9, 5)]
    assert len(str(error.value).splitlines()) == 4


@pytest.mark.parametrize("name", ["/dev/zero", "pipe.csv"])
def test_a_device_or_a_pipe_is_not_read(tmp_path: Path, name: str) -> None:
    study(tmp_path)
    os.mkfifo(tmp_path / "pipe.csv")
    (tmp_path / "study.yaml").write_text(f"title: T\ntables: {{persons: {name}}}\n")
    with pytest.raises(ReadingError, match="a device or a pipe"):
        read_study(tmp_path)


def test_a_pattern_with_an_endless_name_is_refused(tmp_path: Path) -> None:
    study(tmp_path)
    (tmp_path / "study.yaml").write_text(f"title: T\nbiographies: {'a' * 5000}/x.yaml\n")
    with pytest.raises(ReadingError, match="is not a pattern of files"):
        read_study(tmp_path)


def test_nothing_is_asked_of_a_study_without_second_coding() -> None:
    sound = read_study(MATERIAL / "valid")
    assert check(replace(sound, second_coding=None)).found == check(sound).found
