"""How long two lives run alike, from their beginning or up to their end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from trajectories.alignment.computing.blocks import Run
from trajectories.alignment.computing.lives import Compared, Lives, packed_lives, refuse_missing
from trajectories.alignment.computing.single import lives_of
from trajectories.alignment.explaining.way import Walk
from trajectories.alignment.measures.norms import Norm, by_length
from trajectories.alignment.measures.telling import Missing, known_settings, norm_told, told
from trajectories.sequences.sequences import Sequences


@dataclass(frozen=True, eq=False)
class CommonPrefix:
    """How much of two lives comes after they first part (LCP).

    d(a, b) = length of a + length of b - 2 * length of their common beginning (Elzinga 2008). To choose
    when lives that start alike belong together. Several domains part when any of them does. ``norm``:
    "auto" is gmean.
    """

    norm: Norm | None = None
    missing: Missing = "state"
    rule: ClassVar[str] = ("From where the lives first part, each position of either counts 1, even where "
                           "both are in the same state again.")  # fmt: skip

    def __post_init__(self) -> None:
        known_settings(self.norm, self.missing)

    def describe(self) -> str:
        return told("longest common prefix", norm_told(self.norm))

    def compare(self, sequences: Sequences, run: Run) -> Compared:
        """Dissimilarities among the different lives."""
        return _parted(sequences, self.norm, self.missing, run, turned=False)

    def walk(self, sequences: Sequences, one: str, other: str) -> Walk:
        """The beginning that two people share, then what each has after it, 1 a position; all domains have
        an equal part in that."""
        a, b = _two(sequences, self.missing, one, other)
        shared = _shared(a, b)
        return [*_kept(a, 0, 0, shared), *_alone(a, b, shared, shared, len(a), len(b))]


@dataclass(frozen=True, eq=False)
class CommonSuffix:
    """How much of two lives comes before they last become one (RLCP).

    d(a, b) = length of a + length of b - 2 * length of their common end (Elzinga 2008). To choose when
    where lives lead matters and not how they got there; as ``CommonPrefix`` otherwise.
    """

    norm: Norm | None = None
    missing: Missing = "state"
    rule: ClassVar[str] = ("Until the lives become one for good, each position of either counts 1, even "
                           "where both were in the same state before.")  # fmt: skip

    def __post_init__(self) -> None:
        known_settings(self.norm, self.missing)

    def describe(self) -> str:
        return told("longest common suffix", norm_told(self.norm))

    def compare(self, sequences: Sequences, run: Run) -> Compared:
        """Dissimilarities among the different lives."""
        return _parted(sequences, self.norm, self.missing, run, turned=True)

    def walk(self, sequences: Sequences, one: str, other: str) -> Walk:
        """What each of two people has before the end that they share, 1 a position, then that end; all
        domains have an equal part in that."""
        a, b = _two(sequences, self.missing, one, other)
        shared = _shared(a[::-1], b[::-1])
        m, n = len(a) - shared, len(b) - shared
        return [*_alone(a, b, 0, 0, m, n), *_kept(a, m, n, shared)]


def _parted(sequences: Sequences, norm: Norm | None, missing: str, run: Run, turned: bool) -> Compared:
    from trajectories.alignment.kernels.edit import prefix_block
    from trajectories.alignment.kernels.savings import LANES

    if missing == "refuse":
        refuse_missing(sequences)
    lives = packed_lives(sequences)
    codes = _turned(lives) if turned else lives.codes

    def work(block: int, first: int, last: int, found: NDArray[np.float64]) -> None:
        prefix_block(codes, lives.lengths, block, first, last, found)

    found = run.over(work, lives, LANES)
    by_length(found, run.pairs(lives), "gmean" if norm == "auto" else norm, lives.lengths, 1.0, 2.0)
    return Compared(lives, found)


def _turned(lives: Lives) -> NDArray[np.int32]:
    """The codes of each life from its end to its beginning."""
    place = np.maximum(lives.lengths[:, None] - 1 - np.arange(lives.length), 0)
    return np.take_along_axis(lives.codes, place[:, :, None], axis=1)


def _two(sequences: Sequences, missing: str, one: str, other: str) -> list[NDArray[np.int32]]:
    """The states of two people's lives, (positions, domains)."""
    if missing == "refuse":
        refuse_missing(sequences)
    lives = packed_lives(sequences)
    return [lives.codes[life, : lives.lengths[life]] for life in lives_of(lives, sequences, one, other)]


def _shared(one: NDArray[np.int32], other: NDArray[np.int32]) -> int:
    """How many positions two lives have in common before they first differ."""
    short = min(len(one), len(other))
    same = (one[:short] == other[:short]).all(axis=1)
    return short if same.all() else int(same.argmin())


def _kept(life: NDArray[np.int32], here: int, there: int, shared: int) -> Walk:
    return [((here + at, there + at), (0.0,) * life.shape[1]) for at in range(shared)]


def _alone(one: NDArray[np.int32], other: NDArray[np.int32], here: int, there: int, m: int, n: int) -> Walk:
    """The positions of either life from ``here`` and ``there`` to before ``m`` and ``n``."""
    cost = (1 / one.shape[1],) * one.shape[1]
    return [*(((i, None), cost) for i in range(here, m)), *(((None, j), cost) for j in range(there, n))]
