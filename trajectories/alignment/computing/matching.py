"""Optimal matching among the different lives of some sequences."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from trajectories.alignment.computing.arithmetic import Savings, savings
from trajectories.alignment.computing.blocks import Run
from trajectories.alignment.computing.halves import halves
from trajectories.alignment.computing.lives import Compared, Lives, offsets_of, packed_lives, those_that_count
from trajectories.alignment.computing.pairs import Kept
from trajectories.alignment.costs.costs import DomainCosts, Numbers
from trajectories.alignment.measures.norms import Norm, by_length
from trajectories.sequences.sequences import Sequences


def matched(sequences: Sequences, fitting: tuple[DomainCosts, ...], indel: float | Literal["auto"] | None,
            norm: Norm | None, refuse: bool, run: Run) -> Compared:
    """Align every two different lives by the weighted sum of the domains' costs.

    ``fitting`` are the costs of the domains that count; ``indel`` as in ``OptimalMatching``; ``refuse``
    missing.
    """
    sequences = those_that_count(sequences, fitting, refuse)
    lives = packed_lives(sequences)
    prices = [costs.weight * indel_prices(costs, indel) for costs in fitting]
    substitution = [costs.weight * costs.with_missing() for costs in fitting]
    dearest = sum(costs.weight * costs.highest for costs in fitting)
    numbers = savings(substitution, prices, lives.length, run.precision)
    unit = _as_common(lives, substitution, prices)
    if unit is None:
        found, told = align(lives, numbers, offsets_of(fitting), run), numbers.name
    else:
        found, told = common(lives, len(prices[0]), unit, run), "whole numbers of one bit a position, exact"
    price = sum(float(price.max()) for price in prices)
    by_length(found, run.pairs(lives), norm, lives.lengths, price, dearest)
    return Compared(lives, found, told)


def _as_common(lives: Lives, substitution: Sequence[Numbers], prices: Sequence[Numbers]) -> float | None:
    """The price of an insertion or deletion when no substitution is ever worth it and all cost alike: then
    optimal matching is the longest common subsequence; None otherwise."""
    if len(prices) != 1:
        return None
    there = np.unique(lives.codes)
    price = prices[0][there]
    apart = substitution[0][np.ix_(there, there)][~np.eye(len(there), dtype=bool)]
    alike = bool((price == price[0]).all() and (apart >= 2 * price[0]).all())
    return float(price[0]) if alike else None


def common(lives: Lives, states: int, unit: float, run: Run) -> Kept:
    """Price of what is not in the longest common subsequence, over all pairs."""
    from trajectories.alignment.kernels.bits import common_block, room_for_words
    from trajectories.alignment.kernels.savings import LANES

    def work(block: int, first: int, last: int, found: NDArray[np.float64]) -> None:
        room = room_for_words(states, lives.length)
        common_block(lives.codes, lives.lengths, unit, *room, block, first, last, found)

    return run.over(work, lives, LANES)


ROOM = 2**22
"""Bytes that the rows of two halves of the domains may take in each thread: they lie in the processor's
cache."""


def align(lives: Lives, numbers: Savings, offsets: NDArray[np.int64], run: Run) -> Kept:
    """Run the recursion of optimal matching over all pairs."""
    from trajectories.alignment.kernels import savings as kernels
    from trajectories.alignment.kernels.vector_rows import ROWS, WIDE

    if lives.codes.shape[2] > 1:
        kinds, pairs = halves(lives.codes, offsets)
        row = lives.length * WIDE[numbers.tables.itemsize] * numbers.tables.itemsize
        if len(kinds) * row <= ROOM:
            return _in_halves(lives, numbers, offsets, (kinds, pairs), run)
    number, domains = numbers.tables.dtype, lives.codes.shape[2]
    states, wide = numbers.tables.shape[1], WIDE[number.itemsize]
    codes, lengths, tables = lives.codes, lives.lengths, kernels.by_state(numbers.tables)
    inside = np.arange(lives.length) < lengths[:, None]
    alone = (numbers.alone[codes + offsets[:-1]] * inside[:, :, None]).sum(axis=(1, 2))

    def work(block: int, first: int, last: int, found: NDArray[np.float64]) -> None:
        sums = ROWS + 1 if domains > 1 else 0
        profile = kernels.at_lines((states + 1 + sums, lives.length, wide), number)
        saved, rows = kernels.at_lines((lives.length * wide,), number), profile.reshape(-1)
        total = np.zeros(wide, np.float64 if number == np.float64 else np.int32)
        held, five = np.zeros(domains + 1, np.int64), np.zeros(ROWS, np.int64)
        these, ends, own = codes[first:last], lengths[first:last], alone[first:last]
        for group in range(0, min(kernels.LANES, lives.n - block * kernels.LANES), wide):
            start = block * kernels.LANES + group
            kernels.lay_out(tables, offsets, codes, lengths, start, profile)
            beside = alone[kernels.lanes_from(start, wide, lives.n)]
            if domains == 1:
                kernels.align_lives(these, ends, rows, states, saved, total, own, beside, numbers.unit, group,
                                    found)  # fmt: skip
            else:
                held[0] = -1
                kernels.align_domains(these, ends, offsets, rows, saved, total, own, beside, numbers.unit,
                                      held, five, group, found)  # fmt: skip

    return run.over(work, lives, kernels.LANES)


def _in_halves(lives: Lives, numbers: Savings, offsets: NDArray[np.int64],
               parts: tuple[NDArray[np.int64], NDArray[np.int64]], run: Run) -> Kept:
    """As ``align``, several domains in two halves whose rows are added up while sweeping."""
    from trajectories.alignment.kernels import savings as kernels
    from trajectories.alignment.kernels.vector_rows import WIDE

    number, states = numbers.tables.dtype, numbers.tables.shape[1]
    (kinds, pairs), wide = parts, WIDE[number.itemsize]
    codes, lengths, tables = lives.codes, lives.lengths, kernels.by_state(numbers.tables)
    inside = np.arange(lives.length) < lengths[:, None]
    alone = (numbers.alone[codes + offsets[:-1]] * inside[:, :, None]).sum(axis=(1, 2))

    def work(block: int, first: int, last: int, found: NDArray[np.float64]) -> None:
        single = kernels.at_lines((states, lives.length, wide), number)
        profile = kernels.at_lines((len(kinds) + 1, lives.length * wide), number)
        saved = kernels.at_lines((lives.length * wide,), number)
        total = np.zeros(wide, np.float64 if number == np.float64 else np.int32)
        for group in range(0, min(kernels.LANES, lives.n - block * kernels.LANES), wide):
            start = block * kernels.LANES + group
            kernels.lay_out(tables, offsets, codes, lengths, start, single)
            kernels.add_halves(kinds, single.reshape(states, -1), profile)
            beside = alone[kernels.lanes_from(start, wide, lives.n)]
            kernels.align_halves(pairs[first:last], lengths[first:last], profile.reshape(-1), len(kinds),
                                 saved, total, alone[first:last], beside, numbers.unit, group,
                                 found)  # fmt: skip

    return run.over(work, lives, kernels.LANES)


def indel_prices(costs: DomainCosts, indel: float | Literal["auto"] | None) -> Numbers:
    """What inserting or deleting each state costs, missing the last: the costs' own, half the dearest
    substitution, or one number."""
    if indel is None:
        return costs.indel_with_missing()
    price = costs.highest / 2 if indel == "auto" else float(indel)
    return np.full(len(costs.states) + 1, price)
