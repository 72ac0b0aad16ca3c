"""Sums of squares of lives: how far apart people are inside groups and altogether."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Codes = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Divided:
    """The statistics of several divisions of the same people into groups, one division a column."""

    total: float
    """Sum of squares of everybody, sum_ij w_i w_j d_ij / 2W."""
    within: Floats
    """Sum of squares inside each group, (groups, divisions)."""
    weight: Floats
    """Sum of weights of each group, (groups, divisions)."""
    levene: Floats
    """F of an analysis of variance on the distances to the groups' centres, (divisions,)."""

    @classmethod
    def of(cls, square: Floats, weights: Floats, codes: Codes, g: int) -> Divided:
        """Divide people with dissimilarities ``square`` (people, people) by ``codes`` (people, divisions),
        0..g-1."""
        to_all = square @ weights
        rest = np.repeat(to_all[:, None], codes.shape[1], axis=1)
        within, weight = np.empty((g, codes.shape[1])), np.empty((g, codes.shape[1]))
        to_centre = np.zeros(codes.shape)
        for group in range(g):
            inside = codes == group
            mass = weights[:, None] * inside
            sums = rest if group == g - 1 else square @ mass
            rest = rest - sums
            weight[group] = mass.sum(axis=0)
            within[group] = _over((mass * sums).sum(axis=0), 2 * weight[group])
            to_centre += inside * _over(sums - within[group], weight[group])
        total = float(weights @ to_all) / (2 * float(weights.sum()))
        return cls(total, within, weight, _levene(to_centre, weights, codes, weight))

    @property
    def pseudo_r2(self) -> Floats:
        """Share of the total that lies between the groups, (divisions,)."""
        return np.asarray(1 - self.within.sum(axis=0) / self.total)

    @property
    def pseudo_f(self) -> Floats:
        """(SS_between / (g - 1)) / (SS_within / (W - g)), (divisions,)."""
        rest, g, W = self.within.sum(axis=0), len(self.weight), float(self.weight[:, 0].sum())
        return _ratio((self.total - rest) / (g - 1), rest / (W - g))


def _levene(to_centre: Floats, weights: Floats, codes: Codes, weight: Floats) -> Floats:
    g, W, mass = len(weight), float(weights.sum()), weights[:, None] * to_centre
    means = _over(np.stack([(mass * (codes == group)).sum(axis=0) for group in range(g)]), weight)
    grand = mass.sum(axis=0) / W
    between = (weight * (means - grand) ** 2).sum(axis=0)
    total = weights @ (to_centre - grand) ** 2
    return _ratio(between / (g - 1), np.maximum(total - between, 0.0) / (W - g))


def _over(above: Floats, weight: Floats) -> Floats:
    """above / weight; 0 of people who weigh nothing."""
    weight = np.broadcast_to(weight, above.shape)
    return np.asarray(np.divide(above, weight, out=np.zeros(above.shape), where=weight > 0))


def _ratio(above: Floats, below: Floats) -> Floats:
    """above / below, infinite where only ``below`` is nothing, 0 where both are."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.nan_to_num(above / below, nan=0.0, posinf=np.inf, neginf=-np.inf))
