"""Edit measures that look at neighbours: localized optimal matching and time-warp edit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from trajectories.alignment.computing.arithmetic import whole
from trajectories.alignment.computing.blocks import Run
from trajectories.alignment.computing.lives import Compared, Lives
from trajectories.alignment.computing.pairs import Kept
from trajectories.alignment.computing.single import Single, codes_of, lives_of, single
from trajectories.alignment.costs.costs import Costs, Numbers
from trajectories.alignment.explaining.way import Walk, walked
from trajectories.alignment.given_numbers import in_range
from trajectories.alignment.measures.norms import Norm, by_length
from trajectories.alignment.measures.telling import Missing, known_costs, known_settings, norm_told, told
from trajectories.sequences.sequences import Sequences

Codes = NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class LocalizedMatching:
    """Optimal matching in which inserting a state is cheap next to states like it (OMloc).

    Inserting z between a and b costs expansion * the dearest substitution + context * (cost(a, z) + cost(b,
    z)) / 2 (Hollister 2009). ``context`` None is 1 - 2 * expansion, the least for which an insertion and a
    deletion never undercut a substitution. The dearest counts for no more than 2 (expansion * dearest +
    context), as in TraMineR; costs that keep the triangle inequality never reach that. To choose when
    prolonging a spell should cost little and interrupting it much; it breaks the triangle inequality (Studer
    and Ritschard 2016). ``norm``: "auto" is YujianBo, by expansion * dearest + context. One domain.
    """

    costs: Costs
    expansion: float = 0.5
    context: float | None = None
    norm: Norm | None = None
    missing: Missing = "state"
    rule: ClassVar[str] = ("A position that only one life has costs the less, the nearer its state is to the "
                           "states around it in the other life.")  # fmt: skip

    def __post_init__(self) -> None:
        known_costs(self.costs)
        known_settings(self.norm, self.missing)
        in_range("expansion", self.expansion, 0.0, 0.5 if self.context is None else np.inf)
        if self.context is not None:
            in_range("context", self.context)

    def describe(self) -> str:
        return told("localized optimal matching", f"costs: {self.costs.rule}",
                    f"expansion {self.expansion:g}", f"context {self._context:g}", norm_told(self.norm))

    @property
    def _context(self) -> float:
        return 1 - 2 * self.expansion if self.context is None else self.context

    def compare(self, sequences: Sequences, run: Run) -> Compared:
        """Dissimilarities among the different lives of one domain."""
        given = single(sequences, self.costs, None, "Localized matching", self.missing)
        lives, price = given.lives, self.expansion * given.dearest + self._context
        found, told = _localized(lives, given.substitution, self._half(given), run)
        norm: Norm | None = "YujianBo" if self.norm == "auto" else self.norm
        by_length(found, run.pairs(lives), norm, lives.lengths, price, given.dearest)
        return Compared(lives, found, told)

    def walk(self, sequences: Sequences, one: str, other: str) -> Walk:
        """The way of least cost through two people's lives, with what each step costs."""
        given = single(sequences, self.costs, None, "Localized matching", self.missing)
        a, b = (codes_of(given.lives, life) for life in lives_of(given.lives, sequences, one, other))
        half = self._half(given)
        return walked(given.substitution[np.ix_(a, b)], _between(half, a, b), _between(half, b, a).T)

    def _half(self, given: Single) -> Numbers:
        """What inserting a state costs for each of its two neighbours: (state, neighbour)."""
        price = self.expansion * given.dearest + self._context
        time = self.expansion * min(given.dearest, 2 * price)
        return time / 2 + self._context / 2 * given.substitution


@dataclass(frozen=True, eq=False)
class TimeWarpEdit:
    """How much it takes to turn one life into the other by stretching and squeezing time (TWED).

    Matching i with j costs cost(a_i, b_j) + cost(a_i-1, b_j-1) + 2 stiffness |i - j|; deleting i costs
    cost(a_i, a_i-1) + stiffness + gap (Marteau 2009). Before the first position stands the first state of
    the alphabet, as in TraMineR. To choose when tempo may differ and only shifting should be paid for: the
    larger ``stiffness``, the more time matters. ``indel`` serves the normalisation only; None is 2 *
    dearest + stiffness + gap. ``norm``: "auto" is YujianBo. One domain.
    """

    costs: Costs
    stiffness: float
    gap: float = 0.5
    indel: float | None = None
    norm: Norm | None = None
    missing: Missing = "state"
    rule: ClassVar[str] = ("Two matched positions pay for their states, for the states before them and for "
                           "the time between them; a position that only one life has pays a price of "
                           "its own and for the change from the state before it.")  # fmt: skip

    def __post_init__(self) -> None:
        known_costs(self.costs)
        known_settings(self.norm, self.missing)
        in_range("stiffness", self.stiffness)
        in_range("gap", self.gap)
        if self.indel is not None:
            in_range("indel", self.indel)

    def describe(self) -> str:
        return told("time-warp edit", f"costs: {self.costs.rule}", f"stiffness {self.stiffness:g}",
                    f"gap {self.gap:g}", norm_told(self.norm))  # fmt: skip

    def compare(self, sequences: Sequences, run: Run) -> Compared:
        """Dissimilarities among the different lives of one domain."""
        given = single(sequences, self.costs, None, "Time-warp edit", self.missing)
        lives, step = given.lives, self.stiffness + self.gap
        found, told = _warped(lives, given.substitution, self.stiffness, step, run)
        norm: Norm | None = "YujianBo" if self.norm == "auto" else self.norm
        price = 2 * given.dearest + step if self.indel is None else self.indel
        most = (step + given.dearest, 2 * (given.dearest + self.stiffness))
        both = (step + 2 * price, 2 * (2 * price + self.stiffness))
        by_length(found, run.pairs(lives), norm, lives.lengths, price, given.dearest, most, both)
        return Compared(lives, found, told)

    def walk(self, sequences: Sequences, one: str, other: str) -> Walk:
        """The way of least cost through two people's lives, with what each step costs."""
        given = single(sequences, self.costs, None, "Time-warp edit", self.missing)
        a, b = (codes_of(given.lives, life) for life in lives_of(given.lives, sequences, one, other))
        before = [np.concatenate([[0], life[:-1]]) for life in (a, b)]
        apart = np.abs(np.subtract.outer(np.arange(len(a)), np.arange(len(b))))
        match = given.substitution[np.ix_(a, b)] + given.substitution[np.ix_(*before)]
        edge = [np.where(np.arange(len(life) + 1) == 0, np.inf, self.stiffness + self.gap) for life in (b, a)]
        deletion = np.add.outer(given.substitution[a, before[0]], edge[0])
        insertion = np.add.outer(edge[1], given.substitution[b, before[1]])
        return walked(match + 2 * self.stiffness * apart, deletion, insertion)


def _between(half: Numbers, states: Codes, others: Codes) -> Numbers:
    """What each state costs after so many others, beside the last two of these: (states, others + 1)."""
    after = np.arange(len(others) + 1)
    return half[np.ix_(states, others[np.maximum(after - 1, 0)])] + half[
        np.ix_(states, others[np.maximum(after - 2, 0)])]  # fmt: skip


def _localized(lives: Lives, substitution: Numbers, half: Numbers, run: Run) -> tuple[Kept, str]:
    """``half``: what inserting a state costs for each of its two neighbours."""
    from trajectories.alignment.kernels import edit as kernels
    from trajectories.alignment.kernels.edit_rows import EDIT_BYTES
    from trajectories.alignment.kernels.savings import LANES, at_lines, lanes_from

    codes, lengths = lives.codes, lives.lengths
    most = 4 * (lives.length + 1) * float(half.max()) + float(substitution.max())
    numbers = whole([substitution, half], most, 2 * lives.length + 4, run.precision)
    matching, halves = numbers.of(substitution), numbers.of(half)
    lanes = EDIT_BYTES // numbers.number.itemsize

    def work(block: int, first: int, last: int, found: NDArray[np.float64]) -> None:
        cost = at_lines(((lives.length + 1) * lanes,), numbers.number)
        edges = kernels.edges_of(numbers.number)
        these = codes[first:last, :, 0]
        starts = np.concatenate([these[:, :1], these], axis=1).astype(np.int64) * (lives.length * lanes)
        for group in range(0, min(LANES, lives.n - block * LANES), lanes):
            start = block * LANES + group
            match, own = (kernels.beside(table, codes, start) for table in (matching, halves))
            gone = own + np.concatenate([own[:, :1], own[:, :-1]], axis=1)
            ends = lengths[lanes_from(start, lanes, lives.n)]
            kernels.localized_lives(starts, lengths[first:last], match.ravel(), own.ravel(), gone.ravel(),
                                    cost, edges, ends, numbers.unit or 1.0, group, found)  # fmt: skip

    return run.over(work, lives, LANES), numbers.name


def _warped(lives: Lives, substitution: Numbers, stiffness: float, step: float,
            run: Run) -> tuple[Kept, str]:  # fmt: skip
    """``step``: what deleting a position costs beside the change from the one before."""
    from trajectories.alignment.kernels import edit as kernels
    from trajectories.alignment.kernels.edit_rows import EDIT_BYTES
    from trajectories.alignment.kernels.savings import LANES, at_lines, lanes_from

    codes, lengths, length = lives.codes, lives.lengths, lives.length
    removing, dearest = step + substitution, float(substitution.max())
    most = 4 * (4 * dearest + 2 * length * (step + dearest + stiffness))
    numbers = whole([substitution, removing, 2 * stiffness], most, 2 * length + 4, run.precision)
    matching, removal, apart = numbers.of(substitution), numbers.of(removing), numbers.of(2 * stiffness)
    lanes, infinite = EDIT_BYTES // numbers.number.itemsize, np.inf if numbers.unit is None else 2**30
    before = np.concatenate([np.zeros((lives.n, 1), np.int64), codes[:, :, 0]], axis=1)
    removed = removal[before[:, 1:], before[:, :-1]]
    away = np.repeat(apart * np.abs(np.arange(2 * length + 1) - length), lanes).astype(numbers.number)

    def work(block: int, first: int, last: int, found: NDArray[np.float64]) -> None:
        cost, edges = at_lines(((length + 1) * lanes,), numbers.number), kernels.edges_of(numbers.number)
        starts = before[first:last] * ((length + 1) * lanes)
        for group in range(0, min(LANES, lives.n - block * LANES), lanes):
            side = lanes_from(block * LANES + group, lanes, lives.n)
            match = kernels.beside(matching, codes, side[0], before=0).ravel()
            change = np.ascontiguousarray(removed[side].T).ravel()
            kernels.time_warp_lives(starts, lengths[first:last], match, change, away, removed[first:last],
                                    numbers.number.type(infinite), cost, edges, lengths[side],
                                    numbers.unit or 1.0, group, found)  # fmt: skip

    return run.over(work, lives, LANES), numbers.name
