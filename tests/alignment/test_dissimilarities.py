"""The noun itself, and what is recorded in it."""

from __future__ import annotations

import numpy as np
import pytest

from tests.alignment.reference import lives_of
from trajectories.alignment.costs.by_hand import stated_costs
from trajectories.alignment.costs.cost_rules import constant_costs, transition_costs
from trajectories.alignment.dissimilarities import Dissimilarities
from trajectories.alignment.measures.basic import Hamming, LongestCommonSubsequence, OptimalMatching
from trajectories.alignment.pairwise import dissimilarities
from trajectories.errors import SettingError


@pytest.fixture(scope="module")
def found() -> Dissimilarities:
    return dissimilarities(lives_of("s60"), Hamming())


def test_square_and_between_agree_with_condensed(found: Dissimilarities) -> None:
    square = found.square()
    assert square.dtype == np.float64
    np.testing.assert_array_equal(square[np.triu_indices(60, 1)], found.condensed)
    np.testing.assert_array_equal(square, square.T)
    assert found.between("S03", "S01") == found.between("S01", "S03") == square[0, 2]
    assert found.between("S05", "S05") == 0


def test_select_takes_people_in_the_order_asked_for(found: Dissimilarities) -> None:
    ids = ["S07", "S01", "S60", "S02"]
    part = found.select(ids)
    index = [6, 0, 59, 1]
    np.testing.assert_array_equal(part.square(), found.square()[np.ix_(index, index)])
    assert part.ids == tuple(ids)
    assert found.select(["S02"]).square().tolist() == [[0.0]]
    assert found.select([]).n == 0


def test_a_stranger_is_refused(found: Dissimilarities) -> None:
    with pytest.raises(SettingError, match="'X9': not among these 60 people"):
        found.between("S01", "X9")
    with pytest.raises(SettingError, match="'X9'"):
        found.select(["X9"])


def test_what_was_done_is_recorded() -> None:
    lives = lives_of("s60")
    rates = transition_costs(lives)
    single = dissimilarities(lives, OptimalMatching(rates))
    assert single.condensed.dtype == np.float32
    assert "16-bit whole numbers, relative error below" in single.numbers
    double = dissimilarities(lives, OptimalMatching(rates), precision="double")
    assert double.condensed.dtype == np.float64
    assert double.numbers == "double precision"
    assert "exact" in dissimilarities(lives, LongestCommonSubsequence()).numbers
    assert "60 people by optimal matching (costs: transition rates)" in repr(single)


def test_costs_too_uneven_for_whole_numbers_are_computed_in_floats() -> None:
    lives = lives_of("s60")
    table = np.full((6, 6), np.pi * 1e6)
    table[0, 1] = table[1, 0] = np.e * 1e-3
    np.fill_diagonal(table, 0)
    costs = stated_costs(lives, {"state": table})
    assert dissimilarities(lives, OptimalMatching(costs)).numbers == "double precision"


def test_describe() -> None:
    costs = constant_costs(lives_of("mc")).weighted(legal=2)
    assert OptimalMatching(costs, indel=1.5, norm="gmean").describe() == (
        "optimal matching (costs: constant, indel 1.5, weights location 1, legal 2, activism 1, norm gmean)"
    )
    assert Hamming().describe() == "Hamming"
