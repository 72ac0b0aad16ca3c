"""What the tests of alignment share: reference values, made lives, a textbook alignment to compare with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from trajectories.coding.codebook import Domain
from trajectories.sequences.grid import GivenGrid
from trajectories.sequences.read import GivenState, read_sequences
from trajectories.sequences.sequences import MISSING, VOID, Sequences

FOLDER = Path(__file__).parents[1] / "reference" / "alignment"
FILES = {"s60": "s60", "sw60": "s60", "s68": "s68_unequal", "s70": "s70_missing", "s78": "s78_mixed"}
DOMAINS = ("location", "legal", "activism")


@cache
def lives_of(name: str) -> Sequences:
    """A reference sample; ``sw60`` is weighted, ``mc`` has three domains, ``mc_missing`` also gaps."""
    if name.startswith("mc"):
        return _domains(*DOMAINS[:2], "activism_missing" if name == "mc_missing" else "activism",
                        weighted=name == "mc_weighted")  # fmt: skip
    weights = pd.read_csv(FOLDER / "s60_covariates.csv")["weight"] if name == "sw60" else None
    return read_sequences(FOLDER / f"{FILES[name]}.csv", weights=weights)


def _domains(*files: str, weighted: bool) -> Sequences:
    read = [read_sequences(FOLDER / f"mc_{file}.csv") for file in files]
    domains = tuple(Domain(name=name, label=name, states=lives.domains[0].states)
                    for name, lives in zip(DOMAINS, read, strict=True))  # fmt: skip
    weights = pd.read_csv(FOLDER / "mc_weights.csv")["weight"].to_numpy() if weighted else read[0].weights
    states = np.concatenate([lives.states for lives in read], axis=1)
    return replace(read[0], states=states, domains=domains, weights=weights)


@cache
def dissimilarity(name: str) -> NDArray[np.float64]:
    """A condensed matrix of the reference."""
    with np.load(FOLDER / "dissimilarities.npz") as arrays:
        return np.asarray(arrays[name])


@cache
def table(name: str) -> NDArray[np.float64]:
    with np.load(FOLDER / "tables.npz") as arrays:
        return np.asarray(arrays[name])


def made(states: Sequence[Sequence[Sequence[int]]] | NDArray[np.int16], sizes: Sequence[int]) -> Sequences:
    """Lives from state numbers (people, domains, positions), with alphabets of the given sizes."""
    layers = np.asarray(states, dtype=np.int16)
    domains = tuple(
        Domain(name=f"d{i}", label="", states=tuple(GivenState(code=f"s{k}", label="") for k in range(size)))
        for i, size in enumerate(sizes)
    )
    ids = tuple(f"P{i}" for i in range(len(layers)))
    return Sequences(layers, ids, domains, tuple(range(layers.shape[2])), GivenGrid(), np.ones(len(ids)))


def textbook(a: NDArray[np.int16], b: NDArray[np.int16], tables: Sequence[NDArray[np.float64]],
             indels: Sequence[NDArray[np.float64]]) -> float:
    """Optimal matching of two lives (domains, positions), by the recursion as every textbook writes it.

    Tables and indels have missing as their last state. Positions void in every domain do not exist.
    """

    def observed(life: NDArray[np.int16]) -> list[list[int]]:
        kept = life[:, (life != VOID).any(axis=0)].T
        assert MISSING < 0
        return [[s if s >= 0 else len(t) - 1 for s, t in zip(place, tables, strict=True)] for place in kept]

    one, other = observed(a), observed(b)

    def indel(place: list[int]) -> float:
        return float(sum(i[s] for i, s in zip(indels, place, strict=True)))

    cost = np.zeros((len(one) + 1, len(other) + 1))
    cost[1:, 0] = np.cumsum([indel(place) for place in one])
    cost[0, 1:] = np.cumsum([indel(place) for place in other])
    for i, x in enumerate(one, 1):
        for j, y in enumerate(other, 1):
            substitution = float(sum(t[s, r] for t, s, r in zip(tables, x, y, strict=True)))
            cost[i, j] = min(cost[i - 1, j - 1] + substitution, cost[i - 1, j] + indel(x),
                             cost[i, j - 1] + indel(y))  # fmt: skip
    return float(cost[-1, -1])
