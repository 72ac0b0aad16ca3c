"""The compiled loops of alignment; import this module only where dissimilarities are computed.

Optimal matching is written as savings (Needleman-Wunsch turned round): with I(a) the cost of deleting all
of life a,

    S[i, j] = max(S[i-1, j], S[i, j-1], S[i-1, j-1] + saving(a_i, b_j)),    d(a, b) = I(a) + I(b) - S[m, n],

where saving(x, y) = indel(x) + indel(y) - substitution(x, y) and S is 0 at the borders. A cell is two
maxima and one addition; a saving of 0 changes nothing, so lives of unequal length are padded with it; a
negative saving is never taken. ``LANES`` lives stand side by side against one, which the compiler turns
into vector instructions; two rows of the matrix are done in one sweep. All kernels run without the
interpreter's lock, one block of lanes a call.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from trajectories.sequences.compiling import compiled

Array = NDArray[Any]

LANES = 64
"""Lives compared with one other life at a time; 64 numbers fill whole vector registers of every width."""


@compiled
def lay_out(tables: Array, offsets: Array, codes: Array, lengths: Array, block: int, profile: Array) -> None:
    """What each state (all domains in one list) saves or costs against each position of each lane's life.

    ``tables`` (1 or positions, states, widest alphabet), ``offsets`` (domains + 1) where each domain's
    states begin; ``profile`` (states, positions, LANES) is 0 beyond the end of a life.
    """
    lives, length, domains = codes.shape
    for lane in range(LANES):
        life = min(block * LANES + lane, lives - 1)
        for place in range(length):
            at = place if tables.shape[0] > 1 else 0
            inside = place < lengths[life]
            for domain in range(domains):
                code = codes[life, place, domain]
                for state in range(offsets[domain], offsets[domain + 1]):
                    profile[state, place, lane] = tables[at, state, code] if inside else 0


@compiled
def _sum_rows(profile: Array, offsets: Array, codes: Array, row: Array) -> None:
    """The profile of one position's states, added up over the domains."""
    length = row.shape[0]
    first = profile[offsets[0] + codes[0]]
    for place in range(length):
        for lane in range(LANES):
            row[place, lane] = first[place, lane]
    for domain in range(1, codes.size):
        more = profile[offsets[domain] + codes[domain]]
        for place in range(length):
            for lane in range(LANES):
                row[place, lane] += more[place, lane]


@compiled
def two_rows(saved: Array, one: Array, two: Array, edge: Array) -> None:
    """Two rows of the recursion at once; ``edge`` (3, LANES) holds the corner and both rows' cells to the
    left."""
    number = saved.dtype.type
    corner, left_one, left_two = edge[0], edge[1], edge[2]
    for lane in range(LANES):
        corner[lane] = 0
        left_one[lane] = 0
        left_two[lane] = 0
    for place in range(saved.shape[0]):
        for lane in range(LANES):
            above = saved[place, lane]
            here = number(corner[lane] + one[place, lane])
            corner[lane] = above
            left = left_one[lane]
            here = above if above > here else here
            below = number(left + two[place, lane])
            here = left if left > here else here
            left_one[lane] = here
            below = here if here > below else below
            left = left_two[lane]
            below = left if left > below else below
            left_two[lane] = below
            saved[place, lane] = below


@compiled
def _same(one: Array, other: Array) -> bool:
    different = 0
    for i in range(one.size):
        different += one[i] != other[i]
    return different == 0


@compiled
def align_block(tables: Array, offsets: Array, codes: Array, lengths: Array, alone: Array, unit: float,
                block: int, first: int, last: int, found: Array) -> None:
    """Optimal matching of one block of LANES lives with lives ``first`` to before ``last``, into ``found``.

    ``tables`` (1, states, widest) savings, whole numbers or floats; ``alone`` (lives,) the cost of each
    life's deletion in the same numbers; ``unit`` what one of these numbers is worth.
    """
    lives, length, domains = codes.shape
    profile = np.empty((tables.shape[1], length, LANES), tables.dtype)
    lay_out(tables, offsets, codes, lengths, block, profile)
    rows = np.zeros((3, length, LANES), tables.dtype)
    saved = np.empty((length, LANES), tables.dtype)
    edge = np.empty((3, LANES), tables.dtype)
    held = np.full((2, domains), -1, codes.dtype)
    for life in range(first, last):
        saved[:] = 0
        for i in range(0, lengths[life], 2):
            for k in range(min(2, lengths[life] - i)):
                if not _same(held[k], codes[life, i + k]):
                    held[k] = codes[life, i + k]
                    _sum_rows(profile, offsets, held[k], rows[k])
            two_rows(saved, rows[0], rows[1] if i + 1 < lengths[life] else rows[2], edge)
        for lane in range(LANES):
            other = min(block * LANES + lane, lives - 1)
            found[life - first, lane] = (alone[life] + alone[other] - saved[length - 1, lane]) * unit


@compiled
def count_block(tables: Array, offsets: Array, codes: Array, lengths: Array,
                block: int, first: int, last: int, found: Array) -> None:
    """Costs added up position by position: one block of LANES lives with lives ``first`` to before
    ``last``."""
    length, domains = codes.shape[1:]
    profile = np.empty((tables.shape[1], length, LANES), tables.dtype)
    lay_out(tables, offsets, codes, lengths, block, profile)
    total = np.empty(LANES, tables.dtype)
    for life in range(first, last):
        total[:] = 0
        for place in range(length):
            for domain in range(domains):
                row = profile[offsets[domain] + codes[life, place, domain], place]
                for lane in range(LANES):
                    total[lane] += row[lane]
        found[life - first] = total


@compiled
def keep_condensed(found: Array, start: int, first: int, lives: int, condensed: Array) -> None:
    """What was found about lives ``first`` and later against those from ``start`` on, into a condensed
    matrix."""
    for row in range(found.shape[0]):
        life = first + row
        at = life * lives - life * (life + 1) // 2 - life - 1
        for lane in range(found.shape[1]):
            other = start + lane
            if life < other < lives:
                condensed[at + other] = found[row, lane]


@compiled
def spread(different: Array, which: Array, lives: int, condensed: Array) -> None:
    """From ``lives`` different lives to people: the people's condensed matrix, ``which`` (people,) lives
    what."""
    people = which.size
    at = 0
    for i in range(people):
        for j in range(i + 1, people):
            one, other = min(which[i], which[j]), max(which[i], which[j])
            place = one * lives - one * (one + 1) // 2 + other - one - 1
            condensed[at] = 0 if one == other else different[place]
            at += 1
