"""From which state to which: transition rates."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from trajectories.sequences.sequences import Sequences, States

if TYPE_CHECKING:
    import pandas as pd

Rates = NDArray[np.float64]


def transition_counts(layer: States, size: int, weights: NDArray[np.float64]) -> Rates:
    """Weighted transitions at each step, (positions - 1, from, to): from position t to t + 1.

    ``layer`` is (people, positions). A step from or to a position without a state counts for nothing.
    """
    before, after = layer[:, :-1], layer[:, 1:]
    person, step = np.nonzero((before >= 0) & (after >= 0))
    cell = (step * size + before[person, step]) * size + after[person, step]
    steps = max(layer.shape[1] - 1, 0)
    counts = np.bincount(cell, weights=weights[person], minlength=steps * size * size)
    return counts.astype(np.float64).reshape(steps, size, size)


def rates_of(counts: Rates) -> Rates:
    """Each row of counts (..., from, to) divided by its sum; zeros where nobody was in the state."""
    total = counts.sum(axis=-1, keepdims=True)
    return np.asarray(np.divide(counts, total, out=np.zeros_like(counts), where=total > 0))


def transition_rates(lives: Sequences, domain: str | None = None) -> pd.DataFrame:
    """How likely a person in one state is to be in each state one position later.

    A square table: a row per state left, a column per state entered; each row sums to 1, or to 0 for a
    state that nobody was in before its last position. Over all positions, weighted by the case weights;
    steps from or to a missing position are passed over.
    """
    import pandas as pd

    layer = 0 if domain is None else lives.domain_index(domain)
    alphabet = list(lives.alphabets[layer])
    counts = transition_counts(lives.states[:, layer, :], len(alphabet), lives.weights).sum(axis=0)
    return pd.DataFrame(rates_of(counts), index=pd.Index(alphabet, name="from"),
                        columns=pd.Index(alphabet, name="to"))  # fmt: skip
