"""From a bare partition to a typology: types in order of size, and the life that stands for each."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from trajectories.alignment.dissimilarities import Dissimilarities
from trajectories.typology.typology import Typology


def with_medoids(
    diss: Dissimilarities, square: NDArray[np.float64], labels: NDArray[np.int64], method: str
) -> Typology:
    """The typology that a partition makes: largest type first, equal sizes by their first person in the
    study's order. ``labels`` (people,) may be any integers."""
    return numbered_with_medoids(diss, square, by_size(labels), method)


def numbered_with_medoids(
    diss: Dissimilarities, square: NDArray[np.float64], types: NDArray[np.int64], method: str
) -> Typology:
    """The typology of types that are numbered 0, 1, ... already.

    The medoid of a type is the member with the smallest weighted sum of dissimilarities to its members, sum_j
    w_j d_ij; the first of them when several are equally central.
    """
    medoids = np.array([_medoid(square, types == t, diss.weights) for t in range(int(types.max()) + 1)])
    return Typology(
        ids=diss.ids,
        types=types,
        names=tuple(f"Type {t + 1}" for t in range(len(medoids))),
        medoids=tuple(diss.ids[i] for i in medoids),
        method=method,
        to_medoid=square[np.arange(diss.n), medoids[types]],
    )


def by_size(labels: NDArray[np.int64]) -> NDArray[np.int64]:
    """The same partition numbered 0, 1, ... from the largest part; equal sizes by their first member."""
    _, first, part, sizes = np.unique(labels, return_index=True, return_inverse=True, return_counts=True)
    number = np.empty(len(first), dtype=np.int64)
    number[np.lexsort((first, -sizes))] = np.arange(len(first))
    return np.asarray(number[part.ravel()])


def _medoid(square: NDArray[np.float64], inside: NDArray[np.bool_], weights: NDArray[np.float64]) -> int:
    members = np.flatnonzero(inside)
    sums = square[np.ix_(members, members)] @ weights[members]
    return int(members[np.flatnonzero(sums <= sums.min() * (1 + 1e-12))[0]])
