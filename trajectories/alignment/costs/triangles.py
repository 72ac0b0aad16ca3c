"""Where costs break the triangle inequality, and what that does."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from trajectories.alignment.costs.costs import Costs, DomainCosts

if TYPE_CHECKING:
    import pandas as pd

_DETOUR = ("substituting {one} for {other} costs more than going by way of {through}; lives may be farther "
           "apart than by way of a third one, so the dissimilarity is no metric")  # fmt: skip
_INDEL = ("deleting {one} and inserting {other} is cheaper than substituting them, so this substitution is "
          "never used in optimal matching")  # fmt: skip
COLUMNS = ("domain", "position", "one", "through", "other", "direct", "detour", "effect")


def triangle_report(costs: Costs) -> pd.DataFrame:
    """Which costs are dearer than a detour, and what follows from that; empty when none is.

    A row for every two states whose substitution (``direct``) costs more than by way of a third one
    (``detour``, the cheapest), or more than deleting the one and inserting the other (``through`` is then
    empty). ``position`` counts from 0 for costs that differ from position to position, and is empty
    otherwise. Columns domain, position, one, through, other, direct, detour, effect.

    >>> import numpy as np
    >>> from trajectories.alignment.costs.costs import DomainCosts
    >>> table = np.array([[0.0, 1, 4], [1, 0, 1], [4, 1, 0]])
    >>> one = DomainCosts("legal", ("a", "b", "c"), table, np.full(3, 2.0), 2.0)
    >>> found = triangle_report(Costs((one,), "stated by hand"))
    >>> found[["one", "through", "other", "detour"]].values.tolist()
    [['a', 'b', 'c', 2.0]]
    """
    import pandas as pd

    from trajectories.alignment.measures.telling import known_costs

    known_costs(costs)
    rows = [row for domain in costs.domains for row in _of_domain(domain)]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _of_domain(costs: DomainCosts) -> Iterator[tuple[object, ...]]:
    tables = costs.substitution if costs.dynamic else costs.substitution[None]
    by_indels = costs.indel[:, None] + costs.indel[None, :]
    for position, table in enumerate(tables):
        place = position if costs.dynamic else None
        detours = table[:, :, None] + table[None, :, :]
        through, cheapest = detours.argmin(axis=1), detours.min(axis=1)
        for i, j in _dearer(table, cheapest):
            via = costs.states[through[i, j]]
            yield _row(costs, place, i, j, via, table[i, j], cheapest[i, j], _DETOUR)
        if not costs.dynamic:
            for i, j in _dearer(table, by_indels):
                yield _row(costs, place, i, j, "", table[i, j], by_indels[i, j], _INDEL)


def _dearer(table: np.ndarray, other: np.ndarray) -> list[list[int]]:
    found: list[list[int]] = np.argwhere(np.triu(table > other * (1 + 1e-9) + 1e-12, 1)).tolist()
    return found


def _row(costs: DomainCosts, position: int | None, i: int, j: int, through: str, direct: float,
         detour: float, effect: str) -> tuple[object, ...]:  # fmt: skip
    one, other = costs.states[i], costs.states[j]
    told = effect.format(one=one, other=other, through=through)
    return costs.domain, position, one, through, other, float(direct), float(detour), told
