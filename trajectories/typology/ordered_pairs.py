"""Pairs of people from the most alike to the least: what the indices that compare pairs with pairs read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from trajectories.alignment.dissimilarities import Dissimilarities

Floats = NDArray[np.float64]

_CHUNK = 4096
"""Pairs that are told apart before their levels are added up: few, so that they stay in the cache."""


@dataclass(frozen=True, eq=False)
class Couples:
    """Couples of a pair inside a type and a pair across types, by weight: those in which the inside pair is
    the more alike, the less alike, as alike."""

    concordant: float
    discordant: float
    tied: float


@dataclass(frozen=True, eq=False)
class OrderedPairs:
    """Every two people once, from the smallest dissimilarity on, equal ones together at one level.

    ``weights`` are the case weights; ``whole`` the same in whole numbers where they can be, all of them times
    ``unit``. ``levels`` (levels,) are the dissimilarities there are, 0 first even if no two people are at it;
    ``mass`` the weight of the ordered pairs at each, by ``whole``; ``below`` how much weight and ``sums`` how
    large a weighted sum of dissimilarities there are up to each level, itself included, by ``weights``. Of
    each pair, ``level`` says at which it is, ``rows`` and ``columns`` which two people.
    """

    weights: Floats
    whole: NDArray[Any]
    unit: float
    levels: Floats
    mass: NDArray[Any]
    below: Floats
    sums: Floats
    level: NDArray[np.int32]
    rows: NDArray[np.int32]
    columns: NDArray[np.int32]

    @classmethod
    def of(cls, diss: Dissimilarities) -> OrderedPairs:
        from trajectories.typology.kernels.pairs import levels_of, pairs_in_order

        weights = diss.weights.astype(np.float64)
        whole, unit = _whole(weights)
        order, values = _in_order(diss.condensed)
        rows, columns, level = (np.empty(len(order), dtype=np.int32) for _ in range(3))
        pairs_in_order(order, diss.n, rows, columns)
        levels, mass = np.empty(len(order) + 1), np.empty(len(order) + 1, dtype=whole.dtype)
        count = levels_of(values, rows, columns, whole, level, levels, mass)
        levels, mass = levels[:count].copy(), mass[:count].copy()
        told = mass * unit**2
        sums = (levels * told).cumsum()
        return cls(weights, whole, unit, levels, mass, told.cumsum(), sums, level, rows, columns)

    def couples(self, types: NDArray[np.int64], diagonal: bool) -> Couples:
        """Couples by the ``types`` (people,) 0..k-1; ``diagonal`` counts everybody paired with themselves
        among the pairs, as alike as can be."""
        from trajectories.typology.kernels.pairs import couples

        own = (self.whole**2).sum() * int(diagonal)
        room = np.empty(_CHUNK + 1, dtype=self.whole.dtype)
        found = couples(self.level, self.rows, self.columns, types.astype(np.int32), self.whole,
                                self.mass, own, room)  # fmt: skip
        return Couples(*(float(weight) * self.unit**4 for weight in found))

    def smallest(self, weight: float) -> float:
        """The weighted sum of dissimilarities of the most alike pairs that have so much weight together."""
        at = min(int(np.searchsorted(self.below, weight)), len(self.levels) - 1)
        over = max(float(self.below[at]) - weight, 0.0)
        return max(float(self.sums[at] - over * self.levels[at]), 0.0)

    def largest(self, weight: float) -> float:
        """As ``smallest``, of the least alike pairs."""
        return float(self.sums[-1]) - self.smallest(max(float(self.below[-1]) - weight, 0.0))


def _whole(weights: Floats) -> tuple[NDArray[Any], float]:
    """The same weights as whole numbers, and what one of them is worth, when all are alike or whole and their
    squares can be counted; else as they are."""
    if weights[0] > 0 and (weights == weights[0]).all():
        return np.ones(len(weights), dtype=np.int64), float(weights[0])
    if (weights == np.rint(weights)).all() and weights.sum() < 2**31:
        return weights.astype(np.int64), 1.0
    return weights, 1.0


def _in_order(values: NDArray[Any]) -> tuple[NDArray[np.int64], NDArray[Any]]:
    """Places of values that are not negative, from the smallest on, and the values in that order.

    Of 32 bits they are sorted together with their places as whole numbers, several times as fast.
    """
    if values.dtype != np.float32 or len(values) >= 2**32:
        order = np.argsort(values)
        return order, values[order]
    keys = (values + np.float32(0)).view(np.uint32).astype(np.uint64) << np.uint64(32)
    keys |= np.arange(len(values), dtype=np.uint64)
    keys.sort()
    rising = (keys >> np.uint64(32)).astype(np.uint32).view(np.float32)
    return (keys & np.uint64(0xFFFFFFFF)).astype(np.int64), rising
