"""Who is compared with whom: a division of people into cohorts or other groups."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from trajectories.errors import SettingError

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, eq=False)
class Groups:
    """Which group each person is in: ``codes`` (people,) holds 0..g-1, or -1 for people who belong to none.

    ``probabilities`` (people, groups) are 0 or 1 where the dates decide, and in between for people whose
    event straddles a cut: those are ``ambiguous``, have code -1, and are listed, never silently put on a
    side.
    """

    name: str
    label: str
    ids: tuple[str, ...]
    codes: NDArray[np.int64]
    labels: tuple[str, ...]
    probabilities: NDArray[np.float64]
    ambiguous: tuple[str, ...] = ()
    outside: tuple[str, ...] = ()
    """People the division does not speak of: no such event, or not in the scheme's ``where``."""

    @property
    def sizes(self) -> tuple[int, ...]:
        return tuple(int((self.codes == group).sum()) for group in range(len(self.labels)))

    def members(self, group: int) -> tuple[str, ...]:
        """Ids of one group's people (0..g-1), in the study's order."""
        return tuple(person for person, code in zip(self.ids, self.codes, strict=True) if code == group)

    def select(self, ids: Iterable[str]) -> Groups:
        """Some of the people, in the order asked for, in the same groups. Raises SettingError for an unknown
        id."""
        where = {person: i for i, person in enumerate(self.ids)}
        wanted = tuple(ids)
        unknown = [person for person in wanted if person not in where]
        if unknown:
            raise SettingError(
                f"{len(unknown)} of the {len(wanted)} people asked for are not known to the groups by "
                f"{self.label} (first: {unknown[0]!r})."
            )
        index = np.array([where[person] for person in wanted], dtype=np.intp)
        ambiguous, outside = set(self.ambiguous), set(self.outside)
        return replace(
            self,
            ids=wanted,
            codes=self.codes[index],
            probabilities=self.probabilities[index],
            ambiguous=tuple(person for person in wanted if person in ambiguous),
            outside=tuple(person for person in wanted if person in outside),
        )

    def table(self) -> pd.DataFrame:
        """One row a person: id, group (label, empty for none), status (``certain``, ``ambiguous``,
        ``outside``)."""
        import pandas as pd

        ambiguous, outside = set(self.ambiguous), set(self.outside)
        status = [
            "ambiguous" if p in ambiguous else "outside" if p in outside else "certain" for p in self.ids
        ]
        names = [self.labels[code] if code >= 0 else "" for code in self.codes]
        return pd.DataFrame({"id": self.ids, "group": names, "status": status})

    def __repr__(self) -> str:
        inside = "; ".join(f"{label} (n = {n})" for label, n in zip(self.labels, self.sizes, strict=True))
        return (
            f"Groups by {self.label}: {inside}; {len(self.ambiguous)} ambiguous, {len(self.outside)} outside"
        )
