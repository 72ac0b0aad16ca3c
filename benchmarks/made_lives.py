"""The lives that benchmarks are run on: made here, nobody's."""

from __future__ import annotations

import numpy as np

from trajectories.coding.codebook import Domain, State
from trajectories.sequences.grid import GivenGrid
from trajectories.sequences.sequences import Sequences


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
