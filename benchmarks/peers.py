"""The peers that lives are aligned beside: each in an environment and an interpreter of its own.

    python benchmarks/peers.py install     makes .bench/sequenzo with sequenzo in it
    python benchmarks/peers.py list        which peers can be timed here, in which version

sequenzo pins libraries below ours, so it runs in its own process; TraMineR is timed when ``Rscript`` is on
the path and has it. Lives go over as a CSV file, seconds and dissimilarities come back in files. Seconds
are the median of the calls, without reading, start and first compilation.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
import time
import venv
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

HERE = Path(__file__).resolve().parent
BENCH = HERE.parent / ".bench"
PYTHON = BENCH / "sequenzo" / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
LIMIT = 900.0
"""Seconds after which a peer is ended, unless told otherwise: what it takes is then not known, only that it
is more."""
REPEATS = 3
"""How often a peer's call is timed, unless that takes more than a quarter of a minute."""


@dataclass(frozen=True)
class Timed:
    """What a peer took, and what it found (condensed; None when it did not end within these seconds)."""

    peer: str
    version: str
    seconds: float
    condensed: NDArray[np.float64] | None

    @property
    def ended(self) -> bool:
        return self.condensed is not None


def install() -> None:
    """Make the environment and put sequenzo into it."""
    if not PYTHON.exists():
        venv.create(BENCH / "sequenzo", with_pip=True)
    subprocess.run([str(PYTHON), "-m", "pip", "install", "--quiet", "sequenzo"], check=True)


@cache
def sequenzo_version() -> str | None:
    if not PYTHON.exists():
        return None
    asked = "import importlib.metadata as m; print(m.version('sequenzo'))"
    found = subprocess.run([str(PYTHON), "-c", asked], capture_output=True, text=True, check=False)
    return found.stdout.strip() or None


@cache
def traminer_version() -> str | None:
    if not shutil.which("Rscript"):
        return None
    asked = "cat(as.character(packageVersion('TraMineR')))"
    found = subprocess.run(["Rscript", "-e", asked], capture_output=True, text=True, check=False)
    return found.stdout.strip() if found.returncode == 0 else None


def time_sequenzo(states: NDArray[np.int16], call: dict[str, Any], threads: int,
                  limit: float = LIMIT) -> Timed | None:
    """A call of get_distance_matrix on states (people, domains, positions), or of
    compute_cat_distance_matrix on several domains; None when it is not installed or fails. It is ended
    after ``limit`` seconds, reading and start included; of these only the call's own are told."""
    version = sequenzo_version()
    if version is None:
        return None
    command = [str(PYTHON), str(HERE / "peer_sequenzo.py")]
    return _timed("sequenzo", version, command, states, call, threads, limit)


def time_traminer(states: NDArray[np.int16], call: dict[str, Any], threads: int,
                  limit: float = LIMIT) -> Timed | None:
    """A call of seqdist on one domain; it runs in one thread."""
    version = traminer_version()
    if version is None or states.shape[1] > 1:
        return None
    command = ["Rscript", str(HERE / "peer_traminer.R")]
    return _timed("TraMineR", version, command, states, call, threads, limit)


def _timed(peer: str, version: str, command: list[str], states: NDArray[np.int16], call: dict[str, Any],
           threads: int, limit: float) -> Timed | None:
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        people, domains, _ = states.shape
        np.savetxt(place / "states.csv", states.reshape(people, -1), fmt="s%d", delimiter=",")
        told = call | {"threads": threads, "domains": domains, "times": REPEATS}
        (place / "call.json").write_text(json.dumps(told), encoding="utf-8")
        try:
            subprocess.run([*command, folder], check=True, capture_output=True, timeout=limit)
            seconds = json.loads((place / "seconds.json").read_text(encoding="utf-8"))["seconds"]
        except subprocess.TimeoutExpired:
            begun = place / "begun"
            if begun.exists():
                return Timed(peer, version, time.time() - begun.stat().st_mtime, None)
            print(f"{peer} had not begun after {limit:g} s ({call['method']})", file=sys.stderr)
            return None
        except (subprocess.SubprocessError, OSError) as error:
            last = (getattr(error, "stderr", None) or b"").decode(errors="replace")[-300:]
            print(f"{peer} could not be timed ({call['method']}): {error} {last}", file=sys.stderr)
            return None
        found = np.fromfile(place / "condensed.bin", dtype=np.float64)
    return Timed(peer, version, float(seconds), found)


def main() -> None:
    if sys.argv[1:] == ["install"]:
        install()
    print(f"sequenzo: {sequenzo_version() or 'not installed (python benchmarks/peers.py install)'}")
    print(f"TraMineR: {traminer_version() or 'no Rscript with TraMineR on the path'}")


if __name__ == "__main__":
    main()
