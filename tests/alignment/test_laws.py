"""What must hold of dissimilarities whatever the lives are."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from numpy.typing import NDArray

from tests.alignment.reference import made, textbook
from trajectories.alignment.costs.by_hand import stated_costs
from trajectories.alignment.costs.cost_rules import constant_costs, transition_costs
from trajectories.alignment.costs.costs import Costs, DomainCosts
from trajectories.alignment.measures.basic import (
    DynamicHamming,
    Hamming,
    LongestCommonSubsequence,
    Measure,
    OptimalMatching,
)
from trajectories.alignment.pairwise import dissimilarities
from trajectories.sequences.sequences import MISSING, VOID, Sequences

SIZE = 4
few = settings(max_examples=40, deadline=None)


@st.composite
def lives(draw: st.DrawFn, domains: int = 1, low: int = 0, people: tuple[int, int] = (2, 9)) -> Sequences:
    """Made lives; ``low`` is MISSING or VOID when these may occur (the first position is always observed)."""
    shape = (draw(st.integers(*people)), domains, draw(st.integers(1, 12)))
    states = draw(arrays.arrays(np.int16, shape, elements=st.integers(low, SIZE - 1)))
    states[:, :, 0] = np.maximum(states[:, :, 0], MISSING)
    return made(states, [SIZE] * domains)


@st.composite
def prices(draw: st.DrawFn, names: tuple[str, ...] = ("d0",)) -> Costs:
    """Any costs: symmetric tables, indels by state, missing, weights."""
    number = st.floats(0, 5, allow_subnormal=False) | st.integers(0, 4).map(float)
    found = []
    for name in names:
        table = draw(arrays.arrays(np.float64, (SIZE, SIZE), elements=number))
        table = np.triu(table, 1) + np.triu(table, 1).T
        indel = draw(arrays.arrays(np.float64, SIZE, elements=number))
        codes = tuple(f"s{k}" for k in range(SIZE))
        weight = draw(st.sampled_from([0.5, 1.0, 2.0]))
        found.append(DomainCosts(name, codes, table, indel, draw(number), weight))
    return Costs(tuple(found), "drawn")


def square(sequences: Sequences, measure: Measure) -> NDArray[np.float64]:
    return dissimilarities(sequences, measure, precision="double").square()


@few
@given(lives(domains=2, low=VOID), prices(("d0", "d1")))
def test_alignment_is_that_of_the_textbook(sample: Sequences, costs: Costs) -> None:
    found = square(sample, OptimalMatching(costs))
    tables = [c.weight * c.with_missing() for c in costs.domains]
    indels = [c.weight * c.indel_with_missing() for c in costs.domains]
    for i in range(sample.n):
        for j in range(i):
            expected = textbook(sample.states[i], sample.states[j], tables, indels)
            np.testing.assert_allclose(found[i, j], expected, rtol=1e-12, atol=1e-11)


@few
@given(lives(domains=2, low=VOID), prices(("d0", "d1")))
def test_single_precision_is_within_its_bound(sample: Sequences, costs: Costs) -> None:
    double = square(sample, OptimalMatching(costs))
    single = dissimilarities(sample, OptimalMatching(costs)).square()
    np.testing.assert_allclose(single, double, rtol=1e-5, atol=1e-11)


@few
@given(lives(low=MISSING), prices())
def test_hamming_adds_up_costs_by_position(sample: Sequences, costs: Costs) -> None:
    table = costs.domains[0].weight * costs.domains[0].with_missing()
    codes = np.where(sample.states[:, 0] < 0, SIZE, sample.states[:, 0])
    expected = table[codes[:, None, :], codes[None, :, :]].sum(axis=2)
    np.testing.assert_allclose(square(sample, Hamming(costs)), expected, rtol=1e-12, atol=1e-12)


@few
@given(lives(low=MISSING))
def test_identity_symmetry_and_triangle(sample: Sequences) -> None:
    for measure in (OptimalMatching(constant_costs(sample)), LongestCommonSubsequence(), Hamming()):
        found = square(sample, measure)
        alike = (sample.states[:, None] == sample.states[None]).all(axis=(2, 3))
        assert (found[alike] == 0).all()
        assert (found[~alike] > 0).all()
        np.testing.assert_array_equal(found, found.T)
        assert (found[:, None, :] <= found[:, :, None] + found[None, :, :] + 1e-9).all()


@few
@given(lives(domains=2, low=MISSING), st.randoms(use_true_random=False))
def test_the_order_of_people_does_not_matter(sample: Sequences, random: object) -> None:
    order = list(sample.ids)
    random.shuffle(order)  # type: ignore[attr-defined]
    for measure in (OptimalMatching(transition_costs(sample)), Hamming(), DynamicHamming(),
                    LongestCommonSubsequence()):  # fmt: skip
        straight = dissimilarities(sample, measure, precision="double").select(order)
        shuffled = dissimilarities(sample.select(order), measure, precision="double")
        np.testing.assert_allclose(shuffled.condensed, straight.condensed, rtol=1e-12, atol=1e-12)


@few
@given(lives(), prices(), st.permutations(range(SIZE)))
def test_the_names_of_states_do_not_matter(sample: Sequences, costs: Costs, order: list[int]) -> None:
    renamed = made(np.argsort(order)[sample.states], [SIZE])
    old = costs.domains[0]
    new = replace(old, substitution=old.substitution[np.ix_(order, order)], indel=old.indel[order])
    for other in (OptimalMatching, Hamming):
        one = square(sample, other(costs))
        two = square(renamed, other(replace(costs, domains=(new,))))
        np.testing.assert_allclose(two, one, rtol=1e-12, atol=1e-12)


@few
@given(lives(domains=2, low=VOID), prices(("d0", "d1")), st.integers(1, 5), st.integers(0, 5))
def test_padding_changes_nothing(sample: Sequences, costs: Costs, after: int, before: int) -> None:
    padded = np.pad(sample.states, [(0, 0), (0, 0), (before, after)], constant_values=VOID)
    wider = made(padded, [SIZE, SIZE])
    measure = OptimalMatching(costs)
    np.testing.assert_allclose(square(wider, measure), square(sample, measure), rtol=1e-12, atol=1e-12)


@few
@given(lives(low=MISSING))
def test_with_prohibitive_indels_alignment_is_hamming(sample: Sequences) -> None:
    costs = transition_costs(sample)
    matched, counted = square(sample, OptimalMatching(costs, indel=1e4)), square(sample, Hamming(costs))
    np.testing.assert_allclose(matched, counted, rtol=1e-9, atol=1e-9)


@few
@given(lives(low=MISSING))
def test_longest_common_subsequence_is_alignment_with_2_and_1(sample: Sequences) -> None:
    matched = square(sample, OptimalMatching(constant_costs(sample, 2), indel=1))
    np.testing.assert_array_equal(square(sample, LongestCommonSubsequence()), matched)


@few
@given(lives(low=MISSING), prices(), st.sampled_from([0.25, 3.0]))
def test_the_weight_of_one_domain_scales(sample: Sequences, costs: Costs, weight: float) -> None:
    plain, scaled = costs.weighted(d0=1.0), costs.weighted(d0=weight)
    for measure in (OptimalMatching, Hamming):
        one, other = square(sample, measure(plain)), square(sample, measure(scaled))
        np.testing.assert_allclose(other, weight * one, rtol=1e-12, atol=1e-12)
    one, tenfold = (square(sample, OptimalMatching(c, indel=1.5)) for c in (plain, costs.weighted(d0=10)))
    np.testing.assert_allclose(tenfold, 10 * one, rtol=1e-12, atol=1e-12)


@few
@given(lives(low=VOID))
def test_two_equal_domains_count_twice_and_one_of_weight_0_not_at_all(sample: Sequences) -> None:
    twice = made(np.repeat(sample.states, 2, axis=1), [SIZE, SIZE])
    once, both = constant_costs(sample), constant_costs(twice)
    expected = square(sample, OptimalMatching(once))
    np.testing.assert_allclose(square(twice, OptimalMatching(both)), 2 * expected)
    np.testing.assert_allclose(square(twice, OptimalMatching(both.weighted(d1=0))), expected)


@few
@given(lives(people=(3, 8)), st.data())
def test_equal_lives_are_equally_far_from_everybody(sample: Sequences, data: st.DataObject) -> None:
    which = data.draw(st.lists(st.integers(0, sample.n - 1), min_size=2, max_size=20))
    repeated = made(sample.states[which], [SIZE])
    costs = constant_costs(sample)
    expected = square(sample, OptimalMatching(costs))[np.ix_(which, which)]
    np.testing.assert_array_equal(square(repeated, OptimalMatching(costs)), expected)


def test_more_lives_than_lanes_over_several_blocks() -> None:
    rng = np.random.default_rng(3)
    states = rng.integers(VOID, SIZE, size=(150, 2, 11)).astype(np.int16)
    states[:, :, 4] = 0
    sample = made(states, [SIZE, SIZE])
    table = rng.random((SIZE, SIZE))
    table = np.triu(table, 1) + np.triu(table, 1).T
    costs = stated_costs(sample, {"d0": table, "d1": 1 - np.eye(SIZE)})
    found = square(sample, OptimalMatching(costs))
    tables = [c.with_missing() for c in costs.domains]
    indels = [c.indel_with_missing() for c in costs.domains]
    for i, j in rng.integers(0, 150, size=(60, 2)):
        expected = textbook(states[i], states[j], tables, indels)
        np.testing.assert_allclose(found[i, j], expected, rtol=1e-12, atol=1e-12)
