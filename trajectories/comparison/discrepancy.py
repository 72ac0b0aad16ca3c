"""How much of the difference between lives goes with a group, and whether chance would do as much."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from trajectories.alignment.dissimilarities import Dissimilarities
from trajectories.comparison.groups import Groups
from trajectories.comparison.shared_people import left_out_in_words, shared_people
from trajectories.errors import SettingError
from trajectories.typology.checks import usable

if TYPE_CHECKING:
    import pandas as pd

Floats = NDArray[np.float64]
Codes = NDArray[np.int64]


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
        most, least = int(np.argmax(self.discrepancies)), int(np.argmin(self.discrepancies))
        numbers = f"(Levene-type F = {self.levene:.2f}, permutation p = {self.levene_p:.2g})"
        if self.levene_p < 0.05:
            high, low = self.discrepancies[most], self.discrepancies[least]
            return (
                f"Lives are most varied in {self.labels[most]!r} (discrepancy {high:.3g}) and least in "
                f"{self.labels[least]!r} ({low:.3g}) {numbers}."
            )
        return f"The groups do not differ in how varied their lives are beyond chance {numbers}."

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
    distance to the centre of its group; these distances stay as they are while labels are permuted (Anderson
    2006), so that it speaks of spread alone. p = (1 + permutations at least as extreme) / (1 + permutations),
    where a permutation deals the group labels anew and people keep their weights.

    People without a sequence, without a group, or with an ambiguous date are left out and listed. Groups
    without people are dropped. Raises SettingError for fewer than two groups, no more people than groups,
    lives that are all equal, or fewer than one permutation.
    """
    if permutations < 1:
        raise SettingError(
            f"A permutation test needs at least one permutation, not {permutations}; 999 is usual."
        )
    people = shared_people(diss.ids, groups, "sequence")
    part = diss.select(people.ids)
    square, weights, g = usable(part), part.weights, len(people.labels)
    _refuse_undivided(square, weights, g, groups.label)
    observed = _Division.of(square, weights, people.codes[:, None], g)
    spread = _levene(observed.to_centre, weights, people.codes[:, None], g)
    f_above = levene_above = 0
    for dealt in _dealt(people.codes, permutations, np.random.default_rng(seed)):
        f_above += _at_least(_Division.of(square, weights, dealt, g).pseudo_f, observed.pseudo_f)
        levene_above += _at_least(_levene(observed.to_centre, weights, dealt, g), spread)
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
        levene=float(spread[0]),
        levene_p=(1 + levene_above) / (1 + permutations),
        permutations=permutations,
        seed=seed,
        omitted=people.omitted,
    )


@dataclass(frozen=True, eq=False)
class _Division:
    """Sums of squares of several divisions of the same people at once, one a column."""

    total: float
    within: Floats
    """Sum of squares inside each group, (groups, divisions)."""
    weight: Floats
    """Sum of weights of each group, (groups, divisions)."""
    to_centre: Floats
    """Each life's distance to the centre of its group, mean_j d_ij - SS_group / W_group, (people,
    divisions)."""

    @classmethod
    def of(cls, square: Floats, weights: Floats, codes: Codes, g: int) -> _Division:
        """Divisions ``codes`` (people, divisions) into g groups."""
        total = float(weights @ square @ weights) / (2 * float(weights.sum()))
        within, weight = np.empty((g, codes.shape[1])), np.empty((g, codes.shape[1]))
        to_centre = np.zeros(codes.shape)
        for group in range(g):
            inside = weights[:, None] * (codes == group)
            sums = square @ inside
            weight[group] = inside.sum(axis=0)
            within[group] = (inside * sums).sum(axis=0) / (2 * weight[group])
            to_centre += (codes == group) * (sums - within[group]) / weight[group]
        return cls(total, within, weight, to_centre)

    @property
    def pseudo_r2(self) -> Floats:
        return np.asarray(1 - self.within.sum(axis=0) / self.total)

    @property
    def pseudo_f(self) -> Floats:
        rest, g, W = self.within.sum(axis=0), len(self.weight), float(self.weight[:, 0].sum())
        return _ratio((self.total - rest) / (g - 1), rest / (W - g))


def _levene(to_centre: Floats, weights: Floats, codes: Codes, g: int) -> Floats:
    """F of a weighted one-way analysis of variance of one column of distances, for each division in
    ``codes``."""
    W, mass, values = float(weights.sum()), weights[:, None], weights[:, None] * to_centre
    grand = float(values.sum()) / W
    inside = [codes == group for group in range(g)]
    weight = np.stack([(mass * here).sum(axis=0) for here in inside])
    means = np.stack([(values * here).sum(axis=0) for here in inside]) / weight
    between = (weight * (means - grand) ** 2).sum(axis=0)
    total = float((mass * (to_centre - grand) ** 2).sum())
    return _ratio(between / (g - 1), np.maximum(total - between, 0.0) / (W - g))


def _ratio(above: Floats, below: Floats) -> Floats:
    """above / below, infinite where only ``below`` is nothing, 0 where both are."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.nan_to_num(above / below, nan=0.0, posinf=np.inf, neginf=-np.inf))


def _dealt(codes: Codes, permutations: int, chance: np.random.Generator, batch: int = 256) -> Iterator[Codes]:
    """The group labels dealt anew, (people, up to ``batch``) at a time, so that memory stays small."""
    for begun in range(0, permutations, batch):
        columns = min(batch, permutations - begun)
        yield chance.permuted(np.repeat(codes[:, None], columns, axis=1), axis=0)


def _at_least(drawn: Floats, observed: Floats) -> int:
    """Divisions at least as extreme; equal up to rounding counts, so that few people give no p that is too
    small."""
    return int((drawn >= observed * (1 - 1e-10) - 1e-300).sum())


def _refuse_undivided(square: Floats, weights: Floats, g: int, label: str) -> None:
    if not square.any():
        raise SettingError(
            f"The {len(square)} lives compared by {label} are all equal; there is nothing to explain. "
            "Align on more domains or a longer window."
        )
    if len(square) <= g or weights.sum() <= g:
        raise SettingError(
            f"A comparison by {label} needs more people than groups, and there are {len(square)} people "
            f"(weights that sum to {weights.sum():g}) in {g} groups. Join groups or widen the filter."
        )

