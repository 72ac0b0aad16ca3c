"""The numeric core of laying lives on a clock: which state holds each cell of each row."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from trajectories.sequences.grid import Contested
from trajectories.sequences.sequences import MISSING, VOID, States

Integers = NDArray[np.int64]

EPOCH = 719163
"""Proleptic ordinal of 1 January 1970, where NumPy counts days and months from."""


@dataclass(frozen=True, eq=False)
class Stretches:
    """Coded stretches of many rows, one entry a stretch: ``row``, ``state``, and days [``start``, ``end``).

    A row is one person in one domain. Days are proleptic ordinals. The stretches of one row come in time
    order.
    """

    row: Integers
    state: Integers
    start: Integers
    end: Integers


def month_of(days: Integers) -> Integers:
    """Months from January 1970 to the month each day lies in."""
    return (np.asarray(days) - EPOCH).astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)


def first_day_of(months: Integers) -> Integers:
    """The first day of each month, as a proleptic ordinal."""
    return np.asarray(months).astype("datetime64[M]").astype("datetime64[D]").astype(np.int64) + EPOCH


def cell_edges(origin: Integers, length: int, months: int) -> Integers:
    """First days of the cells of each row and the day after the last one: shape (rows, length + 1).

    ``origin`` (rows,) is the month in which the row's first cell begins, ``months`` how long a cell is.
    """
    return first_day_of(np.asarray(origin)[:, None] + months * np.arange(length + 1))


def states_in_cells(stretches: Stretches, edges: Integers, observed: Integers,
                    contested: Contested) -> States:
    """The state of each cell: shape (rows, cells), MISSING where nothing is coded, VOID outside observation.

    ``edges`` (rows, cells + 1) as from ``cell_edges``; ``observed`` (rows, 2) the days [first, last) that
    the coding speaks of. A cell of which more than half lies outside observation is VOID. Only observed
    days count. A state that covers any of them beats days without one. Of two states in a cell the one with
    more days holds it (``longest``; of equals the later one), or the ``first``, or the ``last``.
    """
    cells = edges.shape[1] - 1
    pairs = _pairs(stretches, edges, observed)
    result = np.full(len(edges) * cells, MISSING, dtype=np.int16)
    choose = _longest if contested == "longest" else _outermost
    if contested == "first":
        pairs = pairs[:, ::-1]
    cell, state = choose(pairs)
    result[cell] = state
    first, last = observed[:, :1], observed[:, 1:]
    seen = np.minimum(edges[:, 1:], last) - np.maximum(edges[:, :-1], first)
    return np.where(2 * seen < np.diff(edges, axis=1), np.int16(VOID), result.reshape(-1, cells))


def _pairs(stretches: Stretches, edges: Integers, observed: Integers) -> Integers:
    """Every meeting of a stretch with a cell, in order of row and time: rows (cell, state, days, number)."""
    row, cells = stretches.row, edges.shape[1] - 1
    start = np.maximum(stretches.start, np.maximum(observed[row, 0], edges[row, 0]))
    end = np.minimum(stretches.end, np.minimum(observed[row, 1], edges[row, -1]))
    meets = np.flatnonzero(end > start)
    row, state, start, end = row[meets], stretches.state[meets], start[meets], end[meets]
    first, last = _cell_of(start, row, edges), _cell_of(end - 1, row, edges)
    count = last - first + 1
    which = np.repeat(np.arange(len(row)), count)
    cell = first[which] + np.arange(len(which)) - np.repeat(np.cumsum(count) - count, count)
    row = row[which]
    days = np.minimum(end[which], edges[row, cell + 1]) - np.maximum(start[which], edges[row, cell])
    return np.stack([row * cells + cell, state[which], days, np.arange(len(which))])


def _cell_of(days: Integers, row: Integers, edges: Integers) -> Integers:
    """The cell of its row that each day lies in; cells are equal numbers of whole months."""
    origin = month_of(edges[:, 0])
    months = month_of(edges[:, 1]) - origin
    return (month_of(days) - origin[row]) // months[row]


def _outermost(pairs: Integers) -> tuple[Integers, Integers]:
    """The last state of each cell in the order given (writing in order leaves the last one standing)."""
    return pairs[0], pairs[1]


def _longest(pairs: Integers) -> tuple[Integers, Integers]:
    """The state with most days in each cell; of equals the one that comes up last."""
    cell, state = pairs[:2]
    alone = np.bincount(cell)[cell] == 1 if cell.size else np.zeros(0, dtype=bool)
    shared = pairs[:, ~alone]
    if not shared.size:
        return cell, state
    in_cell, of_state, days, number = shared[:, np.lexsort((shared[3], shared[1], shared[0]))]
    at = np.flatnonzero(np.append(True, (np.diff(in_cell) != 0) | (np.diff(of_state) != 0)))
    total, latest = np.add.reduceat(days, at), np.maximum.reduceat(number, at)
    at = at[np.lexsort((latest, total, in_cell[at]))]
    return np.append(cell[alone], in_cell[at]), np.append(state[alone], of_state[at])
