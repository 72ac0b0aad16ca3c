"""Types with soft edges: how much each life belongs to each type."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from trajectories.alignment.dissimilarities import Dissimilarities
from trajectories.errors import SettingError
from trajectories.typology.checks import usable
from trajectories.typology.medoids import by_size, with_medoids
from trajectories.typology.partition import partition
from trajectories.typology.typology import Typology

if TYPE_CHECKING:
    import pandas as pd

Floats = NDArray[np.float64]
_ROUNDS = 5000
_EXACT = 1e-13


@dataclass(frozen=True, eq=False)
class FuzzyTypology:
    """Memberships of people in types, each row summing to 1, with the nearest crisp typology."""

    memberships: Floats
    """(people, types), in the order of ``typology``."""
    typology: Typology
    """Everybody in the type they belong to most."""
    exponent: float
    loss: float
    """The objective of FANNY, sum_v (sum_ij u_iv^r u_jv^r d_ij) / (2 sum_j u_jv^r)."""

    @property
    def coefficient(self) -> float:
        """Dunn's partition coefficient, normalised: 1 everybody in one type, 0 everybody equally in all."""
        k = self.memberships.shape[1]
        return float((k * np.square(self.memberships).sum(axis=1).mean() - 1) / (k - 1))

    def between(self, below: float = 0.5) -> tuple[str, ...]:
        """People whose largest membership is below ``below``: they belong to no type clearly."""
        largest = self.memberships.max(axis=1)
        return tuple(p for p, most in zip(self.typology.ids, largest, strict=True) if most < below)

    def table(self) -> pd.DataFrame:
        """One row a person: id, type, and the membership in each type by its name."""
        import pandas as pd

        names = self.typology.names
        table = pd.DataFrame(self.memberships, columns=list(names))
        table.insert(0, "id", self.typology.ids)
        table.insert(1, "type", [names[t] for t in self.typology.types])
        return table

    def __repr__(self) -> str:
        return f"Fuzzy {self.typology!r}; normalised partition coefficient {self.coefficient:.2f}"


def fuzzy_partition(
    diss: Dissimilarities, k: int, *, exponent: float = 1.5, seed: int = 1, starts: int = 10
) -> FuzzyTypology:
    """Say how much each life belongs to each of k types, instead of putting it into one (FANNY).

    Finds memberships u that make sum_v (sum_ij u_iv^r u_jv^r d_ij) / (2 sum_j u_jv^r) small (Kaufman and
    Rousseeuw 1990), with r the ``exponent``: near 1 as crisp as ``partition``, from 2 on often the same for
    everybody. 1.5 suits lives (Studer 2018). From the types of PAM each person's memberships are made
    proportional to a_iv^(-1 / (r - 1)), a_iv being the mean dissimilarity to the type less half the one
    inside it, until nothing changes; somebody inside a type's very middle (a_iv of 0 or less) belongs to it
    alone. Case weights count as copies.

    Raises SettingError for an exponent of 1 or less, memberships that end up the same in every type (lower
    the exponent, or k), and for what ``partition`` refuses.
    """
    if not 1 < exponent < np.inf:
        raise SettingError(f"The exponent of memberships must be above 1, usually 1.5, not {exponent}.")
    crisp = partition(diss, k, seed=seed, starts=starts)
    square, weights = usable(diss), diss.weights.astype(np.float64)
    begin = np.full((diss.n, crisp.k), 0.1 / max(crisp.k - 1, 1))
    begin[np.arange(diss.n), crisp.types] = 0.9
    memberships, loss = settled_memberships(square, weights, begin, exponent)
    labels = memberships.argmax(axis=1).astype(np.int64)
    if len(np.unique(labels)) < crisp.k:
        raise SettingError(
            f"With an exponent of {exponent} some of the {crisp.k} types have nobody who belongs to them "
            "most: memberships are nearly the same in every type. Lower the exponent towards 1, or choose "
            "fewer types."
        )
    method = f"fuzzy (FANNY, exponent {exponent:g}, seed {seed})"
    ordered = by_size(labels)
    columns = np.array([labels[ordered == t][0] for t in range(crisp.k)])
    typology = with_medoids(diss, square, labels, method)
    return FuzzyTypology(memberships[:, columns], typology, exponent, loss)


def settled_memberships(
    square: Floats, weights: Floats, begin: Floats, exponent: float
) -> tuple[Floats, float]:
    """Memberships (people, types) that no further round changes, from given ones, and their loss."""
    u = begin
    for _ in range(_ROUNDS):
        apart, _ = _apart(square, weights, u**exponent)
        new = _shares(apart, exponent)
        done = np.abs(new - u).max() < _EXACT
        u = new
        if done:
            break
    _, loss = _apart(square, weights, u**exponent)
    return u, loss


def _apart(square: Floats, weights: Floats, powers: Floats) -> tuple[Floats, float]:
    """How far each person is from each type's middle, (people, types), and the loss."""
    shares = weights[:, None] * powers
    total = shares.sum(axis=0)
    means = square @ shares / total
    inside = (shares * means).sum(axis=0) / total
    return means - inside / 2, float((total * inside).sum() / 2)


def _shares(apart: Floats, exponent: float) -> Floats:
    """Memberships in proportion to apart^(-1 / (r - 1)); all in the types that are no distance away."""
    middle: NDArray[np.bool_] = np.less_equal(apart, 0)
    safe = np.where(middle, np.inf, apart)
    nearest = safe.min(axis=1, keepdims=True)
    scaled = (np.where(np.isfinite(nearest), nearest, 1.0) / safe) ** (1 / (exponent - 1))
    scaled = np.where(middle.any(axis=1, keepdims=True), 1.0 * middle, scaled)
    return np.asarray(scaled / scaled.sum(axis=1, keepdims=True))
