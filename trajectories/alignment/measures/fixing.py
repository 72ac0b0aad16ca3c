"""Measures that take something from the lives they compare, made to take it from all of them at once."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from trajectories.alignment.costs.cost_rules import dynamic_transition_costs
from trajectories.alignment.measures.basic import DynamicHamming, Measure
from trajectories.alignment.measures.distributions import ChiSquared
from trajectories.alignment.measures.transitions import TransitionMatching
from trajectories.errors import SettingError
from trajectories.sequences.sequences import MISSING, VOID, Sequences


def fixed(measure: Measure, lives: Sequences) -> Measure:
    """The same measure with its costs and shares taken from these lives, whichever of them it compares.

    Raises SettingError for transitions at ``"rates"``, which can only be taken from the lives compared.
    """
    if isinstance(measure, DynamicHamming) and measure.costs is None:
        return replace(measure, costs=dynamic_transition_costs(lives))
    if isinstance(measure, ChiSquared):
        return replace(measure, shares=measure.shares_among(lives))
    if isinstance(measure, TransitionMatching) and measure.transitions == "rates":
        raise SettingError(
            "Matching of transitions by their rates takes these from the lives it compares, and samples have "
            "others; choose transitions='substitution' with transition_costs(lives), or 'constant'."
        )
    return measure


def witnesses(lives: Sequences) -> NDArray[np.intp]:
    """Places of a few lives with which any part of the lives is compared in the numbers of the whole: one of
    the longest, and one with a missing position in each domain where there is any."""
    longest = int((lives.states != VOID).any(axis=1).sum(axis=1).argmax())
    missing: NDArray[Any] = (lives.states == MISSING).any(axis=2)
    gaps = [int(missing[:, domain].argmax()) for domain in np.flatnonzero(missing.any(axis=0))]
    return np.unique(np.array([longest, *gaps], dtype=np.intp))
