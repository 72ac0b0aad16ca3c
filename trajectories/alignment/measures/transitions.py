"""Optimal matching of what people go from and to, not only of where they are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from trajectories.alignment.computing.arithmetic import savings
from trajectories.alignment.computing.blocks import Run
from trajectories.alignment.computing.lives import Compared, Lives
from trajectories.alignment.computing.matching import align
from trajectories.alignment.computing.single import Single, single
from trajectories.alignment.costs.costs import Costs, Numbers
from trajectories.alignment.measures.norms import Norm, by_length
from trajectories.alignment.measures.telling import Missing, in_range, known_settings, norm_told, told
from trajectories.errors import SettingError
from trajectories.sequences.sequences import Sequences


@dataclass(frozen=True, eq=False)
class TransitionMatching:
    """Optimal matching of states together with the transitions out of them (OMstran).

    Each position stands for where a person is and where they go next; with s the share ``states``, its
    indel is s * indel of the state + (1 - s) * price of the transition, its substitution s * substitution
    of the states + (1 - s) * the prices of both transitions, if these differ; all costs divided by the
    dearest substitution (Biemann 2011; Studer and Ritschard 2016). Staying costs nothing. ``transitions``
    prices a move: ``"constant"`` all alike, the dearest indel; ``"rates"`` half of 1 - p(b | a);
    ``"substitution"`` half of what a costs against b. ``previous``: where they come from instead of where
    they go. ``ends``: the last state is followed (or the first preceded) by itself; False leaves that
    position out. To choose when changes matter more than time spent. ``indel``: instead of the costs' own.
    ``norm``: "auto" is YujianBo. One domain.
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
                    "from the state before" if self.previous else "", norm_told(self.norm))  # fmt: skip

    def compare(self, sequences: Sequences, run: Run) -> Compared:
        """Dissimilarities among the different lives of one domain. Raises SettingError for a life of one
        position without ``ends``."""
        given = single(sequences, self.costs, self.indel, "Matching of transitions", self.missing)
        if not given.dearest > 0:
            raise SettingError("Matching of transitions divides by the dearest substitution, which is 0.")
        one, other, lengths = self._steps(given.lives)
        size = len(given.indel)
        kinds, codes = np.unique(one * size + other, return_inverse=True)
        price = self._prices(sequences, given)
        substitution, indel = self._costs(given, kinds // size, kinds % size, price)
        steps = Lives(codes.reshape(one.shape).astype(np.int32)[:, :, None], lengths, given.lives.which)
        numbers = savings([substitution], [indel], steps.length, run.precision)
        found = align(steps, numbers, np.array([0, len(kinds)]), run)
        norm: Norm | None = "YujianBo" if self.norm == "auto" else self.norm
        dearest = float(substitution.max(initial=0.0))
        by_length(found, run.pairs(steps), norm, lengths, float(indel.max()), dearest)
        return Compared(steps, found, numbers.name)

    def _steps(self, lives: Lives) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
        """Of each position, the state and the one next to it; and how many positions count."""
        codes, lengths = lives.codes[:, :, 0].astype(np.int64), lives.lengths
        end = lengths[:, None] - 1
        place = np.minimum(np.arange(lives.length), np.maximum(end, 0))
        codes = np.take_along_axis(codes, place, axis=1)
        if self.previous:
            one, other = codes, np.concatenate([codes[:, :1], codes[:, :-1]], axis=1)
        else:
            one, other = codes, np.concatenate([codes[:, 1:], codes[:, -1:]], axis=1)
        if self.ends:
            return one, other, lengths
        if (lengths < 2).any():
            raise SettingError("A life of one position has no transition; match with ends=True.")
        kept = slice(1, None) if self.previous else slice(None, -1)
        return one[:, kept], other[:, kept], lengths - 1

    def _prices(self, sequences: Sequences, given: Single) -> Numbers:
        """What each move costs, (from, to)."""
        size = len(given.indel)
        if self.transitions == "constant":
            price = np.full((size, size), float(given.indel.max()) / given.dearest)
        elif self.transitions == "substitution":
            price = given.substitution / given.dearest / 2
        else:
            from trajectories.alignment.costs.cost_rules import transition_rates_with_missing

            price = (1 - transition_rates_with_missing(sequences, 0)[:size, :size]) / 2
        return np.asarray(np.where(np.eye(size, dtype=bool), 0.0, price))

    def _costs(self, given: Single, one: NDArray[np.int64], other: NDArray[np.int64],
               price: Numbers) -> tuple[Numbers, Numbers]:
        """Substitution and indel costs of the observed steps."""
        move = price[other, one] if self.previous else price[one, other]
        state = given.substitution[np.ix_(one, one)] / given.dearest
        apart = np.add.outer(move, move)
        np.fill_diagonal(apart, 0.0)
        rest = 1 - self.states
        return (self.states * state + rest * apart,
                self.states * given.indel[one] / given.dearest + rest * move)  # fmt: skip
