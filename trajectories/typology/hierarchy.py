"""The tree of lives: who joins whom, from every life alone to all together, to be cut into types."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from trajectories.alignment.dissimilarities import Dissimilarities
from trajectories.errors import SettingError
from trajectories.typology.checks import distinct_lives, refuse_unfit, usable
from trajectories.typology.medoids import with_medoids
from trajectories.typology.tree_merges import chained_merges, flexible_merges
from trajectories.typology.typology import Typology
from trajectories.typology.whole_numbers import number_of_types

if TYPE_CHECKING:
    import pandas as pd

Linkage = Literal["ward", "ward_d", "average", "complete", "flexible", "single", "mcquitty"]
LINKAGES = {
    "ward": "Ward (D2)", "ward_d": "Ward (D)", "average": "average linkage", "complete": "complete linkage",
    "flexible": "beta-flexible linkage", "single": "single linkage", "mcquitty": "McQuitty's linkage",
}  # fmt: skip


@dataclass(frozen=True, eq=False)
class Tree:
    """A hierarchy of lives: ``merges`` (n - 1, 4) as SciPy writes a linkage (one part, the other, height,
    people)."""

    merges: NDArray[np.float64]
    method: Linkage
    dissimilarities: Dissimilarities = field(repr=False)

    @property
    def ids(self) -> tuple[str, ...]:
        return self.dissimilarities.ids

    @property
    def heights(self) -> NDArray[np.float64]:
        """The height of each merge, (n - 1,), rising: how unlike the two parts were that became one."""
        return np.asarray(self.merges[:, 2])

    def order(self) -> NDArray[np.intp]:
        """The lives from left to right, (n,), so that no branches cross: a single life before a group, of
        two groups the one that was whole earlier (as R's ``hclust`` orders them)."""
        return self.branches()[-1]

    def branches(self) -> list[NDArray[np.intp]]:
        """The lives of each part from left to right: n single lives, then those of each merge."""
        n = len(self.ids)
        found = [np.array([i], dtype=np.intp) for i in range(n)]
        for one, other in np.sort(self.merges[:, :2].astype(np.intp), axis=1).tolist():
            found.append(np.concatenate([found[one], found[other]]))
        return found

    def table(self) -> pd.DataFrame:
        """One row a merge, in order: types (how many stand before it), height, n (people it joins), smaller
        (people in the smaller of the two)."""
        import pandas as pd

        sizes = [1] * len(self.ids) + self.merges[:, 3].astype(int).tolist()
        parts = self.merges[:, :2].astype(int).tolist()
        return pd.DataFrame({
            "types": range(len(self.ids), 1, -1),
            "height": self.heights,
            "n": sizes[len(self.ids) :],
            "smaller": [min(sizes[one], sizes[other]) for one, other in parts],
        })  # fmt: skip

    def cut(self, k: int) -> Typology:
        """The k types that stand after all but the last k - 1 merges. Raises SettingError for a k that cannot
        be."""
        square, k = self.dissimilarities.square(), number_of_types(k)
        refuse_unfit(k, len(distinct_lives(square)), len(self.ids))
        return self.cut_on(square, k)

    def cut_on(self, square: NDArray[np.float64], k: int) -> Typology:
        """The same on the square matrix of the tree's dissimilarities, for a k already known to be
        possible."""
        return with_medoids(self.dissimilarities, square, self.labels(k), LINKAGES[self.method])

    def labels(self, k: int) -> NDArray[np.int64]:
        """In which of the k parts each person is, (n,), numbered in no particular order."""
        n = len(self.ids)
        holder = list(range(2 * n - k))
        merges = self.merges[: n - k, :2].astype(np.intp).tolist()
        for step in range(n - k - 1, -1, -1):  # from the last merge down, each part learns where it ended
            one, other = merges[step]
            holder[one] = holder[other] = holder[n + step]
        return np.asarray(np.unique(holder[:n], return_inverse=True)[1], dtype=np.int64)

    def __repr__(self) -> str:
        last = ", ".join(f"{height:.4g}" for height in self.heights[::-1][:4])
        return f"Tree of {len(self.ids)} people by {LINKAGES[self.method]}; the last merges at heights {last}"


def hierarchy(diss: Dissimilarities, method: Linkage = "ward", *, beta: float = -0.25) -> Tree:
    """Join lives, then groups of lives, step by step, always the two that are least unlike.

    - ``"ward"``: least growth of the within-group sum of squared dissimilarities (Ward 1963; R's ``ward.D2``,
      SciPy's ``ward``).
    - ``"ward_d"``: the same update on the dissimilarities as they are (R's ``ward.D``), which is least growth
      of the discrepancy that ``compare_groups`` uses (Batagelj 1988; Studer et al. 2011).
    - ``"average"``: smallest mean dissimilarity between the members of two groups (UPGMA).
    - ``"complete"``: smallest largest dissimilarity between the members of two groups.
    - ``"flexible"``: between the two, d(k, ij) = (1 - beta) / 2 (d_ki + d_kj) + beta d_ij (Lance and Williams
      1967); the nearer ``beta`` is to -1, the more compact the groups. -0.25 is usual (R's ``agnes`` with
      ``par.method = 0.625``).
    - ``"single"``: smallest dissimilarity between the members of two groups. It makes long chains, seldom
      types.
    - ``"mcquitty"``: mean of the dissimilarities of the two parts, whatever their sizes (WPGMA).

    Unequal case weights enter as in R's ``hclust(members = weights)``: they are the sizes of the groups that
    join, while the dissimilarity of two single lives stays as it is (the last four do not look at sizes).
    Raises SettingError for an unknown method, a beta outside -1 to 0, fewer than two people, or
    dissimilarities that are no numbers.
    """
    if method not in get_args(Linkage):
        raise SettingError(f"There is no tree by {method!r}; there is {', '.join(get_args(Linkage))}.")
    if not -1 <= beta <= 0:
        raise SettingError(f"beta lies between -1 and 0, and is usually -0.25, not {beta}.")
    return tree_on(diss, usable(diss), method, beta)


def tree_on(
    diss: Dissimilarities, square: NDArray[np.float64], method: Linkage, beta: float = -0.25
) -> Tree:
    """The same on the square matrix of dissimilarities already checked."""
    if method == "flexible":
        return Tree(flexible_merges(square, beta), method, diss)
    return Tree(chained_merges(square, diss.weights, method), method, diss)
