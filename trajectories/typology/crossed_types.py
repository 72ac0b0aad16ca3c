"""A typology of each domain of life, laid across each other: which types of one go with which of another."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from trajectories.alignment.measures.basic import Measure
from trajectories.alignment.pairwise import dissimilarities
from trajectories.errors import SettingError
from trajectories.sequences.sequences import Sequences
from trajectories.typology.agreement import adjusted_rand, cross_counts
from trajectories.typology.contingency import Contingency
from trajectories.typology.partition import Method, partition
from trajectories.typology.typology import Typology

if TYPE_CHECKING:
    import pandas as pd

Codes = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class CrossedTypes:
    """Several typologies of the same people, one a domain, in the order given."""

    typologies: Mapping[str, Typology]
    """Of the people who are in all of them, by domain."""
    omitted: tuple[str, ...]
    """People who are not in all of them."""

    @property
    def ids(self) -> tuple[str, ...]:
        return next(iter(self.typologies.values())).ids

    def labels(self) -> Codes:
        """The type of each person in each domain, (people, domains)."""
        return np.stack([one.types for one in self.typologies.values()], axis=1)

    def table(self) -> pd.DataFrame:
        """One row a combination that somebody has, the most common first: a column a domain with the type's
        name, n, share, and expected (people if the domains had nothing to do with each other)."""
        import pandas as pd

        found, counts = np.unique(self.labels(), axis=0, return_counts=True)
        n, rows = len(self.ids), []
        shares = [np.array(one.sizes) / n for one in self.typologies.values()]
        for combination, count in zip(found.tolist(), counts.tolist(), strict=True):
            names = {domain: one.names[t] for (domain, one), t in
                     zip(self.typologies.items(), combination, strict=True)}  # fmt: skip
            chance = float(np.prod([share[t] for share, t in zip(shares, combination, strict=True)]))
            rows.append({**names, "n": count, "share": count / n, "expected": n * chance})
        table = pd.DataFrame(rows, columns=[*self.typologies, "n", "share", "expected"])
        return table.sort_values("n", ascending=False, kind="stable", ignore_index=True)

    def pairs(self) -> pd.DataFrame:
        """Every two domains type by type: domain, other, type, other_type, n, share (of the type's people),
        expected, residual (adjusted and standardised), exact_p (how often chance alone takes the cell as far
        to its side), mark ("▲" more, "▼" fewer than chance, see ``Contingency``; none where the two
        typologies as a whole go together no more than chance makes, chi-squared test's p of 0.05 or more)."""
        import pandas as pd

        rows = []
        for domain, other in combinations(self.typologies, 2):
            one, two = self.typologies[domain], self.typologies[other]
            counts = cross_counts(one.types, two.types, one.k, two.k)
            cells = Contingency(counts)
            expected, residuals, exact = cells.expected, cells.residuals, cells.exact_p
            marks = cells.marks(cells.p_value < 0.05)
            for a, b in np.ndindex(counts.shape):
                n = int(counts[a, b])
                rows.append({
                    "domain": domain, "other": other, "type": one.names[a], "other_type": two.names[b],
                    "n": n, "share": n / one.sizes[a] if one.sizes[a] else float("nan"),
                    "expected": float(expected[a, b]), "residual": float(residuals[a, b]),
                    "exact_p": float(exact[a, b]), "mark": marks[a][b],
                })  # fmt: skip
        columns = ["domain", "other", "type", "other_type", "n", "share", "expected", "residual", "exact_p",
                   "mark"]  # fmt: skip
        return pd.DataFrame(rows, columns=columns)

    def association(self) -> pd.DataFrame:
        """One row two domains: domain, other, cramers_v (0 to 1: how far one type tells the other), rand
        (adjusted Rand index of the two typologies), chi2, df, p_value (Pearson's test of independence), n."""
        import pandas as pd

        rows = []
        for domain, other in combinations(self.typologies, 2):
            one, two = self.typologies[domain], self.typologies[other]
            counts = cross_counts(one.types, two.types, one.k, two.k)
            cells = Contingency(counts)
            rows.append((domain, other, cells.cramers_v, adjusted_rand(counts), cells.chi2, cells.df,
                         cells.p_value, cells.n))  # fmt: skip
        columns = ["domain", "other", "cramers_v", "rand", "chi2", "df", "p_value", "n"]
        return pd.DataFrame(rows, columns=columns)

    def __repr__(self) -> str:
        inside = ", ".join(f"{domain} ({one.k})" for domain, one in self.typologies.items())
        return f"Crossed types of {len(self.ids)} people: {inside}; {len(self.table())} combinations occur"


def types_by_domain(
    lives: Sequences, measure: Measure | Callable[[Sequences], Measure], k: int | Mapping[str, int], *,
    method: Method = "pam", seed: int = 1, starts: int = 10,
) -> CrossedTypes:  # fmt: skip
    """Type these lives in each domain on its own, and cross the typologies.

    Types are called after the domain, ``Location 1``. ``measure`` is the same for all domains, or makes one
    for the lives in each: ``lambda one: OptimalMatching(transition_costs(one))``. ``k`` is the number of
    types, the same for all domains or by domain. To choose when domains may follow rules of their own;
    ``combined_types`` makes one typology of the combinations (CombT: Ritschard, Liao and Struffolino 2023).
    Raises SettingError for a domain without a k, and for what ``dissimilarities`` and ``partition`` refuse.
    """
    names = {domain.name: domain.label for domain in lives.domains}
    wanted = dict(k) if isinstance(k, Mapping) else dict.fromkeys(names, k)
    if missing := [name for name in names if name not in wanted]:
        raise SettingError(f"k names no number of types for {missing[0]!r}; the domains are "
                           f"{', '.join(names)}. Give each one, or one number for all.")  # fmt: skip
    found = {}
    for name, label in names.items():
        one = lives.only(name)
        diss = dissimilarities(one, measure(one) if callable(measure) else measure)
        types = partition(diss, wanted[name], method=method, seed=seed, starts=starts)
        found[name] = types.named(*(f"{label} {t + 1}" for t in range(types.k)))
    return cross_types(found)


def cross_types(typologies: Mapping[str, Typology]) -> CrossedTypes:
    """Lay typologies of the same people across each other, by domain or any other name.

    Only people in all of them count. Raises SettingError for fewer than two typologies, or when nobody is in
    all.
    """
    if len(typologies) < 2:
        raise SettingError(f"Crossing needs at least two typologies, not {len(typologies)}.")
    first, *others = typologies.values()
    inside = set(first.ids).intersection(*(one.ids for one in others))
    shared = [person for person in first.ids if person in inside]
    if not shared:
        raise SettingError("Nobody is in all of the typologies; cross typologies of the same people.")
    everybody = dict.fromkeys(person for one in typologies.values() for person in one.ids)
    kept = {name: one.select(shared) for name, one in typologies.items()}
    return CrossedTypes(kept, tuple(person for person in everybody if person not in inside))
