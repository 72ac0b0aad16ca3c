"""Sentences."""

EMOTION: dict[str, tuple[str, ...]] = {}
