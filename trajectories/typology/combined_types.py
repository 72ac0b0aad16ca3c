"""One typology made of the typologies of several domains: their combinations, small ones merged."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from trajectories.alignment.dissimilarities import Dissimilarities
from trajectories.errors import SettingError
from trajectories.typology.checks import usable
from trajectories.typology.crossed_types import CrossedTypes
from trajectories.typology.medoids import by_size, with_medoids
from trajectories.typology.merging import Groups, Index, Merge
from trajectories.typology.quality import typologies_quality
from trajectories.typology.typology import Typology
from trajectories.typology.whole_numbers import numbers_of_types
from trajectories.wording import counted

if TYPE_CHECKING:
    import pandas as pd

Codes = NDArray[np.int64]
Floats = NDArray[np.float64]
Against = Literal["best", "last", "first"]


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
        merges = counted(len(self.merges), "merge")
        return f"Combined {self.typology!r}; {merges}, {self.index} {self.quality:.2f}"


def combined_types(
    diss: Dissimilarities, crossed: CrossedTypes, k: int | None = None, *, small: float = 0.05,
    fewest: int = 4, loss: float = 0.2, against: Against = "best", index: Index = "ASW",
    singletons: Literal[0, 1] = 0,
) -> CombinedTypes:  # fmt: skip
    """Make one typology of the combinations of several (CombT: Ritschard, Liao and Struffolino 2023).

    Everybody begins in the group of their own combination. As long as there are more than ``fewest`` groups,
    two are merged: while the smallest holds a share of ``small`` of the weight or less, that one and the
    group with which the partition is best afterwards; then those two of all groups. It ends before a merge
    that would leave ``index`` (the average silhouette width on ``diss``, which is of all domains together)
    by a share of more than ``loss`` below the ``best`` quality so far, the ``last`` or the ``first`` one; and
    where only merges are left after which it would not be above 0. The rule is that of TraMineR's
    ``dissmergegroups``; with ``singletons=1`` so are the numbers.

    With ``k`` merging goes on to exactly that many types, whatever it costs: ``fewest`` and ``loss`` say
    nothing then. A type is named after its most common combination. Raises SettingError for other people, a
    share outside 0 to 1, fewer than 2 groups, more types than combinations, and an unknown index.
    """
    _refuse(diss, crossed, small, fewest if k is None else k, loss, against, index)
    square, weights = usable(diss), diss.weights.astype(np.float64)
    labels, names = combinations_of(crossed)
    if k is not None:
        refuse_too_many(k, crossed, len(names))
    begun = Groups.of(square, weights, labels, names, index, singletons)
    steps = begun.down_to(fewest if k is None else k, small)
    groups, _ = next(steps)
    now = first = best = begun.quality
    merges: list[Merge] = []
    for after, merge in steps:
        assert merge is not None
        mark = {"best": best, "last": now, "first": first}[against]
        if k is None and (not merge.quality > 0 or mark - merge.quality > loss * mark):
            break
        merges.append(merge)
        groups, now, best = after, merge.quality, max(best, merge.quality)
    return _made(diss, square, groups, crossed, tuple(merges), now)


def combined_quality(
    diss: Dissimilarities, crossed: CrossedTypes, k: Iterable[int] = range(2, 11), *, small: float = 0.05,
    index: Index = "ASW",
) -> pd.DataFrame:  # fmt: skip
    """Quality of the combined types with each number of them, as ``combined_types`` with that ``k`` makes
    them: one row a k, then the indices of ``cluster_quality``.

    The typologies are nested: each has one merge less than the one before it. Numbers above that of the
    combinations that occur have no row. Raises SettingError when no k is left.
    """
    _refuse(diss, crossed, small, 2, 0, "best", index)
    square, (labels, names) = usable(diss), combinations_of(crossed)
    wanted = possible(k, crossed, len(names))
    begun = Groups.of(square, diss.weights.astype(np.float64), labels, names, index, 0)
    return typologies_quality(
        diss, {groups.k: groups.labels for groups, _ in begun.down_to(wanted[0], small) if groups.k in wanted}
    )


def combinations_of(crossed: CrossedTypes) -> tuple[Codes, list[str]]:
    """The combination of each person, (people,), in the order of the types' numbers, and their names."""
    found, labels = np.unique(crossed.labels(), axis=0, return_inverse=True)
    names = [one.names for one in crossed.typologies.values()]
    told = [" + ".join(of[t] for of, t in zip(names, row, strict=True)) for row in found.tolist()]
    return labels.ravel().astype(np.int64), told


def refuse_too_many(k: int, crossed: CrossedTypes, occurring: int) -> None:
    """Raise SettingError unless ``k`` types can be made of the combinations that occur."""
    if k < 2:
        raise SettingError(f"A typology needs at least 2 types, not {k}.")
    if k > occurring:
        way = f"Choose k from 2 to {occurring}, or more types in a domain." if occurring > 1 else (
            "Choose more types in a domain, or other domains.")  # fmt: skip
        occur = "combination occurs" if occurring == 1 else "combinations occur"
        raise SettingError(f"{k} types were asked for, but of {told_crossed(crossed)} only {occurring} "
                           f"{occur}. {way}")  # fmt: skip


def possible(k: Iterable[int], crossed: CrossedTypes, occurring: int) -> list[int]:
    """The numbers of types that can be made of the combinations, in order; SettingError without any."""
    wanted = numbers_of_types(k)
    kept = [number for number in wanted if 2 <= number <= occurring]
    if not kept:
        refuse_too_many(wanted[0] if wanted else 0, crossed, occurring)
    return kept


def told_crossed(crossed: CrossedTypes) -> str:
    """``5 types in location crossed with 4 in legal``."""
    sizes = [(name, one.k) for name, one in crossed.typologies.items()]
    return f"{sizes[0][1]} types in {sizes[0][0]}" + "".join(f" crossed with {k} in {name}"
                                                            for name, k in sizes[1:])  # fmt: skip


def _made(
    diss: Dissimilarities, square: Floats, groups: Groups, crossed: CrossedTypes, merges: tuple[Merge, ...],
    quality: float,
) -> CombinedTypes:  # fmt: skip
    labels, ordered = groups.labels, by_size(groups.labels)
    own, told = combinations_of(crossed)
    common = dict(zip(told, np.bincount(own, minlength=len(told)).tolist(), strict=True))
    kept = [groups.names[int(labels[ordered == t][0])] for t in range(groups.k)]
    kept = [tuple(sorted(group, key=lambda name: -common[name])) for group in kept]
    names = tuple(f"{group[0]}{' and others' if len(group) > 1 else ''}" for group in kept)
    method = f"combined types of {', '.join(crossed.typologies)}, {counted(len(merges), 'merge')}"
    typology = replace(with_medoids(diss, square, labels, method), names=names)
    return CombinedTypes(typology, tuple(kept), merges, quality, groups.index)


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
