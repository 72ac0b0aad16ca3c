"""Types of very many lives: ``python benchmarks/many_lives.py 100000``, with ``--dask`` on two local workers.

Made lives of six kinds, 60 positions, 8 states, spells of mean length ten; CLARA with 20 samples of 1,000
lives by optimal matching with transition rates into 6 types. Prints seconds, memory and how far the samples
agree.
"""

from __future__ import annotations

import argparse
import os
import resource
import time
from contextlib import ExitStack

import numpy as np
from numpy.typing import NDArray

import trajectories as tj
from trajectories.coding.codebook import Domain, State
from trajectories.sequences.grid import GivenGrid
from trajectories.typology.agreement import adjusted_rand, cross_counts

KINDS, LENGTH, STATES, STAY = 6, 60, 8, 10.0


def made_lives(n: int, seed: int = 1) -> tuple[tj.Sequences, NDArray[np.int64]]:
    """Lives, and of which kind each is: every kind has states of its own that it likes to be in."""
    chance = np.random.default_rng(seed)
    kind = chance.integers(KINDS, size=n)
    liked = chance.dirichlet(np.full(STATES, 0.3), size=KINDS).cumsum(axis=1)
    states = np.empty((n, 1, LENGTH), dtype=np.int16)
    here = _drawn(chance, liked[kind])
    for place in range(LENGTH):
        moving = chance.random(n) < (1 / STAY if place else 0)
        here = np.where(moving, _drawn(chance, liked[kind]), here)
        states[:, 0, place] = here
    alphabet = tuple(State(code=letter, label=letter) for letter in "abcdefgh"[:STATES])
    domain = Domain(name="place", label="Place", states=alphabet)
    ids = tuple(f"P{i}" for i in range(n))
    lives = tj.Sequences(states, ids, (domain,), tuple(range(LENGTH)), GivenGrid(), np.ones(n))
    return lives, kind


def _drawn(chance: np.random.Generator, shares: NDArray[np.float64]) -> NDArray[np.int64]:
    return np.minimum((chance.random(len(shares))[:, None] > shares).sum(axis=1), STATES - 1)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("lives", type=int)
    asked.add_argument("--dask", action="store_true")
    asked.add_argument("--size", type=int, default=1000)
    given = asked.parse_args()
    lives, kind = made_lives(given.lives)
    measure = tj.OptimalMatching(tj.transition_costs(lives))
    tj.clara(lives.select(lives.ids[:300]), measure, KINDS, samples=2)
    with ExitStack() as open_ones:
        client = None
        if given.dask:
            from distributed import Client, LocalCluster

            cluster = LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None)
            client = open_ones.enter_context(Client(open_ones.enter_context(cluster)))
        wall, processor = time.perf_counter(), time.process_time()
        found = tj.clara(lives, measure, KINDS, samples=20, size=given.size, client=client)
        wall, processor = time.perf_counter() - wall, time.process_time() - processor
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    latent = adjusted_rand(cross_counts(found.typology.types, kind, found.typology.k, KINDS))
    print(f"{given.lives:,} lives: {wall:.0f} s, {processor:.0f} s of this process, at most {most:.2f} GB, "
          f"load {os.getloadavg()[0]:.0f}")  # fmt: skip
    print(found)
    print(found.stability().sentence())
    print(f"Adjusted Rand index with the kinds they were made of: {latent:.2f}")


if __name__ == "__main__":
    main()
