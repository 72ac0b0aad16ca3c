"""Optimal matching of positions that carry a duration; import only where dissimilarities are computed.

The savings of ``kernels.savings`` with numbers of both lives in them: matching position i of a life with
position p of a lane saves

    plus_i + factor_i * first[a_i, b_p] * near_p + min(limit_i, second[a_i, b_p] * far_p),

which covers matching on spells (first: both indels less the substitution, limit and second: what the
longer of two equal spells saves) and costs that shrink with the length of the spell.
"""

from __future__ import annotations

import numpy as np

from trajectories.alignment.kernels.savings import LANES, Array, at_lines, lanes_from
from trajectories.alignment.kernels.spell_rows import BYTES, match_rows
from trajectories.alignment.kernels.vector_rows import ROWS, WIDE, add_up, sweep
from trajectories.sequences.compiling import compiled

FLOAT_LANES = WIDE[8]
"""Lives side by side in floats."""
SPELL_LANES = BYTES // 4
"""Lives side by side in whole numbers."""


def scaled(table: Array, codes: Array, lengths: Array, scale: Array, start: int, beyond: float) -> Array:
    """A table (states, states) against each place of the lives side by side from ``start`` on, times the
    place's ``scale``; ``beyond`` after their end: (states, places, lanes)."""
    lanes = lanes_from(start, FLOAT_LANES, len(codes))
    profile = at_lines((len(table), codes.shape[1], FLOAT_LANES), np.float64)
    np.multiply(table[:, codes[lanes, :, 0].T], scale[lanes].T, out=profile)
    profile[:, np.arange(codes.shape[1])[:, None] >= lengths[lanes]] = beyond
    return profile


@compiled
def align_spells(codes: Array, lengths: Array, own: Array, one: Array, two: Array, rows: Array, saved: Array,
                 total: Array, alone: Array, beside: Array, group: int, found: Array) -> None:
    """Some lives with those side by side in the lanes, into ``found`` from ``group`` on: ``own`` (lives,
    positions, 3) holds plus, factor and limit, ``one`` and ``two`` are the tables from ``scaled``, flat;
    ``alone`` (lives,) and ``beside`` (lanes,) what deleting a life costs; ``rows`` (ROWS rows), ``saved``
    and ``total`` (lanes,) are room."""
    row, length = saved.size, saved.size // total.size
    for life in range(codes.shape[0]):
        for k in range(row):
            saved[k] = 0
        for i in range(0, lengths[life], ROWS):
            for k in range(ROWS):
                if i + k < lengths[life]:
                    start, limit = codes[life, i + k, 0] * row, own[life, i + k, 2]
                    plus, factor = own[life, i + k, 0], own[life, i + k, 1]
                    for p in range(row):
                        more = two[start + p]
                        more = limit if more > limit else more
                        rows[k * row + p] = plus + factor * one[start + p] + more
                else:
                    for p in range(row):
                        rows[k * row + p] = 0
            sweep(saved, rows, length, (0, row, 2 * row, 3 * row, 4 * row))
        add_up(saved, length, total)
        for lane in range(total.size):
            found[life, group + lane] = alone[life] + beside[lane] - total[lane]


def spell_savings(table: Array, codes: Array, lengths: Array, further: Array, start: int) -> Array:
    """What each state saves at each place of LANES lives from ``start`` on, 0 beyond their end and in a last
    row: (groups, states + 1, places, SPELL_LANES)."""
    groups, states = LANES // SPELL_LANES, len(table)
    profile = at_lines((groups, states + 1, codes.shape[1], SPELL_LANES), np.int32)
    _lay_out(table, codes, lengths, further, start, profile.reshape(-1))
    return profile


@compiled
def _lay_out(table: Array, codes: Array, lengths: Array, further: Array, start: int, profile: Array) -> None:
    states, places = table.shape[0], codes.shape[1]
    for lane in range(LANES):
        life = min(start + lane, codes.shape[0] - 1)
        first = lane // SPELL_LANES * (states + 1)
        for place in range(lengths[life]):
            code = codes[life, place, 0]
            for state in range(states):
                at = ((first + state) * places + place) * SPELL_LANES + lane % SPELL_LANES
                profile[at] = table[state, code] + (2 * further[life, place] if state == code else 0)


@compiled
def match_spells(codes: Array, lengths: Array, caps: Array, rows: Array, states: int, saved: Array,
                 most: Array, alone: Array, beside: Array, unit: float, found: Array) -> None:
    """Matching of spells in whole numbers, each worth ``unit``: some lives with LANES side by side, of which
    the longest of each group has ``most`` (groups,) spells.

    A spell's row of ``rows``, from ``spell_savings``, flat, holds both indels less the substitution and,
    where the states are the same, twice what the lane's spell costs further for lasting longer than one
    position. Two spells of one state save twice the indel and twice what the shorter of them costs further:
    so a row counts up to its own 2 indel + 2 further, ``caps`` (lives, positions), which no other state may
    reach: indel b <= indel a + substitution. ``saved`` is room.
    """
    row = saved.size
    for group in range(most.size):
        start = group * (states + 1) * row
        for life in range(codes.shape[0]):
            for k in range(row):
                saved[k] = 0
            for i in range(0, lengths[life], 2):
                one, cap = start + codes[life, i, 0] * row, caps[life, i]
                two, other_cap = start + states * row, cap
                if i + 1 < lengths[life]:
                    two, other_cap = start + codes[life, i + 1, 0] * row, caps[life, i + 1]
                match_rows(saved, rows, (one, two), most[group], (cap, other_cap))
            for lane in range(SPELL_LANES):
                at = group * SPELL_LANES + lane
                both = saved[(most[group] - 1) * SPELL_LANES + lane]
                found[life, at] = (alone[life] + beside[at] - both) * unit
