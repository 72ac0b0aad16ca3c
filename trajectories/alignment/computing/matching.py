"""Optimal matching among the different lives of some sequences."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from trajectories.alignment.computing.arithmetic import Savings, savings
from trajectories.alignment.computing.blocks import Run
from trajectories.alignment.computing.halves import halves
from trajectories.alignment.computing.lives import Compared, Lives, offsets_of, packed_lives, those_that_count
from trajectories.alignment.computing.pairs import Kept, Pairs
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
    missing = lives.missing(fitting)
    asked = [costs.weight * indel_prices(costs, indel) for costs in fitting]
    substitution = [costs.weight * costs.with_missing() for costs in fitting]
    price = sum(float((each if seen else each[:-1]).max()) for each, seen in zip(asked, missing, strict=True))
    unit = _as_common(lives, substitution, asked)
    if unit is None:
        found, told = aligned(lives, substitution, asked, offsets_of(fitting), run)
    else:
        found, told = common(lives, len(asked[0]), unit, run), "whole numbers of one bit a position, exact"
    dearest = sum(costs.weight * float(costs.among(seen).max(initial=0.0))
                  for costs, seen in zip(fitting, missing, strict=True))  # fmt: skip
    by_length(found, run.pairs(lives), norm, lives.lengths, price, dearest)
    return Compared(lives, found, told)


def aligned(lives: Lives, substitution: Sequence[Numbers], indel: Sequence[Numbers],
            offsets: NDArray[np.int64], run: Run) -> tuple[Kept, str]:
    """Align every two lives by the costs of each domain, in the fastest numbers that are good enough, and in
    which these are."""
    prices, beyond = lowered(substitution, indel, lives.length)
    numbers = savings(substitution, prices, lives.length, run.precision)
    found = align(lives, numbers, offsets, run)
    add_beyond(found, run.pairs(lives), lives.lengths, beyond)
    return found, numbers.name


def lowered(substitution: Sequence[Numbers], indel: Sequence[Numbers],
            length: int) -> tuple[list[Numbers], float]:
    """Indels that are high enough to do the same, and what each position more of the longer life costs then.

    Where deleting a position costs more than substituting a whole life of ``length``, no alignment deletes
    more than two lives differ in length by: then all indels may be lower by as much, and what the difference
    in length costs is added in the end. So prohibitive indels take no digits from the substitutions.
    """
    enough = length * sum(float(table.max(initial=0.0)) for table in substitution)
    beyond = [max(float(price.min()) - enough, 0.0) for price in indel]
    return [price - more for price, more in zip(indel, beyond, strict=True)], sum(beyond)


def add_beyond(found: Kept, pairs: Pairs, lengths: NDArray[np.int64], beyond: float) -> None:
    """Add, in place, what ``lowered`` says that each position more of the longer life costs."""
    for i, others, row in pairs.each(found) if beyond else ():
        row += beyond * np.abs(lengths[i] - lengths[others])


def _as_common(lives: Lives, substitution: Sequence[Numbers], prices: Sequence[Numbers]) -> float | None:
    """The price of an insertion or deletion when no substitution is ever worth it and all cost alike: then
    optimal matching is the longest common subsequence; None otherwise."""
    if len(prices) != 1:
        return None
    there = np.flatnonzero(np.bincount(lives.codes.ravel()))
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


EPSILON = float(np.finfo(np.float64).eps)
ROOM = 2**22
"""Bytes that the rows of two halves of the domains may take in each thread: they lie in the processor's
cache."""


def align(lives: Lives, numbers: Savings, offsets: NDArray[np.int64], run: Run) -> Kept:
    """Run the recursion of optimal matching over all pairs.

    Floats: what is no more than rounding may leave of two lives' deletions less what they save is 0.
    """
    from trajectories.alignment.kernels.vector_rows import WIDE

    inside = np.arange(lives.length) < lives.lengths[:, None]
    alone = (numbers.alone[lives.codes + offsets[:-1]] * inside[:, :, None]).sum(axis=(1, 2))
    parts = halves(lives.codes, offsets) if lives.codes.shape[2] > 1 else None
    row = lives.length * WIDE[numbers.tables.itemsize] * numbers.tables.itemsize
    if parts is not None and len(parts[0]) * row <= ROOM:
        found = _in_halves(lives, numbers, offsets, parts, alone, run)
    else:
        found = _by_domain(lives, numbers, offsets, alone, run)
    if numbers.tables.dtype == np.float64:
        settle(found, run.pairs(lives), lives.lengths, alone)
    return found


def settle(found: Kept, pairs: Pairs, lengths: NDArray[np.int64], alone: NDArray[Any]) -> None:
    """Set to 0, in place, what rounding alone may have left of sums of so many floats, ``alone`` (lives,)."""
    for i, others, row in pairs.each(found):
        row[row <= EPSILON * (lengths[i] + lengths[others]) * (alone[i] + alone[others])] = 0


def _by_domain(lives: Lives, numbers: Savings, offsets: NDArray[np.int64], alone: NDArray[Any],
               run: Run) -> Kept:  # fmt: skip
    """One domain, or several whose rows are added up wherever a position is not as the last."""
    from trajectories.alignment.kernels import savings as kernels
    from trajectories.alignment.kernels.vector_rows import ROWS, WIDE

    number, domains = numbers.tables.dtype, lives.codes.shape[2]
    states, wide = numbers.tables.shape[1], WIDE[number.itemsize]
    codes, lengths, tables = lives.codes, lives.lengths, kernels.by_state(numbers.tables)

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
               parts: tuple[NDArray[np.int64], NDArray[np.int64]], alone: NDArray[Any], run: Run) -> Kept:
    """As ``_by_domain``, several domains in two halves whose rows are added up while sweeping."""
    from trajectories.alignment.kernels import savings as kernels
    from trajectories.alignment.kernels.vector_rows import WIDE

    number, states = numbers.tables.dtype, numbers.tables.shape[1]
    (kinds, pairs), wide = parts, WIDE[number.itemsize]
    codes, lengths, tables = lives.codes, lives.lengths, kernels.by_state(numbers.tables)

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
