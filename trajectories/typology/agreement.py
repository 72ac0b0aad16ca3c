"""How far two typologies of the same people agree, which types answer to each other, and who moved."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from trajectories.errors import SettingError
from trajectories.typology.typology import Typology
from trajectories.wording import people

if TYPE_CHECKING:
    import pandas as pd

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Agreement:
    """Two typologies side by side, over the people who are in both."""

    one: Typology
    other: Typology
    counts: Counts
    """How many people are in each type of the one and of the other, (types of one, types of other)."""
    rand: float
    """Adjusted Rand index: 1 the same partition, 0 what chance would agree on."""
    information: float
    """Normalised mutual information, 0 to 1."""
    matched: tuple[tuple[int, int], ...]
    """Types that answer to each other (numbers from 0), most shared people first; each at most once."""
    omitted: tuple[str, ...]
    """People who are in only one of the two."""

    @property
    def n(self) -> int:
        """How many people are in both."""
        return int(self.counts.sum())

    @property
    def staying(self) -> float:
        """The share of people who are in types that answer to each other."""
        return sum(int(self.counts[a, b]) for a, b in self.matched) / self.n

    def table(self) -> pd.DataFrame:
        """How many people are in each type of the one (rows) and of the other (columns)."""
        import pandas as pd

        index = pd.Index(self.one.names, name="one")
        return pd.DataFrame(self.counts, index=index, columns=pd.Index(self.other.names, name="other"))

    def pairs(self) -> pd.DataFrame:
        """One row a pair of matched types: one, other, n_one, n_other, shared, jaccard; then those without a
        match."""
        import pandas as pd

        rows = self.counts.sum(axis=1), self.counts.sum(axis=0)
        found = [
            (self.one.names[a], self.other.names[b], int(rows[0][a]), int(rows[1][b]), int(self.counts[a, b]),
             float(jaccards(self.counts)[a, b]))
            for a, b in self.matched
        ]  # fmt: skip
        here, there = ({pair[side] for pair in self.matched} for side in (0, 1))
        found += [(self.one.names[a], "", int(rows[0][a]), 0, 0, 0.0)
                  for a in range(self.one.k) if a not in here]  # fmt: skip
        found += [("", self.other.names[b], 0, int(rows[1][b]), 0, 0.0)
                  for b in range(self.other.k) if b not in there]  # fmt: skip
        return pd.DataFrame(found, columns=["one", "other", "n_one", "n_other", "shared", "jaccard"])

    def moved(self) -> pd.DataFrame:
        """Who is not where the matching would have them: id, one, other, expected."""
        import pandas as pd

        answer = dict(self.matched)
        both = self.other.select(self.one.select(p for p in self.one.ids if p not in set(self.omitted)).ids)
        rows = []
        for person, there in zip(both.ids, both.types.tolist(), strict=True):
            here = self.one.type_of(person)
            if answer.get(here) != there:
                expected = self.other.names[answer[here]] if here in answer else ""
                rows.append((person, self.one.names[here], self.other.names[there], expected))
        return pd.DataFrame(rows, columns=["id", "one", "other", "expected"])

    def sentence(self) -> str:
        """How many people stay together, then the indices."""
        moved = self.n - round(self.staying * self.n)
        out = f"; in only one of them: {len(self.omitted)}" if self.omitted else ""
        return (
            f"{moved} of {people(self.n)} {'is' if moved == 1 else 'are'} in a type that does not answer to "
            "their type in the other "
            f"typology (adjusted Rand index = {self.rand:.2f}, normalised mutual information = "
            f"{self.information:.2f}{out})."
        )

    def __repr__(self) -> str:
        return f"Agreement of {self.one.k} and {self.other.k} types: {self.sentence()}"


def compare_typologies(one: Typology, other: Typology) -> Agreement:
    """Lay two typologies of the same people side by side: do they say the same, and who moved?

    The adjusted Rand index is the agreement over pairs of people less what chance would give (Hubert and
    Arabie 1985). The normalised mutual information divides by the mean of the two entropies. Types are
    matched one to one so that as many people as possible are in types that answer to each other (Kuhn 1955);
    a pair that shares nobody is no match. Only people in both count. Raises SettingError when nobody is.
    """
    there = set(other.ids)
    shared = [person for person in one.ids if person in there]
    if not shared:
        raise SettingError(
            f"The two typologies share nobody (first: {one.ids[0] if one.ids else 'none'!r} and "
            f"{other.ids[0] if other.ids else 'none'!r}); compare typologies of the same people."
        )
    here = set(shared)
    omitted = [person for person in (*one.ids, *other.ids) if person not in here]
    counts = cross_counts(one.select(shared).types, other.select(shared).types, one.k, other.k)
    rand, information = adjusted_rand(counts), mutual_information(counts)
    return Agreement(one, other, counts, rand, information, matched_types(counts), tuple(omitted))


def cross_counts(one: Counts, other: Counts, rows: int, columns: int) -> Counts:
    """How many people have each pair of labels, (rows, columns)."""
    counted = np.bincount(one * columns + other, minlength=rows * columns)
    return counted.astype(np.int64).reshape(rows, columns)


def adjusted_rand(counts: Counts) -> float:
    """Adjusted Rand index of a cross table; 1 when neither partition parts anybody, or both part all."""
    rows, columns, n = counts.sum(axis=1), counts.sum(axis=0), int(counts.sum())
    both, here, there = (float((x * (x - 1.0) / 2).sum()) for x in (counts, rows, columns))
    by_chance = here * there / max(n * (n - 1) / 2, 1)
    most = (here + there) / 2
    return 1.0 if most == by_chance else (both - by_chance) / (most - by_chance)


def mutual_information(counts: Counts) -> float:
    """Mutual information of a cross table over the mean of the two entropies; 1 when both are of one type."""
    shares = counts / counts.sum()
    of_rows, of_columns, jointly = (_entropy(x) for x in (shares.sum(axis=1), shares.sum(axis=0), shares))
    most = (of_rows + of_columns) / 2
    return 1.0 if most <= 0 else max(0.0, min(1.0, (of_rows + of_columns - jointly) / most))


def matched_types(counts: Counts) -> tuple[tuple[int, int], ...]:
    """The one-to-one matching of rows and columns that shares most people, most shared first."""
    from scipy.optimize import linear_sum_assignment

    rows, columns = linear_sum_assignment(-counts)
    found = [(int(a), int(b)) for a, b in zip(rows, columns, strict=True) if counts[a, b]]
    return tuple(sorted(found, key=lambda pair: -counts[pair]))


def jaccards(counts: Counts) -> Floats:
    """People in both over people in either, for each pair of types, (types, types)."""
    either = counts.sum(axis=1)[:, None] + counts.sum(axis=0)[None, :] - counts
    return np.asarray(np.divide(counts, either, out=np.zeros(counts.shape), where=either > 0))


def _entropy(shares: Floats) -> float:
    inside = shares[shares > 0]
    return float(-(inside * np.log(inside)).sum())
