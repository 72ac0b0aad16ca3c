"""Two coders of the same lives: kappa against hand counts and laws, and the months in dispute."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.coding.material import MATERIAL
from trajectories.coding.checking.check import check
from trajectories.coding.checking.coder_agreement import DAYS_OF_A_MONTH, Agreement, agreement, kappa
from trajectories.coding.files.read_study import read_study
from trajectories.coding.study import Study
from trajectories.errors import StudyError

CODEBOOK = """
domains:
  location:
    label: Place
    states: {origin: Origin, georgia: Georgia, germany: {label: Germany, states: {berlin: Berlin}}}
  legal: {label: Status, states: {home: Home, short_stay: Short}}
events: {departure: Left}
"""
FIRST = """id: {id}
birth: 2000-01-01
interview: 2020-12-31
observed: 2020-01-01/..
episodes:
  location:
    - {{state: origin, when: 2020-01-01/2020-07-01, coder: A}}
    - {{state: germany.berlin, when: 2020-07-01/.., coder: A}}
  legal:
    - {{state: home, when: 2020-01-01/.., coder: A}}
"""
SECOND = """id: {id}
episodes:
  location:
    - {{state: origin, when: 2020-01-01/2020-04-01, coder: B}}
    - {{state: germany, when: 2020-04-01/.., coder: B}}
"""


def twice(folder: Path, people: int = 1, second: str = SECOND) -> Study:
    for name in ("biographies", "second"):
        (folder / name).mkdir()
    (folder / "study.yaml").write_text("title: T\nbiographies: biographies/*.yaml\nsecond_coding: second\n")
    (folder / "codebook.yaml").write_text(CODEBOOK)
    for i in range(people):
        (folder / "biographies" / f"P{i}.yaml").write_text(FIRST.format(id=f"P{i}"))
        (folder / "second" / f"P{i}.yaml").write_text(second.format(id=f"P{i}"))
    return read_study(folder)


def test_kappa_weighs_states_by_the_days_they_are_held(tmp_path: Path) -> None:
    found = agreement(twice(tmp_path))
    (row,) = found.domains
    origin_both, disputed, germany_both = 91, 91, 184
    days = origin_both + disputed + germany_both
    agreed = (origin_both + germany_both) / days
    expected = ((origin_both + disputed) * origin_both + germany_both * (germany_both + disputed)) / days**2
    assert (row.domain, row.people) == ("location", 1)
    assert row.months == pytest.approx(days / DAYS_OF_A_MONTH)
    assert row.agreed == pytest.approx(agreed)
    assert row.kappa == pytest.approx((agreed - expected) / (1 - expected))
    assert [one.state for one in found.kappas] == ["", "origin", "germany"]
    assert found.kappas[1].kappa == pytest.approx(row.kappa)


def test_the_months_in_dispute_name_both_codings(tmp_path: Path) -> None:
    (one,) = agreement(twice(tmp_path)).disputes
    assert (one.person, one.domain) == ("P0", "location")
    assert (one.start, one.end, one.months) == ("2020-04", "2020-06", 3.0)
    assert (one.first, one.second, one.first_coder, one.second_coder) == ("origin", "germany", "A", "B")
    assert (one.first_place, one.second_place) == ("biographies/P0.yaml:7", "second/P0.yaml:5")


def test_sub_codes_of_one_state_are_no_dispute(tmp_path: Path) -> None:
    second = SECOND.replace("2020-04-01", "2020-07-01")
    found = agreement(twice(tmp_path, second=second))
    assert found.disputes == ()
    assert found.domains[0].kappa == 1
    assert found.coders == (("A", "B"),)


def test_the_interval_is_of_people_and_repeats_itself(tmp_path: Path) -> None:
    study = twice(tmp_path, people=6)
    (tmp_path / "second" / "P0.yaml").write_text(SECOND.format(id="P0").replace("2020-04-01", "2020-07-01"))
    study = read_study(tmp_path)
    one, again = agreement(study, seed=3), agreement(study, seed=3)
    assert one.kappas == again.kappas
    row = one.domains[0]
    assert row.lower is not None
    assert row.upper is not None
    assert row.kappa is not None
    assert row.lower <= row.kappa <= row.upper < 1.0001
    assert agreement(study, draws=0).domains[0].lower is None
    assert repr(one).startswith("Agreement: location 79% (kappa 0.5")
    assert len(one.table()) == 3
    assert list(one.disputes_table()["person"]) == ["P1", "P2", "P3", "P4", "P5"]


def test_check_asks_where_kappa_is_low_and_checks_the_second_coding(tmp_path: Path) -> None:
    study = twice(tmp_path, second=SECOND.replace("germany", "germny"))
    rules = {(problem.rule, problem.file) for problem in check(study)}
    assert ("unknown_state", "second/P0.yaml") in rules
    assert ("coders_disagree", "") in rules
    assert {"second/P0.yaml", "biographies/P0.yaml"} <= set(study.files)


def test_people_whom_the_first_coding_has_not(tmp_path: Path) -> None:
    twice(tmp_path)
    (tmp_path / "second" / "X.yaml").write_text(SECOND.format(id="X"))
    problems = check(read_study(tmp_path))
    assert [p.person for p in problems if p.rule == "stranger"] == ["X"]


def test_the_second_coding_may_be_tables(tmp_path: Path) -> None:
    twice(tmp_path)
    shutil.rmtree(tmp_path / "second")
    (tmp_path / "second").mkdir()
    assert [p.rule for p in check(read_study(tmp_path)) if p.severity == "warning"] == ["missing_file"]
    (tmp_path / "second" / "episodes.csv").write_text(
        "person,domain,state,start,end,coder\nP0,location,origin,2020-01-01,..,B\n"
    )
    (row,) = agreement(read_study(tmp_path)).domains
    assert row.agreed == pytest.approx(182 / 366, abs=0.01)


def test_without_a_second_coding_it_says_how_to_have_one() -> None:
    with pytest.raises(StudyError, match="second_coding: second"):
        agreement(read_study(MATERIAL / "valid"))


def test_nobody_coded_twice(tmp_path: Path) -> None:
    twice(tmp_path)
    (tmp_path / "second" / "P0.yaml").write_text(SECOND.format(id="Q"))
    found = agreement(read_study(tmp_path))
    assert found == Agreement((), (), ())
    assert repr(found) == "Agreement: nobody coded twice; 0 disputes"


tables = st.dictionaries(
    st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), st.integers(1, 1000), min_size=1
)


@given(tables)
def test_kappa_does_not_know_who_was_first(days: dict[tuple[str, str], float]) -> None:
    turned = {(second, first): count for (first, second), count in days.items()}
    assert kappa(days) == pytest.approx(kappa(turned))


@given(tables, st.integers(2, 9))
def test_kappa_does_not_know_the_unit_of_time(days: dict[tuple[str, str], float], times: int) -> None:
    longer = {pair: count * times for pair, count in days.items()}
    assert kappa(days) == pytest.approx(kappa(longer))


@given(tables)
def test_kappa_is_at_most_one_and_one_only_where_all_agree(days: dict[tuple[str, str], float]) -> None:
    agreed, _, value = kappa(Counter(days))
    if value is not None:
        assert -1 <= value <= 1
        assert (value == pytest.approx(1)) == (agreed == pytest.approx(1))
