"""Sentences."""

LOCATION: dict[str, tuple[str, ...]] = {}
