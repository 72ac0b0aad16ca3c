"""Costs of very different size: what is large takes no digits from what is small."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.alignment.reference import made, textbook
from trajectories.alignment.computing.arithmetic import Precision
from trajectories.alignment.costs.costs import Costs, DomainCosts
from trajectories.alignment.explaining.explanation import explain
from trajectories.alignment.measures.basic import Hamming, OptimalMatching
from trajectories.alignment.measures.norms import Norm
from trajectories.alignment.measures.spells import SpellLengthMatching, SpellMatching
from trajectories.alignment.measures.transitions import TransitionMatching
from trajectories.alignment.pairwise import dissimilarities, dissimilarities_to
from trajectories.sequences.sequences import VOID, Sequences

TABLE = np.array([[0.0, 0.31, 0.17], [0.31, 0.0, 0.43], [0.17, 0.43, 0.0]])


def _costs(indel: float, scale: float = 1.0, domains: int = 1) -> Costs:
    return Costs(tuple(DomainCosts(f"d{i}", ("s0", "s1", "s2"), scale * TABLE, np.full(3, indel), scale)
                       for i in range(domains)), "stated")  # fmt: skip


def _lives(domains: int = 1, *, equal: bool, people: int = 12, length: int = 40) -> Sequences:
    random = np.random.default_rng(3)
    states = random.integers(0, 3, (people, domains, length)).astype(np.int16)
    for life in () if equal else states[1:]:
        life[:, random.integers(length // 2, length) :] = VOID
    return made(states, [3] * domains)


@pytest.mark.parametrize("indel", [1e3, 1e9, 1e15])
@pytest.mark.parametrize(("precision", "error"), [("single", 1e-5), ("double", 1e-12)])
@pytest.mark.parametrize("domains", [1, 2])
def test_with_prohibitive_indels_alignment_is_hamming_to_the_last_digits(
    indel: float, precision: Precision, error: float, domains: int
) -> None:
    lives = _lives(domains, equal=True)
    matched = dissimilarities(lives, OptimalMatching(_costs(indel, domains=domains)), precision=precision)
    counted = dissimilarities(lives, Hamming(_costs(1.0, domains=domains)), precision="double")
    np.testing.assert_allclose(matched.condensed, counted.condensed, rtol=error)


@given(st.lists(st.floats(0.1, 200), min_size=3, max_size=3), st.integers(1, 9), st.integers(1, 9),
       st.integers(1, 2))  # fmt: skip
def test_only_the_difference_in_length_pays_them(indels: list[float], one: int, other: int,
                                                 domains: int) -> None:
    states = np.random.default_rng(one * 10 + other).integers(0, 3, (2, domains, 9)).astype(np.int16)
    states[0, :, one:] = states[1, :, other:] = VOID
    lives = made(states, [3] * domains)
    costs = Costs(tuple(DomainCosts(f"d{i}", ("s0", "s1", "s2"), TABLE, np.array(indels), 0.4)
                        for i in range(domains)), "stated")  # fmt: skip
    tables = [each.with_missing() for each in costs.domains]
    prices = [each.indel_with_missing() for each in costs.domains]
    expected = textbook(lives.states[0], lives.states[1], tables, prices)
    found = dissimilarities(lives, OptimalMatching(costs), precision="double")
    np.testing.assert_allclose(found.condensed, [expected], rtol=1e-12)
    assert explain(lives, OptimalMatching(costs), "P0", "P1").cost == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize(("indel", "scale"), [(1e9, 1.0), (1e12, 1.0), (0.2e-9, 1e-9), (0.2e-12, 1e-12)])
def test_an_alignment_is_one_of_least_cost_whatever_the_size_of_its_costs(indel: float, scale: float) -> None:
    lives, measure = _lives(equal=True), OptimalMatching(_costs(indel, scale))
    found = dissimilarities(lives, measure, precision="double")
    for other in lives.ids[1:]:
        assert found.explain("P0", other).cost == pytest.approx(found.between("P0", other), rel=1e-9)


def test_spells_and_transitions_too() -> None:
    lives = _lives(equal=False)
    for made_of in (SpellMatching, SpellLengthMatching, lambda costs: TransitionMatching(costs, 0.5)):
        measure = made_of(_costs(1e9))
        found = dissimilarities(lives, measure, precision="double")
        for other in lives.ids[1:]:
            assert found.explain("P0", other).cost == pytest.approx(found.between("P0", other), rel=1e-12)
    pair = lives.select(["P0", "P0"])
    assert not dissimilarities(pair, SpellMatching(_costs(1e9))).condensed.any()


@pytest.mark.parametrize("norm", [None, "gmean", "YujianBo"])
def test_the_own_life_is_at_0_in_floats_too(norm: Norm | None) -> None:
    lives = _lives(equal=False, people=30)
    for measure in (OptimalMatching(_costs(0.37), norm=norm), SpellLengthMatching(_costs(0.37), norm=norm)):
        found = dissimilarities_to(lives, lives, measure)
        np.testing.assert_array_equal(found.values.diagonal(), 0)


def test_states_that_cost_nothing_against_each_other_leave_nothing_in_floats() -> None:
    random = np.random.default_rng(5)
    states = random.integers(0, 2, (20, 1, 60)).astype(np.int16)
    twin = np.where(states == 0, 2, states).astype(np.int16)
    table, indel = np.array([[0.0, 0.31, 0.0], [0.31, 0.0, 0.31], [0.0, 0.31, 0.0]]), [0.37, 0.41, 0.37]
    costs = Costs((DomainCosts("d0", ("s0", "s1", "s2"), table, np.array(indel), 1.0),), "stated")
    lives = made(np.concatenate([states, twin]), [3])
    for norm in (None, "gmean"):
        found = dissimilarities(lives, OptimalMatching(costs, norm=norm), precision="double")
        assert [found.between(f"P{i}", f"P{i + 20}") for i in range(20)] == [0.0] * 20
