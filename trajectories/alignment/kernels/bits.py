"""The longest common subsequence by the bits of whole words; import only where dissimilarities are computed.

One bit a position: with V a word of ones and M the positions of a lane that hold the state at hand, a step
of the other life is V := (V + (V & M)) | (V & ~M), the carry going on into the next word; in the end the
zeros of V are the length of the longest common subsequence (Hyyrö 2004). Words hold 63 positions, so that
the carry is their highest bit; LANES lives stand side by side.
"""

from __future__ import annotations

import numpy as np

from trajectories.alignment.kernels.savings import LANES, Array
from trajectories.sequences.compiling import compiled

BITS = 63
_ALL = np.uint64((1 << BITS) - 1)
_ONE = np.uint64(1)
_TOP = np.uint64(BITS)
_PAIRS, _FOURS = np.uint64(0x5555555555555555), np.uint64(0x3333333333333333)
_BYTES, _SUM = np.uint64(0x0F0F0F0F0F0F0F0F), np.uint64(0x0101010101010101)
_2, _4, _56 = np.uint64(2), np.uint64(4), np.uint64(56)


@compiled
def _lay_out(codes: Array, lengths: Array, block: int, places: Array) -> None:
    """At which positions of each lane each state stands: (states, words, LANES)."""
    places[:] = 0
    for lane in range(LANES):
        life = min(block * LANES + lane, codes.shape[0] - 1)
        for place in range(lengths[life]):
            places[codes[life, place, 0], place // BITS, lane] |= _ONE << np.uint64(place % BITS)


@compiled
def _one_word(word: Array, held: Array, carry: Array) -> None:
    for lane in range(LANES):
        both = word[lane] & held[lane]
        total = word[lane] + both + carry[lane]
        carry[lane] = total >> _TOP
        word[lane] = (total & _ALL) | (word[lane] & ~held[lane])


@compiled
def _two_words(low: Array, high: Array, held_low: Array, held_high: Array) -> None:
    """Both words of lives that have no more; few arrays, or the compiler makes no vector instructions."""
    for lane in range(LANES):
        one, two = low[lane], high[lane]
        first, second = held_low[lane], held_high[lane]
        total = one + (one & first)
        further = two + (two & second) + (total >> _TOP)
        low[lane] = (total & _ALL) | (one & ~first)
        high[lane] = (further & _ALL) | (two & ~second)


@compiled
def _count_zeros(word: Array, count: Array) -> None:
    for lane in range(LANES):
        bits = ~word[lane] & _ALL
        bits = bits - ((bits >> _ONE) & _PAIRS)
        bits = (bits & _FOURS) + ((bits >> _2) & _FOURS)
        bits = (bits + (bits >> _4)) & _BYTES
        count[lane] += np.int64((bits * _SUM) >> _56)


@compiled
def common_block(codes: Array, lengths: Array, states: int, unit: float, block: int, first: int, last: int,
                 found: Array) -> None:
    """``unit`` for every position that is not in the longest common subsequence of two lives."""
    lives, length, _ = codes.shape
    words = (length + BITS - 1) // BITS
    places = np.empty((states, words, LANES), np.uint64)
    _lay_out(codes, lengths, block, places)
    word, carry = np.empty((words, LANES), np.uint64), np.empty(LANES, np.uint64)
    count = np.empty(LANES, np.int64)
    for life in range(first, last):
        word[:] = _ALL
        for i in range(lengths[life]):
            held = places[codes[life, i, 0]]
            if words == 2:
                _two_words(word[0], word[1], held[0], held[1])
                continue
            carry[:] = 0
            for w in range(words):
                _one_word(word[w], held[w], carry)
        count[:] = 0
        for w in range(words):
            _count_zeros(word[w], count)
        for lane in range(LANES):
            other = min(block * LANES + lane, lives - 1)
            found[life - first, lane] = unit * (lengths[life] + lengths[other] - 2 * count[lane])
