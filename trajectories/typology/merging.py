"""Groups of people merged two by two, each time where a partition suffers least."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from trajectories.typology.silhouettes import silhouette_widths

Codes = NDArray[np.int64]
Floats = NDArray[np.float64]
Index = Literal["ASW", "ASWw"]


@dataclass(frozen=True)
class Merge:
    """Two groups of combinations that became one, and the quality of the partition after it."""

    one: tuple[str, ...]
    other: tuple[str, ...]
    quality: float


@dataclass(frozen=True, eq=False)
class Groups:
    """A partition into named groups, with everybody's weighted sum of dissimilarities to each of them."""

    labels: Codes
    """The group of each person, (people,), numbered without a gap."""
    names: tuple[tuple[str, ...], ...]
    sums: Floats
    """(people, groups)"""
    weights: Floats
    index: Index
    singletons: Literal[0, 1]

    @classmethod
    def of(
        cls, square: Floats, weights: Floats, labels: Codes, names: list[str], index: Index,
        singletons: Literal[0, 1],
    ) -> Groups:  # fmt: skip
        """Each label a group of its own."""
        from trajectories.typology.kernels.sums import sums_to_types

        sums, _ = sums_to_types(square, labels, weights, len(names))
        return cls(labels, tuple((name,) for name in names), sums, weights, index, singletons)

    @property
    def k(self) -> int:
        return len(self.names)

    @property
    def quality(self) -> float:
        """The average silhouette width."""
        widths, _ = silhouette_widths(
            self.sums, self.labels, self.weights, self.index == "ASW", self.singletons
        )
        return float(self.weights @ widths / self.weights.sum())

    def merged(self, i: int, j: int) -> Groups:
        """The partition with group j in group i, i before j."""
        joined = np.where(self.labels == j, i, self.labels)
        sums = np.delete(self.sums, j, axis=1)
        sums[:, i] += self.sums[:, j]
        names = list(self.names)
        names[i] = names[i] + names.pop(j)
        return replace(self, labels=joined - (joined > j), names=tuple(names), sums=sums)

    def best_merge(self, small: float) -> tuple[Groups, Merge]:
        """The next partition: the smallest group goes first while it holds a share of ``small`` of the weight
        or less, and any two otherwise; among these the one of highest quality, the first of equals."""
        sizes = np.bincount(self.labels, self.weights, minlength=self.k).astype(np.float64)
        found = [(self.merged(i, j), i, j) for i, j in _pairs(sizes, small * float(self.weights.sum()))]
        qualities = [groups.quality for groups, _, _ in found]
        top = max(range(len(found)), key=lambda place: qualities[place])
        groups, i, j = found[top]
        return groups, Merge(self.names[i], self.names[j], qualities[top])

    def down_to(self, k: int, small: float) -> Iterator[tuple[Groups, Merge | None]]:
        """This partition and each after it, one merge after another, until there are ``k`` groups."""
        groups: Groups = self
        yield groups, None
        while groups.k > k:
            groups, merge = groups.best_merge(small)
            yield groups, merge


def _pairs(sizes: Floats, most: float) -> list[tuple[int, int]]:
    """The pairs of groups that may be merged next."""
    if sizes.min() > most:
        return list(combinations(range(len(sizes)), 2))
    least = int(sizes.argmin())
    return [(min(least, j), max(least, j)) for j in range(len(sizes)) if j != least]
