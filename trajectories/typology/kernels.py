"""Compiled passes over condensed dissimilarities. Imported only by the functions that need them: numba is
slow to load, and each pass takes its time to compile, so they are plain loops over arrays that are there."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from trajectories.sequences.compiling import compiled

Floats = NDArray[np.float64]


def sums_to_types(square: Floats, types: Any, weights: Floats, k: int) -> tuple[Floats, Floats]:
    """Each person's weighted sum of dissimilarities to each type, and of their squares, (people, types)."""
    plain, squared = np.zeros((len(types), k)), np.zeros((len(types), k))
    _sum_to_types(square, types, weights, plain, squared)
    return plain, squared


@compiled
def _sum_to_types(square: Floats, types: Any, weights: Floats, plain: Floats, squared: Floats) -> None:
    for i in range(square.shape[0]):
        for j in range(square.shape[0]):
            value, part = square[i, j], types[j]
            weighed = weights[j] * value
            plain[i, part] += weighed
            squared[i, part] += weighed * value


@compiled
def row_of(p: int, n: int) -> int:
    """The row i of the condensed place p, whose column is p - (first place of row i) + i + 1."""
    i = int((2 * n - 1 - ((2.0 * n - 1) ** 2 - 8.0 * p) ** 0.5) / 2)
    while i * (2 * n - i - 1) // 2 > p:
        i -= 1
    while (i + 1) * (2 * n - i - 2) // 2 <= p:
        i += 1
    return i


@compiled
def pairs_in_order(order: Any, n: int, rows: Any, columns: Any) -> None:
    """Write the two people of each condensed place in ``order`` into ``rows`` and ``columns``."""
    for q in range(order.size):
        i = row_of(order[q], n)
        rows[q] = i
        columns[q] = order[q] - i * (2 * n - i - 1) // 2 + i + 1


@compiled
def levels_of(
    values: Any, rows: Any, columns: Any, weights: Any, level: Any, levels: Floats, mass: Any
) -> int:
    """At which level each of the rising ``values`` is, the first level being 0; of each level the value and
    the weight of the ordered pairs at it. How many levels there are."""
    at, here, inside = 0, 0.0, weights[0] * 0
    levels[0] = 0.0
    for q in range(values.size):
        if values[q] != here:
            mass[at] = inside
            here, inside = float(values[q]), weights[0] * 0
            at += 1
            levels[at] = here
        level[q] = at
        inside += 2 * weights[rows[q]] * weights[columns[q]]
    mass[at] = inside
    return at + 1


@compiled
def couples(
    level: Any, rows: Any, columns: Any, part: Any, weights: Any, mass: Any, own: Any, ends: Any
) -> tuple[float, float, float]:
    """Couples of a pair inside a type and one across types: the weight of concordant, discordant and tied
    ones.

    ``level`` to ``columns`` and ``mass`` as ``OrderedPairs`` keeps them, ``weights`` its ``whole`` ones,
    ``part`` (people,) the types; ``own``: the weight of pairs with oneself, all inside at level 0. ``ends``
    is room: a stretch of as many pairs is told apart first, then its levels are added up, which is twice as
    fast in whole numbers.
    """
    concordant = discordant = tied = within = between = 0.0
    inside, pending, chunk = own, 0, ends.size - 1
    for begin in range(0, level.size, chunk):
        end = min(begin + chunk, level.size)
        ends[0] = inside  # of the level at which the last stretch broke off
        for q in range(begin, end):
            one, other = np.uint32(rows[q]), np.uint32(columns[q])
            weight = 2 * weights[one] * weights[other]
            if part[one] == part[other]:
                inside += weight
            ends[np.uint32(level[q] - pending)] = inside
        whole = level[end - 1] if end < level.size else mass.size
        for k in range(pending, whole):
            here_within = ends[k - pending] - within
            here_between = mass[k] + (own if k == 0 else 0) - here_within
            concordant += here_between * within
            discordant += here_within * between
            tied += here_within * here_between
            within += here_within
            between += here_between
        pending = whole
    return concordant, discordant, tied


def fasterpam(square: Floats, weights: Floats, medoids: Any, order: Any) -> None:
    """Improve ``medoids`` (k,) in place by single swaps until none of a whole round of ``order`` does."""
    n, k = len(square), len(medoids)
    taken = np.zeros(n, dtype=np.bool_)
    taken[medoids] = True
    room = np.zeros(n, np.int64), np.empty(n), np.empty(n), np.empty(k), np.empty(k)
    _swap(square, weights, medoids, order, taken, *room)


@compiled
def _swap(
    square: Floats, weights: Floats, medoids: Any, order: Any, taken: Any, which: Any, first: Floats,
    second: Floats, removal: Floats, change: Floats,
) -> None:  # fmt: skip
    """``taken`` (n,) are those that are medoids; from ``which`` on as in ``_assign``, then room for what
    each exchange would change."""
    n, k = square.shape[0], medoids.size
    least = _assign(square, weights, medoids, which, first, second, removal)
    enough = 1e-12 * least
    unchanged = tried = 0
    while unchanged < n:
        candidate = order[tried % n]
        tried += 1
        unchanged += 1
        if taken[candidate]:
            continue
        for m in range(k):
            change[m] = removal[m]
        gain = 0.0
        for o in range(n):
            d = square[candidate, o]  # without branches: they would be guessed wrongly too often
            gain += weights[o] * min(d - first[o], 0.0)
            change[which[o]] += weights[o] * (max(first[o], min(d, second[o])) - second[o])
        best = 0
        for m in range(1, k):
            best = m if change[m] < change[best] else best
        if change[best] + gain < -enough:
            before = medoids[best]
            medoids[best] = candidate
            now = _assign(square, weights, medoids, which, first, second, removal)
            if now < least:
                taken[before], taken[candidate] = False, True
                least, unchanged = now, 0
            else:  # the gain was nothing but rounding, as where nobody is any distance from a medoid
                medoids[best] = before
                _assign(square, weights, medoids, which, first, second, removal)


@compiled
def _assign(
    square: Floats, weights: Floats, medoids: Any, which: Any, first: Floats, second: Floats, removal: Floats
) -> float:
    """Fill each life's nearest medoid, the nearest and second distance, and what each medoid's removal costs;
    returns the loss."""
    n, k, total = square.shape[0], medoids.size, 0.0
    for o in range(n):
        first[o] = second[o] = np.inf
    for m in range(k):
        removal[m] = 0.0
        for o in range(n):
            d = square[medoids[m], o]
            if d < first[o]:
                second[o] = first[o]
                first[o] = d
                which[o] = m
            elif d < second[o]:
                second[o] = d
    for o in range(n):
        removal[which[o]] += weights[o] * (second[o] - first[o])
        total += weights[o] * first[o]
    return total
