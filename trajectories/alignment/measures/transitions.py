"""Optimal matching of what people go from and to, not only of where they are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from trajectories.alignment.computing.blocks import Run
from trajectories.alignment.computing.lives import Compared, Lives
from trajectories.alignment.computing.matching import aligned
from trajectories.alignment.computing.single import Single, codes_of, lives_of, single
from trajectories.alignment.costs.costs import Costs, Numbers
from trajectories.alignment.explaining.way import Walk, walked
from trajectories.alignment.given_numbers import in_range
from trajectories.alignment.measures.norms import Norm, by_length
from trajectories.alignment.measures.telling import Missing, known_costs, known_settings, norm_told, told
from trajectories.errors import SettingError
from trajectories.sequences.sequences import Sequences

Codes: TypeAlias = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class TransitionMatching:
    """Optimal matching of states together with the transitions out of them (OMstran).

    Each position stands for where a person is and where they go next; with s the share ``states``, its
    indel is s * indel of the state + (1 - s) * price of the transition, its substitution s * substitution
    of the states + (1 - s) * the prices of both transitions, if the positions differ in anything; all costs
    divided by the dearest substitution (Biemann 2011; Studer and Ritschard 2016). Staying costs nothing;
    the price of a move from a to b is the dearest indel, divided likewise, times what ``transitions`` says:
    1 for ``"constant"``; 1 - p(b | a) for ``"rates"``; the substitution of a and b over the dearest for
    ``"substitution"``.

    ``previous``: a position also stands for where they come from, and each of its two moves has half the
    price. ``ends``: the last state is followed (and the first preceded) by itself; False leaves these
    positions out. ``indel``: instead of the costs' own. ``norm``: "auto" is YujianBo. One domain.

    To choose when the order of states and the changes between them matter more than how long they last: the
    smaller ``states``, the more (one of those that Studer and Ritschard 2016 recommend for sequencing).
    """

    costs: Costs
    states: float
    transitions: Literal["constant", "rates", "substitution"] = "constant"
    previous: bool = False
    ends: bool = True
    indel: float | None = None
    norm: Norm | None = None
    missing: Missing = "state"

    def __post_init__(self) -> None:
        known_costs(self.costs)
        known_settings(self.norm, self.missing)
        in_range("states", self.states, 0.0, 1.0)
        if self.indel is not None:
            in_range("indel", self.indel)
        if self.transitions not in ("constant", "rates", "substitution"):
            raise SettingError("transitions must be 'constant', 'rates' or 'substitution', "
                               f"not {self.transitions!r}.")  # fmt: skip

    def describe(self) -> str:
        return told("optimal matching of transitions", f"costs: {self.costs.rule}",
                    f"states {self.states:g}", f"transitions {self.transitions}",
                    "and from the state before" if self.previous else "", norm_told(self.norm))  # fmt: skip

    @property
    def rule(self) -> str:
        """What a position stands for."""
        moves = "moves into and out of it" if self.previous else "move out of it"
        return (f"A position stands for its state and the {moves}, so that keeping a state costs something "
                "where moves differ.")  # fmt: skip

    def compare(self, sequences: Sequences, run: Run) -> Compared:
        """Dissimilarities among the different lives of one domain. Raises SettingError for a life of one
        position without ``ends``."""
        steps, substitution, indel = self._stepped(sequences)
        found, numbers = aligned(steps, [substitution], [indel], np.array([0, len(indel)]), run)
        norm: Norm | None = "YujianBo" if self.norm == "auto" else self.norm
        dearest = float(substitution.max(initial=0.0))
        by_length(found, run.pairs(steps), norm, steps.lengths, float(indel.max()), dearest)
        return Compared(steps, found, numbers)

    def walk(self, sequences: Sequences, one: str, other: str) -> Walk:
        """The way of least cost through the positions that count of two people's lives, with what each step
        costs."""
        steps, substitution, indel = self._stepped(sequences)
        a, b = (codes_of(steps, life) for life in lives_of(steps, sequences, one, other))
        found = walked(substitution[np.ix_(a, b)], indel[a][:, None], indel[b][None])
        first = 1 if self.previous and not self.ends else 0
        return [((None if i is None else i + first, None if j is None else j + first), costs)
                for (i, j), costs in found]  # fmt: skip

    def _stepped(self, sequences: Sequences) -> tuple[Lives, Numbers, Numbers]:
        """The lives as kinds of steps, and what these cost: substitution (kinds, kinds), indel (kinds,)."""
        given = single(sequences, self.costs, self.indel, "Matching of transitions", self.missing)
        if not given.dearest > 0:
            raise SettingError("Matching of transitions divides by the dearest substitution, which is 0.")
        (before, here, after), lengths = self._steps(given.lives)
        size = len(given.indel)
        kinds, codes = np.unique((before * size + here) * size + after, return_inverse=True)
        substitution, indel = self._costs(given, kinds, self._prices(sequences, given))
        codes = codes.reshape(here.shape).astype(np.int32)[:, :, None]
        return Lives(codes, lengths, given.lives.which), substitution, indel

    def _steps(self, lives: Lives) -> tuple[tuple[Codes, Codes, Codes], Codes]:
        """Of each position, the state before (the same, where that does not count), the state and the one
        after it; and how many positions count."""
        lengths = lives.lengths
        place = np.minimum(np.arange(lives.length), lengths[:, None] - 1)
        here = np.take_along_axis(lives.codes[:, :, 0].astype(np.int64), place, axis=1)
        after = np.concatenate([here[:, 1:], here[:, -1:]], axis=1)
        before = np.concatenate([here[:, :1], here[:, :-1]], axis=1) if self.previous else here
        if self.ends:
            return (before, here, after), lengths
        out = 2 if self.previous else 1
        if (lengths <= out).any():
            raise SettingError(f"A life of {'one position' if out == 1 else 'one or two positions'} has no "
                               "transition; match with ends=True.")  # fmt: skip
        kept = slice(out - 1, -1)
        return (before[:, kept], here[:, kept], after[:, kept]), lengths - out

    def _prices(self, sequences: Sequences, given: Single) -> Numbers:
        """What each move costs, (from, to)."""
        size = len(given.indel)
        price = np.ones((size, size))
        if self.transitions == "substitution":
            price = given.substitution / given.dearest
        elif self.transitions == "rates":
            from trajectories.alignment.costs.cost_rules import transition_rates_with_missing

            price = 1 - transition_rates_with_missing(sequences, 0)[:size, :size]
        dearest = float(given.indel.max()) / given.dearest
        return np.asarray(np.where(np.eye(size, dtype=bool), 0.0, dearest * price))

    def _costs(self, given: Single, kinds: Codes, price: Numbers) -> tuple[Numbers, Numbers]:
        """Substitution and indel costs of the observed steps, each from its state before to that after."""
        size = len(given.indel)
        before, here, after = kinds // size // size, kinds // size % size, kinds % size
        move = (price[before, here] + price[here, after]) / (2 if self.previous else 1)
        state = given.substitution[np.ix_(here, here)] / given.dearest
        apart = np.add.outer(move, move)
        np.fill_diagonal(apart, 0.0)
        rest = 1 - self.states
        return (self.states * state + rest * apart,
                self.states * given.indel[here] / given.dearest + rest * move)  # fmt: skip
