"""Types by group: counts, residuals and chi-squared as SciPy and by hand, and words that fit the numbers."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import chi2_contingency
from scipy.stats.contingency import association

from tests.comparison.material import groups, typed
from trajectories.comparison.cross_table import type_by_group
from trajectories.errors import SettingError


def crossed(counts, **more):
    """A comparison of people with the given counts (groups, types)."""
    table = np.asarray(counts)
    codes = np.repeat(np.arange(len(table)), table.sum(axis=1))
    types = np.concatenate([np.repeat(np.arange(table.shape[1]), row) for row in table])
    labels = more.pop("labels", ())
    return type_by_group(typed(types), groups(codes, labels), **more)


tables = st.integers(2, 4).flatmap(
    lambda k: st.lists(st.lists(st.integers(1, 12), min_size=k, max_size=k), min_size=2, max_size=4)
)


@given(tables)
@settings(deadline=None, max_examples=60)
def test_chi_squared_equals_scipy(counts):
    found = crossed(counts, permutations=9)
    known = chi2_contingency(np.array(counts), correction=False)
    assert found.chi2 == pytest.approx(known.statistic, abs=1e-9)
    assert found.df == known.dof
    assert found.p_value == pytest.approx(known.pvalue)
    assert found.cramers_v == pytest.approx(association(np.array(counts), method="cramer"), abs=1e-7)
    np.testing.assert_array_equal(found.counts, counts)


@given(tables, st.integers(0, 100))
@settings(deadline=None, max_examples=20)
def test_order_of_groups_and_people_changes_nothing(counts, seed):
    found = crossed(counts, permutations=9)
    turned = crossed(counts[::-1], permutations=9)
    assert turned.chi2 == pytest.approx(found.chi2, abs=1e-9)
    np.testing.assert_allclose(turned.residuals, found.residuals[::-1], atol=1e-9)


def test_permutation_p_is_near_the_asymptotic_one_for_many_people():
    found = crossed([[60, 40, 50], [45, 55, 50]], permutations=4999)
    assert found.p_permutation == pytest.approx(found.p_value, abs=0.03)


def test_permutation_p_is_that_of_fisher_in_a_two_by_two_table():
    """Of the 252 ways to deal 5 and 5 labels to 5 and 5 people, 52 give a table as extreme as 4:1 and 1:4."""
    found = crossed([[4, 1], [1, 4]], permutations=9999)
    assert found.p_permutation == pytest.approx(52 / 252, abs=0.02)


def test_p_is_not_too_small_when_types_are_drawn_at_random():
    chance = np.random.default_rng(8)
    by = groups(np.repeat([0, 1, 2], [50, 30, 20]))
    p = np.array([
        type_by_group(typed([0, 1, 2, *chance.integers(0, 3, 97)]), by, permutations=99).p_permutation
        for _ in range(200)
    ])  # fmt: skip
    for level in (0.05, 0.2, 0.5):
        assert abs((p <= level).mean() - level) < 4 * np.sqrt(level * (1 - level) / 200)


def test_table_has_a_row_a_group_and_type():
    table = crossed([[3, 1, 4], [2, 2, 5]], permutations=9).table()
    assert list(table.columns) == ["group", "type", "n", "share", "expected", "residual", "exact_p"]
    assert table["n"].tolist() == [3, 1, 4, 2, 2, 5]
    assert table.groupby("group")["share"].sum().tolist() == [1, 1]
    assert table["type"].tolist() == ["Type 1", "Type 2", "Type 3"] * 2


def test_one_person_in_a_small_group_is_no_mark_whatever_the_residual():
    found = crossed([[30, 2, 8], [5, 30, 6], [0, 1, 1]], permutations=99)
    assert found.differs
    assert [row[:2] for row in found.marks[:2]] == [("▲", "▼"), ("▼", "▲")]
    few = crossed([[40, 1, 30], [10, 1, 60], [0, 1, 1]], permutations=99)
    assert few.residuals[2, 1] > 1.96
    assert few.exact_p[2, 1] > 0.025
    assert few.marks[2] == ("", "", "")
    assert "(40 of 71, 56 %)" in few.finding


def test_sentence_names_the_type_that_stands_out_and_both_shares():
    found = crossed([[5, 55], [31, 89]], labels=("before", "after"))
    assert found.sentence().startswith(
        "Made-up groups: type 'Type 1' is more common in 'after' (31 of 120, 26 %) "
        "than in 'before' (5 of 60, 8 %)"
    )
    assert "chi-squared = 7.7, df = 1, permutation p = 0.0" in found.sentence()
    three = crossed([[20, 2], [3, 20], [4, 20]]).sentence()
    assert "'A' (20 of 22, 91 %) than in the other groups together (7 of 47, 15 %)" in three


def test_sentence_is_honest_when_there_is_nothing():
    found = crossed([[20, 20], [19, 21]])
    assert "types differ between groups in no way that chance would not also make" in found.sentence()
    assert "more common" not in found.sentence()


def test_few_people_are_pointed_out():
    assert "2 of 4 expected counts are below 5" in crossed([[4, 20], [1, 21]]).sentence()
    assert "1 of 4 expected counts is below 5" in crossed([[4, 20], [9, 61]]).sentence()
    assert "expected counts" not in crossed([[40, 20], [31, 21]]).sentence()


def test_everybody_of_one_type_is_no_error():
    found = type_by_group(typed([0, 0, 0, 1], ["P0", "P1", "P2", "X"]), groups([0, 0, 1]))
    assert (found.chi2, found.df, found.p_value, found.p_permutation, found.cramers_v) == (0, 0, 1, 1, 0)
    assert "everybody compared is of the same type" in found.sentence()
    assert np.isnan(found.residuals).all()


def test_types_nobody_has_stay_in_the_table_and_out_of_the_test():
    found = crossed([[5, 0, 6], [7, 0, 2]])
    assert found.df == 1
    assert found.table().query("type == 'Type 2'")["n"].tolist() == [0, 0]


def test_finding_statistic_and_caution_stand_apart():
    found = crossed([[4, 20], [1, 21]])
    assert found.finding.endswith("in no way that chance would not also make.")
    assert found.statistic.startswith("chi-squared = ")
    assert found.statistic.endswith("n = 46")
    assert found.caution.startswith("2 of 4 expected counts are below 5")
    assert found.sentence() == f"{found.finding[:-1]} ({found.statistic}). {found.caution}"
    many = crossed([[40, 20], [31, 21]])
    assert many.caution == ""
    assert many.sentence() == f"{many.finding[:-1]} ({many.statistic})."


def test_groups_without_anybody_are_named():
    found = type_by_group(typed([0, 1, 0]), groups([0, 2, 2], labels=("before", "between", "after")))
    assert found.groups == ("before", "after")
    assert found.empty == ("between",)


def test_people_left_out_are_counted_and_listed():
    by = groups([0, 0, 1, 1, -1, -1, 1], ids=[*"abcdef", "no type"], ambiguous=["f"])
    found = type_by_group(typed([0, 1, 0, 1, 0, 1, 1], [*"abcdef", "g"]), by, permutations=9)
    assert (found.n, found.left_out) == (4, 4)
    assert "left out: 1 outside the groups, 1 with a date that allows several groups" in found.sentence()
    assert ("no type", "without a type") in found.omitted
    assert ("g", "unknown to the groups") in found.omitted


def test_refusals():
    with pytest.raises(SettingError, match=r"all 3 people with a type are in 'A'"):
        type_by_group(typed([0, 1, 1]), groups([0, 0, 0]))
    with pytest.raises(SettingError, match=r"at least one permutation"):
        crossed([[4, 1], [1, 4]], permutations=0)
