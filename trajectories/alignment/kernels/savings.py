"""The compiled loops of alignment; import this module only where dissimilarities are computed.

Optimal matching is written as savings (Needleman-Wunsch turned round): with I(a) the cost of deleting all
of life a,

    S[i, j] = max(S[i-1, j], S[i, j-1], S[i-1, j-1] + saving(a_i, b_j)),    d(a, b) = I(a) + I(b) - S[m, n],

where saving(x, y) = indel(x) + indel(y) - substitution(x, y) and S is 0 at the borders. A cell is two
maxima and one addition; a saving of 0 changes nothing, so lives of unequal length are padded with it; a
negative saving is never taken. Many lives stand side by side against one, in vector registers, and several
rows of the matrix are done in one sweep (``vector_rows``). All kernels run without the interpreter's lock.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from trajectories.alignment.kernels.vector_rows import LANES as LANES
from trajectories.alignment.kernels.vector_rows import LINE, ROWS, add_rows, add_up, exchange, sweep
from trajectories.sequences.compiling import compiled

Array = NDArray[Any]

def by_state(tables: Array) -> Array:
    """Tables (1 or positions, states, widest alphabet) as ``lay_out`` reads them: state by state, with one
    more column, of zeros, for what comes after the end of a life."""
    return np.ascontiguousarray(np.pad(tables, ((0, 0), (0, 0), (0, 1))).transpose(1, 0, 2))


def lay_out(tables: Array, offsets: Array, codes: Array, lengths: Array, start: int, profile: Array) -> None:
    """What each state (all domains in one list) saves or costs against each position of each lane's life.

    ``tables`` from ``by_state``; ``offsets`` (domains + 1) where each domain's states begin; ``start`` is the
    first lane's life; ``profile`` (states or more, positions, lanes) is 0 beyond the end of a life.
    """
    states, times, wide = tables.shape
    lanes, places = lanes_from(start, profile.shape[2], len(codes)), np.arange(profile.shape[1])[:, None]
    beyond = places >= lengths[lanes]
    for domain, (first, last) in enumerate(pairwise(offsets)):
        column = np.where(beyond, wide - 1, codes[lanes, :, domain].T)
        column += places * wide if times > 1 else 0
        np.take(tables.reshape(states, -1)[first:last], column, axis=1, out=profile[first:last], mode="clip")


def lanes_from(start: int, lanes: int, lives: int) -> Array:
    """The lives side by side from ``start`` on; lanes that are left over hold the last life again."""
    return np.minimum(np.arange(start, start + lanes), lives - 1)


def at_lines(shape: tuple[int, ...], number: Any) -> Array:
    """Zeros that begin at a cache line, so that no vector lies across two."""
    size = int(np.prod(shape)) * np.dtype(number).itemsize
    room: Array = np.zeros(size + LINE, np.uint8)
    start = -room.ctypes.data % LINE
    aligned: Array = room[start : start + size].view(number).reshape(shape)
    return aligned


@compiled
def _ended(saved: Array, length: int, total: Array, alone: Any, beside: Array, unit: float, life: int,
           group: int, found: Array) -> None:
    """What both deletions cost less what the last row saves, into a life's row of ``found``."""
    add_up(saved, length, total)
    for lane in range(total.size):
        found[life, group + lane] = (alone + beside[lane] - total[lane]) * unit


@compiled
def align_lives(codes: Array, lengths: Array, rows: Array, zeros: int, saved: Array, total: Array,
                alone: Array, beside: Array, unit: float, group: int, found: Array) -> None:
    """Optimal matching of some lives with those side by side in the lanes, into ``found`` from ``group`` on.

    ``codes`` (lives, positions, 1) say which of the flat ``rows`` each position saves by, ``zeros`` is the
    one that saves nothing; ``saved`` (positions * lanes,) and ``total`` (lanes,) are room for one row of the
    matrix and its end; ``alone`` (lives,) and ``beside`` (lanes,) the cost of each life's deletion, in the
    same numbers; ``unit`` what one of these is worth.
    """
    row, length = saved.size, saved.size // total.size
    none = zeros * row
    for life in range(codes.shape[0]):
        end = lengths[life]
        for k in range(row):
            saved[k] = 0
        for i in range(0, end, ROWS):
            one = codes[life, i, 0] * row
            two = codes[life, i + 1, 0] * row if i + 1 < end else none
            three = codes[life, i + 2, 0] * row if i + 2 < end else none
            four = codes[life, i + 3, 0] * row if i + 3 < end else none
            five = codes[life, i + 4, 0] * row if i + 4 < end else none
            sweep(saved, rows, length, (one, two, three, four, five))
        _ended(saved, length, total, alone[life], beside, unit, life, group, found)


@compiled
def align_halves(codes: Array, lengths: Array, rows: Array, zeros: int, saved: Array, total: Array,
                 alone: Array, beside: Array, unit: float, group: int, found: Array) -> None:
    """As ``align_lives``, but each position saves by the sum of two rows, one for each half of the domains.

    ``codes`` (lives, positions, 2) say which two. The sums are never written down: to add while sweeping
    takes less time than to make, store and read each sum.
    """
    row, length = saved.size, saved.size // total.size
    none = zeros * row
    for life in range(codes.shape[0]):
        end = lengths[life]
        for k in range(row):
            saved[k] = 0
        for i in range(0, end, ROWS):
            one, first = codes[life, i, 0] * row, codes[life, i, 1] * row
            two, second, three, third = none, none, none, none
            four, fourth, five, fifth = none, none, none, none
            if i + 1 < end:
                two, second = codes[life, i + 1, 0] * row, codes[life, i + 1, 1] * row
            if i + 2 < end:
                three, third = codes[life, i + 2, 0] * row, codes[life, i + 2, 1] * row
            if i + 3 < end:
                four, fourth = codes[life, i + 3, 0] * row, codes[life, i + 3, 1] * row
            if i + 4 < end:
                five, fifth = codes[life, i + 4, 0] * row, codes[life, i + 4, 1] * row
            starts = (one, two, three, four, five, first, second, third, fourth, fifth)
            sweep(saved, rows, length, starts)
        _ended(saved, length, total, alone[life], beside, unit, life, group, found)


@compiled
def add_halves(kinds: Array, single: Array, rows: Array) -> None:
    """Into each of the ``rows`` (kinds, row) the sum of those ``single`` rows that its states have: ``kinds``
    (kinds, most domains in a half), -1 where there are fewer."""
    for kind in range(kinds.shape[0]):
        for k in range(rows.shape[1]):
            rows[kind, k] = single[kinds[kind, 0], k]
        for domain in range(1, kinds.shape[1]):
            if kinds[kind, domain] >= 0:
                for k in range(rows.shape[1]):
                    rows[kind, k] += single[kinds[kind, domain], k]


@compiled
def align_domains(codes: Array, lengths: Array, offsets: Array, rows: Array, saved: Array, total: Array,
                  alone: Array, beside: Array, unit: float, held: Array, starts: Array, group: int,
                  found: Array) -> None:
    """As ``align_lives`` in several domains, whose rows are added up wherever a position is not as the last.

    ``codes`` (lives, positions, domains). Each sum is put into one of the ROWS + 1 rows after that of zeros,
    in turn, by exchanging what differs from the last sum; ``held`` (domains + 1,) are the states of that (-1:
    none), and which one it was; ``starts`` (ROWS,) is room. Floats are added up anew, or what rounding
    leaves behind would pile up.
    """
    length, row, domains = saved.size // total.size, saved.size, codes.shape[2]
    zeros = offsets[domains]
    for life in range(codes.shape[0]):
        for k in range(row):
            saved[k] = 0
        for i in range(0, lengths[life], ROWS):
            for k in range(ROWS):
                starts[k] = zeros * row
                if i + k < lengths[life]:
                    other = held[0] < 0
                    for domain in range(domains):
                        other |= held[domain] != codes[life, i + k, domain]
                    if other:
                        anew = held[0] < 0 or rows.itemsize == 8
                        now = zeros if anew else zeros + 1 + held[domains]
                        turn = held[domains] + 1 if held[domains] < ROWS else 0
                        into = zeros + 1 + turn
                        for domain in range(domains):
                            code = codes[life, i + k, domain]
                            if anew or held[domain] != code:
                                old = zeros if anew else offsets[domain] + held[domain]
                                exchange(rows, length, (now * row, old * row, (offsets[domain] + code) * row,
                                                        into * row))  # fmt: skip
                                now = into
                            held[domain] = code
                        held[domains] = turn
                    starts[k] = (zeros + 1 + held[domains]) * row
            sweep(saved, rows, length, (starts[0], starts[1], starts[2], starts[3], starts[4]))
        _ended(saved, length, total, alone[life], beside, unit, life, group, found)


@compiled
def count_lives(codes: Array, rows: Array, width: int, total: Array, unit: float, found: Array) -> None:
    """Costs added up position by position: some lives with those side by side in the lanes.

    ``rows``, flat, holds ``width`` rows of LANES numbers for each position and domain, one a state; ``total``
    (lanes,) is room, of zeros.
    """
    count = codes.shape[1] * codes.shape[2]
    for life in range(codes.shape[0]):
        if count > 0:
            add_rows(rows, width, codes, life * count, count, total)
        for lane in range(total.size):
            found[life, lane] = total[lane] * unit


@compiled
def keep_condensed(found: Array, start: int, first: int, lives: int, condensed: Array) -> None:
    """What was found about lives ``first`` and later against those from ``start`` on, into a condensed
    matrix."""
    lanes = min(found.shape[1], lives - start)
    for row in range(found.shape[0]):
        life = first + row
        at = life * lives - life * (life + 1) // 2 - life - 1 + start
        begin = max(life + 1 - start, 0)
        if begin < lanes:  # as two stretches, which are copied in vectors
            there, here = condensed[at + begin : at + lanes], found[row, begin:lanes]
            for lane in range(there.size):
                there[lane] = here[lane]


@compiled
def spread(different: Array, which: Array, lives: int, condensed: Array) -> None:
    """From ``lives`` different lives to people: the people's condensed matrix, ``which`` (people,) lives
    what."""
    at = 0
    for i in range(which.size):
        for j in range(i + 1, which.size):
            one, other = min(which[i], which[j]), max(which[i], which[j])
            place = one * lives - one * (one + 1) // 2 + other - one - 1
            condensed[at] = 0 if one == other else different[place]
            at += 1
