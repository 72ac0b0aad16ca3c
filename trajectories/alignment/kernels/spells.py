"""Optimal matching of positions that carry a duration; import only where dissimilarities are computed.

The savings of ``kernels.align_block`` with numbers of both lives in them: matching position i of a life
with position p of a lane saves

    plus_i + factor_i * first[a_i, b_p] * near_p + min(limit_i, second[a_i, b_p] * far_p),

which covers matching on spells (first: both indels less the substitution, limit and second: what the
longer of two equal spells saves) and costs that shrink with the length of the spell.
"""

from __future__ import annotations

import numpy as np

from trajectories.alignment.kernels.savings import LANES, Array, two_rows
from trajectories.sequences.compiling import compiled


@compiled
def _lay_out(table: Array, codes: Array, lengths: Array, scale: Array, block: int, beyond: float,
             profile: Array) -> None:
    lives, length, _ = codes.shape
    for lane in range(LANES):
        life = min(block * LANES + lane, lives - 1)
        for place in range(length):
            inside = place < lengths[life]
            for state in range(table.shape[0]):
                saving = table[state, codes[life, place, 0]] * scale[life, place]
                profile[state, place, lane] = saving if inside else beyond


@compiled
def _build(first: Array, second: Array, plus: float, factor: float, limit: float, row: Array) -> None:
    for place in range(row.shape[0]):
        for lane in range(LANES):
            more = second[place, lane]
            more = limit if more > limit else more
            row[place, lane] = plus + factor * first[place, lane] + more


@compiled
def align_spells_block(first_table: Array, second_table: Array, codes: Array, lengths: Array, alone: Array,
                       own: Array, near: Array, far: Array, block: int, first: int, last: int,
                       found: Array) -> None:
    """One block of LANES lives with lives ``first`` to before ``last``: ``own`` (lives, positions, 3) holds
    plus, factor and limit, ``near`` and ``far`` (lives, positions) scale the two tables (states, states),
    ``alone`` (lives,) is what deleting a life costs."""
    lives, length, _ = codes.shape
    one = np.empty((first_table.shape[0], length, LANES))
    two = np.empty((first_table.shape[0], length, LANES))
    _lay_out(first_table, codes, lengths, near, block, 0.0, one)
    _lay_out(second_table, codes, lengths, far, block, -np.inf, two)
    rows = np.empty((3, length, LANES))
    rows[2] = -np.inf
    saved, edge = np.empty((length, LANES)), np.empty((3, LANES))
    for life in range(first, last):
        saved[:] = 0
        for i in range(0, lengths[life], 2):
            for k in range(min(2, lengths[life] - i)):
                state, given = codes[life, i + k, 0], own[life, i + k]
                _build(one[state], two[state], given[0], given[1], given[2], rows[k])
            two_rows(saved, rows[0], rows[1] if i + 1 < lengths[life] else rows[2], edge)
        for lane in range(LANES):
            other = min(block * LANES + lane, lives - 1)
            found[life - first, lane] = alone[life] + alone[other] - saved[length - 1, lane]
