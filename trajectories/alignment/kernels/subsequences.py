"""Counting what two lives have in common as subsequences; import only where dissimilarities are computed.

With M[i, j] how far a_i and b_j match, the number of ways to choose matching subsequences of k + 1
positions that begin at i and j is N_k+1[i, j] = M[i, j] * (sum of N_k over all later i', j'). The time of
a subsequence is carried along with it: added up (``SHARED``: the time both share in each position), or for
each life, to be multiplied in the end (``BOTH``).
"""

from __future__ import annotations

from typing import Any

import numpy as np

from trajectories.alignment.kernels.savings import LANES, Array
from trajectories.alignment.kernels.spell_rows import BYTES, add_row
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
def _level(match: Array, a: Array, b: Array, d: Array, e: Array, m: int, n: int, kind: int,
           number: Array, one: Array, other: Array, both: Array) -> float:
    """Put one more position before what is counted (sums of later cells); how much that comes to."""
    total = 0.0
    for i in range(m):
        for j in range(n):
            fit = match[a[i], b[j]]
            count = number[i, j]
            if kind == COUNT:
                number[i, j] = fit * count
                total += number[i, j]
            elif kind == SHARED:
                both[i, j] = fit * (both[i, j] + fit * min(d[i], e[j]) * count)
                number[i, j] = fit * count
                total += both[i, j]
            else:
                both[i, j] = fit * (both[i, j] + d[i] * other[i, j] + e[j] * one[i, j]
                                    + d[i] * e[j] * count)  # fmt: skip
                one[i, j] = fit * (one[i, j] + d[i] * count)
                other[i, j] = fit * (other[i, j] + e[j] * count)
                number[i, j] = fit * count
                total += both[i, j]
    return total


@compiled
def in_common(match: Array, a: Array, b: Array, d: Array, e: Array, kind: int, weights: Array,
              work: Array) -> Any:
    """Weighted sum over lengths of what two lives have in common; empty ``weights``: every length counts
    once. ``work`` (4, longest + 1, longest + 1) is room to calculate in."""
    m, n = a.size, b.size
    number, one, other, both = work[0], work[1], work[2], work[3]
    if weights.size == 0:
        return _all_lengths(match, a, b, d, e, kind, work)
    work[:, : m + 1, : n + 1] = 0
    number[:m, :n] = 1
    total = 0.0
    for k in range(min(weights.size, min(m, n))):
        if k > 0:
            for each in range(4):
                _later(work[each], m, n)
        found = _level(match, a, b, d, e, m, n, kind, number, one, other, both)
        total += weights[k] * found
        if found == 0:
            break
    return total


@compiled
def _all_lengths(match: Array, a: Array, b: Array, d: Array, e: Array, kind: int, work: Array) -> Any:
    """As ``in_common`` for all lengths in one sweep: the rows hold sums over everything after each cell."""
    m, n = a.size, b.size
    number, one, other, both = work[0, 0], work[1, 0], work[2, 0], work[3, 0]
    for j in range(n + 1):
        number[j], one[j], other[j], both[j] = 0.0, 0.0, 0.0, 0.0
    for i in range(m - 1, -1, -1):
        time = d[i]
        row, row_one, row_other, row_both = 0.0, 0.0, 0.0, 0.0
        after, after_one, after_other, after_both = 0.0, 0.0, 0.0, 0.0
        for j in range(n - 1, -1, -1):
            fit, count = match[a[i], b[j]], after + 1
            if fit != 0:
                row += fit * count
                if kind == SHARED:
                    row_both += fit * (after_both + fit * min(time, e[j]) * count)
                elif kind == BOTH:
                    row_one += fit * (after_one + time * count)
                    row_other += fit * (after_other + e[j] * count)
                    row_both += fit * (after_both + time * after_other + e[j] * after_one
                                       + time * e[j] * count)  # fmt: skip
            after, after_one, after_other, after_both = number[j], one[j], other[j], both[j]
            number[j] += row
            one[j] += row_one
            other[j] += row_other
            both[j] += row_both
    return number[0] if kind == COUNT else both[0]


@compiled
def _lay_out(match: Array, codes: Array, lengths: Array, time: Array, start: int, profile: Array) -> None:
    """How far each state matches each place of each lane, 0 beyond the end of a life; and that times how
    long it lasts: ``profile`` (states, places, 2, lanes)."""
    lives = codes.shape[0]
    for lane in range(profile.shape[3]):
        life = min(start + lane, lives - 1)
        for place in range(profile.shape[1]):
            for state in range(profile.shape[0]):
                fit = match[state, codes[life, place, 0]] if place < lengths[life] else 0.0
                profile[state, place, 0, lane] = fit
                profile[state, place, 1, lane] = fit * time[life, place]


@compiled
def _count_life(codes: Array, time: Array, life: int, end: int, kind: int, rows: Array, size: int,
                table: Array, places: int) -> None:
    """Everything that one life shares with all lanes, from its last position to the first; ``rows`` has
    ``size`` numbers for each state."""
    flat = table.ravel()
    for place in range(places + 1):
        for lane in range(table.shape[2]):
            table[place, 0, lane] = 1
            for part in range(1, 4):
                table[place, part, lane] = 0
    for i in range(end - 1, -1, -1):
        start, here = codes[life, i, 0] * size, rows.dtype.type(time[life, i])
        if kind == COUNT:
            add_row(flat, rows, start, places, here, (0,))
        elif kind == SHARED:
            add_row(flat, rows, start, places, here, (0, 0))
        else:
            add_row(flat, rows, start, places, here, (0, 0, 0, 0))


@compiled
def shared_block(match: Array, codes: Array, lengths: Array, time: Array, kind: int, alone: Array,
                 table: Array, profile: Array, block: int, first: int, last: int, found: Array) -> None:
    """As ``subsequences_block`` for all lengths, lives side by side, in the floats of ``table``.

    32-bit floats hold whole numbers below 2^24 exactly. Nothing is ever subtracted and no spell is shorter
    than 1, so nothing that was added up on the way is larger than the end: an end below 2^24 is exact, and
    all others are counted again in 64 bits.
    """
    lives, lanes = codes.shape[0], table.shape[2]
    most = 2.0**24 if table.itemsize == 4 else np.inf
    rows, work = profile.ravel(), np.zeros((4, table.shape[0], table.shape[0]))
    for group in range(0, LANES, lanes):
        start = block * LANES + group
        if start >= lives:
            break
        _lay_out(match, codes, lengths, time, start, profile)
        places = lengths[start : start + lanes].max()
        for life in range(first, last):
            end = lengths[life]
            _count_life(codes, time, life, end, kind, rows, profile[0].size, table, places)
            for lane in range(lanes):
                other = min(start + lane, lives - 1)
                both = float(table[0, 0, lane]) - 1 if kind == COUNT else float(table[0, 3, lane])
                if not both < most and life != other:
                    n = lengths[other]
                    both = _all_lengths(match, codes[life, :end, 0], codes[other, :n, 0], time[life, :end],
                                        time[other, :n], kind, work)  # fmt: skip
                rest = max(alone[life] + alone[other] - 2 * both, 0.0)
                found[life - first, group + lane] = np.sqrt(rest) if life != other else 0.0


@compiled
def subsequences_block(match: Array, codes: Array, lengths: Array, time: Array, kind: int, weights: Array,
                       alone: Array, block: int, first: int, last: int, found: Array) -> None:
    """Square root of what two lives have alone less twice what they have in common."""
    lives, length, _ = codes.shape
    work = np.zeros((4, length + 1, length + 1))
    for life in range(first, last):
        m = lengths[life]
        for lane in range(LANES):
            other = min(block * LANES + lane, lives - 1)
            n = lengths[other]
            shared = in_common(match, codes[life, :m, 0], codes[other, :n, 0], time[life, :m],
                               time[other, :n], kind, weights, work)  # fmt: skip
            found[life - first, lane] = np.sqrt(max(alone[life] + alone[other] - 2 * shared, 0.0))


def room_to_share(states: int, places: int, number: Any) -> tuple[Array, Array]:
    """Room for ``shared_block`` to work in: what is counted, and what matches."""
    lanes = BYTES // np.dtype(number).itemsize
    return np.empty((places + 1, 4, lanes), number), np.empty((states, places, 2, lanes), number)


@compiled
def own_subsequences(match: Array, codes: Array, lengths: Array, time: Array, kind: int,
                     weights: Array) -> Array:
    """What each life has in common with itself."""
    lives, length, _ = codes.shape
    work, alone = np.zeros((4, length + 1, length + 1)), np.empty(lives)
    for life in range(lives):
        m = lengths[life]
        code, spent = codes[life, :m, 0], time[life, :m]
        alone[life] = in_common(match, code, code, spent, spent, kind, weights, work)
    return alone
