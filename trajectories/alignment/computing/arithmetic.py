"""In which numbers an alignment is computed: whole numbers where that is exact or provably close, else
floats."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Precision = Literal["single", "double"]
Numbers = NDArray[np.float64]

TOLERANCE = 5e-7
"""Largest relative error of a dissimilarity that single precision may have."""
_UNITS = (*range(1, 13), 15, 16, 20, 24, 25, 30, 40, 50, 60, 100, 120, 1000)


@dataclass(frozen=True, eq=False)
class Savings:
    """The costs of all domains as savings in the numbers of the kernel.

    ``tables`` (1, states of all domains, widest alphabet): what it saves to keep or substitute instead of
    deleting and inserting; ``alone`` (states of all domains,): what deleting one costs. ``unit`` is what
    one of these numbers is worth, ``error`` the largest relative error of a dissimilarity computed with
    them.
    """

    tables: NDArray[np.int16] | NDArray[np.int32] | NDArray[np.float64]
    alone: NDArray[np.int64] | NDArray[np.float64]
    unit: float
    error: float

    @property
    def name(self) -> str:
        if self.tables.dtype == np.float64:
            return "double precision"
        told = "exact" if self.error == 0 else f"relative error below {self.error:.1g}"
        return f"{8 * self.tables.dtype.itemsize}-bit whole numbers, {told}"


def savings(substitution: Sequence[Numbers], indel: Sequence[Numbers], length: int,
            precision: Precision) -> Savings:
    """Choose the fastest numbers that are good enough for lives of at most ``length`` positions.

    Costs that are multiples of one unit are computed in whole numbers without error. Otherwise, in single
    precision, every cost is rounded to a 1/k: a dissimilarity is a sum of costs, none negative, so its
    relative error is at most that of the smallest cost above 0, 1 / (2 k smallest), whichever alignment is
    best. Where that is above ``TOLERANCE``, and in double precision, floats of 64 bits are used.
    """
    if len(substitution) == 1:
        substitution = [np.minimum(substitution[0], np.add.outer(indel[0], indel[0]))]
    values = np.concatenate([np.ravel(table) for table in (*substitution, *indel)])
    dearest = sum(float(price.max()) for price in indel)
    most = 2 * length * dearest + 2 * dearest + sum(float(table.max()) for table in substitution)
    exact = next((k for k in _UNITS if np.abs(values * k - np.round(values * k)).max() < 1e-12 * k), 0)
    if exact and exact * most < 2**31 - 1:
        return _in_whole_numbers(substitution, indel, exact, 16 if exact * most < 2**15 - 1 else 32, 0.0)
    scale = int((2**31 - 1 - len(values)) / most) if most > 0 else 0
    smallest = values[values > 0].min(initial=np.inf)
    error = 0.5 / (scale * smallest) if scale else np.inf
    if precision == "single" and error <= TOLERANCE:
        return _in_whole_numbers(substitution, indel, scale, 32, error)
    tables = [np.add.outer(price, price) - table for table, price in zip(substitution, indel, strict=True)]
    return Savings(side_by_side(tables)[None], np.concatenate(indel), 1.0, 0.0)


def _in_whole_numbers(substitution: Sequence[Numbers], indel: Sequence[Numbers], scale: int,
                      bits: int, error: float) -> Savings:
    prices = [np.round(price * scale) for price in indel]
    tables = [np.add.outer(price, price) - np.round(table * scale)
              for table, price in zip(substitution, prices, strict=True)]  # fmt: skip
    whole = side_by_side(tables)[None]
    alone = np.concatenate(prices).astype(np.int64)
    return Savings(whole.astype(np.int16) if bits == 16 else whole.astype(np.int32), alone, 1 / scale, error)


def side_by_side(tables: Sequence[Numbers]) -> Numbers:
    """Square tables (..., a, a) of several domains under one another, filled up with zeros to the widest."""
    widest = max(table.shape[-1] for table in tables)
    filled = [np.concatenate([table, np.zeros((*table.shape[:-1], widest - table.shape[-1]))], axis=-1)
              for table in tables]  # fmt: skip
    return np.ascontiguousarray(np.concatenate(filled, axis=-2))
