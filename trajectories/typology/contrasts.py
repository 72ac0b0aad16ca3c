"""What sets a type apart from the rest: how much each fact differs, and whether chance would do as much."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from trajectories.errors import SettingError
from trajectories.typology.facts import Fact
from trajectories.typology.whole_numbers import generator

Floats = NDArray[np.float64]
_BATCH = 200


def contrasts(
    facts: Sequence[Fact], types: NDArray[np.int64], k: int, permutations: int, seed: int
) -> tuple[Floats, Floats]:
    """Effect and p of each type against the rest in each fact, two arrays (types, facts).

    The effect is Cliff's (1993) delta, P(a > b) - P(a < b) for somebody a of the type and somebody b of the
    rest, -1 to 1; for what is so or not it is the difference of the two shares. p comes from dealing the
    types anew among the people; it is adjusted for the many facts looked at in a type by comparing each with
    the largest of all in every deal (Westfall and Young 1993), effects in units of their spread over the
    deals. nan where a type or the rest has nobody known. The same seed deals alike.
    """
    if permutations < 1:
        raise SettingError(
            f"A permutation test needs at least one permutation, not {permutations}; 999 is usual."
        )
    ranks, known = _centred_ranks(facts)
    chance = generator(seed)
    codes = chance.permuted(np.repeat(types[None, :], permutations, axis=0), axis=1)
    effects, p_values = np.empty((k, len(facts))), np.empty((k, len(facts)))
    for t in range(k):
        observed = _deltas((types == t)[None, :], ranks, known)[0]
        dealt = np.concatenate([
            _deltas(codes[i : i + _BATCH] == t, ranks, known) for i in range(0, permutations, _BATCH)
        ])  # fmt: skip
        effects[t], p_values[t] = observed, _adjusted(observed, dealt)
    return effects, p_values


def _centred_ranks(facts: Sequence[Fact]) -> tuple[Floats, Floats]:
    """Mid-ranks of each fact less their mean (people, facts), 0 where unknown, and who is known (1 or 0)."""
    import pandas as pd

    values = np.stack([fact.values for fact in facts], axis=1)
    known = ~np.isnan(values)
    ranks = np.zeros(values.shape)
    for column, inside in enumerate(known.T):
        found = pd.Series(values[inside, column]).rank().to_numpy()
        ranks[inside, column] = found - (len(found) + 1) / 2
    return ranks, known.astype(np.float64)


def _deltas(inside: NDArray[np.bool_], ranks: Floats, known: Floats) -> Floats:
    """Cliff's delta of the people inside against the others, (deals, facts)."""
    members = inside.astype(np.float64)
    here = members @ known
    there = known.sum(axis=0) - here
    pairs = here * there
    sums = 2 * (members @ ranks)
    return np.asarray(np.divide(sums, pairs, out=np.full(sums.shape, np.nan), where=pairs > 0))


def _adjusted(observed: Floats, dealt: Floats) -> Floats:
    """p of each fact by the largest standardised effect of every deal."""
    everything = np.nan_to_num(np.vstack([observed, dealt]))
    spread = np.sqrt((everything**2).mean(axis=0))
    sizes = np.divide(np.abs(everything), spread, out=np.zeros(everything.shape), where=spread > 0)
    largest = sizes[1:].max(axis=1)
    above = (largest[:, None] >= sizes[0] * (1 - 1e-10)).sum(axis=0)
    return np.where(np.isnan(observed), np.nan, (1 + above) / (1 + len(dealt)))
