"""The innermost loops over spells, as vector instructions; import only where dissimilarities are computed.

As plain loops these run at a third of their speed, for the compiler keeps what goes from place to place in
memory instead of in registers; so they are handed to LLVM as they shall be. Nothing depends on the make of
the processor. ``tests/alignment/test_family_counts.py`` compares them with plain loops. They read flat
arrays without looking at their bounds: whoever calls them has to see to that.
"""

from __future__ import annotations

from typing import Any

from llvmlite import ir
from numba.core import cgutils, types

from trajectories.alignment.kernels.emitting import (
    I64,
    Loop,
    everywhere,
    larger,
    scalar,
    smaller,
    vectors,
    written,
)

_CODE: Any = cgutils
BYTES = 32
"""Bytes of one vector: what the registers of most processors hold."""


@written
def begin_rows(typing: Any, table: Any, places: Any) -> Any:
    """What ``add_row`` finds in its ``table`` before the first row: 1 match, the empty one, and no time."""
    number = table.dtype

    def emit(context: Any, b: Any, signature: Any, arguments: Any) -> Any:
        vector = ir.VectorType(scalar(number), 8 * BYTES // number.bitwidth)
        cells = vectors(context, b, signature.args[0], arguments[0], vector)
        loop = Loop(b, arguments[1], [])
        for part in range(4):
            value = ir.Constant(vector, [float(part == 0)] * vector.count)
            at = b.add(b.mul(loop.at, I64(4)), I64(part))
            b.store(value, b.gep(cells, [at]), align=number.bitwidth // 8)
        loop.close([])
        return context.get_dummy_value()

    return types.void(table, types.int64), emit


@written
def add_row(typing: Any, table: Any, profile: Any, start: Any, places: Any, time: Any, parts: Any) -> Any:
    """Put one position of a life before everything that is counted, ``BYTES`` of other lives side by side.

    ``table`` (places + 1, 4, lanes), flat, holds for each place how many matches there are of all that
    comes later in both lives, the empty one included; their time in this life, in the others, and the
    product of both, each added up. What each place matches, and that times its own time, stand in
    ``profile`` (..., 2, lanes) from ``start`` on. ``time`` is this position's. With M a match of place j and
    time e, A what stands at place j + 1, R what is added up from the last place to this:

        number:  R += M A;   in the others:  R' += M A' + M e A;   each place += R, R';
        here:  R* += M A*;   product:  R# += M A# + M e A*;        each place += R* + time R, R# + time R'.

    ``parts``: a tuple of one for the number alone, of two for the number and the time that both share,
    R# += M A# + min(time, M e) A in the fourth place; of four for all.
    """
    number, count = table.dtype, len(parts)

    def emit(context: Any, b: Any, signature: Any, arguments: Any) -> Any:
        row = _Row(context, b, signature, arguments, number)
        held = [0] if count == 1 else [0, 3] if count == 2 else [0, 1, 2, 3]
        later = {k: _CODE.alloca_once_value(b, row.cell(arguments[3], k)) for k in held}
        added = {k: _CODE.alloca_once_value(b, row.zero) for k in held}
        with _CODE.for_range(b, arguments[3]) as loop:
            at = b.sub(b.sub(arguments[3], loop.index), row.one)
            match, timed = row.match(at)
            a, r = ({k: b.load(kept[k]) for k in held} for kept in (later, added))
            r[0] = row.more(match, a[0], r[0])
            if count == 2:
                least = smaller(b, number, timed, row.time)
                r[3] = b.fadd(r[3], row.both(least, a[0], match, a[3]))
            elif count == 4:
                r[1] = b.fadd(r[1], row.both(timed, a[0], match, a[1]))
                r[2] = row.more(match, a[2], r[2])
                r[3] = b.fadd(r[3], row.both(timed, a[2], match, a[3]))
            for k in held:
                before = row.cell(at, k)
                new = b.fadd(before, r[k])
                if count == 4 and k > 1:
                    new = row.more(row.time, r[k - 2], new)
                row.keep(at, k, new)
                b.store(before, later[k])
                b.store(r[k], added[k])
        return context.get_dummy_value()

    return types.void(table, profile, types.int64, types.int64, number, parts), emit


@written
def match_rows(typing: Any, saved: Any, profile: Any, starts: Any, places: Any, caps: Any) -> Any:
    """``len(starts)`` rows of optimal matching as savings, ``BYTES`` of lives side by side, whole numbers.

    ``saved`` (places, lanes), flat, is the row above and becomes the last of the new ones. What row r saves
    at each place stands in ``profile`` from ``starts[r]`` on, and counts up to ``caps[r]``.
    """
    number, rows = saved.dtype, len(starts)

    def emit(context: Any, b: Any, signature: Any, arguments: Any) -> Any:
        vector = ir.VectorType(scalar(number), 8 * BYTES // number.bitwidth)
        cells, whole = (vectors(context, b, signature.args[k], arguments[k], vector) for k in (0, 1))
        size = ir.IntType(64)(vector.count)
        given = [b.udiv(b.extract_value(arguments[2], r), size) for r in range(rows)]
        most = [everywhere(b, b.extract_value(arguments[4], r), vector) for r in range(rows)]
        zero, align = ir.Constant(vector, None), number.bitwidth // 8
        corner = _CODE.alloca_once_value(b, zero)
        left = [_CODE.alloca_once_value(b, zero) for _ in range(rows)]
        with _CODE.for_range(b, arguments[3]) as loop:
            at = b.gep(cells, [loop.index])
            above, before = b.load(at, align=align), b.load(corner)
            b.store(above, corner)
            for start, cap, kept in zip(given, most, left, strict=True):
                saving = b.load(b.gep(whole, [b.add(start, loop.index)]), align=align)
                across = b.add(before, smaller(b, number, saving, cap))
                before = b.load(kept)
                above = larger(b, number, across, above)
                above = larger(b, number, before, above)
                b.store(above, kept)
            b.store(above, at, align=align)
        return context.get_dummy_value()

    return types.void(saved, profile, starts, types.int64, caps), emit


class _Row:
    """The vectors that ``add_row`` reads and writes."""

    def __init__(self, context: Any, b: Any, signature: Any, arguments: Any, number: Any) -> None:
        vector = ir.VectorType(scalar(number), 8 * BYTES // number.bitwidth)
        self._b, self._align = b, number.bitwidth // 8
        self._fast = ("contract",) if number.bitwidth == 32 else ()
        self.zero, self.one = ir.Constant(vector, None), ir.IntType(64)(1)
        self._table = vectors(context, b, signature.args[0], arguments[0], vector)
        self._profile = vectors(context, b, signature.args[1], arguments[1], vector, arguments[2])
        self.time = everywhere(b, arguments[4], vector)

    def more(self, factor: Any, value: Any, total: Any) -> Any:
        product = self._b.fmul(factor, value, flags=self._fast)
        return self._b.fadd(total, product, flags=self._fast)

    def both(self, factor: Any, value: Any, other: Any, more: Any) -> Any:
        """Two products added up, before what waits from place to place: so it waits for one sum only."""
        return self.more(factor, value, self._b.fmul(other, more, flags=self._fast))

    def cell(self, place: Any, part: int) -> Any:
        return self._b.load(self._at(self._table, place, 4, part), align=self._align)

    def keep(self, place: Any, part: int, value: Any) -> None:
        self._b.store(value, self._at(self._table, place, 4, part), align=self._align)

    def match(self, place: Any) -> list[Any]:
        return [self._b.load(self._at(self._profile, place, 2, k), align=self._align) for k in (0, 1)]

    def _at(self, start: Any, place: Any, size: int, part: int) -> Any:
        whole = ir.IntType(64)
        return self._b.gep(start, [self._b.add(self._b.mul(place, whole(size)), whole(part))])
