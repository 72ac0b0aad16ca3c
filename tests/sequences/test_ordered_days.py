"""Draws of days have the distribution they should: against all possible lives counted, and rejection."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from trajectories.coding.biography import Source
from trajectories.coding.dating.dates import FuzzyDate, parse_date
from trajectories.coding.dating.life_moments import Moments
from trajectories.coding.dating.moments import Moment, Pair, binding, narrowed
from trajectories.errors import StudyError
from trajectories.sequences.ordered_days import coupled, day_weights, filtered_days, ordered_days

DRAWS = 20_000
BOUND = (np.log(2 / 1e-9) / (2 * DRAWS)) ** 0.5
"""By Dvoretzky, Kiefer, Wolfowitz and Massart a sample of DRAWS strays further than this (0.023) from its
distribution function once in 10**9 times."""

Shape = tuple[int, int, int, int]


def moment(first: int, core_first: int, core_last: int, last: int) -> Moment:
    date = FuzzyDate("d", "date", first, last, core_first, core_last)
    return Moment((first, last), (date,), "m", Source("x.yaml", 1))


def life(shapes: list[Shape], pairs: list[Pair]) -> Moments:
    moments = narrowed("P", [moment(*shape) for shape in shapes], pairs)
    return Moments("P", tuple(moments), binding(moments, pairs), {}, (), None)


def every_life(shapes: list[Shape]) -> NDArray[np.int64]:
    return np.array(list(product(*[range(shape[0], shape[3] + 1) for shape in shapes])))


def in_order(rows: NDArray[np.int64], pairs: list[Pair]) -> NDArray[np.bool_]:
    return np.asarray(np.array([rows[:, i] <= rows[:, j] for i, j in pairs]).all(axis=0))


def enumerated(shapes: list[Shape], pairs: list[Pair]) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Every possible life as a row of days, in order, and its probability."""
    rows = every_life(shapes)
    weight = np.ones(len(rows))
    for i, (first, core_first, core_last, last) in enumerate(shapes):
        before, after = np.maximum(core_first - rows[:, i], 0), np.maximum(rows[:, i] - core_last, 0)
        weight *= 1 - before / (core_first - first + 1) - after / (last - core_last + 1)
    weight *= in_order(rows, pairs)
    return rows, weight / weight.sum()


def furthest(values: NDArray[np.int64], weight: NDArray[np.float64], drawn: NDArray[np.int64]) -> float:
    """The largest distance between a distribution function and that of a sample."""
    grid = np.unique(values)
    wanted = np.array([weight[values <= x].sum() for x in grid])
    found = np.array([(drawn <= x).mean() for x in grid])
    return float(np.abs(wanted - found).max())


def assert_same(shapes: list[Shape], pairs: list[Pair], days: NDArray[np.int64]) -> None:
    """Each day and each length between two days is distributed as among all possible lives."""
    rows, weight = enumerated(shapes, pairs)
    for i in range(len(shapes)):
        assert furthest(rows[:, i], weight, days[:, i]) < BOUND
        for j in range(i):
            assert furthest(rows[:, i] - rows[:, j], weight, days[:, i] - days[:, j]) < BOUND


@st.composite
def shapes_of(draw: st.DrawFn) -> Shape:
    first = draw(st.integers(1, 6))
    steps = [draw(st.integers(0, 3)) for _ in range(3)]
    return first, first + steps[0], first + steps[0] + steps[1], first + sum(steps)


@st.composite
def orders(draw: st.DrawFn) -> tuple[list[Shape], list[Pair]]:
    """Four or five moments in any order: pairs at random, or the pairs of a diamond or a crown and more."""
    n = draw(st.integers(4, 5))
    every = [(i, j) for i in range(n) for j in range(i + 1, n)]
    ring = draw(st.sampled_from([[], [(0, 1), (0, 2), (1, 3), (2, 3)], [(0, 2), (0, 3), (1, 2), (1, 3)]]))
    more = draw(st.lists(st.sampled_from(every), unique=True, max_size=2 if ring else None))
    return [draw(shapes_of()) for _ in range(n)], sorted({*ring, *more})


@settings(max_examples=60, deadline=None)
@given(orders(), st.integers(0, 10**6))
def test_draws_are_distributed_as_all_possible_lives(made: tuple[list[Shape], list[Pair]], seed: int) -> None:
    shapes, pairs = made
    try:
        lived = life(shapes, pairs)
    except StudyError:
        assert not in_order(every_life(shapes), pairs).any()
        return
    assert_same(shapes, pairs, ordered_days(lived, DRAWS, np.random.default_rng(seed)))


RING = ([(1, 2, 8, 9), (2, 4, 9, 10), (1, 3, 9, 12), (3, 5, 10, 12)], [(0, 1), (0, 2), (1, 3), (2, 3)])
CHAIN = ([(1, 3, 9, 11), (2, 4, 8, 12), (1, 1, 9, 9), (3, 6, 6, 12)], [(0, 1), (1, 2), (2, 3)])
STAR = ([(1, 3, 9, 11), (2, 4, 8, 12), (1, 1, 9, 9), (3, 6, 6, 12)], [(0, 2), (1, 2), (2, 3)])


@pytest.mark.parametrize("made", [CHAIN, STAR])
@pytest.mark.parametrize("method", [filtered_days, coupled])
def test_both_methods_draw_the_same_from_what_has_no_ring(method: object, made: tuple[list[Shape], list[Pair]]
                                                          ) -> None:  # fmt: skip
    lived = life(*made)
    days = method(lived.moments, lived.order, DRAWS, np.random.default_rng(4))  # type: ignore[operator]
    assert_same(*made, days)


def test_a_ring_is_drawn_exactly() -> None:
    lived = life(*RING)
    assert len(lived.order) == len(lived.moments) == 4
    assert_same(*RING, ordered_days(lived, DRAWS, np.random.default_rng(5)))


REMEMBERED = ["2020~", "2020-22", "2020?", "2020-10~", "2020-23", "2021%"]


def rejected(moments: list[Moment], pairs: list[Pair], seed: int) -> NDArray[np.int64]:
    """Days drawn each for itself, kept where they happen to be in order."""
    rng, kept = np.random.default_rng(seed), np.empty((0, len(moments)), dtype=np.int64)
    while len(kept) < DRAWS:
        alone = [(m.window[0], day_weights(m)) for m in moments]
        days = np.stack([first + rng.choice(len(weights), size=10 * DRAWS, p=weights / weights.sum())
                         for first, weights in alone], axis=1)  # fmt: skip
        kept = np.concatenate([kept, days[in_order(days, pairs)]])
    return kept[:DRAWS]


def remembered() -> list[Moment]:
    dates = [parse_date(text) for text in REMEMBERED]
    return [Moment(date.window, (date,), date.text, Source("x.yaml", 1)) for date in dates]


IN_A_ROW, TIED = list(pairwise(range(6))), [(0, 1), (0, 2), (1, 3), (2, 3), (3, 4), (2, 5)]


@pytest.mark.parametrize("pairs", [IN_A_ROW, TIED])
def test_remembered_dates_are_drawn_as_by_rejection(pairs: list[Pair]) -> None:
    told = remembered()
    narrow = narrowed("P", told, pairs)
    drawn = ordered_days(Moments("P", tuple(narrow), binding(narrow, pairs), {}, (), None), DRAWS,
                         np.random.default_rng(6))  # fmt: skip
    by_rejection = rejected(told, pairs, seed=7)
    for i in range(6):
        both = [drawn[:, i], by_rejection[:, i]]
        grid = np.unique(np.concatenate(both))
        one, other = [np.searchsorted(np.sort(days), grid, side="right") / DRAWS for days in both]
        assert np.abs(one - other).max() < 2 * BOUND


def test_drawing_each_date_alone_and_sorting_is_biased() -> None:
    shapes: list[Shape] = [(1, 1, 40, 40), (11, 11, 20, 20), (1, 1, 40, 40)]
    pairs = [(0, 1), (1, 2)]
    rows, weight = enumerated(shapes, pairs)
    wanted = weight @ rows
    rng = np.random.default_rng(8)
    ordered = ordered_days(life(shapes, pairs), DRAWS, rng)
    alone = np.stack([rng.integers(s[0], s[3] + 1, size=DRAWS) for s in shapes], axis=1)
    after = np.sort(alone, axis=1)
    assert np.abs(ordered.mean(axis=0) - wanted).max() < 0.25
    assert (after.mean(axis=0) - wanted)[:2].min() > 2
    assert ((after[:, 1] < 11) | (after[:, 1] > 20)).mean() > 0.3
    assert ordered[:, 1].min() == 11
    assert ordered[:, 1].max() == 20


def test_forty_boundaries_in_one_year_rise() -> None:
    shapes = [(1, 1, 365, 365)] * 40
    pairs = list(pairwise(range(40)))
    days = ordered_days(life(shapes, pairs), 200, np.random.default_rng(9))
    assert (np.diff(days, axis=1) >= 0).all()
    assert days.min() >= 1
    assert days.max() <= 365


def test_weights_are_a_trapezoid() -> None:
    found = day_weights(moment(1, 4, 5, 7)).tolist()
    assert found == pytest.approx([1 / 4, 2 / 4, 3 / 4, 1, 1, 2 / 3, 1 / 3])
    nothing_told = Moment((1, 3), (), "m", Source("x.yaml", 1))
    assert day_weights(nothing_told).tolist() == [1, 1, 1]
