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
_CARRY = np.uint64(2**BITS)


def room_for_words(states: int, length: int) -> tuple[Array, ...]:
    """Room for ``common_block`` to work in: where each state stands in each lane (strips, states, words,
    lanes), what each step carries over, how many positions are shared, how long the lanes' lives are."""
    strips = -(-length // (BITS * WORDS))
    places = at_lines((strips, states, WORDS, WORD_LANES), np.uint64)
    carries = at_lines((length, WORD_LANES), np.uint64)
    return places, carries, at_lines((WORD_LANES,), np.int32), at_lines((WORD_LANES,), np.float64)


@compiled
def common_block(codes: Array, lengths: Array, unit: float, places: Array, carries: Array, shared: Array,
                 beside: Array, block: int, first: int, last: int, found: Array) -> None:
    """``unit`` for every position that is not in the longest common subsequence of two lives; ``places`` to
    ``beside`` from ``room_for_words``."""
    lives, strips = codes.shape[0], places.shape[0]
    for group in range(0, LANES, WORD_LANES):
        start = block * LANES + group
        if start >= lives:
            break
        _lay_out(codes, lengths, start, places, beside)
        for life in range(first, last):
            start_of = life * codes.shape[1]
            for lane in range(WORD_LANES):
                shared[lane] = 0
            for strip in range(strips):
                first_of, keep = strip * (places.size // strips), 1 if strip + 1 < strips else 0
                if strips == 1:
                    match_words(places, 0, codes, start_of, lengths[life], None, 0, shared)
                else:
                    match_words(places, first_of, codes, start_of, lengths[life], carries, keep, shared)
            own = float(lengths[life])
            for lane in range(WORD_LANES):
                found[life - first, group + lane] = unit * (own + beside[lane] - 2 * shared[lane])


@compiled
def _lay_out(codes: Array, lengths: Array, start: int, places: Array, beside: Array) -> None:
    """At which positions of each lane each state stands, the bit of the carry set in every word; how long the
    lanes' lives are."""
    for strip in range(places.shape[0]):
        for state in range(places.shape[1]):
            for word in range(WORDS):
                for lane in range(WORD_LANES):
                    places[strip, state, word, lane] = _CARRY
    lives, size = codes.shape[0], BITS * WORDS
    for lane in range(WORD_LANES):
        life = start + lane if start + lane < lives else lives - 1
        beside[lane] = lengths[life]
        for place in range(lengths[life]):
            word = place % size // BITS
            places[place // size, codes[life, place, 0], word, lane] |= _ONE << np.uint64(place % BITS)
