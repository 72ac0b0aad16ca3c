"""The table behind a way of least cost, cell by cell: plain for short lives, compiled for long ones."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Places = NDArray[np.int64]

FEW = 30_000
"""Cells that are filled sooner, in a tenth of a second, than the compiler is loaded."""


def filler(cells: int) -> Callable[..., None]:
    """What fills a table of so many cells: ``ways_to``, compiled where they are many."""
    return ways_to if cells <= FEW else _compiled()


@lru_cache(maxsize=1)
def _compiled() -> Any:
    from trajectories.sequences.compiling import compiled

    return compiled(ways_to)


def ways_to(match: Numbers, one: Places, other: Places, deletion: Numbers, insertion: Numbers,
            down: tuple[int, int], across: tuple[int, int], nearly: float, cost: Numbers,
            came: NDArray[np.int8]) -> None:  # fmt: skip
    """How each place of two lives is best reached: ``came`` (m + 1, n + 1) is 0 by matching, 1 by deleting,
    2 by inserting, the first of those that cost no more than ``nearly`` times the least.

    Positions i and j are matched at ``match[one[i], other[j]]``. ``deletion`` and ``insertion`` are flat; the
    price at (i, j) stands at i * down + j * across of each. ``cost`` (n + 1,) is room.
    """
    n = came.shape[1] - 1
    cost[0] = 0.0
    for j in range(1, n + 1):
        cost[j] = cost[j - 1] + insertion[(j - 1) * across[1]]
        came[0, j] = 2
    for i in range(1, came.shape[0]):
        corner = cost[0]
        cost[0] = corner + deletion[(i - 1) * down[0]]
        came[i, 0] = 1
        for j in range(1, n + 1):
            matched = corner + match[one[i - 1], other[j - 1]]
            deleted = cost[j] + deletion[(i - 1) * down[0] + j * across[0]]
            inserted = cost[j - 1] + insertion[i * down[1] + (j - 1) * across[1]]
            corner = cost[j]
            least = min(matched, deleted, inserted)
            bound = least * nearly
            came[i, j] = 0 if matched <= bound else 1 if deleted <= bound else 2
            cost[j] = least
