"""Optimal matching of moments, each a set of events; import only where dissimilarities are computed."""

from __future__ import annotations

import numpy as np

from trajectories.alignment.kernels.savings import Array
from trajectories.sequences.compiling import compiled


@compiled
def events_row(apart: Array, alone: Array, shift: float, sets: Array, times: Array, lengths: Array,
               one: int, first: int, last: int, found: Array) -> None:
    """Life ``one`` with lives ``first`` to before ``last``: ``sets`` and ``times`` (lives, moments) say what
    happens when; ``apart`` (sets, sets) prices the events in one of two sets only, ``alone`` (sets,) all of a
    set, ``shift`` a unit of time."""
    cost = np.empty(sets.shape[1] + 1)
    for other in range(first, last):
        cost[0] = 0.0
        for j in range(lengths[other]):
            cost[j + 1] = cost[j] + alone[sets[other, j]]
        for i in range(lengths[one]):
            own = alone[sets[one, i]]
            corner = cost[0]
            cost[0] += own
            for j in range(lengths[other]):
                matched = corner + apart[sets[one, i], sets[other, j]]
                matched += shift * abs(times[one, i] - times[other, j])
                corner = cost[j + 1]
                cost[j + 1] = min(matched, corner + own, cost[j] + alone[sets[other, j]])
        found[other - first] = cost[lengths[other]]
