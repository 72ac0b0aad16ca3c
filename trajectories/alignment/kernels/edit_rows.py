"""Rows of the edit recursions that look at their neighbours, as vector instructions; import only where
dissimilarities are computed.

D[i, j] = min(D[i-1, j-1] + match, D[i-1, j] + deletion, D[i, j-1] + insertion), many lives side by side
against one, in whole numbers of 32 bits or floats of 64. ``cost`` ((positions + 1) * lanes,), flat, is the
row above and becomes the last of the new ones; ``edges`` ((rows + 1) * lanes,) holds the cells before the
first place, of the row above and of each new one. ``tests/alignment/test_edit_rows.py`` compares them with
plain loops. They read flat arrays without looking at their bounds: whoever calls them has to see to that.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from llvmlite import ir
from numba.core import types

from trajectories.alignment.kernels.emitting import (
    I64,
    Loop,
    added,
    everywhere,
    scalar,
    smaller,
    vectors,
    written,
)

EDIT_BYTES = 32
"""Bytes of one vector: what the registers of most processors hold."""
EDIT_ROWS = 4
"""Rows in one sweep, measured."""


@written
def localized_rows(typing: Any, cost: Any, edges: Any, match: Any, half: Any, gone: Any, before: Any,
                   starts: Any, length: Any) -> Any:  # fmt: skip
    """``len(starts)`` rows of localized matching.

    Row r reads the three flat tables from ``starts[r]`` on: ``match`` what matching costs at each place,
    ``gone`` what deleting does; inserting costs ``half`` of this row and of the one above, which for the
    first row begins at ``before``.
    """
    number, rows = cost.dtype, len(starts)

    def emit(context: Any, b: Any, signature: Any, arguments: Any) -> Any:
        table = _Tables(context, b, signature, arguments, number)
        begin = [b.extract_value(arguments[6], r) for r in range(rows)]
        matches, halves, deletions = ([table.rows(k, start) for start in begin] for k in (2, 3, 4))
        first = table.rows(3, arguments[5])

        def costs_at(at: Any) -> list[tuple[Any, Any, Any]]:
            found, above = [], table.load(first, at)
            for row in range(rows):
                here = table.load(halves[row], at)
                found.append((table.load(matches[row], at), table.load(deletions[row], at),
                              added(b, number, above, here)))  # fmt: skip
                above = here
            return found

        return table.sweep(rows, arguments[7], costs_at)

    return types.void(cost, edges, match, half, gone, types.int64, starts, types.int64), emit


@written
def warped_rows(typing: Any, cost: Any, edges: Any, match: Any, change: Any, away: Any, shift: Any,
                before: Any, starts: Any, gone: Any, length: Any) -> Any:  # fmt: skip
    """``len(starts)`` rows of time-warp edit.

    ``match`` (states, places + 1, lanes), flat: row r begins at ``starts[r]``, the one above the first at
    ``before``; matching costs what stands there, what stands one place earlier in the row above, and what
    ``away`` says of how far apart both are in time: at ``shift`` for the first row and place, one vector
    earlier at each place, one later at each row. ``gone[r]`` is what deleting row r costs, ``change``
    (places, lanes) what inserting each place does.
    """
    number, rows = cost.dtype, len(starts)

    def emit(context: Any, b: Any, signature: Any, arguments: Any) -> Any:
        table = _Tables(context, b, signature, arguments, number)
        begin = [arguments[6], *(b.extract_value(arguments[7], r) for r in range(rows))]
        matches = [table.rows(2, start) for start in begin]
        changes, apart = table.rows(3, None), table.rows(4, None)
        deletions = [everywhere(b, b.extract_value(arguments[8], r), table.vector) for r in range(rows)]

        def costs_at(at: Any) -> list[tuple[Any, Any, Any]]:
            inserted, following = table.load(changes, at), b.add(at, I64(1))
            far = b.sub(arguments[5], at)
            found = []
            for row in range(rows):
                both = added(b, number, table.load(matches[row + 1], following), table.load(matches[row], at))
                both = added(b, number, both, table.load(apart, b.add(far, I64(row))))
                found.append((both, deletions[row], inserted))
            return found

        return table.sweep(rows, arguments[9], costs_at)

    whole = types.int64
    return types.void(cost, edges, match, change, away, whole, whole, starts, gone, whole), emit


class _Tables:
    """The flat arrays of a sweep as vectors, and the sweep itself."""

    def __init__(self, context: Any, b: Any, signature: Any, arguments: Any, number: Any) -> None:
        self.vector = ir.VectorType(scalar(number), 8 * EDIT_BYTES // number.bitwidth)
        self._given = (context, b, signature, arguments)
        self._b, self._number, self._align = b, number, number.bitwidth // 8

    def rows(self, array: int, start: Any) -> Any:
        context, b, signature, arguments = self._given
        return vectors(context, b, signature.args[array], arguments[array], self.vector, start)

    def load(self, row: Any, at: Any) -> Any:
        return self._b.load(self._b.gep(row, [at]), align=self._align)

    def sweep(self, rows: int, length: Any, costs_at: Callable[[Any], list[tuple[Any, Any, Any]]]) -> Any:
        """All places of ``rows`` rows, whose costs of matching, deleting and inserting are ``costs_at``."""
        b, number = self._b, self._number
        cells, edges = self.rows(0, None), [self.load(self.rows(1, None), I64(k)) for k in range(rows + 1)]
        b.store(edges[-1], cells, align=self._align)
        loop = Loop(b, length, edges)
        place = b.gep(cells, [b.add(loop.at, I64(1))])
        corner, above, new = loop.carried[0], b.load(place, align=self._align), []
        up = above
        for left, (matched, deleted, inserted) in zip(loop.carried[1:], costs_at(loop.at), strict=True):
            best = smaller(b, number, added(b, number, corner, matched), added(b, number, up, deleted))
            up = smaller(b, number, added(b, number, left, inserted), best)
            corner = left
            new.append(up)
        b.store(up, place, align=self._align)
        loop.close([above, *new])
        return self._given[0].get_dummy_value()
