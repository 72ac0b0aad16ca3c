"""Sums of dissimilarities to each type, in machine code; import only where they are computed."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from trajectories.sequences.compiling import compiled

Floats = NDArray[np.float64]


def sums_to_types(square: Floats, types: Any, weights: Floats, k: int) -> tuple[Floats, Floats]:
    """Each person's weighted sum of dissimilarities to each type, and of their squares, (people, types)."""
    plain, squared = np.zeros((len(types), k)), np.zeros((len(types), k))
    _sum_to_types(square, types, weights, plain, squared)
    return plain, squared


@compiled
def _sum_to_types(square: Floats, types: Any, weights: Floats, plain: Floats, squared: Floats) -> None:
    for i in range(square.shape[0]):
        for j in range(square.shape[0]):
            value, part = square[i, j], types[j]
            weighed = weights[j] * value
            plain[i, part] += weighed
            squared[i, part] += weighed * value
