"""Spells as optimal matching takes them: in whole numbers, and as kinds that have costs of their own."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from trajectories.alignment.computing.arithmetic import TOLERANCE, Precision, multiples
from trajectories.alignment.computing.blocks import Run
from trajectories.alignment.computing.lives import Compared, Lives
from trajectories.alignment.computing.matching import aligned
from trajectories.alignment.computing.single import Single, in_life
from trajectories.alignment.costs.costs import Numbers

MOST = 1000
"""Combinations of state and length of a spell up to which they are aligned as states are: fast, in whole
numbers, but with a table of all pairs. More are aligned as they come, in floats."""


@dataclass(frozen=True, eq=False)
class WholeSpells:
    """Matching of spells in whole numbers, as ``kernels.spells`` takes them; ``error`` is the largest
    relative error of a dissimilarity."""

    table: NDArray[np.int32]
    alone: NDArray[np.int64]
    further: NDArray[np.int32]
    unit: float
    error: float

    def matched(self, lives: Lives, run: Run) -> Compared:
        from trajectories.alignment.kernels import spells as kernels
        from trajectories.alignment.kernels.savings import LANES, lanes_from

        codes, lengths, wide = lives.codes, lives.lengths, kernels.SPELL_LANES
        own = self.table.diagonal()[codes[:, :, 0]] + 2 * self.further
        caps = np.ascontiguousarray(own * in_life(lives), dtype=np.int32)

        def work(block: int, first: int, last: int, found: NDArray[np.float64]) -> None:
            side = lanes_from(block * LANES, LANES, lives.n)
            most = lengths[side].reshape(-1, wide).max(axis=1)[: -((block * LANES - lives.n) // wide)]
            rows = kernels.spell_savings(self.table, codes, lengths, self.further, block * LANES)
            kernels.match_spells(codes[first:last], lengths[first:last], caps[first:last], rows.ravel(),
                                 len(self.table), np.zeros(lives.length * wide, np.int32), most,
                                 self.alone[first:last], self.alone[side], self.unit, found)  # fmt: skip

        told = "exact" if self.error == 0 else f"relative error below {self.error:.1g}"
        return Compared(lives, run.over(work, lives, LANES), f"32-bit whole numbers, {told}")


def whole_spells(given: Single, further: Numbers, lives: Lives, precision: Precision) -> WholeSpells | None:
    """The costs of spells in whole numbers; None where they are not close enough.

    Each cost is rounded to a 1/k, so what a spell costs is right to 1/k, a substitution to 1.5/k, and what
    costs nothing stays so. A dissimilarity is a sum of such costs, none negative, and the least of many; its
    relative error is at most 1.5/k over the smallest cost above 0.
    """
    steps = np.diff(np.unique(np.append(further, 0.0)))
    values = np.concatenate([given.substitution.ravel(), given.indel, steps])
    alone = added(lives, given.indel[lives.codes[:, :, 0]] + further)
    top = (2**31 - 8 * (lives.length + 2)) / max(2 * float(alone.max()) + 4 * float(values.max()), 1e-300)
    each = np.concatenate([values, np.unique(further)])
    k = next((k for k in (1, 2, 4, 8, 10, 20, 100, 1000) if k <= top and multiples(each, k)), 0)
    error = 0.0
    if not k:
        k = int(min(top, 2.0**30))
        error = 1.5 / (k * float(values[values > 0].min(initial=np.inf))) if k else np.inf
    if error > (TOLERANCE if precision == "single" else 0.0):
        return None
    price, table = (np.round(values * k).astype(np.int64) for values in (given.indel, given.substitution))
    if (price[None, :] > price[:, None] + table).any():
        return None
    more = np.round(further * k).astype(np.int64)
    whole = (np.add.outer(price, price) - table).astype(np.int32)
    whole_alone = ((price[lives.codes[:, :, 0]] + more) * in_life(lives)).sum(axis=1)
    return WholeSpells(whole, whole_alone, more.astype(np.int32), 1 / k, error)


@dataclass(frozen=True, eq=False)
class Kinds:
    """The observed combinations of a state and how long its spell lasts, which are aligned as states are.

    ``states`` and ``times`` (kinds,); ``codes`` (lives, positions) says which kind stands where.
    """

    states: NDArray[np.int64]
    times: NDArray[np.int64]
    codes: NDArray[np.int32]

    @classmethod
    def of(cls, lives: Lives, time: NDArray[np.int64]) -> Kinds:
        longest = int(time.max()) + 1
        number = lives.codes[:, :, 0].astype(np.int64) * longest + time
        seen = np.zeros(int(number.max()) + 1, dtype=bool)
        seen[number[in_life(lives)]] = True
        found = np.flatnonzero(seen)
        place = np.cumsum(seen) - 1
        codes = np.where(in_life(lives), place[number], 0).astype(np.int32)
        return cls(found // longest, found % longest, codes)

    def between(self, substitution: Numbers) -> Numbers:
        """What the states of every two kinds cost against each other."""
        return np.asarray(substitution[np.ix_(self.states, self.states)])

    def aligned(self, lives: Lives, substitution: Numbers, indel: Numbers, run: Run) -> Compared:
        """Optimal matching with the costs of the kinds."""
        kinds = Lives(self.codes[:, :, None], lives.lengths, lives.which)
        return Compared(lives, *aligned(kinds, [substitution], [indel], np.array([0, len(indel)]), run))


def added(lives: Lives, prices: Numbers) -> Numbers:
    """What each life costs, position by position, in all."""
    return np.asarray((prices * in_life(lives)).sum(axis=1))
