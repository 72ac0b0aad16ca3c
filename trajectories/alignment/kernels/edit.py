"""The recursions whose insertions and deletions look at their neighbours, and measures that need none;
import only where dissimilarities are computed."""

from __future__ import annotations

from typing import Any

import numpy as np

from trajectories.alignment.kernels.edit_rows import (
    EDIT_BYTES,
    EDIT_ROWS,
    localized_rows,
    warped_rows,
)
from trajectories.alignment.kernels.savings import LANES, Array, at_lines, lanes_from
from trajectories.sequences.compiling import compiled


def beside(table: Array, codes: Array, start: int, before: int | None = None) -> Array:
    """What each state costs against each place of the lives side by side from ``start`` on: (states, places,
    lanes); ``before``: a state that stands at one place more, before the first."""
    side = codes[lanes_from(start, EDIT_BYTES // table.itemsize, len(codes)), :, 0].T
    if before is not None:
        side = np.concatenate([np.full((1, side.shape[1]), before), side])
    profile = at_lines((len(table), *side.shape), table.dtype)
    np.take(table, side, axis=1, out=profile, mode="clip")
    return profile


def edges_of(number: Any) -> Array:
    """Room for the cells before the first place."""
    return at_lines(((EDIT_ROWS + 1) * (EDIT_BYTES // number.itemsize),), number)


@compiled
def localized_lives(starts: Array, lengths: Array, match: Array, half: Array, gone: Array, cost: Array,
                    edges: Array, ends: Array, unit: float, group: int, found: Array) -> None:
    """Localized matching of some lives with those side by side in the lanes, into ``found``.

    ``starts`` (lives, positions + 1): where the rows of the flat tables ``match`` to ``gone`` begin, that of
    the first position twice; ``cost`` and ``edges`` are room; ``ends`` (lanes,) says after how many places
    each lane's life ends, ``unit`` what one of the numbers is worth, ``group`` which column of ``found`` is
    the first lane's.
    """
    lanes, length = ends.size, cost.size // ends.size - 1
    for life in range(starts.shape[0]):
        for lane in range(lanes):
            cost[lane] = 0
        for k in range(length * lanes):
            cost[lanes + k] = cost[k] + 2 * half[starts[life, 0] + k]
        i = 0
        while i < lengths[life]:
            rows = EDIT_ROWS if i + EDIT_ROWS <= lengths[life] else 1
            for lane in range(lanes):
                edges[lane] = cost[lane]
                for row in range(rows):
                    edges[(row + 1) * lanes + lane] = edges[row * lanes + lane] + gone[
                        starts[life, i + row + 1] + lane]  # fmt: skip
            if rows == 1:
                localized_rows(cost, edges, match, half, gone, starts[life, i], (starts[life, i + 1],),
                               length)  # fmt: skip
            else:
                localized_rows(cost, edges, match, half, gone, starts[life, i],
                               (starts[life, i + 1], starts[life, i + 2], starts[life, i + 3],
                                starts[life, i + 4]), length)  # fmt: skip
            i += rows
        for lane in range(lanes):
            found[life, group + lane] = cost[ends[lane] * lanes + lane] * unit


@compiled
def time_warp_lives(starts: Array, lengths: Array, match: Array, change: Array, away: Array, removed: Array,
                    infinite: Any, cost: Array, edges: Array, ends: Array, unit: float, group: int,
                    found: Array) -> None:
    """As ``localized_lives`` by time-warp edit: ``match``, ``change`` and ``away`` as ``warped_rows`` reads
    them, ``removed`` (lives, positions) what deleting each position costs, ``infinite`` more than any
    dissimilarity."""
    lanes, length = ends.size, cost.size // ends.size - 1
    for life in range(starts.shape[0]):
        for k in range(edges.size):
            edges[k] = infinite
        for k in range(cost.size):
            cost[k] = infinite
        for lane in range(lanes):
            edges[lane] = 0
        i = 0
        while i < lengths[life]:
            shift = length + i
            if i + EDIT_ROWS <= lengths[life]:
                warped_rows(cost, edges, match, change, away, shift, starts[life, i],
                            (starts[life, i + 1], starts[life, i + 2], starts[life, i + 3],
                             starts[life, i + 4]),
                            (removed[life, i], removed[life, i + 1], removed[life, i + 2],
                             removed[life, i + 3]), length)  # fmt: skip
                i += EDIT_ROWS
            else:
                warped_rows(cost, edges, match, change, away, shift, starts[life, i], (starts[life, i + 1],),
                            (removed[life, i],), length)  # fmt: skip
                i += 1
            for lane in range(lanes):
                edges[lane] = infinite
        for lane in range(lanes):
            found[life, group + lane] = cost[ends[lane] * lanes + lane] * unit


@compiled
def prefix_block(codes: Array, lengths: Array, block: int, first: int, last: int, found: Array) -> None:
    """What is left of both lives after their common beginning, in all domains together."""
    lives, domains = codes.shape[0], codes.shape[2]
    for life in range(first, last):
        for lane in range(LANES):
            other = min(block * LANES + lane, lives - 1)
            short, shared, same = min(lengths[life], lengths[other]), 0, True
            while same and shared < short:
                for domain in range(domains):
                    if codes[life, shared, domain] != codes[other, shared, domain]:
                        same = False
                if same:
                    shared += 1
            found[life - first, lane] = lengths[life] + lengths[other] - 2 * shared


@compiled
def euclidean_lives(rows: Array, lanes: Array, found: Array) -> None:
    """Euclidean distance of some rows of numbers from those that stand side by side in ``lanes`` (numbers,
    LANES)."""
    for life in range(rows.shape[0]):
        for lane in range(LANES):
            found[life, lane] = 0.0
        for k in range(rows.shape[1]):
            for lane in range(LANES):
                apart = rows[life, k] - lanes[k, lane]
                found[life, lane] += apart * apart
        for lane in range(LANES):
            found[life, lane] = found[life, lane] ** 0.5
