"""Swaps of medoids, in machine code; import only where they are computed."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from trajectories.sequences.compiling import compiled

Floats = NDArray[np.float64]


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
