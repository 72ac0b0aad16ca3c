"""Costs added up over the positions that both lives are known at, scaled up to the whole window."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from trajectories.alignment.computing.blocks import Run
from trajectories.alignment.computing.counting import counted, most
from trajectories.alignment.computing.lives import Compared, Lives, aligned_lives, those_that_count
from trajectories.alignment.costs.costs import Costs, DomainCosts
from trajectories.alignment.measures.norms import Norm, by_position
from trajectories.errors import SettingError
from trajectories.sequences.sequences import Sequences


def counted_where_known(sequences: Sequences, costs: Costs, norm: Norm | None, run: Run) -> Compared:
    """As ``counted``, without the positions at which either life is missing.

    In each domain, what the K positions known of both cost is multiplied by T / K, the positions of the
    window, as if those unknown were like those known (Dixon 1979). Raises SettingError for two lives that
    are nowhere known together in a domain.
    """
    fitting = costs.fitting(sequences)
    sequences = those_that_count(sequences, fitting, False)
    lives = aligned_lives(sequences)
    pairs = run.pairs(lives)
    total, numbers = pairs.room(run.number), []
    for place, domain in enumerate(fitting):
        part = counted(sequences, Costs(tuple(_only(one, domain) for one in fitting), costs.rule), None,
                       False, _telling(run, place, len(fitting)))  # fmt: skip
        known = (lives.codes[:, :, place] < len(domain.states)).astype(np.float32)
        for i, others, row in pairs.each(part.found):
            row *= _factors(known, i, others, domain, lives, sequences)
        total += part.found
        numbers.append(part.numbers)
    by_position(total, norm, sum(most(one, lives, missing=False) for one in fitting))
    return Compared(lives, total, "; ".join(dict.fromkeys(numbers)))


def _telling(run: Run, before: int, domains: int) -> Run:
    """The same run for one of several domains, whose share of the work is told as part of the whole."""
    tell = run.progress
    return run if tell is None else replace(run, progress=lambda share: tell((before + share) / domains))


def _only(one: DomainCosts, counts: DomainCosts) -> DomainCosts:
    """The same costs without a price for missing, or none at all for the domains that do not count now."""
    if one is counts:
        return replace(one, missing=0.0)
    return replace(one, substitution=np.zeros_like(one.substitution), missing=0.0)


def _factors(known: NDArray[np.float32], i: int, others: slice, domain: DomainCosts, lives: Lives,
             sequences: Sequences) -> NDArray[np.float64]:
    """What a sum over the positions known of life i and of each other one is multiplied by."""
    both = known[others] @ known[i]
    if not both.all():
        first = (others.start or 0) + int((both == 0).argmax())
        one, other = (sequences.ids[int((lives.which == life).argmax())] for life in (i, first))
        raise SettingError(
            f"{one!r} and {other!r} have no position at which both are known in domain {domain.domain!r}, so "
            "nothing can be said of how unlike they are there. Leave one out, choose a longer window, or "
            "treat missing as a state (missing='state')."
        )
    return np.asarray(lives.length / both.astype(np.float64))
