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
from trajectories.alignment.kernels.spell_rows import BYTES, match_rows
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


def room_for_spells(states: int, places: int) -> tuple[Array, Array]:
    """Room for ``match_spells_block`` to work in: what is saved, by state and one row of nothing; and one
    row of the matrix."""
    lanes = BYTES // 4
    return np.zeros((states + 1, places, lanes), np.int32), np.zeros((places, lanes), np.int32)


@compiled
def _lay_out_spells(table: Array, codes: Array, lengths: Array, further: Array, start: int,
                    profile: Array) -> None:
    """What each state saves at each place of each lane, 0 beyond the end of a life."""
    lives = codes.shape[0]
    for lane in range(profile.shape[2]):
        life = min(start + lane, lives - 1)
        for place in range(profile.shape[1]):
            code = codes[life, place, 0]
            for state in range(table.shape[0]):
                saving = table[state, code] + (2 * further[life, place] if state == code else 0)
                profile[state, place, lane] = saving if place < lengths[life] else 0


@compiled
def match_spells_block(table: Array, codes: Array, lengths: Array, alone: Array, further: Array, unit: float,
                       profile: Array, saved: Array, block: int, first: int, last: int,
                       found: Array) -> None:
    """Matching of spells in whole numbers, each worth ``unit``: one block of LANES lives with lives
    ``first`` to before ``last``.

    ``table`` (states, states): both indels less the substitution; ``further`` (lives, positions): what a
    spell costs for lasting longer than one position. Two spells of one state save twice the indel and twice
    what the shorter of them costs further. So a row saves ``table`` + 2 ``further`` of the lane up to its
    own 2 indel + 2 ``further``, which no other state may reach: indel b <= indel a + substitution.
    """
    lives, (places, lanes) = codes.shape[0], saved.shape
    rows, flat, size = profile.ravel(), saved.ravel(), places * lanes
    for group in range(0, LANES, lanes):
        start = block * LANES + group
        if start >= lives:
            break
        _lay_out_spells(table, codes, lengths, further, start, profile)
        most = lengths[start : start + lanes].max()
        for life in range(first, last):
            for k in range(size):
                flat[k] = 0
            for i in range(0, lengths[life], 2):
                one = np.int64(codes[life, i, 0])
                two, cap = np.int64(table.shape[0]), np.int32(0)
                if i + 1 < lengths[life]:
                    two = np.int64(codes[life, i + 1, 0])
                    cap = np.int32(table[two, two] + 2 * further[life, i + 1])
                own = np.int32(table[one, one] + 2 * further[life, i])
                match_rows(flat, rows, (one * size, two * size), most, (own, cap))
            for lane in range(lanes):
                other = min(start + lane, lives - 1)
                rest = alone[life] + alone[other] - saved[most - 1, lane]
                found[life - first, group + lane] = rest * unit
