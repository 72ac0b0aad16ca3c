"""How differently two lives spread over the states within stretches of time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from trajectories.alignment.computing.blocks import Run
from trajectories.alignment.computing.lives import Compared, distinct_lives
from trajectories.alignment.computing.single import one_domain
from trajectories.alignment.costs.costs import Numbers
from trajectories.alignment.given_numbers import in_range, whole_number
from trajectories.alignment.measures.telling import (
    MissingByPosition,
    ignored_told,
    known_missing,
    told,
)
from trajectories.errors import SettingError
from trajectories.sequences.sequences import MISSING, VOID, Sequences

Intervals = Sequence[tuple[int, int]]


@dataclass(frozen=True, eq=False)
class ChiSquared:
    """How differently two lives spread over the states within intervals, rare states counting more (CHI2).

    d(a, b) = sqrt(sum over intervals and states of (p_a - p_b)^2 / p) with p_a the share of the interval
    that a spends in the state and p that of everybody, by the case weights (Deville and Saporta 1983).
    ``step``: how many positions an interval has, the last one what is left; or ``intervals``: first and
    last position of each, counted from 0. ``overlap`` also takes the intervals that begin half a step
    earlier. ``shares``: of the states, for all intervals alike or in a row for each interval, instead of p;
    ``"overall"`` takes those of the whole lives. ``normalised``: relative to the most there can be, from 0
    to 1. To choose when only how much of each phase goes into which state matters. Who is not
    observed in an interval has no share in it. ``missing``: one more state, ``"refuse"``, or ``"ignore"``:
    shares are those of the known positions. One domain.
    """

    step: int = 1
    intervals: Intervals | None = None
    overlap: bool = False
    shares: Sequence[float] | Sequence[Sequence[float]] | Literal["overall"] | None = None
    normalised: bool = False
    missing: MissingByPosition = "state"

    def __post_init__(self) -> None:
        _known(self.step, self.intervals, self.missing)
        _known_shares(self.shares)

    def describe(self) -> str:
        none = self.shares is None
        shares = "" if none else "shares overall" if self.shares == "overall" else "shares given"
        return told("chi-squared distance of distributions", _told_intervals(self), shares,
                    "normalised" if self.normalised else "", ignored_told(self.missing))  # fmt: skip

    def compare(self, sequences: Sequences, run: Run) -> Compared:
        """Dissimilarities among the different lives of one domain."""
        return _distances(sequences, self.features(sequences)[1], run)

    def features(self, sequences: Sequences) -> tuple[list[Numbers], list[Numbers]]:
        """Of each interval (people, states): the positions in each state, missing the last, and numbers of
        which the dissimilarity is the Euclidean distance."""
        counts, within = _counts(sequences, self.step, self.intervals, self.overlap, self.missing)
        masses = self._masses(counts, within, sequences.weights[:, None])
        return within, _features(within, masses, self.normalised)

    def shares_among(self, sequences: Sequences) -> tuple[tuple[float, ...], ...]:
        """The share that each interval has of each state (missing the last) among some lives: to be given as
        ``shares`` where other lives are compared."""
        counts, within = _counts(sequences, self.step, self.intervals, self.overlap, self.missing)
        masses = self._masses(counts, within, sequences.weights[:, None])
        return tuple(tuple(mass.tolist()) for mass in masses)

    def _masses(self, counts: Numbers, within: list[Numbers], weights: Numbers) -> list[Numbers]:
        """The share of each state, for each interval."""
        rows = self.shares
        if rows is None or rows == "overall" or np.ndim(rows) != 2:
            return [self._mass(count, counts, weights) for count in within]
        if len(rows) != len(within):
            raise SettingError(f"shares must have a row for each of the {len(within)} intervals, "
                               f"not {len(rows)}.")  # fmt: skip
        given = [tuple(row) for row in np.asarray(rows, dtype=np.float64).tolist()]
        return [replace(self, shares=row)._mass(count, counts, weights)
                for row, count in zip(given, within, strict=True)]  # fmt: skip

    def _mass(self, count: Numbers, overall: Numbers, weights: Numbers) -> Numbers:
        if self.shares is not None and self.shares != "overall":
            given = np.asarray(self.shares, dtype=np.float64)
            if given.size == count.shape[1] - 1:
                given = np.append(given, 0.0)
            if given.size != count.shape[1]:
                raise SettingError(f"shares must name {count.shape[1] - 1} shares, one per state, or one "
                                   f"more for missing, not {given.size}.")  # fmt: skip
            return given
        found = ((overall if self.shares == "overall" else count) * weights).sum(axis=0)
        return np.asarray(found / max(float(found.sum()), 1e-300))


@dataclass(frozen=True, eq=False)
class EuclideanDistributions:
    """How differently two lives spread over the states within intervals, every state alike (EUCLID).

    d(a, b) = sqrt(sum over intervals and states of (p_a - p_b)^2); settings as in ``ChiSquared``. To choose
    when the time spent in each state matters, in the whole (one interval: duration) or in each phase (short
    intervals: timing; Studer and Ritschard 2016), and rare states should not weigh more than others.
    """

    step: int = 1
    intervals: Intervals | None = None
    overlap: bool = False
    normalised: bool = False
    missing: MissingByPosition = "state"

    def __post_init__(self) -> None:
        _known(self.step, self.intervals, self.missing)

    def describe(self) -> str:
        return told("Euclidean distance of distributions", _told_intervals(self),
                    "normalised" if self.normalised else "", ignored_told(self.missing))  # fmt: skip

    def compare(self, sequences: Sequences, run: Run) -> Compared:
        """Dissimilarities among the different lives of one domain."""
        return _distances(sequences, self.features(sequences)[1], run)

    def features(self, sequences: Sequences) -> tuple[list[Numbers], list[Numbers]]:
        """As of ``ChiSquared``."""
        _, within = _counts(sequences, self.step, self.intervals, self.overlap, self.missing)
        return within, _features(within, [np.ones(count.shape[1]) for count in within], self.normalised)


def _counts(sequences: Sequences, step: int, intervals: Intervals | None, overlap: bool,
            missing: str) -> tuple[Numbers, list[Numbers]]:
    """Positions that each person spends in each state (missing the last, unless it is ignored): of all, and
    of each interval."""
    one_domain(sequences, "A distance of distributions")
    if missing == "refuse":
        from trajectories.alignment.computing.lives import refuse_missing

        refuse_missing(sequences)
    states, size = sequences.states[:, 0, :], len(sequences.alphabets[0])
    counts = range(size) if missing == "ignore" else (*range(size), MISSING)
    if not (states != VOID).any(axis=1).all():
        raise SettingError("Some lives have no observed position; leave them out with lives.select(...).")
    here = np.stack([states == k for k in counts], axis=2).astype(np.float64)
    stretches = stretches_of(sequences.length, step, intervals, overlap)
    return here.sum(axis=1), [here[:, first:after].sum(axis=1) for first, after in stretches]


def stretches_of(length: int, step: int, intervals: Intervals | None,
                 overlap: bool) -> list[tuple[int, int]]:  # fmt: skip
    """First position of each interval and the one after its last."""
    if intervals is not None:
        wrong = [pair for pair in intervals if not 0 <= pair[0] <= pair[1] < length]
        if wrong or not intervals:
            raise SettingError(f"An interval is a first and a last position, from 0 to {length - 1}; "
                               f"not {wrong[0] if wrong else 'none at all'}.")  # fmt: skip
        return [(first, last + 1) for first, last in intervals]
    plain = [(first, min(first + step, length)) for first in range(0, length, step)]
    half = step // 2
    if not overlap or half == 0:
        return plain
    shifted = [(max(first, 0), min(first + step, length)) for first in range(-half, length - half + 1, step)]
    return plain + [(a, b) if a else (a, min(b + 1, length)) for a, b in shifted if b > a]


def _scaled(count: Numbers, mass: Numbers, normalised: bool) -> Numbers:
    """Shares of an interval, each over the root of the state's mass: Euclidean distances of these are it."""
    total = count.sum(axis=1, keepdims=True)
    share = np.divide(count, total, out=np.zeros_like(count), where=total > 0)
    if normalised:
        least = np.sort(mass[mass > 0])[:2]
        mass = mass * (1 / least).sum() if least.size == 2 else mass
    return np.asarray(np.divide(share, np.sqrt(mass), out=np.zeros_like(share), where=mass > 0))


def _features(within: list[Numbers], masses: list[Numbers], normalised: bool) -> list[Numbers]:
    scale = 1 / np.sqrt(len(within)) if normalised else 1.0
    return [scale * _scaled(count, mass, normalised) for count, mass in zip(within, masses, strict=True)]


def _distances(sequences: Sequences, features: list[Numbers], run: Run) -> Compared:
    from trajectories.alignment.kernels.edit import euclidean_lives
    from trajectories.alignment.kernels.savings import LANES, lanes_from

    lives = distinct_lives(sequences)
    first = np.unique(lives.which, return_index=True)[1]
    rows = np.ascontiguousarray(np.concatenate(features, axis=1)[first])

    def work(block: int, start: int, last: int, found: NDArray[np.float64]) -> None:
        side = np.ascontiguousarray(rows[lanes_from(block * LANES, LANES, lives.n)].T)
        euclidean_lives(rows[start:last], side, found)

    return Compared(lives, run.over(work, lives, LANES))


def _known_shares(shares: object) -> None:
    if shares is None or (isinstance(shares, str) and shares == "overall"):
        return
    try:
        given = np.asarray(shares, dtype=np.float64)
    except (TypeError, ValueError):
        raise SettingError("shares must be 'overall', a number for each state, or a row of numbers for each "
                           f"interval, not {shares!r}.") from None  # fmt: skip
    for share in np.ravel(given).tolist():
        in_range("Each share of a state", share)
    if not (given > 0).any():
        raise SettingError("Some share of a state must be more than 0.")


def _known_intervals(intervals: Intervals | None) -> None:
    for pair in () if intervals is None else intervals:
        if not isinstance(pair, Sequence) or isinstance(pair, str) or len(pair) != 2:
            raise SettingError("intervals must be pairs of a first and a last position, such as [(0, 5), "
                               f"(6, 11)]; one of them is {pair!r}.")  # fmt: skip
        for place in pair:
            whole_number("Each end of an interval", place, 0, "positions")


def _known(step: object, intervals: Intervals | None, missing: str) -> None:
    known_missing(missing, ignoring=True)
    whole_number("step", step, 1, "positions")
    _known_intervals(intervals)


def _told_intervals(measure: ChiSquared | EuclideanDistributions) -> str:
    if measure.intervals is not None:
        return "intervals " + ", ".join(f"{first}-{last}" for first, last in measure.intervals)
    return f"step {measure.step}" + (", overlapping" if measure.overlap else "")
