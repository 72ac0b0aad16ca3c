"""Who is compared with whom: a division of people into cohorts or other groups."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, eq=False)
class Groups:
    """Which group each person is in: ``codes`` (people,) holds 0..g-1, or -1 for people who belong to none.

    ``probabilities`` (people, groups) are 0 or 1 where the dates decide, and in between for people whose event
    straddles a cut: those are ``ambiguous``, have code -1, and are listed, never silently put on a side.
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

    def table(self) -> pd.DataFrame:
        """One row a person: id, group (label, empty for none), status (``certain``, ``ambiguous``, ``outside``)."""
        import pandas as pd

        ambiguous, outside = set(self.ambiguous), set(self.outside)
        status = ["ambiguous" if p in ambiguous else "outside" if p in outside else "certain" for p in self.ids]
        names = [self.labels[code] if code >= 0 else "" for code in self.codes]
        return pd.DataFrame({"id": self.ids, "group": names, "status": status})

    def __repr__(self) -> str:
        inside = "; ".join(f"{label} (n = {n})" for label, n in zip(self.labels, self.sizes, strict=True))
        return f"Groups by {self.label}: {inside}; {len(self.ambiguous)} ambiguous, {len(self.outside)} outside"
