"""Discrepancy analysis equals TraMineR's, obeys its laws, and does not find what is not there."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.comparison.material import groups, made, numbers, reference, reference_groups, scattered
from trajectories.comparison.discrepancy import compare_groups
from trajectories.errors import SettingError

FILES = [
    ("dissassoc_cohort", "cohort", None, 1),
    ("dissassoc_type", "type", None, 1),
    ("dissassoc_cohort_w_diss", "cohort", "weight", 1),
    ("dissassoc_cohort_squared", "cohort", None, 2),
    ("dissassoc_cohort_w_group", "cohort", "weight", 1),
    ("dissassoc_cohort_w_randsampl", "cohort", "weight to 60", 1),
    ("dissassoc_cohort_iw_replicate", "cohort", "iweight", 1),
]


@pytest.mark.parametrize(("file", "column", "weights", "power"), FILES)
def test_statistics_equal_dissassoc(file, column, weights, power):
    diss = reference(weights)
    diss = made(diss.square() ** power, diss.weights, diss.ids)
    found = compare_groups(diss, reference_groups(column), permutations=99)
    known = numbers(f"{file}.json")
    statistics = {row["stat"]: row["t0"] for row in known["stat"]}
    assert found.pseudo_f == pytest.approx(statistics["Pseudo F"], rel=1e-8)
    assert found.pseudo_r2 == pytest.approx(statistics["Pseudo R2"], rel=1e-8)
    assert found.levene == pytest.approx(statistics["Levene"], rel=1e-8)
    rows = {row["group"]: row for row in known["groups"]}
    assert found.total == pytest.approx(rows.pop("Total")["discrepancy"], rel=1e-8)
    table = found.table()
    assert table["group"].tolist() == list(rows)
    np.testing.assert_allclose(table["weight"], [row["n"] for row in rows.values()], rtol=1e-8)
    np.testing.assert_allclose(table["discrepancy"], [row["discrepancy"] for row in rows.values()], rtol=1e-8)


def test_discrepancies_equal_dissvar():
    known = numbers("dissvar.json")
    found = compare_groups(reference(), reference_groups("cohort"), permutations=9)
    assert found.total == pytest.approx(known["total"], rel=1e-8)
    by_group = dict(zip(found.labels, found.discrepancies, strict=True))
    assert by_group == pytest.approx(known["bygroup"], rel=1e-8)
    weighted = compare_groups(reference("weight"), reference_groups("cohort"), permutations=9)
    assert weighted.total == pytest.approx(known["weighted"], rel=1e-8)
    square = made(reference().square() ** 2, ids=reference().ids)
    squared = compare_groups(square, reference_groups("cohort"), permutations=9)
    assert squared.total == pytest.approx(known["squared"], rel=1e-8)


@pytest.mark.parametrize(("file", "column", "weights"), [f[:3] for f in FILES[:3]])
def test_p_is_that_of_dissassoc_up_to_chance(file, column, weights):
    known = {row["stat"]: row["p.value"] for row in numbers(f"{file}.json")["stat"]}["Pseudo F"]
    found = compare_groups(reference(weights), reference_groups(column), permutations=4999).p_value
    assert abs(found - known) < 4 * np.sqrt(max(known, 0.001) / 1000) + 0.001


def test_with_few_people_p_counts_the_divisions_that_there_are():
    """Four people in two pairs: 2 of the 6 ways to deal the labels are as extreme as the observed one."""
    diss = made([[0, 1, 9, 9], [1, 0, 9, 9], [9, 9, 0, 1], [9, 9, 1, 0]])
    found = compare_groups(diss, groups([0, 0, 1, 1]), permutations=9999)
    assert found.p_value == pytest.approx(1 / 3, abs=0.02)


@given(st.integers(0, 500), st.floats(0.01, 100))
@settings(deadline=None, max_examples=25)
def test_scale_order_and_names_change_nothing(seed, factor):
    diss = scattered(18, seed)
    codes = np.arange(18) % 3
    found = compare_groups(diss, groups(codes), permutations=49)
    turned = tuple(np.random.default_rng(seed).permutation(diss.ids).tolist())
    for other in (
        compare_groups(made(diss.square() * factor), groups(codes), permutations=49),
        compare_groups(diss.select(turned), groups(codes), permutations=49),
        compare_groups(diss, groups(2 - codes), permutations=49),
    ):
        assert other.pseudo_r2 == pytest.approx(found.pseudo_r2)
        assert other.pseudo_f == pytest.approx(found.pseudo_f)
        assert other.levene == pytest.approx(found.levene)


@given(st.integers(0, 500), st.lists(st.integers(1, 3), min_size=10, max_size=10))
@settings(deadline=None, max_examples=25)
def test_weights_are_copies_for_the_statistics(seed, weights):
    diss = scattered(10, seed, weights)
    copies, codes = np.repeat(np.arange(10), weights), np.arange(10) % 2
    weighted = compare_groups(diss, groups(codes), permutations=9)
    twice = made(diss.square()[np.ix_(copies, copies)])
    copied = compare_groups(twice, groups(codes[copies]), permutations=9)
    for name in ("pseudo_r2", "pseudo_f", "levene", "total", "discrepancies"):
        assert getattr(weighted, name) == pytest.approx(getattr(copied, name)), name


def test_same_seed_same_p_and_other_seed_hardly_another():
    diss, by = scattered(40, 1), groups(np.arange(40) % 2)
    one, same, other = (compare_groups(diss, by, permutations=1999, seed=s) for s in (1, 1, 2))
    assert one.p_value == same.p_value
    assert one.levene_p == same.levene_p
    assert abs(one.p_value - other.p_value) < 0.06


def test_p_is_uniform_when_groups_are_drawn_at_random():
    chance = np.random.default_rng(11)
    sizes = np.repeat([0, 1, 2], [22, 11, 5])
    tests = [
        compare_groups(scattered(38, 1000 + draw), groups(chance.permutation(sizes)), permutations=99)
        for draw in range(200)
    ]
    for name in ("p_value", "levene_p"):
        p = np.array([getattr(test, name) for test in tests])
        for level in (0.05, 0.2, 0.5, 0.8):
            assert abs((p <= level).mean() - level) < 4 * np.sqrt(level * (1 - level) / 200), (name, level)


def test_groups_that_differ_are_found_and_told():
    chance = np.random.default_rng(3)
    points = np.concatenate([chance.normal(0, 1, 30), chance.normal(3, 3, 30)])
    diss = made(np.abs(points[:, None] - points))
    found = compare_groups(diss, groups(np.repeat([0, 1], 30), ("narrow", "wide")))
    assert found.p_value == found.levene_p == 0.001
    assert found.sentence().startswith("Made-up groups: lives in different groups differ more than chance")
    assert "permutation p = 0.001 from 999 permutations, n = 60" in found.sentence()
    assert "most varied in 'wide' and least in 'narrow'" in found.sentence()


def test_no_difference_is_told_as_none():
    found = compare_groups(scattered(30, 4), groups(np.arange(30) % 2))
    assert found.p_value > 0.05
    assert "no difference that chance would not also make; the grouping accounts for" in found.sentence()
    assert "do not differ in how varied their lives are beyond chance" in found.sentence()


def test_a_group_of_one_does_not_make_a_difference_in_spread():
    found = compare_groups(scattered(40, 6), groups([0] * 20 + [1] * 19 + [2]))
    assert found.discrepancies[2] == 0
    assert found.levene_p > 0.05


def test_people_without_group_or_sequence_are_left_out_and_listed():
    diss = scattered(8, 2)
    by = groups([0, 0, 0, 1, 1, -1, -1, 1], ids=["P0", "P1", "P2", "P3", "P4", "P5", "P6", "Q"],
                ambiguous=["P6"])  # fmt: skip
    found = compare_groups(diss, by, permutations=9)
    assert (found.n, found.left_out, found.sizes) == (5, 4, (3, 2))
    assert dict(found.omitted) == {
        "P5": "outside the groups",
        "P6": "with a date that allows several groups",
        "P7": "unknown to the groups",
        "Q": "without a sequence",
    }
    assert "left out: 1 outside the groups, 1 with a date that allows several groups" in found.sentence()


def test_groups_without_people_are_dropped():
    found = compare_groups(scattered(6, 2), groups([0, 0, 0, 2, 2, 2], ("a", "nobody", "c")), permutations=9)
    assert found.table()["group"].tolist() == ["a", "c"]


@pytest.mark.parametrize(
    ("diss", "codes", "message"),
    [
        (scattered(4, 1), [0, 0, 0, 0], r"at least two groups, but all 4 people with a sequence are in 'A'"),
        (scattered(4, 1), [-1, -1, -1, -1], r"but nobody with a sequence is in any"),
        (scattered(3, 1), [0, 1, 2], r"more people than groups, and there are 3 people"),
        (made(np.zeros((4, 4))), [0, 0, 1, 1], r"The 4 lives compared by Made-up groups are all equal"),
        (made(np.full((4, 4), np.nan)), [0, 0, 1, 1], r"6 of 6 dissimilarities are not numbers"),
    ],
)
def test_what_cannot_be_compared_is_said_plainly(diss, codes, message):
    labels = ("A", "B", "C") if max(codes) < 0 or max(codes) == 0 else ()
    with pytest.raises(SettingError, match=message):
        compare_groups(diss, groups(codes, labels))


def test_no_permutations_are_refused():
    with pytest.raises(SettingError, match=r"at least one permutation, not 0; 999 is usual"):
        compare_groups(scattered(6, 1), groups([0, 0, 0, 1, 1, 1]), permutations=0)


def test_a_perfect_division_of_few_people_is_no_rarer_than_chance_makes_it():
    square = [[float((i < 3) != (j < 3)) for j in range(6)] for i in range(6)]
    found = compare_groups(made(square), groups([0, 0, 0, 1, 1, 1]), permutations=1999, seed=1)
    assert found.pseudo_f > 1e12
    assert found.p_value == pytest.approx(2 / 20, abs=0.03)  # 2 of the 20 ways to deal three and three


def test_the_only_person_of_all_groups_is_one() -> None:
    with pytest.raises(SettingError, match=r"the only person with a sequence is in 'B'"):
        compare_groups(scattered(4, 1), groups([-1, 1, -1, -1]))


@pytest.mark.filterwarnings("error")
def test_people_who_weigh_nothing_count_for_nothing_whoever_is_dealt_them() -> None:
    """A group without weight made R2 no number, and its p the smallest there is."""
    weights = np.array([1, 1, 1, 1, 1, 2, 0, 0, 0, 0], dtype=float)
    diss, codes = scattered(10, 3, weights), [0, 0, 0, 1, 1, 1, 0, 0, 1, 1]
    found = compare_groups(diss, groups(codes), permutations=199)
    some = compare_groups(diss.select(diss.ids[:6]), groups(codes[:6]), permutations=199)
    assert (found.pseudo_r2, found.pseudo_f) == pytest.approx((some.pseudo_r2, some.pseudo_f))
    assert found.discrepancies == pytest.approx(some.discrepancies)
    assert 0.05 < found.p_value <= 1
    with pytest.raises(SettingError, match=r"nobody in 'C' weighs anything"):
        compare_groups(diss, groups([0, 0, 0, 1, 1, 1, 0, 0, 2, 2]))
    with pytest.raises(SettingError, match="are all equal"):
        compare_groups(made(np.abs(np.subtract.outer([0, 0, 0, 5.0], [0, 0, 0, 5.0])), [2, 2, 2, 0]),
                       groups([0, 1, 1, 0]))  # fmt: skip
