"""The loops written as vector instructions against the same in plain words."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.alignment.reference import textbook
from trajectories.alignment.computing.arithmetic import savings
from trajectories.alignment.computing.blocks import Run
from trajectories.alignment.computing.lives import Lives
from trajectories.alignment.computing.matching import align, common

Numbers = NDArray[Any]
NUMBERS = {"uint8": 1.0, "uint16": 0.01, "int32": 1e-5, "float64": 0.0}
"""What each kind of number can tell apart: costs that are multiples of these are computed in it."""


def plain_sweep(saved: Numbers, profile: Numbers, starts: tuple[int, ...]) -> None:
    """What ``vector_rows.sweep`` does, cell by cell, in numbers that cannot overflow."""
    length, wide = saved.shape
    steps = saved.dtype.kind == "u"
    for lane in range(wide):
        row = [float(value) for value in saved[:, lane]]
        above = np.concatenate([[0], np.cumsum(row) if steps else row])
        for start in starts:
            here = [0.0]
            for place in range(length):
                saving = float(profile.reshape(-1)[start + place * wide + lane])
                here.append(max(above[place] + saving, above[place + 1], here[place]))
            above = np.array(here)
        saved[:, lane] = np.diff(above) if steps else above[1:]


@pytest.mark.parametrize("name", ["uint8", "uint16", "int32", "float64"])
def test_a_sweep_is_four_rows_of_the_recursion(name: str) -> None:
    from trajectories.alignment.kernels.savings import at_lines
    from trajectories.alignment.kernels.vector_rows import WIDE, add_up, sweep
    from trajectories.sequences.compiling import compiled

    @compiled
    def run(saved: Any, profile: Any, length: int, starts: Any, total: Any) -> None:
        sweep(saved, profile, length, starts)
        add_up(saved, length, total)

    rng = np.random.default_rng(5)
    number, length, top = np.dtype(name), 7, {"uint8": 255, "uint16": 65535}.get(name, 10**6)
    wide = WIDE // number.itemsize
    saved, profile = at_lines((length, wide), number), at_lines((5, length, wide), number)
    profile[:4] = rng.integers(0, top, size=(4, length, wide), endpoint=True)
    total = np.zeros(wide, np.float64 if name == "float64" else np.int32)
    expected = saved.copy()
    for order in ((0, 1, 2, 3), (3, 3, 0, 4), (4, 4, 4, 4)):
        starts = tuple(row * saved.size for row in order)
        run(saved, profile, length, starts, total)
        plain_sweep(expected, profile, starts)
        np.testing.assert_array_equal(saved, expected)
    whole = expected.astype(float).sum(axis=0) if number.kind == "u" else expected[-1]
    np.testing.assert_array_equal(total, whole)


def drawn(rng: np.random.Generator, n: int, longest: int, sizes: tuple[int, ...]) -> Lives:
    lengths = rng.integers(1, longest, size=n, endpoint=True)
    lengths[0] = longest
    codes = np.stack([rng.integers(size, size=(n, longest)) for size in sizes], axis=2).astype(np.int32)
    codes[:, 1:] = np.where(rng.random((n, longest - 1, 1)) < 0.6, codes[:, :-1], codes[:, 1:])
    codes *= (np.arange(longest) < lengths[:, None])[:, :, None]
    return Lives(codes, lengths, np.arange(n))


def drawn_costs(rng: np.random.Generator, size: int, step: float) -> tuple[Numbers, Numbers]:
    """Symmetric costs up to 2 and an indel for each state from 1 to 2, as multiples of ``step``."""
    table, indel = rng.uniform(0.5, 2, size=(size, size)), rng.uniform(1, 2, size=size)
    table = np.triu(table, 1) + np.triu(table, 1).T
    return (np.round(table / step) * step, np.round(indel / step) * step) if step else (table, indel)


@pytest.mark.parametrize("sizes", [(5,), (4, 3, 2)])
@pytest.mark.parametrize("number", NUMBERS)
def test_every_kind_of_number_computes_the_textbook(number: str, sizes: tuple[int, ...]) -> None:
    rng = np.random.default_rng(len(sizes))
    lives = drawn(rng, 70, 14, sizes)
    costs = [drawn_costs(rng, size, NUMBERS[number]) for size in sizes]
    tables, indels = [table for table, _ in costs], [indel for _, indel in costs]
    numbers = savings(tables, indels, lives.length, "double" if number == "float64" else "single")
    if len(sizes) == 1 or number == "float64":
        assert numbers.tables.dtype == number
    found = align(lives, numbers, np.cumsum([0, *sizes]), Run("double", 1))
    rows, columns = np.triu_indices(70, 1)
    for pair in rng.integers(len(found), size=60):
        one, other = (lives.codes[life, : lives.lengths[life]].T for life in (rows[pair], columns[pair]))
        expected = textbook(one.astype(np.int16), other.astype(np.int16), tables, indels)
        np.testing.assert_allclose(found[pair], expected, rtol=max(numbers.error, 1e-12))


@pytest.mark.parametrize("longest", [1, 2, 62, 63, 64, 126, 127, 300])
def test_words_count_the_longest_common_subsequence(longest: int) -> None:
    rng = np.random.default_rng(longest)
    lives = drawn(rng, 67, longest, (3,))
    numbers = savings([2.0 * (1 - np.eye(3))], [np.ones(3)], longest, "double")
    expected = align(lives, numbers, np.array([0, 3]), Run("double", 1))
    np.testing.assert_array_equal(common(lives, 3, 1.0, Run("double", 1)), expected)
