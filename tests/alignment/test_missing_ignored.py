"""Missing positions left out of a comparison position by position: what is known stands for the window."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given

from tests.alignment.reference import lives_of, made
from tests.alignment.test_laws import few, lives, prices
from trajectories.alignment.costs.cost_rules import (
    constant_costs,
    dynamic_transition_costs,
    transition_costs,
)
from trajectories.alignment.costs.costs import Costs
from trajectories.alignment.explaining.explanation import explain
from trajectories.alignment.measures.basic import DynamicHamming, Hamming
from trajectories.alignment.measures.distributions import ChiSquared, EuclideanDistributions
from trajectories.alignment.pairwise import dissimilarities, dissimilarities_to
from trajectories.errors import SettingError
from trajectories.sequences.sequences import MISSING, VOID, Sequences

IGNORE = Hamming(missing="ignore")


def by_hand(sample: Sequences, costs: Costs, i: int, j: int) -> float:
    """Sum over domains of T / K times what the K positions known of both cost."""
    total = 0.0
    for layer, one in enumerate(costs.domains):
        a, b = sample.states[i, layer], sample.states[j, layer]
        known = (a >= 0) & (b >= 0)
        found = sum(one.substitution[p, q] for p, q in zip(a[known], b[known], strict=True))
        total += one.weight * found * len(a) / known.sum()
    return total


def test_what_is_known_stands_for_the_window() -> None:
    sample = made([[[0, 0, 1, MISSING]], [[0, 1, MISSING, 1]], [[0, 0, 1, 1]]], [2])
    found = dissimilarities(sample, IGNORE, precision="double").square()
    assert found[0, 1] == 1 * 4 / 2
    assert found[0, 2] == 0
    assert found[1, 2] == pytest.approx(1 * 4 / 3)
    normed = dissimilarities(sample, replace(IGNORE, norm="maxlength"), precision="double").square()
    np.testing.assert_allclose(normed, found / 4)
    assert IGNORE.describe() == "Hamming (missing positions ignored)"


@few
@given(lives(domains=2, low=MISSING), prices(("d0", "d1")))
def test_each_domain_by_what_is_known_of_it(sample: Sequences, costs: Costs) -> None:
    sample.states[:, :, 0] = np.maximum(sample.states[:, :, 0], 0)
    costs = costs.weighted(d0=2, d1=0.5)
    measure = Hamming(costs, missing="ignore")
    found = dissimilarities(sample, measure, precision="double").square()
    for i in range(sample.n):
        for j in range(i):
            assert found[i, j] == pytest.approx(by_hand(sample, costs, i, j), abs=1e-6)
    np.testing.assert_allclose(explain(sample, measure, "P0", "P1").cost, found[0, 1], atol=1e-6)
    to = dissimilarities_to(sample, sample.select(["P1"]), measure).values
    np.testing.assert_allclose(to[:, 0], found[:, 1], atol=1e-6)


def test_without_missing_nothing_changes() -> None:
    for name in ("s60", "mc"):
        sample = lives_of(name)
        for plain in (Hamming(), DynamicHamming(), Hamming(constant_costs(sample), norm="gmean")):
            ignoring = replace(plain, missing="ignore")
            found, expected = (dissimilarities(sample, one, precision="double") for one in (ignoring, plain))
            np.testing.assert_allclose(found.condensed, expected.condensed)


def test_numbers_and_progress_are_those_of_all_domains() -> None:
    sample, told = lives_of("mc_missing"), list[float]()
    measure = Hamming(transition_costs(sample), missing="ignore")
    found = dissimilarities(sample, measure, progress=told.append)
    assert "whole numbers, relative error below" in found.numbers
    assert dissimilarities(sample, measure, precision="double").numbers == "double precision"
    assert told == sorted(told)
    assert told[-1] == 1.0


def test_costs_of_each_position_too() -> None:
    sample = lives_of("s70")
    costs = dynamic_transition_costs(sample)
    found = dissimilarities(sample, DynamicHamming(costs, missing="ignore"), precision="double")
    table, states = costs.domains[0].substitution, sample.states[:, 0]
    i, j = 2, 65
    known = np.flatnonzero((states[i] >= 0) & (states[j] >= 0))
    expected = sum(table[t, states[i, t], states[j, t]] for t in known) * sample.length / len(known)
    assert found.square()[i, j] == pytest.approx(expected)


def test_a_domain_void_where_another_is_observed_is_ignored_as_missing() -> None:
    sample = made([[[0, 0, 0], [1, 1, VOID]], [[0, 0, 0], [0, 1, 1]]], [2, 2])
    assert dissimilarities(sample, IGNORE).condensed[0] == pytest.approx(1.5)
    assert dissimilarities(sample, Hamming()).condensed[0] == 2


def test_lives_never_known_together_are_named() -> None:
    sample = made([[[0, MISSING]], [[0, 0]], [[MISSING, 1]]], [2])
    with pytest.raises(SettingError, match="'P0' and 'P2' have no position at which both are known"):
        dissimilarities(sample, IGNORE)
    with pytest.raises(SettingError, match="no position at which both are known in domain 'd0'"):
        explain(sample, IGNORE, "P0", "P2")


def test_distributions_of_the_known_positions() -> None:
    gaps = made([[[0, 0, MISSING, MISSING]], [[0, 0, 1, 1]], [[0, MISSING, MISSING, 1]]], [2])
    measure = EuclideanDistributions(step=4, missing="ignore")
    found = dissimilarities(gaps, measure, precision="double").square()
    assert found[0, 1] == pytest.approx(np.sqrt(0.5))
    assert found[1, 2] == 0
    whole = lives_of("s60")
    for plain in (EuclideanDistributions(step=6), ChiSquared(step=6)):
        ignoring = replace(plain, missing="ignore")
        np.testing.assert_allclose(dissimilarities(whole, ignoring).condensed,
                                   dissimilarities(whole, plain).condensed)  # fmt: skip
