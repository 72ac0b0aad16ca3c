"""Who joins whom: the merges of a tree of lives, whose sizes are their weights."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Joined = NDArray[np.int64]
Reducible = Literal["ward", "ward_d", "average", "complete", "single", "mcquitty"]
"""Linkages by which no part comes nearer to another when it grows, so that chains of nearest neighbours find
the merges."""


def chained_merges(square: Floats, weights: Floats, method: Reducible) -> Floats:
    """A linkage (n - 1, 4) as SciPy writes it, made with group sizes that are sums of weights.

    Lance and Williams' (1967) update along chains of nearest neighbours (Murtagh 1983); R's ``hclust`` with
    ``members`` gives the same. The last column counts people, not weights.
    """
    from trajectories.typology.kernels import chains

    distance, n = square**2 if method == "ward" else square.copy(), len(square)
    np.fill_diagonal(distance, np.inf)
    size = np.maximum(weights, 1e-12 * weights.max())  # two lives of weight 0 still need a place between them
    way = getattr(chains, method.removesuffix("_d").upper())
    joined, heights = np.empty((n - 1, 2), dtype=np.int64), np.empty(n - 1)
    chains.join_by_chains(distance, size, way, np.arange(n), np.empty(n, dtype=np.int64), joined, heights)
    merges = _in_order(joined, heights)
    if method == "ward":
        merges[:, 2] = np.sqrt(np.maximum(merges[:, 2], 0.0))
    return merges


def flexible_merges(square: Floats, beta: float) -> Floats:
    """A linkage (n - 1, 4) by Lance and Williams' beta-flexible update, always of the two nearest parts.

    Here a dissimilarity of two groups depends on the order of the merges before it, so chains of nearest
    neighbours would not do.
    """
    distance = square.copy()
    np.fill_diagonal(distance, np.inf)
    nearest, apart = distance.argmin(axis=1), distance.min(axis=1)
    joined, heights = np.empty((len(square) - 1, 2), dtype=np.int64), np.empty(len(square) - 1)
    for step in range(len(square) - 1):
        one = int(apart.argmin())
        other = int(nearest[one])
        height = float(apart[one])
        joined[step], heights[step] = (one, other), height
        now = (1 - beta) / 2 * (distance[one] + distance[other]) + beta * height
        now[[one, other]] = np.inf
        distance[one, :] = distance[:, one] = np.inf
        distance[other, :] = distance[:, other] = now
        apart[one] = np.inf
        stale = np.flatnonzero(np.isfinite(apart) & (np.isin(nearest, (one, other)) | (now < apart)))
        nearest[stale] = distance[stale].argmin(axis=1)
        apart[stale] = distance[stale, nearest[stale]]
        nearest[other], apart[other] = int(distance[other].argmin()), float(distance[other].min())
    return _in_order(joined, heights)


def _in_order(joined: Joined, heights: Floats) -> Floats:
    """Merges sorted by height, with parts numbered as SciPy does: lives 0..n-1, then n for the first merge.

    Of the two that join, the second one stands for both from then on.
    """
    n, order = len(heights) + 1, np.argsort(heights, kind="stable")
    name, count, holder = list(range(n)), [1] * n, list(range(n))
    merges: list[tuple[int, int, float, int]] = []
    for (one, other), height in zip(joined[order].tolist(), heights[order].tolist(), strict=True):
        a, b = _root(holder, one), _root(holder, other)
        holder[a] = b
        count[b] += count[a]
        merges.append((min(name[a], name[b]), max(name[a], name[b]), height, count[b]))
        name[b] = n + len(merges) - 1
    return np.array(merges, dtype=np.float64)


def _root(holder: list[int], i: int) -> int:
    while holder[i] != i:
        holder[i] = holder[holder[i]]
        i = holder[i]
    return i
