"""How states, missing and void are told to R."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from trajectories.errors import SettingError
from trajectories.sequences.sequences import MISSING, VOID, Sequences


def states_in_r(lives: Sequences, layer: int) -> tuple[str, ...]:
    """The alphabet of one domain in R: missing is one more state where any position of it is missing."""
    alphabet = lives.alphabets[layer]
    return (*alphabet, missing_state(alphabet)) if is_missing(lives)[:, layer].any() else alphabet


def missing_state(alphabet: tuple[str, ...]) -> str:
    """What the state of missing positions is called, so that no other state is.

    >>> missing_state(("a", "missing"))
    'missing_'
    """
    name = "missing"
    while name in alphabet:
        name += "_"
    return name


def is_missing(lives: Sequences) -> NDArray[np.bool_]:
    """Where a position is missing: nothing coded, or void in this domain but observed in another."""
    void = lives.states == VOID
    return np.asarray((lives.states == MISSING) | (void & ~void.all(axis=1, keepdims=True)))


def has_void(lives: Sequences) -> bool:
    """Whether any life ends before the window does."""
    return bool((lives.states == VOID).all(axis=1).any())


def require_observed_from_the_start(lives: Sequences) -> None:
    """Raise SettingError for lives that are void before their first observed position."""
    seen = ~(lives.states == VOID).all(axis=1)
    late = np.flatnonzero(~seen[:, 0])
    if late.size:
        raise SettingError(f"{late.size} lives are not observed from the beginning of the window (first: "
                           f"{lives.ids[late[0]]}), which TraMineR cannot hold. Analyse only lives observed "
                           "throughout (people: {complete: true}), or begin the window later.")  # fmt: skip
