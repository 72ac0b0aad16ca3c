"""Types that can be stated as rules: lives parted by one property at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from trajectories.alignment.dissimilarities import Dissimilarities
from trajectories.errors import SettingError
from trajectories.sequences.sequences import Sequences
from trajectories.typology.checks import distinct_lives, refuse_unfit, usable
from trajectories.typology.medoids import with_medoids
from trajectories.typology.properties import Property, PropertyKind, properties_of
from trajectories.typology.typology import Typology
from trajectories.typology.whole_numbers import number_of_types
from trajectories.wording import counted

if TYPE_CHECKING:
    import pandas as pd

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
KINDS: tuple[PropertyKind, ...] = ("state", "duration", "start", "pattern")
MOST_VALUES = 12
"""Properties with more unordered values are parted one value against the others only."""


@dataclass(frozen=True)
class Split:
    """One step: a group of lives parted in two by one property."""

    kind: PropertyKind
    domain: str
    at: str
    n: int
    """How many lives the group has."""
    r2: float
    """Share of the group's discrepancy that lies between the two parts."""
    explained: float
    """The same as a share of everybody's discrepancy."""
    left: str
    """The rule of the one part."""
    right: str


@dataclass(frozen=True, eq=False)
class PropertyTypes:
    """Types with the rules that make them; every life follows exactly one."""

    typology: Typology
    rules: tuple[tuple[str, ...], ...]
    """Of each type, in the typology's order, the clauses that all hold of its lives."""
    splits: tuple[Split, ...]
    """In the order in which they were made; the first j make j + 1 types."""

    @property
    def r2(self) -> float:
        """Share of the discrepancy of all lives that lies between the types."""
        return sum(split.explained for split in self.splits)

    def rule(self, type_: int) -> str:
        """The rule of one type (0..k-1) in words."""
        return "; ".join(self.rules[type_])

    def table(self) -> pd.DataFrame:
        """One row a type: type, n, share, rule."""
        import pandas as pd

        sizes, n = self.typology.sizes, len(self.typology.ids)
        return pd.DataFrame({
            "type": self.typology.names, "n": sizes, "share": [size / n for size in sizes],
            "rule": [self.rule(type_) for type_ in range(self.typology.k)],
        })  # fmt: skip

    def split_table(self) -> pd.DataFrame:
        """One row a split: types (there are after it), kind, domain, at, n, r2, explained, left, right."""
        import pandas as pd

        rows = [{"types": i + 2, **split.__dict__} for i, split in enumerate(self.splits)]
        return pd.DataFrame(rows)

    def sentences(self) -> list[str]:
        """The types as rules, largest first, and how much of the differences they account for."""
        told = [f"{name} (n = {size}): {self.rule(type_)}." for type_, (name, size) in
                enumerate(zip(self.typology.names, self.typology.sizes, strict=True))]  # fmt: skip
        return [*told, f"These rules account for {100 * self.r2:.0f}\u00a0% of the differences among lives."]

    def __repr__(self) -> str:
        return f"{len(self.rules)} types by rules: {' '.join(self.sentences())}"


def property_types(
    lives: Sequences, diss: Dissimilarities, k: int, properties: Sequence[PropertyKind] = KINDS, *,
    smallest: int = 5,
) -> PropertyTypes:  # fmt: skip
    """Part lives into ``k`` types by rules that can be stated, one property at a time.

    Monothetic divisive clustering of sequences (Studer 2018; Piccarreta and Billari 2007; Chavent 1998): of
    all properties (see ``properties_of``) and all ways to part their values in two, the one is taken that
    leaves least discrepancy inside the parts, SS = sum_ij w_i w_j d_ij / 2W as in ``compare_groups``; then
    the group is parted again that gains most, until there are ``k``. Ordered properties (durations, starts)
    are cut between two values. Groups of fewer than ``smallest`` people are not made. Rules fit less closely
    than the best partition of the same k, but everybody can see who belongs where, and another study can
    apply them.

    ``lives`` and ``diss`` are of the same people; properties are looked for in all domains of ``lives``.
    Raises SettingError for other people, an unknown property, and a k that rules cannot reach.
    """
    if lives.ids != diss.ids:
        raise SettingError(f"The {lives.n} lives and the dissimilarities of {diss.n} people are not of the "
                           "same people in the same order; take both with select(ids).")  # fmt: skip
    square, weights = usable(diss), diss.weights.astype(np.float64)
    k = number_of_types(k)
    refuse_unfit(k, len(distinct_lives(square)), diss.n)
    if smallest < 1:
        raise SettingError(f"A type needs at least one person, not {smallest}.")
    found = properties_of(lives, tuple(properties))
    groups, splits = _parted(square, weights, found, k, smallest)
    labels = np.empty(diss.n, dtype=np.int64)
    for number, group in enumerate(groups):
        labels[group.people] = number
    typology = with_medoids(diss, square, labels, f"rules ({', '.join(properties)})")
    of_type = {int(typology.types[group.people[0]]): group.rule for group in groups}
    return PropertyTypes(typology, tuple(of_type[t] for t in range(typology.k)), tuple(splits))


@dataclass(frozen=True, eq=False)
class _Cut:
    """The best way to part a group: by which property, which of its values go to the left."""

    gain: float
    property: Property
    values: NDArray[np.int64]
    """The values (of the property's levels) that occur in the group."""
    left: Mask
    """Which of them go to the left."""


@dataclass(frozen=True, eq=False)
class _Group:
    people: NDArray[np.intp]
    rule: tuple[str, ...]
    within: float
    cut: _Cut | None


def _parted(
    square: Floats, weights: Floats, properties: list[Property], k: int, smallest: int
) -> tuple[list[_Group], list[Split]]:
    def group(people: NDArray[np.intp], rule: tuple[str, ...]) -> _Group:
        inside = square[np.ix_(people, people)] * np.outer(weights[people], weights[people])
        within = _within(inside.sum(), weights[people].sum())
        cut = _best(inside, weights[people], people, properties, within, smallest)
        return _Group(people, rule, within, cut)

    groups, splits = [group(np.arange(len(square)), ())], list[Split]()
    total = groups[0].within
    while len(groups) < k:
        open_ = [one for one in groups if one.cut is not None]
        if not open_:
            least = counted(smallest, "person", "people")
            raise SettingError(f"Rules part these lives into {counted(len(groups), 'type')} of at least "
                               f"{least}, not into {k}; choose a smaller k or smallest, or more "
                               "properties.")
        one = max(open_, key=lambda g: g.cut.gain if g.cut is not None else 0.0)
        assert one.cut is not None
        rules = _rules(one.cut)
        side = np.isin(one.cut.property.levels[one.people], one.cut.values[one.cut.left])
        parts = [group(one.people[inside], (*one.rule, rule))
                 for inside, rule in zip((side, ~side), rules, strict=True)]  # fmt: skip
        groups = [part for g in groups for part in (parts if g is one else [g])]
        cut = one.cut
        splits.append(Split(cut.property.kind, cut.property.domain, cut.property.at, len(one.people),
                            cut.gain / one.within, cut.gain / total, *rules))  # fmt: skip
    return groups, splits


def _rules(cut: _Cut) -> tuple[str, str]:
    """The rules of both parts. A value that nobody in the group has goes with neither, for an ordered
    property with the values below it."""
    values, words = cut.values, cut.property.words
    count = int(cut.property.levels.max()) + 1
    left, right = np.zeros(count, dtype=bool), np.zeros(count, dtype=bool)
    left[values[cut.left]], right[values[~cut.left]] = True, True
    if cut.property.ordered:
        left = np.arange(count) <= values[cut.left].max()
        right = ~left
    return words(left), words(right)


def _best(
    inside: Floats, weights: Floats, people: NDArray[np.intp], properties: list[Property], within: float,
    smallest: int,
) -> _Cut | None:  # fmt: skip
    """The cut of a group that leaves least discrepancy in its parts; None when there is none."""
    best: _Cut | None = None
    if len(people) < 2 * smallest or within <= 0:
        return None
    for one in properties:
        values, codes = np.unique(one.levels[people], return_inverse=True)
        if len(values) < 2:
            continue
        member = np.eye(len(values))[codes]
        between, mass, counts = member.T @ inside @ member, member.T @ weights, member.sum(axis=0)
        masks = _masks(len(values), one.ordered)
        masks = masks[np.minimum(masks @ counts, len(people) - masks @ counts) >= smallest]
        if not len(masks):
            continue
        rest = _halves(masks, between, mass)
        at = int(rest.argmin())
        gain = within - float(rest[at])
        if gain > (best.gain * (1 + 1e-9) if best is not None else 1e-12 * within):
            best = _Cut(gain, one, values.astype(np.int64), masks[at] == 1)
    return best


def _halves(masks: Floats, between: Floats, mass: Floats) -> Floats:
    """Discrepancy that each division leaves inside its two parts, (divisions,)."""
    rest = np.zeros(len(masks))
    for side in (masks, 1 - masks):
        pairs, weight = ((side @ between) * side).sum(axis=1), side @ mass
        rest += np.divide(pairs, 2 * weight, out=np.zeros(len(masks)), where=weight > 0)
    return rest


def _within(pairs: float, mass: float) -> float:
    return float(pairs) / (2 * float(mass)) if mass > 0 else 0.0


@lru_cache(maxsize=64)
def _masks(values: int, ordered: bool) -> Floats:
    """The ways to part values in two, (ways, values) of 0 and 1, the first value on the left."""
    if ordered:
        return np.tril(np.ones((values, values)))[:-1]
    if values > MOST_VALUES:
        return np.eye(values)
    ways = np.arange(2 ** (values - 1) - 1)
    bits = [(ways >> bit) & 1 for bit in range(values - 1)]
    return np.column_stack([np.ones(len(ways)), *bits]).astype(np.float64)
