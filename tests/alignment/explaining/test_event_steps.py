"""The alignment of two lives as events adds up, walks through all events of both, and can be read."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.alignment.reference import made
from tests.alignment.test_events import events, given_events
from tests.alignment.test_laws import few, lives
from trajectories.alignment.explaining.alignment import Alignment
from trajectories.alignment.explaining.explanation import explain
from trajectories.alignment.measures.events import EventMatching
from trajectories.alignment.pairwise import dissimilarities
from trajectories.coding.files.read_study import read_study
from trajectories.errors import SettingError
from trajectories.sequences.event_lives import EventLives, change_events, event_lives
from trajectories.sequences.sequences import VOID, Sequences

STUDY = Path(__file__).parents[3] / "sample_data" / "study.yaml"
MEASURES = st.builds(
    EventMatching,
    shift=st.sampled_from([0.0, 0.1, 0.35, 5.0]),
    indel=st.sampled_from([1.0, 0.0, 2.5]) | st.just({"x": 0.5}),
    by=st.sampled_from(["time", "gap"]),
    norm=st.sampled_from([None, "YujianBo", "maxdist"]),
)


def told(sample: Sequences | EventLives, measure: EventMatching, one: str, other: str) -> Alignment:
    """The alignment, whose steps cost what the dissimilarity is."""
    found = explain(sample, measure, one, other)
    diss = dissimilarities(sample, measure, precision="double")  # type: ignore[arg-type]
    plain = EventMatching(measure.shift, measure.indel, measure.by)
    bare = dissimilarities(sample, plain, precision="double").between(one, other)  # type: ignore[arg-type]
    np.testing.assert_allclose(found.cost, bare, rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(found.table()["cost"].sum(), bare, rtol=1e-9, atol=1e-12)
    assert found.normalised == (None if measure.norm is None else pytest.approx(diss.between(one, other)))
    np.testing.assert_allclose(explain(sample, measure, other, one).cost, bare, rtol=1e-9, atol=1e-12)
    assert diss.explain(one, other) == found
    return found


@few
@given(events, MEASURES)
def test_the_events_of_both_lives_are_walked_through_once(sample: EventLives, measure: EventMatching) -> None:
    steps = told(sample, measure, "A", "B").steps
    for person, side, at in ((0, "one", "at_one"), (1, "other", "at_other")):
        walked = [(getattr(step, at), frozenset(getattr(c, side) for c in step.changes) - {""})
                  for step in steps if getattr(step, at) is not None]  # fmt: skip
        own = [(time, frozenset(sample.kinds[kind] for kind in kinds))
               for time, kinds in sample.moments[person]]  # fmt: skip
        assert walked == own
    assert all(change.cost >= 0 for step in steps for change in step.changes)


@few
@given(lives(domains=2, low=VOID), st.sampled_from([0.0, 0.1, 1.0]))
def test_of_sequences_the_events_are_states_entered(sample: Sequences, shift: float) -> None:
    found = told(sample, EventMatching(shift), "P0", "P1")
    moments = change_events(sample).moments[0]
    assert [step.at_one for step in found.steps if step.at_one is not None] == [time for time, _ in moments]
    assert set(found.by_domain()) <= {"d0", "d1"}


def test_it_is_told_in_words() -> None:
    sample = given_events([("A", 2, "left"), ("A", 3.5, "visa"), ("A", 9, "arrest"), ("B", 2, "left"),
                           ("B", 5, "visa"), ("B", 5, "work"), ("B", 30, "return")])  # fmt: skip
    assert explain(sample, EventMatching(0.1), "A", "B").sentences() == (
        "Kept: left, at 2.",
        "At one moment, at 3.5 (in B: at 5): visa; only in B: work; cost 1.15.",
        "Deleted from A: arrest, at 9; cost 1.",
        "Inserted from B: return, at 30; cost 1.",
        "Together 3.15.",
        "An event that only one life has costs 1; matched moments cost 0.1 for each unit of time between "
        "them.",
    )
    moved = explain(sample, EventMatching(0.1, by="gap", norm="maxdist"), "A", "B")
    assert moved.sentences()[-2:] == (
        f"Normalised, that is {moved.normalised:.4g}.",
        "An event that only one life has costs 1; matched moments cost 0.1 for each unit of time by which "
        "the time since the moment before differs.",
    )


def test_events_of_a_study_go_by_their_labels() -> None:
    study = read_study(STUDY)
    sample = event_lives(study, since="departure")
    found = told(sample, EventMatching(0.1), *sample.ids[:2])
    labels = {study.codebook.event_label(kind) for kind in sample.kinds}
    assert {change.one or change.other for step in found.steps for change in step.changes} <= labels
    assert "each month between them" in found.sentences()[-1]


def test_changes_of_several_domains_go_by_their_domains() -> None:
    sample = made([[[0, 0, 1], [0, 0, 0]], [[0, 1, 1], [0, 0, 1]]], [2, 2])
    assert explain(sample, EventMatching(0.25), "P0", "P1").sentences() == (
        "Kept: d0: s0 and d1: s0, at 0.",
        "Kept: d0: s1, at 2 (in P1: at 1); cost 0.25.",
        "Inserted from P1: d1: s1, at 2; cost 1.",
        "Together 1.25 (d0 0.25; d1 1).",
        "An event that only one life has costs 1; matched moments cost 0.25 for each position between them.",
    )


def test_lives_without_events_are_no_way_apart() -> None:
    empty = EventLives(("A", "B", "C"), ("x",), ((), (), ((1.0, frozenset({0})),)), np.ones(3))
    assert explain(empty, EventMatching(), "A", "B").sentences()[0] == "Together 0."
    assert [step.kind for step in explain(empty, EventMatching(), "C", "A").steps] == ["deleted"]
    with pytest.raises(SettingError, match="'D'"):
        explain(empty, EventMatching(), "A", "D")
