"""Nobody is shown as one of a few, and no share tells how few."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.comparison.material import groups, typed
from trajectories.comparison.cross_table import TypesByGroup, type_by_group
from trajectories.disclosure.small_groups import (
    about,
    has_small_cells,
    of_large_groups,
    rounded_distribution,
    rounded_shares,
)
from trajectories.errors import SettingError

counts = st.lists(st.lists(st.integers(0, 40), min_size=4, max_size=4), min_size=1, max_size=8)


def test_only_groups_of_five_are_shown() -> None:
    assert of_large_groups([["a"], list("bcdef")]) == list("bcdef")
    assert of_large_groups([["a"], list("bc")], fewest=2) == ["b", "c"]
    with pytest.raises(SettingError, match="groups of at least 5 people may be shown, and none here"):
        of_large_groups([["a"], ["b", "c"]])


@given(counts)
def test_rounded_shares_add_up_and_stay_near(rows: list[list[int]]) -> None:
    table = np.array(rows, dtype=float).T
    observed = table.sum(axis=0)
    told = rounded_shares(np.divide(table, observed, where=observed > 0, out=table * np.nan), observed)
    assert np.isnan(told[:, observed < 5]).all()
    shown = told[:, observed >= 5]
    np.testing.assert_allclose(shown.sum(axis=0), 1.0)
    np.testing.assert_allclose(shown * 20, np.rint(shown * 20), atol=1e-9)
    assert (np.abs(shown - (table / np.maximum(observed, 1))[:, observed >= 5]) < 0.05 + 1e-9).all()


def test_largest_remainders_by_hand() -> None:
    told = rounded_shares(np.array([[0.62], [0.33], [0.05]]), np.array([40.0]))
    np.testing.assert_allclose(told[:, 0], [0.60, 0.35, 0.05])


def test_a_distribution_loses_its_counts() -> None:
    table = pd.DataFrame({
        "domain": "place", "group": "all", "position": [0, 0, 1, 1], "state": ["a", "b"] * 2,
        "label": ["A", "B"] * 2, "n": [7, 5, 3, 1], "observed": [12, 12, 4, 4],
        "share": [7 / 12, 5 / 12, 0.75, 0.25],
    })  # fmt: skip
    told = rounded_distribution(table)
    assert list(told.columns) == ["domain", "group", "position", "state", "label", "share"]
    np.testing.assert_allclose(told["share"], [0.60, 0.40, np.nan, np.nan])
    assert table["share"].iloc[0] == 7 / 12


def crossed(*rows: list[int]) -> TypesByGroup:
    table = np.array(rows)
    types = np.concatenate([np.repeat(np.arange(table.shape[1]), row) for row in table])
    codes = np.repeat(np.arange(len(table)), table.sum(axis=1))
    return type_by_group(typed(types), groups(codes), permutations=9)


def test_a_small_cell_withholds_a_cross_table_and_an_empty_one_does_not() -> None:
    assert has_small_cells(crossed([20, 4], [9, 30]))
    assert not has_small_cells(crossed([20, 0], [9, 30]))
    assert has_small_cells(crossed([20, 6], [9, 30]), fewest=10)


def test_numbers_are_told_to_the_nearest_five() -> None:
    assert [about(n) for n in (5, 7, 8, 43)] == [f"about {n} people" for n in (5, 5, 10, 45)]
