"""Several domains in two halves, so that each position is the sum of two rows instead of one a domain."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_FEW = 2**22
"""Of so many possible combinations it is noted which there are; of more, the observed ones are sorted."""


def halves(codes: NDArray[np.int32], offsets: NDArray[np.int64]) -> tuple[NDArray[np.int64],
                                                                          NDArray[np.int64]]:
    """The observed combinations of states in each half of the domains, and which two each position has.

    ``codes`` (lives, positions, domains), ``offsets`` (domains + 1) where each domain's states begin in one
    list of all. Returns the combinations of the first half and then of the second (kinds, domains of the
    first half), as states of that list, -1 where the second half has a domain less; and the places of each
    position's two in it (lives, positions, 2).
    """
    domains, sizes = codes.shape[2], np.diff(offsets)
    middle = (domains + 1) // 2
    listed: list[NDArray[np.int64]] = []
    which: list[NDArray[np.int64]] = []
    for first, last in ((0, middle), (middle, domains)):
        found, place = _combinations(codes.reshape(-1, domains)[:, first:last], sizes[first:last])
        wide = np.full((len(found), middle), -1, np.int64)
        wide[:, : last - first] = found + offsets[first:last]
        which.append(place.reshape(codes.shape[:2]) + sum(len(kinds) for kinds in listed))
        listed.append(wide)
    return np.concatenate(listed), np.stack(which, axis=2)


def _combinations(codes: NDArray[np.int32],
                  sizes: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The different rows of ``codes`` (positions, domains), and which of them each row is."""
    place, count = codes[:, 0].astype(np.int64), int(sizes[0])
    for domain in range(codes.shape[1]):
        if domain:
            place, count = place * int(sizes[domain]) + codes[:, domain], count * int(sizes[domain])
        place, count = _counted(place, count)
    kept = np.empty((count, codes.shape[1]), np.int64)
    kept[place] = codes
    return kept, place


def _counted(place: NDArray[np.int64], count: int) -> tuple[NDArray[np.int64], int]:
    """Numbers below ``count``, in their order but without gaps."""
    if count > _FEW:
        seen, found = np.unique(place, return_inverse=True)
        return found.reshape(-1).astype(np.int64), len(seen)
    there = np.zeros(count, np.bool_)
    there[place] = True
    return (np.cumsum(there) - 1)[place], int(there.sum())
