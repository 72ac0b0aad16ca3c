"""Where costs come from: the same for all, or rates, futures and shares of the lives themselves."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import numpy as np

from trajectories.alignment.costs.costs import Costs, DomainCosts, Numbers
from trajectories.alignment.given_numbers import in_range, whole_number
from trajectories.errors import SettingError
from trajectories.sequences.sequences import MISSING, VOID, Sequences
from trajectories.sequences.transitions import rates_of, transition_counts

_Rule = Callable[[int, int], Numbers]


def constant_costs(sequences: Sequences, value: float = 2, missing: float = 2.0) -> Costs:
    """Every substitution costs the same ``value``, an insertion or deletion half of it.

    With the default of 2 and 1, a substitution is one deletion and one insertion. A missing position against
    any state costs ``missing``, against another one nothing. To choose when no two states are nearer to each
    other than any others.
    """

    in_range("value", value)

    def rule(layer: int, size: int) -> Numbers:
        return _hollow(np.full((size, size), float(value)))

    return _each(sequences, "constant", missing, rule)


def transition_costs(sequences: Sequences, missing: float | None = 2.0, lag: int = 1) -> Costs:
    """The more often people go from one state to another, the cheaper it is to substitute them.

    cost(i, j) = 2 - p(j | i) - p(i | j), with p the rates over all positions, weighted by the case weights;
    an insertion or deletion costs half the dearest of these (Rohwer and Pötter 2005). ``lag``: rates from
    each position to that many later. Where positions are missing, missing is one more state in the rates,
    as in TraMineR's ``with.missing``; what it costs to substitute it is then set to ``missing``, or left to
    the rates when that is None. Raises SettingError for a lag as long as the lives.
    """

    def rule(layer: int, size: int) -> Numbers:
        rates = rates_of(_counts(sequences, layer, lag).sum(axis=0))
        return _hollow(2.0 - rates - rates.T)

    return _each(sequences, "transition rates", missing, rule)


def dynamic_transition_costs(sequences: Sequences, missing: float | None = None,
                             steps: Literal["both", "previous", "next"] = "both") -> Costs:
    """Transition costs of each position on its own: what is near in one month may be far in another.

    cost(i, j) at t = 4 - p(j | i) - p(i | j) on the step into t - p(j | i) - p(i | j) on the step out of
    it; at both ends, the one step there is counts twice (Lesnard 2010). ``steps``: ``"previous"`` and
    ``"next"`` take only the step into or out of t, from 2 instead of 4; where there is none, nothing is
    subtracted. ``missing`` costs 4, or 2 with one step, when it is None. For ``DynamicHamming``.
    (TraMineR's seqMD starts from 2 instead of 4: less by 2 for every difference.)
    """
    if steps not in ("both", "previous", "next"):
        raise SettingError(f"steps must be 'both', 'previous' or 'next', not {steps!r}.")
    top = 4.0 if steps == "both" else 2.0

    def rule(layer: int, size: int) -> Numbers:
        rates = rates_of(_counts(sequences, layer))
        known = rates + rates.swapaxes(1, 2)
        nothing = np.zeros((1, size + 1, size + 1))
        first, last = (known[:1], known[-1:]) if steps == "both" and len(known) else (nothing, nothing)
        into, out_of = np.concatenate([first, known]), np.concatenate([known, last])
        return _hollow(top - into * (steps != "next") - out_of * (steps != "previous"))

    return _each(sequences, "transition rates at each position", top if missing is None else missing, rule)


def future_costs(sequences: Sequences, missing: float | None = 2.0, lag: int = 1) -> Costs:
    """Two states are near when what follows them is alike.

    cost(i, j) = chi-squared distance between the rates p(. | i) and p(. | j), each column weighted by 1
    over its sum; an insertion or deletion costs half the dearest of these (Rousset, Giret and Grelet 2012).
    To choose when states are stations on the way somewhere. ``lag`` and ``missing`` as in
    ``transition_costs``.
    """

    def rule(layer: int, size: int) -> Numbers:
        rates = rates_of(_counts(sequences, layer, lag).sum(axis=0))
        reached = rates.sum(axis=0)
        share = np.divide(1.0, reached, out=np.zeros_like(reached), where=reached > 0)
        return np.asarray(np.sqrt((np.square(rates[:, None] - rates[None]) * share).sum(axis=2)))

    return _each(sequences, "common futures", missing, rule)


def rarity_costs(sequences: Sequences, log: bool = True, dynamic: bool = False) -> Costs:
    """The rarer a state, the more it takes to insert, delete or substitute it.

    indel(i) = log(2 / (1 + f_i)) with f the weighted share of all observed positions, or 1 / f_i with
    ``log=False`` (TraMineR's INDELSLOG and INDELS); cost(i, j) = indel(i) + indel(j), so a substitution is
    never cheaper than deleting and inserting (Studer and Ritschard 2016). Missing counts as one more state.
    A state that nobody is in costs as much as a share of 0 does, or with ``log=False`` as one person would
    make it; so does a domain that is void where another is observed. ``dynamic``: shares of each position
    on its own, for ``DynamicHamming``.
    """
    domains = []
    for layer, domain in enumerate(sequences.domains):
        size = len(domain.states)
        found = _rarity(sequences, layer, log)
        indel = found.max(axis=0) if dynamic else _rarity_overall(sequences, layer, log)
        apart = _hollow(found[:, :, None] + found[:, None, :]) if dynamic else _hollow(
            indel[:, None] + indel[None, :])  # fmt: skip
        seen = _unknown_somewhere(sequences, layer)
        domains.append(DomainCosts(
            domain.name, domain.alphabet, apart[..., :size, :size], indel[:size],
            apart[..., size, :size] if seen else 0.0, missing_indel=float(indel[size]) if seen else None,
        ))  # fmt: skip
    return Costs(tuple(domains), "rarity of states" + ("" if log else ", inverse")
                 + (" at each position" if dynamic else ""))  # fmt: skip


def _unknown_somewhere(sequences: Sequences, layer: int) -> bool:
    """Whether a domain is missing at some position, or void where another one is observed, which counts as
    missing when domains are compared together."""
    states = sequences.states[:, layer, :]
    half = (states == VOID) & (sequences.states != VOID).any(axis=1)
    return bool(((states == MISSING) | half).any())


def _shares(sequences: Sequences, layer: int) -> Numbers:
    """Weighted people in each state at each position, missing the last: (positions, states + 1)."""
    size, states = len(sequences.domains[layer].states), sequences.states[:, layer, :]
    columns = [(sequences.weights[:, None] * (states == k)).sum(axis=0) for k in (*range(size), MISSING)]
    return np.stack(columns, axis=1)


def _rarity(sequences: Sequences, layer: int, log: bool) -> Numbers:
    return _price(_shares(sequences, layer), log)


def _rarity_overall(sequences: Sequences, layer: int, log: bool) -> Numbers:
    return _price(_shares(sequences, layer).sum(axis=0), log)


def _price(counts: Numbers, log: bool) -> Numbers:
    total = np.maximum(counts.sum(axis=-1, keepdims=True), 1e-300)
    if log:
        return np.asarray(np.log(2 / (1 + counts / total)))
    return np.asarray(total / np.where(counts > 0, counts, 1.0))


def _counts(sequences: Sequences, layer: int, lag: int = 1) -> Numbers:
    """Transitions at each step, with missing as one more state, the last."""
    whole_number("lag", lag, 1, "positions")
    if 1 < lag >= sequences.length:
        raise SettingError(f"lag is {lag} positions, and these lives have {sequences.length}, so nobody is "
                           "seen that much later; take a smaller one.")  # fmt: skip
    states, size = sequences.states[:, layer, :], len(sequences.domains[layer].states)
    with_missing = np.where(states == MISSING, size, states).astype(np.int16)
    steps = [transition_counts(with_missing[:, start::lag], size + 1, sequences.weights)
             for start in range(min(lag, max(sequences.length - lag, 1)))]  # fmt: skip
    return np.concatenate(steps)


def transition_rates_with_missing(sequences: Sequences, layer: int) -> Numbers:
    """Transition rates over all positions, missing one more state, the last: (states + 1, states + 1)."""
    return rates_of(_counts(sequences, layer).sum(axis=0))


def _each(sequences: Sequences, name: str, missing: float | None, rule: _Rule) -> Costs:
    """Costs of every domain by a rule, which may also price missing as one more state (its indel is kept,
    and its substitution when ``missing`` is None)."""
    if missing is not None:
        in_range("missing", missing)
    domains = []
    for layer, domain in enumerate(sequences.domains):
        size, states = len(domain.states), sequences.states[:, layer, :]
        priced = rule(layer, size)
        known = size + 1 if (states == MISSING).any() and priced.shape[-1] > size else size
        indel = np.full(size, (priced[..., :known, :known].max(initial=0.0) or 2.0) / 2)
        substitution = priced[..., :size, :size]
        fixed = 2.0 if missing is None else float(missing)
        own = priced[..., size, :size] if missing is None and known > size else fixed
        domains.append(DomainCosts(domain.name, domain.alphabet, substitution, indel, own))
    return Costs(tuple(domains), name)


def _hollow(table: Numbers) -> Numbers:
    """The same costs, and none for keeping a state."""
    size = table.shape[-1]
    return np.where(np.eye(size, dtype=bool), 0.0, table)
