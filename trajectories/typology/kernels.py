"""Compiled passes over condensed dissimilarities. Imported only by the functions that need them: numba is
slow to load."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@njit(cache=True, nogil=True)
def sums_to_types(square: Floats, types: Any, weights: Floats, k: int) -> tuple[Floats, Floats]:
    """Each person's weighted sum of dissimilarities to each type, and of their squares, (people, types)."""
    n = len(types)
    plain, squared = np.zeros((n, k)), np.zeros((n, k))
    for i in range(n):
        row, here, here_squared = square[i], plain[i], squared[i]
        for j in range(n):
            weighed = weights[j] * row[j]
            here[types[j]] += weighed
            here_squared[types[j]] += weighed * row[j]
    return plain, squared


@njit(cache=True, nogil=True)
def row_of(p: int, n: int) -> int:
    """The row i of the condensed place p, whose column is p - (first place of row i) + i + 1."""
    i = int((2 * n - 1 - np.sqrt((2.0 * n - 1) ** 2 - 8.0 * p)) / 2)
    while i * (2 * n - i - 1) // 2 > p:
        i -= 1
    while (i + 1) * (2 * n - i - 2) // 2 <= p:
        i += 1
    return i


@njit(cache=True, nogil=True)
def pairs_in_order(order: Any, n: int, rows: Any, columns: Any) -> None:
    """Write the two people of each condensed place in ``order`` into ``rows`` and ``columns``."""
    for q in range(len(order)):
        i = row_of(order[q], n)
        rows[q] = i
        columns[q] = order[q] - i * (2 * n - i - 1) // 2 + i + 1


@njit(cache=True, nogil=True)
def ranked_pairs(
    levels: Any, rows: Any, columns: Any, types: Any, weights: Floats, diagonal: bool
) -> tuple[float, float, float, float, float]:
    """One walk from the smallest dissimilarity to the largest, over all ordered pairs.

    ``levels`` are the dissimilarities in rising order, ``rows`` and ``columns`` the two people of each.
    Returns the weight of concordant, discordant and tied couples of a within-type and a between-type pair,
    and the smallest and largest sum of dissimilarities that as much pair weight as lies within types could
    have.
    """
    n = len(types)
    of_type = np.zeros(types.max() + 1)
    for i in range(n):
        of_type[types[i]] += weights[i]
    own = (weights**2).sum()
    within_all = (of_type**2).sum() - (0.0 if diagonal else own)
    between_all = weights.sum() ** 2 - (of_type**2).sum()
    within = between = concordant = discordant = tied = smallest = largest = 0.0
    here_within = own if diagonal else 0.0
    here_between = 0.0
    level = 0.0
    equal, each = (weights == weights[0]).all(), 2 * weights[0] ** 2
    part = types.astype(np.int32)
    for q in range(len(levels) + 1):
        last = q == len(levels)
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


@njit(cache=True, nogil=True)
def fasterpam(square: Floats, weights: Floats, medoids: Any, order: Any) -> None:
    """Improve ``medoids`` (k,) in place by single swaps until none of a whole round of ``order`` does."""
    n, k = len(square), len(medoids)
    which, first, second = np.zeros(n, dtype=np.int64), np.empty(n), np.empty(n)
    removal, change = np.zeros(k), np.zeros(k)
    taken = np.zeros(n, dtype=np.bool_)
    for m in medoids:
        taken[m] = True
    enough = 1e-12 * max(_assign(square, weights, medoids, which, first, second, removal), 1e-300)
    unchanged = tried = 0
    while unchanged < n:
        candidate = order[tried % n]
        tried += 1
        unchanged += 1
        if taken[candidate]:
            continue
        change[:] = removal
        gain = 0.0
        row = square[candidate]
        for o in range(n):
            d = row[o]  # without branches: they would be guessed wrongly too often
            gain += weights[o] * min(d - first[o], 0.0)
            change[which[o]] += weights[o] * (max(first[o], min(d, second[o])) - second[o])
        best = change.argmin()
        if change[best] + gain < -enough:
            taken[medoids[best]] = False
            taken[candidate] = True
            medoids[best] = candidate
            _assign(square, weights, medoids, which, first, second, removal)
            unchanged = 0


@njit(cache=True, nogil=True)
def _assign(
    square: Floats, weights: Floats, medoids: Any, which: Any, first: Floats, second: Floats, removal: Floats
) -> float:
    """Fill each life's nearest medoid, the nearest and second distance, and what each medoid's removal costs;
    returns the loss."""
    total = 0.0
    first[:] = np.inf
    second[:] = np.inf
    removal[:] = 0.0
    for m in range(len(medoids)):
        row = square[medoids[m]]
        for o in range(len(square)):
            d = row[o]
            if d < first[o]:
                second[o] = first[o]
                first[o] = d
                which[o] = m
            elif d < second[o]:
                second[o] = d
    for o in range(len(square)):
        removal[which[o]] += weights[o] * (second[o] - first[o])
        total += weights[o] * first[o]
    return total
