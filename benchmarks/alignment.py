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
``from_peer``. ``--growth`` instead shows how time and memory grow (``growth.py``), ``--first-call`` how long
the first result takes (``first_call.py``). On a shared machine read the ratios, not the seconds. For the
spell-length-sensitive, localized and transition measures sequenzo's numbers are others (``from_peer`` is
large); ours are TraMineR's, which ``tests/alignment`` shows.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
from made_lives import made_lives
from numpy.typing import NDArray
from pieces_of_work import SIZES, Work, works
from rows import Row, as_table, draw
from timing import timings

from trajectories.alignment.computing.blocks import Run
from trajectories.alignment.measures.basic import DynamicHamming, Measure, OptimalMatching
from trajectories.alignment.pairwise import of_people
from trajectories.processors import processors
from trajectories.sequences.sequences import Sequences

Array = NDArray[Any]


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
    asked = parser.parse_args()
    if asked.growth:
        from growth import growth

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
