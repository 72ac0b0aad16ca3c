"""Why two lives spread differently over the states: what each interval adds, and each state in it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from trajectories.alignment.costs.costs import Numbers
from trajectories.alignment.explaining.alignment import Alignment, Change, Step
from trajectories.alignment.measures.distributions import ChiSquared, EuclideanDistributions, stretches_of
from trajectories.sequences.sequences import Sequences


def explain_shares(sequences: Sequences, measure: ChiSquared | EuclideanDistributions, one: str,
                   other: str) -> Alignment:  # fmt: skip
    """What the shares of time of two people add to their dissimilarity, interval by interval, state by state.

    Raises SettingError as the measure does, and for somebody who has no sequence.
    """
    sequences.select([one, other])
    here, there = sequences.ids.index(one), sequences.ids.index(other)
    counts, features = measure.features(sequences)
    stretches = stretches_of(sequences.length, measure.step, measure.intervals, measure.overlap)
    domain = sequences.domains[0]
    names = [*(state.label or state.code for state in domain.states), "missing"]

    def step(stretch: tuple[int, int], count: Numbers, feature: Numbers) -> Step:
        first, last = sequences.positions[stretch[0]], sequences.positions[stretch[1] - 1]
        costs = (feature[here] - feature[there]) ** 2
        changes = _changes(domain.name, names, count[[here, there]], costs)
        until = None if last == first else last
        return Step("substituted" if costs.any() else "kept", first, first, changes, until)

    in_order = sorted(zip(stretches, counts, features, strict=True), key=lambda interval: interval[0])
    steps = tuple(step(*interval) for interval in in_order)
    return Alignment(one, other, measure.describe(), steps, root=True, rule=_rule(measure),
                     labels={domain.name: domain.label}, of="shares", unit=sequences.grid.unit)  # fmt: skip


def _changes(domain: str, names: list[str], counts: Numbers, costs: Numbers) -> tuple[Change, ...]:
    """The states in which either life spends any of an interval, ``counts`` (2, states)."""
    one, other = (_told(names, count) for count in counts.astype(np.int64))
    found = tuple(Change(domain, one[k], other[k], float(costs[k]))
                  for k in np.flatnonzero(counts.any(axis=0)).tolist())  # fmt: skip
    return found or (Change(domain, "not observed", "not observed", 0.0),)


def _told(names: list[str], count: NDArray[np.int64]) -> list[str]:
    """Of each state, how much of an interval a life spends in it."""
    whole = count.sum()
    return [f"{name}: {number} of {whole}" if whole else f"{name}: not observed"
            for name, number in zip(names, count.tolist(), strict=False)]  # fmt: skip


def _rule(measure: ChiSquared | EuclideanDistributions) -> str:
    rare = ", divided by everybody's share of that state" if isinstance(measure, ChiSquared) else ""
    if isinstance(measure, ChiSquared) and measure.shares is not None and measure.shares != "overall":
        rare = ", divided by the share of that state that was given"
    scale = ", relative to the most there can be" if measure.normalised else ""
    return f"A state costs the squared difference of its two shares of the interval{rare}{scale}."
