"""Which lives are compared with which, and where what is found about them is kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Kept: TypeAlias = NDArray[np.float32] | NDArray[np.float64]

PIECE = 2_000_000_000
"""Cells of alignment in one piece of work: about a fifth of a second."""
MOST = 20_000
"""Lives in one piece of work, so that what it finds stays small."""


@dataclass(frozen=True)
class Pairs:
    """Every two of some lives (``rows`` None), kept condensed as SciPy orders them; or the first ``rows``
    of them with all, kept as a table (rows, lives)."""

    lives: int
    rows: int | None = None

    @property
    def size(self) -> int:
        """How many dissimilarities there are."""
        return self.lives * (self.lives - 1) // 2 if self.rows is None else self.rows * self.lives

    def room(self, number: np.dtype[Any]) -> Kept:
        """Zeros, to be filled."""
        return np.zeros(self.size if self.rows is None else (self.rows, self.lives), dtype=number)

    def pieces(self, length: int, lanes: int) -> list[tuple[int, int, int]]:
        """Blocks of lanes with the lives they are compared with, none too long to wait for; those with most
        come last."""
        step = min(max(1, PIECE // (lanes * length * length)), MOST)
        ends = [min(end, self.lives) for end in range(lanes, self.lives + lanes, lanes)]
        return [
            (block, first, min(first + step, last))
            for block, last in enumerate(ends if self.rows is None else [self.rows] * len(ends))
            for first in range(0, last, step)
        ]

    def keep(self, found: NDArray[np.float64], start: int, first: int, kept: Kept) -> None:
        """Keep what was found about lives ``first`` and later against those from ``start`` on."""
        if self.rows is None:
            from trajectories.alignment.kernels.savings import keep_condensed

            keep_condensed(found, start, first, self.lives, kept)
        else:
            there = min(found.shape[1], self.lives - start)
            kept[first : first + len(found), start : start + there] = found[:, :there]

    def each(self, kept: Kept) -> Iterator[tuple[int, slice, Kept]]:
        """Row by row: which life, compared with which others, and what was found, to be changed in place."""
        start = 0
        for i in range(self.lives - 1 if self.rows is None else self.rows):
            if self.rows is None:
                yield i, slice(i + 1, None), kept[start : start + self.lives - 1 - i]
                start += self.lives - 1 - i
            else:
                yield i, slice(None), kept[i]
