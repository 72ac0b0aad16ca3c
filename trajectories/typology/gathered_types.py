"""Typologies of domains crossed as they are: each common combination a type, the rare ones gathered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from trajectories.alignment.dissimilarities import Dissimilarities
from trajectories.errors import SettingError
from trajectories.typology.checks import usable
from trajectories.typology.combined_types import combinations_of, possible, refuse_too_many
from trajectories.typology.crossed_types import CrossedTypes
from trajectories.typology.medoids import by_size, numbered_with_medoids
from trajectories.typology.quality import typologies_quality
from trajectories.typology.typology import Typology

if TYPE_CHECKING:
    import pandas as pd

GATHERED = "Other combinations"
"""What the type is called that gathers rare combinations."""


def gathered_types(diss: Dissimilarities, crossed: CrossedTypes, k: int) -> Typology:
    """Make types of the combinations of several typologies as they are, nothing merged by likeness.

    The ``k - 1`` most common combinations are a type each, largest first; people with any other are gathered
    in the last type, "Other combinations", however many they are. With as many types as combinations occur
    nobody is gathered. Medoids are those of ``diss``, which is of all domains together; the life that stands
    for what was gathered stands for no kind of life. Raises SettingError for other people and for more types
    than combinations.
    """
    _refuse_others(diss, crossed)
    own, names = combinations_of(crossed)
    refuse_too_many(k, crossed, len(names))
    ordered = by_size(own)
    told = [names[int(own[ordered == t][0])] for t in range(len(names))]
    method = f"types of {', '.join(crossed.typologies)} crossed, {len(names)} combinations"
    types = numbered_with_medoids(diss, usable(diss), np.minimum(ordered, k - 1), method)
    return replace(types, names=tuple(told) if k == len(told) else (*told[: k - 1], GATHERED))


def gathered_quality(
    diss: Dissimilarities, crossed: CrossedTypes, k: Iterable[int] = range(2, 11)
) -> pd.DataFrame:
    """Quality of the crossed types with each number of them, as ``gathered_types`` makes them: one row a k,
    then the indices of ``cluster_quality``.

    Numbers above that of the combinations that occur have no row. Raises SettingError for other people and
    when no k is left.
    """
    _refuse_others(diss, crossed)
    own, names = combinations_of(crossed)
    ordered: NDArray[np.int64] = by_size(own)
    return typologies_quality(
        diss, {number: np.minimum(ordered, number - 1) for number in possible(k, crossed, len(names))}
    )


def _refuse_others(diss: Dissimilarities, crossed: CrossedTypes) -> None:
    if diss.ids != crossed.ids:
        raise SettingError(
            f"The dissimilarities are of {diss.n} people and the crossed types of {len(crossed.ids)}, or "
            "they stand in another order; take both of the same people with select(ids)."
        )
