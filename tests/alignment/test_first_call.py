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
HERE = Path(__file__).parents[2]
INNER = """
from numba.extending import register_jitable
@register_jitable
def times(x):
    return {} * x
"""
OUTER = """
from loops.inner import times
from trajectories.sequences.compiling import compiled
@compiled
def outer(x):
    return times(x)
def told():
    print(outer(7), bool(outer.stats.cache_hits))
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


def test_a_change_in_any_file_of_the_folder_is_compiled_anew(tmp_path: Path) -> None:
    (tmp_path / "loops").mkdir()
    (tmp_path / "loops" / "__init__.py").touch()
    (tmp_path / "loops" / "outer.py").write_text(OUTER, encoding="utf-8")
    known = os.environ | {"NUMBA_CACHE_DIR": str(tmp_path / "cache")}
    told = []
    for factor in (2, 2, 3):
        (tmp_path / "loops" / "inner.py").write_text(INNER.format(factor), encoding="utf-8")
        asked = [sys.executable, "-c", "from loops.outer import told; told()"]
        known["PYTHONPATH"] = os.pathsep.join([str(tmp_path), str(HERE), os.environ.get("PYTHONPATH", "")])
        told.append(subprocess.run(asked, env=known, stdout=subprocess.PIPE, text=True, check=True).stdout)
    assert told == ["14 False\n", "14 True\n", "21 False\n"]
