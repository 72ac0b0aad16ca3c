"""How well each person sits in their type: silhouette widths, and who is badly placed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from trajectories.alignment.dissimilarities import Dissimilarities
from trajectories.typology.checks import refuse_others, usable
from trajectories.typology.typology import Typology

if TYPE_CHECKING:
    import pandas as pd

Floats = NDArray[np.float64]


def silhouette(diss: Dissimilarities, typology: Typology, *, singletons: Literal[0, 1] = 0) -> pd.DataFrame:
    """One row a person: id, type, neighbour (the type they would otherwise be in), width, weighted_width.

    ``width`` = (b - a) / max(a, b), with a the mean dissimilarity to the others of the own type and b the
    smallest mean dissimilarity to another type (Rousseeuw 1987): near 1 well placed, near 0 between two
    types, below 0 nearer to the neighbour than to the own type. Case weights are read as replications (a
    divides by W_type - 1); ``weighted_width`` divides by W_type, for weights that are no counts (Studer
    2013). Somebody alone in a type has ``singletons``: 0, or 1 as WeightedCluster has it. Raises SettingError
    when the typology is of other people.
    """
    import pandas as pd

    from trajectories.typology.kernels.sums import sums_to_types

    refuse_others(diss, typology)
    square, weights = usable(diss), diss.weights.astype(np.float64)
    sums, _ = sums_to_types(square, typology.types, weights, typology.k)
    widths, neighbours = silhouette_widths(sums, typology.types, weights, True, singletons)
    weighted, _ = silhouette_widths(sums, typology.types, weights, False, singletons)
    return pd.DataFrame({
        "id": typology.ids,
        "type": [typology.names[t] for t in typology.types],
        "neighbour": [typology.names[t] if t >= 0 else "" for t in neighbours],
        "width": widths,
        "weighted_width": weighted,
    })  # fmt: skip


def badly_placed(diss: Dissimilarities, typology: Typology, *, below: float = 0.0) -> pd.DataFrame:
    """The people who sit badly in their type, the worst first: those of ``silhouette`` whose width is less
    than ``below``.

    At 0 they are nearer to their neighbouring type than to their own: read these lives before you name types
    after them. Raises SettingError when the typology is of other people.
    """
    found = silhouette(diss, typology)
    return found[found["width"] < below].sort_values("width", kind="stable", ignore_index=True)


def silhouette_widths(
    sums: Floats, types: NDArray[np.int64], weights: Floats, replications: bool, singletons: Literal[0, 1]
) -> tuple[Floats, NDArray[np.int64]]:
    """Width and neighbouring type (-1 where there is none) of each person, from sums to each type (people,
    types).

    nan where weights read as replications leave no other life in the type (W_type of 1 or less for several
    people).
    """
    everyone, k = np.arange(len(types)), sums.shape[1]
    of_type, people = np.bincount(types, weights, minlength=k), np.bincount(types, minlength=k)
    means = np.divide(sums, of_type, out=np.full(sums.shape, np.inf), where=of_type > 0)
    means[everyone, types] = np.inf
    neighbours = means.argmin(axis=1)
    b = means[everyone, neighbours]
    others = of_type[types] - (1.0 if replications else 0.0)
    alone = (people[types] == 1) & (others <= 0 if replications else True)
    a = np.divide(sums[everyone, types], others, out=np.full(len(types), np.nan), where=others > 0)
    found, larger = np.isfinite(b), np.maximum(a, b)
    widths = np.divide(b - a, larger, out=np.zeros(len(types)), where=found & (larger != 0))
    widths[~found] = np.nan
    widths[alone] = singletons
    return widths, np.where(found, neighbours, -1)
