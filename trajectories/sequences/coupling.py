"""Exact draws of days under any order, compiled; import this module only where dates are drawn."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from trajectories.sequences.compiling import compiled

Array = NDArray[Any]

_STEP = np.uint64(0x9E3779B97F4A7C15)
_MIX, _FOLD = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
_S30, _S27, _S31, _S11 = np.uint64(30), np.uint64(27), np.uint64(31), np.uint64(11)


@compiled
def uniform(key: Any, count: int) -> float:
    """The ``count``-th number of the stream ``key``, in [0, 1) (SplitMix64: Steele, Lea and Flood 2014).

    A number can be asked for again, which coupling from the past needs.
    """
    mixed = key + np.uint64(count) * _STEP
    mixed = (mixed ^ (mixed >> _S30)) * _MIX
    mixed = (mixed ^ (mixed >> _S27)) * _FOLD
    mixed ^= mixed >> _S31
    return float(mixed >> _S11) * 2.0**-53


@compiled
def day_between(total: Array, first: int, last: int, chance: float) -> int:
    """The place from ``first`` to ``last`` at which a share ``chance`` of the weight between them is reached.

    ``total`` holds the weight before each place and, at the end, all of it. Rises with ``first``, ``last``
    and ``chance``, rounding included.
    """
    wanted = (1.0 - chance) * total[first] + chance * total[last + 1]
    low, high = first, last
    while low < high:
        middle = (low + high) // 2
        if total[middle + 1] > wanted:
            high = middle
        else:
            low = middle + 1
    return low


@compiled
def sweep(days: Array, lows: Array, highs: Array, totals: Array, starts: Array, by_later: Array,
          by_earlier: Array, key: Any, time: int) -> None:
    """Give every moment in turn a new day between the latest before it and the earliest after it, in place.

    Sweeps at odd times go forward, at even times backward.
    """
    n = len(days)
    before, after = (0, 0) if time % 2 else (len(by_later) - 1, len(by_earlier) - 1)
    way = 1 if time % 2 else -1
    for step in range(n):
        i = step if time % 2 else n - 1 - step
        first, last = lows[i], highs[i]
        while 0 <= before < len(by_later) and by_later[before, 1] == i:
            first = max(first, days[by_later[before, 0]])
            before += way
        while 0 <= after < len(by_earlier) and by_earlier[after, 0] == i:
            last = min(last, days[by_earlier[after, 1]])
            after += way
        total = totals[starts[i]:starts[i + 1]]
        days[i] = lows[i] + day_between(total, first - lows[i], last - lows[i], uniform(key, time * n + i))


@compiled
def coupled_days(lows: Array, highs: Array, totals: Array, starts: Array, by_later: Array,
                 by_earlier: Array, keys: Array) -> Array:
    """Days (draws, moments) from the weights of each moment, given that the order is kept; one draw a key.

    The pairs (i, j) of the order come twice, sorted by j and sorted by i. ``totals`` holds for each moment in
    turn, from ``starts``, what ``day_between`` needs.

    Monotone coupling from the past (Propp and Wilson 1996): the days with all as early and with all as late
    as possible are moved by the same chances from ever further back in time until both have become the
    same at time 0. Resampling one day between its neighbours keeps earlier lives earlier, so every life in
    between has met there too, and what they met in has exactly the wanted distribution.
    """
    drawn = np.empty((len(keys), len(lows)), dtype=np.int64)
    for draw in range(len(keys)):
        back = 4
        while True:
            early, late = lows.copy(), highs.copy()
            for time in range(back, 0, -1):
                sweep(early, lows, highs, totals, starts, by_later, by_earlier, keys[draw], time)
                sweep(late, lows, highs, totals, starts, by_later, by_earlier, keys[draw], time)
            if (early == late).all():
                break
            back *= 2
        drawn[draw] = early
    return drawn
