"""The reference's dissimilarities to the last bit, as TraMineR's recursion adds them up in double precision.

The stored matrix has the 15 digits that R prints, in which dissimilarities are equal that are not in R: the
order of additions leaves them a last bit apart, and indices that count ties see it.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tests.typology.material import REFERENCE, reference
from trajectories.alignment.dissimilarities import Dissimilarities


def to_the_last_bit(weighted: bool = False) -> Dissimilarities:
    """Optimal matching of ``s60`` with transition rates and an indel of half the dearest substitution."""
    table = pd.read_csv(REFERENCE / "s60.csv", index_col=0).to_numpy()
    states = np.unique(table, return_inverse=True)[1].reshape(table.shape)
    costs = _costs(states)
    one, other = np.triu_indices(len(states), 1)
    condensed = _aligned(states[one], states[other], costs, costs.max() / 2)
    return replace(reference(weighted), condensed=condensed)


def _costs(states: NDArray[np.intp]) -> NDArray[np.float64]:
    """2 - p(j|i) - p(i|j)"""
    moves = np.zeros((states.max() + 1,) * 2)
    np.add.at(moves, (states[:, :-1].ravel(), states[:, 1:].ravel()), 1.0)
    rates = moves / moves.sum(axis=1, keepdims=True)
    costs = np.zeros(moves.shape)
    for i, j in zip(*np.triu_indices(len(costs), 1), strict=True):
        costs[i, j] = costs[j, i] = 2 - rates[i, j] - rates[j, i]
    return costs


def _aligned(one: NDArray[np.intp], other: NDArray[np.intp], costs: NDArray[np.float64],
             indel: float) -> NDArray[np.float64]:  # fmt: skip
    """All pairs at once, (pairs,): what both lives begin with and end with is left out first; an insertion or
    deletion is added to the smaller of the two, and a substitution taken only where that is smaller."""
    pairs, length = one.shape
    same = one == other
    begun = np.where(same.all(axis=1), length, (~same).argmax(axis=1))
    left = np.where(same.all(axis=1), 0, length - begun - (~same[:, ::-1]).argmax(axis=1))
    places = np.minimum(begun[:, None] + np.arange(length), length - 1)
    one, other = np.take_along_axis(one, places, 1), np.take_along_axis(other, places, 1)
    table = np.empty((length + 1, length + 1, pairs))
    table[:, 0] = table[0] = (np.arange(length + 1) * indel)[:, None]
    for j in range(1, length + 1):
        for i in range(1, length + 1):
            shifted = np.minimum(table[i, j - 1], table[i - 1, j]) + indel
            sames, price = one[:, i - 1] == other[:, j - 1], costs[one[:, i - 1], other[:, j - 1]]
            changed = np.where(sames, table[i - 1, j - 1], table[i - 1, j - 1] + price)
            table[i, j] = np.where(changed < shifted, changed, shifted)
    return np.asarray(table[left, left, np.arange(pairs)])
