"""Reference values of WeightedCluster and small made-up dissimilarities."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from trajectories.alignment.dissimilarities import Dissimilarities

REFERENCE = Path(__file__).parent.parent / "reference" / "typology"


def made(square: Any, weights: Any = None, ids: Any = None) -> Dissimilarities:
    full = np.asarray(square, dtype=float)
    n = len(full)
    return Dissimilarities(
        full[np.triu_indices(n, 1)],
        tuple(ids) if ids is not None else tuple(f"P{i}" for i in range(n)),
        "made up",
        np.ones(n) if weights is None else np.asarray(weights, dtype=float),
    )


def on_a_line(places: Any, weights: Any = None) -> Dissimilarities:
    """People whose dissimilarity is how far apart they stand."""
    where = np.asarray(places, dtype=float)
    return made(np.abs(where[:, None] - where), weights)


def scattered(n: int, seed: int, weights: Any = None) -> Dissimilarities:
    points = np.random.default_rng(seed).normal(size=(n, 3))
    return made(np.sqrt(((points[:, None] - points) ** 2).sum(axis=2)), weights)


def reference_square() -> pd.DataFrame:
    return pd.read_csv(REFERENCE / "REF_s60_OM_trate.csv", index_col=0)


def reference_weights() -> NDArray[np.float64]:
    return pd.read_csv(REFERENCE / "s60_covariates.csv")["weight"].to_numpy(float)


def reference(weighted: bool = False) -> Dissimilarities:
    table = reference_square()
    return made(table.to_numpy(), reference_weights() if weighted else None, table.index)


def numbers(name: str) -> Any:
    return json.loads((REFERENCE / name).read_text(encoding="utf-8"))


def rows(name: str) -> list[list[str]]:
    """A CSV file without its header."""
    with (REFERENCE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))[1:]


def same_partition(one: Any, other: Any) -> bool:
    """Whether two labellings put the same people together."""
    pairs = set(zip(list(one), list(other), strict=True))
    return len(pairs) == len(set(one)) == len(set(other))
