"""Fuzzy types: R's fanny, and what holds of any memberships."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.typology.material import REFERENCE, made, on_a_line, reference, same_partition, scattered
from trajectories.errors import SettingError
from trajectories.typology.fuzzy import fuzzy_partition, settled_memberships
from trajectories.typology.partition import partition


def loss(square, u, exponent=1.5):
    powers = u**exponent
    return sum(p @ square @ p / (2 * p.sum()) for p in powers.T)


@pytest.mark.parametrize("k", range(2, 7))
def test_as_good_as_fanny(k):
    known = pd.read_csv(REFERENCE / f"fanny_k{k}.csv").iloc[:, 1:].to_numpy()
    found = fuzzy_partition(reference(), k)
    square = reference().square()
    assert found.loss == pytest.approx(loss(square, found.memberships), rel=1e-12)
    assert found.loss <= loss(square, known) * (1 + 1e-8)
    if k <= 3:  # with more types R stops before its memberships have settled
        order = [int(np.abs(known - column[:, None]).sum(axis=0).argmin()) for column in found.memberships.T]
        np.testing.assert_allclose(found.memberships, known[:, order], atol=1e-6)


def test_fannys_memberships_are_settled():
    known = pd.read_csv(REFERENCE / "fanny_k2.csv").iloc[:, 1:].to_numpy()
    settled, _ = settled_memberships(reference().square(), np.ones(60), known, 1.5)
    np.testing.assert_allclose(settled, known, atol=1e-8)


@given(seed=st.integers(0, 200), weighted=st.booleans())
@settings(deadline=None, max_examples=20)
def test_memberships_sum_to_one_and_nothing_near_is_better(seed, weighted):
    chance = np.random.default_rng(seed)
    diss = scattered(20, seed, chance.uniform(0.5, 2, 20) if weighted else None)
    found = fuzzy_partition(diss, 2)
    np.testing.assert_allclose(found.memberships.sum(axis=1), 1)
    assert found.typology.types.tolist() == found.memberships.argmax(axis=1).tolist()
    if not weighted:
        for _ in range(20):
            near = np.clip(found.memberships + chance.normal(0, 0.01, found.memberships.shape), 1e-9, 1)
            near /= near.sum(axis=1, keepdims=True)
            assert loss(diss.square(), near) >= found.loss * (1 - 1e-9)


def test_weights_are_copies():
    plain = scattered(10, 4, [1, 2, 1, 1, 3, 1, 1, 1, 2, 1])
    copies = np.repeat(np.arange(10), plain.weights.astype(int))
    copied = made(plain.square()[np.ix_(copies, copies)])
    weighted = fuzzy_partition(plain, 2).loss
    assert weighted == pytest.approx(fuzzy_partition(copied, 2).loss, rel=1e-9)


def test_types_that_stand_apart_are_nearly_crisp_and_the_middle_is_named():
    diss = on_a_line([0, 1, 2, 50, 98, 99, 100])
    found = fuzzy_partition(diss, 2)
    assert same_partition(np.delete(found.typology.types, 3), [0, 0, 0, 1, 1, 1])
    assert found.between(0.7) == ("P3",)
    apart = fuzzy_partition(on_a_line([0, 1, 2, 98, 99, 100]), 2)
    assert apart.coefficient > 0.99 > found.coefficient
    assert same_partition(apart.typology.types, partition(on_a_line([0, 1, 2, 98, 99, 100]), 2).types)
    table = apart.table()
    assert list(table.columns) == ["id", "type", "Type 1", "Type 2"]
    assert table["Type 1"].tolist() == apart.memberships[:, 0].tolist()


def test_refusals():
    with pytest.raises(SettingError, match=r"above 1, usually 1\.5, not 1"):
        fuzzy_partition(reference(), 2, exponent=1)
    with pytest.raises(SettingError, match=r"nobody who belongs to them most: .* Lower the exponent"):
        fuzzy_partition(reference(), 4, exponent=4)
    with pytest.raises(SettingError, match="at least 2 types"):
        fuzzy_partition(reference(), 1)
