"""Why two lives are as unlike as they are: the alignment itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from trajectories.alignment.alignment import Alignment, Change, Kind, Step
from trajectories.alignment.computing.lives import aligned_lives, refuse_missing
from trajectories.alignment.computing.matching import indel_prices
from trajectories.alignment.costs.cost_rules import constant_costs, dynamic_transition_costs
from trajectories.alignment.costs.costs import DomainCosts, Numbers
from trajectories.alignment.measures.basic import (
    DynamicHamming,
    Hamming,
    LongestCommonSubsequence,
    Measure,
    OptimalMatching,
)
from trajectories.errors import SettingError
from trajectories.sequences.sequences import VOID, Sequences

Place = tuple[Kind, int | None, int | None]


@dataclass(frozen=True, eq=False)
class _Prices:
    """Per domain, weighted and with missing as the last state: substitution, indel (empty in the Hamming
    family)."""

    domains: tuple[str, ...]
    substitution: tuple[Numbers, ...]
    indel: tuple[Numbers, ...]


def explain(sequences: Sequences, measure: Measure, one: str, other: str) -> Alignment:
    """The alignment of two people's lives: what is kept, substituted, inserted and deleted, where, at what
    cost.

    For ``OptimalMatching``, ``LongestCommonSubsequence``, ``Hamming`` and ``DynamicHamming``; the costs of
    the steps add up to the dissimilarity (without normalisation). States are told by the codebook's labels.

    >>> from trajectories.sequences.read import read_sequences
    >>> lives = read_sequences([{"id": "A", "1": "x", "2": "y"}, {"id": "B", "1": "x", "2": "x"}])
    >>> for sentence in explain(lives, Hamming(), "A", "B").sentences():
    ...     print(sentence)
    Kept: 1 position of A, at 1.
    Substituted: 1 position, at 2, y for x in state; cost 1.
    Together 1.

    Raises SettingError for another measure, somebody who has no sequence, and whatever the measure itself
    refuses.
    """
    pair = sequences.select([one, other])
    if isinstance(measure, (Hamming, DynamicHamming)):
        steps = _by_position(sequences, pair, measure)
    elif isinstance(measure, (OptimalMatching, LongestCommonSubsequence)):
        steps = _by_matching(sequences, pair, measure)
    else:
        told = getattr(measure, "describe", lambda: repr(measure))()
        raise SettingError("Only optimal matching, the longest common subsequence, Hamming and dynamic "
                           f"Hamming have an alignment to show, not {told}.")  # fmt: skip
    return Alignment(one, other, measure.describe(), steps)


def _by_matching(sequences: Sequences, pair: Sequences,
                 measure: OptimalMatching | LongestCommonSubsequence) -> tuple[Step, ...]:
    if isinstance(measure, OptimalMatching):
        fitting, indel = measure.fitting(sequences), measure.indel
    else:
        fitting, indel = constant_costs(sequences).domains, None
    prices = _Prices(tuple(c.domain for c in fitting),
                     tuple(c.weight * c.with_missing() for c in fitting),
                     tuple(c.weight * indel_prices(c, indel) for c in fitting))  # fmt: skip
    counting = _counting(pair, fitting, measure.missing)
    codes, places = _observed(counting)
    path = _cheapest(codes[0], codes[1], prices)
    return tuple(_step(counting, prices, codes, places, at) for at in path)


def _by_position(sequences: Sequences, pair: Sequences,
                 measure: Hamming | DynamicHamming) -> tuple[Step, ...]:
    costs = measure.costs
    if costs is None and isinstance(measure, DynamicHamming):
        costs = dynamic_transition_costs(sequences)
    elif costs is None:
        costs = constant_costs(sequences, value=1, missing=1.0)
    fitting = costs.fitting(sequences)
    counting = _counting(pair, fitting, measure.missing)
    columns = aligned_lives(counting).columns
    assert columns is not None
    codes, _ = _observed(counting)
    if measure.missing == "ignore":
        fitting = _where_known(fitting, codes)
    steps = []
    for i, column in enumerate(columns.tolist()):
        tables = tuple(c.weight * (c.with_missing()[column] if c.dynamic else c.with_missing())
                       for c in fitting)  # fmt: skip
        prices = _Prices(tuple(c.domain for c in fitting), tables, ())
        kind: Kind = "kept" if (codes[0][i] == codes[1][i]).all() else "substituted"
        steps.append(_step(counting, prices, codes, ([column] * (i + 1),) * 2, (kind, i, i)))
    return tuple(steps)


def _where_known(fitting: Sequence[DomainCosts],
                 codes: tuple[NDArray[np.int64], ...]) -> tuple[DomainCosts, ...]:
    """The costs without a price for missing, what is known of both scaled up to the whole window."""
    sizes = np.array([len(costs.states) for costs in fitting])
    known = ((codes[0] < sizes) & (codes[1] < sizes)).sum(axis=0)
    if not known.all():
        raise SettingError("These two lives have no position at which both are known in domain "
                           f"{fitting[int(known.argmin())].domain!r}.")  # fmt: skip
    return tuple(replace(costs, missing=0.0, weight=costs.weight * len(codes[0]) / count)
                 for costs, count in zip(fitting, known.tolist(), strict=True))  # fmt: skip


def _counting(pair: Sequences, fitting: Sequence[DomainCosts], missing: str) -> Sequences:
    counting = pair.only(*(costs.domain for costs in fitting))
    if missing == "refuse":
        refuse_missing(counting)
    return counting


def _observed(pair: Sequences) -> tuple[tuple[NDArray[np.int64], ...], tuple[list[int], ...]]:
    """Of both lives, the states at the positions where any domain is observed (positions, domains), and
    which columns these are."""
    sizes = np.array([len(alphabet) for alphabet in pair.alphabets])
    codes, places = [], []
    for states in pair.states:
        seen = np.flatnonzero((states != VOID).any(axis=0))
        if not seen.size:
            raise SettingError("A life without any observed position has no alignment.")
        codes.append(np.where(states < 0, sizes[:, None], states).T[seen].astype(np.int64))
        places.append(seen.tolist())
    return tuple(codes), tuple(places)


def _cheapest(a: NDArray[np.int64], b: NDArray[np.int64], prices: _Prices) -> list[Place]:
    """The way of least cost through the two lives, back from their end; of equals a substitution."""
    deletion = sum(p[a[:, d]] for d, p in enumerate(prices.indel))
    insertion = sum(p[b[:, d]] for d, p in enumerate(prices.indel))
    apart = sum(t[a[:, d]][:, b[:, d]] for d, t in enumerate(prices.substitution))
    deletion, insertion, apart = np.asarray(deletion), np.asarray(insertion), np.asarray(apart)
    cost = np.zeros((len(a) + 1, len(b) + 1))
    inserted = np.concatenate([[0.0], np.cumsum(insertion)])
    cost[0] = inserted
    for i in range(len(a)):
        cost[i + 1] = cost[i] + deletion[i]
        cost[i + 1, 1:] = np.minimum(cost[i + 1, 1:], cost[i, :-1] + apart[i])
        cost[i + 1] = np.minimum.accumulate(cost[i + 1] - inserted) + inserted
    nearly = 1e-9 * (1 + cost[-1, -1])
    path: list[Place] = []
    i, j = len(a), len(b)
    while i or j:
        if i and j and cost[i, j] >= cost[i - 1, j - 1] + apart[i - 1, j - 1] - nearly:
            i, j = i - 1, j - 1
            path.append(("kept" if (a[i] == b[j]).all() else "substituted", i, j))
        elif i and (not j or cost[i, j] >= cost[i - 1, j] + deletion[i - 1] - nearly):
            i -= 1
            path.append(("deleted", i, None))
        else:
            j -= 1
            path.append(("inserted", None, j))
    return path[::-1]


def _step(pair: Sequences, prices: _Prices, codes: tuple[NDArray[np.int64], ...],
          places: tuple[list[int], ...], at: Place) -> Step:
    kind, i, j = at
    changes = []
    for d, domain in enumerate(pair.domains):
        labels = [state.label or state.code for state in domain.states] + ["missing"]
        one = None if i is None else int(codes[0][i, d])
        other = None if j is None else int(codes[1][j, d])
        if one is not None and other is not None:
            cost = prices.substitution[d][one, other]
        else:
            cost = prices.indel[d][one if one is not None else other]
        changes.append(Change(domain.name, "" if one is None else labels[one],
                              "" if other is None else labels[other], float(cost)))  # fmt: skip
    at_one = None if i is None else pair.positions[places[0][i]]
    at_other = None if j is None else pair.positions[places[1][j]]
    return Step(kind, at_one, at_other, tuple(changes))
