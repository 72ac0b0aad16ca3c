"""Numbers that the researcher gives: whether they can be."""

from __future__ import annotations

from math import inf
from numbers import Integral, Real

from trajectories.errors import SettingError


def in_range(name: str, value: object, low: float = 0.0, high: float = inf) -> None:
    """Raise SettingError when a number is none, or lies outside its range."""
    if isinstance(value, bool) or not isinstance(value, Real) or not low <= float(value) <= high:
        said = f"{low:g} or more" if high == inf else f"from {low:g} to {high:g}"
        raise SettingError(f"{name} must be a number, {said}, not {value!r}.")
    if value in (inf, -inf):
        raise SettingError(f"{name} must be finite.")


def whole_number(name: str, value: object, low: int, of: str = "") -> None:
    """Raise SettingError for anything but a whole number of ``low`` or more; ``of``: what it counts."""
    if isinstance(value, bool) or not isinstance(value, Integral) or value < low:
        counted = f"whole number of {of}" if of else "whole number"
        raise SettingError(f"{name} must be a {counted}, {low} or more, not {value!r}.")
