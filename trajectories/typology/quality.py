"""How good a typology is: indices of how alike lives are within types and how unlike across them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from trajectories.alignment.dissimilarities import Dissimilarities
from trajectories.errors import SettingError
from trajectories.processors import processors
from trajectories.typology.checks import distinct_lives, refuse_others, usable
from trajectories.typology.hierarchy import tree_on
from trajectories.typology.ordered_pairs import OrderedPairs
from trajectories.typology.partition import Method, around_medoids, refuse_unknown
from trajectories.typology.silhouettes import silhouette_widths
from trajectories.typology.typology import Typology
from trajectories.typology.whole_numbers import numbers_of_types
from trajectories.wording import numbers

if TYPE_CHECKING:
    import pandas as pd

Floats = NDArray[np.float64]
INDICES = ("PBC", "HG", "HGSD", "ASW", "ASWw", "CH", "R2", "CHsq", "R2sq", "HC")
_ROUNDING = 1e-12
"""A share of the numbers that are subtracted, below which their difference is nothing but rounding."""


def cluster_quality(
    diss: Dissimilarities, typology: Typology, *, singletons: Literal[0, 1] = 0, diagonal: bool = True
) -> dict[str, float]:
    """Ten indices of one typology, by name (Studer 2013, as WeightedCluster defines them; w_i are case
    weights).

    Every index but HC is better the larger it is. Only the silhouette has usual bounds; the others are read
    over k and methods on the same dissimilarities, never across studies.

    - PBC (-1 to 1): point biserial correlation of dissimilarity with being in different types. Reading: high
      when types are about as far apart as they are narrow; a maximum over k is a candidate.
    - HG (-1 to 1): Hubert's gamma. Of all couples of a pair inside a type and a pair across types, those in
      which the inside pair is the more alike, minus the others, over both. Reading: near 1 lives of a type
      are nearly always the more alike ones; it tends to rise with k, so look for where it levels off.
    - HGSD (-1 to 1): the same with couples of equal dissimilarity in the denominator, after Somers' d; as in
      WeightedCluster, which counts each such couple half, (C - D) / (C + D + T / 2). Reading: as HG; well
      below it only where many dissimilarities are equal.
    - ASW (-1 to 1): mean silhouette width, how much nearer lives are to their own type than to the next one.
      Reading (Kaufman and Rousseeuw 1990): from 0.71 strong, 0.51 reasonable, 0.26 weak structure, below that
      perhaps none. Weights are read as replications: the mean dissimilarity to the own type divides by W_type
      - 1.
    - ASWw: the same, dividing by W_type, for weights that are no counts. Reading: as ASW, a little higher
      where types are small.
    - CH (from 0): Calinski and Harabasz's pseudo-F, (R2 / (k - 1)) / ((1 - R2) / (W - k)). Reading: prefers
      few types of equal size; a maximum over k is a candidate, a steady fall from k = 2 says nothing.
    - R2 (0 to 1): share of the discrepancy, sum_ij w_i w_j d_ij / 2W, that lies between types. Reading: how
      much knowing the type tells of a life; it grows with k, so look for where it grows little more.
    - CHsq, R2sq: the same two with squared dissimilarities, in which lives far apart count more.
    - HC (0 to 1, smaller is better): Hubert's C. Where the sum of dissimilarities inside types lies between
      the smallest and the largest sum that as many pairs could have. Reading: near 0 types could hardly be
      narrower; it tends to fall with k, and a minimum before the largest k is a candidate.

    ``singletons`` is the silhouette of somebody alone in a type: 0 (Rousseeuw 1987), or 1 as WeightedCluster
    has it, which rewards types of one person. ``diagonal`` counts everybody paired with themselves among the
    pairs of PBC, HG, HGSD and HC, as WeightedCluster does; without, only pairs of two people count. An index
    that is not defined is nan. Raises SettingError when the typology is not of the same people as the
    dissimilarities.
    """
    refuse_others(diss, typology)
    square = usable(diss)
    parts = _Parts.of(square, diss, typology.types, typology.k)
    return _indices(OrderedPairs.of(diss), parts, singletons, diagonal)


def partition_quality(
    diss: Dissimilarities,
    k: Iterable[int] = range(2, 11),
    *,
    method: Method = "pam",
    seed: int = 1,
    starts: int = 10,
) -> pd.DataFrame:
    """Quality of the typologies with each number of types, to see how many types these lives have.

    One row a k: ``k``, then the indices of ``cluster_quality`` (where each is defined). Numbers of types that
    these lives cannot be parted into, more than there are distinct lives, have no row. Raises SettingError
    when no k is left, and for what ``partition`` refuses.
    """
    return quality_by_k(diss, k, method, seed, starts)


def quality_by_k(
    diss: Dissimilarities, k: Iterable[int], method: Method, seed: int, starts: int,
    threads: int | None = None,
) -> pd.DataFrame:  # fmt: skip
    """``partition_quality`` in so many threads (none: one a processor); whoever judges many sets of lives at
    a time takes one for each."""
    import pandas as pd

    refuse_unknown(method)
    square = usable(diss)
    distinct = len(distinct_lives(square))
    wanted = numbers_of_types(k)
    possible = [number for number in wanted if 2 <= number <= distinct]
    if not possible:
        asked = f"{numbers(wanted)} type{'s' * (wanted != [1])}" if wanted else "no number of types"
        raise SettingError(
            f"Quality was asked for {asked}, but these {diss.n} people have {distinct} distinct "
            + ("life: no types can be told apart. Align on more domains or a longer window." if distinct == 1
               else "lives: only 2 to that many types can be made.")
        )
    with ThreadPoolExecutor(threads or processors()) as pool:
        in_order = pool.submit(OrderedPairs.of, diss)  # beside the tree
        tree = tree_on(diss, square, "ward_d" if method == "pam" else method)
        pairs = in_order.result()
        finest = None if method == "pam" else _Parts.of(square, diss, tree.labels(possible[-1]), possible[-1])

        def row(number: int) -> dict[str, float]:
            if finest is None:
                types = around_medoids(diss, square, number, tree=tree, seed=seed, starts=starts).types
                parts = _Parts.of(square, diss, types, number)
            else:
                parts = finest.joined(tree.labels(number), number)
            return {"k": number, **_indices(pairs, parts, 0, True)}

        rows = list(pool.map(row, possible))
    return pd.DataFrame(rows, columns=["k", *INDICES])


def typologies_quality(diss: Dissimilarities, types: Mapping[int, NDArray[np.int64]]) -> pd.DataFrame:
    """Quality of typologies that are there already, by their number of types: one row a k, then the indices
    of ``cluster_quality``. ``types`` (people,) hold 0..k-1. The dissimilarities are put in order once for
    all."""
    import pandas as pd

    square, pairs = usable(diss), OrderedPairs.of(diss)
    parts = {k: _Parts.of(square, diss, types[k], k) for k in sorted(types)}
    rows = [{"k": k, **_indices(pairs, part, 0, True)} for k, part in parts.items()]
    return pd.DataFrame(rows, columns=["k", *INDICES])


@dataclass(frozen=True, eq=False)
class _Parts:
    """A partition with everybody's weighted sum of dissimilarities, and of their squares, to each part."""

    types: NDArray[np.int64]
    k: int
    plain: Floats
    squared: Floats

    @classmethod
    def of(cls, square: Floats, diss: Dissimilarities, types: NDArray[np.int64], k: int) -> _Parts:
        from trajectories.typology.kernels.sums import sums_to_types

        return cls(types, k, *sums_to_types(square, types, diss.weights.astype(np.float64), k))

    def joined(self, types: NDArray[np.int64], k: int) -> _Parts:
        """A coarser partition, each part of which is made of whole ones of this."""
        into = np.zeros((self.k, k))
        into[self.types, types] = 1.0
        return _Parts(types, k, self.plain @ into, self.squared @ into)


def _indices(
    pairs: OrderedPairs, parts: _Parts, singletons: Literal[0, 1], diagonal: bool
) -> dict[str, float]:
    types, weights, k, plain, squared = parts.types, pairs.weights, parts.k, parts.plain, parts.squared
    of_type = np.bincount(types, weights, minlength=k).astype(np.float64)
    inside = _by_type(plain, types, weights, k)
    W, own, of_types = float(weights.sum()), float((weights**2).sum()), float((of_type**2).sum())
    widths = [silhouette_widths(plain, types, weights, counts, singletons)[0] for counts in (True, False)]
    pairs_within, pairs_between = of_types - own * (not diagonal), W**2 - of_types
    couples = pairs.couples(types, diagonal)
    apart, both = couples.concordant - couples.discordant, couples.concordant + couples.discordant
    smallest, largest = pairs.smallest(of_types - own), pairs.largest(pairs_within)
    found = {
        "PBC": _point_biserial(weights @ plain, weights @ squared, inside, pairs_within, pairs_between),
        "HG": _over(apart, both),
        "HGSD": _over(apart, both + couples.tied / 2),
        "ASW": float(weights @ widths[0] / W),
        "ASWw": float(weights @ widths[1] / W),
        "HC": _over(float(inside.sum()) - smallest, _beyond_rounding(largest - smallest, largest)),
    }
    for suffix, sums in (("", plain), ("sq", squared)):
        r2 = _share_between(sums, types, weights, of_type)
        found |= {"R2" + suffix: r2, "CH" + suffix: _over(r2 * (W - k), (1 - r2) * (k - 1))}
    if not _beyond_rounding(min(pairs_within, pairs_between), W**2):
        found |= dict.fromkeys(("PBC", "HG", "HGSD", "HC"), float("nan"))
    return {name: found[name] for name in INDICES}


def _by_type(sums: Floats, types: NDArray[np.int64], weights: Floats, k: int) -> Floats:
    """Weighted sum over ordered pairs inside each type, (types,)."""
    own = weights * sums[np.arange(len(types)), types]
    return np.bincount(types, own, minlength=k).astype(np.float64)


def _share_between(sums: Floats, types: NDArray[np.int64], weights: Floats, of_type: Floats) -> float:
    inside = _by_type(sums, types, weights, len(of_type))
    everything = float((weights @ sums).sum()) / float(weights.sum())
    parts = np.divide(inside, of_type, out=np.zeros_like(inside), where=of_type > 0)
    return 1 - _over(float(parts.sum()), everything)


def _point_biserial(
    total: Floats, total_squared: Floats, inside: Floats, within: float, between: float
) -> float:
    """Correlation over pairs of dissimilarity (sums ``total``) and being across types (weight
    ``between``)."""
    pairs, d, dd = within + between, float(total.sum()), float(total_squared.sum())
    across = d - float(inside.sum())
    spread = _beyond_rounding(pairs * dd - d * d, pairs * dd) * within * between
    return _over(pairs * across - d * between, float(np.sqrt(max(spread, 0.0))))


def _beyond_rounding(difference: float, of: float) -> float:
    """The difference of numbers as large as ``of``; 0 where it is none but for rounding."""
    return difference if difference > _ROUNDING * of else 0.0


def _over(above: float, below: float) -> float:
    """above / below; nan where that is not defined."""
    return above / below if below > 0 else float("nan")
