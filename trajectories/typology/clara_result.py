"""What samples of many lives led to: the best typology, and how far the others agree with it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, get_args

import numpy as np
from numpy.typing import NDArray

from trajectories.errors import SettingError
from trajectories.typology.agreement import adjusted_rand, cross_counts, jaccards, matched_types
from trajectories.typology.clara_criteria import LARGE, Criterion
from trajectories.typology.medoids import by_size
from trajectories.typology.stability import Stability
from trajectories.typology.typology import Typology

if TYPE_CHECKING:
    import pandas as pd

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Clara:
    """The best typology that samples led to, and how the other samples compare with it."""

    ids: tuple[str, ...]
    criterion: Criterion
    values: dict[str, Floats]
    """Each criterion, one value a sample."""
    labels: NDArray[np.int16]
    """Which medoid of each sample everybody is nearest to, (samples, people)."""
    reach: NDArray[np.float32]
    """How far from it they are, (samples, people)."""
    medoids: NDArray[np.intp]
    """The places of each sample's medoids among the people, (samples, k)."""
    size: int
    seed: int

    @property
    def best(self) -> int:
        """Which sample, from 0, is best by the criterion; the first of equals."""
        signed = self.values[self.criterion] * (-1 if self.criterion in LARGE else 1)
        return int(np.nan_to_num(signed, nan=np.inf).argmin())

    def by(self, criterion: Criterion) -> Clara:
        """The same samples, of which another is best by another criterion; nothing is computed again."""
        known_criterion(criterion)
        return replace(self, criterion=criterion)

    @cached_property
    def typology(self) -> Typology:
        """The types of everybody that the best sample led to."""
        labels = self.labels[self.best].astype(np.int64)
        types = by_size(labels)
        order = [int(labels[(types == t).argmax()]) for t in range(int(types.max()) + 1)]
        return Typology(
            ids=self.ids,
            types=types,
            names=tuple(f"Type {t + 1}" for t in range(len(order))),
            medoids=tuple(self.ids[self.medoids[self.best][old]] for old in order),
            method=f"CLARA (best of {len(self.labels)} samples of {self.size} by {self.criterion}, "
            f"seed {self.seed})",
            to_medoid=self.reach[self.best].astype(np.float64),
        )

    @cached_property
    def rand(self) -> Floats:
        """Adjusted Rand index of each sample's typology of everybody with the best one, (samples,)."""
        return np.array([adjusted_rand(counts) for counts in self._crossed])

    @property
    def found_again(self) -> float:
        """The share of the other samples whose typology agrees with the best (adjusted Rand above 0.8)."""
        others = np.delete(self.rand, self.best)
        return float((others > 0.8).mean()) if len(others) else float("nan")

    def stability(self) -> Stability:
        """How well each type of the best sample is found again by the others, by its largest Jaccard
        coefficient with one of their types (Hennig 2007), over everybody."""
        others = [jaccards(counts).max(axis=1) for i, counts in enumerate(self._crossed) if i != self.best]
        found = np.array(others).reshape(len(others), self.typology.k)
        return Stability(self.typology, found, self.seed)

    def steadiness(self) -> Floats:
        """The share of the other samples in which each person is in the type that answers to their own.

        An array (people,). Types answer to each other so that they share most people. Low values are people
        between types.
        """
        own, steady = self.typology.types, np.zeros(len(self.ids))
        others = [i for i in range(len(self.labels)) if i != self.best]
        for i in others:
            answer = np.full(self.typology.k, -1, dtype=np.int16)
            for here, there in matched_types(self._crossed[i]):
                answer[here] = there
            steady += self.labels[i] == answer[own]
        return steady / len(others) if others else np.full(len(self.ids), np.nan)

    def table(self) -> pd.DataFrame:
        """One row a sample: sample (from 1), the criteria, rand, and whether the best."""
        import pandas as pd

        places = np.arange(len(self.labels))
        return pd.DataFrame({"sample": places + 1, **self.values, "rand": self.rand,
                             "best": places == self.best})  # fmt: skip

    @cached_property
    def _crossed(self) -> list[NDArray[np.int64]]:
        """How many people are in each type of the best and in each of a sample's, (types, k) each."""
        k = self.medoids.shape[1]
        return [cross_counts(self.typology.types, other.astype(np.int64), self.typology.k, k)
                for other in self.labels]  # fmt: skip

    def __repr__(self) -> str:
        return (f"{self.typology!r}; best of {len(self.labels)} samples by {self.criterion}, "
                f"{self.found_again:.0%} of the others agree with it")  # fmt: skip


def known_criterion(criterion: str) -> None:
    if criterion not in get_args(Criterion):
        known = ", ".join(get_args(Criterion))
        raise SettingError(f"There is no criterion {criterion!r}; there are {known}.")
