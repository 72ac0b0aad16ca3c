"""Matching of spells told position by position: which of the positions of a spell costs what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from trajectories.alignment.costs.costs import Numbers
from trajectories.alignment.explaining.way import Place, Walk, cheapest


@dataclass(frozen=True, eq=False)
class Spells:
    """The spells of one life: their ``states``, and what each position of a spell costs that is deleted or
    inserted (``positions``, an array a spell: first the indel, then what each further one adds)."""

    states: NDArray[np.int32]
    positions: list[Numbers]

    @property
    def alone(self) -> Numbers:
        """What each spell costs alone."""
        return np.array([costs.sum() for costs in self.positions])

    @property
    def further(self) -> Numbers:
        """What the positions after the first of each spell cost."""
        return np.array([costs[1:].sum() for costs in self.positions])


def spell_walk(one: Spells, other: Spells, substitution: Numbers) -> Walk:
    """The way of least cost through the spells of two lives, position by position.

    Of two spells of one state the positions that both have cost nothing, and those that only the longer one
    has what they add to it; of two states the first positions cost their ``substitution`` (states, states),
    and each further one what it adds to its own spell.
    """
    same = np.equal.outer(one.states, other.states)
    apart = substitution[np.ix_(one.states, other.states)]
    match = np.where(same, np.abs(np.subtract.outer(one.further, other.further)),
                     apart + np.add.outer(one.further, other.further))  # fmt: skip
    walk: Walk = []
    here = there = 0
    for i, j in cheapest(match, one.alone[:, None], other.alone[None]):
        own = np.empty(0) if i is None else one.positions[i]
        others = np.empty(0) if j is None else other.positions[j]
        first = None if i is None or j is None or same[i, j] else float(apart[i, j])
        for (at, beside), cost in _steps(own, others, first):
            walk.append(((None if at is None else here + at, None if beside is None else there + beside),
                         (cost,)))  # fmt: skip
        here, there = here + len(own), there + len(others)
    return walk


def _steps(own: Numbers, others: Numbers, first: float | None) -> Iterator[tuple[Place, float]]:
    """The positions of two spells, or of one alone; ``first``: what their first ones cost, None where they
    are of one state."""
    both = min(len(own), len(others))
    for place in range(both):
        more = float(own[place] + others[place]) if place else first
        yield (place, place), 0.0 if first is None else float(more or 0.0)
    for place in range(both, len(own)):
        yield (place, None), float(own[place])
    for place in range(both, len(others)):
        yield (None, place), float(others[place])
