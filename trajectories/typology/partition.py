"""Types of lives: k groups of people whose trajectories are alike, each around a real life, its medoid."""

from __future__ import annotations

from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from trajectories.alignment.dissimilarities import Dissimilarities
from trajectories.errors import SettingError
from trajectories.typology.checks import distinct_lives, refuse_unfit, usable
from trajectories.typology.hierarchy import Tree, hierarchy
from trajectories.typology.medoids import with_medoids
from trajectories.typology.typology import Typology
from trajectories.typology.weighted_medoids import weighted_fasterpam

Method = Literal["pam", "ward", "ward_d", "average"]
_ROUNDS = 1000


def partition(
    diss: Dissimilarities, k: int, *, method: Method = "pam", seed: int = 1, starts: int = 10
) -> Typology:
    """Part people into ``k`` types of similar lives, largest type first.

    - ``"pam"``: partitioning around medoids. Chooses k real lives so that the sum of everybody's
      dissimilarity to the nearest of them, sum_i w_i min_m d_im, is as small as found from the medoids of a
      Ward (D) tree and from ``starts`` random beginnings (FasterPAM, Schubert and Rousseeuw 2021, of the
      ``kmedoids`` package; with unequal case weights the same swaps computed here, since ``kmedoids`` knows
      no weights). Suits dissimilarities of any kind and is the usual choice.
    - ``"ward"``, ``"ward_d"``, ``"average"``: a tree cut at k, see ``hierarchy``.

    ``seed`` draws the beginnings; the same seed gives the same types, whatever the number of threads. Raises
    SettingError for fewer than two people, k below 2 or above the number of distinct lives, an unknown
    method, or dissimilarities that are no numbers.

    >>> import numpy as np
    >>> from trajectories.alignment.dissimilarities import Dissimilarities
    >>> far = np.array([1.0, 9.0, 9.0, 9.0, 9.0, 2.0])
    >>> partition(Dissimilarities(far, ("a", "b", "c", "d"), "made up", np.ones(4)), 2).types.tolist()
    [0, 0, 1, 1]
    """
    if method not in get_args(Method):
        known = ", ".join(get_args(Method))
        raise SettingError(f"There is no method {method!r} to make types; there are {known}.")
    if method != "pam":
        return hierarchy(diss, method).cut(k)
    square = usable(diss)
    k = int(k)
    refuse_unfit(k, len(distinct_lives(square)), diss.n)
    return around_medoids(diss, square, k, tree=hierarchy(diss, "ward_d"), seed=seed, starts=starts)


def around_medoids(
    diss: Dissimilarities, square: NDArray[np.float64], k: int, *, tree: Tree, seed: int, starts: int
) -> Typology:
    """The best of several runs of PAM on a square matrix already checked; ``partition`` is its public
    face."""
    if starts < 0:
        raise SettingError(f"The number of random starts must be zero or more, not {starts}.")
    lives, chance = distinct_lives(square), np.random.default_rng(seed)
    runs = [_swapped(square, diss.weights, _places(diss, tree.cut(k).medoids))]
    runs += [_from_chance(square, diss.weights, lives, k, int(chance.integers(2**31))) for _ in range(starts)]
    losses = np.array([_loss(square, diss.weights, medoids) for medoids in runs])
    best = runs[int(np.flatnonzero(losses <= losses.min() * (1 + 1e-12))[0])]
    labels = square[:, best].argmin(axis=1).astype(np.int64)
    method = f"PAM (FasterPAM, best of a Ward and {starts} random starts, seed {seed})"
    return with_medoids(diss, square, labels, method)


def _places(diss: Dissimilarities, ids: tuple[str, ...]) -> NDArray[np.intp]:
    where = {person: i for i, person in enumerate(diss.ids)}
    return np.array([where[person] for person in ids], dtype=np.intp)


def _swapped(
    square: NDArray[np.float64], weights: NDArray[np.float64], begin: NDArray[np.intp]
) -> NDArray[np.intp]:
    """Medoids, in the study's order, reached from given ones, that no single swap improves any more."""
    if (weights != weights[0]).any():
        return weighted_fasterpam(square, weights, begin, np.arange(len(square)))
    import kmedoids

    found = kmedoids.fasterpam(square, begin.astype(np.uint64), max_iter=_ROUNDS, n_cpu=1)
    return np.sort(found.medoids.astype(np.intp))


def _from_chance(
    square: NDArray[np.float64], weights: NDArray[np.float64], lives: NDArray[np.intp], k: int, seed: int
) -> NDArray[np.intp]:
    """The same from medoids drawn at random, with people tried in an order drawn at random too."""
    if (weights != weights[0]).any():
        chance = np.random.default_rng(seed)
        begin = chance.choice(lives, size=k, replace=False)
        return weighted_fasterpam(square, weights, begin, chance.permutation(len(square)))
    import kmedoids

    found = kmedoids.fasterpam(square, k, max_iter=_ROUNDS, init="random", random_state=seed, n_cpu=1)
    return np.sort(found.medoids.astype(np.intp))


def _loss(square: NDArray[np.float64], weights: NDArray[np.float64], medoids: NDArray[np.intp]) -> float:
    return float(weights @ square[:, medoids].min(axis=1))
