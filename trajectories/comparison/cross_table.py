"""Which types are more common in which group, and whether chance would do as much."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from trajectories.comparison.groups import Groups
from trajectories.comparison.permutations import at_least, dealt, too_few
from trajectories.comparison.shared_people import left_out_in_words, shared_people
from trajectories.typology.contingency import MARKED, Contingency, chi_squared
from trajectories.typology.typology import Typology

if TYPE_CHECKING:
    import pandas as pd

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class TypesByGroup:
    """How many people of each group are of each type: ``counts`` (groups, types), and the test of
    independence.

    ``p_value`` is Pearson's chi-squared test's, for many people; ``p_permutation`` is exact up to the number
    of permutations, for any number of people. ``cramers_v`` (0 to 1) says how strong the association is.
    """

    label: str
    groups: tuple[str, ...]
    types: tuple[str, ...]
    counts: Counts
    chi2: float
    df: int
    p_value: float
    p_permutation: float
    cramers_v: float
    permutations: int
    seed: int
    omitted: tuple[tuple[str, str], ...] = ()
    """People left out, each with the reason."""
    empty: tuple[str, ...] = ()
    """Groups that nobody with a type is in; they are not in the table."""

    @property
    def n(self) -> int:
        """How many people are compared."""
        return int(self.counts.sum())

    @property
    def left_out(self) -> int:
        return len(self.omitted)

    @property
    def shares(self) -> Floats:
        """Share of each type within each group, (groups, types)."""
        return np.asarray(self.counts / self.counts.sum(axis=1, keepdims=True))

    @property
    def expected(self) -> Floats:
        """How many there would be if groups did not matter, (groups, types)."""
        return Contingency(self.counts).expected

    @property
    def residuals(self) -> Floats:
        """Adjusted standardised residuals (see ``Contingency``), (groups, types); nan where a type has nobody
        or everybody."""
        return Contingency(self.counts).residuals

    @property
    def differs(self) -> bool:
        """Whether types differ between groups more than chance makes, over all cells together (permutation p
        below 0.05)."""
        return self.df > 0 and self.p_permutation < 0.05

    @property
    def exact_p(self) -> Floats:
        """How often chance alone takes a cell as far to its side of what is expected (see ``Contingency``),
        (groups, types)."""
        return Contingency(self.counts).exact_p

    @property
    def few(self) -> bool:
        """Whether people are too few for any difference to be told from chance."""
        return not self.differs and too_few(self.counts.sum(axis=1).tolist())

    @property
    def marks(self) -> tuple[tuple[str, ...], ...]:
        """For each group, of each type: "▲" where there are more, "▼" where fewer than expected, by residuals
        beyond 1.96 and an exact p of 0.025 at most.

        All "" where the table as a whole differs no more than chance makes, for among many cells some always
        do.
        """
        return Contingency(self.counts).marks(self.differs)

    @property
    def marking(self) -> str:
        """What the marks say, or why there are none."""
        if self.few:
            return "No cell is marked, for people are too few to tell a difference from chance."
        if not self.differs:
            return "No cell is marked, for the table as a whole differs no more than chance makes."
        return f"▲ more, ▼ fewer people than if types did not depend on the group ({MARKED})."

    def table(self) -> pd.DataFrame:
        """One row a group and type: group, type, n, share (within the group), expected, residual,
        exact_p."""
        import pandas as pd

        return pd.DataFrame({
            "group": np.repeat(np.array(self.groups, dtype=object), len(self.types)),
            "type": np.tile(np.array(self.types, dtype=object), len(self.groups)),
            "n": self.counts.ravel(),
            "share": self.shares.ravel(),
            "expected": self.expected.ravel(),
            "residual": self.residuals.ravel(),
            "exact_p": self.exact_p.ravel(),
        })  # fmt: skip

    @property
    def finding(self) -> str:
        """What the comparison found, as a plain sentence."""
        if not self.df:
            return f"{self.label}: everybody compared is of the same type."
        if self.few:
            return f"{self.label}: people are too few to tell whether types differ between groups."
        if not self.differs:
            return f"{self.label}: types differ between groups in no way that chance would not also make."
        group, type_ = self._strongest()
        return (
            f"{self.label}: type {self.types[type_]!r} is more common in {self.groups[group]!r} "
            f"({self._part(self.counts[group], type_)}) than in {self._others(group, type_)}."
        )

    @property
    def statistic(self) -> str:
        """The numbers behind the finding."""
        return (
            f"chi-squared = {self.chi2:.1f}, df = {self.df}, permutation p = {self.p_permutation:.2g} from "
            f"{self.permutations} permutations, Cramér's V = {self.cramers_v:.2f}, n = {self.n}"
        )

    @property
    def caution(self) -> str:
        """Which of the two p-values to trust where few are expected in some cells; empty where many are."""
        used = self.expected[:, self.counts.sum(axis=0) > 0]
        small = int((used < 5).sum())
        if not self.df or not small:
            return ""
        return (
            f"{small} of {used.size} expected counts {'is' if small == 1 else 'are'} below 5, so the "
            f"permutation p is to be preferred to the asymptotic one ({self.p_value:.2g})."
        )

    def sentence(self) -> str:
        """The finding, the statistic and who is left out behind it, and the caution if there is one."""
        behind = "; ".join(filter(None, (self.statistic, left_out_in_words(self.omitted))))
        return " ".join(filter(None, (f"{self.finding.removesuffix('.')} ({behind}).", self.caution)))

    def _strongest(self) -> tuple[int, int]:
        """The cell with most more people than expected, among those marked if any are; of equal ones (two by
        two) that of the rarer type."""
        marked = np.array(self.marks) == "▲"
        residuals = np.nan_to_num(self.residuals.round(9), nan=-np.inf)
        residuals = np.where(marked, residuals, -np.inf) if marked.any() else residuals
        cells = np.argwhere(residuals == residuals.max()).tolist()
        group, type_ = min(cells, key=lambda cell: int(self.counts[:, cell[1]].sum()))
        return group, type_

    def _others(self, group: int, type_: int) -> str:
        rest = np.delete(self.counts, group, axis=0)
        where = repr(self.groups[1 - group]) if len(rest) == 1 else "the other groups together"
        return f"{where} ({self._part(rest.sum(axis=0), type_)})"

    @staticmethod
    def _part(row: Counts, type_: int) -> str:
        return f"{row[type_]} of {row.sum()}, {100 * row[type_] / row.sum():.0f} %"

    def __repr__(self) -> str:
        sizes = zip(self.groups, self.counts.sum(axis=1), strict=True)
        inside = "; ".join(f"{group} (n = {n})" for group, n in sizes)
        return (
            f"Types by {self.label}: {len(self.types)} types in {inside}; chi-squared {self.chi2:.4g}, "
            f"df {self.df}, p {self.p_permutation:.3g}, Cramér's V {self.cramers_v:.2f}, "
            f"{self.left_out} left out"
        )


def type_by_group(types: Typology, groups: Groups, *, permutations: int = 999, seed: int = 1) -> TypesByGroup:
    """Cross types with groups: counts, shares, residuals, and the test that types do not depend on groups.

    chi-squared = sum (O - E)^2 / E (Pearson 1900, no continuity correction), with (g - 1)(t - 1) degrees of
    freedom over the groups and types that have anybody; Cramér's V = sqrt(chi-squared / (n min(g - 1, t -
    1))). The permutation p is (1 + permutations with at least this chi-squared) / (1 + permutations), a
    permutation dealing the types anew. People are counted, case weights do not enter.

    People without a type, without a group, or with an ambiguous date are left out and listed. Raises
    SettingError when fewer than two groups have anybody, or for fewer than one permutation.
    """
    people = shared_people(types.ids, groups, "type")
    typed, g = types.types[people.index], len(people.labels)
    counts = _crossed(people.codes, typed[:, None], g, types.k)
    table = Contingency(counts[0])
    observed = table.chi2
    above = 0
    for drawn in dealt(typed, permutations, seed):
        above += at_least(chi_squared(_crossed(people.codes, drawn, g, types.k)), observed)
    return TypesByGroup(
        label=groups.label,
        groups=people.labels,
        types=types.names,
        counts=counts[0],
        chi2=observed,
        df=table.df,
        p_value=table.p_value,
        p_permutation=(1 + above) / (1 + permutations),
        cramers_v=table.cramers_v if table.df else 0.0,
        permutations=permutations,
        seed=seed,
        omitted=people.omitted,
        empty=tuple(label for label in groups.labels if label not in people.labels),
    )


def _crossed(codes: Counts, types: Counts, g: int, k: int) -> Counts:
    """Counts of several divisions: codes (people,) and types (people, divisions) -> (divisions, groups,
    types)."""
    divisions = types.shape[1]
    cell = codes[:, None] * k + types + np.arange(divisions) * (g * k)
    return np.bincount(cell.ravel(), minlength=divisions * g * k).reshape(divisions, g, k).astype(np.int64)
