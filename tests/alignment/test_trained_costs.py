"""Costs learnt from groups, and weights of domains that are computed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from tests.alignment.reference import lives_of, made
from trajectories.alignment.costs.cost_rules import constant_costs
from trajectories.alignment.costs.trained import trained_costs
from trajectories.alignment.domain_weights import equalising_weights, information_weights
from trajectories.alignment.domains import joint
from trajectories.alignment.measures.basic import Hamming, OptimalMatching
from trajectories.alignment.pairwise import dissimilarities
from trajectories.comparison.discrepancy import compare_groups
from trajectories.comparison.groups import Groups
from trajectories.errors import SettingError
from trajectories.sequences.sequences import MISSING, Sequences


def planted(people: int, seed: int) -> tuple[Sequences, list[str]]:
    """Two groups that differ in s0 and s1 against s2 and s3 only; within each, which of the two is chance."""
    chance = np.random.default_rng(seed)
    group = np.repeat([0, 1], people // 2)
    noise = chance.integers(0, 2, (people, 12))
    other = chance.random((people, 12)) < 0.2
    states = 2 * np.where(other, 1 - group[:, None], group[:, None]) + noise
    return made(states[:, None, :], [4]), [("left", "right")[g] for g in group]


def r2(lives: Sequences, measure: OptimalMatching, labels: list[str]) -> float:
    names = ("left", "right")
    codes = np.array([names.index(label) for label in labels])
    groups = Groups("side", "Side", lives.ids, codes, names, np.eye(2)[codes])
    return compare_groups(dissimilarities(lives, measure), groups, permutations=1).pseudo_r2


def test_what_tells_groups_apart_is_dear_and_chance_is_cheap() -> None:
    lives, labels = planted(60, 1)
    table = trained_costs(lives, labels).table().to_numpy()
    np.testing.assert_allclose(table, table.T)
    assert table.max() == 2
    assert (np.diag(table) == 0).all()
    across, inside = table[:2, 2:], np.array([table[0, 1], table[2, 3]])
    assert across.min() > 1.5
    assert inside.max() < 0.5
    assert repr(trained_costs(lives, labels)).startswith("Costs (trained on 2 groups)")


def test_they_part_new_people_of_the_same_kind_too() -> None:
    lives, labels = planted(60, 1)
    trained = trained_costs(lives, labels)
    others, theirs = planted(60, 2)
    plain = r2(others, OptimalMatching(constant_costs(others)), theirs)
    assert r2(others, OptimalMatching(trained), theirs) > 1.5 * plain


def test_labels_of_chance_are_fitted_in_the_sample_only() -> None:
    """The caveat of the docstring: in the sample any labels look better than they are."""
    lives, _ = planted(24, 3)
    chance = np.random.default_rng(4).permutation(["left", "right"] * 12).tolist()
    trained = OptimalMatching(trained_costs(lives, chance))
    assert r2(lives, trained, chance) > r2(lives, OptimalMatching(constant_costs(lives)), chance)


def test_missing_weights_and_people_without_a_group() -> None:
    lives, labels = planted(40, 5)
    gaps = replace(lives, states=np.where(np.arange(12) == 3, MISSING, lives.states).astype(np.int16))
    assert np.isfinite(trained_costs(gaps, labels).table().to_numpy()).all()
    some = [label if i % 4 else None for i, label in enumerate(labels)]
    kept = [i for i, label in enumerate(some) if label is not None]
    alone = lives.select([lives.ids[i] for i in kept])
    silent = replace(lives, weights=np.array([0.0 if one is None else 1.0 for one in some]))
    expected = trained_costs(alone, [labels[i] for i in kept]).table()
    np.testing.assert_allclose(trained_costs(lives, some).table(), expected)
    np.testing.assert_allclose(trained_costs(silent, labels).table(), expected)


def test_states_that_never_meet_have_a_price() -> None:
    lives = made([[[0, 0]], [[0, 1]], [[1, 1]], [[1, 0]]], [3])
    table = trained_costs(lives, ["a", "a", "b", "b"]).table().to_numpy()
    assert table[0, 2] == table[1, 2] > 0


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda s: trained_costs(s, ["a"]), "1 groups for 4 lives"),
        (lambda s: trained_costs(s, 5), "groups must be the group of each life, in their order, not 5"),
        (lambda s: trained_costs(s, ["a"] * 4), "two groups or more"),
        (lambda s: trained_costs(s, ["a", "a", "a", "b"]), "at least two lives in each"),
        (lambda s: trained_costs(s.select(s.ids), ["a", "b", "a", "b"]), "do not tell these groups apart"),
    ],
)
def test_what_cannot_be_learnt(call: Callable[[Sequences], object], said: str) -> None:
    with pytest.raises(SettingError, match=said):
        call(made([[[0, 0]], [[0, 0]], [[0, 0]], [[0, 0]]], [2]))


def test_domains_weigh_by_what_they_tell() -> None:
    lives = made([[[0, 0], [0, 0], [0, 1]], [[0, 0], [1, 1], [0, 1]]], [2, 2, 2])
    assert information_weights(lives) == {"d0": 0.0, "d1": 3.0, "d2": 0.0}
    found = information_weights(lives_of("mc"))
    assert np.mean(list(found.values())) == pytest.approx(1)
    weighted = constant_costs(lives_of("mc")).weighted(**found)
    assert [costs.weight for costs in weighted.domains] == pytest.approx(list(found.values()))
    with pytest.raises(SettingError, match="none tells anything"):
        information_weights(made([[[0, 0]], [[0, 0]]], [2]))


def test_entropy_is_that_of_known_positions_by_weight() -> None:
    lives = made([[[0, MISSING], [0, 0]], [[1, 0], [1, 1]], [[1, 1], [1, 1]]], [2, 2])
    one, two = (information_weights(replace(lives, weights=w)) for w in (np.ones(3), np.array([1, 1, 0.0])))
    assert one["d0"] < 1 or one["d1"] < 1
    third = -(1 / 3 * np.log2(1 / 3) + 2 / 3 * np.log2(2 / 3))
    d0, d1 = (3 * third + 2 * 1) / 5, third
    assert one["d0"] == pytest.approx(d0 / ((d0 + d1) / 2))
    assert two["d0"] == pytest.approx((2 * 1 + 1 * 0) / 3 / (((2 * 1) / 3 + 1) / 2))


def test_equalising_weights_do_what_equalised_joining_does() -> None:
    lives = lives_of("mc")
    alone = {d.name: dissimilarities(lives.only(d.name), Hamming(), precision="double")
             for d in lives.domains}  # fmt: skip
    weights = equalising_weights(alone)
    by_weight, equalised = joint(alone, weights), joint(alone, equalised=True)
    ratio = by_weight.condensed / equalised.condensed
    np.testing.assert_allclose(ratio, ratio[0])
    added = Hamming(constant_costs(lives, 1, 1).weighted(**weights))
    found = dissimilarities(lives, added, precision="double")
    np.testing.assert_allclose(found.condensed, by_weight.condensed)
    flat = {"d": replace(alone["legal"], condensed=np.zeros_like(alone["legal"].condensed))}
    with pytest.raises(SettingError, match="none can be weighed"):
        equalising_weights(flat)
