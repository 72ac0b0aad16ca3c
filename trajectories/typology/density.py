"""Types where lives lie densely, and the people who are in none."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from trajectories.alignment.dissimilarities import Dissimilarities
from trajectories.errors import SettingError
from trajectories.typology.checks import usable
from trajectories.typology.medoids import with_medoids
from trajectories.typology.typology import Typology
from trajectories.typology.whole_numbers import whole_number


@dataclass(frozen=True, eq=False)
class DensityTypes:
    """Types of those lives that lie in dense groups; the others are in no type."""

    typology: Typology
    """Only of the people who are in a type."""
    outside: tuple[str, ...]
    """The people in no type, in the study's order."""
    strength: NDArray[np.float64]
    """How surely each person of ``typology`` belongs to their type, 0 to 1."""

    def __repr__(self) -> str:
        return f"{self.typology!r}; in no type: {len(self.outside)}"


def density_types(diss: Dissimilarities, *, smallest: int = 5) -> DensityTypes:
    """Find the groups in which lives lie more densely than around them, as many as there are (HDBSCAN).

    Nobody has to be in a type, and k is not chosen (Campello, Moulavi and Sander 2013; scikit-learn's
    HDBSCAN on these dissimilarities). ``smallest`` is the least number of people that make a type, and how
    many neighbours make a place dense. To choose when one wants to know who fits nowhere; lives often form
    no dense groups at all. Case weights are not used. Raises SettingError when no two groups are found, for
    a ``smallest`` below 2 or above the number of people, and for dissimilarities that are no numbers.

    >>> import numpy as np
    >>> from trajectories.alignment.dissimilarities import Dissimilarities
    >>> places = np.array([0, 1, 2, 50, 51, 52, 500.0])
    >>> apart = np.abs(places[:, None] - places)[np.triu_indices(7, 1)]
    >>> density_types(Dissimilarities(apart, tuple("abcdefg"), "made up", np.ones(7)), smallest=2).outside
    ('g',)
    """
    square, smallest = usable(diss), whole_number(smallest, "smallest, the least number of people in a type,")
    if not 2 <= smallest <= diss.n:
        raise SettingError(f"A type needs at least 2 and at most {diss.n} people, not {smallest}.")
    from sklearn.cluster import HDBSCAN

    found = HDBSCAN(min_cluster_size=smallest, metric="precomputed", copy=True).fit(square)
    labels = np.asarray(found.labels_, dtype=np.int64)
    if labels.max() < 1:
        raise SettingError(
            f"No two groups of at least {smallest} lives lie more densely than the lives around them. Lower "
            "smallest, or take partition, which puts everybody into the nearest of k types."
        )
    inside = np.flatnonzero(labels >= 0)
    part = diss.select(diss.ids[i] for i in inside)
    typology = with_medoids(part, part.square(), labels[inside], f"density (HDBSCAN, smallest {smallest})")
    outside = tuple(diss.ids[i] for i in np.flatnonzero(labels < 0))
    return DensityTypes(typology, outside, np.asarray(found.probabilities_, dtype=np.float64)[inside])
