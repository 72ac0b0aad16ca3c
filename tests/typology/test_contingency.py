"""Cells of a table and what chance would make of them: as SciPy and by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chi2_contingency, fisher_exact
from scipy.stats.contingency import association

from trajectories.typology.contingency import Contingency, chi_squared, mark_of

TABLES = st.integers(2, 4).flatmap(
    lambda k: st.lists(st.lists(st.integers(1, 12), min_size=k, max_size=k), min_size=2, max_size=4)
)


def test_adjusted_residuals_are_those_of_haberman() -> None:
    counts = np.array([[31, 89], [5, 55]])
    n, row, column = 180, 120, 36
    expected = row * column / n
    by_hand = (31 - expected) / np.sqrt(expected * (1 - row / n) * (1 - column / n))
    residuals = Contingency(counts).residuals
    assert residuals[0, 0] == pytest.approx(by_hand)
    assert residuals[0, 0] ** 2 == pytest.approx(chi_squared(counts))  # in a 2 x 2 table


@given(TABLES)
def test_expected_chi_squared_and_cramers_v_are_those_of_scipy(rows: list[list[int]]) -> None:
    counts = np.array(rows)
    known = chi2_contingency(counts, correction=False)
    np.testing.assert_allclose(Contingency(counts).expected, known.expected_freq)
    assert chi_squared(counts) == pytest.approx(known.statistic, abs=1e-9)
    assert Contingency(counts).df == known.dof
    assert Contingency(counts).p_value == pytest.approx(known.pvalue)
    assert chi_squared(np.stack([counts, counts[::-1]])) == pytest.approx(known.statistic, abs=1e-9)
    assert Contingency(counts).cramers_v == pytest.approx(association(counts, method="cramer"), abs=1e-7)


@given(TABLES)
def test_exact_p_of_a_cell_is_fishers_one_sided(rows: list[list[int]]) -> None:
    counts, total = np.array(rows), int(np.sum(rows))
    for (g, t), p in np.ndenumerate(Contingency(counts).exact_p):
        here, row, column = counts[g, t], counts[g].sum(), counts[:, t].sum()
        two_by_two = [[here, row - here], [column - here, total - row - column + here]]
        side = "greater" if here * total >= row * column else "less"
        assert p == pytest.approx(fisher_exact(two_by_two, alternative=side).pvalue, rel=1e-9)


def test_rows_without_anybody_change_nothing_and_one_column_tells_nothing() -> None:
    full, with_gap = np.array([[3, 5], [6, 2]]), np.array([[3, 5], [0, 0], [6, 2]])
    assert Contingency(with_gap).cramers_v == Contingency(full).cramers_v
    assert np.isnan(Contingency(with_gap).residuals[1]).all()
    assert np.isnan(Contingency(np.array([[3], [6]])).cramers_v)


@pytest.mark.parametrize(
    ("residual", "exact_p", "mark"),
    [(2.5, 0.01, "▲"), (-2.5, 0.01, "▼"), (2.5, 0.2, ""), (1.5, 0.01, ""), (float("nan"), 1.0, "")],
)
def test_a_mark_takes_the_residual_and_the_exact_tail(residual: float, exact_p: float, mark: str) -> None:
    assert mark_of(residual, exact_p) == mark


def test_no_cell_is_marked_where_the_table_as_a_whole_is_like_chance() -> None:
    cells = Contingency(np.array([[30, 5], [10, 20]]))
    assert cells.marks(True) == (("▲", "▼"), ("▼", "▲"))
    assert cells.marks(False) == (("", ""), ("", ""))
