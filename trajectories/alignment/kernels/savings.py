"""The compiled loops of alignment; import this module only where dissimilarities are computed.

Optimal matching is written as savings (Needleman-Wunsch turned round): with I(a) the cost of deleting all
of life a,

    S[i, j] = max(S[i-1, j], S[i, j-1], S[i-1, j-1] + saving(a_i, b_j)),    d(a, b) = I(a) + I(b) - S[m, n],

where saving(x, y) = indel(x) + indel(y) - substitution(x, y) and S is 0 at the borders. A cell is two
maxima and one addition; a saving of 0 changes nothing, so lives of unequal length are padded with it; a
negative saving is never taken. Many lives stand side by side against one, in vector registers, and several
rows of the matrix are done in one sweep (``vector_rows``). All kernels run without the interpreter's lock,
one block of LANES lives a call.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from trajectories.alignment.kernels.vector_rows import LINE, ROWS, WIDE, add_up, exchange, sweep
from trajectories.sequences.compiling import compiled

Array = NDArray[Any]

LANES = 64
"""Lives compared with one other life at a time; 64 numbers fill whole vector registers of every width."""


@compiled
def lay_out(tables: Array, offsets: Array, codes: Array, lengths: Array, start: int, profile: Array) -> None:
    """What each state (all domains in one list) saves or costs against each position of each lane's life.

    ``tables`` (1 or positions, states, widest alphabet), ``offsets`` (domains + 1) where each domain's
    states begin; ``start`` is the first lane's life; ``profile`` (states or more, positions, lanes) is 0
    beyond the end of a life.
    """
    lives, length, domains = codes.shape
    for domain in range(domains):
        for state in range(offsets[domain], offsets[domain + 1]):
            for place in range(length):
                at = place if tables.shape[0] > 1 else 0
                for lane in range(profile.shape[2]):
                    life = start + lane if start + lane < lives else lives - 1
                    code = codes[life, place, domain]
                    profile[state, place, lane] = tables[at, state, code] if place < lengths[life] else 0


def room_to_align(states: int, domains: int, length: int, number: Any) -> tuple[Array, ...]:
    """Room for ``align_block`` to work in: the profile, with a row of zeros and one for each sum over
    domains that is needed at once, and the same as flat rows; one row of the matrix, and its total; the
    states of the last such sum."""
    wide, sums = WIDE[np.dtype(number).itemsize], ROWS + 1 if domains > 1 else 0
    profile = at_lines((states + 1 + sums, length, wide), number)
    total = np.zeros(wide, np.float64 if number == np.float64 else np.int32)
    rows, saved = profile.reshape(len(profile), -1), at_lines((length, wide), number)
    return profile, rows, saved, total, np.zeros(domains + 1, np.int64)


def at_lines(shape: tuple[int, ...], number: Any) -> Array:
    """Zeros that begin at a cache line, so that no vector lies across two."""
    size = int(np.prod(shape)) * np.dtype(number).itemsize
    room: Array = np.zeros(size + LINE, np.uint8)
    start = -room.ctypes.data % LINE
    aligned: Array = room[start : start + size].view(number).reshape(shape)
    return aligned


@compiled
def align_block(tables: Array, offsets: Array, codes: Array, fresh: Array, lengths: Array, alone: Array,
                unit: float, profile: Array, rows: Array, saved: Array, total: Array, held: Array,
                block: int, first: int, last: int, found: Array) -> None:
    """Optimal matching of one block of LANES lives with lives ``first`` to before ``last``, into ``found``.

    ``tables`` (1, states, widest) savings, whole numbers or floats; ``fresh`` (lives, positions): whether
    any state is another than at the position before; ``alone`` (lives,) the cost of each
    life's deletion in the same numbers; ``unit`` what one of these numbers is worth; ``profile`` to
    ``held`` from ``room_to_align``.
    """
    lives, (length, wide) = codes.shape[0], saved.shape
    for group in range(0, LANES, wide):
        start = block * LANES + group
        if start >= lives:
            break
        lay_out(tables, offsets, codes, lengths, start, profile)
        held[0] = -1
        for life in range(first, last):
            if codes.shape[2] == 1:
                _through(codes, life, lengths[life], rows, saved)
            else:
                _through_domains(codes, fresh, life, lengths[life], offsets, rows, saved, held)
            add_up(saved, length, total)
            for lane in range(wide):
                other = start + lane if start + lane < lives else lives - 1
                rest = alone[life] + alone[other] - total[lane]
                found[life - first, group + lane] = rest * unit


@compiled
def _through(codes: Array, life: int, end: int, rows: Array, saved: Array) -> None:
    """All positions of one life in one domain, ROWS at a time; rows beyond its end save nothing."""
    length, row = saved.shape[0], saved.size
    zeros = (len(rows) - 1) * row
    saved[:] = 0
    for i in range(0, end, ROWS):
        one = row * np.int64(codes[life, i, 0])
        two = row * np.int64(codes[life, i + 1, 0]) if i + 1 < end else zeros
        three = row * np.int64(codes[life, i + 2, 0]) if i + 2 < end else zeros
        four = row * np.int64(codes[life, i + 3, 0]) if i + 3 < end else zeros
        five = row * np.int64(codes[life, i + 4, 0]) if i + 4 < end else zeros
        sweep(saved, rows, length, (one, two, three, four, five))


@compiled
def _through_domains(codes: Array, fresh: Array, life: int, end: int, offsets: Array, rows: Array,
                     saved: Array, held: Array) -> None:
    """As ``_through`` in several domains, whose rows are added up wherever a position is not as the last."""
    length, row = saved.shape[0], saved.size
    zeros: Any = offsets[codes.shape[2]] * row
    at = zeros
    saved[:] = 0
    for i in range(0, end, ROWS):
        at = _sum(codes, life, i, offsets, rows, length, held) if fresh[life, i] else at
        one, two, three, four, five = at, zeros, zeros, zeros, zeros
        if i + 1 < end:
            at = _sum(codes, life, i + 1, offsets, rows, length, held) if fresh[life, i + 1] else at
            two = at
        if i + 2 < end:
            at = _sum(codes, life, i + 2, offsets, rows, length, held) if fresh[life, i + 2] else at
            three = at
        if i + 3 < end:
            at = _sum(codes, life, i + 3, offsets, rows, length, held) if fresh[life, i + 3] else at
            four = at
        if i + 4 < end:
            at = _sum(codes, life, i + 4, offsets, rows, length, held) if fresh[life, i + 4] else at
            five = at
        sweep(saved, rows, length, (one, two, three, four, five))


@compiled
def _sum(codes: Array, life: int, i: int, offsets: Array, rows: Array, length: int, held: Array) -> Any:
    """Where in ``rows`` begins the sum of the rows of one position's states in several domains.

    It is put into one of the ROWS + 1 rows after the zeros, in turn, by exchanging what differs from the
    last such sum; ``held`` (domains + 1,) are the states of that (-1: none), and which one it was. Floats
    are added up anew, or what rounding leaves behind would pile up.
    """
    row, domains = rows.shape[1], codes.shape[2]
    zeros = offsets[domains]
    turn = held[domains] + 1 if held[domains] < ROWS else 0
    anew = held[0] < 0 or rows.itemsize == 8
    now = zeros if anew else zeros + 1 + held[domains]
    into = zeros + 1 + turn
    for domain in range(domains):
        code = codes[life, i, domain]
        if anew or held[domain] != code:
            old = zeros if anew else offsets[domain] + held[domain]
            exchange(rows, length, (now * row, old * row, (offsets[domain] + code) * row, into * row))
            now = into
        held[domain] = code
    held[domains] = now - zeros - 1
    return now * row


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


def room_to_count(states: int, length: int, number: Any) -> tuple[Array, Array]:
    """Room for ``count_block`` to work in: the profile, and what is added up."""
    return at_lines((states, length, LANES), number), at_lines((LANES,), number)


@compiled
def count_block(tables: Array, offsets: Array, codes: Array, lengths: Array, unit: float, profile: Array,
                total: Array, block: int, first: int, last: int, found: Array) -> None:
    """Costs added up position by position: one block of LANES lives with lives ``first`` to before
    ``last``; ``profile`` and ``total`` from ``room_to_count``."""
    length, domains = codes.shape[1:]
    lay_out(tables, offsets, codes, lengths, block * LANES, profile)
    for life in range(first, last):
        for lane in range(LANES):
            total[lane] = 0
        for place in range(length):
            for domain in range(domains):
                state = offsets[domain] + codes[life, place, domain]
                for lane in range(LANES):
                    total[lane] += profile[state, place, lane]
        for lane in range(LANES):
            found[life - first, lane] = total[lane] * unit


@compiled
def keep_condensed(found: Array, start: int, first: int, lives: int, condensed: Array) -> None:
    """What was found about lives ``first`` and later against those from ``start`` on, into a condensed
    matrix."""
    lanes = found.shape[1] if start + found.shape[1] < lives else lives - start
    for row in range(found.shape[0]):
        life = first + row
        at = life * lives - life * (life + 1) // 2 - life - 1 + start
        for lane in range(life + 1 - start if life >= start else 0, lanes):
            condensed[at + lane] = found[row, lane]


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
