"""Types that hang together by chains of similar lives."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from trajectories.alignment.dissimilarities import Dissimilarities
from trajectories.errors import SettingError
from trajectories.typology.checks import distinct_lives, refuse_unfit, usable
from trajectories.typology.medoids import with_medoids
from trajectories.typology.typology import Typology

Floats = NDArray[np.float64]


def spectral_types(diss: Dissimilarities, k: int, *, neighbours: int = 7, seed: int = 1) -> Typology:
    """Part people into k types whose lives are linked by similar lives in between (spectral clustering).

    Lives are turned into similarities exp(-d_ij^2 / (s_i s_j)), s_i being how far i's ``neighbours``-th
    nearest life is (Zelnik-Manor and Perona 2004), and the graph of them is cut where it is weakest
    (scikit-learn's SpectralClustering on them). To choose when types may be long drawn out, so that two lives
    of one type need not be alike; medoids then stand for less. Case weights are not used. The same seed gives
    the same types. Raises SettingError when the graph does not fall into k parts, for fewer than 1 neighbour,
    and for what ``partition`` refuses.
    """
    square = usable(diss)
    refuse_unfit(k, len(distinct_lives(square)), diss.n)
    if neighbours < 1:
        raise SettingError(f"It takes at least one neighbour to say how near is near, not {neighbours}.")
    from sklearn.cluster import SpectralClustering

    method = SpectralClustering(k, affinity="precomputed", assign_labels="cluster_qr", random_state=seed)
    labels = np.asarray(method.fit(similarities(square, neighbours)).labels_, dtype=np.int64)
    parts = len(np.unique(labels))
    if parts < k:
        raise SettingError(f"The graph of similar lives has {parts} parts, not {k}; choose a smaller k.")
    name = f"spectral (scaled by {neighbours} neighbours, seed {seed})"
    return with_medoids(diss, square, labels, name)


def similarities(square: Floats, neighbours: int) -> Floats:
    """exp(-d^2 / (s_i s_j)), (people, people), from 0 to 1; equal lives have 1."""
    ordered = np.sort(square, axis=1)
    scale = ordered[:, min(neighbours, len(square) - 1)]
    positive = square[square > 0]
    scale = np.maximum(scale, positive.min() if positive.size else 1.0)
    return np.asarray(np.exp(-(square**2) / np.outer(scale, scale)))
