"""Running a kernel over all pairs: in blocks, on every processor, to be stopped at any moment."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from trajectories.alignment.computing.arithmetic import Precision
from trajectories.alignment.computing.lives import Lives
from trajectories.alignment.computing.pairs import Kept, Pairs
from trajectories.errors import SettingError
from trajectories.processors import processors

Progress = Callable[[float], None]
Work = Callable[[int, int, int, NDArray[np.float64]], None]


@dataclass(frozen=True)
class Run:
    """How the pairs are worked through: precision, threads (None: all processors), whom to tell the share
    done.

    ``references``: when the first so many people are the ones that all are compared to; None compares
    everybody with everybody.
    """

    precision: Precision = "single"
    threads: int | None = None
    progress: Progress | None = None
    references: int | None = None

    @property
    def number(self) -> np.dtype[Any]:
        """The type in which dissimilarities are kept."""
        return np.dtype(np.float32 if self.precision == "single" else np.float64)

    def pairs(self, lives: Lives) -> Pairs:
        """Which of the different lives are compared with which."""
        if self.references is None:
            return Pairs(lives.n)
        return Pairs(lives.n, int(lives.which[: self.references].max()) + 1)

    def each(self, pairs: Pairs, kept: Kept) -> Iterator[tuple[int, slice, Kept]]:
        """Row by row, as ``Pairs.each``, telling the share done."""
        turns = pairs.lives - 1 if pairs.rows is None else pairs.rows
        for done, turn in enumerate(pairs.each(kept), 1):
            yield turn
            if self.progress is not None:
                self.progress(done / turns)

    def over(self, work: Work, lives: Lives, lanes: int) -> Kept:
        """Call ``work(block, first, last, found)`` for every block of ``lanes`` lives and stretch of lives
        it is compared with, in threads; what it puts into ``found`` (last - first, lanes) is kept.

        After Ctrl-C the pieces in hand are finished (well under a second) and nothing else is begun.
        Raises SettingError when the result does not fit into memory.
        """
        threads, pairs = self.threads or processors(), self.pairs(lives)
        kept = room_for(pairs, len(lives.which), self.number)
        pieces = pairs.pieces(lives.length, lanes)
        total = sum(last - first for _, first, last in pieces) or 1
        done = 0
        running: dict[Future[None], int] = {}

        def piece(block: int, first: int, last: int) -> None:
            found = np.empty((last - first, lanes))
            work(block, first, last, found)
            pairs.keep(found, block * lanes, first, kept)

        pool = ThreadPoolExecutor(threads)
        try:
            while pieces or running:
                while pieces and len(running) < 2 * threads:
                    block, first, last = pieces.pop()
                    running[pool.submit(piece, block, first, last)] = last - first
                for future in wait(running, return_when=FIRST_COMPLETED).done:
                    done += running.pop(future)
                    future.result()
                if self.progress is not None:
                    self.progress(done / total)
        finally:
            pool.shutdown(cancel_futures=True)
        return kept


def room_for(pairs: Pairs, people: int, number: np.dtype[Any]) -> Kept:
    """Room for the different lives' dissimilarities; refused when it and the people's do not fit into
    memory.

    Raises SettingError with what is needed and what there is.
    """
    spread = people * (people - 1) // 2 if pairs.rows is None and people > pairs.lives else 0
    needed = (pairs.size + spread) * number.itemsize
    free = available_memory()
    if free is None or needed <= 0.9 * free:
        try:
            return pairs.room(number)
        except MemoryError:
            free = None
    there = "that much is not free" if free is None else f"{free / 2**30:,.1f} GB are free"
    raise SettingError(
        f"The dissimilarities among {people:,} people need {needed / 2**30:,.1f} GB of memory and {there}. "
        "Find types without all pairs: tj.clara(lives, measure, k=6). Or keep the pairs on disk, computed "
        "here or on a Dask cluster: tj.dissimilarities_on_disk(lives, measure, 'a folder', "
        "client='tcp://scheduler:8786'), without client for this machine alone. Or compare fewer people "
        "(lives.select(...)), or with a few references (tj.dissimilarities_to)."
    )


def available_memory() -> int | None:
    """Bytes of memory that may still be taken, None where the system does not say (only Linux does)."""
    try:
        told = dict(line.split(":", 1) for line in Path("/proc/meminfo").read_text("ascii").splitlines())
        free = int(told["MemAvailable"].split()[0]) * 1024
    except (OSError, KeyError, ValueError):
        return None
    try:
        group = Path("/sys/fs/cgroup")
        allowed, taken = ((group / name).read_text("ascii") for name in ("memory.max", "memory.current"))
        return min(free, int(allowed) - int(taken))
    except (OSError, ValueError):
        return free
