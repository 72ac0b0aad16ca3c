"""Types of courses in a ranked domain, each around a typical course that is nobody's."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from trajectories.errors import SettingError
from trajectories.sequences.sequences import Sequences
from trajectories.typology.checks import refuse_unfit
from trajectories.typology.medoids import by_size
from trajectories.typology.ranked_lives import RankedLives, ranked_lives
from trajectories.typology.typology import Typology
from trajectories.typology.whole_numbers import number_of_types

if TYPE_CHECKING:
    import pandas as pd

Warping = Literal["dtw", "soft-dtw"]
Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class RankedTypes:
    """Types of courses of ranks with the barycentre of each."""

    typology: Typology
    """Medoids are the people nearest to the barycentres, and dissimilarities to them are those of the
    warping."""
    barycentres: Floats
    """The course in the middle of each type, in ranks, (types, positions): nobody's."""
    lives: RankedLives
    loss: float
    """Mean squared dissimilarity to the barycentre of the own type (soft-DTW: mean dissimilarity)."""

    def table(self) -> pd.DataFrame:
        """One row a type and position: type, position, barycentre, and of the people's own ranks there mean,
        low and high (the middle half) and observed (people)."""
        import pandas as pd

        rows = []
        for t, name in enumerate(self.typology.names):
            own = self.lives.courses[self.typology.types == t]
            for i, position in enumerate(self.lives.lives.positions):
                here = own[np.isfinite(own[:, i]), i]
                low, high = np.quantile(here, [0.25, 0.75]) if len(here) else (np.nan, np.nan)
                mean = float(here.mean()) if len(here) else float("nan")
                rows.append((name, position, float(self.barycentres[t, i]), mean, float(low), float(high),
                             len(here)))  # fmt: skip
        columns = ["type", "position", "barycentre", "mean", "low", "high", "observed"]
        return pd.DataFrame(rows, columns=columns)

    def __repr__(self) -> str:
        return f"Ranked {self.typology!r}; {self.lives!r}"


def ranked_types(
    lives: Sequences, k: int, *, warping: Warping = "dtw", ranks: Mapping[str, float] | None = None,
    window: int | None = None, softness: float = 1.0, seed: int = 1, starts: int = 3,
) -> RankedTypes:  # fmt: skip
    """Part lives in one ranked domain into k types of courses by k-means under time warping (tslearn).

    Two courses are alike that go up and down in the same order, whenever exactly they do: each may pause for
    the other (DTW: Sakoe and Chiba 1978; at most ``window`` positions when one is given). The course in the
    middle of a type is its DTW barycentre (Petitjean, Ketterlin and Gancarski 2011), with ``soft-dtw`` the
    one that makes the smoothed warping least (``softness``; Cuturi and Blondel 2017). It need not be
    anybody's. To choose for levels, such as how intense activism is or how secure a stay; where it matters
    when something was, take ``partition`` on dissimilarities with a clock.

    Ranks and gaps as in ``ranked_lives``. The best of ``starts`` k-means++ beginnings drawn by ``seed`` is
    kept; the same seed gives the same types. Case weights are not used. tslearn compiles at its first use in
    a process, which takes 6 to 8 seconds and nothing the next time; a few hundred people then take seconds by
    ``dtw`` and up to a minute by ``soft-dtw``. Raises SettingError for what
    ``ranked_lives`` refuses, a k below 2 or above the number of different courses, and other settings that
    cannot be.
    """
    _refuse(warping, window, softness, starts)
    k = number_of_types(k)
    ranked = ranked_lives(lives, ranks)
    courses = ranked.courses
    different = len(np.unique(np.nan_to_num(courses, nan=np.inf), axis=0))
    refuse_unfit(k, different, len(courses))
    found = _kmeans(courses, k, warping, window, softness, seed, starts)
    labels = by_size(found.labels_.astype(np.int64))
    order = [int(found.labels_[labels == t][0]) for t in range(k)]
    barycentres = _on_clock(np.asarray(found.cluster_centers_)[order, :, 0], courses.shape[1])
    medoids, to_medoid = _medoids(courses, labels, barycentres, warping, window, softness)
    name = {"dtw": "time warping", "soft-dtw": f"soft time warping, softness {softness:g}"}[warping]
    typology = Typology(
        ids=ranked.lives.ids, types=labels, names=tuple(f"Type {t + 1}" for t in range(k)),
        medoids=tuple(ranked.lives.ids[i] for i in medoids),
        method=f"k-means under {name} on {ranked.domain.name} (best of {starts} starts, seed {seed})",
        to_medoid=to_medoid,
    )  # fmt: skip
    return RankedTypes(typology, barycentres, ranked, float(found.inertia_))


def _kmeans(
    courses: Floats, k: int, warping: Warping, window: int | None, softness: float, seed: int, starts: int
) -> Any:
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="h5py not installed")
        from tslearn.clustering import TimeSeriesKMeans

    soft = warping == "soft-dtw"
    method = TimeSeriesKMeans(
        k, metric="softdtw" if soft else "dtw", n_init=starts, random_state=seed, max_iter=50,
        max_iter_barycenter=30, metric_params={"gamma": softness} if soft else _bound(window),
    )  # fmt: skip
    method.fit(courses[:, :, None])
    if len(np.unique(getattr(method, "labels_", ()))) < k:
        raise SettingError(f"These courses do not fall into {k} types: some barycentre is nearest to nobody. "
                           "Choose a smaller k, or another seed.")  # fmt: skip
    return method


def _bound(window: int | None) -> dict[str, Any]:
    return {} if window is None else {"global_constraint": "sakoe_chiba", "sakoe_chiba_radius": window}


def _on_clock(centres: Floats, length: int) -> Floats:
    """Barycentres as long as the clock: what lies beyond them holds their last rank."""
    shorter = length - centres.shape[1]
    full = np.pad(centres, ((0, 0), (0, max(shorter, 0))), constant_values=np.nan)[:, :length]
    last = np.maximum.accumulate(np.where(np.isfinite(full), np.arange(length), 0), axis=1)
    return np.asarray(full[np.arange(len(full))[:, None], last])


def _medoids(
    courses: Floats, labels: NDArray[np.int64], centres: Floats, warping: Warping, window: int | None,
    softness: float,
) -> tuple[list[int], Floats]:  # fmt: skip
    """The person nearest to each barycentre, and how far everybody is from the medoid of their type."""
    medoids, far = [], np.zeros(len(courses))
    for t in range(len(centres)):
        own = np.flatnonzero(labels == t)
        to_centre = _apart(courses[own], centres[[t]], warping, window, softness)
        medoid = int(own[to_centre.argmin()])
        medoids.append(medoid)
        far[own] = _apart(courses[own], courses[[medoid]], warping, window, softness)
    return medoids, far


def _apart(
    courses: Floats, one: Floats, warping: Warping, window: int | None, softness: float
) -> Floats:
    """Of each course from one: DTW, or the soft-DTW divergence, (people,)."""
    from tslearn.metrics import cdist_dtw, cdist_soft_dtw_normalized
    from tslearn.utils import to_time_series_dataset

    many, single = (to_time_series_dataset([row[np.isfinite(row)] for row in rows])
                    for rows in (courses, one))  # fmt: skip
    if warping == "dtw":
        return np.asarray(cdist_dtw(many, single, **_bound(window)))[:, 0]
    found = np.asarray(cdist_soft_dtw_normalized(many, single, gamma=softness), dtype=np.float64)
    return np.asarray(np.maximum(found[:, 0], 0.0))


def _refuse(warping: Warping, window: int | None, softness: float, starts: int) -> None:
    if warping not in get_args(Warping):
        raise SettingError(f"There is no warping {warping!r}; there are {', '.join(get_args(Warping))}.")
    if window is not None and (window < 0 or warping != "dtw"):
        raise SettingError("window is a whole number of positions, 0 or more, and only dtw has one.")
    if not 0 < softness < float("inf"):
        raise SettingError(f"softness must be above 0, not {softness}.")
    if starts < 1:
        raise SettingError(f"K-means needs at least one start, not {starts}.")
