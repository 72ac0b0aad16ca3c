"""In which numbers an alignment is computed: whole numbers where that is exact or provably close, else
floats."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

Precision = Literal["single", "double"]
Numbers = NDArray[np.float64]

TOLERANCE = 9.9e-6
"""Largest relative error of a dissimilarity that single precision may have: with the rounding to the 32 bits
in which it is kept, 1e-5."""
_UNITS = (*range(1, 13), 15, 16, 20, 24, 25, 30, 40, 50, 60, 100, 120, 1000)
_TRIED = 1_000_000
_ROUNDING = 1e-14
"""A relative error that 64-bit floats make of exact multiples."""


@dataclass(frozen=True, eq=False)
class Priced:
    """Costs of all domains in the numbers of a kernel.

    ``tables`` (1 or positions, states of all domains, widest alphabet); ``unit`` is what one of these
    numbers is worth, ``error`` the largest relative error of a dissimilarity computed with them.
    """

    tables: NDArray[Any]
    unit: float
    error: float

    @property
    def name(self) -> str:
        if self.tables.dtype == np.float64:
            return "double precision"
        return f"{8 * self.tables.dtype.itemsize}-bit whole numbers, {self._close}"

    @property
    def _close(self) -> str:
        if self.error == 0:
            return "exact"
        digit = 10.0 ** floor(log10(self.error))
        return f"relative error below {ceil(self.error / digit) * digit:.0e}"


@dataclass(frozen=True, eq=False)
class Savings(Priced):
    """The costs as savings: ``tables`` what it saves to keep or substitute instead of deleting and
    inserting; ``alone`` (states of all domains,) what deleting one costs."""

    alone: NDArray[np.int64] | NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Whole:
    """In which numbers costs are added up that depend on more than two states: 32-bit whole numbers, each
    worth ``unit`` (None: floats of 64 bits); ``error`` as in ``Priced``."""

    unit: float | None
    error: float

    @property
    def number(self) -> np.dtype[Any]:
        return np.dtype(np.float64 if self.unit is None else np.int32)

    @property
    def name(self) -> str:
        return Priced(np.empty(0, self.number), 1.0, self.error).name

    def of(self, costs: Any) -> NDArray[Any]:
        """Costs in these numbers."""
        scaled = np.asarray(costs, dtype=np.float64)
        return scaled if self.unit is None else np.round(scaled / self.unit).astype(np.int32)


def whole(costs: Sequence[Numbers | float], most: float, steps: int, precision: Precision) -> Whole:
    """Choose numbers for ``costs`` of which at most ``steps`` are added up, to at most ``most``; the error as
    in ``savings``."""
    each = np.unique(np.concatenate([np.ravel(cost) for cost in costs]))
    scale, error = _scale(each[each > 0], _largest(np.int32, most, steps))
    within = error <= (TOLERANCE if precision == "single" else 0)
    return Whole(1 / scale, error) if within else Whole(None, 0.0)


def counts(tables: Sequence[Numbers], most: float, precision: Precision) -> Priced:
    """Choose numbers for costs that are only added up, to at most ``most``; the error as in ``savings``.

    ``tables`` of each domain (1 or positions, states, states).
    """
    together = side_by_side(tables)
    costs = np.unique(together[together > 0])
    for number in (np.uint8, np.uint16, np.int32):
        scale, error = _scale(costs, _largest(number, most, len(together) * len(tables)))
        if error <= (TOLERANCE if precision == "single" else 0):
            return Priced(np.round(together * scale).astype(number), 1 / scale, error)
    return Priced(together, 1.0, 0.0)


def savings(substitution: Sequence[Numbers], indel: Sequence[Numbers], length: int,
            precision: Precision) -> Savings:
    """Choose the fastest numbers that are good enough for lives of at most ``length`` positions.

    Every cost c becomes the whole number nearest to c k. A dissimilarity is the least sum of costs over all
    alignments, none negative; if each cost is right to a share e of itself, so is the sum of each
    alignment, and so is the least of them. So e, the largest over the costs at hand, bounds the relative
    error of every dissimilarity, whatever its length: nothing is rounded afterwards. Costs that are
    multiples of 1/k give e = 0, which is asked for in double precision; single precision asks for no more
    than ``TOLERANCE``. Where no whole numbers do, floats of 64 bits are used.

    How large k may be: 8 and 16 bits hold how the savings S grow from one place to the next. That is never
    negative, and never more than the largest saving of two states, for whoever takes away one position
    loses no more than what it was matched for. 32 bits hold S itself, which both lives' deletion bounds;
    they must hold it in the end in any case.
    """
    if len(substitution) == 1:
        substitution = [np.minimum(substitution[0], np.add.outer(indel[0], indel[0]))]
    gains = [np.add.outer(price, price) - table for table, price in zip(substitution, indel, strict=True)]
    costs = np.unique(np.concatenate([np.ravel(table) for table in (*substitution, *indel)]))
    costs = costs[costs > 0]
    step, dearest = sum(float(gain.max()) for gain in gains), sum(float(price.max()) for price in indel)
    most = 2 * (length + 1) * dearest + sum(float(table.max()) for table in substitution)
    growing = all(gain.min() >= 0 for gain in gains)
    whole = _largest(np.int32, most, (length + 1) * len(gains))
    for number in (np.uint8, np.uint16, np.int32):
        if number == np.int32 or growing:
            top = whole if number == np.int32 else min(whole, _largest(number, step, len(gains)))
            scale, error = _scale(costs, top)
            if error <= (TOLERANCE if precision == "single" else 0):
                return _in_whole_numbers(substitution, indel, number, scale, error)
    return Savings(side_by_side(gains)[None], 1.0, 0.0, np.concatenate(indel))


def _largest(number: type[Any], value: float, rounded: int) -> float:
    """By how much a value can be multiplied to fit, when ``rounded`` pairs of its parts are rounded up."""
    return float(np.iinfo(number).max - 2 * rounded) / max(value, 1e-300)


def _scale(costs: Numbers, top: float) -> tuple[int, float]:
    """The k not above ``top`` with which the costs (above 0) are exact, or else nearest to whole numbers
    for their size; and the largest relative error it makes."""
    if not costs.size:
        return 1, 0.0
    for k in _UNITS:
        if k <= top and multiples(costs, k):
            return k, 0.0
    top = min(top, 2.0**52)
    tried = np.unique(np.linspace(top / 2, top, max(2, min(4000, _TRIED // len(costs)))).astype(np.int64))
    tried = tried[tried > 0]
    if not tried.size:
        return 1, np.inf
    scaled = np.multiply.outer(tried, costs)
    errors = np.abs(np.round(scaled) / scaled - 1).max(axis=1)
    best = int(errors.argmin())
    return int(tried[best]), float(errors[best]) if errors[best] > _ROUNDING else 0.0


def multiples(costs: Numbers, k: int) -> bool:
    """Whether all costs are multiples of 1/k, each to 12 digits of itself."""
    scaled = costs * k
    return bool((np.abs(scaled - np.round(scaled)) <= 1e-12 * scaled).all())


def _in_whole_numbers(substitution: Sequence[Numbers], indel: Sequence[Numbers], number: type[Any],
                      scale: int, error: float) -> Savings:
    prices = [np.round(price * scale) for price in indel]
    gains = [np.add.outer(price, price) - np.round(table * scale)
             for table, price in zip(substitution, prices, strict=True)]  # fmt: skip
    if number != np.int32:
        gains = [np.maximum(gain, 0) for gain in gains]
    alone = np.concatenate(prices).astype(np.int64)
    return Savings(side_by_side(gains)[None].astype(number), 1 / scale, error, alone)


def side_by_side(tables: Sequence[Numbers]) -> Numbers:
    """Square tables (..., a, a) of several domains under one another, filled up with zeros to the widest."""
    widest = max(table.shape[-1] for table in tables)
    filled = [np.concatenate([table, np.zeros((*table.shape[:-1], widest - table.shape[-1]))], axis=-1)
              for table in tables]  # fmt: skip
    return np.ascontiguousarray(np.concatenate(filled, axis=-2))
