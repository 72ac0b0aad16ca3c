"""What sets a type apart: the effect is what it says, and p is kept honest for many facts."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trajectories.errors import SettingError
from trajectories.typology.contrasts import contrasts
from trajectories.typology.facts import Fact

NUMBERS = st.one_of(st.just(float("nan")), st.integers(0, 4).map(float))


def fact(values, kind="number"):
    return Fact("lives", "legal", "x", "X", kind, np.asarray(values, dtype=float))


@given(st.lists(NUMBERS, min_size=6, max_size=14), st.integers(0, 1000))
@settings(deadline=None)
def test_effect_is_cliffs_delta(values, seed):
    types = np.random.default_rng(seed).permutation(np.arange(len(values)) % 2)
    effects, p_values = contrasts([fact(values)], types, 2, 9, 1)
    here = [v for v, t in zip(values, types, strict=True) if t == 0 and not np.isnan(v)]
    there = [v for v, t in zip(values, types, strict=True) if t == 1 and not np.isnan(v)]
    pairs = list(itertools.product(here, there))
    if not pairs:
        assert np.isnan(effects).all()
        assert np.isnan(p_values).all()
        return
    expected = np.mean([np.sign(a - b) for a, b in pairs])
    assert effects[:, 0] == pytest.approx([expected, -expected])
    assert ((p_values >= 0.1) & (p_values <= 1)).all()


def test_effect_of_yes_or_no_is_the_difference_of_shares():
    effects, _ = contrasts([fact([1, 1, 0, 0, 0, 1], "yes")], np.array([0, 0, 0, 1, 1, 1]), 2, 9, 1)
    assert effects[:, 0] == pytest.approx([1 / 3, -1 / 3])


def test_planted_difference_is_found_and_constant_facts_say_nothing():
    types = np.repeat([0, 1], 30)
    noise = np.random.default_rng(1).normal(size=(20, 60))
    facts = [fact(types), fact(np.ones(60)), *map(fact, noise)]
    effects, p_values = contrasts(facts, types, 2, 199, 3)
    assert effects[:, :2].tolist() == [[-1, 0], [1, 0]]
    assert p_values[:, 0].tolist() == [1 / 200, 1 / 200]
    assert p_values[:, 1].tolist() == [1, 1]


def test_p_is_adjusted_for_the_number_of_facts():
    """Among 40 facts of chance alone, in 60 studies, any is called beyond chance about one time in twenty."""
    chance, types, called = np.random.default_rng(5), np.repeat([0, 1], [12, 20]), 0
    for _ in range(60):
        facts = [fact(chance.normal(size=32)) for _ in range(40)]
        called += bool(contrasts(facts, types, 2, 99, 1)[1][0].min() <= 0.05)
    assert called <= 9


def test_same_seed_same_p_and_no_permutation_is_refused():
    facts, types = [fact(np.arange(10.0))], np.arange(10) % 2
    assert (contrasts(facts, types, 2, 50, 7)[1] == contrasts(facts, types, 2, 50, 7)[1]).all()
    with pytest.raises(SettingError, match="at least one permutation, not 0"):
        contrasts(facts, types, 2, 0, 7)
