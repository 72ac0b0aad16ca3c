"""What screen and paper share: inks, greys, and how colours mix, so that a figure is the same in both."""

from __future__ import annotations

INK = "#212529"
MUTED = "#5c636a"
GRID = "#dee2e6"
FRAME = "#868e96"
PAPER = "#ffffff"
MISSING_FILL = "#f1f3f5"
MISSING_HATCH = "#adb5bd"
ACCENT = "#1c7ed6"
MISSING_LABEL = "not known"
TYPES = ("#1864ab", "#e8590c", "#2b8a3e", "#9c36b5", "#c2255c", "#0b7285", "#b08900", "#5c940d", "#5f3dc4",
         "#a61e4d", "#74a9d8", "#f4a259", "#8cc99b", "#c99bd6", "#868e96")  # fmt: skip
"""Colours of types, the largest first; they begin again where there are more types."""


def channels(colour: str) -> tuple[int, int, int]:
    """Red, green and blue (0 to 255) of ``#rrggbb``."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def mixed(parts: tuple[tuple[str, float], ...]) -> str:
    """The opaque colour of several colours laid over white, each with its weight; weights beyond 1 are
    scaled to 1.
    """
    total = sum(weight for _, weight in parts)
    scale = 1.0 / total if total > 1.0 else 1.0
    blend = [255.0 * max(0.0, 1.0 - total)] * 3
    for colour, weight in parts:
        for i, channel in enumerate(channels(colour)):
            blend[i] += weight * scale * channel
    return "#" + "".join(f"{min(255, round(value)):02x}" for value in blend)


def luminance(colour: str) -> float:
    """Relative luminance (0 black to 1 white), as WCAG 2 defines it."""
    linear = [c / 3294.6 if c <= 10 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in channels(colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def ink_on(colour: str) -> str:
    """Dark or white text, whichever reads better on the colour."""
    light = luminance(colour)
    return INK if (light + 0.05) / (luminance(INK) + 0.05) >= 1.05 / (light + 0.05) else PAPER
