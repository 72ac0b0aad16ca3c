"""Bars with fuzzy ends as plain slices of opaque colour, so that screen, PDF and EPS show the same
gradient.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise, zip_longest

from trajectories.figures.figure import Bar
from trajectories.figures.style import mixed

STEPS = 28
"""How many slices a fade is drawn in."""


@dataclass(frozen=True)
class Slice:
    """One rectangle on a row. Slices are painted in order; a later one covers an earlier one's end, so
    no seams.
    """

    row: int
    start: float
    end: float
    colour: str


def weight(bar: Bar, x: float) -> float:
    """How certainly the bar holds at x: 1 inside, 0 outside, in between along a fade (linear)."""
    return min(_ramp(x - bar.start, bar.fade_start), _ramp(bar.end - x, bar.fade_end))


def _ramp(inside: float, width: float) -> float:
    if width <= 0:
        return 1.0 if inside >= 0 else 0.0
    return min(1.0, max(0.0, inside / width + 0.5))


def slices(bars: tuple[Bar, ...]) -> tuple[Slice, ...]:
    """All bars as slices. Where two bars of a row fade over the same days, their colours mix."""
    rows = defaultdict(list)
    for bar in bars:
        rows[bar.row].append(bar)
    return tuple(piece for row in sorted(rows) for piece in _row(row, rows[row]))


def _row(row: int, bars: list[Bar]) -> list[Slice]:
    cuts = sorted({cut for bar in bars for cut in _cuts(bar)})
    pieces: list[Slice] = []
    for start, end in pairwise(cuts):
        middle = (start + end) / 2
        parts = tuple((bar.colour, weight(bar, middle)) for bar in bars)
        if all(share == 0 for _, share in parts):
            continue
        colour = mixed(parts)
        if pieces and pieces[-1].end == start and pieces[-1].colour == colour:
            pieces[-1] = Slice(row, pieces[-1].start, end, colour)
        else:
            pieces.append(Slice(row, start, end, colour))
    return _overlapping(pieces)


def _cuts(bar: Bar) -> list[float]:
    cuts = []
    for end, width in ((bar.start, bar.fade_start), (bar.end, bar.fade_end)):
        steps = STEPS if width > 0 else 0
        cuts += [end + width * (i / STEPS - 0.5) for i in range(steps + 1)] if steps else [end]
    return cuts


def _overlapping(pieces: list[Slice]) -> list[Slice]:
    """Lengthen each slice under its right neighbour, which is painted after it."""
    lengthened = []
    for piece, following in zip_longest(pieces, pieces[1:]):
        end = following.end if following is not None and following.start == piece.end else piece.end
        lengthened.append(Slice(piece.row, piece.start, end, piece.colour))
    return lengthened
