"""How unlike every two lives are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from trajectories.errors import SettingError

if TYPE_CHECKING:
    import pandas as pd

    from trajectories.alignment.explaining.alignment import Alignment
    from trajectories.alignment.measures.basic import Measure
    from trajectories.sequences.event_lives import EventLives
    from trajectories.sequences.sequences import Sequences


@dataclass(frozen=True, eq=False)
class Dissimilarities:
    """Pairwise dissimilarities: ``condensed`` as SciPy orders them, n(n-1)/2 values, with ids and how they
    were made."""

    condensed: NDArray[np.float32] | NDArray[np.float64]
    ids: tuple[str, ...]
    measure: str
    weights: NDArray[np.float64]
    numbers: str = "double precision"
    """In which arithmetic they were computed, with its error bound where there is one."""
    made_of: tuple[Sequences | EventLives, Measure] | None = field(default=None, repr=False)
    """The lives and the measure, where they were computed here; ``explain`` needs them."""
    joined_of: tuple[tuple[Sequences | EventLives, Measure, float], ...] = field(default=(), repr=False)
    """Of joined domains, the same of each, and by what its dissimilarity was multiplied."""

    @property
    def n(self) -> int:
        return len(self.ids)

    def square(self) -> NDArray[np.float64]:
        """The full (n, n) matrix with a zero diagonal, rows and columns in the order of ``ids``."""
        full = np.zeros((self.n, self.n))
        for i in range(self.n - 1):
            full[i, i + 1 :] = full[i + 1 :, i] = self.condensed[self._start(i) : self._start(i + 1)]
        return full

    def between(self, one: str, other: str) -> float:
        """The dissimilarity of two people."""
        i, j = sorted(self._places((one, other)))
        return 0.0 if i == j else float(self.condensed[self._start(i) + j - i - 1])

    def explain(self, one: str, other: str) -> Alignment:
        """The alignment of two people's lives, step by step (see ``explain``), for ``plot_alignment``.

        Raises SettingError where the lives are not known (not computed from lives), for domains that were
        joined (take ``explain_domains``), and for measures without an alignment.
        """
        from trajectories.alignment.explaining.explanation import explain

        self._places((one, other))
        if self.joined_of:
            raise SettingError("Each domain was compared alone here, so that there is an alignment of each "
                               "and none of all; take .explain_domains(one, other).")  # fmt: skip
        if self.made_of is None:
            raise SettingError("These dissimilarities do not know the lives they were computed from; take "
                               "explain(lives, measure, one, other).")  # fmt: skip
        return explain(*self.made_of, one, other)

    def explain_domains(self, one: str, other: str) -> tuple[Alignment, ...]:
        """The alignments behind a dissimilarity: of dissimilarities that ``joint`` made one a domain, whose
        costs are weighted as they enter the sum; of others the only one.

        Together the alignments cost what the two people's dissimilarity is (without normalisation); domains
        that weigh 0 are left out. Raises SettingError as ``explain`` does.
        """
        from trajectories.alignment.explaining.explanation import explain

        if not self.joined_of:
            return (self.explain(one, other),)
        self._places((one, other))
        return tuple(explain(lives, measure, one, other).times(share)
                     for lives, measure, share in self.joined_of)  # fmt: skip

    def select(self, ids: Iterable[str]) -> Dissimilarities:
        """The dissimilarities among some of the people, in the order asked for. Raises SettingError for the
        others."""
        wanted = tuple(ids)
        index = np.array(self._places(wanted), dtype=np.int64)
        rows = [self._row(i, index[place + 1 :]) for place, i in enumerate(index.tolist())]
        condensed: NDArray[Any] = np.concatenate(rows) if rows else self.condensed[:0]
        return replace(self, condensed=condensed, ids=wanted, weights=self.weights[index])

    def _row(self, i: int, others: NDArray[np.int64]) -> NDArray[Any]:
        """From one person to some others."""
        low, high = np.minimum(i, others), np.maximum(i, others)
        place = low * self.n - low * (low + 1) // 2 + high - low - 1
        row = self.condensed[np.where(low == high, 0, place)]
        row[low == high] = 0
        return row

    def _start(self, i: int) -> int:
        """Where row i begins in ``condensed``."""
        return i * self.n - i * (i + 1) // 2

    def _places(self, people: Iterable[str]) -> list[int]:
        where = {person: i for i, person in enumerate(self.ids)}
        try:
            return [where[person] for person in people]
        except KeyError as error:
            raise SettingError(f"There is no dissimilarity for {error.args[0]!r}: "
                               f"not among these {self.n} people.") from None  # fmt: skip

    def __repr__(self) -> str:
        if not self.condensed.size:
            return f"Dissimilarities among {self.n} people by {self.measure}"
        low, high = self.condensed.min(), self.condensed.max()
        return f"Dissimilarities among {self.n} people by {self.measure}, from {low:.4g} to {high:.4g}"


@dataclass(frozen=True, eq=False)
class DissimilaritiesTo:
    """How unlike each life is to each of a few references: ``values`` (people, references)."""

    values: NDArray[np.float32] | NDArray[np.float64]
    ids: tuple[str, ...]
    references: tuple[str, ...]
    measure: str
    numbers: str = "double precision"

    def table(self) -> pd.DataFrame:
        """A row a person (index ``id``), a column a reference."""
        import pandas as pd

        return pd.DataFrame(self.values, index=pd.Index(self.ids, name="id"), columns=list(self.references))

    def nearest(self) -> tuple[str, ...]:
        """The reference that each person's life is least unlike; of equals the first."""
        return tuple(self.references[i] for i in self.values.argmin(axis=1))

    def __repr__(self) -> str:
        return (f"Dissimilarities of {len(self.ids)} people to {len(self.references)} references "
                f"by {self.measure}")  # fmt: skip
