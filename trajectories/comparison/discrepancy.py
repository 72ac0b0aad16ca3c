"""How much of the difference between lives goes with a group, and whether chance would do as much."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from trajectories.alignment.dissimilarities import Dissimilarities
from trajectories.comparison.groups import Groups
from trajectories.comparison.permutations import at_least, dealt, too_few
from trajectories.comparison.shared_people import SharedPeople, left_out_in_words, shared_people
from trajectories.comparison.sums_of_squares import Divided
from trajectories.errors import SettingError
from trajectories.typology.checks import usable

if TYPE_CHECKING:
    import pandas as pd

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Discrepancy:
    """What a division into groups says about lives: share of the discrepancy it accounts for, and its tests.

    ``discrepancy`` of some people is half their mean dissimilarity over all ordered pairs, sum_ij w_i w_j
    d_ij / 2W^2, a variance for lives. ``pseudo_r2`` is the share of the total that lies between groups,
    ``pseudo_f`` the ratio of between to within as in an analysis of variance; ``levene`` compares how widely
    the groups' lives are spread.
    """

    label: str
    labels: tuple[str, ...]
    sizes: tuple[int, ...]
    weights: tuple[float, ...]
    """Sum of case weights of each group (equal to ``sizes`` when all weigh 1)."""
    discrepancies: tuple[float, ...]
    total: float
    """Discrepancy of everybody compared."""
    pseudo_r2: float
    pseudo_f: float
    p_value: float
    levene: float
    levene_p: float
    permutations: int
    seed: int
    omitted: tuple[tuple[str, str], ...] = ()
    """People left out, each with the reason."""

    @property
    def n(self) -> int:
        """How many people are compared."""
        return sum(self.sizes)

    @property
    def left_out(self) -> int:
        return len(self.omitted)

    def table(self) -> pd.DataFrame:
        """One row a group: group, n, weight, discrepancy."""
        import pandas as pd

        return pd.DataFrame({"group": self.labels, "n": self.sizes, "weight": self.weights,
                             "discrepancy": self.discrepancies})  # fmt: skip

    def sentence(self) -> str:
        """What the comparison found: the finding first, the statistic after it."""
        if self.p_value < 0.05:
            found = "lives in different groups differ more than chance would make them"
        elif too_few(self.sizes):
            found = "people are too few to tell a difference from chance"
        else:
            found = "no difference that chance would not also make"
        numbers = (
            f"pseudo-R2 = {self.pseudo_r2:.3f}, pseudo-F = {self.pseudo_f:.2f}, "
            f"permutation p = {self.p_value:.2g} from {self.permutations} permutations, n = {self.n}"
        )
        behind = "; ".join(filter(None, (numbers, left_out_in_words(self.omitted))))
        return (
            f"{self.label}: {found}; the grouping accounts for {100 * self.pseudo_r2:.1f} % of the "
            f"differences between lives ({behind}). {self._spread()}"
        )

    def _spread(self) -> str:
        numbers = f"(Levene-type F = {self.levene:.2f}, permutation p = {self.levene_p:.2g})"
        several = [group for group, size in enumerate(self.sizes) if size > 1]
        if self.levene_p < 0.05 and len(several) > 1:
            ranked = sorted(several, key=self._unbiased)
            most, least = self.labels[ranked[-1]], self.labels[ranked[0]]
            return f"Lives are most varied in {most!r} and least in {least!r} {numbers}."
        return f"The groups do not differ in how varied their lives are beyond chance {numbers}."

    def _unbiased(self, group: int) -> float:
        """Discrepancy over n - 1 instead of n people, so that small groups do not pass for less varied."""
        return self.discrepancies[group] * self.sizes[group] / (self.sizes[group] - 1)

    def __repr__(self) -> str:
        inside = "; ".join(f"{label} (n = {n})" for label, n in zip(self.labels, self.sizes, strict=True))
        return (
            f"Discrepancy by {self.label}: {inside}; pseudo-R2 {self.pseudo_r2:.4g}, "
            f"pseudo-F {self.pseudo_f:.4g}, p {self.p_value:.3g}, {self.left_out} left out"
        )


def compare_groups(
    diss: Dissimilarities, groups: Groups, *, permutations: int = 999, seed: int = 1
) -> Discrepancy:
    """Ask whether lives of the same group are more alike than lives of different groups.

    Discrepancy analysis (Studer, Ritschard, Gabadinho and Mueller 2011): SS = sum_ij w_i w_j d_ij / 2W for
    everybody and inside each group; pseudo-R2 = 1 - SS_within / SS_total; pseudo-F = (SS_between / (g - 1)) /
    (SS_within / (W - g)). The Levene-type statistic is the F of an analysis of variance on each life's
    distance to the centre of its group, mean_j d_ij - SS_group / W_group.

    p = (1 + permutations at least as extreme) / (1 + permutations). A permutation deals the group labels
    anew, people keep their weights, and the centres are found again: lives of a small group lie nearer to its
    centre, and would otherwise pass for less varied. (TraMineR's ``dissassoc`` keeps the distances to the
    centres while it permutes; the statistics are equal to its own, the p of the Levene type is not quite.)

    People without a sequence, without a group, or with an ambiguous date are left out and listed. Groups
    without people are dropped. Raises SettingError for fewer than two groups, no more people than groups,
    a group that weighs nothing, lives that are all equal, or fewer than one permutation.
    """
    people = shared_people(diss.ids, groups, "sequence")
    part = diss.select(people.ids)
    square, weights, g = usable(part), part.weights, len(people.labels)
    _refuse_weightless(weights, people, groups.label)
    _refuse_undivided(square, weights, g, groups.label)
    observed = Divided.of(square, weights, people.codes[:, None], g)
    f_above = levene_above = 0
    for codes in dealt(people.codes, permutations, seed):
        drawn = Divided.of(square, weights, codes, g)
        f_above += at_least(drawn.pseudo_f, observed.pseudo_f[0])
        levene_above += at_least(drawn.levene, observed.levene[0])
    return Discrepancy(
        label=groups.label,
        labels=people.labels,
        sizes=tuple(np.bincount(people.codes).tolist()),
        weights=tuple(observed.weight[:, 0].tolist()),
        discrepancies=tuple((observed.within[:, 0] / observed.weight[:, 0]).tolist()),
        total=observed.total / float(weights.sum()),
        pseudo_r2=float(observed.pseudo_r2[0]),
        pseudo_f=float(observed.pseudo_f[0]),
        p_value=(1 + f_above) / (1 + permutations),
        levene=float(observed.levene[0]),
        levene_p=(1 + levene_above) / (1 + permutations),
        permutations=permutations,
        seed=seed,
        omitted=people.omitted,
    )


def _refuse_weightless(weights: Floats, people: SharedPeople, label: str) -> None:
    weighing = np.bincount(people.codes, weights)
    if (weighing <= 0).any():
        group = people.labels[int(weighing.argmin())]
        raise SettingError(f"In the comparison by {label} nobody in {group!r} weighs anything; leave these "
                           "people out with select(ids), or look at the column of weights.")  # fmt: skip


def _refuse_undivided(square: Floats, weights: Floats, g: int, label: str) -> None:
    if not weights @ square @ weights:
        raise SettingError(
            f"The {len(square)} lives compared by {label} are all equal; there is nothing to explain. "
            "Align on more domains or a longer window."
        )
    if len(square) <= g or weights.sum() <= g:
        raise SettingError(
            f"A comparison by {label} needs more people than groups, and there are {len(square)} people "
            f"(weights that sum to {weights.sum():g}) in {g} groups. Join groups or widen the filter."
        )

