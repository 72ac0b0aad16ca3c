"""The longest common subsequence by the bits of whole words; import only where dissimilarities are computed.

One bit a position: with V a word of ones and M the positions of a lane that hold the state at hand, a step
of the other life is V := (V + (V & M)) | (V & ~M), the carry going on into the next word; in the end the
zeros of V are the length of the longest common subsequence (Hyyrö 2004). ``vector_rows.match_words`` takes
a strip of WORDS words through the whole of the other life; what its last word carries over at each step
waits for the next strip.
"""

from __future__ import annotations

import numpy as np

from trajectories.alignment.kernels.savings import LANES, Array, at_lines
from trajectories.alignment.kernels.vector_rows import BITS, WORD_LANES, WORDS, match_words
from trajectories.sequences.compiling import compiled

_ONE = np.uint64(1)
GROUPS = LANES // WORD_LANES


def places_of(codes: Array, lengths: Array, start: int, states: int) -> Array:
    """At which positions of LANES lives from ``start`` on each state stands: a bit each, (GROUPS, strips,
    states, WORDS, WORD_LANES)."""
    strips = -(-codes.shape[1] // (BITS * WORDS))
    places = at_lines((GROUPS, strips, states, WORDS, WORD_LANES), np.uint64)
    _mark(codes, lengths, start, states, strips, places.reshape(-1))
    return places


@compiled
def _mark(codes: Array, lengths: Array, start: int, states: int, strips: int, places: Array) -> None:
    for lane in range(LANES):
        life = min(start + lane, codes.shape[0] - 1)
        before = lane // WORD_LANES * strips
        for place in range(lengths[life]):
            strip, word = before + place // (BITS * WORDS), place // BITS % WORDS
            at = ((strip * states + codes[life, place, 0]) * WORDS + word) * WORD_LANES + lane % WORD_LANES
            places[at] |= _ONE << np.uint64(place % BITS)


@compiled
def common_lives(codes: Array, lengths: Array, beside: Array, unit: float, places: Array, strips: int,
                 carries: Array, shared: Array, found: Array) -> None:
    """``unit`` for every position that is not in the longest common subsequence of two lives: some lives
    with LANES side by side, whose lengths are ``beside`` and whose ``places`` are those of ``places_of``,
    flat. ``carries`` (positions * WORD_LANES,), of zeros, and ``shared`` (WORD_LANES,) are room."""
    length, size = codes.shape[1], places.size // (GROUPS * strips)
    for group in range(GROUPS):
        start = group * strips * size
        for life in range(codes.shape[0]):
            for lane in range(WORD_LANES):
                shared[lane] = 0
            if strips == 1:
                match_words(places, start, codes, life * length, lengths[life], None, 0, shared)
            else:
                for k in range(strips):
                    keep = 1 if k + 1 < strips else 0
                    match_words(places, start + k * size, codes, life * length, lengths[life], carries, keep,
                                shared)  # fmt: skip
            for lane in range(WORD_LANES):
                at = group * WORD_LANES + lane
                found[life, at] = unit * (lengths[life] + beside[at] - 2 * shared[lane])
