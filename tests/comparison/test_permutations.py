"""Labels dealt anew, and what counts as at least as extreme."""

from __future__ import annotations

import numpy as np
import pytest

from trajectories.comparison.permutations import at_least, dealt
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
