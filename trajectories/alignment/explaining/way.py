"""The way of least cost through two lives: which position is matched with which, and which with none."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from trajectories.alignment.kernels.ways import filler

Numbers = NDArray[np.float64]
Whole = NDArray[np.int64]
Place: TypeAlias = tuple[int | None, int | None]
"""A position of the one life and one of the other; None where one of them is deleted or inserted."""

Walk: TypeAlias = list[tuple[Place, tuple[float, ...]]]
"""A way step by step, with what each step costs in each domain."""

_DELETED, _INSERTED = 1, 2
_NEARLY = 1e-12
"""Ways that differ by no more than this share of their cost are equal: rounding makes as much."""


def cheapest(match: Numbers, deletion: Numbers, insertion: Numbers,
             kinds: tuple[Whole, Whole] | None = None) -> list[Place]:  # fmt: skip
    """The way of least cost from the beginning of two lives to their end; of equals one that matches.

    ``match`` (m, n) is what each two positions cost, ``deletion`` (m, n + 1) what deleting a position of the
    one life costs after so many of the other, ``insertion`` (m + 1, n) the same of the other; arrays that
    broadcast to these do as well. Where many positions are of a kind, ``match`` may be one of kinds, and
    ``kinds`` says of which each position of both lives is. Costs are added up and never taken from each
    other, so that large ones leave small ones their digits.
    """
    one, other = kinds or (np.arange(match.shape[0]), np.arange(match.shape[1]))
    m, n = len(one), len(other)
    came = np.zeros((m + 1, n + 1), np.int8)
    alone = [np.ascontiguousarray(prices, dtype=np.float64) for prices in (deletion, insertion)]
    down, across = zip(*(_strides(prices) for prices in alone), strict=True)
    fill, whole = filler(m * n), np.ascontiguousarray(match, dtype=np.float64)
    fill(whole, one, other, *(prices.ravel() for prices in alone), down, across, 1 + _NEARLY,
         np.empty(n + 1), came)  # fmt: skip
    return _back(came)


def walked(match: Numbers, deletion: Numbers, insertion: Numbers) -> Walk:
    """The way of ``cheapest`` in one domain, with what each step costs."""
    m, n = match.shape
    gone, come = np.broadcast_to(deletion, (m, n + 1)), np.broadcast_to(insertion, (m + 1, n))
    walk: Walk = []
    done, met = 0, 0
    for i, j in cheapest(match, deletion, insertion):
        cost = come[done, j] if i is None else gone[i, met] if j is None else match[i, j]
        done, met = done + (i is not None), met + (j is not None)
        walk.append(((i, j), (float(cost),)))
    return walk


def _strides(prices: Numbers) -> tuple[int, int]:
    """How far apart prices lie in memory, down and across; 0 where one holds for all."""
    rows, columns = prices.shape
    return 0 if rows == 1 else columns, 0 if columns == 1 else 1


def _back(came: NDArray[np.int8]) -> list[Place]:
    """From the end of both lives to their beginning, turned round."""
    path: list[Place] = []
    i, j = came.shape[0] - 1, came.shape[1] - 1
    while i or j:
        kind = came[i, j]
        i, j = i - (kind != _INSERTED), j - (kind != _DELETED)
        path.append((None if kind == _INSERTED else i, None if kind == _DELETED else j))
    return path[::-1]
