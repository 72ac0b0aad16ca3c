"""Sequences become a study that gives the same sequences again."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import trajectories as tj
from tests.sequences.exchange.test_round_trips import lives
from trajectories.coding.checking.check import check
from trajectories.errors import SettingError, StudyError
from trajectories.sequences.build import build_sequences
from trajectories.sequences.exchange.calendar import Clock, clock_of
from trajectories.sequences.exchange.dated_lives import write_lives_as_study
from trajectories.sequences.exchange.tables import as_sequences
from trajectories.sequences.sequences import VOID, Sequences


@settings(deadline=None, max_examples=60)
@given(lives(), st.sampled_from([(1, 0), (1, 517), (1, 650), (3, 120), (3, 123), (12, 480)]))
def test_a_study_of_sequences_gives_the_same_sequences(given_lives: Sequences, at: tuple[int, int]) -> None:
    clock = Clock(at[1], at[0])
    with tempfile.TemporaryDirectory() as folder:
        write_lives_as_study(given_lives, Path(folder), clock, title="T")
        study = tj.read_study(folder)
        assert not check(study).errors
        assert study.plan_path is not None
        grid = tj.Plan.read(study.plan_path).grid
    again = build_sequences(study, grid)
    names = {state.code: state.label for state in study.codebook.domains[0].states}
    assert again.table().replace(names).to_numpy().tolist() == given_lives.table().to_numpy().tolist()


def test_people_codes_and_notes(tmp_path: Path) -> None:
    states = np.array([[0, 0, 1, -1, 1, VOID], [1, VOID, VOID, 0, 0, 0]], dtype=np.int16)
    made = as_sequences(states, ["A", "B"], ["At home", "at home"], None)
    made = replace(made, weights=np.array([1.0, 2.0]))
    notes = write_lives_as_study(made, tmp_path, clock_of(made.positions, "2014-02"), title="Lent", people={
        "A": {"birth": "1980-05", "Sex": "f", "id": "x"}})
    assert (tmp_path / "episodes.csv").read_text().splitlines() == [
        "person,domain,state,start,end", "A,state,at_home,2014-02-01,2014-04",
        "A,state,at_home_2,2014-04,2014-05-01", "A,state,at_home_2,2014-06-01,..",
        "B,state,at_home_2,2014-02-01,2014-03-01", "B,state,at_home,2014-05-01,.."]
    assert (tmp_path / "persons.csv").read_text().splitlines() == [
        "id,birth,interview,observed,sex,id_2", "A,1980-05,2014-06-30,2014-02-01/2014-06-30,f,x",
        "B,,2014-07-31,2014-02-01/2014-07-31,,"]
    assert notes == (
        "Changes are known by month: each is dated by the month in which the new state began.",
        "Case weights were left out: a study has none.",
        "2 positions outside observation lie inside lives; they became gaps.",
        "1 missing positions were left without a code.")


@pytest.mark.parametrize(("positions", "first", "step", "message"), [
    ((1, 2), None, None, r"The positions \(1 to 2\) have no place on the calendar, and a study needs dates"),
    (("2022-01", "2022-02", "2022-04"), None, None, "are no even row of months, quarters or years"),
    (("2022-02", "2022-05"), None, None, "Each position takes a quarter, but the first one begins in 2022-"),
    ((1, 2), "03/2022", None, "must be a month such as 2014-01"),
    ((1, 2), "2022-03", "week", "by month, quarter or year; it is '2022-03' by week"),
])  # fmt: skip
def test_positions_without_a_place_on_the_calendar(
    positions: tuple[str, ...], first: str | None, step: str | None, message: str
) -> None:
    with pytest.raises(SettingError, match=message):
        clock_of(positions, first, step)


def test_positions_that_name_their_time() -> None:
    assert clock_of(("2022-03", "2022-04")) == Clock(626, 1)
    assert clock_of(("2022-04", "2022-07")).unit(1) == "2022-35"
    assert clock_of((2010, 2011)).unit(1) == "2011"
    assert clock_of((1, 2, 3), "2014-01").unit(2) == "2014-03"


def test_positions_far_from_any_calendar_are_refused(tmp_path: Path) -> None:
    made = as_sequences(np.zeros((1, 3), dtype=np.int16), ["A"], ["home"], None)
    for clock in (Clock(12 * 8100, 12), Clock(10**300, 1), Clock(-12 * 1971, 1)):
        with pytest.raises(StudyError, match=r"Position 1 would lie in a year that no calendar has"):
            write_lives_as_study(made, tmp_path, clock, title="Lent")
