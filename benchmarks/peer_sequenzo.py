"""Times one call of sequenzo in its own interpreter: python peer_sequenzo.py FOLDER (see peers.py)."""

from __future__ import annotations

import contextlib
import io
import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

folder = Path(sys.argv[1])
call: dict[str, Any] = json.loads((folder / "call.json").read_text(encoding="utf-8"))
threads, domains, times = str(call.pop("threads")), call.pop("domains"), call.pop("times")
for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMBA_NUM_THREADS"):
    os.environ[name] = threads

import numpy as np  # noqa: E402
import pandas as pd  # noqa: E402
from sequenzo import SequenceData, get_distance_matrix  # noqa: E402
from sequenzo.multidomain.cat import compute_cat_distance_matrix  # noqa: E402


def lives(table: pd.DataFrame) -> Any:
    """One domain's sequences."""
    table = table.copy()
    table.columns = [str(place) for place in range(table.shape[1])]
    states = sorted(pd.unique(table.to_numpy().ravel()), key=lambda code: int(code[1:]))
    time_points = list(table.columns)
    table.insert(0, "id", [f"P{i}" for i in range(len(table))])
    return SequenceData(table, time=time_points, states=states, labels=states, id_col="id")


def compare(data: list[Any]) -> Any:
    if domains == 1:
        return get_distance_matrix(seqdata=data[0], **call)
    every = {key: [value] * domains if key == "sm" else value for key, value in call.items()}
    return compute_cat_distance_matrix(data, what="diss", **every)


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    start = time.perf_counter()
    found = work()
    return time.perf_counter() - start, found


with contextlib.redirect_stdout(io.StringIO()):
    read = pd.read_csv(folder / "states.csv", header=None, dtype=str)
    width = read.shape[1] // domains
    tables = [read.iloc[:, d * width : (d + 1) * width] for d in range(domains)]
    compare([lives(table.head(20)) for table in tables])
    given, seconds, found = [lives(table) for table in tables], [], None
    while len(seconds) < times and sum(seconds) < 15:
        (folder / "begun").touch()
        took, found = timed(lambda: compare(given))
        seconds.append(took)

square = np.asarray(found, dtype=np.float64)
square[np.triu_indices(len(square), 1)].tofile(folder / "condensed.bin")
(folder / "seconds.json").write_text(json.dumps({"seconds": statistics.median(seconds)}), encoding="utf-8")
