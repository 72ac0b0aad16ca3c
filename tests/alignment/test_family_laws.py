"""What must hold of the whole family whatever the lives are, and what it refuses."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from numpy.typing import NDArray

from tests.alignment.reference import lives_of, made, textbook
from tests.alignment.test_laws import SIZE, few, lives, prices, square
from trajectories.alignment.costs.cost_rules import constant_costs, dynamic_transition_costs, transition_costs
from trajectories.alignment.costs.costs import Costs
from trajectories.alignment.measures.basic import (
    Hamming,
    LongestCommonSubsequence,
    Measure,
    OptimalMatching,
)
from trajectories.alignment.measures.common_ends import CommonPrefix, CommonSuffix
from trajectories.alignment.measures.distributions import ChiSquared, EuclideanDistributions
from trajectories.alignment.measures.edits import LocalizedMatching, TimeWarpEdit
from trajectories.alignment.measures.spells import SpellLengthMatching, SpellMatching
from trajectories.alignment.measures.subsequences import (
    MatchingSubsequences,
    SharedTimeSubsequences,
    SubsequenceVectors,
)
from trajectories.alignment.measures.transitions import TransitionMatching
from trajectories.alignment.pairwise import dissimilarities, dissimilarities_to
from trajectories.errors import SettingError
from trajectories.sequences.sequences import MISSING, VOID, Sequences

Make = Callable[[Costs], Measure]

WITH_COSTS: dict[str, Make] = {
    "localized": lambda c: LocalizedMatching(c, 0.2),
    "time warp": lambda c: TimeWarpEdit(c, 0.5, 0.3),
    "spells": lambda c: SpellMatching(c, 0.3, 0.5),
    "spell length": lambda c: SpellLengthMatching(c),
    "spell length, gmean": lambda c: SpellLengthMatching(c, 1.0, "gmean"),
    "transitions": lambda c: TransitionMatching(c, 0.4),
    "transitions from before": lambda c: TransitionMatching(c, 0.4, "substitution", previous=True),
}
WITHOUT: dict[str, Measure] = {
    "prefix": CommonPrefix(), "suffix": CommonSuffix("gmean"), "NMS": MatchingSubsequences(),
    "NMS of 2": MatchingSubsequences((1.0, 2.0)), "NMSMST": SharedTimeSubsequences(0.5),
    "SVR": SubsequenceVectors(), "CHI2": ChiSquared(2), "EUCLID": EuclideanDistributions(3, normalised=True),
}  # fmt: skip


def every(sample: Sequences) -> list[Measure]:
    costs = constant_costs(sample)
    return [make(costs) for make in WITH_COSTS.values()] + list(WITHOUT.values())


@few
@given(lives(low=MISSING))
def test_nobody_is_unlike_the_own_life_and_unlikeness_is_mutual(sample: Sequences) -> None:
    turned = sample.select(sample.ids[::-1])
    for measure in every(sample):
        found = square(sample, measure)
        assert np.isfinite(found).all()
        assert (found >= 0).all()
        alike = (sample.states[:, None] == sample.states[None]).all(axis=(2, 3))
        assert (found[alike] == 0).all()
        np.testing.assert_allclose(square(turned, measure), found[::-1, ::-1], rtol=1e-9, atol=1e-6)


@few
@given(lives(low=VOID, people=(3, 7)))
def test_a_detour_is_never_shorter(sample: Sequences) -> None:
    """Where the measure is a metric: common ends, square roots of what vectors differ by, and optimal
    matching whose costs keep the triangle inequality."""
    costs = constant_costs(sample)
    metrics = [measure for measure in WITHOUT.values() if not isinstance(measure, SharedTimeSubsequences)]
    metrics = [CommonSuffix() if isinstance(m, CommonSuffix) else m for m in metrics]
    for measure in [*metrics, SpellMatching(costs, 0.3, 0.5), SpellLengthMatching(costs, 0.0),
                    TransitionMatching(costs, 0.4), TimeWarpEdit(costs, 0.5, 0.3)]:  # fmt: skip
        found = square(sample, measure)
        detour = (found[:, :, None] + found[None]).min(axis=1)
        assert (found <= detour + 1e-6 + 1e-9 * found.max()).all(), measure.describe()


@few
@given(lives(low=MISSING), st.permutations(range(SIZE)))
def test_names_of_states_mean_nothing(sample: Sequences, names: list[int]) -> None:
    """Only the time-warp edit begins from the first state of the alphabet, as the reference does."""
    order = np.array([*names, MISSING], dtype=np.int16)
    renamed = made(order[np.where(sample.states == MISSING, SIZE, sample.states)], [SIZE])
    for one, other in zip(every(sample), every(renamed), strict=True):
        if not isinstance(one, TimeWarpEdit):
            np.testing.assert_allclose(square(renamed, other), square(sample, one), rtol=1e-9, atol=1e-6)


@few
@given(lives(low=VOID), st.integers(1, 4))
def test_padding_changes_nothing(sample: Sequences, after: int) -> None:
    wider = made(np.pad(sample.states, [(0, 0), (0, 0), (0, after)], constant_values=VOID), [SIZE])
    for measure in every(sample):
        if isinstance(measure, EuclideanDistributions):
            continue
        np.testing.assert_allclose(square(wider, measure), square(sample, measure), rtol=1e-9, atol=1e-9)


@few
@given(lives(low=VOID))
def test_the_whole_family_keeps_to_32_bits_within_its_bound(sample: Sequences) -> None:
    for measure in every(sample):
        single = dissimilarities(sample, measure).square()
        np.testing.assert_allclose(single, square(sample, measure), rtol=1e-5, atol=1e-9)


@few
@given(lives(low=VOID), prices())
def test_what_becomes_optimal_matching(sample: Sequences, costs: Costs) -> None:
    matched = square(sample, OptimalMatching(costs))
    for link in ("mean", "gmean"):
        flat = SpellLengthMatching(costs, 0.0, link)  # type: ignore[arg-type]
        np.testing.assert_allclose(square(sample, flat), matched, rtol=1e-9, atol=1e-9)


@few
@given(lives(low=MISSING))
def test_states_alone_are_optimal_matching_in_units_of_the_dearest(sample: Sequences) -> None:
    costs = constant_costs(sample, 3.0, missing=3.0)
    alone = square(sample, TransitionMatching(costs, 1.0))
    np.testing.assert_allclose(3 * alone, square(sample, OptimalMatching(costs)), rtol=1e-9, atol=1e-9)


@few
@given(lives(low=VOID), prices(), st.booleans(), st.booleans(), st.floats(0, 1))
def test_transitions_are_the_matching_of_what_they_are_made_of(
    sample: Sequences, costs: Costs, substitution: bool, previous: bool, share: float
) -> None:
    own = costs.domains[0]
    table, indel = own.with_missing(), own.indel_with_missing()
    assume(table.max() > 1e-3 and table[:SIZE, :SIZE].max() == table.max())
    assume(indel[:SIZE].max() == indel.max())
    steps = [made_of(life[0][life[0] != VOID], previous) for life in sample.states]
    kinds = sorted({step for life in steps for step in life})
    price = indel.max() / table.max() * (table / table.max() if substitution else 1 - np.eye(len(table)))
    move = np.array([(price[a, b] + price[b, c]) / (1 + previous) for a, b, c in kinds])
    here = [kind[1] for kind in kinds]
    whole = share * table[np.ix_(here, here)] / table.max() + (1 - share) * np.add.outer(move, move)
    np.fill_diagonal(whole, 0)
    alone = share * indel[here] / table.max() + (1 - share) * move
    coded = [np.array([[kinds.index(step) for step in life]], dtype=np.int16) for life in steps]
    kind = "substitution" if substitution else "constant"
    found = square(sample, TransitionMatching(costs, share, kind, previous))  # type: ignore[arg-type]
    for i in range(sample.n):
        for j in range(i):
            expected = textbook(coded[i], coded[j], [np.pad(whole, (0, 1))], [np.append(alone, 0)])
            assert found[i, j] == pytest.approx(expected, rel=1e-9, abs=1e-9)


def test_staying_costs_nothing_by_rates_with_the_state_before_too() -> None:
    sample = made(np.array([[[0, 0, 0, 0]], [[0, 0, 0, VOID]], [[0, 1, 0, 1]]]), [2])
    for previous in (False, True):
        measure = TransitionMatching(constant_costs(sample), 0.4, "rates", previous=previous)
        assert square(sample, measure)[0, 1] == pytest.approx(0.4 * 1 / 2, rel=1e-12)


def made_of(life: NDArray[np.int16], previous: bool) -> list[tuple[int, int, int]]:
    """Where each position comes from (itself, when that does not count), what it is, where it goes."""
    codes = [int(state) if state >= 0 else SIZE for state in life]
    before = [codes[0], *codes[:-1]] if previous else codes
    return list(zip(before, codes, [*codes[1:], codes[-1]], strict=True))


@few
@given(lives(low=VOID))
def test_common_ends_are_common_subsequences(sample: Sequences) -> None:
    least = square(sample, LongestCommonSubsequence())
    for measure in (CommonPrefix(), CommonSuffix()):
        assert (square(sample, measure) >= least - 1e-9).all()
    counted = square(sample, MatchingSubsequences((1.0,)))
    codes = np.where(sample.states[:, 0] == MISSING, SIZE, sample.states[:, 0])
    times = np.array([(codes == k).sum(axis=1) for k in range(SIZE + 1)]).T.astype(float)
    expected = np.sqrt(((times[:, None] - times[None]) ** 2).sum(axis=2))
    np.testing.assert_allclose(counted, expected, rtol=1e-9, atol=1e-9)


@few
@given(lives(low=VOID))
def test_counting_lengths_one_by_one_is_counting_all(sample: Sequences) -> None:
    ones = (1.0,) * 12
    for one, other in ((MatchingSubsequences(), MatchingSubsequences(ones)),
                       (SharedTimeSubsequences(), SharedTimeSubsequences(weights=ones)),
                       (SubsequenceVectors(), SubsequenceVectors(weights=ones))):  # fmt: skip
        np.testing.assert_allclose(square(sample, one), square(sample, other), rtol=1e-7, atol=1e-5)


@few
@given(lives(low=VOID), st.floats(0.5, 3))
def test_bits_find_what_the_recursion_finds(sample: Sequences, indel: float) -> None:
    """Substitutions dearer than two indels are never used, by bits or by savings of two equal domains."""
    costs = constant_costs(sample, 2 * indel + 1, missing=2 * indel)
    twice = made(np.repeat(sample.states, 2, axis=1), [SIZE, SIZE])
    both = constant_costs(twice, 2 * indel + 1, missing=2 * indel)
    by_bits = square(sample, OptimalMatching(costs, indel=indel))
    by_savings = square(twice, OptimalMatching(both, indel=indel))
    np.testing.assert_allclose(2 * by_bits, by_savings, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("length", [1, 62, 63, 64, 126, 127, 190])
def test_bits_over_the_borders_of_words(length: int) -> None:
    rng = np.random.default_rng(length)
    sample = made(rng.integers(3, size=(70, 1, length)), [3])
    measure = OptimalMatching(constant_costs(sample, 2), indel=1)
    twice = made(np.repeat(sample.states, 2, axis=1), [3, 3])
    other = OptimalMatching(constant_costs(twice, 2), indel=1)
    np.testing.assert_array_equal(2 * square(sample, measure), square(twice, other))


@pytest.mark.parametrize("name", [*WITH_COSTS, "NMS", "SVR", "CHI2"])
def test_one_domain_only(name: str) -> None:
    sample = lives_of("mc")
    measure = WITH_COSTS[name](constant_costs(sample)) if name in WITH_COSTS else WITHOUT[name]
    with pytest.raises(SettingError, match="compares lives in one domain, these have 3") as refused:
        dissimilarities(sample, measure)
    assert "fused(lives)" in str(refused.value)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda c: LocalizedMatching(c, 0.6), "expansion must be a number, from 0 to 0.5"),
        (lambda c: LocalizedMatching(c, 0.2, -1), "context must be a number, 0 or more"),
        (lambda c: TimeWarpEdit(c, -1), "stiffness must be a number, 0 or more"),
        (lambda c: TimeWarpEdit(c, float("nan")), "stiffness must be a number"),
        (lambda c: TimeWarpEdit(c, float("inf")), "stiffness must be finite"),
        (lambda c: SpellMatching(c, power="1"), "power must be a number"),
        (lambda c: SpellMatching(c, per_state={"s0": -1}), "factor of state 's0'"),
        (lambda c: SpellLengthMatching(c, link="max"), "link must be 'mean' or 'gmean'"),
        (lambda c: TransitionMatching(c, 2), "states must be a number, from 0 to 1"),
        (lambda c: TransitionMatching(c, 0.5, "dear"), "transitions must be"),
        (lambda c: MatchingSubsequences((0.0,)), "must not all be 0"),
        (lambda c: ChiSquared(0), "step must be a whole number"),
        (lambda c: ChiSquared(shares=(-1.0,)), "share of a state"),
        (lambda c: CommonPrefix("long"), "no normalisation 'long'"),
        (lambda c: CommonPrefix(missing="none"), "missing must be"),
    ],
)
def test_settings_that_are_not_allowed(call: Callable[[Costs], object], said: str) -> None:
    with pytest.raises(SettingError, match=said):
        call(constant_costs(lives_of("s60")))


@pytest.mark.parametrize(
    ("measure", "said"),
    [
        (lambda s: SpellMatching(constant_costs(s), per_state={"x": 1}), "per_state names a state 'x'"),
        (lambda s: ChiSquared(intervals=[(0, 3)]), "from 0 to 1; not"),
        (lambda s: ChiSquared(shares=(0.5,)), "shares must name 2 shares"),
        (lambda s: TimeWarpEdit(dynamic_transition_costs(s), 0.5), "take DynamicHamming"),
        (lambda s: SubsequenceVectors(missing="refuse"), "1 of 2 lives have missing positions"),
        (lambda s: TransitionMatching(constant_costs(s, 0.0, 0.0), 0.5), "dearest substitution, which is 0"),
        (lambda s: SubsequenceVectors(alike=constant_costs(s, 0.0)), "not all 0"),
    ],
)
def test_lives_that_a_measure_refuses(measure: Callable[[Sequences], Measure], said: str) -> None:
    sample = made([[[0, 1]], [[MISSING, 1]]], [2])
    with pytest.raises(SettingError, match=said):
        dissimilarities(sample, measure(sample))


def test_a_life_of_one_position_has_no_transition() -> None:
    sample = made([[[0, VOID]], [[0, 1]]], [2])
    with pytest.raises(SettingError, match="one position has no transition"):
        dissimilarities(sample, TransitionMatching(constant_costs(sample), 0.5, ends=False))
    assert dissimilarities(sample, TransitionMatching(constant_costs(sample), 0.5)).condensed[0] > 0


def test_more_subsequences_than_numbers_hold() -> None:
    rng = np.random.default_rng(1)
    sample = made(rng.integers(2, size=(2, 1, 900)), [2])
    with pytest.raises(SettingError, match="more matching subsequences than a number"):
        dissimilarities(sample, MatchingSubsequences())
    assert np.isfinite(dissimilarities(sample, MatchingSubsequences((1.0, 1.0))).condensed).all()


def test_references_must_be_of_the_same_kind() -> None:
    sample = lives_of("s60")
    with pytest.raises(SettingError, match="another codebook"):
        dissimilarities_to(sample, made([[[0] * 48]], [6]), Hamming())
    with pytest.raises(SettingError, match="at least one life and one reference"):
        dissimilarities_to(sample, sample.select([]), Hamming())
    shorter = made(np.zeros((2, 1, 3), dtype=int), [2])
    with pytest.raises(SettingError, match="3 positions"):
        dissimilarities_to(made(np.zeros((2, 1, 4), dtype=int), [2]), shorter, Hamming())


def test_what_measures_say_of_themselves() -> None:
    costs = transition_costs(lives_of("s60"))
    assert LocalizedMatching(costs, 0.1).describe() == (
        "localized optimal matching (costs: transition rates, expansion 0.1, context 0.8)"
    )
    assert SubsequenceVectors(0.5, (1.0, 1.0)).describe() == (
        "subsequence vectors of spells (power 0.5, weights 1, 1)"
    )
    assert ChiSquared(6, overlap=True).describe() == (
        "chi-squared distance of distributions (step 6, overlapping)"
    )
    names = {measure.describe() for measure in every(lives_of("s60"))}
    assert len(names) == len(every(lives_of("s60")))
