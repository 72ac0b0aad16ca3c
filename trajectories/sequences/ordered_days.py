"""Exact draws of the days of one life: every day by its weight, given that the order is kept."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from trajectories.coding.dating.dates import FuzzyDate
from trajectories.coding.dating.life_moments import Moments
from trajectories.coding.dating.moments import Moment, Pair
from trajectories.sequences.cells import Integers

Weights: TypeAlias = NDArray[np.float64]
Shape: TypeAlias = tuple[int, int, int, int]


def ordered_days(life: Moments, draws: int, rng: np.random.Generator) -> Integers:
    """Days of the moments of a life, (draws, moments) as proleptic ordinals.

    Each moment has a weight for each day of its window (``day_weights``); the days of a draw have the
    distribution of independent draws by these weights, given that every pair of ``life.order`` is in order.
    Moments that no pair ties together are drawn apart. A group tied without a ring (a chain of boundaries,
    a moment that several domains share) is drawn by forward filtering and backward sampling; a group with a
    ring (two moments shared by two domains, with boundaries of each in between) by coupling from the past.
    Both are exact.
    """
    days = np.empty((draws, len(life.moments)), dtype=np.int64)
    for members, order in _groups(len(life.moments), life.order):
        moments = [life.moments[i] for i in members]
        if len(members) == 1 and moments[0].window[0] == moments[0].window[1]:
            days[:, members[0]] = moments[0].window[0]
        elif len(order) < len(members):
            days[:, members] = filtered_days(moments, order, draws, rng)
        else:
            days[:, members] = coupled(moments, order, draws, rng)
    return days


def day_weights(moment: Moment) -> Weights:
    """The weight of each day of a moment's window, above 0 (read-only).

    Days of the unit as written weigh 1; of f days that a qualifier adds on one side, the one m days out
    weighs 1 - m / (f + 1): a trapezoid. What several dates told of one moment is multiplied. Where nothing
    was told every day weighs 1.
    """
    shapes = tuple(_shape(date) for date in moment.dates)
    return _weights(moment.window, shapes)


def filtered_days(moments: Sequence[Moment], order: Sequence[Pair], draws: int,
                  rng: np.random.Generator) -> Integers:
    """Days (draws, moments) of a group whose pairs make no ring: forward filtering, backward sampling.

    From the leaves inward, every moment's weights are multiplied by the weight that the moments beyond have
    in all, given its day; the innermost is then drawn from what has come together, and the others outward,
    each given the day of the one before.
    """
    links = _from_the_first(len(moments), order)
    weights = [day_weights(moment).copy() for moment in moments]
    for link in reversed(links):
        _filter(moments, weights, link)
    days = np.empty((draws, len(moments)), dtype=np.int64)
    total = np.cumsum(weights[0])
    days[:, 0] = moments[0].window[0] + _place(total, np.full(draws, len(total)), rng)
    for link in links:
        days[:, link.outer] = _outward(moments, weights, link, days[:, link.inner], rng)
    return days


def coupled(moments: Sequence[Moment], order: Sequence[Pair], draws: int,
            rng: np.random.Generator) -> Integers:
    """Days (draws, moments) of a group tied in whatever way: coupling from the past (``coupling``)."""
    from trajectories.sequences.coupling import coupled_days

    totals = [np.concatenate([[0.0], np.cumsum(day_weights(moment))]) for moment in moments]
    windows = np.array([moment.window for moment in moments], dtype=np.int64)
    starts = np.cumsum([0, *map(len, totals)])
    keys = rng.integers(0, 2**64, size=draws, dtype=np.uint64)
    pairs = np.array(order, dtype=np.int64).reshape(-1, 2)
    by_later, by_earlier = (pairs[np.argsort(pairs[:, side], kind="stable")] for side in (1, 0))
    found = coupled_days(windows[:, 0].copy(), windows[:, 1].copy(), np.concatenate(totals), starts, by_later,
                         by_earlier, keys)  # fmt: skip
    return np.asarray(found)


class _Link(NamedTuple):
    """A pair of moments on the way outward; ``earlier`` when the outer one comes before the inner one."""

    inner: int
    outer: int
    earlier: bool


def _filter(moments: Sequence[Moment], weights: list[Weights], link: _Link) -> None:
    """Multiply the inner moment's weights by the weight of the outer one's days that keep the order."""
    inner, outer = moments[link.inner], moments[link.outer]
    total, days = _total(weights[link.outer], link), np.arange(inner.window[0], inner.window[1] + 1)
    weight = weights[link.inner] * total[_allowed(outer, days, link) - 1]
    weights[link.inner] = weight / weight.max()


def _outward(moments: Sequence[Moment], weights: list[Weights], link: _Link, inner: Integers,
             rng: np.random.Generator) -> Integers:
    """Days of the outer moment of a link, given those drawn for the inner one."""
    outer = moments[link.outer]
    place = _place(_total(weights[link.outer], link), _allowed(outer, inner, link), rng)
    return outer.window[0] + place if link.earlier else outer.window[1] - place


def _total(weights: Weights, link: _Link) -> Weights:
    """Weights summed from the side that is allowed whatever the inner day."""
    return np.asarray(np.cumsum(weights if link.earlier else weights[::-1]))


def _allowed(outer: Moment, inner: Integers, link: _Link) -> Integers:
    """How many days of the outer moment keep the order with each inner day; at least one does."""
    first, last = outer.window
    count = inner - first if link.earlier else last - inner
    return np.asarray(np.minimum(count, last - first) + 1)


def _place(total: Weights, allowed: Integers, rng: np.random.Generator) -> Integers:
    """Places drawn by weight among the first ``allowed`` of each."""
    wanted = rng.random(len(allowed)) * total[allowed - 1]
    return np.asarray(np.minimum(np.searchsorted(total, wanted, side="right"), allowed - 1))


def _groups(count: int, order: Sequence[Pair]) -> list[tuple[list[int], list[Pair]]]:
    """Moments tied together by pairs, each group with its pairs by place in the group."""
    group = list(range(count))
    for pair in order:
        old, new = sorted((group[pair[0]], group[pair[1]]), reverse=True)
        if old != new:
            group = [new if found == old else found for found in group]
    members: dict[int, list[int]] = {}
    for i, found in enumerate(group):
        members.setdefault(found, []).append(i)
    pairs: dict[int, list[Pair]] = {found: [] for found in members}
    for i, j in order:
        inside = members[group[i]]
        pairs[group[i]].append((inside.index(i), inside.index(j)))
    return [(inside, pairs[found]) for found, inside in members.items()]


def _from_the_first(count: int, order: Sequence[Pair]) -> list[_Link]:
    """The pairs of a group as links outward from its first moment, inner ones first."""
    links: list[_Link] = []
    reached, ahead = {0}, [0]
    for inner in ahead:
        for first, second in order:
            outer, earlier = (first, True) if second == inner else (second, False)
            if inner in (first, second) and outer not in reached:
                links.append(_Link(inner, outer, earlier))
                reached.add(outer)
                ahead.append(outer)
    assert len(reached) == count
    return links


def _shape(date: FuzzyDate) -> Shape:
    first, last = date.window
    return first, date.core_earliest or first, date.core_latest or last, last


@lru_cache(maxsize=1024)
def _weights(window: tuple[int, int], shapes: tuple[Shape, ...]) -> Weights:
    days = np.arange(window[0], window[1] + 1)
    weights = np.ones(len(days))
    for first, core_first, core_last, last in shapes:
        before, after = np.maximum(core_first - days, 0), np.maximum(days - core_last, 0)
        weights *= 1 - before / (core_first - first + 1) - after / (last - core_last + 1)
    weights.setflags(write=False)
    return weights
