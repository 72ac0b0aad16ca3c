"""Sentences."""

EVENTS: dict[str, tuple[str, ...]] = {}
