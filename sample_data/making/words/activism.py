"""Sentences."""

ACTIVISM: dict[str, tuple[str, ...]] = {}
