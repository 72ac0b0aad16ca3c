"""How far the domains of life tell the same story: association between their dissimilarities."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from trajectories.alignment.dissimilarities import Dissimilarities
from trajectories.alignment.domains import same_people
from trajectories.alignment.given_numbers import whole_number
from trajectories.errors import SettingError

if TYPE_CHECKING:
    import pandas as pd

Numbers = NDArray[np.float64]
_JOINT = "all together"
"""What the joint dissimilarities are called beside the domains, none of which can have this name."""


@dataclass(frozen=True, eq=False)
class DomainAssociation:
    """How the dissimilarities of the domains go together, over all pairs of people.

    ``pearson`` and ``spearman`` (domains, domains); ``p_value`` by permutation of people (Mantel 1967), NaN
    without; ``cronbach``: the alpha of each set of domains, by their names joined with a comma. Weighted by
    the product of both people's weights.
    """

    domains: tuple[str, ...]
    pearson: Numbers
    spearman: Numbers
    p_value: Numbers
    cronbach: dict[str, float]
    permutations: int
    seed: int

    @property
    def mean_r_squared(self) -> dict[str, float]:
        """Of each domain, the mean squared Pearson correlation with the others."""
        squares, size = self.pearson**2, len(self.domains)
        means = (squares.sum(axis=1) - np.diag(squares)) / (size - 1)
        return dict(zip(self.domains, means.tolist(), strict=True))

    def table(self) -> pd.DataFrame:
        """A row for every two domains: one, other, pearson, spearman, p_value."""
        import pandas as pd

        rows = [(self.domains[i], self.domains[j], self.pearson[i, j], self.spearman[i, j],
                 self.p_value[i, j]) for i, j in combinations(range(len(self.domains)), 2)]  # fmt: skip
        return pd.DataFrame(rows, columns=["one", "other", "pearson", "spearman", "p_value"])


def domain_association(dissimilarities: Mapping[str, Dissimilarities], *, permutations: int = 0,
                       seed: int = 0) -> DomainAssociation:
    """Whether people who are alike in one domain are alike in another.

    Pearson and Spearman correlation of the dissimilarities and Cronbach's alpha of every set of two or more
    domains (Piccarreta 2017). The pairs of people are not independent, so the p value is that of a Mantel
    test: the share of permutations of the people of one domain, and the observed order, whose correlation
    is at least as far from 0. Raises SettingError for fewer than two domains, or different people in them.
    """
    given = same_people(dissimilarities)
    if len(given) < 2:
        raise SettingError("Association needs the dissimilarities of at least two domains.")
    whole_number("permutations", permutations, 0)
    whole_number("seed", seed, 0)
    first = next(iter(given.values()))
    i, j = np.triu_indices(first.n, 1)
    weights = first.weights[i] * first.weights[j]
    values = np.array([found.condensed for found in given.values()], dtype=np.float64)
    ranks = np.array([_weighted_ranks(row, weights) for row in values])
    _refuse_alike(tuple(given), values)
    pearson = _correlation(values, weights)
    p_value = _mantel(given, pearson, weights, permutations, seed)
    names = tuple(given)
    cronbach = {",".join(names[k] for k in some): _alpha(pearson, some) for some in _subsets(len(names))}
    return DomainAssociation(names, pearson, _correlation(ranks, weights), p_value, cronbach, permutations,
                             seed)  # fmt: skip


def domain_shares(dissimilarities: Mapping[str, Dissimilarities], joint: Dissimilarities) -> pd.DataFrame:
    """How far each domain's dissimilarities go with the joint ones.

    Columns domain, pearson, spearman, r_squared (share of the joint variance that the domain alone
    accounts for), and part: the share of the mean joint dissimilarity that the domain makes up, by the
    weights of that sum of the domains which is nearest to it. These are the weights themselves where the
    joint ones are a sum (``joint``), and close to them where domains are shifted together. Raises
    SettingError as ``domain_association`` does.
    """
    import pandas as pd

    alone = same_people(dissimilarities)
    found = domain_association(same_people({**alone, _JOINT: joint}))
    return pd.DataFrame({
        "domain": list(alone), "pearson": found.pearson[:-1, -1],
        "spearman": found.spearman[:-1, -1], "r_squared": found.pearson[:-1, -1] ** 2,
        "part": _parts(np.array([one.condensed for one in alone.values()], dtype=np.float64),
                       joint.condensed.astype(np.float64)),
    })  # fmt: skip


def _parts(values: Numbers, joint: Numbers) -> Numbers:
    """What share of the mean of ``joint`` each row is, in the sum of the rows, each times a weight of 0 or
    more, that is nearest to it."""
    from scipy.optimize import nnls

    across, down = np.linalg.qr(values.T)
    means = nnls(down, across.T @ joint)[0] * values.mean(axis=1)
    return np.asarray(means / means.sum())


def _refuse_alike(names: tuple[str, ...], values: Numbers) -> None:
    """Raise SettingError for a domain in which every two people are equally unlike (to 9 digits)."""
    for name, row in zip(names, values, strict=True):
        if np.ptp(row) <= 1e-9 * np.abs(row).max(initial=0.0):
            raise SettingError(f"Every two people are equally unlike in domain {name!r}, so that it can go "
                               "with no other one; leave it out.")  # fmt: skip


def _correlation(values: Numbers, weights: Numbers) -> Numbers:
    """Weighted Pearson correlation of the rows."""
    share = weights / weights.sum()
    centred = values - (values * share).sum(axis=1, keepdims=True)
    covariance = (centred * share) @ centred.T
    spread = np.sqrt(np.diag(covariance))
    return np.asarray(covariance / np.outer(spread, spread))


def _weighted_ranks(values: Numbers, weights: Numbers) -> Numbers:
    """Mid-ranks: weight below plus half of the weight of the equal ones (equal to 9 digits)."""
    _, place = np.unique(np.round(values / (np.abs(values).max() or 1.0), 9), return_inverse=True)
    mass = np.bincount(place, weights=weights)
    below = np.cumsum(mass) - mass
    return np.asarray((below + mass / 2)[place])


def _alpha(correlation: Numbers, some: tuple[int, ...]) -> float:
    """Cronbach's alpha of standardised dissimilarities."""
    k, inside = len(some), correlation[np.ix_(some, some)]
    return float(k / (k - 1) * (1 - k / inside.sum()))


def _subsets(size: int) -> Iterator[tuple[int, ...]]:
    for k in range(size, 1, -1):
        yield from combinations(range(size), k)


def _mantel(given: dict[str, Dissimilarities], pearson: Numbers, weights: Numbers, permutations: int,
            seed: int) -> Numbers:
    p_value = np.full(pearson.shape, np.nan)
    np.fill_diagonal(p_value, 0.0)
    if not permutations:
        return p_value
    generator = np.random.default_rng(seed)
    squares = [found.square() for found in given.values()]
    i, j = np.triu_indices(len(squares[0]), 1)
    further = np.ones(pearson.shape)
    for _ in range(permutations):
        order = generator.permutation(len(squares[0]))
        for a, b in combinations(range(len(squares)), 2):
            moved = np.stack([squares[a][i, j], squares[b][order[i], order[j]]])
            further[a, b] += abs(_correlation(moved, weights)[0, 1]) >= abs(pearson[a, b]) - 1e-12
    for a, b in combinations(range(len(squares)), 2):
        p_value[a, b] = p_value[b, a] = further[a, b] / (permutations + 1)
    return p_value
