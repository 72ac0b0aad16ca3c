"""Sentences."""

LEGAL: dict[str, tuple[str, ...]] = {}
