"""What is to be compared, in a form that can be sent to another machine: no names of people in it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from trajectories.alignment.cluster.rectangles import PartOfRun, Rectangle
from trajectories.alignment.computing.arithmetic import Precision
from trajectories.alignment.computing.blocks import Run
from trajectories.alignment.computing.lives import Compared, refuse_endless
from trajectories.alignment.computing.pairs import Kept
from trajectories.errors import ClusterError
from trajectories.sequences.event_lives import EventLives
from trajectories.sequences.sequences import Sequences
from trajectories.version import __version__


@dataclass(frozen=True, eq=False)
class Comparison:
    """Lives, the measure that compares them, and how precisely; any part of the pairs can be asked for.

    Every part sees all lives, so that what a measure takes from the data (rates, shares) and the numbers it
    computes in are those of the whole, and every part is bit for bit what the whole would hold.
    """

    lives: Sequences | EventLives
    measure: Any
    precision: Precision
    version: str = __version__

    def all(self, run: Run) -> Compared:
        """The dissimilarities of all pairs."""
        found: Compared = self.measure.compare(self.lives, run)
        refuse_endless(found.found, self.measure.describe())
        return found

    def nothing(self) -> Compared:
        """What the measure makes of the lives before any two are compared; raises what it would raise."""
        return self.all(PartOfRun(self.precision))

    def part(self, part: Rectangle, threads: int | None = None) -> Kept:
        """The dissimilarities of a part, a table (rows, columns). ``threads``: None for all processors.

        Raises ClusterError where another version of this library is asked.
        """
        if self.version != __version__:
            raise ClusterError(f"A machine of the cluster has version {__version__} of trajectories, and "
                               f"{self.version} asks it; install the same on all of them.")  # fmt: skip
        place = (part.first, part.shape[0], part.start, part.stop)
        return self.all(PartOfRun(self.precision, threads, part=place)).found

    def nameless(self) -> Comparison:
        """The same with numbers in place of the people's ids, and without those left out."""
        numbers = tuple(str(number) for number in range(1, self.lives.n + 1))
        return replace(self, lives=replace(self.lives, ids=numbers, left_out=()))
