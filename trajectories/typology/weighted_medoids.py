"""FasterPAM with case weights: the swaps of Schubert and Rousseeuw (2021), each life counting its weight."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from trajectories.typology.whole_numbers import generator

Floats = NDArray[np.float64]
_SAMPLE = 400
"""People on whom a start drawn at random is first tried, when there are more than that."""
_FINISHED = 2
"""How many of the starts that did best on a sample are carried to the end."""


def weighted_fasterpam(
    square: Floats, weights: Floats, begin: NDArray[np.intp], order: NDArray[np.int64]
) -> NDArray[np.intp]:
    """Medoids, in the study's order, whose loss sum_i w_i min_m d_im no single swap makes smaller.

    Starts from the lives ``begin`` (k,), tries the lives in ``order`` (n,) as medoids and takes each
    improving swap as soon as it is met, until a whole round finds none.
    """
    from trajectories.typology.kernels.medoids import fasterpam

    medoids = begin.astype(np.int64)
    fasterpam(square, weights.astype(np.float64), medoids, order.astype(np.int64))
    return np.sort(medoids).astype(np.intp)


def begun_by_chance(
    square: Floats, weights: Floats, lives: NDArray[np.intp], k: int, starts: int, seed: int
) -> list[NDArray[np.intp]]:
    """What FasterPAM reaches from medoids drawn at random among the distinct ``lives``.

    Up to 400 people: one result for each of the ``starts``, people tried in an order drawn too. With more,
    each start is first carried to its end on a sample of 400 people (of 10 k, when that is more) drawn
    anew, and only the two that then do best for everybody are carried on over all: as good, at a fraction of
    the cost (the idea of CLARA, Kaufman and Rousseeuw 1990).
    """
    chance = generator(seed)
    size = max(_SAMPLE, 10 * k)
    if len(square) <= size:
        found = []
        for _ in range(starts):
            begin = chance.choice(lives, size=k, replace=False)
            found.append(weighted_fasterpam(square, weights, begin, chance.permutation(len(square))))
        return found
    tried = [_on_sample(square, weights, lives, k, size, chance) for _ in range(starts)]
    losses = [loss(square, weights, medoids) for medoids in tried]
    best = np.argsort(losses, kind="stable")[:_FINISHED]
    return [weighted_fasterpam(square, weights, tried[i], chance.permutation(len(square))) for i in best]


def loss(square: Floats, weights: Floats, medoids: NDArray[np.intp]) -> float:
    """Everybody's weighted sum of dissimilarities to the nearest medoid."""
    return float(weights @ square[:, medoids].min(axis=1))


def _on_sample(
    square: Floats, weights: Floats, lives: NDArray[np.intp], k: int, size: int, chance: np.random.Generator
) -> NDArray[np.intp]:
    """Medoids of a sample that holds at least k distinct lives."""
    begin = chance.choice(lives, size=k, replace=False)
    others = np.setdiff1d(np.arange(len(square)), begin)
    people = np.concatenate([begin, chance.choice(others, size=size - k, replace=False)])
    inside = np.ascontiguousarray(square[np.ix_(people, people)])
    return people[weighted_fasterpam(inside, weights[people], np.arange(k), chance.permutation(size))]
