"""Pairs in order say the same whatever weights are counted in, and wherever a stretch of them ends."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.typology.material import on_a_line, scattered
from trajectories.typology import ordered_pairs
from trajectories.typology.ordered_pairs import OrderedPairs

TYPES = np.arange(9) % 3


@pytest.mark.parametrize("diagonal", [True, False])
@given(
    places=st.lists(st.integers(0, 5), min_size=9, max_size=9),
    weights=st.lists(st.integers(0, 3), min_size=9, max_size=9).filter(any),
    chunk=st.integers(1, 40),
)
@settings(deadline=None, max_examples=60)
def test_a_stretch_may_end_anywhere(diagonal, places, weights, chunk):
    pairs = OrderedPairs.of(on_a_line(places, weights))
    known = pairs.couples(TYPES, diagonal)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(ordered_pairs, "_CHUNK", chunk)
        assert vars(pairs.couples(TYPES, diagonal)) == vars(known)


@given(
    weights=st.one_of(
        st.lists(st.integers(0, 3), min_size=9, max_size=9).filter(any),
        st.sampled_from([1, 2, 3]).map(lambda same: [same] * 9),
    ),
    seed=st.integers(0, 99),
)
@settings(deadline=None, max_examples=40)
def test_whole_weights_say_what_fractions_of_them_say(weights, seed):
    whole = OrderedPairs.of(scattered(9, seed, weights))
    diss = scattered(9, seed, weights)
    parts = OrderedPairs.of(replace(diss, weights=diss.weights * 0.3))
    assert whole.whole.dtype == np.int64
    np.testing.assert_allclose(whole.whole * whole.unit, whole.weights)
    for name, value in vars(whole.couples(TYPES, True)).items():
        assert getattr(parts.couples(TYPES, True), name) == pytest.approx(0.3**4 * value, rel=1e-12)
    half = whole.below[-1] / 2
    assert parts.smallest(0.09 * half) == pytest.approx(0.09 * whole.smallest(half), rel=1e-12)
    assert parts.largest(0.09 * half) == pytest.approx(0.09 * whole.largest(half), rel=1e-12)


def test_the_sums_of_all_pairs_are_the_same_from_both_ends():
    pairs = OrderedPairs.of(scattered(30, 1))
    everything = float(pairs.below[-1])
    assert pairs.smallest(0) == pairs.largest(0) == 0
    assert pairs.smallest(everything) == pytest.approx(pairs.largest(everything))
    assert pairs.smallest(10 * everything) == pytest.approx(pairs.sums[-1])
    assert pairs.smallest(everything / 2) < pairs.largest(everything / 2)
