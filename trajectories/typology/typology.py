"""The typical trajectories: which type each life belongs to, and the life that stands for each type."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from trajectories.errors import SettingError

if TYPE_CHECKING:
    import pandas as pd

    from trajectories.coding.study import Study
    from trajectories.sequences.sequences import Sequences
    from trajectories.typology.description import TypeDescriptions
    from trajectories.typology.facts import Division


@dataclass(frozen=True, eq=False)
class Typology:
    """A partition of people into k types: ``types`` (people,) holds 0..k-1, ordered by size (largest first).

    ``medoids`` are the ids of the lives with the smallest sum of dissimilarities to their type's other
    members: real people, to be withheld from publications. ``names`` are the researcher's, "Type 1", "Type
    2", ... until named.
    """

    ids: tuple[str, ...]
    types: NDArray[np.int64]
    names: tuple[str, ...]
    medoids: tuple[str, ...]
    method: str
    to_medoid: NDArray[np.float64]
    """Dissimilarity of each person to the medoid of their type, (people,)."""

    @property
    def k(self) -> int:
        return len(self.names)

    @property
    def sizes(self) -> tuple[int, ...]:
        return tuple(int(size) for size in np.bincount(self.types, minlength=self.k))

    def members(self, type_: int) -> tuple[str, ...]:
        """Ids of the people of one type (0..k-1), in the study's order."""
        return tuple(person for person, t in zip(self.ids, self.types, strict=True) if t == type_)

    def named(self, *names: str) -> Typology:
        """The same types with the researcher's names, in order of size. Raises SettingError if their number
        differs."""
        if len(names) != self.k:
            raise SettingError(f"{self.k} types need {self.k} names, not {len(names)}.")
        if len(set(names)) != len(names):
            raise SettingError("Two types have the same name; give each its own.")
        return replace(self, names=tuple(names))

    def type_of(self, person: str) -> int:
        """The type (0..k-1) of one person. Raises SettingError for somebody who was not typed."""
        if person not in self.ids:
            raise SettingError(f"{person!r} has no type: not among the {len(self.ids)} people typed.")
        return int(self.types[self.ids.index(person)])

    def select(self, ids: Iterable[str]) -> Typology:
        """Some of the people, in the order asked for, in the same types: names and medoids stay, even when a
        medoid is not among them or a type is left without anybody. Raises SettingError for somebody who was
        not typed."""
        where = {person: i for i, person in enumerate(self.ids)}
        wanted = tuple(ids)
        unknown = [person for person in wanted if person not in where]
        if unknown:
            raise SettingError(
                f"{len(unknown)} of the {len(wanted)} people asked for have no type (first: {unknown[0]!r})."
            )
        index = np.array([where[person] for person in wanted], dtype=np.intp)
        return replace(self, ids=wanted, types=self.types[index], to_medoid=self.to_medoid[index])

    def describe(self, lives: Sequences, study: Study | None = None, cohorts: Division | None = None, *,
                 made_of: Collection[str] | None = None, within: int = 18, permutations: int = 999,
                 seed: int = 1) -> TypeDescriptions:  # fmt: skip
        """What the people of each type have in common and what sets them apart, in words and numbers (see
        ``describe_types``)."""
        from trajectories.typology.description import describe_types

        return describe_types(study, lives, self, cohorts, made_of=made_of, within=within,
                              permutations=permutations, seed=seed)  # fmt: skip

    def table(self) -> pd.DataFrame:
        """One row a person: id, type (name), type number from 1, whether the medoid, dissimilarity to the
        medoid."""
        import pandas as pd

        return pd.DataFrame({
            "id": self.ids,
            "type": [self.names[t] for t in self.types],
            "number": self.types + 1,
            "medoid": [person in self.medoids for person in self.ids],
            "to_medoid": self.to_medoid,
        })  # fmt: skip

    def __repr__(self) -> str:
        inside = "; ".join(f"{name} (n = {size})" for name, size in zip(self.names, self.sizes, strict=True))
        return f"Typology of {len(self.ids)} people in {self.k} types by {self.method}: {inside}"
