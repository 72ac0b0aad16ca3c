"""Domains observed over different windows in one life: void where another domain is observed."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given

from tests.alignment.reference import made
from tests.alignment.test_laws import few, lives
from trajectories.alignment.costs.cost_rules import (
    constant_costs,
    dynamic_transition_costs,
    future_costs,
    rarity_costs,
    transition_costs,
)
from trajectories.alignment.domains import fused, joint
from trajectories.alignment.explaining.explanation import explain
from trajectories.alignment.measures.basic import (
    DynamicHamming,
    Hamming,
    LongestCommonSubsequence,
    Measure,
    OptimalMatching,
)
from trajectories.alignment.pairwise import dissimilarities
from trajectories.sequences.sequences import MISSING, VOID, Sequences

TWO_WINDOWS = made([
    [[0, 0, 1, 1, VOID], [VOID, 1, 1, 1, VOID]],
    [[0, 0, 0, 1, 1], [1, 1, 1, VOID, VOID]],
    [[0, 1, 1, 1, 1], [0, 0, 1, 1, 1]],
], [2, 2])  # fmt: skip
"""The second domain begins later in one life and ends earlier in another; one life ends before the window."""


def double(sample: Sequences, measure: Measure) -> np.ndarray:
    return dissimilarities(sample, measure, precision="double").condensed


def told_missing(sample: Sequences) -> Sequences:
    """The same lives with a domain that is void where another is observed told as missing."""
    seen = (sample.states != VOID).any(axis=1, keepdims=True)
    told = np.where((sample.states == VOID) & seen, MISSING, sample.states)
    return replace(sample, states=told.astype(np.int16))


@few
@given(lives(domains=2, low=VOID))
def test_added_domains_count_it_as_missing(sample: Sequences) -> None:
    assume((sample.states != VOID).any(axis=1).any(axis=1).all())
    for costs in (constant_costs(sample), transition_costs(sample), future_costs(sample)):
        measure = OptimalMatching(costs)
        np.testing.assert_array_equal(double(sample, measure), double(told_missing(sample), measure))
    np.testing.assert_array_equal(double(sample, LongestCommonSubsequence()),
                                  double(told_missing(sample), LongestCommonSubsequence()))  # fmt: skip


def test_position_by_position_too() -> None:
    window = replace(TWO_WINDOWS, states=TWO_WINDOWS.states[:, :, :4], positions=TWO_WINDOWS.positions[:4])
    costs = dynamic_transition_costs(window)
    for measure in (Hamming(), Hamming(constant_costs(window)), DynamicHamming(costs)):
        np.testing.assert_array_equal(double(window, measure), double(told_missing(window), measure))
    found = dissimilarities(window, Hamming(), precision="double").between("P0", "P1")
    assert found == 1 + 2, "in the first domain one month, in the second both where only one is observed"
    ignored = dissimilarities(window, Hamming(missing="ignore"), precision="double").between("P0", "P1")
    assert ignored == 1, "what is observed in both is the same"


def test_rarity_has_a_price_for_it() -> None:
    costs = rarity_costs(TWO_WINDOWS)
    for domain in costs.domains[1:]:
        assert np.asarray(domain.missing).min() > 0
    one_window = made([[[0, 1], [0, 1]], [[1, 1], [1, 1]]], [2, 2])
    assert rarity_costs(one_window).domains[1].missing == 0


def test_fused_domains_make_states_of_it() -> None:
    together = fused(TWO_WINDOWS)
    assert together.alphabets[0] == ("s0+s0", "s0+s1", "s0+%", "s1+s0", "s1+s1", "s1+%")
    assert together.lengths[:, 0].tolist() == [4, 5, 5]
    assert "not observed" in together.domains[0].labels["s0+%"]
    assert np.isfinite(double(together, OptimalMatching(constant_costs(together)))).all()


def test_summed_domains_leave_it_out() -> None:
    legal = TWO_WINDOWS.only("d1")
    assert legal.lengths[:, 0].tolist() == [3, 3, 5]
    costs = constant_costs(TWO_WINDOWS)
    alone = {d.name: dissimilarities(TWO_WINDOWS.only(d.name), OptimalMatching(costs), precision="double")
             for d in TWO_WINDOWS.domains}  # fmt: skip
    assert alone["d1"].between("P0", "P1") == 0, "three months of the same state in both"
    found = joint(alone)
    np.testing.assert_allclose(found.condensed, alone["d0"].condensed + alone["d1"].condensed)


def test_the_alignment_tells_it() -> None:
    found = explain(TWO_WINDOWS, OptimalMatching(constant_costs(TWO_WINDOWS)), "P0", "P1")
    second = found.table().query("domain == 'd1'")
    assert "missing" in set(second["one"]) | set(second["other"])
    expected = dissimilarities(TWO_WINDOWS, OptimalMatching(constant_costs(TWO_WINDOWS))).between("P0", "P1")
    assert found.cost == pytest.approx(expected)


def test_a_domain_never_observed_in_a_life() -> None:
    sample = made([[[0, 1], [VOID, VOID]], [[0, 1], [1, 1]]], [2, 2])
    assert dissimilarities(sample, OptimalMatching(constant_costs(sample))).condensed[0] == 4
    assert fused(sample).alphabets[0] == ("s0+s1", "s0+%", "s1+s1", "s1+%")
