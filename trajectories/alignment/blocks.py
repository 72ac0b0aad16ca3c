"""Running a kernel over all pairs: in blocks, on every processor, to be stopped at any moment."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from trajectories.alignment.arithmetic import Precision
from trajectories.alignment.norms import Condensed
from trajectories.errors import SettingError

Progress = Callable[[float], None]

PIECE = 2_000_000_000
"""Cells of alignment in one piece of work: about a fifth of a second."""


@dataclass(frozen=True)
class Run:
    """How the pairs are worked through: precision, threads (None: all processors), whom to tell the share
    done."""

    precision: Precision = "single"
    threads: int | None = None
    progress: Progress | None = None

    @property
    def number(self) -> np.dtype[Any]:
        """The type in which dissimilarities are kept."""
        return np.dtype(np.float32 if self.precision == "single" else np.float64)

    def over(self, work: Callable[[int, int, int], None], lives: int, length: int, lanes: int) -> None:
        """Call ``work(block, first, last)`` for every block of ``lanes`` lives and stretch of lives before
        it, in threads.

        After Ctrl-C the pieces in hand are finished (well under a second) and nothing else is begun.
        """
        threads = self.threads or processors()
        pieces = _pieces(lives, length, lanes)
        total = sum(last - first for _, first, last in pieces) or 1
        done = 0
        running: dict[Future[None], int] = {}
        pool = ThreadPoolExecutor(threads)
        try:
            while pieces or running:
                while pieces and len(running) < 2 * threads:
                    block, first, last = pieces.pop()
                    running[pool.submit(work, block, first, last)] = last - first
                for future in wait(running, return_when=FIRST_COMPLETED).done:
                    done += running.pop(future)
                    future.result()
                if self.progress is not None:
                    self.progress(done / total)
        finally:
            pool.shutdown(cancel_futures=True)


def _pieces(lives: int, length: int, lanes: int) -> list[tuple[int, int, int]]:
    """Blocks of lanes with the lives they are compared with, none too long to wait for; those with most
    come last."""
    step = max(1, PIECE // (lanes * length * length))
    return [
        (block, first, min(first + step, last))
        for block, last in enumerate(min(end, lives) for end in range(lanes, lives + lanes, lanes))
        for first in range(0, last, step)
    ]


def processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def room_for(lives: int, people: int, number: np.dtype[Any]) -> Condensed:
    """An empty condensed matrix of the different lives; refused when it and the people's do not fit into
    memory.

    Raises SettingError with what is needed and what there is.
    """
    pairs = lives * (lives - 1) // 2
    needed = (pairs + (people * (people - 1) // 2 if people > lives else 0)) * number.itemsize
    free = available_memory()
    if free is None or needed <= 0.9 * free:
        try:
            return np.zeros(pairs, dtype=number)
        except MemoryError:
            free = None
    there = "that much is not free" if free is None else f"{free / 2**30:,.1f} GB are free"
    raise SettingError(
        f"The dissimilarities among {people:,} people need {needed / 2**30:,.1f} GB of memory and {there}. "
        "Compare fewer people (lives.select(...), such as a sample), or use a larger machine."
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
