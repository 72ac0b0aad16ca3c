"""How fast typologies are made and judged here, beside what others would do with the same dissimilarities.

    python benchmarks/typology.py [--quick] [--json]

The lives are those of benchmarks/alignment.py. The peers: the quality indices that numpy and scikit-learn
give (silhouette, point biserial, R2 and R2 of squares: four of our ten), FasterPAM of the kmedoids package
(one start against one start). Ours is the best of three runs after a
first one that compiles. On a shared machine read the ratios, not the seconds.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import json
import platform
import sys
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
    peer: str = ""
    peer_s: float | None = None
    ratio: float | None = None
    error: float | None = None


def best(work: Callable[[], Any], times: int) -> tuple[float, Any]:
    seconds, found = [], None
    for _ in range(times):
        start = time.perf_counter()
        found = work()
        seconds.append(time.perf_counter() - start)
    return min(seconds), found


def beside(work: str, n: int, ours: Callable[[], Any], peer: str = "",
           theirs: Callable[[], Any] | None = None, error: Callable[[Any, Any], float] | None = None,
           *, times: int = 3) -> Row:  # fmt: skip
    ours()
    seconds, found = best(ours, times)
    if theirs is None:
        return Row(work, n, round(seconds, 4))
    other, expected = best(theirs, 1)
    wrong = error(found, expected) if error else None
    return Row(work, n, round(seconds, 4), peer, round(other, 4), round(other / seconds, 1), wrong)


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
    return [*_quality(diss, quick), *_medoids(diss), *_stability(lives, measure, diss, quick), _many(quick)]


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
    return Row("CLARA, 60 positions, k = 5, 20 samples", n, round(seconds, 4))


def _made(n: int, length: int = 100) -> Sequences:
    sys.path.insert(0, str(Path(__file__).parent))
    from alignment import made_lives

    return made_lives(n, length, (8,))


def as_table(found: list[Row]) -> str:
    lines = [f"{platform.processor() or platform.machine()}"]
    lines.append(f"{'work':48}{'n':>8}{'ours':>10}{'peer':>10}{'ratio':>8}{'error':>10}  peer")
    for r in found:
        peer = f"{r.peer_s:9.3f}s{r.ratio:8.1f}{r.error:10.1e}  {r.peer}" if r.peer_s is not None else ""
        lines.append(f"{r.work:48}{r.n:8}{r.ours_s:9.3f}s{peer}")
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
