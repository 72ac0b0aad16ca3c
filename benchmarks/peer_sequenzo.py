"""Times one call of sequenzo in its own interpreter: python peer_sequenzo.py FOLDER (see peers.py)."""

from __future__ import annotations

import contextlib
import io
import json
import os
import sys
import time
from pathlib import Path

folder = Path(sys.argv[1])
call = json.loads((folder / "call.json").read_text(encoding="utf-8"))
threads = str(call.pop("threads"))
for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMBA_NUM_THREADS"):
    os.environ[name] = threads

import numpy as np  # noqa: E402
import pandas as pd  # noqa: E402

with contextlib.redirect_stdout(io.StringIO()):
    from sequenzo import SequenceData, get_distance_matrix

    table = pd.read_csv(folder / "states.csv", header=None, dtype=str)
    table.columns = [str(place) for place in range(table.shape[1])]
    states = sorted(pd.unique(table.to_numpy().ravel()), key=lambda code: int(code[1:]))
    table.insert(0, "id", [f"P{i}" for i in range(len(table))])
    given = {"time": list(table.columns[1:]), "states": states, "labels": states, "id_col": "id"}
    data = SequenceData(table, **given)
    few = SequenceData(table.head(20), **given)
    get_distance_matrix(seqdata=few, **call)
    start = time.perf_counter()
    found = get_distance_matrix(seqdata=data, **call)
    seconds = time.perf_counter() - start

square = np.asarray(found, dtype=np.float64)
square[np.triu_indices(len(square), 1)].tofile(folder / "condensed.bin")
(folder / "seconds.json").write_text(json.dumps({"seconds": seconds}), encoding="utf-8")
