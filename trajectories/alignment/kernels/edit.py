"""The recursions whose insertions and deletions look at their neighbours; import only where dissimilarities
are computed. LANES lives stand side by side against one, as in ``kernels``."""

from __future__ import annotations

import numpy as np

from trajectories.alignment.kernels.savings import LANES, Array
from trajectories.sequences.compiling import compiled


@compiled
def _lay_out(table: Array, codes: Array, block: int, before: int, profile: Array) -> None:
    """What each state costs against each position of each lane; place 0 is the one before the first:
    ``before``, or the first itself when that is negative."""
    lives, length, _ = codes.shape
    for lane in range(LANES):
        life = min(block * LANES + lane, lives - 1)
        for place in range(length + 1):
            code = codes[life, max(place - 1, 0), 0] if place > 0 or before < 0 else before
            for state in range(table.shape[0]):
                profile[state, place, lane] = table[state, code]


@compiled
def localized_block(table: Array, codes: Array, lengths: Array, time: float, context: float, block: int,
                    first: int, last: int, found: Array) -> None:
    """Localized optimal matching: an insertion or deletion costs ``time`` plus ``context`` times the mean
    cost of the state against its two neighbours in the other life."""
    lives, length, _ = codes.shape
    profile = np.empty((table.shape[0], length + 1, LANES))
    _lay_out(table, codes, block, -1, profile)
    cost, half = np.empty((length + 1, LANES)), context / 2
    corner, left = np.empty(LANES), np.empty(LANES)
    for life in range(first, last):
        start = profile[codes[life, 0, 0]]
        cost[0] = 0
        for place in range(1, length + 1):
            for lane in range(LANES):
                cost[place, lane] = cost[place - 1, lane] + time + context * start[place, lane]
        for i in range(lengths[life]):
            here, above = profile[codes[life, i, 0]], profile[codes[life, max(i - 1, 0), 0]]
            for lane in range(LANES):
                corner[lane] = cost[0, lane]
                cost[0, lane] += time + context * here[1, lane]
                left[lane] = cost[0, lane]
            for place in range(1, length + 1):
                for lane in range(LANES):
                    best = corner[lane] + here[place, lane]
                    corner[lane] = cost[place, lane]
                    deleted = corner[lane] + time + half * (here[place - 1, lane] + here[place, lane])
                    added = left[lane] + time + half * (above[place, lane] + here[place, lane])
                    best = deleted if deleted < best else best
                    best = added if added < best else best
                    left[lane] = best
                    cost[place, lane] = best
        for lane in range(LANES):
            other = min(block * LANES + lane, lives - 1)
            found[life - first, lane] = cost[lengths[other], lane]


@compiled
def time_warp_block(table: Array, codes: Array, lengths: Array, stiffness: float, gap: float, block: int,
                    first: int, last: int, found: Array) -> None:
    """Time-warp edit: both lives' step before is matched with the step itself; ``gap`` is what deleting a
    step costs beside the change it removes."""
    lives, length, _ = codes.shape
    profile = np.empty((table.shape[0], length + 1, LANES))
    _lay_out(table, codes, block, 0, profile)
    change = np.empty((length + 1, LANES))
    for lane in range(LANES):
        other = min(block * LANES + lane, lives - 1)
        for place in range(1, length + 1):
            before = codes[other, place - 2, 0] if place > 1 else 0
            change[place, lane] = gap + table[codes[other, place - 1, 0], before]
    cost = np.empty((length + 1, LANES))
    corner, left = np.empty(LANES), np.empty(LANES)
    for life in range(first, last):
        cost[:] = np.inf
        cost[0] = 0
        for i in range(1, lengths[life] + 1):
            state = codes[life, i - 1, 0]
            before = codes[life, i - 2, 0] if i > 1 else 0
            here, above, removed = profile[state], profile[before], gap + table[state, before]
            for lane in range(LANES):
                corner[lane] = cost[0, lane]
                cost[0, lane] = np.inf
                left[lane] = np.inf
            for place in range(1, length + 1):
                away = 2 * stiffness * abs(i - place)
                for lane in range(LANES):
                    best = corner[lane] + here[place, lane] + above[place - 1, lane] + away
                    corner[lane] = cost[place, lane]
                    deleted = corner[lane] + removed
                    added = left[lane] + change[place, lane]
                    best = deleted if deleted < best else best
                    best = added if added < best else best
                    left[lane] = best
                    cost[place, lane] = best
        for lane in range(LANES):
            other = min(block * LANES + lane, lives - 1)
            found[life - first, lane] = cost[lengths[other], lane]


@compiled
def prefix_block(codes: Array, lengths: Array, block: int, first: int, last: int, found: Array) -> None:
    """What is left of both lives after their common beginning, in all domains together."""
    lives, _, domains = codes.shape
    for life in range(first, last):
        for lane in range(LANES):
            other = min(block * LANES + lane, lives - 1)
            short, shared, same = min(lengths[life], lengths[other]), 0, True
            while same and shared < short:
                for domain in range(domains):
                    if codes[life, shared, domain] != codes[other, shared, domain]:
                        same = False
                shared += same
            found[life - first, lane] = lengths[life] + lengths[other] - 2 * shared


@compiled
def euclidean_block(features: Array, block: int, first: int, last: int, found: Array) -> None:
    """Euclidean distance of rows of numbers."""
    lives, size = features.shape
    lanes, total = np.empty((size, LANES)), np.empty(LANES)
    for lane in range(LANES):
        lanes[:, lane] = features[min(block * LANES + lane, lives - 1)]
    for life in range(first, last):
        total[:] = 0
        for k in range(size):
            value = features[life, k]
            for lane in range(LANES):
                total[lane] += (value - lanes[k, lane]) ** 2
        found[life - first] = np.sqrt(total)
