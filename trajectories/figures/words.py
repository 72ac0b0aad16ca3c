"""How figures speak: counts in plain words, and texts that fit their place."""

from __future__ import annotations

from collections.abc import Callable

Measure = Callable[[str], float]
"""Width of a text in the unit of the page (pixels, inches)."""


_NUMBERS = ("zero", "one", "two", "three", "four", "five", "six",
            "seven", "eight", "nine", "ten", "eleven", "twelve")  # fmt: skip


def spelt(text: str) -> str:
    """The text with the number it begins with as a word, up to twelve."""
    number, space, rest = text.partition(" ")
    if number.isdecimal() and int(number) < len(_NUMBERS):
        return _NUMBERS[int(number)] + space + rest
    return text


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def sentence(text: str) -> str:
    return capital(text) + "."


def elided(text: str, room: float, measure: Measure) -> str:
    """The text, cut with an ellipsis when it is wider than ``room``."""
    if measure(text) <= room:
        return text
    while len(text) > 1 and measure(text + "…") > room:
        text = text[:-1].rstrip(" ,;:-")
    return text + "…"


def wrapped(text: str, room: float, measure: Measure, most: int = 2) -> tuple[str, ...]:
    """The text in at most ``most`` lines that fit ``room``; the last is cut with an ellipsis when it
    does not.
    """
    lines: list[str] = []
    rest = text.split()
    while rest and len(lines) < most - 1:
        taken = 1
        while taken < len(rest) and measure(" ".join(rest[: taken + 1])) <= room:
            taken += 1
        lines.append(elided(" ".join(rest[:taken]), room, measure))
        rest = rest[taken:]
    if rest:
        lines.append(elided(" ".join(rest), room, measure))
    return tuple(lines)


def in_two_lines(text: str, room: int = 18) -> str:
    """A text longer than ``room`` letters over two lines, broken near its middle."""
    spaces = [i for i, letter in enumerate(text) if letter == " "]
    if len(text) <= room or not spaces:
        return text
    middle = min(spaces, key=lambda i: abs(i - len(text) / 2))
    return text[:middle] + "\n" + text[middle + 1 :]
