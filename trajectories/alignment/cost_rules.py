"""Where costs come from: the same for all, transition rates of the lives themselves, or stated by hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike

from trajectories.alignment.costs import Costs, DomainCosts, Numbers
from trajectories.errors import SettingError
from trajectories.sequences.sequences import MISSING, Sequences
from trajectories.sequences.transitions import rates_of, transition_counts

_Rule = Callable[[int, int], Numbers]

if TYPE_CHECKING:
    import pandas as pd


def constant_costs(sequences: Sequences, value: float = 2, missing: float = 2.0) -> Costs:
    """Every substitution costs the same, an insertion or deletion half of it.

    With the default of 2 and 1, a substitution is one deletion and one insertion. To choose when no two
    states are nearer to each other than any others.
    """

    def rule(layer: int, size: int) -> Numbers:
        return _hollow(np.full((size, size), float(value)))

    return _each(sequences, "constant", missing, rule)


def transition_costs(sequences: Sequences, missing: float = 2.0) -> Costs:
    """The more often people go from one state to another, the cheaper it is to substitute them.

    cost(i, j) = 2 - p(j | i) - p(i | j), with p the rates over all positions, weighted by the case weights;
    an insertion or deletion costs half the dearest of these (Rohwer and Pötter 2005). Where positions are
    missing, missing is one more state in the rates, as in TraMineR's ``with.missing``; what it costs to
    substitute it is then set to ``missing``.
    """

    def rule(layer: int, size: int) -> Numbers:
        rates = rates_of(_counts(sequences, layer).sum(axis=0))
        return _hollow(2.0 - rates - rates.T)

    return _each(sequences, "transition rates", missing, rule)


def dynamic_transition_costs(sequences: Sequences, missing: float = 4.0) -> Costs:
    """Transition costs of each position on its own: what is near in one month may be far in another.

    cost(i, j) at t = 4 - p(j | i) - p(i | j) on the step into t - p(j | i) - p(i | j) on the step out of
    it; at both ends, the one step there is counts twice (Lesnard 2010). For ``DynamicHamming``. Missing as
    in ``transition_costs``. (TraMineR's seqMD starts from 2 instead of 4: less by 2 for every difference.)
    """

    def rule(layer: int, size: int) -> Numbers:
        rates = rates_of(_counts(sequences, layer))
        both = rates + rates.swapaxes(1, 2)
        if not len(both):
            return _hollow(np.full((1, size, size), 4.0))
        into, out_of = np.concatenate([both[:1], both]), np.concatenate([both, both[-1:]])
        return _hollow(4.0 - into - out_of)

    return _each(sequences, "transition rates at each position", missing, rule)


def _counts(sequences: Sequences, layer: int) -> Numbers:
    """Transitions at each step, with missing as one more state, the last."""
    states, size = sequences.states[:, layer, :], len(sequences.domains[layer].states)
    with_missing = np.where(states == MISSING, size, states).astype(np.int16)
    return transition_counts(with_missing, size + 1, sequences.weights)


def stated_costs(sequences: Sequences, tables: Mapping[str, pd.DataFrame | ArrayLike],
                 indel: float | Mapping[str, ArrayLike] | None = None, missing: float = 2.0) -> Costs:
    """Costs that the researcher states: a square table of substitution costs for each domain.

    A DataFrame is read by its row and column names, a bare array in the order of the alphabet. ``indel`` is
    one number for all, or per domain a number or one per state; left out it is half the dearest
    substitution. Raises SettingError for a domain or state that the lives do not have, or costs that cannot
    be.
    """
    domains = []
    for domain in sequences.domains:
        if domain.name not in tables:
            raise SettingError(f"No costs are stated for domain {domain.name!r}; only {', '.join(tables)}.")
        substitution = _square(tables[domain.name], domain.name, domain.alphabet)
        given = indel.get(domain.name) if isinstance(indel, Mapping) else indel
        own = substitution.max(initial=0.0) / 2 if given is None else given
        prices = _numbers(own, domain.name)
        prices = np.full(len(domain.states), float(prices)) if prices.ndim == 0 else prices
        domains.append(DomainCosts(domain.name, domain.alphabet, substitution, prices, missing))
    return Costs(tuple(domains), "stated by hand")


def _each(sequences: Sequences, name: str, missing: float, rule: _Rule) -> Costs:
    """Costs of every domain by a rule, which may also price missing as one more state (only its indel is
    kept)."""
    domains = []
    for layer, domain in enumerate(sequences.domains):
        size, states = len(domain.states), sequences.states[:, layer, :]
        priced = rule(layer, size)
        known = size + 1 if (states == MISSING).any() and priced.shape[-1] > size else size
        indel = np.full(size, (priced[..., :known, :known].max(initial=0.0) or 2.0) / 2)
        substitution = priced[..., :size, :size]
        domains.append(DomainCosts(domain.name, domain.alphabet, substitution, indel, float(missing)))
    return Costs(tuple(domains), name)


def _hollow(table: Numbers) -> Numbers:
    """The same costs, and none for keeping a state."""
    size = table.shape[-1]
    return np.where(np.eye(size, dtype=bool), 0.0, table)


def _square(table: pd.DataFrame | ArrayLike, domain: str, alphabet: tuple[str, ...]) -> Numbers:
    import pandas as pd

    if not isinstance(table, pd.DataFrame):
        return _numbers(table, domain)
    named = table.rename(index=str, columns=str)
    absent = [code for code in alphabet if code not in named.index or code not in named.columns]
    if absent:
        raise SettingError(f"The stated costs of domain {domain!r} lack a row or column {', '.join(absent)}.")
    return _numbers(named.loc[list(alphabet), list(alphabet)], domain)


def _numbers(values: object, domain: str) -> Numbers:
    try:
        return np.array(values, dtype=np.float64)
    except (TypeError, ValueError):
        raise SettingError(f"The stated costs of domain {domain!r} must be numbers.") from None
