"""The compiled loops' cache on disk: two processes that fill it at once, and what a later one finds there."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

CALL = """
import numpy as np
from tests.alignment.reference import made
from trajectories.alignment.costs.cost_rules import constant_costs
from trajectories.alignment.kernels import savings
from trajectories.alignment.measures.basic import OptimalMatching
from trajectories.alignment.pairwise import dissimilarities
lives = made(np.random.default_rng(1).integers(0, 3, size=(80, 1, 9)), [3])
found = dissimilarities(lives, OptimalMatching(constant_costs(lives), indel=1.5)).condensed
print(float(found.sum()), len(savings.align_lives.stats.cache_hits))
"""


def test_two_processes_compile_into_one_cache_at_once_and_a_third_reads_it(tmp_path: Path) -> None:
    asked = [sys.executable, "-c", CALL]
    known = os.environ | {"NUMBA_CACHE_DIR": str(tmp_path)}
    started = [subprocess.Popen(asked, env=known, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    told = [process.communicate(timeout=300)[0].split() for process in started]
    assert [process.returncode for process in started] == [0, 0]
    later = subprocess.run(asked, env=known, stdout=subprocess.PIPE, text=True, check=True)
    found, hits = later.stdout.split()
    assert [one[0] for one in told] == [found, found]
    assert float(found) > 0
    assert hits == "1"
