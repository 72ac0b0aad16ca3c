"""Types of very many lives: medoids found on samples, everybody put with the nearest."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from trajectories.alignment.costs.cost_rules import dynamic_transition_costs
from trajectories.alignment.measures.basic import DynamicHamming, Measure
from trajectories.alignment.pairwise import dissimilarities, dissimilarities_to
from trajectories.errors import SettingError
from trajectories.sequences.sequences import Sequences
from trajectories.typology.agreement import adjusted_rand, cross_counts
from trajectories.typology.checks import distinct_lives, refuse_unfit, usable
from trajectories.typology.medoids import by_size
from trajectories.typology.partition import around_medoids
from trajectories.typology.typology import Typology

if TYPE_CHECKING:
    import pandas as pd

Criterion = Literal["distance", "davies_bouldin", "xie_beni", "silhouette"]
Floats = NDArray[np.float64]
_LARGER = ("silhouette",)


@dataclass(frozen=True, eq=False)
class Clara:
    """The best typology that samples led to, and how the other samples compare with it."""

    typology: Typology
    criterion: Criterion
    values: dict[str, Floats]
    """Each criterion, one value a sample."""
    rand: Floats
    """Adjusted Rand index of each sample's typology of everybody with the best one, (samples,)."""
    best: int

    @property
    def found_again(self) -> float:
        """The share of the other samples whose typology agrees with the best (adjusted Rand above 0.8)."""
        others = np.delete(self.rand, self.best)
        return float((others > 0.8).mean()) if len(others) else float("nan")

    def table(self) -> pd.DataFrame:
        """One row a sample: sample (from 1), the criteria, rand, and whether the best."""
        import pandas as pd

        places = np.arange(len(self.rand))
        return pd.DataFrame({"sample": places + 1, **self.values, "rand": self.rand,
                             "best": places == self.best})  # fmt: skip

    def __repr__(self) -> str:
        return (f"{self.typology!r}; best of {len(self.rand)} samples by {self.criterion}, "
                f"{self.found_again:.0%} of the others agree with it")  # fmt: skip


def clara(
    lives: Sequences, measure: Measure, k: int, *, samples: int = 20, size: int | None = None,
    criterion: Criterion = "distance", seed: int = 1, progress: Callable[[float], None] | None = None,
) -> Clara:  # fmt: skip
    """Part very many lives into k types without comparing every two of them (CLARA).

    ``samples`` times, ``size`` lives (400, or 20 k when that is more) are drawn and typed by PAM; then
    everybody joins the nearest of the k medoids, and the best typology of everybody is kept (Kaufman and
    Rousseeuw 1990; Studer, Sadeghi and Tochon 2024). Time and memory grow with the number of lives, not with
    its square. What is best says ``criterion``, always over everybody:

    - ``"distance"``: mean dissimilarity to the nearest medoid, small.
    - ``"davies_bouldin"``: mean over the types of the worst (s_a + s_b) / d_ab, small, with s a type's mean
      dissimilarity to its medoid and d that of two medoids (Davies and Bouldin 1979).
    - ``"xie_beni"``: mean dissimilarity to the nearest medoid over the smallest between two medoids, small
      (Xie and Beni 1991).
    - ``"silhouette"``: mean of 1 - d(nearest medoid) / d(second nearest medoid), large (Van der Laan et al.
      2003).

    Draws follow the case weights. ``progress`` is called with the share done. The same seed gives the same
    types. Raises SettingError for a size below k + 1, an unknown criterion, and for what ``partition``
    refuses.
    """
    size = min(lives.n, max(400, 20 * k) if size is None else size)
    _refuse(lives, k, samples, size, criterion)
    measure = _with_costs_of_all(measure, lives)
    report = progress or _silent
    medoids = _medoids(lives, measure, k, samples, size, seed, lambda share: report(share / 2))
    everywhere = np.unique(medoids)
    there = _at(lives, everywhere)
    reach = dissimilarities_to(
        lives, there, measure, precision="single", progress=lambda share: report((1 + share) / 2)
    ).values
    columns = np.searchsorted(everywhere, medoids)
    weights = lives.weights.astype(np.float64)
    judged = [
        _judged(reach[:, own], reach[np.ix_(medoids[i], own)], weights) for i, own in enumerate(columns)
    ]
    values = {name: np.array([one[name] for one in judged]) for name in get_args(Criterion)}
    chosen = values[criterion] * (-1 if criterion in _LARGER else 1)
    best = int(np.nan_to_num(chosen, nan=np.inf).argmin())
    labels = [reach[:, own].argmin(axis=1).astype(np.int64) for own in columns]
    rand = np.array([adjusted_rand(cross_counts(labels[best], other, k, k)) for other in labels])
    method = f"CLARA (best of {samples} samples of {size} by {criterion}, seed {seed})"
    return Clara(_typology(lives, labels[best], medoids[best], reach[:, columns[best]], method),
                 criterion, values, rand, best)  # fmt: skip


def _medoids(
    lives: Sequences, measure: Measure, k: int, samples: int, size: int, seed: int,
    report: Callable[[float], None],
) -> NDArray[np.intp]:  # fmt: skip
    """The medoids of each sample as places among the lives, (samples, k)."""
    from trajectories.typology.hierarchy import hierarchy

    share = lives.weights / lives.weights.sum()
    some = int((share > 0).sum())
    found = []
    for done, chance in enumerate(np.random.default_rng(seed).spawn(samples)):
        drawn = np.sort(chance.choice(lives.n, size=min(size, some), replace=False, p=share))
        diss = dissimilarities(_at(lives, drawn), measure)
        square = usable(diss)
        refuse_unfit(k, len(distinct_lives(square)), len(drawn))
        tree = hierarchy(diss, "ward_d")
        types = around_medoids(diss, square, k, tree=tree, seed=seed, starts=2)
        where = dict(zip(diss.ids, drawn.tolist(), strict=True))
        found.append(np.sort([where[medoid] for medoid in types.medoids]))
        report((done + 1) / samples)
    return np.array(found, dtype=np.intp)


def _at(lives: Sequences, places: NDArray[np.intp]) -> Sequences:
    """The lives at some places, each of the same weight: weights have decided who is drawn."""
    ids = tuple(lives.ids[i] for i in places.tolist())
    return replace(lives, states=lives.states[places], ids=ids, weights=np.ones(len(places)), left_out=())


def _judged(reach: NDArray[Any], between: NDArray[Any], weights: Floats) -> dict[str, float]:
    """Every criterion of one sample's medoids: distances of everybody (people, k), among medoids (k, k)."""
    k = reach.shape[1]
    labels, total = reach.argmin(axis=1), float(weights.sum())
    first, second = np.partition(reach.astype(np.float64), 1, axis=1)[:, :2].T
    of_type = np.bincount(labels, weights, minlength=k)
    inside = np.bincount(labels, weights * first, minlength=k)
    spread = np.divide(inside, of_type, out=np.zeros(k), where=of_type > 0)
    apart = between.astype(np.float64) + np.diag(np.full(k, np.inf))
    with np.errstate(divide="ignore", invalid="ignore"):
        worst = ((spread[:, None] + spread) / apart).max(axis=1)
    widths = 1 - np.divide(first, second, out=np.zeros(len(first)), where=second > 0)
    mean = float(weights @ first) / total
    return {
        "distance": mean,
        "davies_bouldin": float(worst.mean()),
        "xie_beni": mean / float(apart.min()) if apart.min() > 0 else float("inf"),
        "silhouette": float(weights @ widths) / total,
    }


def _typology(
    lives: Sequences, labels: NDArray[np.int64], medoids: NDArray[np.intp], reach: NDArray[Any], method: str
) -> Typology:
    types = by_size(labels)
    number = {int(types[labels == old][0]): old for old in np.unique(labels).tolist()}
    order = [number[new] for new in range(len(number))]
    return Typology(
        ids=lives.ids,
        types=types,
        names=tuple(f"Type {t + 1}" for t in range(len(order))),
        medoids=tuple(lives.ids[medoids[old]] for old in order),
        method=method,
        to_medoid=reach.min(axis=1).astype(np.float64),
    )


def _with_costs_of_all(measure: Measure, lives: Sequences) -> Measure:
    if isinstance(measure, DynamicHamming) and measure.costs is None:
        return replace(measure, costs=dynamic_transition_costs(lives))
    return measure


def _refuse(lives: Sequences, k: int, samples: int, size: int, criterion: str) -> None:
    if criterion not in get_args(Criterion):
        known = ", ".join(get_args(Criterion))
        raise SettingError(f"There is no criterion {criterion!r}; there are {known}.")
    if samples < 1:
        raise SettingError(f"CLARA needs at least one sample, not {samples}.")
    refuse_unfit(k, lives.n, lives.n)
    if size <= k:
        raise SettingError(f"Samples must hold more lives than there are types ({k}), not {size}.")
    if not lives.weights.sum() > 0:
        raise SettingError("Weights must be numbers of zero or more, and not all zero; look at their column.")


def _silent(share: float) -> None:
    """Nobody asked how far the work is."""
