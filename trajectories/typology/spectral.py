"""Types that hang together by chains of similar lives."""

from __future__ import annotations

import warnings

import numpy as np
from numpy.typing import NDArray

from trajectories.alignment.dissimilarities import Dissimilarities
from trajectories.errors import SettingError
from trajectories.typology.checks import distinct_lives, refuse_unfit, usable
from trajectories.typology.medoids import with_medoids
from trajectories.typology.typology import Typology
from trajectories.typology.whole_numbers import number_of_types

Floats = NDArray[np.float64]


def spectral_types(diss: Dissimilarities, k: int, *, neighbours: int = 7, seed: int = 1) -> Typology:
    """Part people into k types whose lives are linked by similar lives in between (spectral clustering).

    Lives are turned into similarities exp(-d_ij^2 / (s_i s_j)), s_i being how far i's ``neighbours``-th
    nearest life is (Zelnik-Manor and Perona 2004), and the graph of them is cut where it is weakest
    (scikit-learn's SpectralClustering on them). To choose when types may be long drawn out, so that two lives
    of one type need not be alike; medoids then stand for less. Case weights are not used. The same seed gives
    the same types. Raises SettingError when the graph does not fall into k parts, or into more that nothing
    links, for fewer than 1 neighbour, and for what ``partition`` refuses.
    """
    square, k = usable(diss), number_of_types(k)
    refuse_unfit(k, len(distinct_lives(square)), diss.n)
    if neighbours < 1:
        raise SettingError(f"It takes at least one neighbour to say how near is near, not {neighbours}.")
    labels = _cut(similarities(square, neighbours), k, seed)
    parts = len(np.unique(labels))
    if parts < k:
        raise SettingError(f"The graph of similar lives has {parts} parts, not {k}; choose a smaller k.")
    name = f"spectral (scaled by {neighbours} neighbours, seed {seed})"
    return with_medoids(diss, square, labels, name)


def _cut(alike: Floats, k: int, seed: int) -> NDArray[np.int64]:
    """In which of k parts of the graph each person is. Parts that nothing links are never joined."""
    from scipy.sparse.csgraph import connected_components

    apart, islands = connected_components(alike > 0, directed=False)
    if apart == k:
        return np.asarray(islands, dtype=np.int64)
    if k == len(alike):
        return np.arange(k, dtype=np.int64)
    labels = _clustered(alike, k, seed) if apart < k else np.asarray(islands, dtype=np.int64)
    if apart > k or len(np.unique(np.stack([labels, islands]), axis=1).T) > k:
        raise SettingError(
            f"The graph of similar lives falls into {apart} parts that nothing links, as a life far from all "
            f"others is, and these cannot be parted into {k} types. Choose k = {apart}, leave such lives "
            "out, or take density_types, which says who they are."
        )
    return labels


def _clustered(alike: Floats, k: int, seed: int) -> NDArray[np.int64]:
    from sklearn.cluster import SpectralClustering

    method = SpectralClustering(k, affinity="precomputed", assign_labels="cluster_qr", random_state=seed)
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Graph is not fully connected")  # _cut looks at what it made of it
        return np.asarray(method.fit(alike).labels_, dtype=np.int64)


def similarities(square: Floats, neighbours: int) -> Floats:
    """exp(-d^2 / (s_i s_j)), (people, people), from 0 to 1; equal lives have 1."""
    ordered = np.sort(square, axis=1)
    scale = ordered[:, min(neighbours, len(square) - 1)]
    positive = square[square > 0]
    scale = np.maximum(scale, positive.min() if positive.size else 1.0)
    return np.asarray(np.exp(-(square**2) / np.outer(scale, scale)))
