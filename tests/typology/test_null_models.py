"""Structure beyond chance: found where it was planted, not found where there is none."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import pytest

from tests.typology.lives import lives, random_lives
from tests.typology.material import REFERENCE, numbers
from trajectories.alignment.costs.cost_rules import transition_costs
from trajectories.alignment.measures.basic import Hamming, OptimalMatching
from trajectories.errors import SettingError
from trajectories.typology.null_lives import null_lives
from trajectories.typology.null_models import null_models
from trajectories.typology.quality import INDICES


@dataclass(frozen=True)
class ByRates:
    """Optimal matching with the transition rates of the very lives compared, as seqnullcqi computes it."""

    def describe(self):
        return "optimal matching"

    def compare(self, sequences, run):
        return OptimalMatching(transition_costs(sequences)).compare(sequences, run)


def test_indices_of_the_null_are_those_of_seqnullcqi():
    """20 repetitions of R against 40 of ours: means within what so few can tell apart."""
    known = numbers("seqnullcqi_combined.json")
    s60 = lives(["".join(row) for row in pd.read_csv(REFERENCE / "s60.csv").iloc[:, 1:].to_numpy()])
    found = null_models(s60, ByRates(), range(2, 6), "combined", 40, method="ward_d")
    for j, name in enumerate(INDICES):
        theirs = pd.DataFrame(known["stats"][name]).to_numpy()
        ours = found.null[:, :, j]
        error = np.sqrt(theirs.var(axis=0, ddof=1) / len(theirs) + ours.var(axis=0, ddof=1) / len(ours))
        assert (np.abs(theirs.mean(axis=0) - ours.mean(axis=0)) < 4 * error).all(), name
        assert theirs.std() / ours.std() == pytest.approx(1, abs=0.5)
    observed = pd.DataFrame(known["orig"])[list(INDICES)].to_numpy()
    assert found.observed[:, [0, 3, 4, 6]] == pytest.approx(observed[:, [0, 3, 4, 6]], rel=1e-5)


def planted():
    """Two ways of life, each followed by twenty people with a little noise."""
    chance = np.random.default_rng(3)
    words = [list(word) for word in ["AAAABBBBBBBB"] * 20 + ["AAAACCCCDDDD"] * 20]
    for word in words:
        word[int(chance.integers(12))] = "ABCD"[int(chance.integers(4))]
    return lives(["".join(word) for word in words], letters="ABCD")


def test_planted_types_are_beyond_chance():
    found = null_models(planted(), Hamming(), (2, 3), "combined", 30)
    table = found.table().set_index(["k", "index"])
    for index in INDICES:
        row = table.loc[(2, index)]
        assert row["p_value"] == row["p_adjusted"] == 1 / 31, index
        assert (row["standardised"] < 0) == (index == "HC")
        assert not row["low"] <= row["observed"] <= row["high"]
    told = "Lives fall into 2 and 3 types better than lives whose order and durations are chance (combined"
    assert found.sentence().startswith(told)


def test_lives_of_chance_are_not():
    """Lives made by the null model itself: p is spread over 0 to 1, not heaped near 0.

    (Not so of lives made by ``combined``: cut last spells make the next generation's a little shorter.)
    """
    p_values = []
    for seed in range(25):
        made = null_lives(random_lives(24, 12, 3, seed), "independent", seed)
        table = null_models(made, Hamming(), 2, "independent", 19, seed=seed, method="average").table()
        p_values.append(table.set_index("index").loc["ASW", "p_value"])
    assert np.mean(np.array(p_values) <= 0.1) <= 0.3
    assert np.mean(p_values) > 0.3


def test_one_k_adjusts_nothing_and_the_same_seed_tells_the_same():
    some = random_lives(20, 10, 3, 1)
    one, again = (null_models(some, Hamming(), 3, "markov", 9, seed=4) for _ in range(2))
    assert (one.null == again.null).all()
    table = one.table().set_index("index")
    assert table.loc["ASW", "p_value"] == table.loc["ASW", "p_adjusted"]
    assert "markov null model, 9 repetitions; ASW for k = 3" in one.sentence()


def test_repetitions_too_few_for_any_p_below_a_twentieth_find_nothing_either_way():
    """With 19 the smallest p there can be is 1 in 20, however clear the types: that is no finding."""
    for repetitions, begun in ((19, "Too few repetitions to tell"), (20, "Lives fall into 2 types better")):
        found = null_models(planted(), Hamming(), 2, "combined", repetitions)
        assert found.sentence().startswith(begun)
        assert set(found.table()["repetitions"]) == {repetitions}


def test_progress_and_refusals():
    seen = []
    null_models(random_lives(10, 8, 3, 1), Hamming(), 2, "duration", 4, progress=seen.append)
    assert seen == [0.25, 0.5, 0.75, 1]
    with pytest.raises(SettingError, match="at least one repetition, not 0"):
        null_models(planted(), Hamming(), 2, repetitions=0)
    with pytest.raises(SettingError, match="no index 'fame'"):
        null_models(planted(), Hamming(), 2, repetitions=2).sentence("fame")
    with pytest.raises(SettingError, match=r"only 2 to that many types can be made"):
        null_models(lives(["AA", "BB", "AA"]), Hamming(), 5, repetitions=2)


def test_a_k_that_cannot_be_is_left_out():
    found = null_models(lives(["AAB", "BBA", "AAA", "AAB"]), Hamming(), (2, 3, 9), repetitions=3)
    assert found.k == (2, 3)
    assert len(found.table()) == 20
