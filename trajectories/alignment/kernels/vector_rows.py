"""The innermost loops, written as vector instructions; import only where dissimilarities are computed.

Written as plain loops they run at half to a third of this speed, for the compiler keeps the cells to the
left in memory instead of in registers. So these, and nothing else here, are handed to LLVM as they
shall be: numba's ``intrinsic`` is given a function that emits the loop. LLVM splits the vectors into what
the processor has, so nothing depends on its make. ``tests/alignment/test_vector_rows.py`` says the same in
plain loops and compares.

They read flat arrays without looking at their bounds: whoever calls them has to see to that.
"""

from __future__ import annotations

from typing import Any

from llvmlite import ir
from numba.core import types

from trajectories.alignment.kernels.emitting import (
    I64,
    UNSIGNED,
    Loop,
    added,
    data,
    everywhere,
    larger,
    scalar,
    vectors,
    written,
)

ROWS = 5
"""Rows of the alignment's matrix in one sweep: as many as the vector registers hold, measured."""
LANES = 64
"""Lives compared with one other life at a time; 64 numbers fill whole vector registers of every width."""
WIDE = {1: 64, 2: 32, 4: 8, 8: 8}
"""Lives side by side in one vector, by the bytes of a number: what ran fastest, measured."""
LINE = 64
"""Bytes of a cache line; no vector may lie across two."""
BITS = 63
"""Positions in one word of ``match_words``, so that the carry is its highest bit."""
WORDS = 2
"""Words of one strip of ``match_words``: what the vector registers hold."""
WORD_LANES = 16
"""Lives side by side in ``match_words``."""
BESIDE = 8
"""Of these so many in one vector: with all in one, more words wait than the registers hold, measured."""


@written
def sweep(typing: Any, saved: Any, profile: Any, length: Any, starts: Any) -> Any:
    """``ROWS`` rows of the recursion of optimal matching at once, ``WIDE`` lives side by side.

    ``saved`` (length * lanes,) is the row above and becomes the last of the new ones; what row r can save
    at each place stands in ``profile`` from ``starts[r]`` on, in the same order; where ``starts`` are more
    than ``ROWS`` it is the sum of what stands there and of what stands from ``starts[r + ROWS]`` on. Signed
    numbers and floats hold the savings S themselves,

        S[i, j] = max(S[i-1, j], S[i, j-1], S[i-1, j-1] + saving);

    unsigned ones hold by how much S grows from place to place, h[i, j] = S[i, j] - S[i, j-1], and on the
    way from row to row, v[i, j] = S[i, j] - S[i-1, j]:

        m = max(saving, h[i-1, j], v[i, j-1]),    v[i, j] = m - h[i-1, j],    h[i, j] = m - v[i, j-1].
    """
    number, parts = saved.dtype, len(starts)
    size = number.bitwidth // 8
    steps = number in UNSIGNED
    loop_of = _steps if steps else _sums

    def emit(context: Any, b: Any, signature: Any, arguments: Any) -> Any:
        vector = _vector(number)
        cells = vectors(context, b, signature.args[0], arguments[0], vector)
        starts = [b.extract_value(arguments[3], part) for part in range(parts)]
        given = [vectors(context, b, signature.args[1], arguments[1], vector, start) for start in starts]
        zero = ir.Constant(vector, None)
        loop = Loop(b, arguments[2], [zero] * (ROWS + 1))
        above = b.load(b.gep(cells, [loop.at]), align=size)
        savings = [b.load(b.gep(part, [loop.at]), align=size) for part in given]
        if parts > ROWS:
            savings = [added(b, number, *both) for both in zip(savings[:ROWS], savings[ROWS:], strict=True)]
        new, last = loop_of(b, number, savings, loop.carried[1:], loop.carried[0], above)
        b.store(last, b.gep(cells, [loop.at]), align=size)
        loop.close([above, *new])
        return context.get_dummy_value()

    return types.void(saved, profile, types.int64, starts), emit


@written
def add_up(typing: Any, saved: Any, length: Any, total: Any) -> Any:
    """Into ``total`` (lanes,) what a row of ``sweep`` saves in the end: the sum of its differences (unsigned
    numbers, ``total`` of 32 bits), or its last cell (all others, ``total`` of the same)."""
    number, sum_of = saved.dtype, total.dtype
    size = number.bitwidth // 8
    steps = number in UNSIGNED

    def emit(context: Any, b: Any, signature: Any, arguments: Any) -> Any:
        vector, whole = _vector(number), ir.VectorType(scalar(sum_of), WIDE[size])
        cells = vectors(context, b, signature.args[0], arguments[0], vector)
        into = vectors(context, b, signature.args[2], arguments[2], whole)
        if steps:
            loop = Loop(b, arguments[1], [ir.Constant(whole, None)])
            more = b.zext(b.load(b.gep(cells, [loop.at]), align=size), whole)
            last = b.add(loop.carried[0], more)
            loop.close([last])
        else:
            last = b.load(b.gep(cells, [b.sub(arguments[1], I64(1))]), align=size)
        b.store(last, into, align=4)
        return context.get_dummy_value()

    return types.void(saved, types.int64, total), emit


def _sums(b: Any, number: Any, savings: list[Any], left: list[Any], corner: Any, above: Any) -> Any:
    """One place of every row: their new cells, and the lowest of them."""
    new = []
    for saving, beside in zip(savings, left, strict=True):
        across = added(b, number, corner, saving)
        above = larger(b, number, larger(b, number, across, above), beside)
        new.append(above)
        corner = beside
    return new, above


def _steps(b: Any, number: Any, savings: list[Any], left: list[Any], corner: Any, above: Any) -> Any:
    """One place of every row as differences: those downwards, and the lowest one to the side."""
    new = []
    for saving, down in zip(savings, left, strict=True):
        most = larger(b, number, larger(b, number, saving, down), above)
        new.append(b.sub(most, above))
        above = b.sub(most, down)
    return new, above


@written
def exchange(typing: Any, profile: Any, length: Any, starts: Any) -> Any:
    """A row of the profile with one part of it exchanged: into the last of four rows that begin at
    ``starts`` goes the first, less the second, plus the third."""
    number = profile.dtype
    size = number.bitwidth // 8

    def emit(context: Any, b: Any, signature: Any, arguments: Any) -> Any:
        rows = [vectors(context, b, signature.args[0], arguments[0], _vector(number),
                         b.extract_value(arguments[2], row)) for row in range(4)]  # fmt: skip
        loop = Loop(b, arguments[1], [])
        whole, old, new = (b.load(b.gep(row, [loop.at]), align=size) for row in rows[:3])
        less, more = (b.fsub, b.fadd) if isinstance(number, types.Float) else (b.sub, b.add)
        b.store(more(whole, less(new, old)), b.gep(rows[3], [loop.at]), align=size)
        loop.close([])
        return context.get_dummy_value()

    return types.void(profile, types.int64, starts), emit


@written
def add_rows(typing: Any, rows: Any, width: Any, codes: Any, first: Any, count: Any, total: Any) -> Any:
    """Into ``total`` (lanes,) the sum of ``count`` (1 or more) rows of LANES numbers: of the ``width`` rows
    that each place has in ``rows``, the one that ``codes``, from ``first`` on, say."""
    number = rows.dtype

    def emit(context: Any, b: Any, signature: Any, arguments: Any) -> Any:
        vector, size = ir.VectorType(scalar(number), LANES), number.bitwidth // 8
        begin = data(context, b, signature.args[2], arguments[2], arguments[3])
        given = vectors(context, b, signature.args[0], arguments[0], vector)
        loop = Loop(b, arguments[4], [ir.Constant(vector, None)])
        state = b.zext(b.load(b.gep(begin, [loop.at])), I64)
        row = b.gep(given, [b.add(b.mul(loop.at, arguments[1]), state)])
        last = added(b, number, loop.carried[0], b.load(row, align=size))
        loop.close([last])
        b.store(last, vectors(context, b, signature.args[5], arguments[5], vector), align=size)
        return context.get_dummy_value()

    return types.void(rows, types.int64, codes, types.int64, types.int64, total), emit


@written
def match_words(typing: Any, places: Any, strip: Any, codes: Any, start: Any, length: Any, carries: Any,
                keep: Any, shared: Any) -> Any:
    """One strip of WORDS words of the longest common subsequence, WORD_LANES lives side by side against one.

    ``places`` are, from ``strip`` on, the positions of each lane that hold each state (states, WORDS,
    WORD_LANES), the highest bit of every word set; ``codes``, from ``start`` on, the ``length`` states of the
    one life. ``carries`` (length * WORD_LANES,) is what each step carries over from the strip before,
    overwritten by what it carries into the next (``keep`` 1) or by 0 (``keep`` 0); None where there is but
    one strip. Each step is V := (V + (V & M)) | (V & ~M), the carry going on; what is 0 in the end is counted
    to ``shared`` (WORD_LANES,), of 32 bits. As the highest bit of every M is set, that of V + (V & M) is the
    carry whatever V held there, and nothing need be cleared.
    """
    alone = isinstance(carries, types.NoneType)
    turns = WORD_LANES // BESIDE

    def emit(context: Any, b: Any, signature: Any, arguments: Any) -> Any:
        vector = ir.VectorType(I64, BESIDE)
        held = vectors(context, b, signature.args[0], arguments[0], vector, arguments[1])
        states = data(context, b, signature.args[2], arguments[2], arguments[3])
        top = ir.Constant(vector, [BITS] * BESIDE)
        loop = Loop(b, arguments[4], [ir.Constant(vector, [2**BITS - 1] * BESIDE)] * (WORDS * turns))
        state = b.mul(b.zext(b.load(b.gep(states, [loop.at])), I64), I64(WORDS * turns))
        new = list(loop.carried)
        for turn in range(turns):
            carry = at = None
            if not alone:
                waiting = vectors(context, b, signature.args[5], arguments[5], vector)
                at = b.gep(waiting, [b.add(b.mul(loop.at, I64(turns)), I64(turn))])
                carry = b.load(at, align=8)
            for k in range(turn, WORDS * turns, turns):
                word = new[k]
                both = b.and_(word, b.load(b.gep(held, [b.add(state, I64(k))]), align=8))
                total = b.add(word, both)
                total = total if carry is None else b.add(total, carry)
                new[k] = b.or_(total, b.xor(word, both))
                carry = b.lshr(total, top)
            if not alone:
                kept = everywhere(b, b.sub(I64(0), arguments[6]), vector)
                b.store(b.and_(carry, kept), at, align=8)
        loop.close(new)
        counts = ir.VectorType(ir.IntType(32), BESIDE)
        out = vectors(context, b, signature.args[7], arguments[7], counts)
        for turn in range(turns):
            into = b.gep(out, [I64(turn)])
            more = b.trunc(_zeros_in(b, new[turn::turns]), counts)
            b.store(b.add(b.load(into, align=4), more), into, align=4)
        return context.get_dummy_value()

    whole = types.int64
    return types.void(places, whole, codes, whole, whole, carries, whole, shared), emit


def _zeros_in(b: Any, words: list[Any]) -> Any:
    """How many of the lower BITS bits of some words are 0."""
    vector = words[0].type
    all_of = ir.Constant(vector, [2**BITS - 1] * vector.count)
    ones = b.module.declare_intrinsic(f"llvm.ctpop.v{vector.count}i64", (), ir.FunctionType(vector, [vector]))
    count = ir.Constant(vector, None)
    for word in words:
        count = b.add(count, b.call(ones, [b.xor(b.and_(word, all_of), all_of)]))
    return count


def _vector(number: Any) -> Any:
    """As many of one kind of number as stand side by side."""
    return ir.VectorType(scalar(number), WIDE[number.bitwidth // 8])
