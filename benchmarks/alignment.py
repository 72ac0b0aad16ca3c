"""How fast lives are aligned here, beside what others would do with the same lives on the same machine.

    python benchmarks/alignment.py [--quick] [--json] [--threads N] [--peers]

The lives are made in this script: spells of mean length 10, all lives different. The peers are the recursion
as every textbook writes it, one pair at a time in 64-bit floats, compiled by numba and spread over as many
threads; tslearn's LCSS where it is installed (one thread, fewer lives); and with ``--peers`` the whole family
beside sequenzo and TraMineR, where ``peers.py`` finds them. Ours is the best of three runs after a first one
that compiles, a slow peer's the second of two. Cells are pairs x length x length. On a
shared machine read the ratios, not the seconds.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import importlib.util
import json
import platform
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from functools import partial
from typing import Any

import numba
import numpy as np
from numpy.typing import NDArray

from trajectories.alignment.computing.blocks import Run, processors
from trajectories.alignment.costs.cost_rules import constant_costs, transition_costs
from trajectories.alignment.costs.costs import Costs
from trajectories.alignment.measures.basic import (
    Hamming,
    LongestCommonSubsequence,
    Measure,
    OptimalMatching,
)
from trajectories.alignment.measures.edits import LocalizedMatching, TimeWarpEdit
from trajectories.alignment.measures.spells import SpellLengthMatching, SpellMatching
from trajectories.alignment.measures.subsequences import SubsequenceVectors
from trajectories.alignment.measures.transitions import TransitionMatching
from trajectories.coding.codebook import Domain, State
from trajectories.sequences.grid import GivenGrid
from trajectories.sequences.sequences import Sequences

Array = NDArray[Any]


@dataclass(frozen=True)
class Row:
    """One piece of work: our time, a peer's, and how far our numbers are from the peer's."""

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


@numba.njit(nogil=True, cache=True)
def textbook_row(i: int, states: Array, tables: Array, indel: float, row: Array) -> None:
    """One life against all later ones: two rolling rows, three candidates a cell."""
    n, domains, length = states.shape
    before, here = np.empty(length + 1), np.empty(length + 1)
    for other in range(i + 1, n):
        for k in range(length + 1):
            before[k] = indel * k
        for j in range(length):
            here[0] = indel * (j + 1)
            for k in range(length):
                cost = 0.0
                for d in range(domains):
                    cost += tables[d, states[i, d, j], states[other, d, k]]
                here[k + 1] = min(before[k] + cost, before[k + 1] + indel, here[k] + indel)
            before, here = here, before
        row[other - i - 1] = before[length]


@numba.njit(nogil=True, cache=True)
def textbook_hamming_row(i: int, states: Array, tables: Array, indel: float, row: Array) -> None:
    n, domains, length = states.shape
    for other in range(i + 1, n):
        total = 0.0
        for d in range(domains):
            for j in range(length):
                total += tables[d, states[i, d, j], states[other, d, j]]
        row[other - i - 1] = total


def by_textbook(kernel: Callable[..., None], lives: Sequences, costs: Costs, threads: int) -> Array:
    """All pairs by one of the kernels above, rows spread over the threads."""
    widest = max(len(c.states) for c in costs.domains)
    tables = np.zeros((len(costs.domains), widest, widest))
    for table, c in zip(tables, costs.domains, strict=True):
        table[: len(c.states), : len(c.states)] = c.weight * c.substitution
    indel = sum(c.weight * float(c.indel[0]) for c in costs.domains)
    rows = [np.empty(lives.n - 1 - i) for i in range(lives.n)]
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(lambda i: kernel(i, lives.states, tables, indel, rows[i]), range(lives.n)))
    return np.concatenate(rows)


def by_tslearn(lives: Sequences) -> Array:
    """tslearn's LCSS (one thread, one pair at a time) turned into the dissimilarity of Elzinga."""
    from tslearn.metrics import lcss

    states = lives.states[:, 0, :].astype(float)
    shared = [lcss(states[i], states[j], eps=0.5) for i in range(lives.n) for j in range(i + 1, lives.n)]
    return 2 * lives.length * (1 - np.array(shared))


def best(work: Callable[[], Any], times: int) -> tuple[float, Any]:
    found, seconds = work(), []
    for _ in range(times):
        start = time.perf_counter()
        found = work()
        seconds.append(time.perf_counter() - start)
    return min(seconds), found


def row(name: str, lives: Sequences, measure: Measure, run: Run, peer: str, other: Callable[[], Array],
        version: str = "", *, repeat_peer: int = 1) -> Row:
    ours, found = best(lambda: measure.compare(lives, run), 3)
    theirs, expected = best(other, repeat_peer)
    return as_row(name, lives, run, (ours, found), (theirs, expected), (peer, version))


def as_row(name: str, lives: Sequences, run: Run, ours: tuple[float, Any], theirs: tuple[float, Array],
           peer: tuple[str, str]) -> Row:  # fmt: skip
    (seconds, found), (peer_seconds, expected) = ours, theirs
    error = float(np.max(np.abs(found.found - expected) / np.maximum(np.abs(expected), 1e-12)))
    cells = lives.n * (lives.n - 1) / 2 * lives.length**2
    sizes = " x ".join(str(len(alphabet)) for alphabet in lives.alphabets)
    return Row(name, lives.n, lives.length, sizes, run.threads or processors(), round(seconds, 4), *peer,
               round(peer_seconds, 4), round(peer_seconds / seconds, 1), cells / seconds, error,
               found.numbers)  # fmt: skip


def family(quick: bool) -> list[tuple[str, int, Callable[[Sequences], Measure], dict[str, Any]]]:
    """Each piece of work beside the peers: its name, how many lives, our measure, their call (TraMineR's
    names, which sequenzo shares)."""
    many, some = (500, 200) if quick else (2000, 1000)

    def rates(lives: Sequences) -> Costs:
        return transition_costs(lives)

    return [
        ("optimal matching, transition rates", many, lambda s: OptimalMatching(rates(s)),
         {"method": "OM", "sm": "TRATE", "indel": "auto"}),
        ("optimal matching, constant costs", many, lambda s: OptimalMatching(constant_costs(s)),
         {"method": "OM", "sm": "CONSTANT", "indel": 1}),
        ("longest common subsequence", many, lambda s: LongestCommonSubsequence(), {"method": "LCS"}),
        ("Hamming", many, lambda s: Hamming(), {"method": "HAM"}),
        ("spells", many, lambda s: SpellMatching(rates(s)),
         {"method": "OMspell", "sm": "TRATE", "indel": "auto", "expcost": 0.5}),
        ("spell-length-sensitive", some, lambda s: SpellLengthMatching(rates(s)),
         {"method": "OMslen", "sm": "TRATE", "indel": "auto"}),
        ("localized", some, lambda s: LocalizedMatching(rates(s), 0.1),
         {"method": "OMloc", "sm": "TRATE", "expcost": 0.1}),
        ("time-warp edit", some, lambda s: TimeWarpEdit(constant_costs(s), 0.5, 0.5),
         {"method": "TWED", "sm": "CONSTANT", "nu": 0.5, "h": 0.5}),
        ("transitions", some, lambda s: TransitionMatching(rates(s), 0.3),
         {"method": "OMstran", "sm": "TRATE", "otto": 0.3}),
        ("subsequence vectors", some, lambda s: SubsequenceVectors(), {"method": "SVRspell"}),
    ]  # fmt: skip


def beside_peers(quick: bool, threads: int) -> list[Row]:
    """The family beside every peer that is installed."""
    import peers

    run, found = Run("single", threads), []
    for name, n, measure, call in family(quick):
        lives = made_lives(n, 100, (8,))
        ours = best(partial(measure(lives).compare, lives, run), 3)
        for peer in (peers.time_sequenzo, peers.time_traminer):
            timed = peer(lives.states[:, 0], call, threads)
            if timed is not None:
                theirs = (timed.seconds, timed.condensed)
                found.append(as_row(name, lives, run, ours, theirs, (timed.peer, timed.version)))
    return found


def rows(quick: bool, threads: int) -> list[Row]:
    n = 500 if quick else 2000
    one, four = made_lives(n, 100, (8,)), made_lives(n, 60, (9, 8, 8, 9))
    few = made_lives(60, 100, (8,))
    single, double = Run("single", threads), Run("double", threads)
    rates, constant, several = transition_costs(one), constant_costs(one), transition_costs(four)
    plain = constant_costs(one, value=1)

    def book(lives: Sequences, costs: Costs, kernel: Any = textbook_row) -> Callable[[], Array]:
        return lambda: by_textbook(kernel, lives, costs, threads)

    told, versions = "textbook loop", f"numba {numba.__version__}"
    found = [
        row("optimal matching, transition rates", one, OptimalMatching(rates), single, told,
            book(one, rates), versions),
        row("optimal matching, transition rates, double", one, OptimalMatching(rates), double, told,
            book(one, rates), versions),
        row("optimal matching, constant costs", one, OptimalMatching(constant), single, told,
            book(one, constant), versions),
        row("optimal matching, four domains", four, OptimalMatching(several), single, told,
            book(four, several), versions),
        row("Hamming", one, Hamming(), single, told, book(one, plain, textbook_hamming_row), versions,
            repeat_peer=3),
        row("longest common subsequence", one, LongestCommonSubsequence(), single, told,
            book(one, constant), versions),
    ]  # fmt: skip
    if importlib.util.find_spec("tslearn"):
        version = f"tslearn {importlib.metadata.version('tslearn')}"
        found.append(row("longest common subsequence", few, LongestCommonSubsequence(), single, "LCSS",
                         lambda: by_tslearn(few), version))  # fmt: skip
    return found


def as_table(found: list[Row]) -> str:
    head = f"{'work':44}{'n':>6}{'length':>8}{'ours':>10}{'peer':>10}{'ratio':>8}"
    head += f"{'Gcells/s':>10}{'error':>10}  peer"
    lines = [
        f"{r.work:44}{r.n:6}{r.length:8}{r.ours_s:9.3f}s{r.peer_s:9.3f}s{r.ratio:8.1f}"
        f"{r.cells_per_s / 1e9:10.1f}{r.max_relative_error:10.1e}  {r.peer}, {r.peer_version}"
        for r in found
    ]
    machine = f"{platform.processor() or platform.machine()}, {found[0].threads} threads"
    return "\n".join([machine, head, *lines])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="fewer lives; ends within a minute")
    parser.add_argument("--json", action="store_true", help="one JSON list instead of a table")
    parser.add_argument("--threads", type=int, default=processors())
    parser.add_argument("--peers", action="store_true", help="the whole family, beside sequenzo and TraMineR")
    asked = parser.parse_args()
    found = (beside_peers if asked.peers else rows)(asked.quick, asked.threads)
    if not found:
        parser.exit(1, "No peer is installed; python benchmarks/peers.py install\n")
    print(json.dumps([asdict(r) for r in found], indent=1) if asked.json else as_table(found))


if __name__ == "__main__":
    main()
