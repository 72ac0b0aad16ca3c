"""Lives made by chance: what each model keeps, what it gives up, and WeightedCluster's in distribution."""

from __future__ import annotations

import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.typology.lives import lives, random_lives
from tests.typology.material import REFERENCE
from trajectories.errors import SettingError
from trajectories.sequences.sequences import VOID
from trajectories.typology.null_lives import null_lives

MODELS = ("combined", "duration", "sequencing", "independent", "markov")
SEQNULL = dict(zip(MODELS, ("combined", "duration", "sequencing", "stateindep", "Markov"), strict=True))


def words(name):
    return ["".join(row) for row in pd.read_csv(REFERENCE / name).iloc[:, 1:].to_numpy()]


def s60():
    return lives(words("s60.csv"))


def told(made):
    return ["".join("ABCDEF"[x] for x in row) for row in made.states[:, 0, :]]


def runs(word):
    return [(state, len(list(run))) for state, run in itertools.groupby(word)]


def statistics(made):
    """Spells a life, their durations, the states of the first position, of all, and of spells."""
    spells = [run for word in made for run in runs(word)]
    durations = np.array([length for _, length in spells])
    found = [len(spells) / len(made), durations.std(), (durations == 1).mean(), (durations > 12).mean()]
    for state in "ABCDEF":
        found += [np.mean([word[0] == state for word in made]),
                  np.mean([word.count(state) / len(word) for word in made]),
                  np.mean([one == state for one, _ in spells])]  # fmt: skip
    after = [(a, b) for word in made for (a, _), (b, _) in itertools.pairwise(runs(word))]
    found += [np.mean([pair == (a, b) for pair in after]) for a, b in itertools.permutations("ABCDEF", 2)]
    return np.array(found)


@pytest.mark.parametrize("model", MODELS)
def test_seqnull_is_one_of_these_in_distribution(model):
    """R's 60 lives against 150 times 60 of ours: no statistic lies outside what chance does to them."""
    ours = np.array([statistics(told(null_lives(s60(), model, seed))) for seed in range(150)])
    theirs = statistics(words(f"seqnull_{SEQNULL[model]}.csv"))
    away = np.abs(theirs - ours.mean(axis=0)) / np.maximum(ours.std(axis=0), 1e-9)
    assert away.max() < 4, away.argmax()
    assert (away > 2).mean() < 0.15


@pytest.mark.parametrize("model", MODELS)
@given(seed=st.integers(0, 100))
@settings(deadline=None, max_examples=10)
def test_everybody_keeps_their_observed_positions(model, seed):
    location, legal = ["AAB%%", "%BBBC", "C%*AA", "%%%%%"], ["AAA%%", "%%BAA", "A%AAA", "%%%%%"]
    some = lives(location, legal, weights=[1, 2, 0, 1])
    made = null_lives(some, model, seed)
    assert ((made.states == VOID).all(axis=1) == (some.states == VOID).all(axis=1)).all()
    assert made.ids == some.ids
    assert made.weights is some.weights
    before = {tuple(x) for x in some.states.transpose(0, 2, 1).reshape(-1, 2)}
    assert {tuple(x) for x in made.states.transpose(0, 2, 1).reshape(-1, 2)} <= before


@given(seed=st.integers(0, 200))
@settings(deadline=None, max_examples=20)
def test_duration_keeps_the_order_of_states(seed):
    some = random_lives(12, 20, 4, seed)
    for word, made in zip(told(some), told(null_lives(some, "duration", seed)), strict=True):
        assert [state for state, _ in runs(word)] == [state for state, _ in runs(made)]
        assert len(made) == 20


@given(seed=st.integers(0, 200))
@settings(deadline=None, max_examples=20)
def test_sequencing_lays_observed_spells(seed):
    some = random_lives(8, 12, 3, seed)
    known = {run for word in told(some) for run in runs(word)}
    lengths = {state: {length for one, length in known if one == state} for state in "ABC"}
    for made in told(null_lives(some, "sequencing", seed)):
        for state, length in runs(made)[:-1]:  # neighbours of the same state have become one spell
            assert length in lengths[state] or any(
                sum(parts) == length
                for n in range(2, length + 1)
                for parts in itertools.combinations_with_replacement(sorted(lengths[state]), n)
            )


def test_combined_never_draws_the_same_state_twice_running():
    some = lives(["AABBA", "BBBAA"])
    durations = {length for word in told(some) for _, length in runs(word)}
    for seed in range(20):
        for made in told(null_lives(some, "combined", seed)):
            assert {length for _, length in runs(made)[:-1]} <= durations


def test_one_state_only_stays_one_state():
    for model in MODELS:
        assert told(null_lives(lives(["AAAA", "AAAA"]), model)) == ["AAAA", "AAAA"]


def test_draws_follow_weights_and_the_seed():
    some = lives(["AAAA", "BBBB"], weights=[1, 0])
    for model in ("combined", "sequencing", "independent", "markov"):
        assert told(null_lives(some, model)) == ["AAAA", "AAAA"]
    many = random_lives(30, 15, 4, 1)
    for model in MODELS:
        one, again, other = (null_lives(many, model, seed).states for seed in (5, 5, 6))
        assert (one == again).all()
        assert (one != other).any()


def test_refusals():
    with pytest.raises(SettingError, match=r"no null model 'random'; there are combined, duration"):
        null_lives(lives(["A"]), "random")
    with pytest.raises(SettingError, match="no observed position"):
        null_lives(lives(["%%"]), "markov")
