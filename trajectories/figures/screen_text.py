"""Sizes of text on screen, in pixels, and how wide a text is there without asking a browser.

Widths are those of DejaVu Sans, the widest of the fonts a system may show, so that what fits here fits
everywhere.
"""

from __future__ import annotations

from functools import lru_cache

SMALL, BODY, HEAD = 11, 12, 15
FAMILY = "system-ui, 'Segoe UI', 'DejaVu Sans', Helvetica, Arial, sans-serif"

_EMS = {
    0.28: "'",
    0.32: " ,.IJijl-/:;\\f|",
    0.4: "!()[]rt\"",
    0.53: "*_`sz?Lc",
    0.61: "FPTYaekovxy",
    0.64: "$0123456789EKSbdghnpqu{}",
    0.7: "ABCRVXZ",
    0.77: "DGHNU&OQw",
    0.84: "#+<=>M^~",
    0.97: "%m@W",
}
_WIDTH = {letter: width for width, letters in _EMS.items() for letter in letters}


@lru_cache(maxsize=8192)
def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """Width of a text in pixels."""
    ems = sum(_WIDTH.get(letter, 0.66) for letter in text)
    return ems * size * (1.1 if bold else 1.0)
