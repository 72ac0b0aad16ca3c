"""What intervals and states add to a difference of distributions adds up, and can be read."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.alignment.reference import made
from tests.alignment.test_laws import SIZE, few, lives
from trajectories.alignment.explaining.explanation import explain
from trajectories.alignment.measures.distributions import ChiSquared, EuclideanDistributions
from trajectories.alignment.pairwise import dissimilarities
from trajectories.errors import SettingError
from trajectories.sequences.sequences import MISSING, VOID, Sequences

SETTINGS = st.fixed_dictionaries({
    "step": st.integers(1, 5), "overlap": st.booleans(), "normalised": st.booleans(),
    "missing": st.sampled_from(["state", "ignore"]),
})  # fmt: skip


@few
@given(lives(low=VOID), SETTINGS, st.sampled_from([None, "overall", (0.5, 0.25, 0.25, 0.0)]), st.booleans())
def test_the_intervals_add_up(sample: Sequences, settings: dict[str, object], shares: object,
                              rare: bool) -> None:  # fmt: skip
    measure = ChiSquared(shares=shares, **settings) if rare else EuclideanDistributions(**settings)  # type: ignore[arg-type]
    found = explain(sample, measure, "P0", "P1")
    diss = dissimilarities(sample, measure, precision="double")
    np.testing.assert_allclose(found.cost, diss.between("P0", "P1"), rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(explain(sample, measure, "P1", "P0").cost, found.cost, rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(found.table()["cost"].sum(), found.added, rtol=1e-9, atol=1e-9)
    assert diss.explain("P0", "P1") == found


@few
@given(lives(low=MISSING), st.integers(1, 5))
def test_every_position_is_in_one_interval(sample: Sequences, step: int) -> None:
    steps = explain(sample, EuclideanDistributions(step), "P0", "P1").steps
    spans = [range(int(s.at_one or 0), int(s.at_one if s.until is None else s.until) + 1) for s in steps]
    assert [at for span in spans for at in span] == list(range(sample.length))
    for person, side in ((0, "one"), (1, "other")):
        for span, part in zip(spans, steps, strict=True):
            told = {getattr(change, side) for change in part.changes}
            for k in range(SIZE):
                count = int((sample.states[person, 0, span.start : span.stop] == k).sum())
                assert not count or f"s{k}: {count} of {len(span)}" in told


def test_it_is_told_in_words() -> None:
    sample = made([[[0, 0, 0, 1, 1, 1, 2]], [[0, 0, 1, 1, 1, 1, VOID]]], [3])
    assert explain(sample, EuclideanDistributions(2), "P0", "P1").sentences() == (
        "Alike: 1 interval, from 0 to 1.",
        "Unlike: 1 interval, from 2 to 3, s0: 1 of 2 (in P1: 0 of 2), s1: 1 of 2 (in P1: 2 of 2); cost 0.5.",
        "Alike: 1 interval, from 4 to 5.",
        "Unlike: 1 interval, at 6, s2: 1 of 1 (in P1: not observed); cost 1.",
        "Together 1.5; the dissimilarity is the square root of that, 1.225.",
        "A state costs the squared difference of its two shares of the interval.",
    )
    monthly = explain(sample, EuclideanDistributions(), "P0", "P1").sentences()
    assert monthly[0] == "Alike: 2 intervals, from 0 to 1."
    with pytest.raises(SettingError, match="'X'"):
        explain(sample, ChiSquared(), "P0", "X")


def test_an_overlapping_interval_ends_with_the_window() -> None:
    sample = made([[[0, 0, 1]], [[0, 1, 1]]], [2])
    steps = explain(sample, EuclideanDistributions(4, overlap=True), "P0", "P1").steps
    assert [(step.at_one, step.until) for step in steps] == [(0, 2), (0, 2)]
