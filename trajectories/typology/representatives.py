"""Who stands for a type: the few lives that are near most of its lives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from trajectories.alignment.dissimilarities import Dissimilarities
from trajectories.errors import SettingError
from trajectories.typology.checks import refuse_others, usable
from trajectories.typology.typology import Typology

if TYPE_CHECKING:
    import pandas as pd

Criterion = Literal["centrality", "density", "neighbourhood", "frequency"]
Floats = NDArray[np.float64]
Places = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Stand:
    """How well some people are stood for: by one representative, or by all of a type together."""

    people: int
    weight: float
    """Sum of their case weights."""
    near: float
    """The weight of those among them who are nearer than the radius."""
    mean_distance: float
    """Weighted mean dissimilarity to the representative that is nearest."""
    discrepancy: float
    """How unlike they are among themselves, sum_ij w_i w_j d_ij / 2W^2."""
    quality: float
    """1 - (sum of dissimilarities to the representatives) / (the same to the centre of the whole type)."""


@dataclass(frozen=True, eq=False)
class Representatives:
    """The lives that stand for each type, from the first chosen on: real people, to be withheld from
    publications (``modal_life`` makes a life that is nobody's)."""

    names: tuple[str, ...]
    """The types."""
    ids: tuple[tuple[str, ...], ...]
    """The representatives of each type, in the order in which they were chosen."""
    stands: tuple[tuple[Stand, ...], ...]
    """One for each representative: over the people of the type who are nearest to them."""
    together: tuple[Stand, ...]
    """One for each type: over all its people."""
    criterion: Criterion
    radius: float
    """Lives nearer than this to a representative are covered by it."""

    @property
    def coverage(self) -> tuple[float, ...]:
        """The share of each type's weight that is nearer than the radius to a representative."""
        return tuple(stand.near / stand.weight if stand.weight else float("nan") for stand in self.together)

    def table(self) -> pd.DataFrame:
        """One row a representative: type, id, people, weight, share, near, mean_distance, discrepancy,
        quality."""
        rows = [
            {"type": name, "id": person, **_row(stand, whole.weight)}
            for name, ids, stands, whole in zip(self.names, self.ids, self.stands, self.together, strict=True)
            for person, stand in zip(ids, stands, strict=True)
        ]
        return _frame(rows, "id")

    def summary(self) -> pd.DataFrame:
        """One row a type: type, representatives (how many), people, weight, share (of near), and the rest."""
        rows = [
            {"type": name, "representatives": len(ids), **_row(whole, whole.weight)}
            for name, ids, whole in zip(self.names, self.ids, self.together, strict=True)
        ]
        return _frame(rows, "representatives")

    def __repr__(self) -> str:
        inside = "; ".join(
            f"{name}: {len(ids)} for {share:.0%}"
            for name, ids, share in zip(self.names, self.ids, self.coverage, strict=True)
        )
        return f"Representatives by {self.criterion} within {self.radius:.4g}: {inside}"


def representatives(
    diss: Dissimilarities,
    typology: Typology,
    criterion: Criterion = "centrality",
    *,
    coverage: float = 0.25,
    radius: float = 0.1,
    at_most: int | None = None,
) -> Representatives:
    """The lives that best stand for each type, as few as cover a wanted share of it.

    Inside each type lives are put in order by ``criterion``; one after the other is taken unless it lies
    within the radius of one already taken, until the share ``coverage`` of the type lies within the radius of
    a representative, or ``at_most`` are taken (Gabadinho, Ritschard, Studer and Mueller 2011; TraMineR's
    ``seqrep``). Everybody of the type is then stood for by the nearest of them.

    - ``"centrality"``: smallest weighted sum of dissimilarities to the type's lives; the first is the medoid.
    - ``"density"``: largest weight of lives within the radius.
    - ``"frequency"``: largest weight of lives that are equal (dissimilarity 0).
    - ``"neighbourhood"``: largest weight of lives within the radius *that nobody yet taken covers*: each step
      adds most, so fewer lives do (greedy covering; not in TraMineR). It ends when everybody is covered.

    ``radius`` is a share of the largest dissimilarity of all people, the same for every type. Raises
    SettingError for an unknown criterion, a coverage outside 0 to 1, a radius not above 0 (and at most 1), or
    a typology of other people.
    """
    if criterion not in get_args(Criterion):
        known = ", ".join(get_args(Criterion))
        raise SettingError(f"Nobody can be chosen to stand for a type by {criterion!r}; there are {known}.")
    _refuse_shares(coverage, radius, at_most)
    refuse_others(diss, typology)
    square = usable(diss)
    reach = radius * float(square.max())
    of_types = [np.flatnonzero(typology.types == t) for t in range(typology.k)]
    found = [
        _of_type(square, diss.weights, members, criterion, coverage, reach, at_most) for members in of_types
    ]
    return Representatives(
        names=typology.names,
        ids=tuple(tuple(diss.ids[i] for i in chosen) for chosen, _, _ in found),
        stands=tuple(stands for _, stands, _ in found),
        together=tuple(whole for _, _, whole in found),
        criterion=criterion,
        radius=reach,
    )


def _of_type(
    square: Floats, weights: Floats, members: Places, criterion: Criterion, coverage: float, reach: float,
    at_most: int | None,
) -> tuple[Places, tuple[Stand, ...], Stand]:  # fmt: skip
    """The representatives of one type, how each stands for its own, and how they do together."""
    inside, w = square[np.ix_(members, members)], weights[members].astype(np.float64)
    if not len(members):
        return members, (), _stand(inside, w, np.zeros(0), np.zeros(0), reach)
    chosen = _chosen(inside, w, criterion, coverage * float(w.sum()) * (1 - 1e-12), reach, at_most)
    to_chosen = inside[:, chosen]
    nearest, distance = to_chosen.argmin(axis=1), to_chosen.min(axis=1)
    centre = _to_centre(inside, w)
    stands = []
    for place in range(len(chosen)):
        own = nearest == place
        stands.append(_stand(inside[np.ix_(own, own)], w[own], distance[own], centre[own], reach))
    return members[chosen], tuple(stands), _stand(inside, w, distance, centre, reach)


def _chosen(
    inside: Floats, w: Floats, criterion: Criterion, wanted: float, reach: float, at_most: int | None
) -> list[int]:
    near = inside < reach
    if criterion == "neighbourhood":
        return _covering(near, w, wanted, at_most)
    score = {"centrality": inside, "density": -1.0 * near, "frequency": -1.0 * (inside == 0)}[criterion] @ w
    order = np.argsort(score.round(9), kind="stable")
    chosen: list[int] = []
    covered = np.zeros(len(w), dtype=bool)
    for life in order.tolist():
        if chosen and (inside[life, chosen] <= reach).any():
            continue
        chosen.append(life)
        covered |= near[life]
        if w[covered].sum() >= wanted or len(chosen) == at_most:
            break
    return chosen


def _covering(near: NDArray[np.bool_], w: Floats, wanted: float, at_most: int | None) -> list[int]:
    chosen: list[int] = []
    left = np.ones(len(w), dtype=bool)
    while left.any() and (not chosen or w[~left].sum() < wanted) and len(chosen) != at_most:
        life = int(((near & left) @ w).round(9).argmax())
        if chosen and not (near[life] & left).any():
            break
        chosen.append(life)
        left &= ~near[life]
    return chosen


def _to_centre(inside: Floats, w: Floats) -> Floats:
    """Each life's dissimilarity to the (virtual) centre of the type, mean_j d_ij - discrepancy (Studer et al.
    2011)."""
    total = w.sum()
    if total <= 0:
        return np.full(len(w), np.nan)
    means = inside @ w / total
    return np.asarray(means - w @ means / (2 * total))


def _stand(inside: Floats, w: Floats, distance: Floats, centre: Floats, reach: float) -> Stand:
    total = float(w.sum())
    apart, middle = float(w @ distance), float(w @ centre)
    spread = float(w @ inside @ w) / (2 * total**2) if total > 0 else float("nan")
    return Stand(
        people=len(w),
        weight=total,
        near=float(w[distance < reach].sum()),
        mean_distance=apart / total if total > 0 else float("nan"),
        discrepancy=spread,
        quality=1 - apart / middle if middle > 0 else float("nan"),
    )


def _row(stand: Stand, whole: float) -> dict[str, float]:
    return {
        "people": stand.people,
        "weight": stand.weight,
        "share": stand.weight / whole if whole else float("nan"),
        "near": stand.near,
        "mean_distance": stand.mean_distance,
        "discrepancy": stand.discrepancy,
        "quality": stand.quality,
    }


def _frame(rows: list[dict[str, object]], second: str) -> pd.DataFrame:
    import pandas as pd

    columns = ["type", second, "people", "weight", "share", "near", "mean_distance", "discrepancy", "quality"]
    return pd.DataFrame(rows, columns=columns)


def _refuse_shares(coverage: float, radius: float, at_most: int | None) -> None:
    if not 0 < coverage <= 1:
        raise SettingError(f"coverage is a share of each type, above 0 and at most 1, not {coverage}.")
    if not 0 < radius <= 1:
        raise SettingError(
            f"radius is a share of the largest dissimilarity, above 0 and at most 1, not {radius}."
        )
    if at_most is not None and at_most < 1:
        raise SettingError(f"At least one life must stand for a type, not {at_most}.")
