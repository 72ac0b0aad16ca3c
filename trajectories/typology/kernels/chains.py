"""A tree of lives by chains of nearest neighbours, in machine code; import only where it is computed."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from trajectories.sequences.compiling import compiled

Floats = NDArray[np.float64]


WARD, AVERAGE, COMPLETE, SINGLE, MCQUITTY = range(5)
"""How far the part that two become is from another."""


@compiled
def join_by_chains(distance: Floats, size: Floats, way: int, alive: Any, chain: Any, joined: Any,
                   heights: Floats) -> None:  # fmt: skip
    """Join two parts that are each other's nearest until one is left (Murtagh 1983).

    ``distance`` (n, n) is used up; its diagonal is infinite. Of the two that join, the later one stands for
    both from then on. ``size`` (n,) are their sizes, ``alive`` (n,) 0..n-1; ``chain`` (n,) is room. Step s
    joins the two of ``joined[s]`` at ``heights[s]``, in no particular order of heights.
    """
    left, long = distance.shape[0], 0
    for step in range(heights.size):
        if long == 0:
            chain[0], long = alive[0], 1
        while True:
            last = chain[long - 1]
            before = chain[long - 2] if long > 1 else last
            nearest, least = before, distance[last, before]
            for p in range(left):
                if distance[last, alive[p]] < least:
                    nearest = alive[p]
                    least = distance[last, nearest]
            if long > 1 and nearest == before:
                break
            chain[long] = nearest
            long += 1
        long -= 2
        one, other = min(last, nearest), max(last, nearest)
        joined[step, 0], joined[step, 1], heights[step] = one, other, least
        p = 0
        while alive[p] != one:
            p += 1
        left -= 1
        for q in range(p, left):
            alive[q] = alive[q + 1]
        a, b = size[one], size[other]
        for p in range(left):
            c = alive[p]
            x, y, rest = distance[one, c], distance[other, c], size[c]
            if way == WARD:
                now = ((a + rest) * x + (b + rest) * y - rest * least) / (a + b + rest)
            elif way == AVERAGE:
                now = (a * x + b * y) / (a + b)
            elif way == COMPLETE:
                now = max(x, y)
            elif way == SINGLE:
                now = min(x, y)
            else:
                now = (x + y) / 2
            distance[other, c] = distance[c, other] = now
        distance[other, other] = np.inf
        size[other] = a + b
