"""Sizes of text on paper: 7 to 9 points of a font that comes with matplotlib, measured without a page."""

from __future__ import annotations

from functools import lru_cache

SMALL, BODY, TITLE = 7.0, 7.5, 9.0
"""Points."""


@lru_cache(maxsize=4096)
def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """Width of a text in inches."""
    if not text:
        return 0.0
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import TextToPath

    font = FontProperties(family="DejaVu Sans", size=size, weight="bold" if bold else "normal")
    width, _, _ = TextToPath().get_text_width_height_descent(text, font, ismath=False)
    return float(width) / 72
