"""Dissimilarities in a folder, block by block: more than the memory holds, and not lost with a crash."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from trajectories.alignment.cluster.block_files import DamagedBlockError, read_block
from trajectories.alignment.cluster.pairs_apart import put
from trajectories.alignment.cluster.rectangles import Rectangle, rectangles
from trajectories.alignment.computing.blocks import room_for
from trajectories.alignment.computing.pairs import Kept, Pairs
from trajectories.alignment.dissimilarities import Dissimilarities
from trajectories.errors import SettingError, StudyError
from trajectories.wording import counted

Places = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class DissimilaritiesOnDisk:
    """Dissimilarities among people whose blocks are in a folder; read only where they are asked for.

    ``which`` (people,) says which of the different ``lives`` each person lives; the blocks are about lives,
    ``side`` of them on a side. Nobody's id is in the folder.
    """

    folder: Path
    ids: tuple[str, ...]
    which: Places
    lives: int
    side: int
    number: np.dtype[np.float32] | np.dtype[np.float64]
    mark: str
    measure: str
    weights: NDArray[np.float64]
    numbers: str
    computed: int
    """How many blocks were computed now; the others were there."""
    replaced: tuple[str, ...] = ()
    """What was wrong with files that were there and were computed again."""

    @property
    def n(self) -> int:
        return len(self.ids)

    def blocks(self) -> Iterator[tuple[Rectangle, Kept]]:
        """Each block with its table (rows, columns) of lives, one at a time; zeros where no pair is.

        Raises StudyError for a block that is gone or damaged since.
        """
        for part in rectangles(self.lives, self.side):
            yield part, self._block(part)

    def select(self, ids: Iterable[str]) -> Dissimilarities:
        """The dissimilarities among some of the people, in memory, in the order asked for.

        Raises SettingError for somebody who is not here and for more than the memory holds, StudyError for a
        block that is gone or damaged since.
        """
        wanted = tuple(ids)
        where = {person: i for i, person in enumerate(self.ids)}
        unknown = [person for person in wanted if person not in where]
        if unknown:
            raise SettingError(f"There is no dissimilarity for {unknown[0]!r}: "
                               f"not among these {self.n} people.")  # fmt: skip
        index = np.array([where[person] for person in wanted], dtype=np.int64)
        lives, which = np.unique(self.which[index], return_inverse=True)
        found = self._among(lives, len(wanted))
        condensed = found if self._each_lives_once(which, lives) else _spread(found, which, len(lives))
        return Dissimilarities(condensed, wanted, self.measure, self.weights[index], self.numbers)

    def all(self) -> Dissimilarities:
        """All of them in memory. Raises SettingError when they do not fit."""
        return self.select(self.ids)

    def between(self, one: str, other: str) -> float:
        """The dissimilarity of two people."""
        return self.select(dict.fromkeys((one, other))).between(one, other)

    def _among(self, lives: Places, people: int) -> Kept:
        """Condensed, among some of the different lives in their order."""
        found = room_for(Pairs(len(lives)), people, self.number)
        for part in rectangles(self.lives, self.side):
            rows = np.flatnonzero((lives >= part.first) & (lives < part.last))
            columns = np.flatnonzero((lives >= part.start) & (lives < part.stop))
            if len(rows) and len(columns):
                table = self._block(part)[np.ix_(lives[rows] - part.first, lives[columns] - part.start)]
                inside = Rectangle(len(lives), len(rows), int(rows[0]), int(columns[0]), int(columns[-1]) + 1)
                put(found, inside, table)
        return found

    def _block(self, part: Rectangle) -> Kept:
        try:
            table = read_block(self.folder, part, self.mark)
        except DamagedBlockError as error:
            problem = str(error)
        else:
            problem = "a block is gone"
            if table is not None:
                return table
        raise StudyError(f"{self.folder}: {problem}. Call dissimilarities_on_disk(...) again with the same "
                         "lives, measure and folder: only what is missing is computed.")  # fmt: skip

    @staticmethod
    def _each_lives_once(which: Places, lives: Places) -> bool:
        return len(which) == len(lives) and bool((which == np.arange(len(lives))).all())

    def __repr__(self) -> str:
        number = len(rectangles(self.lives, self.side))
        bad = "; ".join(self.replaced[:3])
        again = f", {len(self.replaced):,} of them again ({bad})" if self.replaced else ""
        return (f"Dissimilarities among {self.n:,} people by {self.measure} in {self.folder}: "
                f"{counted(number, 'block')}, {self.computed:,} computed now{again}")  # fmt: skip


def _spread(found: Kept, which: Places, lives: int) -> Kept:
    from trajectories.alignment.kernels.savings import spread

    people = len(which)
    condensed: Kept = np.empty(people * (people - 1) // 2, dtype=found.dtype)
    spread(found, which.astype(np.int64), lives, condensed)
    return condensed
