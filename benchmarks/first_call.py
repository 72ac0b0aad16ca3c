"""How long somebody waits for the first result: nothing compiled yet (cold), and every time after (warm).

    python benchmarks/alignment.py --first-call [--json]

Each row is a process of its own. Cold, the folder of numba's compiled loops is empty, as after installation;
warm, it holds what the cold process left. Python's own compiled files are there both times, as pip leaves
them. ``seconds`` are from the first import to the result, ``call_s`` those of the last call alone.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

LIVES = """
import numpy as np
import trajectories as tj
from made_lives import made_lives
lives = made_lives(240, 31, (8,))
def call():
    tj.dissimilarities(lives, tj.OptimalMatching(tj.transition_costs(lives)))
"""
VIEW = """
import trajectories as tj
from dashboard.session import Session
session = Session(tj.read_study("sample_data/study.yaml"))
def call():
    session.board(session.start)
"""
AROUND = """
import json, time
begun, used = time.perf_counter(), time.process_time()
{code}
before = time.perf_counter()
call()
now = time.perf_counter()
print(json.dumps([now - begun, now - before, time.process_time() - used]))
"""
WORKS = {"dissimilarities of 240 lives": LIVES, "opening view of sample_data": VIEW}


def first_calls() -> list[dict[str, object]]:
    """One row for each piece of work, cold and warm."""
    found: list[dict[str, object]] = []
    with tempfile.TemporaryDirectory() as folder:
        for number, (work, code) in enumerate(WORKS.items()):
            _seconds(code, folder, f"thrown away {number}")
            for state in ("cold", "warm"):
                seconds, call, cpu = _seconds(code, folder, f"kept {number}")
                found.append({"work": work, "cache": state, "seconds": round(seconds, 2),
                              "call_s": round(call, 2), "cpu_s": round(cpu, 2)})  # fmt: skip
    return found


def first_calls_table(found: list[dict[str, object]]) -> str:
    lines = [f"{'work':32}{'cache':8}{'seconds':>9}{'call':>8}{'cpu':>8}"]
    for row in found:
        times = f"{row['seconds']:8.2f}s{row['call_s']:7.2f}s{row['cpu_s']:7.2f}s"
        lines.append(f"{row['work']:32}{row['cache']:8}{times}")
    return "\n".join(lines)


def _seconds(code: str, folder: str, cache: str) -> list[float]:
    """Seconds in all, of the call, and of the processor, in a process with its loops under ``cache``."""
    known = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    known |= {"NUMBA_CACHE_DIR": str(Path(folder, cache)), "PYTHONPYCACHEPREFIX": str(Path(folder, "python")),
              "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "benchmarks")])}  # fmt: skip
    asked = subprocess.run([sys.executable, "-c", AROUND.format(code=code)], env=known, check=True, cwd=ROOT,
                           capture_output=True, text=True)  # fmt: skip
    seconds: list[float] = json.loads(asked.stdout.splitlines()[-1])
    return seconds
