"""How unlike every two lives are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from trajectories.errors import SettingError


@dataclass(frozen=True, eq=False)
class Dissimilarities:
    """Pairwise dissimilarities: ``condensed`` as SciPy orders them, n(n-1)/2 values, with ids and how they were made."""

    condensed: NDArray[np.float32] | NDArray[np.float64]
    ids: tuple[str, ...]
    measure: str
    weights: NDArray[np.float64]

    @property
    def n(self) -> int:
        return len(self.ids)

    def square(self) -> NDArray[np.float64]:
        """The full (n, n) matrix with a zero diagonal, rows and columns in the order of ``ids``."""
        full = np.zeros((self.n, self.n))
        upper = np.triu_indices(self.n, 1)
        full[upper] = self.condensed
        return full + full.T

    def between(self, one: str, other: str) -> float:
        """The dissimilarity of two people."""
        i, j = sorted((self._index(one), self._index(other)))
        return 0.0 if i == j else float(self.condensed[self.n * i - i * (i + 1) // 2 + j - i - 1])

    def select(self, ids: Iterable[str]) -> Dissimilarities:
        """The dissimilarities among some of the people, in the order asked for."""
        wanted = tuple(ids)
        index = np.array([self._index(person) for person in wanted], dtype=np.intp)
        part = self.square()[np.ix_(index, index)][np.triu_indices(len(wanted), 1)]
        return replace(self, condensed=part.astype(self.condensed.dtype), ids=wanted, weights=self.weights[index])

    def _index(self, person: str) -> int:
        try:
            return self.ids.index(person)
        except ValueError:
            raise SettingError(f"There is no dissimilarity for {person!r}: not among these {self.n} people.") from None

    def __repr__(self) -> str:
        low, high = (float(self.condensed.min()), float(self.condensed.max())) if self.condensed.size else (0.0, 0.0)
        return f"Dissimilarities among {self.n} people by {self.measure}, from {low:.4g} to {high:.4g}"
