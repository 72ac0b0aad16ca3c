"""How time and memory grow with lives and positions, each in a process of its own.

    python benchmarks/alignment.py --growth [--threads N]
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time

from made_lives import made_lives
from timing import timings

from trajectories.alignment.computing.blocks import Run
from trajectories.alignment.costs.cost_rules import transition_costs
from trajectories.alignment.measures.basic import OptimalMatching

SIZES = ((1000, 100), (2000, 100), (4000, 100), (8000, 100), (2000, 50), (2000, 200))
"""Lives and positions."""


def growth(threads: int) -> list[dict[str, float]]:
    """How time and memory grow with lives and positions, each in a fresh process."""
    found = []
    for n, length in SIZES:
        command = [sys.executable, __file__, str(n), str(length), str(threads)]
        asked = subprocess.run(command, check=True, capture_output=True, text=True)
        found.append(json.loads(asked.stdout))
    return found


def alone(n: int, length: int, threads: int) -> dict[str, float]:
    """Optimal matching by transition rates, once: its first call on few lives, seconds, processor seconds,
    and by how many MB the process grew at most beside the matrix itself."""
    start = time.perf_counter()
    few = made_lives(20, length, (8,))
    OptimalMatching(transition_costs(few)).compare(few, Run("single", threads))
    first = time.perf_counter() - start
    lives = made_lives(n, length, (8,))
    measure = OptimalMatching(transition_costs(lives))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    took, used = min(timings(lambda: measure.compare(lives, Run("single", threads)).found.nbytes))
    matrix = n * (n - 1) / 2 * 4 / 2**20
    more = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024 - matrix
    return {"n": n, "length": length, "first_call_s": round(first, 2), "seconds": round(took, 3),
            "cpu_s": round(used, 3), "cells_per_cpu_s": n * (n - 1) / 2 * length**2 / used,
            "matrix_mb": round(matrix, 1), "beside_mb": round(more, 1)}  # fmt: skip


if __name__ == "__main__":
    print(json.dumps(alone(*map(int, sys.argv[1:]))))
