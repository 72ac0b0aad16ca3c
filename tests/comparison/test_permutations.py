"""Labels dealt anew, and what counts as at least as extreme."""

from __future__ import annotations

import numpy as np
import pytest

from tests.comparison.material import groups, made, typed
from trajectories.comparison.cross_table import type_by_group
from trajectories.comparison.discrepancy import compare_groups
from trajectories.comparison.permutations import at_least, dealt, too_few
from trajectories.errors import SettingError


def test_every_permutation_keeps_the_sizes_and_the_seed_fixes_them():
    codes = np.array([0, 0, 0, 1, 1, 2])
    one, same = (np.concatenate(list(dealt(codes, 600, seed=3)), axis=1) for _ in range(2))
    assert one.shape == (6, 600)
    assert (codes == np.sort(one, axis=0).T).all()
    np.testing.assert_array_equal(one, same)
    assert len({tuple(column) for column in one.T}) == 60  # 6! / (3! 2! 1!), all of them met


def test_equal_up_to_rounding_is_at_least_as_extreme():
    third = 1 / 3
    drawn = np.array([third, third * (1 - 1e-15), third - 1e-6, 0.9, np.inf])
    assert at_least(drawn, third) == 4
    assert at_least(np.zeros(3), 0.0) == 3


def test_a_perfect_division_is_as_extreme_as_itself():
    assert at_least(np.array([np.inf, 1e17, 8.0]), np.inf) == 2
    assert at_least(np.array([np.inf, 1e17, 8.0]), 1e17) == 2


def test_none_are_refused():
    with pytest.raises(SettingError, match=r"at least one permutation, not -1"):
        next(dealt(np.array([0, 1]), -1, seed=1))


@pytest.mark.parametrize(("sizes", "few"), [
    ((2, 1), True), ((3, 3), True), ((19, 1), True), ((20, 1), False), ((4, 3), False), ((1, 1, 2), True),
    ((2, 2, 1), False), ((500, 300), False),
])  # fmt: skip
def test_few_are_those_of_whom_the_smallest_p_is_a_twentieth_or_more(sizes, few):
    """Three of each can be divided in 20 ways: p is 1 in 20 at best, which is not below."""
    assert too_few(sizes) is few


def test_of_too_few_people_no_difference_is_denied():
    square = 1.0 - np.kron(np.eye(2), np.ones((3, 3)))
    found = compare_groups(made(square), groups([0, 0, 0, 1, 1, 1]), permutations=199)
    assert found.pseudo_r2 == 1
    assert "people are too few to tell a difference from chance" in found.sentence()
    crossed = type_by_group(typed([0, 0, 0, 1, 1, 1]), groups([0, 0, 0, 1, 1, 1]), permutations=199)
    assert crossed.few
    assert "people are too few to tell whether types differ" in crossed.sentence()
    assert crossed.marking == "No cell is marked, for people are too few to tell a difference from chance."
