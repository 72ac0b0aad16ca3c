"""Wrong costs, wrong lives, wrong settings: each a plain sentence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from tests.alignment.reference import lives_of, made
from trajectories.alignment.computing import blocks
from trajectories.alignment.costs.by_hand import stated_costs
from trajectories.alignment.costs.cost_rules import (
    constant_costs,
    dynamic_transition_costs,
    transition_costs,
)
from trajectories.alignment.costs.costs import Costs, DomainCosts
from trajectories.alignment.explaining.explanation import explain
from trajectories.alignment.measures.basic import (
    DynamicHamming,
    Hamming,
    LongestCommonSubsequence,
    OptimalMatching,
)
from trajectories.alignment.pairwise import dissimilarities
from trajectories.errors import SettingError
from trajectories.sequences.read import read_sequences
from trajectories.sequences.sequences import MISSING, VOID, Sequences

TWO = ("a", "b")
ALIKE = np.array([[0.0, 1.0], [1.0, 0.0]])


def lives() -> Sequences:
    return made([[[0, 1, 2]], [[0, 2, 2]], [[1, 1, 1]]], [3])


@pytest.mark.parametrize(
    ("substitution", "indel", "missing", "said"),
    [
        (np.zeros((3, 3)), np.ones(2), 2.0, "need 2 rows and columns"),
        (ALIKE, np.ones(3), 2.0, "need 2 indel costs, one per state, not 3"),
        (-ALIKE, np.ones(2), 2.0, "negative substitution cost, -1"),
        (ALIKE, -np.ones(2), 2.0, "negative indel cost, -1"),
        (ALIKE * np.nan, np.ones(2), 2.0, "substitution cost that is not a finite number"),
        (ALIKE, np.ones(2), np.inf, "cost of missing that is not a finite number"),
        (np.triu(ALIKE), np.ones(2), 2.0, "not symmetric"),
        (ALIKE + np.eye(2), np.ones(2), 2.0, "charge for keeping a state"),
    ],
)
def test_costs_that_cannot_be(substitution: np.ndarray, indel: np.ndarray, missing: float, said: str) -> None:
    with pytest.raises(SettingError, match=said):
        DomainCosts("legal", TWO, substitution, indel, missing)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda s: stated_costs(s, {"other": np.zeros((3, 3))}), "costs for a domain 'other', which"),
        (lambda s: stated_costs(s, {"d0": [["x"] * 3] * 3}), "must be numbers"),
        (lambda s: stated_costs(s, {"d0": pd.DataFrame(ALIKE, TWO, TWO)}), "name 'a', which is none of its"),
        (lambda s: stated_costs(s, {"d0": pd.DataFrame(ALIKE, ["s0", "s1"], ["s0", "s1"])}),
         "lack a row or column s2"),
        (lambda s: stated_costs(s, {"d0": {"s0": {"s11": 1}}}), r"name 's11', .* Did you mean 's1'"),
        (lambda s: stated_costs(s, {"d0": {"s0": {"s1": -1}}}), "negative substitution cost, -1"),
        (lambda s: stated_costs(s, {"d0": {"s0": {"s1": np.nan}}}), "not a finite number"),
        (lambda s: stated_costs(s, {"d0": {"s0": {"s1": 1}, "s1": {"s0": 2}}}), "are not symmetric"),
        (lambda s: stated_costs(s, {"d0": {"s0": {"s0": 1}}}), "charge for keeping a state"),
        (lambda s: stated_costs(s, {"d0": {"s0": {"s1": "dear"}}}), "must be numbers"),
        (lambda s: stated_costs(s, {"d0": {"s0": {"s1": 1}}}, indel={"d0": {"s9": 1}}), "name 's9'"),
        (lambda s: stated_costs(s, {"d0": {"s0": {"s1": 1}}}, indel={"d0": [1, 2]}), "need 3 indel costs"),
        (lambda s: stated_costs(s, {"d0": np.zeros((2, 2))}), "need 3 rows and columns"),
        (lambda s: constant_costs(s).weighted(legal=2), "no costs for a domain 'legal', only for d0"),
        (lambda s: constant_costs(s).weighted(d0=-1), "zero or more"),
        (lambda s: constant_costs(s, value=-2), "value must be a number, 0 or more"),
        (lambda s: constant_costs(s).table("legal"), "no costs for a domain 'legal'"),
        (lambda s: dynamic_transition_costs(s).table(), "differ from position to position"),
        (lambda s: OptimalMatching(constant_costs(s), indel=0), "indel must be a number above 0"),
        (lambda s: OptimalMatching(constant_costs(s), indel="dear"), "indel must be a number above 0"),
        (lambda s: OptimalMatching(constant_costs(s), norm="max"), "no normalisation 'max'"),
        (lambda s: Hamming(missing="leave"), "missing must be 'state', 'refuse' or 'ignore'"),
        (lambda s: LongestCommonSubsequence(missing="leave"), "missing must be 'state' or 'refuse'"),
        (lambda s: OptimalMatching(constant_costs(s), missing="ignore"),
         "exists only where lives are compared position by position or counted: Hamming, DynamicHamming"),
    ],
)
def test_settings_that_are_not_allowed(call: Callable[[Sequences], object], said: str) -> None:
    with pytest.raises(SettingError, match=said):
        call(lives())


def test_costs_of_another_codebook() -> None:
    costs = OptimalMatching(constant_costs(lives()))
    with pytest.raises(SettingError, match="another codebook than these lives: they differ in s3"):
        dissimilarities(made([[[0, 3]], [[1, 1]]], [4]), costs)
    with pytest.raises(SettingError, match="no costs for domain 'state', only for d0"):
        dissimilarities(lives_of("s60"), costs)
    turned = replace(costs.costs.domains[0], states=("s2", "s1", "s0"))
    with pytest.raises(SettingError, match="another order"):
        dissimilarities(lives(), OptimalMatching(Costs((turned,), "turned")))


def test_dynamic_costs_need_their_own_positions_and_measure() -> None:
    costs = dynamic_transition_costs(lives())
    with pytest.raises(SettingError, match="are for 3 positions, these lives have 2"):
        dissimilarities(made([[[0, 1]], [[1, 2]]], [3]), DynamicHamming(costs))
    with pytest.raises(SettingError, match="take DynamicHamming"):
        dissimilarities(lives(), OptimalMatching(costs))


def test_when_nothing_weighs_anything() -> None:
    with pytest.raises(SettingError, match="Every domain weighs 0"):
        dissimilarities(lives(), OptimalMatching(constant_costs(lives()).weighted(d0=0)))


@pytest.mark.parametrize("measure", [Hamming(), DynamicHamming()])
def test_position_by_position_needs_one_window(measure: Hamming | DynamicHamming) -> None:
    with pytest.raises(SettingError) as refused:
        dissimilarities(lives_of("s68"), measure)
    said = str(refused.value)
    assert "8 of 68 lives" in said
    assert "'U01'" in said
    assert "complete()" in said
    assert "OptimalMatching" in said
    assert dissimilarities(lives_of("s68").complete(), measure).n == 60


def test_positions_that_nobody_has_are_dropped() -> None:
    sample = made([[[VOID, 0, 1, VOID]], [[VOID, 0, 0, VOID]]], [2])
    assert dissimilarities(sample, Hamming()).condensed.tolist() == [1.0]
    assert dissimilarities(sample, DynamicHamming()).n == 2


def test_missing_positions_can_be_refused() -> None:
    sample = made([[[0, 1]], [[MISSING, 1]]], [2])
    for measure in (Hamming(missing="refuse"), LongestCommonSubsequence(missing="refuse"),
                    OptimalMatching(constant_costs(sample), missing="refuse")):  # fmt: skip
        with pytest.raises(SettingError, match=r"1 of 2 lives have missing positions .first: 'P1' in domain"):
            dissimilarities(sample, measure)
    assert dissimilarities(lives(), Hamming(missing="refuse")).n == 3


def test_one_person_or_none() -> None:
    with pytest.raises(SettingError, match="at least two people, not 1"):
        dissimilarities(lives().select(["P0"]), Hamming())


def test_a_life_without_any_observed_position() -> None:
    with pytest.raises(SettingError, match=r"1 of 2 lives have no observed position .first: 'P1'"):
        dissimilarities(made([[[0, 1]], [[VOID, VOID]]], [2]), LongestCommonSubsequence())


@pytest.mark.parametrize("measure", [Hamming, "om", None])
def test_something_that_is_no_measure(measure: object) -> None:
    with pytest.raises(SettingError, match="is no measure"):
        dissimilarities(lives(), measure)  # type: ignore[arg-type]
    with pytest.raises(SettingError, match="precision must be"):
        dissimilarities(lives(), Hamming(), precision="half")  # type: ignore[arg-type]


def test_more_people_than_fit_into_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocks, "available_memory", lambda: 10)
    with pytest.raises(SettingError, match=r"among 3 people need .* GB are free"):
        dissimilarities(lives(), Hamming())


def test_one_position_and_many_states() -> None:
    for measure in (Hamming(), DynamicHamming(), LongestCommonSubsequence()):
        assert dissimilarities(made([[[0]], [[1]]], [2]), measure).condensed[0] > 0
    many = made(np.arange(300).reshape(6, 1, 50), [300])
    costs = transition_costs(many)
    assert dissimilarities(many, OptimalMatching(costs)).condensed.min() > 0
    np.testing.assert_array_equal(dissimilarities(many, Hamming()).condensed, np.full(15, 50.0))


def test_five_thousand_positions() -> None:
    chance = np.random.default_rng(8)
    long = made(np.repeat(chance.integers(0, 4, (4, 1, 500)), 10, axis=2), [4])
    assert long.length == 5_000
    ordinary = OptimalMatching(constant_costs(long))
    single, exact = (dissimilarities(long, ordinary, precision=p) for p in ("single", "double"))
    np.testing.assert_allclose(single.condensed, exact.condensed, rtol=1e-6)
    hamming = dissimilarities(long, Hamming())
    np.testing.assert_allclose(dissimilarities(long, OptimalMatching(constant_costs(long, value=1, missing=1),
                                                                     indel=1e4)).condensed, hamming.condensed)
    assert explain(long, Hamming(), "P0", "P1").cost == hamming.between("P0", "P1")
    assert explain(long, ordinary, "P0", "P1").cost == pytest.approx(exact.between("P0", "P1"))


def test_everybody_lives_the_same_life() -> None:
    same = read_sequences([{"id": "a", "1": "X"}, {"id": "b", "1": "X"}, {"id": "c", "1": "X"}])
    for measure in (OptimalMatching(transition_costs(same)), Hamming(), DynamicHamming(),
                    LongestCommonSubsequence(norm="gmean")):  # fmt: skip
        assert dissimilarities(same, measure).condensed.tolist() == [0.0, 0.0, 0.0]


def test_stopping_in_the_middle_leaves_nothing_running() -> None:
    import threading

    before = threading.active_count()

    def stop(share: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        dissimilarities(lives(), LongestCommonSubsequence(), progress=stop)
    assert threading.active_count() == before


def test_progress_reaches_the_end() -> None:
    told: list[float] = []
    dissimilarities(lives_of("s68"), LongestCommonSubsequence(), progress=told.append)
    assert told == sorted(told)
    assert told[-1] == 1.0
