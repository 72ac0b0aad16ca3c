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


def ranked_pairs(
    levels: Any, rows: Any, columns: Any, types: Any, weights: Floats, diagonal: bool
) -> tuple[float, float, float, float, float]:
    """One walk from the smallest dissimilarity to the largest, over all ordered pairs.

    ``levels`` are the dissimilarities in rising order, ``rows`` and ``columns`` the two people of each.
    Returns the weight of concordant, discordant and tied couples of a within-type and a between-type pair,
    and the smallest and largest sum of dissimilarities that as much pair weight as lies within types could
    have.
    """
    own = float((weights**2).sum())
    within_all = float((np.bincount(types, weights) ** 2).sum())
    between_all = float(weights.sum()) ** 2 - within_all
    equal = bool((weights == weights[0]).all())
    start, least = (own, within_all) if diagonal else (0.0, within_all - own)
    found: tuple[float, float, float, float, float] = _walk(
        levels, rows, columns, types.astype(np.int32), weights, equal, start, least, between_all)  # fmt: skip
    return found


@compiled
def _walk(
    levels: Any, rows: Any, columns: Any, part: Any, weights: Floats, equal: bool, start: float,
    within_all: float, between_all: float,
) -> tuple[float, float, float, float, float]:  # fmt: skip
    """``start``: the weight of pairs with oneself, all at 0 (0: they do not count)."""
    within = between = concordant = discordant = tied = smallest = largest = 0.0
    here_within, here_between, level = start, 0.0, 0.0
    each = 2 * weights[0] * weights[0]
    for q in range(levels.size + 1):
        last = q == levels.size
        d = level if last else float(levels[q])
        if last or d != level:
            concordant += here_between * within
            discordant += here_within * between
            tied += here_within * here_between
            here = here_within + here_between
            before = within + between
            if before < within_all:
                smallest += level * min(here, within_all - before)
            if before + here > between_all:
                largest += level * min(here, before + here - between_all)
            within += here_within
            between += here_between
            here_within = here_between = 0.0
            level = d
        if not last:
            one, other = rows[q], columns[q]
            mass = each if equal else 2 * weights[one] * weights[other]
            alike = 1.0 if part[one] == part[other] else 0.0  # no branch: it would be guessed wrongly
            here_within += mass * alike
            here_between += mass * (1.0 - alike)
    return concordant, discordant, tied, smallest, largest


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
    enough = 1e-12 * max(_assign(square, weights, medoids, which, first, second, removal), 1e-300)
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
            taken[medoids[best]] = False
            taken[candidate] = True
            medoids[best] = candidate
            _assign(square, weights, medoids, which, first, second, removal)
            unchanged = 0


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
