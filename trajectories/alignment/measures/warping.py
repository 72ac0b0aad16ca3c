"""Measures of numeric time series on ranked domains, as tslearn computes them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from trajectories.alignment.computing.blocks import Run, room_for
from trajectories.alignment.computing.lives import Compared, Lives, refuse_missing
from trajectories.alignment.computing.single import lives_of, one_domain, single_lives
from trajectories.alignment.costs.costs import Numbers
from trajectories.alignment.explaining.way import Walk, cheapest
from trajectories.alignment.given_numbers import in_range, whole_number
from trajectories.alignment.measures.telling import told
from trajectories.errors import SettingError
from trajectories.sequences.sequences import Sequences

Series = list[Numbers]
Across = Callable[[Series, Series], Numbers]


@dataclass(frozen=True, eq=False)
class TimeWarping:
    """How far two lives are apart in rank when each may pause for the other (DTW).

    d(a, b) = least root of the sum of (rank a_i - rank b_j)^2 along a way on which neither life goes back
    (Sakoe and Chiba 1978). ``window``: how many positions they may be apart; None lets them. By the ranks
    of the codebook, in one domain without missing positions. To choose when only the order of levels
    counts, not how long each is held. Pausing is free, so it is no metric.
    """

    window: int | None = None
    root: ClassVar[bool] = True
    rule: ClassVar[str] = ("A step costs the squared difference of the two ranks; where one life pauses for "
                           "the other, the moment at which it does takes part in several steps.")  # fmt: skip

    def __post_init__(self) -> None:
        if self.window is not None:
            whole_number("window", self.window, 0, "positions")

    def describe(self) -> str:
        return told("dynamic time warping", "" if self.window is None else f"window {self.window}")

    def compare(self, sequences: Sequences, run: Run) -> Compared:
        """Dissimilarities among the different lives of one ranked domain."""

        def across(some: Series, others: Series) -> Numbers:
            from tslearn.metrics import cdist_dtw

            bound = {} if self.window is None else {
                "global_constraint": "sakoe_chiba", "sakoe_chiba_radius": self.window}  # fmt: skip
            return np.asarray(cdist_dtw(some, others, **bound))

        return _by_tslearn(sequences, run, across)

    def walk(self, sequences: Sequences, one: str, other: str) -> Walk:
        """The least costly way through two people's lives, with the squared difference of ranks at each step;
        a position at which a life pauses is in several steps."""
        a, b = (series[:, 0] for series in _two_series(sequences, one, other))
        apart = np.subtract.outer(a, b) ** 2
        allowed = np.where(self._within(len(a), len(b)), apart, np.inf)
        pausing = np.pad(allowed, ((1, 0), (1, 0)), constant_values=np.inf)
        here = there = -1
        walk: Walk = []
        for i, j in cheapest(allowed, pausing[1:], pausing[:, 1:]):
            here, there = here if i is None else i, there if j is None else j
            walk.append(((here, there), (float(apart[here, there]),)))
        return walk

    def _within(self, m: int, n: int) -> NDArray[np.bool_]:
        """Which positions of two lives of ``m`` and ``n`` may meet; the longer one's may be as much further
        away as it is longer, as in tslearn."""
        lag = np.subtract.outer(-np.arange(m), -np.arange(n))
        width = m + n if self.window is None else self.window
        return np.asarray((lag <= width + max(n - m, 0)) & (lag >= -width - max(m - n, 0)))


@dataclass(frozen=True, eq=False)
class SoftTimeWarping:
    """Time warping over all ways at once, the better ones counting more (soft-DTW divergence).

    d(a, b) = s(a, b) - (s(a, a) + s(b, b)) / 2 with s the soft minimum of the summed squares at the given
    ``softness`` (Cuturi and Blondel 2017; Blondel, Mensch and Vert 2021). Settings and lives as in
    ``TimeWarping``.
    """

    softness: float = 1.0
    unaligned: ClassVar[str] = ("It weighs all ways of aligning two lives at once, so that none of them "
                                "makes the number. Take TimeWarping(), which follows the least costly of "
                                "these ways.")  # fmt: skip

    def __post_init__(self) -> None:
        in_range("softness", self.softness, 1e-9)

    def describe(self) -> str:
        return told("soft dynamic time warping", f"softness {self.softness:g}")

    def compare(self, sequences: Sequences, run: Run) -> Compared:
        """Dissimilarities among the different lives of one ranked domain."""

        def across(some: Series, others: Series) -> Numbers:
            from tslearn.metrics import cdist_soft_dtw, soft_dtw

            own, other = (np.array([soft_dtw(life, life, gamma=self.softness) for life in lives])
                          for lives in (some, others))  # fmt: skip
            between = np.asarray(cdist_soft_dtw(some, others, gamma=self.softness))
            return np.asarray(np.maximum(between - (own[:, None] + other[None, :]) / 2, 0.0))

        return _by_tslearn(sequences, run, across)


@dataclass(frozen=True, eq=False)
class GlobalAlignment:
    """1 less the normalised global alignment kernel of two lives' ranks (GAK).

    The kernel adds up, over all ways of aligning them, how near the ranks are at the given ``width``
    (Cuturi 2011); 1 for the same life. Lives as in ``TimeWarping``.
    """

    width: float = 1.0
    unaligned: ClassVar[str] = ("It adds up how near two lives are on all ways of aligning them, so that "
                                "none of these makes the number. Take TimeWarping(), which follows the "
                                "least costly of them.")  # fmt: skip

    def __post_init__(self) -> None:
        in_range("width", self.width, 1e-9)

    def describe(self) -> str:
        return told("global alignment kernel", f"width {self.width:g}")

    def compare(self, sequences: Sequences, run: Run) -> Compared:
        """Dissimilarities among the different lives of one ranked domain."""

        def across(some: Series, others: Series) -> Numbers:
            from tslearn.metrics import cdist_gak

            return 1 - np.asarray(cdist_gak(some, others, sigma=self.width))

        return _by_tslearn(sequences, run, across)


@dataclass(frozen=True, eq=False)
class RankedCommonSubsequence:
    """1 less the share of the shorter life that can be matched, in order, to within some ranks (LCSS).

    Positions match when their ranks differ by no more than ``tolerance`` (Vlachos, Kollios and Gunopulos
    2002). Lives as in ``TimeWarping``.
    """

    tolerance: float = 0.5

    def __post_init__(self) -> None:
        in_range("tolerance", self.tolerance)

    def describe(self) -> str:
        return told("longest common subsequence of ranks", f"tolerance {self.tolerance:g}")

    def compare(self, sequences: Sequences, run: Run) -> Compared:
        """Dissimilarities among the different lives of one ranked domain."""

        def across(some: Series, others: Series) -> Numbers:
            from tslearn.metrics import lcss

            return np.array([[1 - lcss(one, other, eps=self.tolerance) for other in others] for one in some])

        return _by_tslearn(sequences, run, across)

    @property
    def rule(self) -> str:
        """What the steps of an alignment cost."""
        return (f"Positions no more than {self.tolerance:g} apart in rank are matched at no cost; every "
                "other position of the shorter life costs 1 divided by its length (half of that in each of "
                "two lives of one length), and those of the longer life cost nothing.")  # fmt: skip

    def walk(self, sequences: Sequences, one: str, other: str) -> Walk:
        """The positions of two people's lives that are matched, for nothing, and those of the shorter life
        that are not, by their share of it (of lives of one length half of that each)."""
        a, b = (series[:, 0] for series in _two_series(sequences, one, other))
        m, n = len(a), len(b)
        near = np.abs(np.subtract.outer(a, b)) <= self.tolerance
        gone, come = (0.5 / m, 0.5 / n) if m == n else (1 / m, 0.0) if m < n else (0.0, 1 / n)
        way = cheapest(np.where(near, 0.0, np.inf), np.ones((1, 1)), np.ones((1, 1)))
        return [((i, j), (come if i is None else gone if j is None else 0.0,)) for i, j in way]


def _by_tslearn(sequences: Sequences, run: Run, across: Across) -> Compared:
    lives = _ranked(sequences)
    series = _series(sequences, lives)
    pairs = run.pairs(lives)
    found = room_for(pairs, len(lives.which), run.number)
    for i, others, row in run.each(pairs, found):
        row[:] = across([series[i]], series[others])[0]
    return Compared(lives, found, "double precision, by tslearn")


def _ranked(sequences: Sequences) -> Lives:
    one_domain(sequences, "A measure of ranks")
    refuse_missing(sequences, "a missing position has no rank. Take a measure that knows missing positions")
    return single_lives(sequences, "A measure of ranks", "refuse")


def _two_series(sequences: Sequences, one: str, other: str) -> Series:
    lives = _ranked(sequences)
    series = _series(sequences, lives)
    return [series[life] for life in lives_of(lives, sequences, one, other)]


def _series(sequences: Sequences, lives: Lives) -> Series:
    """The ranks of each different life, (positions, 1)."""
    domain = sequences.domains[0]
    ranks = np.array([np.nan if state.rank is None else float(state.rank) for state in domain.states])
    series = [ranks[lives.codes[i, : lives.lengths[i], 0]][:, None] for i in range(lives.n)]
    unranked = {domain.states[k].code for i in range(lives.n) for k in
                np.unique(lives.codes[i, : lives.lengths[i], 0]) if np.isnan(ranks[k])}  # fmt: skip
    if unranked:
        raise SettingError(f"States without a rank occur in domain {domain.name!r}: "
                           f"{', '.join(sorted(unranked))}. Give every state a rank in the codebook, or take "
                           "a measure that needs none.")  # fmt: skip
    return series
