"""Measures of numeric time series on ranked domains, as tslearn computes them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from trajectories.alignment.computing.blocks import Run, room_for
from trajectories.alignment.computing.lives import Compared, Lives, refuse_missing
from trajectories.alignment.computing.single import one_domain, single_lives
from trajectories.alignment.costs.costs import Numbers
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


@dataclass(frozen=True, eq=False)
class SoftTimeWarping:
    """Time warping over all ways at once, the better ones counting more (soft-DTW divergence).

    d(a, b) = s(a, b) - (s(a, a) + s(b, b)) / 2 with s the soft minimum of the summed squares at the given
    ``softness`` (Cuturi and Blondel 2017; Blondel, Mensch and Vert 2021). Settings and lives as in
    ``TimeWarping``.
    """

    softness: float = 1.0

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


def _by_tslearn(sequences: Sequences, run: Run, across: Across) -> Compared:
    one_domain(sequences, "A measure of ranks")
    refuse_missing(sequences, "a missing position has no rank. Take a measure that knows missing positions")
    lives = single_lives(sequences, "A measure of ranks", "refuse")
    series = _series(sequences, lives)
    pairs = run.pairs(lives)
    found = room_for(pairs, len(lives.which), run.number)
    for i, others, row in run.each(pairs, found):
        row[:] = across([series[i]], series[others])[0]
    return Compared(lives, found, "double precision, by tslearn")


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
