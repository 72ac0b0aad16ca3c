"""Distributions, entropy, rates, order and spells."""

from __future__ import annotations

import numpy as np
import pytest

from tests.alignment.reference import lives_of, made, table
from trajectories.errors import SettingError
from trajectories.sequences.description import entropy, state_distribution
from trajectories.sequences.order import sort_order
from trajectories.sequences.sequences import MISSING, VOID
from trajectories.sequences.spells import spells
from trajectories.sequences.transitions import transition_rates

SAMPLES = ["s60", "sw60", "s68", "s70"]


@pytest.mark.parametrize("sample", SAMPLES)
def test_shares_equal_the_reference(sample: str) -> None:
    found = state_distribution(lives_of(sample))
    np.testing.assert_allclose(found["share"].to_numpy().reshape(48, 6).T, table(f"{sample}_seqstatd_freq"),
                               rtol=1e-12, atol=1e-14)  # fmt: skip
    sums = found.groupby("position")["n"].sum()
    assert (sums == found.groupby("position")["observed"].first()).all()


@pytest.mark.parametrize("sample", SAMPLES)
def test_entropy_equals_the_reference(sample: str) -> None:
    np.testing.assert_allclose(entropy(lives_of(sample))["entropy"], table(f"{sample}_seqstatd_entropy"),
                               rtol=1e-12)  # fmt: skip


@pytest.mark.parametrize("sample", SAMPLES)
def test_transition_rates_equal_the_reference(sample: str) -> None:
    found = transition_rates(lives_of(sample))
    np.testing.assert_allclose(found, table(f"{sample}_seqtrate"), rtol=1e-12, atol=1e-14)
    assert list(found.index) == list("ABCDEF")


def test_distribution_by_group_and_domain() -> None:
    lives = made([[[0, 1], [0, 0]], [[0, MISSING], [1, 1]], [[VOID, VOID], [VOID, 1]]], [2, 2])
    found = state_distribution(lives, groups={"first": ["P0", "P1", "unknown"], "nobody": []})
    assert list(found.columns) == ["domain", "group", "position", "state", "label", "n", "observed", "share"]
    assert len(found) == 2 * 2 * 2 * 2
    first = found.query("domain == 'd0' and group == 'first'")
    assert first["n"].tolist() == [2, 0, 0, 1]
    assert first["observed"].tolist() == [2, 2, 1, 1]
    assert first["share"].tolist() == [1.0, 0.0, 0.0, 1.0]
    assert found.query("group == 'nobody'")["share"].isna().all()
    assert set(state_distribution(lives, "d1")["group"]) == {"all"}
    with pytest.raises(SettingError, match="no groups"):
        state_distribution(lives, groups={})
    with pytest.raises(SettingError, match="no domain 'd7'"):
        state_distribution(lives, "d7")


def test_where_nobody_is_observed_nothing_is_said() -> None:
    lives = made([[[0, MISSING]], [[1, VOID]]], [2])
    assert entropy(lives)["entropy"].tolist()[0] == 1.0
    assert np.isnan(entropy(lives)["entropy"].tolist()[1])
    assert transition_rates(lives).to_numpy().tolist() == [[0.0, 0.0], [0.0, 0.0]]
    assert entropy(made([[[0]]], [1]))["entropy"].tolist() == [0.0]


def test_drawing_order() -> None:
    states = [[0, 0, 1], [0, 1, 1], [1, 1, 1], [0, 0, 0], [0, MISSING, 1], [0, VOID, VOID]]
    lives = made([[row] for row in states], [2])
    assert sort_order(lives, "d0", "first_change") == ("P1", "P0", "P4", "P3", "P5", "P2")
    assert sort_order(lives, "d0", "start") == ("P3", "P0", "P1", "P4", "P5", "P2")
    assert sort_order(lives, "d0", "end") == ("P3", "P0", "P1", "P2", "P4", "P5")
    with pytest.raises(SettingError, match="cannot be sorted by 'typical'; choose first_change, start, end"):
        sort_order(lives, "d0", "typical")  # type: ignore[arg-type]


def test_spells() -> None:
    lives = made([[[0, 0, 1, MISSING, MISSING, 0]], [[VOID, 1, 1, 1, VOID, VOID]]], [2])
    found = spells(lives, "d0")
    assert found.to_numpy().tolist() == [
        ["P0", "s0", 0, 2], ["P0", "s1", 2, 1], ["P0", "*", 3, 2], ["P0", "s0", 5, 1], ["P1", "s1", 1, 3],
    ]  # fmt: skip
    assert spells(lives_of("s68"))["length"].sum() == lives_of("s68").lengths.sum()
