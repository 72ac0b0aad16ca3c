"""Times one piece of sequenzo's clustering in its own interpreter: python peer_sequenzo_types.py FOLDER (see
peers.py)."""

from __future__ import annotations

import contextlib
import io
import json
import os
import sys
import time
from pathlib import Path
from typing import Any

folder = Path(sys.argv[1])
call = json.loads((folder / "call.json").read_text(encoding="utf-8"))
for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMBA_NUM_THREADS"):
    os.environ[name] = str(call["threads"])

import numpy as np  # noqa: E402


def quality(square: Any) -> Any:
    from sequenzo.clustering import ClusterQuality

    found = ClusterQuality(square, max_clusters=call["k"], clustering_method="ward_d")
    return np.array([found.original_scores[name] for name in found.metric_order]).T


def medoids(square: Any) -> Any:
    from sequenzo.clustering import KMedoids

    found = KMedoids(square, call["k"], initialclust=np.array(call["begin"]), method="PAMonce", verbose=False,
                     threads=call["threads"])  # fmt: skip
    places = np.unique(np.asarray(found)) - 1
    return np.array([square[:, places].min(axis=1).sum()])


def tree(square: Any) -> Any:
    from sequenzo.clustering import Cluster

    ids = [f"P{i}" for i in range(len(square))]
    return np.asarray(Cluster(square, ids, clustering_method="ward_d").linkage_matrix)[:, 2]


square = np.fromfile(folder / "square.bin", dtype=np.float64)
square = square.reshape(int(np.sqrt(len(square))), -1)
work = {"quality": quality, "medoids": medoids, "tree": tree}[call["work"]]
with contextlib.redirect_stdout(io.StringIO()):
    if call["work"] != "medoids":
        work(np.ascontiguousarray(square[:60, :60]))
    start, cpu = time.perf_counter(), time.process_time()
    found = work(square)
    seconds, used = time.perf_counter() - start, time.process_time() - cpu
np.ascontiguousarray(found, dtype=np.float64).tofile(folder / "found.bin")
(folder / "seconds.json").write_text(json.dumps({"seconds": seconds, "cpu": used}), encoding="utf-8")
