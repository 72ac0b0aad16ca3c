"""Numbers with their nouns, as one says them."""

from __future__ import annotations


def counted(n: int, noun: str, plural: str = "") -> str:
    """``1 domain``, ``4 domains``, ``1,416 events``; ``plural`` for nouns that do not take an s."""
    return f"{n:,} {noun if n == 1 else plural or noun + 's'}"


def people(n: int) -> str:
    """``1 person``, ``240 people``."""
    return counted(n, "person", "people")
