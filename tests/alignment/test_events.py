"""Lives as events: read, made from studies and sequences, compared as TraMineRextras does."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.alignment.reference import FOLDER, made
from tests.alignment.test_laws import few
from trajectories.alignment.measures.basic import Hamming
from trajectories.alignment.measures.events import EventMatching
from trajectories.alignment.pairwise import dissimilarities, dissimilarities_to
from trajectories.errors import SettingError, StudyError
from trajectories.sequences.event_lives import EventLives, change_events, event_lives, read_event_lives
from trajectories.sequences.sequences import MISSING, VOID

TSE = FOLDER.parent / "format" / "tse.csv"
BY_RANK = {kind: 0.5 + 0.25 * i for i, kind in
           enumerate(["asylum", "emigrate", "protest", "residence", "return", "visa"])}  # fmt: skip


@pytest.mark.parametrize(
    ("file", "measure"),
    [
        ("nonorm", EventMatching(0.1)),
        ("interval", EventMatching(0.1, by="gap")),
        ("YB", EventMatching(0.1, indel=BY_RANK, norm="YujianBo")),
    ],
)
def test_equal_to_the_reference(file: str, measure: EventMatching) -> None:
    expected = pd.read_csv(FOLDER / f"tse_seqedist_{file}.csv", index_col=0).to_numpy()
    events = read_event_lives(TSE)
    found = dissimilarities(events, measure, precision="double").square()
    np.testing.assert_allclose(found, expected, rtol=1e-12, atol=1e-12)


def given_events(rows: list[tuple[str, float, str]]) -> EventLives:
    return read_event_lives(pd.DataFrame(rows, columns=["id", "time", "event"]))


def test_simultaneous_events_are_one_moment() -> None:
    both = given_events([("A", 3, "visa"), ("A", 3, "emigrate"), ("B", 5, "emigrate"), ("B", 5, "visa"),
                         ("C", 5, "emigrate")])  # fmt: skip
    found = dissimilarities(both, EventMatching(0.1), precision="double")
    assert found.between("A", "B") == pytest.approx(0.2), "two months of shift, once"
    assert found.between("A", "C") == pytest.approx(1.2), "the shift, and the visa that only one has"


def test_far_apart_it_is_cheaper_to_delete_and_insert() -> None:
    far = given_events([("A", 0, "arrest"), ("B", 100, "arrest")])
    assert dissimilarities(far, EventMatching(0.1)).between("A", "B") == 2
    assert dissimilarities(far, EventMatching(0.1, norm="maxdist")).between("A", "B") == 1
    assert dissimilarities(far, EventMatching(0.0)).between("A", "B") == 0


rows = st.lists(st.tuples(st.sampled_from("ABC"), st.integers(0, 9), st.sampled_from("xyz")), min_size=1)
events = rows.map(lambda some: given_events([*((p, 0, "x") for p in "ABC"), *some]))


@few
@given(events, st.sampled_from([None, "YujianBo"]), st.sampled_from([0.0, 0.2, 5.0]))
def test_laws(sample: EventLives, norm: str | None, shift: float) -> None:
    measure = EventMatching(shift, indel={"x": 2.0}, norm=norm)  # type: ignore[arg-type]
    d = dissimilarities(sample, measure, precision="double").square()
    turned = dissimilarities(sample.select(sample.ids[::-1]), measure, precision="double").square()
    np.testing.assert_allclose(d, turned[::-1, ::-1], atol=1e-12)
    assert (d >= 0).all()
    assert d[0, 1] <= d[0, 2] + d[2, 1] + 1e-9


def test_changes_of_state_are_events() -> None:
    lives = made([[[0, 0, MISSING, 0, 1], [VOID, 1, 1, 1, 1]], [[0, 0, 0, 1, 1], [1, 1, 1, 1, 1]]], [2, 2])
    found = change_events(lives)
    assert found.table().values.tolist() == [
        ["P0", 0.0, "d0: s0"], ["P0", 1.0, "d1: s1"], ["P0", 4.0, "d0: s1"],
        ["P1", 0.0, "d0: s0"], ["P1", 0.0, "d1: s1"], ["P1", 3.0, "d0: s1"],
    ]  # fmt: skip
    assert change_events(lives.only("d0")).kinds == ("s0", "s1")
    by_events = dissimilarities(found, EventMatching(0.1), precision="double").condensed
    by_states = dissimilarities(lives, EventMatching(0.1), precision="double").condensed
    np.testing.assert_array_equal(by_events, by_states)
    to = dissimilarities_to(lives, lives.select(["P1"]), EventMatching(0.1)).values
    np.testing.assert_allclose(to.ravel(), [by_states[0], 0.0])


def test_events_of_a_study() -> None:
    import trajectories as tj

    study = tj.read_study("sample_data/study.yaml")
    since = event_lives(study, kinds=["detention", "departure"], since="departure")
    assert since.unit == "months"
    assert set(since.table()["event"]) == {"detention", "departure"}
    departures = since.table().query("event == 'departure'").groupby("id")["time"].min()
    assert (departures == 0).all()
    assert since.n + len(since.left_out) == len(study.ids)
    assert "EventLives: " in repr(since)
    diss = dissimilarities(since.select(since.ids[:20]), EventMatching(0.05))
    assert np.isfinite(diss.condensed).all()
    by_age = event_lives(study)
    assert by_age.table()["time"].median() > 12 * 15
    with pytest.raises(SettingError, match=r"no kind of event 'detentoin'. .*Did you mean 'detention'"):
        event_lives(study, kinds=["detentoin"])


def test_somebody_without_events() -> None:
    empty = EventLives(("A", "B", "C"), ("x",), ((), ((1.0, frozenset({0})),), ()), np.ones(3))
    found = dissimilarities(empty, EventMatching(norm="YujianBo")).square()
    assert found[0, 1] == 1
    assert found[0, 2] == 0


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: EventMatching(-1), "shift must be a number, 0 or more"),
        (lambda: EventMatching(indel={"x": -1}), "indel of 'x' must be a number"),
        (lambda: EventMatching(by="week"), "by must be 'time' or 'gap'"),  # type: ignore[arg-type]
        (lambda: EventMatching(norm="gmean"), "no normalisation 'gmean' of events"),  # type: ignore[arg-type]
        (lambda: dissimilarities(given_events([("A", 1, "x"), ("B", 1, "x")]), EventMatching(indel={"y": 1})),
         "indel names 'y', which is no kind of event"),
        (lambda: dissimilarities(given_events([("A", 1, "x"), ("B", 1, "x")]), Hamming()),  # type: ignore[call-overload]
         "compares states, and these are events"),
        (lambda: dissimilarities(given_events([("A", 1, "x")]), EventMatching()), "at least two people"),
    ],
)  # fmt: skip
def test_what_is_refused(call: object, said: str) -> None:
    with pytest.raises(SettingError, match=said):
        call()  # type: ignore[operator]


def test_a_time_that_is_no_number() -> None:
    with pytest.raises(StudyError, match=r"row 1 .A.: the time must be a number; it is 'soon'"):
        read_event_lives(pd.DataFrame({"id": ["A"], "time": ["soon"], "event": ["x"]}))
