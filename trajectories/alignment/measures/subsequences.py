"""How much of the order of things two lives share: subsequences counted, or weighed by their time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from trajectories.alignment.computing.blocks import Run
from trajectories.alignment.computing.lives import Compared, Lives
from trajectories.alignment.computing.single import in_life, single_lives, spells_of
from trajectories.alignment.costs.costs import Costs, Numbers
from trajectories.alignment.given_numbers import in_range
from trajectories.alignment.measures.telling import Missing, known_costs, known_missing, told
from trajectories.errors import SettingError
from trajectories.sequences.sequences import Sequences

Weights = Sequence[float] | None


@dataclass(frozen=True, eq=False)
class MatchingSubsequences:
    """How many subsequences two lives do not share, every way of choosing one counted (NMS).

    d(a, b) = sqrt(sum over k of w_k (A_k(a, a) + A_k(b, b) - 2 A_k(a, b))) with A_k(a, b) the number of
    pairs of equal subsequences of k positions (Elzinga 2005). ``weights`` are w_1, w_2, ... (0 after the
    last), None is 1 for all. ``alike``: costs whose substitutions say how far two states match, 1 - cost /
    dearest; None: equal or not. To choose when order counts most and repetition should count; numbers grow
    with length very fast. It has no normalisation. One domain.
    """

    weights: Weights = None
    alike: Costs | None = None
    missing: Missing = "state"
    unaligned: ClassVar[str] = ("It counts every subsequence that two lives share, and a position takes "
                                "part in many of them. Take LongestCommonSubsequence(), which follows a "
                                "single one, the longest.")  # fmt: skip

    def __post_init__(self) -> None:
        _known(self.weights, self.missing, self.alike)

    def describe(self) -> str:
        return told("matching subsequences", _weighted(self.weights), _alike(self.alike))

    def compare(self, sequences: Sequences, run: Run) -> Compared:
        """Dissimilarities among the different lives of one domain."""
        lives = single_lives(sequences, "Matching subsequences", self.missing)
        time = in_life(lives).astype(np.float64)
        return _in_common(lives, time, 0, self.weights, _match(self.alike, sequences), run)


@dataclass(frozen=True, eq=False)
class SharedTimeSubsequences:
    """As ``MatchingSubsequences`` on spells, each pair weighed by the time that it shares (NMSMST).

    A_k(a, b) adds up, over all pairs of equal subsequences of k spells, the time that both spend in each
    spell, min(t_a, t_b) with t = duration^power (Elzinga 2005). To choose when order matters and time counts
    only where both lives spend it. One domain.
    """

    power: float = 1.0
    weights: Weights = None
    missing: Missing = "state"
    unaligned: ClassVar[str] = ("It adds up the time that two lives share in every subsequence of their "
                                "spells, and a spell takes part in many of them. Take SpellMatching(costs), "
                                "which matches each spell with one other at most.")  # fmt: skip

    def __post_init__(self) -> None:
        _known(self.weights, self.missing)
        in_range("power", self.power)

    def describe(self) -> str:
        power = "" if self.power == 1 else f"power {self.power:g}"
        return told("matching subsequences by shared time", power, _weighted(self.weights))

    def compare(self, sequences: Sequences, run: Run) -> Compared:
        """Dissimilarities among the different lives of one domain."""
        lives = single_lives(sequences, "Matching subsequences by shared time", self.missing)
        spells, time = spells_of(lives)
        return _in_common(spells, _power(time, self.power), 1, self.weights, _match(None, sequences), run)


@dataclass(frozen=True, eq=False)
class SubsequenceVectors:
    """How far two lives point in different directions in the space of all subsequences of spells
    (SVRspell).

    A_k(a, b) adds up, over all pairs of equal subsequences of k spells, the product of their times, each
    the sum of duration^power (Elzinga and Studer 2015). ``power`` 0 counts spells, 1 weighs by time. To
    choose when order matters most and time spent somewhat (one of those that Studer and Ritschard 2016
    recommend for sequencing). ``weights`` and ``alike`` as in
    ``MatchingSubsequences``. One domain.
    """

    power: float = 1.0
    weights: Weights = None
    alike: Costs | None = None
    missing: Missing = "state"
    unaligned: ClassVar[str] = ("It compares how often, and for how long, two lives contain every "
                                "subsequence of spells, and a spell takes part in many of them. Take "
                                "SpellMatching(costs), which matches each spell with one other at most.")

    def __post_init__(self) -> None:
        _known(self.weights, self.missing, self.alike)
        in_range("power", self.power)

    def describe(self) -> str:
        power = "" if self.power == 1 else f"power {self.power:g}"
        return told("subsequence vectors of spells", power, _weighted(self.weights), _alike(self.alike))

    def compare(self, sequences: Sequences, run: Run) -> Compared:
        """Dissimilarities among the different lives of one domain."""
        lives = single_lives(sequences, "Subsequence vectors", self.missing)
        spells, time = spells_of(lives)
        match = _match(self.alike, sequences)
        return _in_common(spells, _power(time, self.power), 2, self.weights, match, run)


def _in_common(lives: Lives, time: Numbers, kind: int, weights: Weights, match: Numbers,
               run: Run) -> Compared:
    if weights is not None:
        return _weighed(lives, time, kind, np.array(weights, dtype=np.float64), match, run)
    from trajectories.alignment.kernels import subsequences as kernels
    from trajectories.alignment.kernels.savings import LANES, at_lines, lanes_from
    from trajectories.alignment.kernels.spell_rows import BYTES

    codes, lengths, alone = lives.codes, lives.lengths, np.empty(lives.n)
    kernels.own_of_all(match, codes, lengths, time, kind, np.zeros((4, lives.length + 1)), alone)
    _refuse_endless(alone, lives)
    number = np.dtype(np.float32 if _few(alone, time, match) else np.float64)
    lanes = BYTES // number.itemsize

    def work(block: int, first: int, last: int, found: NDArray[np.float64]) -> None:
        table, room = at_lines(((lives.length + 1) * 4 * lanes,), number), np.zeros((4, lives.length + 1))
        for group in range(0, min(LANES, lives.n - block * LANES), lanes):
            start = block * LANES + group
            rows = kernels.matches(match, codes, lengths, time, start, number).ravel()
            places = lengths[lanes_from(start, lanes, lives.n)].max()
            kernels.shared_lives(match, codes, lengths, time, kind, alone, rows, table, places, start, first,
                                 last, room, group, found)  # fmt: skip

    return Compared(lives, run.over(work, lives, LANES))


def _weighed(lives: Lives, time: Numbers, kind: int, weights: Numbers, match: Numbers, run: Run) -> Compared:
    from trajectories.alignment.kernels.savings import LANES
    from trajectories.alignment.kernels.subsequences import own_weighted, weighted_block

    alone, size = np.empty(lives.n), (4, lives.length + 1, lives.length + 1)
    own_weighted(match, lives.codes, lives.lengths, time, kind, weights, *np.zeros(size), alone)
    _refuse_endless(alone, lives)

    def work(block: int, first: int, last: int, found: NDArray[np.float64]) -> None:
        weighted_block(match, lives.codes, lives.lengths, time, kind, weights, alone, *np.zeros(size),
                       block, first, last, found)  # fmt: skip

    return Compared(lives, run.over(work, lives, LANES))


def _refuse_endless(alone: Numbers, lives: Lives) -> None:
    if not np.isfinite(alone).all():
        raise SettingError(f"Lives of {lives.length} positions have more matching subsequences than a number "
                           "can hold. Weigh only short ones (weights=(1, 1, 1)), or take a coarser step.")


def _few(alone: Numbers, time: Numbers, match: Numbers) -> bool:
    """Whether 32-bit floats may hold what most lives share: whole numbers, and not too large."""
    whole = (time == np.round(time)).all() and ((match == 0) | (match == 1)).all()
    return bool(whole and np.median(alone) < 2.0**26)


def _power(time: NDArray[np.int64], power: float) -> Numbers:
    return np.where(time > 0, np.power(np.maximum(time, 1).astype(np.float64), power), 0.0)


def _match(alike: Costs | None, sequences: Sequences) -> Numbers:
    """How far each two states match, missing the last: 1 for the same."""
    if alike is None:
        return np.eye(len(sequences.alphabets[0]) + 1)
    costs = alike.fitting(sequences)[0]
    if costs.dynamic or not costs.highest > 0:
        raise SettingError("alike must be costs that are the same at each position and not all 0.")
    return np.asarray(1 - np.minimum(costs.with_missing() / costs.highest, 1.0))


def _known(weights: Weights, missing: str, alike: Costs | None = None) -> None:
    known_missing(missing)
    if alike is not None:
        known_costs(alike)
    if weights is None:
        return
    if not isinstance(weights, Sequence | np.ndarray) or isinstance(weights, str):
        raise SettingError(f"weights must be a list of weights, for lengths 1, 2, ..., not {weights!r}.")
    for weight in weights:
        in_range("Each weight of a length", weight)
    if not sum(weights) > 0:
        raise SettingError("The weights of lengths must not all be 0; leave them out to weigh all alike.")


def _weighted(weights: Weights) -> str:
    return "" if weights is None else "weights " + ", ".join(f"{weight:g}" for weight in weights)


def _alike(alike: Costs | None) -> str:
    return "" if alike is None else f"states alike by {alike.rule}"
