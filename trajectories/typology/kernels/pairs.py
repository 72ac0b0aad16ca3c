"""Passes over pairs of people in order, in machine code; import only where they are computed."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from trajectories.sequences.compiling import compiled

Floats = NDArray[np.float64]


@compiled
def row_of(p: int, n: int) -> int:
    """The row i of the condensed place p, whose column is p - (first place of row i) + i + 1."""
    i = int((2 * n - 1 - ((2.0 * n - 1) ** 2 - 8.0 * p) ** 0.5) / 2)
    while i * (2 * n - i - 1) // 2 > p:
        i -= 1
    while (i + 1) * (2 * n - i - 2) // 2 <= p:
        i += 1
    return i


@compiled
def pairs_in_order(order: Any, n: int, rows: Any, columns: Any) -> None:
    """Write the two people of each condensed place in ``order`` into ``rows`` and ``columns``."""
    for q in range(order.size):
        i = row_of(order[q], n)
        rows[q] = i
        columns[q] = order[q] - i * (2 * n - i - 1) // 2 + i + 1


@compiled
def levels_of(
    values: Any, rows: Any, columns: Any, weights: Any, level: Any, levels: Floats, mass: Any
) -> int:
    """At which level each of the rising ``values`` is, the first level being 0; of each level the value and
    the weight of the ordered pairs at it. How many levels there are."""
    at, here, inside = 0, 0.0, weights[0] * 0
    levels[0] = 0.0
    for q in range(values.size):
        if values[q] != here:
            mass[at] = inside
            here, inside = float(values[q]), weights[0] * 0
            at += 1
            levels[at] = here
        level[q] = at
        inside += 2 * weights[rows[q]] * weights[columns[q]]
    mass[at] = inside
    return at + 1


@compiled
def couples(
    level: Any, rows: Any, columns: Any, part: Any, weights: Any, mass: Any, own: Any, ends: Any
) -> tuple[float, float, float]:
    """Couples of a pair inside a type and one across types: the weight of concordant, discordant and tied
    ones.

    ``level`` to ``columns`` and ``mass`` as ``OrderedPairs`` keeps them, ``weights`` its ``whole`` ones,
    ``part`` (people,) the types; ``own``: the weight of pairs with oneself, all inside at level 0. ``ends``
    is room: a stretch of as many pairs is told apart first, then its levels are added up, which is twice as
    fast in whole numbers.
    """
    concordant = discordant = tied = within = between = 0.0
    inside, pending, chunk = own, 0, ends.size - 1
    for begin in range(0, level.size, chunk):
        end = min(begin + chunk, level.size)
        ends[0] = inside  # of the level at which the last stretch broke off
        for q in range(begin, end):
            one, other = np.uint32(rows[q]), np.uint32(columns[q])
            weight = 2 * weights[one] * weights[other]
            if part[one] == part[other]:
                inside += weight
            ends[np.uint32(level[q] - pending)] = inside
        whole = level[end - 1] if end < level.size else mass.size
        for k in range(pending, whole):
            here_within = ends[k - pending] - within
            here_between = mass[k] + (own if k == 0 else 0) - here_within
            concordant += here_between * within
            discordant += here_within * between
            tied += here_within * here_between
            within += here_within
            between += here_between
        pending = whole
    return concordant, discordant, tied
