"""Lives made in code: one letter a position, several domains."""

from __future__ import annotations

from typing import Any

import numpy as np

from trajectories.coding.codebook import Domain, State
from trajectories.sequences.grid import GivenGrid
from trajectories.sequences.sequences import MISSING, VOID, Sequences


def lives(*domains: list[str], weights: Any = None, letters: str = "ABCDEF", ids: Any = None) -> Sequences:
    """``lives(["AAB", "AB*"], ...)``: one list a domain, one word a person; ``*`` missing, ``%`` void."""
    number = {letter: i for i, letter in enumerate(letters)} | {"*": MISSING, "%": VOID}
    states = np.array([[[number[x] for x in word] for word in words] for words in domains], dtype=np.int16)
    names = ("location", "legal", "activism", "emotion")
    alphabets = tuple(
        Domain(name=names[i], label=names[i].title(),
               states=tuple(State(code=x.lower(), label=x) for x in letters))
        for i in range(len(domains))
    )  # fmt: skip
    n, length = states.shape[1:]
    people = tuple(ids) if ids is not None else tuple(f"P{i}" for i in range(n))
    return Sequences(states.transpose(1, 0, 2), people, alphabets, tuple(range(length)), GivenGrid(),
                     np.ones(n) if weights is None else np.asarray(weights, dtype=float))  # fmt: skip


def random_lives(n: int, length: int, size: int, seed: int, move: float = 0.15) -> Sequences:
    """Lives in one domain that change state now and then."""
    chance = np.random.default_rng(seed)
    words = []
    for _ in range(n):
        word = [int(chance.integers(size))]
        for _ in range(length - 1):
            word.append(int(chance.integers(size)) if chance.random() < move else word[-1])
        words.append("".join("ABCDEF"[x] for x in word))
    return lives(words, letters="ABCDEF"[:size])
