"""Chance with a seed, from one primitive only, so that every Python draws the same lives."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from typing import TypeVar

T = TypeVar("T")
SEED = 20220224


class Chance:
    """A stream of draws that depends on the seed and a topic alone: rewording quotes changes no life."""

    def __init__(self, *topic: str) -> None:
        self._random = random.Random(":".join((str(SEED), *topic))).random

    def of(self, probability: float) -> bool:
        return self._random() < probability

    def between(self, low: float, high: float) -> float:
        return low + (high - low) * self._random()

    def days(self, low: float, high: float) -> int:
        """A whole number of days, both ends included."""
        return int(low + (high - low + 1) * self._random())

    def normal(self, mean: float, spread: float) -> float:
        """Nearly normal: the sum of twelve uniform draws."""
        return mean + spread * (sum(self._random() for _ in range(12)) - 6)

    def pick(self, items: Sequence[T]) -> T:
        return items[int(self._random() * len(items))]

    def weighed(self, weights: Mapping[T, float]) -> T:
        """One key, with probability in proportion to its weight."""
        left = self._random() * sum(weights.values())
        for item, weight in weights.items():
            left -= weight
            if left < 0:
                return item
        return next(reversed(list(weights)))

    def shuffled(self, items: Sequence[T]) -> list[T]:
        out = list(items)
        for i in range(len(out) - 1, 0, -1):
            j = int(self._random() * (i + 1))
            out[i], out[j] = out[j], out[i]
        return out
