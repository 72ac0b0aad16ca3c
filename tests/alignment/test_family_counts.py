"""The vector instructions over spells against plain loops, and in which numbers they count."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from tests.alignment.reference import lives_of, made
from tests.alignment.test_laws import few, lives, prices, square
from trajectories.alignment.costs.cost_rules import constant_costs, transition_costs
from trajectories.alignment.costs.costs import Costs
from trajectories.alignment.measures import spell_numbers, spells
from trajectories.alignment.measures.basic import Measure
from trajectories.alignment.measures.spells import SpellLengthMatching, SpellMatching
from trajectories.alignment.measures.subsequences import MatchingSubsequences, SubsequenceVectors
from trajectories.alignment.pairwise import dissimilarities
from trajectories.sequences.sequences import VOID, Sequences


def counted(size: int, a: list[int], b: list[int]) -> float:
    """Square of how many subsequences two lives do not share, one after the other."""

    def ways(one: list[int], other: list[int]) -> float:
        table = np.zeros((len(one) + 1, len(other) + 1))
        for i, x in enumerate(one):
            for j, y in enumerate(other):
                table[i + 1, j + 1] = (table[i, j + 1] + table[i + 1, j] - table[i, j]
                                       + (1 + table[i, j]) * (x == y))  # fmt: skip
        return float(table[-1, -1])

    return ways(a, a) + ways(b, b) - 2 * ways(a, b)


@pytest.mark.parametrize("length", [5, 20, 60])
def test_counts_of_every_size_are_those_of_plain_loops(length: int) -> None:
    """Few are counted in 32-bit floats, single ones beyond them again in 64, many in 64 at once."""
    rng = np.random.default_rng(length)
    states = rng.integers(3, size=(21, 1, length))
    states[1:3, 0] = states[0, 0]
    states[1, 0, -1] = 2 - states[0, 0, -1]
    states[3:, 0, length // 2 :] = VOID
    sample = made(states, [3])
    codes = [[int(state) for state in life[0] if state != VOID] for life in states]
    expected = np.sqrt([[max(counted(3, a, b), 0) for b in codes] for a in codes])
    np.testing.assert_allclose(square(sample, MatchingSubsequences()), expected, rtol=1e-9, atol=1e-6)


def test_some_lives_share_more_than_32_bits_hold() -> None:
    rng = np.random.default_rng(2)
    states = rng.integers(8, size=(30, 1, 14))
    states[0] = np.tile([0, 1], 7)
    states[1] = np.tile([1, 0], 7)
    sample = made(np.repeat(states, 8, axis=2), [8])
    ones = (1.0,) * 40
    found = square(sample, SubsequenceVectors())
    np.testing.assert_allclose(found, square(sample, SubsequenceVectors(weights=ones)), rtol=1e-12)


@few
@given(lives(low=VOID), prices(), st.sampled_from([0.0, 0.25, 0.5, 1.3]), st.sampled_from([0.5, 1.0]))
def test_spells_in_whole_numbers_are_near_those_in_floats(
    sample: Sequences, costs: Costs, expansion: float, power: float
) -> None:
    measure = SpellMatching(costs, expansion, power)
    single = dissimilarities(sample, measure)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(spells, "whole_spells", lambda *given: None)
        floats = square(sample, measure)
    np.testing.assert_allclose(single.square(), floats, rtol=1e-5, atol=1e-9)
    np.testing.assert_allclose(square(sample, measure), floats, rtol=1e-9, atol=1e-9)


def test_spells_of_exact_costs_are_exact_in_whole_numbers() -> None:
    sample = lives_of("s60")
    exact = SpellMatching(constant_costs(sample), 0.5, indel=1.0)
    near = SpellMatching(transition_costs(sample), 0.5)
    assert "32-bit whole numbers, exact" in dissimilarities(sample, exact, precision="double").numbers
    assert "32-bit whole numbers, relative error below" in dissimilarities(sample, near).numbers
    assert "double precision" in dissimilarities(sample, near, precision="double").numbers


@few
@given(lives(low=VOID), prices(), st.sampled_from(["mean", "gmean"]), st.floats(0, 2))
def test_many_lengths_of_spells_are_aligned_as_they_come(
    sample: Sequences, costs: Costs, link: str, power: float
) -> None:
    measure = SpellLengthMatching(costs, power, link)  # type: ignore[arg-type]
    found = square(sample, measure)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(spell_numbers, "MOST", 0)
        np.testing.assert_allclose(square(sample, measure), found, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("people", [1, 7, 8, 9, 65])
def test_every_place_beside_the_others_is_filled(people: int) -> None:
    """One life at a time gives what all together give, whichever vector it stands in."""
    rng = np.random.default_rng(people)
    sample = made(np.repeat(rng.integers(4, size=(people + 1, 1, 9)), 3, axis=2), [4])
    measures: list[Measure] = [SubsequenceVectors(0.5), SpellMatching(constant_costs(sample), 0.3)]
    for measure in measures:
        together = square(sample, measure)
        apart = [square(sample.select([sample.ids[0], sample.ids[k]]), measure) for k in range(1, people + 1)]
        np.testing.assert_allclose(together[0, 1:], as_row(apart), rtol=1e-12)


def as_row(apart: list[NDArray[np.float64]]) -> NDArray[np.float64]:
    return np.array([pair[0, 1] for pair in apart])
