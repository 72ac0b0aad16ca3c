"""Running a kernel over all pairs: in blocks, on every processor, to be stopped at any moment."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from trajectories.alignment.arithmetic import Precision
from trajectories.alignment.norms import Condensed
from trajectories.errors import SettingError

Progress = Callable[[float], None]


@dataclass(frozen=True)
class Run:
    """How the pairs are worked through: precision, threads (None: all there are), and whom to tell the share done."""

    precision: Precision = "single"
    threads: int | None = None
    progress: Progress | None = None

    @property
    def number(self) -> np.dtype[Any]:
        """The type in which dissimilarities are kept."""
        return np.dtype(np.float32 if self.precision == "single" else np.float64)

    def over(self, work: Callable[[int], None], amounts: NDArray[np.float64]) -> None:
        """Call ``work`` with every block's number, those with the largest amount of work first, on several threads.

        After Ctrl-C the blocks in hand are finished (well under a second) and nothing else is begun.
        """
        order = iter(np.argsort(-amounts, kind="stable").tolist())
        done, total = 0.0, float(amounts.sum()) or 1.0
        with ThreadPoolExecutor(self.threads or processors()) as pool:
            running: dict[Any, float] = {}
            for block in order:
                running[pool.submit(work, block)] = amounts[block]
                if len(running) < 2 * (self.threads or processors()):
                    continue
                finished, _ = wait(running, return_when=FIRST_COMPLETED)
                done += self._told(finished, running, done, total)
            while running:
                finished, _ = wait(running, return_when=FIRST_COMPLETED)
                done += self._told(finished, running, done, total)

    def _told(self, finished: set[Any], running: dict[Any, float], done: float, total: float) -> float:
        more = 0.0
        for future in finished:
            future.result()
            more += running.pop(future)
        if self.progress is not None:
            self.progress(min(1.0, (done + more) / total))
        return more


def processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def room_for(lives: int, people: int, number: np.dtype[Any]) -> Condensed:
    """An empty condensed matrix of the different lives; refused when it and the people's do not fit into memory.

    Raises SettingError with what is needed and what there is.
    """
    pairs = lives * (lives - 1) // 2
    needed = (pairs + (people * (people - 1) // 2 if people > lives else 0)) * number.itemsize
    free = available_memory()
    if free is not None and needed > 0.9 * free:
        raise SettingError(
            f"The dissimilarities among {people:,} people need {needed / 2**30:,.1f} GB of memory and {free / 2**30:,.1f} "
            "GB are free. Compare fewer people (lives.select(...), such as a sample), or use a larger machine."
        )
    return np.zeros(pairs, dtype=number)


def available_memory() -> int | None:
    """Bytes of memory that may still be taken, None where the system does not say."""
    try:
        with open("/proc/meminfo", encoding="ascii") as lines:
            told = dict(line.split(":", 1) for line in lines)
        return int(told["MemAvailable"].split()[0]) * 1024
    except (OSError, KeyError, ValueError):
        return None
