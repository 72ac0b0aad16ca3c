"""Normalisations where something is missing: the most there can be counts its price, as in TraMineR."""

from __future__ import annotations

import numpy as np
import pytest

from tests.alignment.reference import made
from trajectories.alignment.costs.costs import Costs, DomainCosts
from trajectories.alignment.measures.basic import DynamicHamming, Hamming, OptimalMatching
from trajectories.alignment.measures.norms import Norm
from trajectories.alignment.pairwise import dissimilarities
from trajectories.sequences.sequences import MISSING

TABLE = np.array([[0.0, 0.5], [0.5, 0.0]])


def _costs(missing: float, weight: float = 1.0) -> DomainCosts:
    return DomainCosts("d0", ("s0", "s1"), TABLE, np.full(2, 3.0), missing, weight)


def test_missing_may_be_the_dearest_substitution() -> None:
    lives = made([[[0, 1, 0, 0]], [[MISSING] * 4], [[0, 1, MISSING, 0]]], [2])
    found = dissimilarities(lives, OptimalMatching(Costs((_costs(2.0),), "stated"), norm="maxdist"))
    np.testing.assert_allclose(found.condensed, [1, 0.25, 0.75])
    found = dissimilarities(lives, OptimalMatching(Costs((_costs(2.0),), "stated"), norm="gmean"))
    np.testing.assert_allclose(found.condensed, [1 - (8 - d) / 24 for d in (8, 2, 6)], rtol=1e-6)


@pytest.mark.parametrize("norm", ["maxlength", "maxdist", "auto"])
def test_position_by_position_too(norm: Norm) -> None:
    lives = made([[[0, 1, 0, 0]], [[MISSING] * 4], [[0, 1, MISSING, 0]]], [2])
    found = dissimilarities(lives, Hamming(Costs((_costs(2.0),), "stated"), norm=norm))
    np.testing.assert_allclose(found.condensed, [1, 0.25, 0.75])
    dynamic = DomainCosts("d0", ("s0", "s1"), np.stack([TABLE] * 4), np.full(2, 3.0), 2.0)
    found = dissimilarities(lives, DynamicHamming(Costs((dynamic,), "stated"), norm=norm))
    np.testing.assert_allclose(found.condensed, [1, 0.25, 0.75])


def test_only_in_the_domains_where_it_is() -> None:
    lives = made([[[0, 1], [0, 1]], [[MISSING, 1], [1, 1]]], [2, 2])
    other = DomainCosts("d1", ("s0", "s1"), TABLE, np.full(2, 3.0), 2.0, 3.0)
    costs = Costs((_costs(2.0, weight=0.5), other), "stated")
    most = 2 * (0.5 * 2.0 + 3.0 * 0.5)
    for measure in (OptimalMatching(costs, norm="maxdist"), Hamming(costs, norm="maxdist")):
        found = dissimilarities(lives, measure)
        np.testing.assert_allclose(found.condensed, [(0.5 * 2.0 + 3.0 * 0.5) / most])


def test_nobody_missing_leaves_the_dearest_state() -> None:
    lives = made([[[0, 1]], [[1, 1]]], [2])
    for measure in (OptimalMatching, Hamming):
        found = dissimilarities(lives, measure(Costs((_costs(2.0),), "stated"), norm="maxdist"))
        np.testing.assert_allclose(found.condensed, [0.5])


def test_positions_left_out_leave_the_price_of_missing_out() -> None:
    lives = made([[[0, 1, 0, 0]], [[1, MISSING, 0, 0]]], [2])
    found = dissimilarities(lives, Hamming(Costs((_costs(2.0),), "stated"), norm="maxdist", missing="ignore"))
    np.testing.assert_allclose(found.condensed, [(0.5 * 4 / 3) / (4 * 0.5)], rtol=1e-6)
