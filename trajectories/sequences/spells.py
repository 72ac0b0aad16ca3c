"""Runs of the same state on the grid."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from trajectories.sequences.sequences import VOID, Sequences

if TYPE_CHECKING:
    import pandas as pd


def spells(lives: Sequences, domain: str | None = None) -> pd.DataFrame:
    """Every run of one state: who, which state, from which position on, for how many positions.

    Columns id, state, first (the position's name), length (in steps of the grid). A run of missing
    positions is a spell of state ``*``; void is none. An episode is what was coded, a spell what is left of
    it on the grid.
    """
    import pandas as pd

    layer = 0 if domain is None else lives.domain_index(domain)
    states = lives.states[:, layer, :]
    begins = np.ones(states.shape, dtype=bool)
    begins[:, 1:] = states[:, 1:] != states[:, :-1]
    person, first = np.nonzero(begins)
    ends = np.append(np.flatnonzero(begins.ravel())[1:], states.size)
    length = ends - (person * lives.length + first)
    state = states[person, first]
    real = state != VOID
    symbols = np.array([*lives.alphabets[layer], "*"], dtype=object)
    return pd.DataFrame({
        "id": np.array(lives.ids, dtype=object)[person[real]],
        "state": symbols[state[real]],
        "first": np.array(lives.positions)[first[real]],
        "length": length[real],
    })  # fmt: skip
