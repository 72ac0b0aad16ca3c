"""What the loops written as vector instructions have in common; import only where dissimilarities are
computed."""

from __future__ import annotations

from typing import Any

from llvmlite import ir
from numba.core import types
from numba.extending import intrinsic

I64 = ir.IntType(64)
UNSIGNED = (types.uint8, types.uint16)


def written(function: Any) -> Any:
    """Marks a function that gives its type and another one, which emits the machine's instructions."""
    return intrinsic(function)


class Loop:
    """A loop from 0 to before ``end`` (which is 1 or more): ``at`` counts, ``carried`` go from each turn to
    the next; ``close`` says with which values, and ends it."""

    def __init__(self, b: Any, end: Any, first: list[Any]) -> None:
        self._b, self._end, before = b, end, b.basic_block
        self._body, self._after = b.append_basic_block("loop"), b.append_basic_block("after")
        b.branch(self._body)
        b.position_at_end(self._body)
        self.at = b.phi(I64)
        self.at.add_incoming(I64(0), before)
        self.carried = [b.phi(value.type) for value in first]
        for phi, value in zip(self.carried, first, strict=True):
            phi.add_incoming(value, before)

    def close(self, new: list[Any]) -> None:
        following = self._b.add(self.at, I64(1))
        self.at.add_incoming(following, self._body)
        for phi, value in zip(self.carried, new, strict=True):
            phi.add_incoming(value, self._body)
        self._b.cbranch(self._b.icmp_signed("<", following, self._end), self._body, self._after)
        self._b.position_at_end(self._after)


def scalar(number: Any) -> Any:
    """One number of a kind that numba knows, as LLVM calls it."""
    if isinstance(number, types.Float):
        return ir.FloatType() if number.bitwidth == 32 else ir.DoubleType()
    return ir.IntType(number.bitwidth)


def data(context: Any, b: Any, kind: Any, array: Any, start: Any = None) -> Any:
    """Where a flat array's numbers stand, from ``start`` on."""
    first = context.make_array(kind)(context, b, array).data
    return first if start is None else b.gep(first, [start])


def vectors(context: Any, b: Any, kind: Any, array: Any, vector: Any, start: Any = None) -> Any:
    """A flat array's numbers, from ``start`` on, as vectors."""
    return b.bitcast(data(context, b, kind, array, start), vector.as_pointer())


def everywhere(b: Any, number: Any, vector: Any) -> Any:
    """A vector that holds one number in every lane."""
    one = b.insert_element(ir.Constant(vector, ir.Undefined), number, ir.IntType(32)(0))
    return b.shuffle_vector(one, ir.Constant(vector, ir.Undefined),
                            ir.Constant(ir.VectorType(ir.IntType(32), vector.count), None))  # fmt: skip


def added(b: Any, number: Any, one: Any, other: Any) -> Any:
    return (b.fadd if isinstance(number, types.Float) else b.add)(one, other)


def larger(b: Any, number: Any, one: Any, other: Any) -> Any:
    return _chosen(b, number, ">", one, other)


def smaller(b: Any, number: Any, one: Any, other: Any) -> Any:
    return _chosen(b, number, "<", one, other)


def _chosen(b: Any, number: Any, which: str, one: Any, other: Any) -> Any:
    if isinstance(number, types.Float):
        return b.select(b.fcmp_ordered(which, one, other), one, other)
    compare = b.icmp_unsigned if number in UNSIGNED else b.icmp_signed
    return b.select(compare(which, one, other), one, other)
