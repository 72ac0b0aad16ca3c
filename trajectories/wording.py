"""Numbers with their nouns, shares and lists, as one says them."""

from __future__ import annotations

from collections.abc import Sequence


def counted(n: int, noun: str, plural: str = "") -> str:
    """``1 domain``, ``4 domains``, ``1,416 events``; ``plural`` for nouns that do not take an s."""
    return f"{n:,} {noun if n == 1 else plural or noun + 's'}"


def people(n: int) -> str:
    """``1 person``, ``240 people``."""
    return counted(n, "person", "people")


def unbroken(text: str) -> str:
    """The text with ``n = 12`` and ``18 %`` each kept on one line."""
    return text.replace(" = ", "\u00a0=\u00a0").replace(" %", "\u00a0%")


def numbers(rising: list[int]) -> str:
    """``2 to 4 and 7``: numbers that follow one another as from and to; empty for none."""
    if not rising:
        return ""
    runs: list[list[int]] = []
    for number in rising:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    said = [part for run in runs for part in ([f"{run[0]} to {run[-1]}"] if len(run) > 2 else map(str, run))]
    *most, last = said
    return f"{', '.join(most)} and {last}" if most else last


def joined(parts: Sequence[str]) -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    if len(parts) < 2:
        return "".join(parts)
    return ", ".join(parts[:-1]) + " and " + parts[-1]


def percent(share: float) -> str:
    """A share in whole per cent; what rounds to none is said so."""
    if 0 < share < 0.005:
        return "under 1\u00a0%"
    return f"{share * 100:.0f}\u00a0%"


def amount(cost: float) -> str:
    """A cost to three decimals, one below 1 to four digits."""
    if abs(cost) < 1:
        return f"{cost:.4g}"
    return f"{cost:.3f}".rstrip("0").rstrip(".")
