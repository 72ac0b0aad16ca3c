"""The loops written as vector instructions against the same in plain words."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from tests.alignment.reference import made, textbook
from trajectories.alignment.computing import halves, matching
from trajectories.alignment.computing.arithmetic import TOLERANCE, Precision, Savings, savings
from trajectories.alignment.computing.blocks import Run
from trajectories.alignment.computing.lives import Lives
from trajectories.alignment.computing.matching import align, common
from trajectories.alignment.costs.by_hand import stated_costs
from trajectories.alignment.measures.basic import Hamming

Numbers = NDArray[Any]
PRECISIONS: tuple[Precision, ...] = ("single", "double")
NUMBERS = {"uint8": 1.0, "uint16": 0.01, "int32": 1e-5, "float64": 0.0}
"""What each kind of number can tell apart: costs that are multiples of these are computed in it."""


def plain_sweep(saved: Numbers, profile: Numbers, starts: tuple[int, ...]) -> None:
    """What ``vector_rows.sweep`` does, cell by cell, in numbers that cannot overflow."""
    length, wide = saved.shape
    steps = saved.dtype.kind == "u"
    for lane in range(wide):
        row = [float(value) for value in saved[:, lane]]
        above = np.concatenate([[0], np.cumsum(row) if steps else row])
        for parts in zip(starts[:5], *[starts[5:]] * (len(starts) > 5), strict=True):
            here = [0.0]
            for place in range(length):
                saving = sum(float(profile.reshape(-1)[start + place * wide + lane]) for start in parts)
                here.append(max(above[place] + saving, above[place + 1], here[place]))
            above = np.array(here)
        saved[:, lane] = np.diff(above) if steps else above[1:]


@pytest.mark.parametrize("name", ["uint8", "uint16", "int32", "float64"])
def test_a_sweep_is_rows_of_the_recursion(name: str) -> None:
    from trajectories.alignment.kernels.savings import at_lines
    from trajectories.alignment.kernels.vector_rows import WIDE, add_up, sweep
    from trajectories.sequences.compiling import compiled

    @compiled
    def run(saved: Any, profile: Any, length: int, starts: Any, total: Any) -> None:
        sweep(saved, profile, length, starts)
        add_up(saved, length, total)

    rng = np.random.default_rng(5)
    number, length, top = np.dtype(name), 7, {"uint8": 255, "uint16": 65535}.get(name, 10**6)
    wide = WIDE[number.itemsize]
    saved, profile = at_lines((length, wide), number), at_lines((5, length, wide), number)
    profile[:4] = rng.integers(0, top // 2, size=(4, length, wide), endpoint=True)
    total = np.zeros(wide, np.float64 if name == "float64" else np.int32)
    expected = saved.copy()
    for order in ((0, 1, 2, 3, 0), (3, 3, 0, 4, 1), (4, 4, 4, 4, 4),
                  (0, 1, 2, 3, 0, 1, 1, 4, 0, 2), (3, 4, 1, 4, 0, 3, 4, 2, 2, 0)):  # fmt: skip
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


@pytest.mark.parametrize(("sizes", "room"), [((5,), 0), ((4, 3), 2**22), ((4, 3, 2), 2**22),
                                             ((4, 3, 2), 0), ((2, 3, 2, 4, 2), 2**22)])  # fmt: skip
@pytest.mark.parametrize("number", NUMBERS)
def test_every_kind_of_number_computes_the_textbook(number: str, sizes: tuple[int, ...], room: int,
                                                    monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matching, "ROOM", room)
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


@pytest.mark.parametrize("few", [2**22, 1])
def test_halves_say_every_state_of_every_position(few: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(halves, "_FEW", few)
    sizes = (3, 300, 2, 5, 4)
    lives, offsets = drawn(np.random.default_rng(2), 20, 9, sizes), np.cumsum([0, *sizes])
    kinds, which = halves.halves(lives.codes, offsets)
    assert kinds.shape[1] == 3
    assert sorted(np.unique(which)) == list(range(len(kinds)))
    assert len(np.unique(kinds, axis=0)) == len(kinds)
    both = kinds[which].reshape(*lives.codes.shape[:2], 6)
    assert (both[:, :, 5] == -1).all()
    np.testing.assert_array_equal(both[:, :, :5], lives.codes + offsets[:-1])


@pytest.mark.parametrize("longest", [1, 2, 62, 63, 64, 126, 127, 300])
def test_words_count_the_longest_common_subsequence(longest: int) -> None:
    rng = np.random.default_rng(longest)
    lives = drawn(rng, 67, longest, (3,))
    numbers = savings([2.0 * (1 - np.eye(3))], [np.ones(3)], longest, "double")
    expected = align(lives, numbers, np.array([0, 3]), Run("double", 1))
    np.testing.assert_array_equal(common(lives, 3, 1.0, Run("double", 1)), expected)


def test_five_thousand_positions_are_exact_in_every_kind_of_number() -> None:
    rng = np.random.default_rng(9)
    lives = drawn(rng, 3, 5000, (4,))
    uneven = np.pi * (1 - np.eye(4)) + 0.3 * np.add.outer(np.arange(4), np.arange(4)) * (1 - np.eye(4))
    dear = np.full(4, 4.0)
    floats = Savings((8 - np.minimum(uneven, 8))[None], 1.0, 0.0, dear)
    expected = align(lives, floats, np.array([0, 4]), Run("double", 1))
    for precision in PRECISIONS:
        numbers = savings([uneven], [dear], 5000, precision)
        found = align(lives, numbers, np.array([0, 4]), Run("double", 1))
        np.testing.assert_allclose(found, expected, rtol=max(numbers.error, 1e-12))
    shared = savings([2 * (1 - np.eye(4))], [np.ones(4)], 5000, "double")
    expected = align(lives, shared, np.array([0, 4]), Run("double", 1))
    np.testing.assert_array_equal(common(lives, 4, 1.0, Run("double", 1)), expected)


@given(st.integers(1, 6000), st.sampled_from(["single", "double"]), st.integers(1, 3), st.data())
@settings(max_examples=80, deadline=None)
def test_numbers_hold_all_that_can_be_saved(length: int, precision: Any, domains: int,
                                            data: st.DataObject) -> None:
    seed, step = data.draw(st.integers(0, 10**6)), data.draw(st.sampled_from([0.0, 0.25, 0.01, 1.0]))
    rng = np.random.default_rng(seed)
    scale = 10.0 ** data.draw(st.integers(-3, 3))
    costs = [drawn_costs(rng, 4, step) for _ in range(domains)]
    tables, indels = [scale * table for table, _ in costs], [scale * indel for _, indel in costs]
    numbers = savings(tables, indels, length, precision)
    assert numbers.error <= (TOLERANCE if precision == "single" else 0)
    if numbers.tables.dtype == np.float64:
        return
    ends = np.cumsum([0, *(len(indel) for indel in indels)])
    most = sum(int(numbers.tables[0, a:b].max()) for a, b in pairwise(ends))
    alone = sum(int(numbers.alone[a:b].max()) for a, b in pairwise(ends))
    if numbers.tables.dtype.kind == "u":
        assert most <= np.iinfo(numbers.tables.dtype).max
    assert 2 * length * alone + 2 * alone <= np.iinfo(np.int32).max
    np.testing.assert_allclose(numbers.alone * numbers.unit, np.concatenate(indels),
                               rtol=1.001 * numbers.error + 1e-13)  # fmt: skip


@pytest.mark.parametrize(("step", "number"), [(1.0, "uint8"), (0.01, "uint16"), (0.0, "int32")])
def test_costs_by_position_are_added_up_in_the_numbers_chosen(step: float, number: str) -> None:
    rng = np.random.default_rng(4)
    sample = made(rng.integers(0, 4, size=(70, 2, 20)), [4, 4])
    costs = stated_costs(sample, {name: drawn_costs(rng, 4, step)[0] for name in ("d0", "d1")})
    told = {"uint8": "8-bit", "uint16": "16-bit", "int32": "32-bit"}[number]
    single, double = (Hamming(costs).compare(sample, Run(precision)) for precision in PRECISIONS)
    assert single.numbers.startswith(told)
    expected = np.zeros((70, 70))
    for domain, layer in zip(costs.domains, sample.states.transpose(1, 0, 2), strict=True):
        expected += domain.substitution[layer[:, None], layer[None]].sum(axis=2)
    expected = expected[np.triu_indices(70, 1)]
    np.testing.assert_allclose(double.found, expected, rtol=1e-12)
    np.testing.assert_allclose(single.found, expected, rtol=1e-5)
