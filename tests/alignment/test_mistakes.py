"""Whatever is given in the wrong kind or to the wrong place: said in words, never as an error of Python's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest

import trajectories as tj
from tests.alignment.reference import made
from trajectories.errors import SettingError
from trajectories.sequences.sequences import VOID

LIVES = made(np.random.default_rng(1).integers(0, 3, (8, 2, 10)).astype(np.int16), [3, 3])
ONE = LIVES.only("d0")
COSTS = tj.transition_costs(ONE)
DISS = tj.dissimilarities(ONE, tj.OptimalMatching(COSTS))
STATED: Any = {"d0": {"s0": {"s1": 1}}}
ALIKE = tj.given_dissimilarities(0.1 * (1 - np.eye(8)), ONE.ids)
FEATURES = pd.DataFrame({"a": [1.0, 2.0, 3.0], "b": [1.0, 5.0, 3.0]}, index=["s0", "s1", "s2"])
NAN = float("nan")
Call = Callable[[], object]

MEASURES: list[tuple[Call, str]] = [
    (lambda: tj.OptimalMatching(COSTS, indel=True), "indel must be a number above 0"),
    (lambda: tj.OptimalMatching(COSTS, indel=np.ones(3)), "Prices by state belong to the costs"),
    (lambda: tj.OptimalMatching(None), "Costs must know their states, .* not None"),
    (lambda: tj.OptimalMatching("transition"), "not 'transition'"),
    (lambda: tj.Hamming(np.ones((3, 3))), "stated_costs.* not a table"),
    (lambda: tj.DynamicHamming(COSTS.table()), "not a table"),
    (lambda: tj.SpellMatching(tj.transition_costs), "Costs must know their states"),
    (lambda: tj.SpellMatching(COSTS, per_state=[1, 2]), "per_state must name states with their factors"),
    (lambda: tj.MatchingSubsequences(alike=True), "Costs must know their states"),
    (lambda: tj.MatchingSubsequences(weights=1), "weights must be a list of weights"),
    (lambda: tj.ChiSquared(intervals=(0, 3)), r"pairs of a first and a last position.* one of them is 0"),
    (lambda: tj.ChiSquared(intervals=[(0, 3, 4)]), r"one of them is \(0, 3, 4\)"),
    (lambda: tj.ChiSquared(intervals=[("a", "b")]), "Each end of an interval must be a whole number"),
    (lambda: tj.EuclideanDistributions(intervals=[(0, 3.5)]), "Each end of an interval must be"),
    (lambda: tj.ChiSquared(shares="everything"), "shares must be 'overall', a number for each state"),
    (lambda: tj.ChiSquared(shares=[(1, 2), (3,)]), "a row of numbers for each interval"),
    (lambda: tj.ChiSquared(shares=[0, 0, 0]), "Some share of a state must be more than 0"),
    (lambda: tj.TimeWarping(window=True), "window must be a whole number of positions, 0 or more, not True"),
]  # fmt: skip

PRICES: list[tuple[Call, str]] = [
    (lambda: tj.stated_costs(ONE, COSTS.table()), "State costs by domain, .* not DataFrame"),
    (lambda: tj.stated_costs(ONE, {}), "only for no domain at all"),
    (lambda: tj.stated_costs(ONE, {**STATED, "legla": {}}), "costs for a domain 'legla', which these lives"),
    (lambda: tj.stated_costs(ONE, STATED, indel={"s0": 1.5}), "indels for a domain 's0'.* They have d0"),
    (lambda: tj.stated_costs(ONE, STATED, indel=0), "every life becomes any other for nothing"),
    (lambda: tj.stated_costs(ONE, {"d0": np.zeros((3, 3))}), "state an indel above 0"),
    (lambda: tj.stated_costs(ONE, {"d0": {"s0": 3}}), "need the other states for 's0'.* not 3"),
    (lambda: tj.stated_costs(ONE, STATED, otherwise="x"), "otherwise must be a number"),
    (lambda: tj.stated_costs(ONE, STATED, missing="x"), "cost of missing that is no number, 'x'"),
    (lambda: tj.stated_costs(ONE, {"d0": {"s0": {"s1": NAN}}}), r"not a finite number \(s0 for s1\)"),
    (lambda: tj.stated_costs(ONE, {"d0": {"s1": {"s2": -1}}}), r"cost, -1 \(s1 for s2\)"),
    (lambda: tj.stated_costs(ONE, {"d0": {"s0": {"s1": 1}, "s1": {"s0": 2}}}), r"round \(1 and 2\)"),
    (lambda: tj.stated_costs(ONE, {"d0": {"s2": {"s2": 1}}}), r"charge for keeping a state \(s2\)"),
    (lambda: tj.stated_costs(ONE, {"d0": pd.DataFrame(np.zeros((4, 4)), ["s0", "s1", "s2", "s2"],
                                                      ["s0", "s1", "s2", "s2"])}), "have 's2' twice"),
    (lambda: tj.constant_costs(ONE, value="x"), "value must be a number, 0 or more, not 'x'"),
    (lambda: tj.transition_costs(ONE, missing="x"), "missing must be a number"),
    (lambda: tj.transition_costs(ONE, lag=10), "lag is 10 positions, and these lives have 10"),
    (lambda: COSTS.weighted(d0="x"), "weight of domain 'd0' must be zero or more, not 'x'"),
    (lambda: tj.feature_costs(ONE, {"d0": {"s0": {"a": 1}}}), "must be a table .* not dict"),
    (lambda: tj.feature_costs(ONE, {"d0": FEATURES, "dx": FEATURES}), "features for a domain 'dx'"),
    (lambda: tj.feature_costs(ONE, {"d0": FEATURES}, {"b": -1}), "weight of feature 'b' must be a number"),
    (lambda: tj.feature_costs(ONE, {"d0": FEATURES}, {"c": 1}), "have no feature 'c'; they have a, b"),
    (lambda: tj.feature_costs(ONE, {"d0": FEATURES}, {"a": 0, "b": 0}), "No feature that weighs anything"),
    (lambda: tj.feature_costs(ONE, {"d0": FEATURES.where(FEATURES < 3)}), "known of both 's0' and 's2'"),
    (lambda: tj.feature_costs(ONE, {"d0": FEATURES.replace(5.0, np.inf)}), "'b' of domain 'd0' is not"),
    (lambda: tj.triangle_report(None), "Costs must know their states"),
    (lambda: tj.averaged(None), "Costs must know their states"),
]  # fmt: skip

RESULTS: list[tuple[Call, str]] = [
    (lambda: tj.dissimilarities(FEATURES, tj.Hamming()), "are among lives, .* not DataFrame"),
    (lambda: tj.dissimilarities_to(ONE, ["P1"], tj.Hamming()), "must both be lives as states .* not list"),
    (lambda: tj.dissimilarities_to(tj.change_events(ONE), ONE, tj.EventMatching()), "not EventLives"),
    (lambda: tj.dissimilarities_on_disk(ONE, tj.Hamming(), None), "folder must be the path of a folder"),
    (lambda: tj.explain(tj.change_events(ONE), tj.OptimalMatching(COSTS), "P0", "P1"),
     "compares states, and these are events; take EventMatching"),
    (lambda: tj.explain([ONE], tj.Hamming(), "P0", "P1"), "are explained, not list"),
    (lambda: tj.explain(ONE, tj.Hamming, "P0", "P1"), "is no measure"),
    (lambda: tj.plot_alignment(ONE, None), "this is no alignment but NoneType"),
    (lambda: tj.joint([DISS, DISS]), "at least one domain"),
    (lambda: tj.joint({"a": DISS, "b": ONE}), "for domain 'b' is no dissimilarities but Sequences"),
    (lambda: tj.joint({"a": DISS, "b": DISS}, {"a": "x"}), "weight of domain 'a' must be a number"),
    (lambda: tj.joint({"a": DISS, "b": DISS}, [1, 2]), "Weights are given by domain"),
    (lambda: tj.equalising_weights([DISS]), "at least one domain"),
    (lambda: tj.domain_association([DISS, DISS]), "at least one domain"),
    (lambda: tj.domain_association({"a": DISS, "b": ALIKE}), "equally unlike in domain 'b'"),
    (lambda: tj.domain_association({"a": DISS, "b": DISS}, permutations=9.5), "permutations must be a whole"),
    (lambda: tj.domain_association({"a": DISS, "b": DISS}, seed=-1), "seed must be a whole number"),
    (lambda: tj.given_dissimilarities(np.zeros((2, 2)), ["a", "b"], weights=[1, NAN]), "weight of 'b' must"),
]  # fmt: skip


@pytest.mark.parametrize(("call", "said"), [*MEASURES, *PRICES, *RESULTS])
def test_it_is_said(call: Call, said: str) -> None:
    with pytest.raises(SettingError, match=said):
        call()


def test_numbers_may_be_of_any_kind() -> None:
    one, half = np.int64(1), np.float32(0.5)
    for given, plain in (
        (tj.OptimalMatching(COSTS, indel=one), tj.OptimalMatching(COSTS, indel=1)),
        (tj.SpellMatching(COSTS, expansion=half), tj.SpellMatching(COSTS, expansion=0.5)),
        (tj.ChiSquared(step=np.int64(3)), tj.ChiSquared(step=3)),
        (tj.MatchingSubsequences(np.array([1.0, 0.5])), tj.MatchingSubsequences((1.0, 0.5))),
        (tj.OptimalMatching(tj.transition_costs(ONE, lag=one)), tj.OptimalMatching(COSTS)),
    ):
        assert given.describe() == plain.describe()
        found, expected = (tj.dissimilarities(ONE, measure) for measure in (given, plain))
        np.testing.assert_array_equal(found.condensed, expected.condensed)


def test_what_numbers_cannot_hold_and_norms_cannot_divide() -> None:
    huge = tj.constant_costs(ONE, value=1e38)
    with pytest.raises(SettingError, match="what is added up is more than 32 bits hold"):
        tj.dissimilarities(ONE, tj.OptimalMatching(huge))
    assert np.isfinite(tj.dissimilarities(ONE, tj.OptimalMatching(huge), precision="double").condensed).all()
    free = tj.stated_costs(ONE, {"d0": np.zeros((3, 3))}, indel=1)
    with pytest.raises(SettingError, match="or the norm divides by nothing"):
        tj.dissimilarities_to(ONE, ONE.select(["P1"]), tj.SpellMatching(free, norm="maxdist"))
    random = np.random.default_rng(2).integers(0, 3, (4, 1, 600)).astype(np.int16)
    with pytest.raises(SettingError, match="a coarser step, or precision='double'"):
        tj.dissimilarities(made(random, [3]), tj.SubsequenceVectors())


def test_nobody_observed_in_a_domain() -> None:
    states = LIVES.states.copy()
    states[:, 0] = VOID
    with pytest.raises(SettingError, match="None of these 8 lives has an observed position in d0"):
        tj.dissimilarities(replace(LIVES, states=states).only("d0"), tj.Hamming())


def test_equally_unlike_but_for_rounding_goes_with_nothing() -> None:
    noisy = replace(ALIKE, condensed=ALIKE.condensed * (1 + 1e-15 * np.arange(28)))
    with pytest.raises(SettingError, match="equally unlike in domain 'b'"):
        tj.domain_association({"a": DISS, "b": noisy})


def test_features_of_one_domain_are_weighed_beside_those_of_another() -> None:
    tables = {"d0": FEATURES, "d1": FEATURES[["a"]]}
    both = tj.feature_costs(LIVES, tables, {"b": 3})
    assert both.table("d0").equals(tj.feature_costs(ONE, {"d0": FEATURES}, {"b": 3}).table())


def test_no_group_is_none_or_nan() -> None:
    groups = [1, 1, 2, 2, None, None, 1, 2]
    given = tj.trained_costs(ONE, pd.Series([1, 1, 2, 2, NAN, NAN, 1, 2]))
    expected = tj.trained_costs(ONE, [None if one is None else float(one) for one in groups])
    assert given.rule == "trained on 2 groups"
    assert given.table().equals(expected.table())


def test_costs_of_any_size_are_symmetric_to_the_same_digits() -> None:
    table = 1e9 * np.array([[0, 0.1 + 0.2], [0.3, 0]])
    assert tj.stated_costs(made([[[0, 1]]], [2]), {"d0": table}).table().to_numpy().max() > 0
    with pytest.raises(SettingError, match="not symmetric"):
        tj.stated_costs(made([[[0, 1]]], [2]), {"d0": 1e-12 * np.array([[0, 1], [2, 0.0]])})
