"""Optimal matching that minds how long spells last: on spells, and with costs that shrink in long ones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import ClassVar, Literal

import numpy as np
from numpy.typing import NDArray

from trajectories.alignment.computing.blocks import Run
from trajectories.alignment.computing.lives import Compared, Lives
from trajectories.alignment.computing.matching import add_beyond, lowered, settle
from trajectories.alignment.computing.single import (
    Single,
    codes_of,
    durations,
    lives_of,
    single,
    spells_of,
)
from trajectories.alignment.costs.costs import Costs, Numbers
from trajectories.alignment.explaining.way import Walk, walked
from trajectories.alignment.given_numbers import in_range
from trajectories.alignment.measures import spell_numbers
from trajectories.alignment.measures.norms import Norm, by_length
from trajectories.alignment.measures.spell_numbers import Kinds, added, whole_spells
from trajectories.alignment.measures.spell_steps import Spells, spell_walk
from trajectories.alignment.measures.telling import Missing, known_costs, known_settings, norm_told, told
from trajectories.errors import SettingError
from trajectories.sequences.sequences import Sequences


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
    rule: ClassVar[str] = ("Spells are matched with spells: the first position of a spell bears its "
                           "substitution or indel, each further one what it adds to the spell.")  # fmt: skip

    def __post_init__(self) -> None:
        known_costs(self.costs)
        known_settings(self.norm, self.missing)
        in_range("expansion", self.expansion)
        in_range("power", self.power)
        _indel_known(self.indel)
        if not isinstance(self.per_state or {}, Mapping):
            raise SettingError("per_state must name states with their factors, such as {'settled': 0.5}, "
                               f"not {self.per_state!r}.")  # fmt: skip
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
        dearest = given.substitution + 2 * float(further.max(initial=0.0))
        (indel,), beyond = lowered([dearest], [given.indel], lives.length)
        lower = replace(given, indel=indel)
        whole = whole_spells(lower, further, lives, run.precision)
        if whole is None:
            found = self._in_floats(lower, lives, rate, self._beyond(time), run)
        else:
            found = whole.matched(lives, run)
        add_beyond(found.found, run.pairs(lives), lives.lengths, beyond)
        return _normalised(found, given, self.norm, run, lives)

    def walk(self, sequences: Sequences, one: str, other: str) -> Walk:
        """The way of least cost through two people's spells, told position by position."""
        given = single(sequences, self.costs, self.indel, "Matching of spells", self.missing)
        lives, time = spells_of(given.lives)
        rate = self.expansion * self._factors(sequences.alphabets[0], len(given.indel))

        def told(life: int) -> Spells:
            states = codes_of(lives, life)
            added_by = [np.diff(self._beyond(np.arange(1, last + 1))) for last in time[life, : len(states)]]
            return Spells(states, [np.append(given.indel[state], rate[state] * more)
                                   for state, more in zip(states, added_by, strict=True)])  # fmt: skip

        first, second = lives_of(lives, sequences, one, other)
        return spell_walk(told(first), told(second), given.substitution)

    def _beyond(self, time: NDArray[np.int64]) -> Numbers:
        """How much longer than one position each spell counts."""
        return np.where(time > 0, np.power(np.maximum(time, 1), self.power) - 1.0, 0.0)

    def _in_floats(self, given: Single, lives: Lives, rate: Numbers, beyond: Numbers, run: Run) -> Compared:
        codes = lives.codes[:, :, 0]
        limit = 2 * rate[codes] * beyond
        own = np.stack([np.zeros(codes.shape), np.ones(codes.shape), limit], axis=2)
        base = np.add.outer(given.indel, given.indel) - given.substitution
        alone = added(lives, given.indel[codes] + rate[codes] * beyond)
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
    rule: ClassVar[str] = "A position costs the less, the longer the spell is that it belongs to."

    def __post_init__(self) -> None:
        known_costs(self.costs)
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
        kinds = Kinds.of(lives, time)
        if len(kinds.states) <= spell_numbers.MOST:
            factor = self._factor(kinds.times)
            substitution = kinds.between(given.substitution) * self._linked(factor, factor)
            found = kinds.aligned(lives, substitution, given.indel[kinds.states] * factor, run)
        else:
            found = self._many(given, self._factor(time), run)
        return _normalised(found, given, self.norm, run, lives, both=4.0)

    def walk(self, sequences: Sequences, one: str, other: str) -> Walk:
        """The way of least cost through two people's lives, with what each step costs."""
        given = single(sequences, self.costs, self.indel, "Spell-length-sensitive matching", self.missing)
        _, time = durations(given.lives)
        both = lives_of(given.lives, sequences, one, other)
        a, b = (codes_of(given.lives, life) for life in both)
        f, g = (self._factor(time[life, : given.lives.lengths[life]]) for life in both)
        match = given.substitution[np.ix_(a, b)] * self._linked(f, g)
        return walked(match, (given.indel[a] * f)[:, None], (given.indel[b] * g)[None])

    def _linked(self, one: Numbers, other: Numbers) -> Numbers:
        """The factors of every two positions together."""
        if self.link == "mean":
            return np.asarray(np.add.outer(one, other) / 2)
        return np.asarray(np.sqrt(np.multiply.outer(one, other)))

    def _factor(self, time: NDArray[np.int64]) -> Numbers:
        return np.power(np.maximum(time, 1).astype(np.float64), -self.power)

    def _many(self, given: Single, factor: Numbers, run: Run) -> Compared:
        lives, codes = given.lives, given.lives.codes[:, :, 0]
        alone = added(lives, given.indel[codes] * factor)
        deletion = np.broadcast_to(given.indel, given.substitution.shape)
        endless = np.full(codes.shape, np.inf)
        if self.link == "mean":
            tables = (deletion.T - given.substitution / 2, deletion - given.substitution / 2)
            own = np.stack([np.zeros(codes.shape), factor, endless], axis=2)
            return _spelled(lives, tables, alone, own, np.ones(codes.shape), factor, run)
        own = np.stack([given.indel[codes] * factor, np.sqrt(factor), endless], axis=2)
        tables = (-given.substitution, np.ascontiguousarray(deletion))
        return _spelled(lives, tables, alone, own, np.sqrt(factor), factor, run)


def _spelled(lives: Lives, tables: tuple[Numbers, Numbers], alone: Numbers, own: Numbers, near: Numbers,
             far: Numbers, run: Run) -> Compared:
    from trajectories.alignment.kernels import spells as kernels
    from trajectories.alignment.kernels.savings import LANES, lanes_from
    from trajectories.alignment.kernels.vector_rows import ROWS

    codes, lengths, wide = lives.codes, lives.lengths, kernels.FLOAT_LANES

    def work(block: int, first: int, last: int, found: NDArray[np.float64]) -> None:
        saved, total = np.zeros(lives.length * wide), np.zeros(wide)
        for group in range(0, min(LANES, lives.n - block * LANES), wide):
            start = block * LANES + group
            one = kernels.scaled(tables[0], codes, lengths, near, start, 0.0)
            two = kernels.scaled(tables[1], codes, lengths, far, start, -np.inf)
            kernels.align_spells(codes[first:last], lengths[first:last], own[first:last], one.ravel(),
                                 two.ravel(), np.zeros(ROWS * saved.size), saved, total, alone[first:last],
                                 alone[lanes_from(start, wide, lives.n)], group, found)  # fmt: skip

    found = run.over(work, lives, LANES)
    settle(found, run.pairs(lives), lengths, alone)
    return Compared(lives, found)


def _normalised(found: Compared, given: Single, norm: Norm | None, run: Run, lives: Lives,
                both: float = 2.0) -> Compared:
    norm = "YujianBo" if norm == "auto" else norm
    price = float(given.indel.max())
    by_length(found.found, run.pairs(lives), norm, given.lives.lengths, price, given.dearest,
              both=(price, both * price))  # fmt: skip
    return found


def _indel_known(indel: float | None) -> None:
    if indel is not None:
        in_range("indel", indel)


def _indel_told(indel: float | None) -> str:
    return "" if indel is None else f"indel {indel:g}"
