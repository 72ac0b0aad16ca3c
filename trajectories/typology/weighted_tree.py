"""Hierarchical clustering in which lives have weights, by chains of nearest neighbours."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def weighted_merges(
    square: Floats, weights: Floats, method: Literal["ward", "ward_d", "average", "complete"]
) -> Floats:  # fmt: skip
    """A linkage (n - 1, 4) as SciPy writes it, made with group sizes that are sums of weights.

    Lance and Williams' (1967) update along chains of nearest neighbours (Murtagh 1983); R's ``hclust`` with
    ``members`` gives the same. The last column counts people, not weights.
    """
    distance = square**2 if method == "ward" else square.copy()
    np.fill_diagonal(distance, np.inf)
    size = np.maximum(weights, 1e-12 * weights.max())  # two lives of weight 0 still need a place between them
    alive = np.ones(len(square), dtype=bool)
    found: list[tuple[int, int, float]] = []
    chain: list[int] = []
    while len(found) < len(square) - 1:
        one, other = _mutual(distance, alive, chain)
        found.append((one, other, float(distance[one, other])))
        joined = _updated(distance, size, one, other, method)
        alive[one] = False
        distance[one, :] = distance[:, one] = np.inf
        distance[other, :] = distance[:, other] = np.where(alive, joined, np.inf)
        distance[other, other] = np.inf
        size[other] += size[one]
    merges = _in_order(found, len(square))
    if method == "ward":
        merges[:, 2] = np.sqrt(np.maximum(merges[:, 2], 0.0))
    return merges


def _mutual(distance: Floats, alive: NDArray[np.bool_], chain: list[int]) -> tuple[int, int]:
    """Two parts that are each other's nearest neighbour; what is left of the chain is kept for the next
    search."""
    if not chain:
        chain.append(int(alive.argmax()))
    while True:
        last = chain[-1]
        nearest = int(distance[last].argmin())
        if len(chain) > 1 and distance[last, chain[-2]] <= distance[last, nearest]:
            one, other = sorted((chain.pop(), chain.pop()))
            return one, other
        chain.append(nearest)


def _updated(distance: Floats, size: Floats, one: int, other: int, method: str) -> Floats:
    a, b = size[one], size[other]
    if method == "complete":
        return np.asarray(np.maximum(distance[one], distance[other]))
    if method == "average":
        return np.asarray((a * distance[one] + b * distance[other]) / (a + b))
    parts = (a + size) * distance[one] + (b + size) * distance[other] - size * distance[one, other]
    return np.asarray(parts / (a + b + size))


def flexible_merges(square: Floats, beta: float) -> Floats:
    """A linkage (n - 1, 4) by Lance and Williams' beta-flexible update, always of the two nearest parts.

    Here a dissimilarity of two groups depends on the order of the merges before it, so chains of nearest
    neighbours would not do.
    """
    distance = square.copy()
    np.fill_diagonal(distance, np.inf)
    nearest, apart = distance.argmin(axis=1), distance.min(axis=1)
    found: list[tuple[int, int, float]] = []
    for _ in range(len(square) - 1):
        one = int(apart.argmin())
        other = int(nearest[one])
        height = float(apart[one])
        found.append((one, other, height))
        joined = (1 - beta) / 2 * (distance[one] + distance[other]) + beta * height
        joined[[one, other]] = np.inf
        distance[one, :] = distance[:, one] = np.inf
        distance[other, :] = distance[:, other] = joined
        apart[one] = np.inf
        stale = np.flatnonzero(np.isfinite(apart) & (np.isin(nearest, (one, other)) | (joined < apart)))
        nearest[stale] = distance[stale].argmin(axis=1)
        apart[stale] = distance[stale, nearest[stale]]
        nearest[other], apart[other] = int(distance[other].argmin()), float(distance[other].min())
    return _in_order(found, len(square))


def _in_order(found: list[tuple[int, int, float]], n: int) -> Floats:
    """Merges sorted by height, with parts numbered as SciPy does: lives 0..n-1, then n for the first
    merge."""
    found = sorted(found, key=lambda merge: merge[2])
    name, count, holder = list(range(n)), [1] * n, list(range(n))
    merges = np.empty((n - 1, 4))
    for step, (one, other, height) in enumerate(found):
        a, b = _root(holder, one), _root(holder, other)
        holder[a] = b
        count[b] += count[a]
        merges[step] = (*sorted((name[a], name[b])), height, count[b])
        name[b] = n + step
    return merges


def _root(holder: list[int], i: int) -> int:
    while holder[i] != i:
        holder[i] = holder[holder[i]]
        i = holder[i]
    return i
