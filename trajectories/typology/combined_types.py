"""One typology made of the typologies of several domains: their combinations, small ones merged."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from trajectories.alignment.dissimilarities import Dissimilarities
from trajectories.errors import SettingError
from trajectories.typology.checks import usable
from trajectories.typology.crossed_types import CrossedTypes
from trajectories.typology.medoids import by_size, with_medoids
from trajectories.typology.silhouettes import silhouette_widths
from trajectories.typology.typology import Typology

if TYPE_CHECKING:
    import pandas as pd

Codes = NDArray[np.int64]
Floats = NDArray[np.float64]
Index = Literal["ASW", "ASWw"]
Against = Literal["best", "last", "first"]


@dataclass(frozen=True)
class Merge:
    """Two groups of combinations that became one, and the quality of the partition after it."""

    one: tuple[str, ...]
    other: tuple[str, ...]
    quality: float


@dataclass(frozen=True, eq=False)
class CombinedTypes:
    """A typology of combinations of types, and how they were merged."""

    typology: Typology
    groups: tuple[tuple[str, ...], ...]
    """The combinations in each type, the most common first."""
    merges: tuple[Merge, ...]
    quality: float
    """Of the typology, by the index asked for."""
    index: Index

    def table(self) -> pd.DataFrame:
        """One row a combination: type, combination (names of the types, joined by +), n (of the type)."""
        import pandas as pd

        rows = [(name, combination, size) for name, group, size in
                zip(self.typology.names, self.groups, self.typology.sizes, strict=True)
                for combination in group]  # fmt: skip
        return pd.DataFrame(rows, columns=["type", "combination", "n"])

    def steps(self) -> pd.DataFrame:
        """One row a merge, in order: one, other (their combinations), quality."""
        import pandas as pd

        rows = [(" / ".join(m.one), " / ".join(m.other), m.quality) for m in self.merges]
        return pd.DataFrame(rows, columns=["one", "other", "quality"])

    def __repr__(self) -> str:
        return f"Combined {self.typology!r}; {len(self.merges)} merges, {self.index} {self.quality:.2f}"


def combined_types(
    diss: Dissimilarities, crossed: CrossedTypes, *, small: float = 0.05, fewest: int = 4, loss: float = 0.2,
    against: Against = "best", index: Index = "ASW", singletons: Literal[0, 1] = 0,
) -> CombinedTypes:  # fmt: skip
    """Make one typology of the combinations of several (CombT: Ritschard, Liao and Struffolino 2023).

    Everybody begins in the group of their own combination. As long as there are more than ``fewest`` groups,
    two are merged: while the smallest holds a share of ``small`` of the weight or less, that one and the
    group with which the partition is best afterwards; then those two of all groups. It ends before a merge
    that would leave ``index`` (the average silhouette width on ``diss``, which is of all domains together)
    by a share of more than ``loss`` below the ``best`` quality so far, the ``last`` or the ``first`` one; and
    where only merges are left after which it would not be above 0. The rule is that of TraMineR's
    ``dissmergegroups``; with ``singletons=1`` so are the numbers.

    A type is named after its most common combination. Raises SettingError for other people, a share outside
    0 to 1, fewer than 2 groups, and an unknown index.
    """
    _refuse(diss, crossed, small, fewest, loss, against, index)
    square, weights = usable(diss), diss.weights.astype(np.float64)
    labels, names = _combinations(crossed)
    groups: list[tuple[str, ...]] = [(name,) for name in names]

    def quality(parts: Codes) -> float:
        return _quality(square, weights, parts, index, singletons)

    merges: list[Merge] = []
    now = first = best = quality(labels)
    while len(groups) > fewest:
        sizes = np.bincount(labels, weights, minlength=len(groups)).astype(np.float64)
        pairs = _pairs(sizes, small * float(weights.sum()))
        found = [(quality(_merged(labels, i, j)), i, j) for i, j in pairs]
        mark = {"best": best, "last": now, "first": first}[against]
        value, i, j = max(found, key=lambda one: one[0])  # the first of equals
        if not value > 0 or mark - value > loss * mark:
            break
        merges.append(Merge(groups[i], groups[j], value))
        labels, groups[i] = _merged(labels, i, j), groups[i] + groups[j]
        del groups[j]
        now, best = value, max(best, value)
    return _made(diss, square, labels, groups, crossed, (tuple(merges), now, index))


def _combinations(crossed: CrossedTypes) -> tuple[Codes, list[str]]:
    """The combination of each person, (people,), in the order of the types' numbers, and their names."""
    found, labels = np.unique(crossed.labels(), axis=0, return_inverse=True)
    names = [one.names for one in crossed.typologies.values()]
    told = [" + ".join(of[t] for of, t in zip(names, row, strict=True)) for row in found.tolist()]
    return labels.ravel().astype(np.int64), told


def _pairs(sizes: Floats, most: float) -> list[tuple[int, int]]:
    """The pairs of groups that may be merged next."""
    if sizes.min() > most:
        return list(combinations(range(len(sizes)), 2))
    least = int(sizes.argmin())
    return [(min(least, j), max(least, j)) for j in range(len(sizes)) if j != least]


def _merged(labels: Codes, i: int, j: int) -> Codes:
    """The partition with group j in group i, numbered without a gap."""
    joined = np.where(labels == j, i, labels)
    return joined - (joined > j)


def _quality(
    square: Floats, weights: Floats, labels: Codes, index: Index, singletons: Literal[0, 1]
) -> float:
    from trajectories.typology import kernels

    sums, _ = kernels.sums_to_types(square, labels, weights, int(labels.max()) + 1)
    widths, _ = silhouette_widths(sums, labels, weights, index == "ASW", singletons)
    return float(weights @ widths / weights.sum())


def _made(
    diss: Dissimilarities, square: Floats, labels: Codes, groups: list[tuple[str, ...]],
    crossed: CrossedTypes, rest: tuple[tuple[Merge, ...], float, Index],
) -> CombinedTypes:  # fmt: skip
    ordered = by_size(labels)
    own, told = _combinations(crossed)
    common = dict(zip(told, np.bincount(own, minlength=len(told)).tolist(), strict=True))
    kept = [groups[int(labels[ordered == t][0])] for t in range(len(groups))]
    kept = [tuple(sorted(group, key=lambda name: -common[name])) for group in kept]
    names = tuple(f"{group[0]}{' and others' if len(group) > 1 else ''}" for group in kept)
    method = f"combined types of {', '.join(crossed.typologies)}, {len(rest[0])} merges"
    typology = replace(with_medoids(diss, square, labels, method), names=names)
    return CombinedTypes(typology, tuple(kept), *rest)


def _refuse(
    diss: Dissimilarities, crossed: CrossedTypes, small: float, fewest: int, loss: float, against: Against,
    index: Index,
) -> None:  # fmt: skip
    if diss.ids != crossed.ids:
        raise SettingError(
            f"The dissimilarities are of {diss.n} people and the crossed types of {len(crossed.ids)}, or "
            "they stand in another order; take both of the same people with select(ids)."
        )
    for name, share in (("small", small), ("loss", loss)):
        if not 0 <= share <= 1:
            raise SettingError(f"{name} is a share, from 0 to 1, not {share}.")
    if fewest < 2:
        raise SettingError(f"A typology needs at least 2 types, so fewest cannot be {fewest}.")
    for name, word, known in (("against", against, get_args(Against)), ("index", index, get_args(Index))):
        if word not in known:
            raise SettingError(f"{name} is one of {', '.join(known)}, not {word!r}.")
