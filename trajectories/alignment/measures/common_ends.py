"""How long two lives run alike, from their beginning or up to their end."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from trajectories.alignment.computing.blocks import Run
from trajectories.alignment.computing.lives import Compared, Lives, packed_lives, refuse_missing
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

    def __post_init__(self) -> None:
        known_settings(self.norm, self.missing)

    def describe(self) -> str:
        return told("longest common prefix", norm_told(self.norm))

    def compare(self, sequences: Sequences, run: Run) -> Compared:
        """Dissimilarities among the different lives."""
        return _parted(sequences, self.norm, self.missing, run, turned=False)


@dataclass(frozen=True, eq=False)
class CommonSuffix:
    """How much of two lives comes before they last become one (RLCP).

    d(a, b) = length of a + length of b - 2 * length of their common end (Elzinga 2008). To choose when
    where lives lead matters and not how they got there; as ``CommonPrefix`` otherwise.
    """

    norm: Norm | None = None
    missing: Missing = "state"

    def __post_init__(self) -> None:
        known_settings(self.norm, self.missing)

    def describe(self) -> str:
        return told("longest common suffix", norm_told(self.norm))

    def compare(self, sequences: Sequences, run: Run) -> Compared:
        """Dissimilarities among the different lives."""
        return _parted(sequences, self.norm, self.missing, run, turned=True)


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
