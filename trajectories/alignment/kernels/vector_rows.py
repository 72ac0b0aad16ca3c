"""The innermost loops, written as vector instructions; import only where dissimilarities are computed.

Written as plain loops they run at half to a third of this speed, for the compiler keeps the cells to the
left in memory instead of in registers. So these, and nothing else here, are handed to LLVM as they
shall be: numba's ``intrinsic`` is given a function that emits the loop. LLVM splits the vectors into what
the processor has, so nothing depends on its make. ``tests/alignment/test_vector_rows.py`` says the same in
plain loops and compares.

They read flat arrays without looking at their bounds: whoever calls them has to see to that. numba's cache
on disk knows a function by its own file alone: whoever changes this file changes ``savings.py`` and
``bits.py`` too, or deletes ``kernels/__pycache__``.
"""

from __future__ import annotations

from typing import Any

from llvmlite import ir
from numba.core import types
from numba.extending import intrinsic

ROWS = 5
"""Rows of the alignment's matrix in one sweep: as many as the vector registers hold, measured."""
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
_I64 = ir.IntType(64)
_UNSIGNED = (types.uint8, types.uint16)


def written(function: Any) -> Any:
    """Marks a function that gives its type and another one, which emits the machine's instructions."""
    return intrinsic(function)


@written
def sweep(typing: Any, saved: Any, profile: Any, length: Any, starts: Any) -> Any:
    """``len(starts)`` rows of the recursion of optimal matching at once, ``WIDE`` lives side by side.

    ``saved`` (length * lanes,) is the row above and becomes the last of the new ones; what row r can save
    at each place stands in ``profile`` from ``starts[r]`` on, in the same order. Signed numbers and floats
    hold the savings S themselves,

        S[i, j] = max(S[i-1, j], S[i, j-1], S[i-1, j-1] + saving);

    unsigned ones hold by how much S grows from place to place, h[i, j] = S[i, j] - S[i, j-1], and on the
    way from row to row, v[i, j] = S[i, j] - S[i-1, j]:

        m = max(saving, h[i-1, j], v[i, j-1]),    v[i, j] = m - h[i-1, j],    h[i, j] = m - v[i, j-1].
    """
    number, rows = saved.dtype, len(starts)
    size = number.bitwidth // 8
    steps = number in _UNSIGNED
    loop_of = _steps if steps else _sums

    def emit(context: Any, b: Any, signature: Any, arguments: Any) -> Any:
        vector = _vector(number)
        cells = _vectors(context, b, signature.args[0], arguments[0], vector)
        starts = [b.extract_value(arguments[3], row) for row in range(rows)]
        given = [_vectors(context, b, signature.args[1], arguments[1], vector, start) for start in starts]
        zero = ir.Constant(vector, None)
        loop = _Loop(b, arguments[2], [zero] * (rows + 1))
        above = b.load(b.gep(cells, [loop.at]), align=size)
        savings = [b.load(b.gep(row, [loop.at]), align=size) for row in given]
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
    steps = number in _UNSIGNED

    def emit(context: Any, b: Any, signature: Any, arguments: Any) -> Any:
        vector, whole = _vector(number), ir.VectorType(_scalar(sum_of), WIDE[size])
        cells = _vectors(context, b, signature.args[0], arguments[0], vector)
        into = _vectors(context, b, signature.args[2], arguments[2], whole)
        if steps:
            loop = _Loop(b, arguments[1], [ir.Constant(whole, None)])
            more = b.zext(b.load(b.gep(cells, [loop.at]), align=size), whole)
            last = b.add(loop.carried[0], more)
            loop.close([last])
        else:
            last = b.load(b.gep(cells, [b.sub(arguments[1], _I64(1))]), align=size)
        b.store(last, into, align=4)
        return context.get_dummy_value()

    return types.void(saved, types.int64, total), emit


def _sums(b: Any, number: Any, savings: list[Any], left: list[Any], corner: Any, above: Any) -> Any:
    """One place of every row: their new cells, and the lowest of them."""
    new = []
    for saving, beside in zip(savings, left, strict=True):
        across = (b.fadd if isinstance(number, types.Float) else b.add)(corner, saving)
        above = _larger(b, number, _larger(b, number, across, above), beside)
        new.append(above)
        corner = beside
    return new, above


def _steps(b: Any, number: Any, savings: list[Any], left: list[Any], corner: Any, above: Any) -> Any:
    """One place of every row as differences: those downwards, and the lowest one to the side."""
    new = []
    for saving, down in zip(savings, left, strict=True):
        most = _larger(b, number, _larger(b, number, saving, down), above)
        new.append(b.sub(most, above))
        above = b.sub(most, down)
    return new, above


def _larger(b: Any, number: Any, one: Any, other: Any) -> Any:
    if isinstance(number, types.Float):
        return b.select(b.fcmp_ordered(">", one, other), one, other)
    compare = b.icmp_unsigned if number in _UNSIGNED else b.icmp_signed
    return b.select(compare(">", one, other), one, other)


@written
def exchange(typing: Any, profile: Any, length: Any, starts: Any) -> Any:
    """A row of the profile with one part of it exchanged: into the last of four rows that begin at
    ``starts`` goes the first, less the second, plus the third."""
    number = profile.dtype
    size = number.bitwidth // 8

    def emit(context: Any, b: Any, signature: Any, arguments: Any) -> Any:
        rows = [_vectors(context, b, signature.args[0], arguments[0], _vector(number),
                         b.extract_value(arguments[2], row)) for row in range(4)]  # fmt: skip
        loop = _Loop(b, arguments[1], [])
        whole, old, new = (b.load(b.gep(row, [loop.at]), align=size) for row in rows[:3])
        less, more = (b.fsub, b.fadd) if isinstance(number, types.Float) else (b.sub, b.add)
        b.store(more(whole, less(new, old)), b.gep(rows[3], [loop.at]), align=size)
        loop.close([])
        return context.get_dummy_value()

    return types.void(profile, types.int64, starts), emit


@written
def match_words(typing: Any, places: Any, strip: Any, codes: Any, start: Any, length: Any, carries: Any,
                keep: Any, shared: Any) -> Any:
    """One strip of WORDS words of the longest common subsequence, WORD_LANES lives side by side against one.

    ``places`` are, from ``strip`` on, the positions of each lane that hold each state (states, WORDS,
    WORD_LANES); ``codes``, from ``start`` on, the ``length`` states of the one life. ``carries`` (length *
    WORD_LANES,) is what each step carries over from the strip before, overwritten by what it carries into
    the next (``keep`` 1) or by 0 (``keep`` 0); None where there is but one strip. Each step is V := (V + (V
    & M)) | (V & ~M), the carry bits going on; what is 0 in the end is counted to ``shared`` (WORD_LANES,).
    """
    alone = isinstance(carries, types.NoneType)

    def emit(context: Any, b: Any, signature: Any, arguments: Any) -> Any:
        vector = ir.VectorType(_I64, WORD_LANES)
        held = _vectors(context, b, signature.args[0], arguments[0], vector, arguments[1])
        out = _vectors(context, b, signature.args[7], arguments[7], vector)
        states = b.gep(context.make_array(signature.args[2])(context, b, arguments[2]).data, [arguments[3]])
        all_of = ir.Constant(vector, [2**BITS - 1] * WORD_LANES)
        top = ir.Constant(vector, [BITS] * WORD_LANES)
        loop = _Loop(b, arguments[4], [all_of] * WORDS)
        state = b.mul(b.zext(b.load(b.gep(states, [loop.at])), _I64), _I64(WORDS))
        carry = at = None
        if not alone:
            at = b.gep(_vectors(context, b, signature.args[5], arguments[5], vector), [loop.at])
            carry = b.load(at, align=8)
        new = []
        for k, word in enumerate(loop.carried):
            both = b.and_(word, b.load(b.gep(held, [b.add(state, _I64(k))]), align=8))
            total = b.add(word, both)
            total = total if carry is None else b.add(total, carry)
            following = b.or_(total, b.xor(word, both))
            if alone and k == WORDS - 1:
                new.append(following)
            else:
                carry = b.lshr(total, top)
                new.append(b.and_(following, all_of))
        if not alone:
            kept = _everywhere(b, b.sub(_I64(0), arguments[6]), vector)
            b.store(b.and_(carry, kept), at, align=8)
        loop.close(new)
        name = f"llvm.ctpop.v{WORD_LANES}i64"
        ones = b.module.declare_intrinsic(name, (), ir.FunctionType(vector, [vector]))
        count = b.load(out, align=8)
        for word in new:
            count = b.add(count, b.call(ones, [b.xor(b.and_(word, all_of), all_of)]))
        b.store(count, out, align=8)
        return context.get_dummy_value()

    whole = types.int64
    return types.void(places, whole, codes, whole, whole, carries, whole, shared), emit


def _scalar(number: Any) -> Any:
    return ir.DoubleType() if isinstance(number, types.Float) else ir.IntType(number.bitwidth)


def _vector(number: Any) -> Any:
    """As many of one kind of number as stand side by side."""
    return ir.VectorType(_scalar(number), WIDE[number.bitwidth // 8])


class _Loop:
    """A loop from 0 to before ``end`` (which is 1 or more): ``at`` counts, ``carried`` go from each turn to
    the next."""

    def __init__(self, b: Any, end: Any, first: list[Any]) -> None:
        self._b, self._end, before = b, end, b.basic_block
        self._body, self._after = b.append_basic_block("loop"), b.append_basic_block("after")
        b.branch(self._body)
        b.position_at_end(self._body)
        self.at = b.phi(_I64)
        self.at.add_incoming(_I64(0), before)
        self.carried = [b.phi(value.type) for value in first]
        for phi, value in zip(self.carried, first, strict=True):
            phi.add_incoming(value, before)

    def close(self, new: list[Any]) -> None:
        following = self._b.add(self.at, _I64(1))
        self.at.add_incoming(following, self._body)
        for phi, value in zip(self.carried, new, strict=True):
            phi.add_incoming(value, self._body)
        self._b.cbranch(self._b.icmp_signed("<", following, self._end), self._body, self._after)
        self._b.position_at_end(self._after)


def _vectors(context: Any, b: Any, kind: Any, array: Any, vector: Any, start: Any = None) -> Any:
    """A flat array's numbers, from ``start`` on, as vectors."""
    data = context.make_array(kind)(context, b, array).data
    return b.bitcast(data if start is None else b.gep(data, [start]), vector.as_pointer())


def _everywhere(b: Any, number: Any, vector: Any) -> Any:
    """A vector that holds one number in every lane."""
    one = b.insert_element(ir.Constant(vector, ir.Undefined), number, ir.IntType(32)(0))
    return b.shuffle_vector(one, ir.Constant(vector, ir.Undefined),
                            ir.Constant(ir.VectorType(ir.IntType(32), vector.count), None))  # fmt: skip
