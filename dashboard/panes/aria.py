"""Attributes for those who hear the page instead of seeing it."""

from __future__ import annotations

from typing import Any


def aria(**attributes: str) -> dict[str, Any]:
    """``aria(label="Clock")`` as keyword arguments of a component: ``{"aria-label": "Clock"}``."""
    return {f"aria-{name}": value for name, value in attributes.items()}
