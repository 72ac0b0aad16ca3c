"""The way of least cost through two lives: which position is matched with which, and which with none."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Place: TypeAlias = tuple[int | None, int | None]
"""A position of the one life and one of the other; None where one of them is deleted or inserted."""

Walk: TypeAlias = list[tuple[Place, tuple[float, ...]]]
"""A way step by step, with what each step costs in each domain."""

_MATCHED, _DELETED, _INSERTED = range(3)
_NEARLY = 1e-12
"""Ways that differ by no more than this share of their cost are equal: rounding makes as much."""


def cheapest(match: Numbers, deletion: Numbers, insertion: Numbers) -> list[Place]:
    """The way of least cost from the beginning of two lives to their end; of equals one that matches.

    ``match`` (m, n) is what each two positions cost, ``deletion`` (m, n + 1) what deleting a position of the
    one life costs after so many of the other, ``insertion`` (m + 1, n) the same of the other; arrays that
    broadcast to these do as well. Costs are added up and never taken from each other, so that large ones
    leave small ones their digits.
    """
    m, n = match.shape
    deletion, insertion = np.broadcast_to(deletion, (m, n + 1)), np.broadcast_to(insertion, (m + 1, n))
    came = np.zeros((m + 1, n + 1), np.int8)
    before, last = np.full(m + 1, np.inf), np.full(m + 1, np.inf)
    last[0] = 0.0
    for both in range(1, m + n + 1):
        i = np.arange(max(0, both - n), min(m, both) + 1)
        ways = np.full((3, len(i)), np.inf)
        up, left = i > 0, i < both
        one, two = i[up], i[left]
        ways[_DELETED, up] = last[one - 1] + deletion[one - 1, both - one]
        ways[_INSERTED, left] = last[two] + insertion[two, both - two - 1]
        here = i[up & left]
        ways[_MATCHED, up & left] = before[here - 1] + match[here - 1, both - here - 1]
        least = ways.min(axis=0)
        came[i, both - i] = (ways <= least * (1 + _NEARLY)).argmax(axis=0)
        before, last = last, np.full(m + 1, np.inf)
        last[i] = least
    return _back(came)


def walked(match: Numbers, deletion: Numbers, insertion: Numbers) -> Walk:
    """The way of ``cheapest`` in one domain, with what each step costs."""
    m, n = match.shape
    deletion, insertion = np.broadcast_to(deletion, (m, n + 1)), np.broadcast_to(insertion, (m + 1, n))
    walk: Walk = []
    done, met = 0, 0
    for i, j in cheapest(match, deletion, insertion):
        cost = insertion[done, j] if i is None else deletion[i, met] if j is None else match[i, j]
        done, met = done + (i is not None), met + (j is not None)
        walk.append(((i, j), (float(cost),)))
    return walk


def _back(came: NDArray[np.int8]) -> list[Place]:
    """From the end of both lives to their beginning, turned round."""
    path: list[Place] = []
    i, j = came.shape[0] - 1, came.shape[1] - 1
    while i or j:
        kind = came[i, j]
        i, j = i - (kind != _INSERTED), j - (kind != _DELETED)
        path.append((None if kind == _INSERTED else i, None if kind == _DELETED else j))
    return path[::-1]
