"""How fast typologies are made and judged here, beside what others would do with the same dissimilarities.

    python benchmarks/typology.py [--quick] [--json]

The lives are those of benchmarks/made_lives.py. The peers: sequenzo in an interpreter of its own (all ten
indices over a Ward tree, PAM from the same medoids, the tree; see peers.py), the quality indices that numpy
and scikit-learn give (silhouette, point biserial, R2 and R2 of squares: four of our ten), FasterPAM of the
kmedoids package (one start against one start). Ours is the best of three runs after a first one that
compiles. Seconds are of the clock and of the processor, over all threads; the ratio is of the latter, since
others may be at work on the machine.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import json
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from trajectories.alignment.costs.cost_rules import transition_costs
from trajectories.alignment.dissimilarities import Dissimilarities
from trajectories.alignment.measures.basic import OptimalMatching
from trajectories.alignment.pairwise import dissimilarities
from trajectories.sequences.sequences import Sequences
from trajectories.typology.clara import clara
from trajectories.typology.hierarchy import hierarchy
from trajectories.typology.null_models import null_models
from trajectories.typology.partition import partition
from trajectories.typology.quality import cluster_quality, partition_quality
from trajectories.typology.stability import bootstrap_stability
from trajectories.typology.weighted_medoids import loss, weighted_fasterpam

Array = NDArray[Any]


@dataclass(frozen=True)
class Row:
    """One piece of work: our time, a peer's where there is one, and how far our numbers are from theirs."""

    work: str
    n: int
    ours_s: float
    ours_cpu_s: float
    peer: str = ""
    peer_s: float | None = None
    peer_cpu_s: float | None = None
    ratio: float | None = None
    error: float | None = None


Seconds = tuple[float, float]
"""Of the clock and of the processor."""


def best(work: Callable[[], Any], times: int) -> tuple[Seconds, Any]:
    seconds, found = [], None
    for _ in range(times):
        start, used = time.perf_counter(), time.process_time()
        found = work()
        seconds.append((time.process_time() - used, time.perf_counter() - start))
    cpu, clock = min(seconds)
    return (round(clock, 4), round(cpu, 4)), found


def beside(work: str, n: int, ours: Callable[[], Any], peer: str = "",
           theirs: Callable[[], Any] | None = None, error: Callable[[Any, Any], float] | None = None,
           *, times: int = 3) -> Row:  # fmt: skip
    ours()
    seconds, found = best(ours, times)
    if theirs is None:
        return Row(work, n, *seconds)
    other, expected = best(theirs, 1)
    wrong = error(found, expected) if error else None
    return Row(work, n, *seconds, peer, *other, round(other[1] / max(seconds[1], 1e-4), 1), wrong)


def beside_sequenzo(work: str, diss: Dissimilarities, ours: Callable[[], Any], call: dict[str, Any],
                    error: Callable[[Any, Array], float]) -> list[Row]:
    """Ours before and after theirs, the best of all; nothing where sequenzo is not installed."""
    from peers import sequenzo_version

    ours()
    before, found = best(ours, 3)
    timed = timed_by_sequenzo(diss.square(), call)
    if timed is None:
        return []
    after, _ = best(ours, 3)
    (cpu, clock), (other, expected) = min(before[::-1], after[::-1]), timed
    ratio = round(other[1] / max(cpu, 1e-4), 1)
    peer = f"sequenzo {sequenzo_version()}"
    return [Row(work, diss.n, clock, cpu, peer, round(other[0], 4), round(other[1], 4), ratio,
                error(found, expected))]  # fmt: skip


def timed_by_sequenzo(square: Array, call: dict[str, Any]) -> tuple[Seconds, Array] | None:
    """One piece of sequenzo's clustering on a square matrix, with two threads: seconds, and what it found;
    None when it is not installed or fails."""
    from peers import HERE, LIMIT, PYTHON, sequenzo_version

    if sequenzo_version() is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        square.astype(np.float64).tofile(place / "square.bin")
        (place / "call.json").write_text(json.dumps(call | {"threads": 2}), encoding="utf-8")
        command = [str(PYTHON), str(HERE / "peer_sequenzo_types.py"), folder]
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=LIMIT)
        except (subprocess.SubprocessError, OSError) as error:
            print(f"sequenzo could not be timed ({call['work']}): {error}", file=sys.stderr)
            return None
        seconds = json.loads((place / "seconds.json").read_text(encoding="utf-8"))
        found = np.fromfile(place / "found.bin", dtype=np.float64)
    return (float(seconds["seconds"]), float(seconds["cpu"])), found


def four_indices(square: Array, labels: Array) -> tuple[float, float, float, float]:
    """PBC, ASW, R2, R2sq as one writes them with numpy and scikit-learn."""
    from sklearn.metrics import silhouette_score

    apart = (labels[:, None] != labels).astype(float)
    pbc = float(np.corrcoef(square.ravel(), apart.ravel())[0, 1])
    shares = []
    for matrix in (square, square**2):
        inside = 0.0
        for t in np.unique(labels):
            own = labels == t
            inside += matrix[np.ix_(own, own)].sum() / (2 * own.sum())
        shares.append(1 - inside / (matrix.sum() / (2 * len(labels))))
    return pbc, float(silhouette_score(square, labels, metric="precomputed")), *shares


def rows(quick: bool) -> list[Row]:
    n = 500 if quick else 2000
    lives = _made(n)
    measure = OptimalMatching(transition_costs(lives))
    diss = dissimilarities(lives, measure)
    return [*_sequenzo(diss, quick), *_quality(diss, quick), *_medoids(diss),
            *_stability(lives, measure, diss, quick), _many(quick)]  # fmt: skip


def _sequenzo(diss: Dissimilarities, quick: bool) -> list[Row]:
    from trajectories.typology.quality import INDICES

    square, weights, k = diss.square(), np.ones(diss.n), 10 if quick else 20
    begin = np.random.default_rng(5).choice(diss.n, size=5, replace=False)
    exact = [i for i, name in enumerate(INDICES) if not name.startswith("HG")]

    def judged() -> Array:
        return partition_quality(diss, range(2, k + 1), method="ward_d")[list(INDICES)].to_numpy(float)

    def medoids() -> float:
        return loss(square, weights, weighted_fasterpam(square, weights, begin, np.arange(diss.n)))

    def apart(found: Array, expected: Array) -> float:
        theirs = expected.reshape(k - 1, -1)
        return float(np.abs(found[:, exact] / theirs[:, exact] - 1).max())

    return [
        *beside_sequenzo(f"ten indices over a Ward (D) tree, k = 2 to {k}", diss, judged,
                         {"work": "quality", "k": k}, apart),
        *beside_sequenzo("PAM from the same medoids, k = 5", diss, medoids,
                         {"work": "medoids", "k": 5, "begin": (begin + 1).tolist()},
                         lambda a, b: (a - b[0]) / b[0]),
        *beside_sequenzo("Ward (D) tree", diss, lambda: hierarchy(diss, "ward_d").heights, {"work": "tree"},
                         lambda a, b: float(np.abs(a - b).max() / a.max())),
    ]  # fmt: skip


def _quality(diss: Dissimilarities, quick: bool) -> list[Row]:
    square, ks = diss.square(), range(2, 11 if quick else 21)
    tree = hierarchy(diss, "ward_d")
    labels = [tree.cut(k).types for k in ks]

    def by_numpy() -> list[tuple[float, ...]]:
        return [four_indices(square, one) for one in labels]

    def error(found: Any, expected: Any) -> float:
        ours = found[["PBC", "ASW", "R2", "R2sq"]].to_numpy()
        return float(np.abs(ours - np.array(expected)).max())

    told = f"numpy, scikit-learn {importlib.metadata.version('scikit-learn')}, four of ten"
    span = f"k = 2 to {ks[-1]}"
    return [
        beside(f"ten indices, Ward (D) tree, {span}", diss.n,
               lambda: partition_quality(diss, ks, method="ward_d"), told, by_numpy, error),
        beside(f"ten indices, PAM (11 starts), {span}", diss.n, lambda: partition_quality(diss, ks), times=1),
        beside("ten indices, one typology", diss.n, lambda: cluster_quality(diss, tree.cut(5))),
    ]  # fmt: skip


def _medoids(diss: Dissimilarities) -> list[Row]:
    import kmedoids

    square, weights = diss.square(), np.ones(diss.n)
    told, found = f"kmedoids {importlib.metadata.version('kmedoids')}", []
    for k in (5, 20):
        begin = np.random.default_rng(k).choice(diss.n, size=k, replace=False)

        def ours(begin: Array = begin) -> float:
            return loss(square, weights, weighted_fasterpam(square, weights, begin, np.arange(diss.n)))

        def theirs(begin: Array = begin) -> float:
            return float(kmedoids.fasterpam(square, begin.astype(np.uint64), n_cpu=1).loss)

        found.append(beside(f"FasterPAM, one start, k = {k}", diss.n, ours, told, theirs,
                            lambda a, b: abs(a - b) / b))  # fmt: skip
    found.append(beside("types by PAM, 11 starts, k = 5", diss.n, lambda: partition(diss, 5)))
    return found


def _stability(lives: Sequences, measure: OptimalMatching, diss: Dissimilarities, quick: bool) -> list[Row]:
    few = 240 if not quick else 120
    part, some = diss.select(diss.ids[:few]), lives.select(lives.ids[:few])
    return [
        beside("bootstrap stability, k = 5, 100 samples", few, lambda: bootstrap_stability(part, 5), times=1),
        beside("null models, k = 2 to 10, 100 repetitions", few,
               lambda: null_models(some, measure, range(2, 11)), times=1),
    ]  # fmt: skip


def _many(quick: bool) -> Row:
    n = 10_000 if quick else 100_000
    lives = _made(n, 60)
    measure = OptimalMatching(transition_costs(lives))
    seconds, _ = best(lambda: clara(lives, measure, 5), 1)
    return Row("CLARA, 60 positions, k = 5, 20 samples", n, *seconds)


def _made(n: int, length: int = 100) -> Sequences:
    sys.path.insert(0, str(Path(__file__).parent))
    from made_lives import made_lives

    return made_lives(n, length, (8,))


def as_table(found: list[Row]) -> str:
    head = ("work", "n", "ours", "(cpu)", "peer", "(cpu)", "ratio", "error")
    lines = [platform.processor() or platform.machine(),
             "{:46}{:>8}{:>9}{:>9}{:>10}{:>10}{:>8}{:>10}".format(*head)]  # fmt: skip
    for r in found:
        peer = ""
        if r.peer_s is not None and r.error is not None:
            peer = f"{r.peer_s:10.3f}{r.peer_cpu_s:10.3f}{r.ratio:8.1f}{r.error:10.1e}  {r.peer}"
        lines.append(f"{r.work:46}{r.n:8}{r.ours_s:9.3f}{r.ours_cpu_s:9.3f}{peer}")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="fewer lives; ends within a minute")
    parser.add_argument("--json", action="store_true", help="one JSON list instead of a table")
    asked = parser.parse_args()
    found = rows(asked.quick)
    print(json.dumps([asdict(r) for r in found], indent=1) if asked.json else as_table(found))


if __name__ == "__main__":
    main()
