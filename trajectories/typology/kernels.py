"""Compiled passes over condensed dissimilarities. Imported only by the functions that need them: numba is
slow to load."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@njit(cache=True)
def sums_to_types(condensed: Any, types: Any, weights: Floats, k: int) -> tuple[Floats, Floats]:
    """Each person's weighted sum of dissimilarities to each type, and of their squares, (people, types)."""
    n = len(types)
    plain, squared = np.zeros((n, k)), np.zeros((n, k))
    p = 0
    for i in range(n):
        for j in range(i + 1, n):
            d = float(condensed[p])
            p += 1
            plain[i, types[j]] += weights[j] * d
            plain[j, types[i]] += weights[i] * d
            squared[i, types[j]] += weights[j] * d * d
            squared[j, types[i]] += weights[i] * d * d
    return plain, squared


@njit(cache=True)
def row_of(p: int, n: int) -> int:
    """The row i of the condensed place p, whose column is p - (first place of row i) + i + 1."""
    i = int((2 * n - 1 - np.sqrt((2.0 * n - 1) ** 2 - 8.0 * p)) / 2)
    while i * (2 * n - i - 1) // 2 > p:
        i -= 1
    while (i + 1) * (2 * n - i - 2) // 2 <= p:
        i += 1
    return i


@njit(cache=True)
def ranked_pairs(
    condensed: Any, order: Any, types: Any, weights: Floats, diagonal: bool
) -> tuple[float, float, float, float, float]:
    """One walk from the smallest dissimilarity to the largest, over all ordered pairs.

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
    for q in range(len(order) + 1):
        last = q == len(order)
        d = level if last else float(condensed[order[q]])
        if last or d != level:
            concordant += here_between * within
            discordant += here_within * between
            tied += here_within * here_between
            here = here_within + here_between
            before = within + between
            smallest += level * max(0.0, min(here, within_all - before))
            largest += level * max(0.0, min(here, before + here - between_all))
            within += here_within
            between += here_between
            here_within = here_between = 0.0
            level = d
        if not last:
            i = row_of(order[q], n)
            j = order[q] - i * (2 * n - i - 1) // 2 + i + 1
            mass = 2 * weights[i] * weights[j]
            if types[i] == types[j]:
                here_within += mass
            else:
                here_between += mass
    return concordant, discordant, tied, smallest, largest
