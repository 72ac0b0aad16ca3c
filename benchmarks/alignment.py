"""How fast lives are aligned here, beside what others do with the same lives on the same machine.

    python benchmarks/alignment.py [--quick] [--json] [--threads N] [--picture FILE] [--only WORD] [--growth]
                                   [--first-call] [--limit SECONDS]

The lives are made here: spells of mean length 10, all lives different. The peers are sequenzo and TraMineR
where ``peers.py`` finds them, each in an interpreter of its own. Where none computes a piece of work, the
recursion as every textbook writes it stands in; on one thread, as TraMineR has it, it also stands beside
the two pieces that matter most. Ours is the median of runs before and after the peer's, so that both meet
the same machine; a peer's is the median of its calls without start and compilation. Cells are pairs x
length x length. ``max_relative_error`` is against our double precision, ``from_peer`` the largest relative
difference from what the peer found. A peer that has not ended after ``--limit`` seconds is ended:
``peer_ended`` is then false, ``peer_s`` and ``ratio`` are what they are at least, and there is no
``from_peer``. ``--growth`` instead shows how time and memory grow, each row in a process of its own;
``--first-call`` how long the first result takes (``first_call.py``). On a shared machine read the ratios,
not the seconds. For the spell-length-sensitive, localized and transition measures sequenzo's numbers are
others (``from_peer`` is large); ours are TraMineR's, which ``tests/alignment`` shows.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from trajectories.alignment.computing.blocks import Run, processors
from trajectories.alignment.costs.cost_rules import (
    constant_costs,
    dynamic_transition_costs,
    transition_costs,
)
from trajectories.alignment.measures.basic import (
    DynamicHamming,
    Hamming,
    LongestCommonSubsequence,
    Measure,
    OptimalMatching,
)
from trajectories.alignment.measures.edits import LocalizedMatching, TimeWarpEdit
from trajectories.alignment.measures.spells import SpellLengthMatching, SpellMatching
from trajectories.alignment.measures.subsequences import SubsequenceVectors
from trajectories.alignment.measures.transitions import TransitionMatching
from trajectories.alignment.pairwise import of_people
from trajectories.coding.codebook import Domain, State
from trajectories.sequences.grid import GivenGrid
from trajectories.sequences.sequences import Sequences

Array = NDArray[Any]
SIZES = {"eight": (8,), "nine": (9,), "four": (9, 8, 8, 9)}


@dataclass(frozen=True)
class Work:
    """A piece of work: our measure of some lives, and the peers' call for the same (None: they have none,
    or it crashes)."""

    name: str
    n: int
    measure: Callable[[Sequences], Measure]
    call: dict[str, Any] | None
    lives: str = "eight"
    length: int = 100
    quick: bool = False
    plain: bool = False
    """Beside the textbook's loop on one thread too: what TraMineR's compiled code does."""


@dataclass(frozen=True)
class Row:
    """One piece of work: our time, a peer's, and how far the numbers are apart."""

    work: str
    n: int
    length: int
    states: str
    threads: int
    ours_s: float
    peer: str
    peer_version: str
    peer_s: float
    ratio: float
    cells_per_s: float
    max_relative_error: float
    peer_ended: bool
    from_peer: float | None
    ours_cpu_s: float
    load: float
    numbers: str


def made_lives(n: int, length: int, sizes: tuple[int, ...], seed: int = 7) -> Sequences:
    """Different lives in several domains; each month the state is drawn anew with probability one in ten."""
    rng = np.random.default_rng(seed)
    states = np.empty((n, len(sizes), length), dtype=np.int16)
    for layer, size in enumerate(sizes):
        states[:, layer, 0] = rng.integers(size, size=n)
        for place in range(1, length):
            anew = rng.random(n) < 0.1
            states[:, layer, place] = np.where(anew, rng.integers(size, size=n), states[:, layer, place - 1])
    domains = tuple(
        Domain(name=f"d{i}", label=f"Domain {i}",
               states=tuple(State(code=f"s{k}", label=f"State {k}") for k in range(size)))
        for i, size in enumerate(sizes)
    )  # fmt: skip
    ids = tuple(f"P{i}" for i in range(n))
    return Sequences(states, ids, domains, tuple(range(length)), GivenGrid(), np.ones(n))


def works(quick: bool) -> list[Work]:
    """All pieces of work, or smaller ones of those that matter most. ``call`` is in TraMineR's names, which
    sequenzo shares. It does not end on four domains (more than nine minutes), so there it is given up."""
    many, some = (500, 200) if quick else (2000, 1000)
    rates, auto = transition_costs, {"sm": "TRATE", "indel": "auto"}
    constant = {"sm": "CONSTANT"}
    found = [
        Work("optimal matching, transition rates", many, lambda s: OptimalMatching(rates(s)),
             {"method": "OM", **auto}, quick=True, plain=True),
        Work("optimal matching, sub 2, indel 1.5", many,
             lambda s: OptimalMatching(constant_costs(s), indel=1.5),
             {"method": "OM", **constant, "indel": 1.5}, quick=True),
        Work("optimal matching, sub 2, indel 1", many, lambda s: OptimalMatching(constant_costs(s)),
             {"method": "OM", **constant, "indel": 1}),
        Work("longest common subsequence", many, lambda s: LongestCommonSubsequence(),
             {"method": "LCS"}, quick=True),
        Work("four domains, costs added", many, lambda s: OptimalMatching(rates(s)),
             {"method": "OM", **auto}, "four", 60, plain=True),
        Work("one domain of nine states", many, lambda s: OptimalMatching(rates(s)),
             {"method": "OM", **auto}, "nine", 60),
        Work("Hamming", many, lambda s: Hamming(), {"method": "HAM"}, quick=True),
        Work("Hamming, transition rates", many, lambda s: Hamming(rates(s)),
             {"method": "HAM", "sm": "TRATE"}),
        Work("dynamic Hamming", many, lambda s: DynamicHamming(dynamic_transition_costs(s)),
             None, quick=True),
        Work("spells", many, lambda s: SpellMatching(rates(s)),
             {"method": "OMspell", **auto, "expcost": 0.5}),
        Work("spell-length-sensitive", some, lambda s: SpellLengthMatching(rates(s)),
             {"method": "OMslen", **auto}),
        Work("localized", some, lambda s: LocalizedMatching(rates(s), 0.1),
             {"method": "OMloc", "sm": "TRATE", "expcost": 0.1}),
        Work("time-warp edit", some, lambda s: TimeWarpEdit(constant_costs(s), 0.5, 0.5),
             {"method": "TWED", **constant, "nu": 0.5, "h": 0.5}),
        Work("transitions", some, lambda s: TransitionMatching(rates(s), 0.3),
             {"method": "OMstran", "sm": "TRATE", "otto": 0.3}),
        Work("subsequence vectors", some, lambda s: SubsequenceVectors(), {"method": "SVRspell"}),
    ]  # fmt: skip
    if not quick:
        found += [
            Work("Hamming", 8000, lambda s: Hamming(), {"method": "HAM"}),
            Work("longest common subsequence", 8000, lambda s: LongestCommonSubsequence(), {"method": "LCS"}),
        ]
    return [work for work in found if work.quick or not quick]


def rows_of(work: Work, threads: int, limit: float) -> list[Row]:
    """A piece of work beside every peer that computes it, ours timed before and after each."""
    import peers

    lives = made_lives(work.n, work.length, SIZES[work.lives])
    measure, run = work.measure(lives), Run("single", threads)
    measure.compare(made_lives(70, work.length, SIZES[work.lives]), run)
    found = measure.compare(lives, run)
    asked = [peers.time_sequenzo, peers.time_traminer] if work.call else []
    rows = []
    for peer in [*asked, textbook(work, lives)]:
        if peer is None or (rows and peer not in asked and not work.plain):
            continue
        before = timings(lambda: measure.compare(lives, run))
        theirs = peer(lives.states, work.call or {}, threads, limit)
        if theirs is not None:
            seconds = before + timings(lambda: measure.compare(lives, run))
            rows.append(as_row(work, lives, measure, run, seconds, found, theirs))
    return rows


def timings(call: Callable[[], Any]) -> list[tuple[float, float]]:
    """Seconds and processor seconds of three runs."""
    found = []
    for _ in range(3):
        start, used = time.perf_counter(), time.process_time()
        call()
        found.append((time.perf_counter() - start, time.process_time() - used))
    return found


def textbook(work: Work, lives: Sequences) -> Callable[..., Any] | None:
    """The textbook's recursion, timed like a peer, where it has one for the work: the costs added up."""
    import numba
    import peers
    from textbook import by_textbook

    measure: Any = work.measure(lives)
    if not isinstance(measure, (OptimalMatching, DynamicHamming)) or measure.costs is None:
        return None
    tables = [costs.weight * costs.substitution for costs in measure.costs.domains]
    price = measure.indel if isinstance(measure, OptimalMatching) else None
    indels = [costs.weight * float(price or costs.indel[0]) for costs in measure.costs.domains]
    shifted = isinstance(measure, OptimalMatching)

    def timed(states: Array, _: dict[str, Any], threads: int, limit: float) -> Any:
        threads = 1 if work.plain else threads
        by_textbook(states[:20], tables, indels, threads, shifted=shifted)
        start = time.perf_counter()
        found = by_textbook(states, tables, indels, threads, shifted=shifted)
        seconds = time.perf_counter() - start
        name = "textbook loop, one thread" if work.plain else "textbook loop"
        return peers.Timed(name, f"numba {numba.__version__}", seconds, found)

    return timed


def as_row(work: Work, lives: Sequences, measure: Measure, run: Run, seconds: list[tuple[float, float]],
           found: Any, theirs: Any) -> Row:  # fmt: skip
    ours = statistics.median(wall for wall, _ in seconds)
    exact = measure.compare(lives, Run("double", run.threads)).found
    cells = lives.n * (lives.n - 1) / 2 * lives.length**2
    return Row(work.name, lives.n, lives.length, " x ".join(str(len(a)) for a in lives.alphabets),
               run.threads or processors(), round(ours, 4), theirs.peer, theirs.version,
               round(theirs.seconds, 4), round(theirs.seconds / ours, 1), cells / ours,
               apart(found.found, exact), theirs.ended,
               apart(of_people(found), theirs.condensed) if theirs.ended else None,
               round(min(used for _, used in seconds), 4), round(os.getloadavg()[0], 1),
               found.numbers)  # fmt: skip


def apart(one: Array, other: Array) -> float:
    """The largest relative difference."""
    largest = np.abs(one - other) / np.maximum(np.abs(other), 1e-12)
    return float(f"{largest.max():.2g}")


GROWTH = ((1000, 100), (2000, 100), (4000, 100), (8000, 100), (2000, 50), (2000, 200))


def growth(threads: int) -> list[dict[str, float]]:
    """How time and memory grow with lives and positions, each in a fresh process."""
    found = []
    for n, length in GROWTH:
        command = [sys.executable, __file__, "--threads", str(threads), "--alone", str(n), str(length)]
        asked = subprocess.run(command, check=True, capture_output=True, text=True)
        found.append(json.loads(asked.stdout))
    return found


def alone(n: int, length: int, threads: int) -> dict[str, float]:
    """Optimal matching by transition rates, once: its first call on few lives, seconds, processor seconds,
    and by how many MB the process grew at most beside the matrix itself."""
    import resource

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


def as_table(found: list[Row]) -> str:
    head = f"{'work':36}{'n':>6}{'length':>8}{'ours':>10}{'peer':>11}{'ratio':>8}"
    head += f"{'Gcells/s':>10}{'error':>9}{'from peer':>11}{'load':>6}  peer"
    lines = [
        f"{r.work:36}{r.n:6}{r.length:8}{r.ours_s:9.3f}s{at_least(r, f'{r.peer_s:.3f}'):>10}s"
        f"{at_least(r, f'{r.ratio:.1f}'):>8}{r.cells_per_s / 1e9:10.1f}{r.max_relative_error:9.0e}"
        f"{'-' if r.from_peer is None else format(r.from_peer, '.0e'):>11}{r.load:6.1f}"
        f"  {r.peer}, {r.peer_version}"
        for r in found
    ]
    return "\n".join([f"{machine()}, {found[0].threads} threads", head, *lines])


def at_least(row: Row, number: str) -> str:
    """A number of a row as it is told: a lower bound where the peer did not end."""
    return number if row.peer_ended else f">={number}"


def machine() -> str:
    """The processor's name, as far as the system tells it."""
    try:
        told = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
        return next(line.split(":", 1)[1].strip() for line in told if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.processor() or platform.machine()


def draw(found: list[Row], path: Path) -> None:
    """How many times faster each piece of work is, as bars on a logarithmic scale."""
    import matplotlib as mpl
    from matplotlib.figure import Figure

    with mpl.rc_context({"svg.hashsalt": "alignment", "svg.fonttype": "none", "font.family": "sans-serif"}):
        figure = Figure(figsize=(7.2, 0.32 * len(found) + 1.3), layout="constrained")
        axes = figure.subplots()
        names = [f"{r.work} ({r.n:,} lives; {r.peer})" for r in found]
        bars = axes.barh(names, [r.ratio for r in found], color="#4477aa")
        more = {True: "", False: "> "}
        told = [f"{more[r.peer_ended]}{r.ratio:,.{0 if r.ratio >= 10 else 1}f}" for r in found]
        axes.bar_label(bars, told, padding=3)
        axes.invert_yaxis()
        axes.set(xscale="log", xlim=(0.5, 8 * max(r.ratio for r in found)))
        axes.axvline(1, color="black", linewidth=0.8)
        axes.xaxis.set_major_formatter("{x:g}")
        axes.set_xlabel(f"times faster than the peer\n({machine()}, {found[0].threads} threads)")
        axes.spines[["top", "right"]].set_visible(False)
        figure.savefig(path, metadata={"Date": None} if path.suffix == ".svg" else None)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="fewer and smaller pieces; ends within a minute")
    parser.add_argument("--json", action="store_true", help="one JSON list instead of a table")
    parser.add_argument("--threads", type=int, default=processors())
    parser.add_argument("--only", default="", help="pieces of work whose name holds this")
    parser.add_argument("--limit", type=float, default=60.0, help="seconds after which a peer is ended")
    parser.add_argument("--picture", type=Path, help="also draw the ratios into this file (.svg, .png, .pdf)")
    parser.add_argument("--growth", action="store_true", help="how time and memory grow, without peers")
    parser.add_argument("--first-call", action="store_true", help="the first result of a fresh process")
    parser.add_argument("--alone", type=int, nargs=2, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.alone:
        print(json.dumps(alone(*asked.alone, asked.threads)))
        return
    if asked.growth:
        print(json.dumps(growth(asked.threads), indent=1))
        return
    if asked.first_call:
        from first_call import first_calls, first_calls_table

        calls = first_calls()
        print(json.dumps(calls, indent=1) if asked.json else first_calls_table(calls))
        return
    found: list[Row] = []
    for work in works(asked.quick):
        if asked.only in work.name:
            found += rows_of(work, asked.threads, asked.limit)
            print(f"{work.name}: done", file=sys.stderr)
    if not found:
        parser.exit(1, f"No piece of work is named {asked.only!r}, or no peer could be timed.\n")
    print(json.dumps([asdict(row) for row in found], indent=1) if asked.json else as_table(found))
    if asked.picture:
        draw(found, asked.picture)


if __name__ == "__main__":
    main()
