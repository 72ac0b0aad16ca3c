"""Types of lives: k groups of people whose trajectories are alike, each around a real life, its medoid."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, TypeAlias, get_args

import numpy as np
from numpy.typing import NDArray

from trajectories.alignment.dissimilarities import Dissimilarities
from trajectories.errors import SettingError
from trajectories.typology.checks import distinct_lives, refuse_others, refuse_unfit, usable
from trajectories.typology.hierarchy import Tree, hierarchy, tree_on
from trajectories.typology.medoids import with_medoids
from trajectories.typology.typology import Typology
from trajectories.typology.weighted_medoids import begun_by_chance, loss, weighted_fasterpam
from trajectories.typology.whole_numbers import number_of_types, whole_number

Method = Literal["pam", "ward", "ward_d", "average", "complete", "flexible", "single", "mcquitty"]

Way: TypeAlias = Method | Callable[[Dissimilarities, int], Typology]
"""How types are found: a method by its name, or a function of dissimilarities and a number of types."""


def partition(
    diss: Dissimilarities, k: int, *, method: Method = "pam", seed: int = 1, starts: int = 10
) -> Typology:
    """Part people into ``k`` types of similar lives, largest type first.

    - ``"pam"``: partitioning around medoids. Chooses k real lives so that the sum of everybody's
      dissimilarity to the nearest of them, sum_i w_i min_m d_im, is as small as found from the medoids of a
      Ward (D) tree and from ``starts`` random beginnings (FasterPAM, Schubert and Rousseeuw 2021, with case
      weights; above 400 people random beginnings are tried on samples first, see ``begun_by_chance``). Suits
      dissimilarities of any kind and is the usual choice.
    - ``"ward"``, ``"ward_d"``, ``"average"``, ``"complete"``, ``"flexible"``, ``"single"``, ``"mcquitty"``:
      a tree cut at k, see ``hierarchy``.

    ``seed`` draws the beginnings; the same seed gives the same types, whatever the number of threads. Raises
    SettingError for fewer than two people, k below 2 or above the number of distinct lives, an unknown
    method, or dissimilarities that are no numbers.

    >>> import numpy as np
    >>> from trajectories.alignment.dissimilarities import Dissimilarities
    >>> far = np.array([1.0, 9.0, 9.0, 9.0, 9.0, 2.0])
    >>> partition(Dissimilarities(far, ("a", "b", "c", "d"), "made up", np.ones(4)), 2).types.tolist()
    [0, 0, 1, 1]
    """
    refuse_unknown(method)
    if method != "pam":
        return hierarchy(diss, method).cut(k)
    square = usable(diss)
    k = number_of_types(k)
    refuse_unfit(k, len(distinct_lives(square)), diss.n)
    return around_medoids(diss, square, k, tree=tree_on(diss, square, "ward_d"), seed=seed, starts=starts)


def refuse_unknown(method: str) -> None:
    """Raise SettingError for a method that there is not."""
    if method not in get_args(Method):
        known = ", ".join(get_args(Method))
        raise SettingError(f"There is no method {method!r} to make types; there are {known}.")


def typed(diss: Dissimilarities, k: int, way: Way, *, seed: int, starts: int) -> Typology:
    """The types of these people by a method, or by a function that finds them, which may find fewer."""
    if callable(way):
        return way(diss, k)
    return partition(diss, k, method=way, seed=seed, starts=starts)


def around_medoids(
    diss: Dissimilarities, square: NDArray[np.float64], k: int, *, tree: Tree, seed: int, starts: int
) -> Typology:
    """The best of several runs of PAM on a square matrix already checked; ``partition`` is its public
    face."""
    starts = whole_number(starts, "The number of random starts")
    if starts < 0:
        raise SettingError(f"The number of random starts must be zero or more, not {starts}.")
    weights, everybody = diss.weights.astype(np.float64), np.arange(diss.n)
    from_tree = _places(diss, tree.cut_on(square, k).medoids)
    runs = [weighted_fasterpam(square, weights, from_tree, everybody)]
    runs += begun_by_chance(square, weights, distinct_lives(square), k, starts, seed)
    losses = np.array([loss(square, weights, medoids) for medoids in runs])
    best = runs[int(np.flatnonzero(losses <= losses.min() * (1 + 1e-12))[0])]
    labels = square[:, best].argmin(axis=1).astype(np.int64)
    method = f"PAM (FasterPAM, best of a Ward and {starts} random starts, seed {seed})"
    return with_medoids(diss, square, labels, method)


def improved(diss: Dissimilarities, typology: Typology) -> Typology:
    """The types that PAM makes of given ones: from their medoids on, until no single swap is better.

    Started from a tree (``improved(diss, tree.cut(k))``) it keeps what the tree saw and repairs what its
    early merges got wrong (Studer 2013). Raises SettingError for a typology of other people, and for types
    without anybody.
    """
    refuse_others(diss, typology)
    if 0 in typology.sizes:
        empty = typology.names[typology.sizes.index(0)]
        raise SettingError(f"Nobody is in {empty!r}, so no medoid can stand for it; select the people anew.")
    square, weights = usable(diss), diss.weights.astype(np.float64)
    begin = _places(diss, with_medoids(diss, square, typology.types, "").medoids)
    medoids = weighted_fasterpam(square, weights, begin, np.arange(diss.n))
    labels = square[:, medoids].argmin(axis=1).astype(np.int64)
    return with_medoids(diss, square, labels, f"PAM (FasterPAM, from {typology.method})")


def _places(diss: Dissimilarities, ids: tuple[str, ...]) -> NDArray[np.intp]:
    where = {person: i for i, person in enumerate(diss.ids)}
    return np.array([where[person] for person in ids], dtype=np.intp)
