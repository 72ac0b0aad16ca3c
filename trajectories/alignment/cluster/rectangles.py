"""Which part of all pairs is computed in one go: some lives against some others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from trajectories.alignment.computing.blocks import Run
from trajectories.alignment.computing.lives import Lives
from trajectories.alignment.computing.pairs import MOST, PIECE, Kept, Pairs

SIDE = 4_096
"""Most lives on a side of a part: some seconds of work, 64 MB of what is found."""
_PARTS = 12
_STEP = 64


@dataclass(frozen=True)
class Rectangle(Pairs):
    """The lives from ``first`` on, ``rows`` of them, against those from ``start`` to before ``stop``.

    Only pairs whose second life comes after the first are looked at; what is found is kept as a table (rows,
    stop - start), of which the rest has no meaning.
    """

    first: int = 0
    start: int = 0
    stop: int = 0

    @property
    def last(self) -> int:
        """The life after the last row."""
        return self.first + (self.rows or 0)

    @property
    def shape(self) -> tuple[int, int]:
        return self.rows or 0, self.stop - self.start

    @property
    def size(self) -> int:
        """How many dissimilarities there is room for."""
        return self.shape[0] * self.shape[1]

    @property
    def pairs(self) -> int:
        """How many pairs of lives there are in it."""
        if self.first != self.start:
            return self.size
        return self.size - self.shape[0] * (self.shape[0] + 1) // 2

    def room(self, number: np.dtype[Any]) -> Kept:
        """Zeros, to be filled."""
        found: Kept = np.zeros(self.shape, dtype=number)
        return found

    def pieces(self, length: int, lanes: int) -> list[tuple[int, int, int]]:
        """Blocks of lanes of the columns' lives, with the rows' lives that they are compared with."""
        step = min(max(1, PIECE // (lanes * length * length)), MOST)
        blocks = range(self.start // lanes, -(-self.stop // lanes)) if self.rows else range(0)
        return [
            (block, first, min(first + step, last))
            for block in blocks
            for last in (min(self.last, (block + 1) * lanes, self.stop),)
            for first in range(self.first, last, step)
        ]

    def keep(self, found: NDArray[np.float64], start: int, first: int, kept: Kept) -> None:
        """Keep what was found about lives ``first`` and later against those from ``start`` on."""
        left, right = max(start, self.start), min(start + found.shape[1], self.stop)
        rows = slice(first - self.first, first - self.first + len(found))
        kept[rows, left - self.start : right - self.start] = found[:, left - start : right - start]

    def each(self, kept: Kept) -> Iterator[tuple[int, slice, Kept]]:
        """Row by row: which life, with which others, and what was found, to be changed in place."""
        for i in range(self.first, self.last):
            after = max(i + 1, self.start)
            if after < self.stop:
                yield i, slice(after, self.stop), kept[i - self.first, after - self.start :]

    def values(self, kept: Kept) -> Kept:
        """What was found about its pairs, row by row."""
        if self.first != self.start:
            return kept.ravel()
        found: Kept = kept[np.triu_indices(self.shape[0], 1)]
        return found

    def table(self, values: Kept) -> Kept:
        """The table (rows, columns) of what was found about its pairs; zeros below the diagonal."""
        if self.first != self.start:
            return values.reshape(self.shape)
        full = self.room(values.dtype)
        full[np.triu_indices(self.shape[0], 1)] = values
        return full


def side_for(lives: int) -> int:
    """How many lives a part has on a side: few enough that there are parts for everybody."""
    return min(SIDE, max(_STEP, -(-lives // (_PARTS * _STEP)) * _STEP))


def rectangles(lives: int, side: int) -> list[Rectangle]:
    """All pairs of some lives, in parts of at most ``side`` lives against as many, in their order."""
    ends = [(first, min(first + side, lives)) for first in range(0, lives, side)]
    return [Rectangle(lives, last - first, first, start, stop)
            for place, (first, last) in enumerate(ends) for start, stop in ends[place:]
            if stop - start > 1 or start > first]  # fmt: skip


@dataclass(frozen=True)
class PartOfRun(Run):
    """A run over one part of the pairs only; without one over none, to see what a measure makes of the
    lives."""

    part: tuple[int, int, int, int] = (0, 0, 0, 0)
    """First life and number of rows, start and stop of the columns."""

    def pairs(self, lives: Lives) -> Rectangle:
        """The pairs of the part."""
        first, rows, start, stop = self.part
        return Rectangle(lives.n, rows, first, start, stop)
