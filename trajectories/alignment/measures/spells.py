"""Optimal matching that minds how long spells last: on spells, and with costs that shrink in long ones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from trajectories.alignment.computing.arithmetic import TOLERANCE, Precision, savings
from trajectories.alignment.computing.blocks import Run
from trajectories.alignment.computing.lives import Compared, Lives
from trajectories.alignment.computing.matching import align
from trajectories.alignment.computing.single import Single, durations, in_life, single, spells_of
from trajectories.alignment.costs.costs import Costs, Numbers
from trajectories.alignment.measures.norms import Norm, by_length
from trajectories.alignment.measures.telling import Missing, in_range, known_settings, norm_told, told
from trajectories.errors import SettingError
from trajectories.sequences.sequences import Sequences

MOST = 1000
"""Combinations of state and length of a spell up to which they are aligned as states are: fast, in whole
numbers, but with a table of all pairs. More are aligned as they come, in floats."""


@dataclass(frozen=True, eq=False)
class SpellMatching:
    """Optimal matching of spells instead of positions: what happened, then how long it lasted (OMspell).

    With d = duration^power - 1 of a spell, inserting or deleting it costs indel + expansion * d;
    substituting a spell of the same state costs expansion * |d1 - d2|, of another one substitution +
    expansion * (d1 + d2) (Studer and Ritschard 2016). To choose when the sequence of spells matters most
    and their lengths by degree: the smaller ``expansion``, the less. ``per_state`` multiplies the expansion
    of some states ({"settled": 0.5}). ``indel``: instead of the costs' own. ``norm``: "auto" is YujianBo;
    by the lengths of the lives, not the number of spells. One domain.
    """

    costs: Costs
    expansion: float = 0.5
    power: float = 1.0
    per_state: Mapping[str, float] | None = None
    indel: float | None = None
    norm: Norm | None = None
    missing: Missing = "state"

    def __post_init__(self) -> None:
        known_settings(self.norm, self.missing)
        in_range("expansion", self.expansion)
        in_range("power", self.power)
        _indel_known(self.indel)
        for state, factor in (self.per_state or {}).items():
            in_range(f"The factor of state {state!r} in per_state", factor)

    def describe(self) -> str:
        return told("optimal matching of spells", f"costs: {self.costs.rule}",
                    f"expansion {self.expansion:g}", "" if self.power == 1 else f"power {self.power:g}",
                    _indel_told(self.indel), norm_told(self.norm))  # fmt: skip

    def compare(self, sequences: Sequences, run: Run) -> Compared:
        """Dissimilarities among the different lives of one domain."""
        given = single(sequences, self.costs, self.indel, "Matching of spells", self.missing)
        lives, time = spells_of(given.lives)
        rate = self.expansion * self._factors(sequences.alphabets[0], len(given.indel))
        further = rate[lives.codes[:, :, 0]] * self._beyond(time)
        whole = _whole(given, further, lives, run.precision)
        if whole is None:
            found = self._in_floats(given, lives, rate, self._beyond(time), run)
        else:
            found = whole.matched(lives, run)
        return _normalised(found, given, self.norm, run, lives)

    def _beyond(self, time: NDArray[np.int64]) -> Numbers:
        """How much longer than one position each spell counts."""
        return np.where(time > 0, np.power(np.maximum(time, 1), self.power) - 1.0, 0.0)

    def _in_floats(self, given: Single, lives: Lives, rate: Numbers, beyond: Numbers, run: Run) -> Compared:
        codes = lives.codes[:, :, 0]
        limit = 2 * rate[codes] * beyond
        own = np.stack([np.zeros(codes.shape), np.ones(codes.shape), limit], axis=2)
        base = np.add.outer(given.indel, given.indel) - given.substitution
        alone = _added(lives, given.indel[codes] + rate[codes] * beyond)
        return _spelled(lives, (base, np.diag(2 * rate)), alone, own, np.ones(codes.shape), beyond, run)

    def _factors(self, alphabet: tuple[str, ...], size: int) -> Numbers:
        unknown = [state for state in self.per_state or {} if state not in alphabet]
        if unknown:
            raise SettingError(f"per_state names a state {unknown[0]!r}; these lives have "
                               f"{', '.join(alphabet)}.")  # fmt: skip
        factors = np.ones(size)
        for state, factor in (self.per_state or {}).items():
            factors[alphabet.index(state)] = factor
        return factors


@dataclass(frozen=True, eq=False)
class SpellLengthMatching:
    """Optimal matching in which a change counts less the longer the spell it happens in (OMslen).

    A position in a spell of length l has the factor f = l^-power; inserting or deleting it costs indel * f,
    substituting it substitution * (f1 + f2) / 2, or * sqrt(f1 f2) with ``link="gmean"`` (Halpin 2010). To
    choose when a month more or less in a long spell should hardly count. ``indel``: instead of the costs'
    own. ``norm``: "auto" is YujianBo, in which each position of the shorter life counts 4 indels, as in
    TraMineR. One domain.
    """

    costs: Costs
    power: float = 0.5
    link: Literal["mean", "gmean"] = "mean"
    indel: float | None = None
    norm: Norm | None = None
    missing: Missing = "state"

    def __post_init__(self) -> None:
        known_settings(self.norm, self.missing)
        in_range("power", self.power)
        _indel_known(self.indel)
        if self.link not in ("mean", "gmean"):
            raise SettingError(f"link must be 'mean' or 'gmean', not {self.link!r}.")

    def describe(self) -> str:
        return told("spell-length-sensitive optimal matching", f"costs: {self.costs.rule}",
                    f"power {self.power:g}", f"link {self.link}", _indel_told(self.indel),
                    norm_told(self.norm))  # fmt: skip

    def compare(self, sequences: Sequences, run: Run) -> Compared:
        """Dissimilarities among the different lives of one domain."""
        given = single(sequences, self.costs, self.indel, "Spell-length-sensitive matching", self.missing)
        lives, time = given.lives, durations(given.lives)[1]
        kinds = _Kinds.of(lives, time)
        if len(kinds.states) <= MOST:
            factor = self._factor(kinds.times)
            both = np.sqrt(np.multiply.outer(factor, factor))
            if self.link == "mean":
                both = np.add.outer(factor, factor) / 2
            substitution = kinds.between(given.substitution) * both
            found = kinds.aligned(lives, substitution, given.indel[kinds.states] * factor, run)
        else:
            found = self._many(given, self._factor(time), run)
        return _normalised(found, given, self.norm, run, lives, both=4.0)

    def _factor(self, time: NDArray[np.int64]) -> Numbers:
        return np.power(np.maximum(time, 1).astype(np.float64), -self.power)

    def _many(self, given: Single, factor: Numbers, run: Run) -> Compared:
        lives, codes = given.lives, given.lives.codes[:, :, 0]
        alone = _added(lives, given.indel[codes] * factor)
        deletion = np.broadcast_to(given.indel, given.substitution.shape)
        endless = np.full(codes.shape, np.inf)
        if self.link == "mean":
            tables = (deletion.T - given.substitution / 2, deletion - given.substitution / 2)
            own = np.stack([np.zeros(codes.shape), factor, endless], axis=2)
            return _spelled(lives, tables, alone, own, np.ones(codes.shape), factor, run)
        own = np.stack([given.indel[codes] * factor, np.sqrt(factor), endless], axis=2)
        tables = (-given.substitution, np.ascontiguousarray(deletion))
        return _spelled(lives, tables, alone, own, np.sqrt(factor), factor, run)


@dataclass(frozen=True, eq=False)
class _Whole:
    """Matching of spells in whole numbers, as ``match_spells_block`` takes it; ``error`` is the largest
    relative error of a dissimilarity."""

    table: NDArray[np.int32]
    alone: NDArray[np.int64]
    further: NDArray[np.int32]
    unit: float
    error: float

    def matched(self, lives: Lives, run: Run) -> Compared:
        from trajectories.alignment.kernels.savings import LANES
        from trajectories.alignment.kernels.spells import match_spells_block, room_for_spells

        def work(block: int, first: int, last: int, found: NDArray[np.float64]) -> None:
            match_spells_block(self.table, lives.codes, lives.lengths, self.alone, self.further, self.unit,
                               *room_for_spells(len(self.table), lives.length),
                               block, first, last, found)  # fmt: skip

        told = "exact" if self.error == 0 else f"relative error below {self.error:.1g}"
        return Compared(lives, run.over(work, lives, LANES), f"32-bit whole numbers, {told}")


def _whole(given: Single, further: Numbers, lives: Lives, precision: Precision) -> _Whole | None:
    """The costs of spells in whole numbers; None where they are not close enough.

    Each cost is rounded to a 1/k, so what a spell costs is right to 1/k, a substitution to 1.5/k, and what
    costs nothing stays so. A dissimilarity is a sum of such costs, none negative, and the least of many; its
    relative error is at most 1.5/k over the smallest cost above 0.
    """
    steps = np.diff(np.unique(np.append(further, 0.0)))
    values = np.concatenate([given.substitution.ravel(), given.indel, steps])
    alone = _added(lives, given.indel[lives.codes[:, :, 0]] + further)
    top = (2**31 - 8 * (lives.length + 2)) / max(2 * float(alone.max()) + 4 * float(values.max()), 1e-300)
    each = np.concatenate([values, np.unique(further)])
    k = next((k for k in (1, 2, 4, 8, 10, 20, 100, 1000) if k <= top and np.abs(
        each * k - np.round(each * k)).max() < 1e-12 * k), 0)  # fmt: skip
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
    added = ((price[lives.codes[:, :, 0]] + more) * in_life(lives)).sum(axis=1)
    return _Whole(whole, added, more.astype(np.int32), 1 / k, error)


@dataclass(frozen=True, eq=False)
class _Kinds:
    """The observed combinations of a state and how long its spell lasts, which are aligned as states are.

    ``states`` and ``times`` (kinds,); ``codes`` (lives, positions) says which kind stands where.
    """

    states: NDArray[np.int64]
    times: NDArray[np.int64]
    codes: NDArray[np.int32]

    @classmethod
    def of(cls, lives: Lives, time: NDArray[np.int64]) -> _Kinds:
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
        numbers = savings([substitution], [indel], lives.length, run.precision)
        found = align(kinds, numbers, np.array([0, len(indel)]), run)
        return Compared(lives, found, numbers.name)


def _spelled(lives: Lives, tables: tuple[Numbers, Numbers], alone: Numbers, own: Numbers, near: Numbers,
             far: Numbers, run: Run) -> Compared:
    from trajectories.alignment.kernels.savings import LANES
    from trajectories.alignment.kernels.spells import align_spells_block

    first_table, second_table = (np.ascontiguousarray(table) for table in tables)

    def work(block: int, first: int, last: int, found: NDArray[np.float64]) -> None:
        align_spells_block(first_table, second_table, lives.codes, lives.lengths, alone, own, near, far,
                           block, first, last, found)  # fmt: skip

    return Compared(lives, run.over(work, lives, LANES))


def _normalised(found: Compared, given: Single, norm: Norm | None, run: Run, lives: Lives,
                both: float = 2.0) -> Compared:
    norm = "YujianBo" if norm == "auto" else norm
    price = float(given.indel.max())
    by_length(found.found, run.pairs(lives), norm, given.lives.lengths, price, given.dearest,
              both=(price, both * price))  # fmt: skip
    return found


def _added(lives: Lives, prices: Numbers) -> Numbers:
    return np.asarray((prices * in_life(lives)).sum(axis=1))


def _indel_known(indel: float | None) -> None:
    if indel is not None:
        in_range("indel", indel)


def _indel_told(indel: float | None) -> str:
    return "" if indel is None else f"indel {indel:g}"
