"""Why two lives are as unlike as they are: the alignment itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from trajectories.alignment.computing.lives import aligned_lives, refuse_missing
from trajectories.alignment.computing.matching import indel_prices, lowered
from trajectories.alignment.costs.cost_rules import constant_costs, dynamic_transition_costs
from trajectories.alignment.costs.costs import DomainCosts
from trajectories.alignment.explaining.alignment import Alignment, Change, Kind, Step
from trajectories.alignment.explaining.event_steps import explain_events
from trajectories.alignment.explaining.share_steps import explain_shares
from trajectories.alignment.explaining.way import Place, Walk, cheapest
from trajectories.alignment.measures.basic import (
    DynamicHamming,
    Hamming,
    LongestCommonSubsequence,
    Measure,
    OptimalMatching,
)
from trajectories.alignment.measures.distributions import ChiSquared, EuclideanDistributions
from trajectories.alignment.measures.events import EventMatching
from trajectories.alignment.measures.telling import known_measure
from trajectories.errors import SettingError
from trajectories.sequences.event_lives import EventLives
from trajectories.sequences.sequences import VOID, Sequences

Codes = tuple[NDArray[np.int64], ...]


def explain(sequences: Sequences | EventLives, measure: Measure | EventMatching, one: str,
            other: str) -> Alignment:  # fmt: skip
    """The alignment of two people's lives: what is kept, substituted, inserted and deleted, where, at what
    cost.

    For measures that match the positions of two lives, one by one: optimal matching in all its forms (also
    localized, of spells, spell-length-sensitive, of transitions), the longest common subsequence, Hamming,
    dynamic Hamming and time-warp edit, the common prefix and suffix, and time warping and the common
    subsequence of ranks. The costs of the steps add up to the dissimilarity without normalisation (of time
    warping, to its square: ``Alignment.root``). States are told by the codebook's labels. A position that is
    kept may cost something where more than its state counts: the move that follows (``TransitionMatching``),
    the time between both (``TimeWarpEdit``). Of spells that are matched, the positions that only the longer
    one has are deleted or inserted.

    Of ``EventMatching`` (on ``EventLives``, or on sequences, whose events are the states entered) a step is
    a moment: events that both lives have, whose distance in time is paid for, and those that only one has.
    Of ``ChiSquared`` and ``EuclideanDistributions`` a step is an interval, and tells what the difference in
    each state's share of it adds to the square of the dissimilarity.

    >>> from trajectories.sequences.read import read_sequences
    >>> lives = read_sequences([{"id": "A", "1": "x", "2": "y"}, {"id": "B", "1": "x", "2": "x"}])
    >>> for sentence in explain(lives, Hamming(), "A", "B").sentences():
    ...     print(sentence)
    Kept: 1 position of A, at 1.
    Substituted: 1 position, at 2, y by x in state; cost 1.
    Together 1.

    Raises SettingError for another measure, somebody who has no sequence, and whatever the measure itself
    refuses.
    """
    known_measure(measure)
    if not isinstance(sequences, Sequences | EventLives):
        raise SettingError("Lives as states (Sequences) or as events (EventLives) are explained, not "
                           f"{type(sequences).__name__}.")  # fmt: skip
    if isinstance(measure, EventMatching):
        return explain_events(sequences, measure, one, other)
    if isinstance(sequences, EventLives):
        raise SettingError(f"{measure.describe()} compares states, and these are events; take EventMatching.")
    if isinstance(measure, ChiSquared | EuclideanDistributions):
        return explain_shares(sequences, measure, one, other)
    pair = sequences.select([one, other])
    if isinstance(measure, (Hamming, DynamicHamming)):
        counting, walk = _by_position(sequences, pair, measure)
    elif isinstance(measure, (OptimalMatching, LongestCommonSubsequence)):
        counting, walk = _by_matching(sequences, pair, measure)
    elif hasattr(measure, "walk"):
        counting, walk = pair, measure.walk(sequences, one, other)
    else:
        why = getattr(measure, "unaligned", "It tells of no step from one life to the other. Take optimal "
                      "matching in one of its forms, Hamming or dynamic Hamming.")  # fmt: skip
        raise SettingError(f"There is no alignment of two lives by {measure.describe()}. {why}")
    codes, places = _observed(counting)
    labels = [[*(state.label or state.code for state in domain.states), "missing"]
              for domain in counting.domains]  # fmt: skip
    steps = tuple(_step(counting, labels, codes, places, at, costs) for at, costs in walk)
    whole = _normalised(sequences, measure, one, other)
    return Alignment(one, other, measure.describe(), steps, root=getattr(measure, "root", False),
                     rule=getattr(measure, "rule", ""), normalised=whole,
                     labels={domain.name: domain.label for domain in counting.domains},
                     unit=sequences.grid.unit)  # fmt: skip


def _normalised(sequences: Sequences, measure: Measure, one: str, other: str) -> float | None:
    """The dissimilarity of two people by a measure with a norm; None without."""
    if getattr(measure, "norm", None) is None:
        return None
    from trajectories.alignment.pairwise import dissimilarities_to

    found = dissimilarities_to(sequences, sequences.select([other]), measure)
    return float(found.values[sequences.ids.index(one), 0])


def _by_matching(sequences: Sequences, pair: Sequences,
                 measure: OptimalMatching | LongestCommonSubsequence) -> tuple[Sequences, Walk]:
    if isinstance(measure, OptimalMatching):
        fitting, indel = measure.fitting(sequences), measure.indel
    else:
        fitting, indel = constant_costs(sequences).domains, None
    counting = _counting(pair, fitting, measure.missing)
    (a, b), _ = _observed(counting)
    tables = [costs.weight * costs.with_missing() for costs in fitting]
    prices = [costs.weight * indel_prices(costs, indel) for costs in fitting]
    (some, one), (others, other) = (np.unique(life, axis=0, return_inverse=True) for life in (a, b))
    match = np.array([table[np.ix_(some[:, d], others[:, d])] for d, table in enumerate(tables)]).sum(axis=0)
    deleted, inserted = (np.array([price[life[:, d]] for d, price in enumerate(prices)]) for life in (a, b))
    _, less = lowered(tables, prices, max(len(a), len(b)))
    way = cheapest(match, deleted.sum(axis=0)[:, None] - less, inserted.sum(axis=0)[None] - less,
                   (one.ravel(), other.ravel()))  # fmt: skip

    def paid(at: Place) -> tuple[float, ...]:
        """What a step costs in each domain."""
        i, j = at
        if i is None:
            return tuple(inserted[:, j].tolist())
        if j is None:
            return tuple(deleted[:, i].tolist())
        return tuple(float(table[a[i, d], b[j, d]]) for d, table in enumerate(tables))

    return counting, [(at, paid(at)) for at in way]


def _by_position(sequences: Sequences, pair: Sequences,
                 measure: Hamming | DynamicHamming) -> tuple[Sequences, Walk]:
    costs = measure.costs
    if costs is None and isinstance(measure, DynamicHamming):
        costs = dynamic_transition_costs(sequences)
    elif costs is None:
        costs = constant_costs(sequences, value=1, missing=1.0)
    fitting = costs.fitting(sequences)
    counting = _counting(pair, fitting, measure.missing)
    columns = aligned_lives(counting).columns
    assert columns is not None
    (a, b), _ = _observed(counting)
    if measure.missing == "ignore":
        fitting = _where_known(fitting, (a, b))
    tables = [costs.weight * costs.with_missing() for costs in fitting]
    at_columns = [table[columns] if table.ndim == 3 else np.stack([table] * len(columns)) for table in tables]
    places = np.arange(len(columns))
    paid = np.array([table[places, a[:, d], b[:, d]] for d, table in enumerate(at_columns)])
    return counting, [((i, i), tuple(paid[:, i].tolist())) for i in places.tolist()]


def _where_known(fitting: Sequence[DomainCosts], codes: Codes) -> tuple[DomainCosts, ...]:
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


def _observed(pair: Sequences) -> tuple[Codes, tuple[list[int], ...]]:
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


def _step(pair: Sequences, labels: list[list[str]], codes: Codes, places: tuple[list[int], ...], at: Place,
          costs: tuple[float, ...]) -> Step:  # fmt: skip
    i, j = at
    changes = []
    for d, (domain, cost) in enumerate(zip(pair.domains, costs, strict=True)):
        changes.append(Change(domain.name, "" if i is None else labels[d][codes[0][i, d]],
                              "" if j is None else labels[d][codes[1][j, d]], cost))  # fmt: skip
    at_one = None if i is None else pair.positions[places[0][i]]
    at_other = None if j is None else pair.positions[places[1][j]]
    return Step(_kind(at, codes), at_one, at_other, tuple(changes))


def _kind(at: Place, codes: Codes) -> Kind:
    i, j = at
    if i is None or j is None:
        return "inserted" if i is None else "deleted"
    return "kept" if (codes[0][i] == codes[1][j]).all() else "substituted"
