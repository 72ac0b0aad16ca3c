"""What the lives of a sample look like, position by position."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from trajectories.errors import SettingError
from trajectories.sequences.sequences import Sequences

if TYPE_CHECKING:
    import pandas as pd

EVERYBODY = "all"


def state_distribution(lives: Sequences, domain: str | None = None,
                       groups: Mapping[str, Sequence[str]] | None = None) -> pd.DataFrame:
    """How many people, and which share of those observed, are in each state at each position.

    One row per domain, group, position and state; columns domain, group, position, state, label, n,
    observed, share. ``n`` counts people in the state, ``observed`` those with any state there (missing and
    void excluded); ``share`` is weighted by the case weights, n / observed when all weigh the same, and
    empty where nobody is observed. ``groups`` maps a label to ids (ids without a sequence are passed over);
    without it there is one group, "all".
    """
    import pandas as pd

    layers = range(len(lives.domains)) if domain is None else [lives.domain_index(domain)]
    parts = [_distribution(lives, layer, name, members)
             for layer in layers for name, members in _members(lives, groups).items()]  # fmt: skip
    return pd.concat(parts, ignore_index=True)


def _distribution(lives: Sequences, layer: int, group: str, members: NDArray[np.intp]) -> pd.DataFrame:
    import pandas as pd

    domain = lives.domains[layer]
    states, size, length = lives.states[members, layer, :], len(domain.states), lives.length
    count = _counts(states, size, None)
    weight = _counts(states, size, lives.weights[members])
    observed, total = count.sum(axis=1), weight.sum(axis=1)
    share = np.divide(weight, total[:, None], out=np.full(weight.shape, np.nan), where=total[:, None] > 0)
    return pd.DataFrame({
        "domain": domain.name,
        "group": group,
        "position": np.repeat(np.array(lives.positions), size),
        "state": np.tile(np.array(domain.alphabet, dtype=object), length),
        "label": np.tile(np.array([state.label for state in domain.states], dtype=object), length),
        "n": count.astype(np.int64).ravel(),
        "observed": np.repeat(observed.astype(np.int64), size),
        "share": share.ravel(),
    })  # fmt: skip


def entropy(lives: Sequences, domain: str | None = None) -> pd.DataFrame:
    """How mixed the states of a position are: 0 when all are in one state, 1 when every state is equally
    common.

    Columns domain, position, observed, entropy: Shannon's entropy of the (weighted) shares, divided by the
    logarithm of the size of the alphabet (Billari 2001); empty where nobody is observed.
    """
    import pandas as pd

    table = state_distribution(lives, domain)
    parts = []
    for name, rows in table.groupby("domain", sort=False):
        size = len(lives.domains[lives.domain_index(str(name))].states)
        share = rows["share"].to_numpy().reshape(-1, size)
        surprise = np.where(share > 0, -share * np.log(np.where(share > 0, share, 1.0)), 0.0)
        value = surprise.sum(axis=1) / np.log(size) if size > 1 else np.zeros(len(share))
        value[np.isnan(share).any(axis=1)] = np.nan
        observed = rows["observed"].to_numpy()[::size]
        parts.append(pd.DataFrame({"domain": name, "position": list(lives.positions),
                                   "observed": observed, "entropy": value}))  # fmt: skip
    return pd.concat(parts, ignore_index=True)


def _members(lives: Sequences, groups: Mapping[str, Sequence[str]] | None) -> dict[str, NDArray[np.intp]]:
    if groups is None:
        return {EVERYBODY: np.arange(lives.n)}
    if not groups:
        raise SettingError("There are no groups to describe; leave groups out to describe everybody.")
    where = {person: i for i, person in enumerate(lives.ids)}
    return {
        str(name): np.array([where[person] for person in ids if person in where], dtype=np.intp)
        for name, ids in groups.items()
    }


def _counts(states: NDArray[np.int16], size: int, weights: NDArray[np.float64] | None) -> NDArray[np.float64]:
    """People (or their weight) in each state at each position: (positions, states)."""
    length = states.shape[1]
    row, position = np.nonzero(states >= 0)
    cell = position * size + states[row, position]
    given = None if weights is None else weights[row]
    found = np.bincount(cell, weights=given, minlength=length * size)
    return found.astype(np.float64).reshape(length, size)
