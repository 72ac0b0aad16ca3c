"""People counted by two divisions at once: what chance would make of each cell, and how far the table is from
it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]

NOTABLE = 1.96
"""Adjusted standardised residual from which on a cell is worth a mark (5 % of cells would exceed it by
chance)."""
TAIL = 0.025
"""What the exact tail of a marked cell must not exceed: the residual is about normal only where many are
expected."""
MARKED = f"adjusted standardised residual beyond ±{NOTABLE:g}, and Fisher's exact test one-sided at {TAIL:g}"
"""When a cell is marked, in words."""


@dataclass(frozen=True, eq=False)
class Contingency:
    """How many people are in each cell, ``counts`` (rows, columns)."""

    counts: Counts

    @property
    def n(self) -> int:
        return int(self.counts.sum())

    @property
    def expected(self) -> Floats:
        """How many there would be if rows and columns had nothing to do with each other: row total times
        column total over n."""
        return np.asarray(np.outer(self.counts.sum(axis=1), self.counts.sum(axis=0)) / self.n)

    @property
    def residuals(self) -> Floats:
        """Adjusted standardised residuals (Haberman 1973), (O - E) / sqrt(E (1 - row share) (1 - column
        share)).

        About standard normal without association: beyond 2 either way is more than chance makes in a single
        cell. nan where a row or column has nobody or everybody.
        """
        rows, columns = self.counts.sum(axis=1) / self.n, self.counts.sum(axis=0) / self.n
        spread = np.sqrt(self.expected * np.outer(1 - rows, 1 - columns))
        empty = np.full(spread.shape, np.nan)
        return np.asarray(np.divide(self.counts - self.expected, spread, out=empty, where=spread > 0))

    @property
    def exact_p(self) -> Floats:
        """How often chance alone takes a cell as far to its side of what is expected, (rows, columns).

        The tail of the hypergeometric distribution from the count on (Fisher's exact test, one-sided):
        exact, where the residual of a cell in which few are expected says too much.
        """
        rows, columns = self.counts.sum(axis=1).tolist(), self.counts.sum(axis=0).tolist()
        found = [[_tail(count, row, column, self.n) for count, column in zip(counts, columns, strict=True)]
                 for counts, row in zip(self.counts.tolist(), rows, strict=True)]  # fmt: skip
        return np.array(found)

    @property
    def df(self) -> int:
        """Degrees of freedom, (rows - 1) (columns - 1) over those that have anybody."""
        return _used(self.counts, 1) * _used(self.counts, 0)

    @property
    def chi2(self) -> float:
        """Pearson's chi-squared (1900, no continuity correction)."""
        return float(chi_squared(self.counts))

    @property
    def p_value(self) -> float:
        """Of Pearson's test that rows and columns have nothing to do with each other, for many people."""
        from scipy.special import chdtrc  # scipy.stats would give the same, but takes a second to load

        return float(chdtrc(self.df, self.chi2)) if self.df else 1.0

    @property
    def cramers_v(self) -> float:
        """How far one division tells the other, 0 to 1: sqrt(chi-squared / (n min(rows - 1, columns - 1)))
        over those that have anybody; nan where either has but one."""
        least = min(_used(self.counts, 1), _used(self.counts, 0))
        return float(np.sqrt(self.chi2 / (self.n * least))) if least > 0 else float("nan")

    def marks(self, differs: bool) -> tuple[tuple[str, ...], ...]:
        """For each row, of each column: "▲" where there are more, "▼" where fewer people than expected.

        All "" unless the table as a whole ``differs`` from chance, for among many cells some always do.
        """
        if not differs:
            return (("",) * self.counts.shape[1],) * len(self.counts)
        return tuple(tuple(map(mark_of, *row)) for row in
                     zip(self.residuals.tolist(), self.exact_p.tolist(), strict=True))  # fmt: skip


def _used(counts: Counts, axis: int) -> int:
    """How many rows (axis 1) or columns (0) have anybody, less one."""
    return int((counts.sum(axis=axis) > 0).sum()) - 1


def chi_squared(counts: Counts) -> Floats:
    """Pearson's statistic of each table (..., rows, columns), n (sum O^2 / (row column) - 1), over rows and
    columns that have anybody."""
    rows, columns = counts.sum(axis=-1, keepdims=True), counts.sum(axis=-2, keepdims=True)
    margins = (rows * columns).astype(np.float64)
    parts = np.divide(counts.astype(np.float64) ** 2, margins, out=np.zeros(margins.shape), where=margins > 0)
    return np.asarray(np.maximum(counts.sum(axis=(-2, -1)) * (parts.sum(axis=(-2, -1)) - 1), 0.0))


def mark_of(residual: float, exact_p: float) -> str:
    """"▲" for notably more people than expected, "▼" for notably fewer, "" for neither (or not known)."""
    if not (abs(residual) >= NOTABLE and exact_p <= TAIL):
        return ""
    return "▲" if residual > 0 else "▼"


def _tail(count: int, row: int, column: int, n: int) -> float:
    """The hypergeometric probability of ``count`` or more (or fewer, where fewer than expected) in a cell."""
    from scipy.special import gammaln

    possible = np.arange(max(row + column - n, 0), min(row, column) + 1)

    def ways(whole: int, part: NDArray[np.int64]) -> Floats:
        return np.asarray(gammaln(whole + 1) - gammaln(part + 1) - gammaln(whole - part + 1))

    log = ways(column, possible) + ways(n - column, row - possible) - ways(n, np.array([row]))
    further = possible >= count if count * n >= row * column else possible <= count
    return float(min(np.exp(log[further]).sum(), 1.0))
