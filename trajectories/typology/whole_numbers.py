"""Whole numbers that somebody asks for: how many types, and where chance begins."""

from __future__ import annotations

import operator
from collections.abc import Iterable
from typing import Any, SupportsIndex

import numpy as np

from trajectories.errors import SettingError


def whole_number(value: Any, what: str) -> int:
    """The number itself, or the same of a float such as 3.0; SettingError for what is no whole number."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, bool) or not isinstance(value, SupportsIndex):
        raise SettingError(f"{what} must be a whole number, not {value!r}.")
    return operator.index(value)


def number_of_types(k: Any) -> int:
    """How many types, as a whole number."""
    return whole_number(k, "The number of types")


def numbers_of_types(k: Iterable[Any]) -> list[int]:
    """The numbers of types, rising, each once. Raises SettingError for one number instead of several."""
    if not isinstance(k, Iterable):
        raise SettingError(f"Several numbers of types are asked for here, such as range(2, 11), not {k!r}; "
                           "put a single one in brackets.")  # fmt: skip
    return sorted({number_of_types(number) for number in k})


def generator(seed: Any) -> np.random.Generator:
    """Chance that is the same for the same seed. Raises SettingError for a seed that is none."""
    begin = whole_number(seed, "The seed of chance")
    if begin < 0:
        raise SettingError(f"The seed of chance must be zero or more, not {begin}.")
    return np.random.default_rng(begin)
