"""Counting what two lives have in common as subsequences; import only where dissimilarities are computed.

With M[i, j] how far a_i and b_j match, the number of ways to choose matching subsequences of k + 1
positions that begin at i and j is N_k+1[i, j] = M[i, j] * (sum of N_k over all later i', j'). The time of
a subsequence is carried along with it: added up (``SHARED``: the time both share in each position), or for
each life, to be multiplied in the end (``BOTH``).
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from trajectories.alignment.kernels.savings import LANES, Array, at_lines
from trajectories.alignment.kernels.spell_rows import BYTES, add_row, begin_rows
from trajectories.sequences.compiling import compiled

COUNT, SHARED, BOTH = 0, 1, 2


@compiled
def _later(found: Array, m: int, n: int) -> None:
    """Each cell becomes the sum of all cells after it in both directions, in place; ``found`` is one wider
    and higher, with zeros there."""
    for i in range(m):
        for j in range(n):
            found[i, j] = found[i + 1, j + 1]
    for i in range(m - 1, -1, -1):
        row = 0.0
        for j in range(n - 1, -1, -1):
            row += found[i, j]
            found[i, j] = row + found[i + 1, j] if i + 1 < m else row


@compiled
def _level(match: Array, codes: Array, time: Array, a: int, b: int, m: int, n: int, kind: int,
           number: Array, one: Array, other: Array, both: Array) -> float:
    """Put one more position before what is counted (sums of later cells); how much that comes to."""
    total = 0.0
    for i in range(m):
        for j in range(n):
            fit, d, e = match[codes[a, i, 0], codes[b, j, 0]], time[a, i], time[b, j]
            count = number[i, j]
            if kind == SHARED:
                both[i, j] = fit * (both[i, j] + fit * min(d, e) * count)
                total += both[i, j]
            elif kind == BOTH:
                both[i, j] = fit * (both[i, j] + d * other[i, j] + e * one[i, j] + d * e * count)
                one[i, j] = fit * (one[i, j] + d * count)
                other[i, j] = fit * (other[i, j] + e * count)
                total += both[i, j]
            number[i, j] = fit * count
            if kind == COUNT:
                total += number[i, j]
    return total


@compiled
def _weighted(match: Array, codes: Array, time: Array, a: int, b: int, m: int, n: int, kind: int,
              weights: Array, number: Array, one: Array, other: Array, both: Array) -> float:
    """Weighted sum over lengths of what lives ``a`` and ``b``, of ``m`` and ``n`` positions, have in common;
    the last four are room to calculate in, (longest + 1, longest + 1)."""
    for i in range(m + 1):
        for j in range(n + 1):
            number[i, j] = 1 if i < m and j < n else 0
            one[i, j] = other[i, j] = both[i, j] = 0
    total = 0.0
    for k in range(min(weights.size, min(m, n))):
        if k > 0:
            _later(number, m, n)
            _later(one, m, n)
            _later(other, m, n)
            _later(both, m, n)
        found = _level(match, codes, time, a, b, m, n, kind, number, one, other, both)
        total += weights[k] * found
        if found == 0:
            break
    return total


@compiled
def _all_lengths(match: Array, codes: Array, time: Array, a: int, b: int, m: int, n: int, kind: int,
                 work: Array) -> Any:
    """As ``_weighted`` for all lengths alike, in one sweep: the rows, ``work`` (4, longest + 1), hold sums
    over everything after each cell."""
    for part in range(4):
        for j in range(n + 1):
            work[part, j] = 0.0
    for i in range(m - 1, -1, -1):
        time_here = time[a, i]
        row, row_one, row_other, row_both = 0.0, 0.0, 0.0, 0.0
        after, after_one, after_other, after_both = 0.0, 0.0, 0.0, 0.0
        for j in range(n - 1, -1, -1):
            fit, count = match[codes[a, i, 0], codes[b, j, 0]], after + 1
            if fit != 0:
                time_there = time[b, j]
                row += fit * count
                if kind == SHARED:
                    row_both += fit * (after_both + fit * min(time_here, time_there) * count)
                elif kind == BOTH:
                    row_one += fit * (after_one + time_here * count)
                    row_other += fit * (after_other + time_there * count)
                    row_both += fit * (after_both + time_here * after_other + time_there * after_one
                                       + time_here * time_there * count)  # fmt: skip
            after, after_one, after_other, after_both = work[0, j], work[1, j], work[2, j], work[3, j]
            work[0, j] += row
            work[1, j] += row_one
            work[2, j] += row_other
            work[3, j] += row_both
    return work[0, 0] if kind == COUNT else work[3, 0]


def matches(match: Array, codes: Array, lengths: Array, time: Array, start: int, number: Any) -> Array:
    """How far each state matches each place of the lives side by side from ``start`` on, 0 beyond their end;
    and that times how long it lasts: (states, places, 2, lanes)."""
    profile = at_lines((len(match), codes.shape[1], 2, BYTES // number.itemsize), number)
    _lay_out(match, codes, lengths, time, start, profile)
    return profile


@compiled
def _lay_out(match: Array, codes: Array, lengths: Array, time: Array, start: int, profile: Array) -> None:
    for lane in range(profile.shape[3]):
        life = min(start + lane, codes.shape[0] - 1)
        for place in range(lengths[life]):
            for state in range(profile.shape[0]):
                fit = match[state, codes[life, place, 0]]
                profile[state, place, 0, lane] = fit
                profile[state, place, 1, lane] = fit * time[life, place]


@compiled
def shared_lives(match: Array, codes: Array, lengths: Array, time: Array, kind: int, alone: Array,
                 rows: Array, table: Array, places: int, start: int, first: int, last: int, work: Array,
                 group: int, found: Array) -> None:
    """As ``weighted_block`` for all lengths, in the floats of ``table`` (places + 1, 4, lanes), flat, which
    is room, as is ``work`` (4, longest + 1): lives ``first`` to before ``last`` with those side by side from
    ``start`` on, the longest of which has ``places``; ``rows`` from ``matches``, flat.

    32-bit floats hold whole numbers below 2^24 exactly. Nothing is ever subtracted and no spell is shorter
    than 1, so nothing that was added up on the way is larger than the end: an end below 2^24 is exact, and
    all others are counted again in 64 bits.
    """
    lanes = BYTES // table.itemsize
    most, size = 2.0**24 if table.itemsize == 4 else np.inf, rows.size // match.shape[0]
    for life in range(first, last):
        begin_rows(table, places + 1)
        for i in range(lengths[life] - 1, -1, -1):
            at, here = codes[life, i, 0] * size, rows.dtype.type(time[life, i])
            if kind == COUNT:
                add_row(table, rows, at, places, here, (0,))
            elif kind == SHARED:
                add_row(table, rows, at, places, here, (0, 0))
            else:
                add_row(table, rows, at, places, here, (0, 0, 0, 0))
        for lane in range(lanes):
            other = min(start + lane, codes.shape[0] - 1)
            both = float(table[lane]) - 1 if kind == COUNT else float(table[3 * lanes + lane])
            if not both < most and life != other:
                n = lengths[other]
                both = _all_lengths(match, codes, time, life, other, lengths[life], n, kind, work)
            rest = max(alone[life] + alone[other] - 2 * both, 0.0)
            found[life - first, group + lane] = math.sqrt(rest) if life != other else 0.0


@compiled
def weighted_block(match: Array, codes: Array, lengths: Array, time: Array, kind: int, weights: Array,
                   alone: Array, number: Array, one: Array, other: Array, both: Array, block: int, first: int,
                   last: int, found: Array) -> None:
    """Square root of what two lives have alone less twice what they have in common, each length of
    subsequences with its weight: one block of LANES lives with lives ``first`` to before ``last``."""
    for life in range(first, last):
        for lane in range(LANES):
            side = min(block * LANES + lane, codes.shape[0] - 1)
            shared = _weighted(match, codes, time, life, side, lengths[life], lengths[side], kind, weights,
                               number, one, other, both)  # fmt: skip
            found[life - first, lane] = math.sqrt(max(alone[life] + alone[side] - 2 * shared, 0.0))


@compiled
def own_of_all(match: Array, codes: Array, lengths: Array, time: Array, kind: int, work: Array,
               alone: Array) -> None:
    """What each life has in common with itself, all lengths alike, into ``alone`` (lives,)."""
    for life in range(alone.size):
        m = lengths[life]
        alone[life] = _all_lengths(match, codes, time, life, life, m, m, kind, work)


@compiled
def own_weighted(match: Array, codes: Array, lengths: Array, time: Array, kind: int, weights: Array,
                 number: Array, one: Array, other: Array, both: Array, alone: Array) -> None:
    """As ``own_of_all``, each length with its weight."""
    for life in range(alone.size):
        m = lengths[life]
        alone[life] = _weighted(match, codes, time, life, life, m, m, kind, weights, number, one, other, both)
