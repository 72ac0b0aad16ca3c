"""FasterPAM with case weights: the swaps of Schubert and Rousseeuw (2021), each life counting its weight."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class _Nearest:
    """Each life's nearest medoid (its place among the medoids), and how far the nearest and the second one
    are."""

    which: NDArray[np.intp]
    first: Floats
    second: Floats
    removal: Floats
    """What the loss grows by when a medoid is taken away, (k,)."""


def weighted_fasterpam(
    square: Floats, weights: Floats, begin: NDArray[np.intp], order: NDArray[np.int64]
) -> NDArray[np.intp]:
    """Medoids, in the study's order, whose loss sum_i w_i min_m d_im no single swap makes smaller.

    Starts from the lives ``begin`` (k,), tries the lives in ``order`` (n,) as medoids and takes each
    improving swap as soon as it is met, until a whole round finds none.
    """
    medoids = begin.copy()
    state = _nearest(square, weights, medoids)
    enough = 1e-12 * max(float(weights @ state.first), 1e-300)
    unchanged = tried = 0
    while unchanged < len(order):
        candidate = order[tried % len(order)]
        swapped = None if candidate in medoids else _best_swap(square[candidate], weights, state, enough)
        tried, unchanged = tried + 1, unchanged + 1
        if swapped is not None:
            medoids[swapped] = candidate
            state, unchanged = _nearest(square, weights, medoids), 0
    return np.sort(medoids)


def _nearest(square: Floats, weights: Floats, medoids: NDArray[np.intp]) -> _Nearest:
    distances = square[:, medoids]
    which = distances.argmin(axis=1)
    first, second = np.partition(distances, 1, axis=1)[:, :2].T
    removal = np.bincount(which, weights * (second - first), minlength=len(medoids)).astype(np.float64)
    return _Nearest(which, first, second, removal)


def _best_swap(row: Floats, weights: Floats, now: _Nearest, enough: float) -> int | None:
    """Which medoid (its place) the life with dissimilarities ``row`` should replace; None if none."""
    nearer = row < now.first
    gain = float((weights * (row - now.first))[nearer].sum())
    shared = np.where(nearer, now.first - now.second, np.minimum(row - now.second, 0.0))
    change = now.removal + np.bincount(now.which, weights * shared, minlength=len(now.removal)) + gain
    best = int(change.argmin())
    return best if change[best] < -enough else None
