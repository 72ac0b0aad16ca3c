"""Costs learnt from groups that are known: what tells people of different groups apart becomes dear."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from trajectories.alignment.costs.costs import Costs, DomainCosts, Numbers
from trajectories.alignment.costs.state_costs import FARTHEST
from trajectories.errors import SettingError
from trajectories.sequences.sequences import Sequences


def trained_costs(sequences: Sequences, groups: Sequence[object], missing: float = 2.0) -> Costs:
    """Two states are dear to substitute when they tell people of different groups apart.

    ``groups``: the group of each life, in their order (types, cohorts, a rating by experts); None or NaN
    leaves a life out. With b the share of i against j among all pairs of lives of different groups, position
    by position, and w the same of one group, cost(i, j) = log(b / w) less that of equal states, at least 0,
    scaled so that the dearest costs 2; an insertion or deletion costs half of it. (Log-odds costs after
    Gauthier, Widmer, Bucher and Notredame 2009, here of groups that are given.)

    They fit the groups they were learnt from: dissimilarities made with them will show these very groups,
    so any test of these groups on the same people says nothing. Learn from some people and test on others, or
    use them to carry a typology over to new lives. Raises SettingError for another number of labels than
    lives, fewer than two groups of two or more, and a domain whose states do not tell the groups apart.

    >>> from trajectories.sequences.read import read_sequences
    >>> lives = read_sequences([{"id": str(i), "1": s, "2": s} for i, s in enumerate("aabbcc")])
    >>> trained_costs(lives, ["early"] * 4 + ["late"] * 2).table().round(1).loc["a"].tolist()
    [0.0, 0.1, 2.0]
    """
    labels = _numbered(groups, sequences)
    domains = []
    for layer, domain in enumerate(sequences.domains):
        apart = _apart(sequences, layer, labels)
        if not apart.max(initial=0.0) > 0:
            raise SettingError(f"The states of domain {domain.name!r} do not tell these groups apart, so "
                               "nothing is learnt for it; keep the others with lives.only(...).")  # fmt: skip
        table = FARTHEST * apart / apart.max()
        indel = np.full(len(domain.states), FARTHEST / 2)
        domains.append(DomainCosts(domain.name, domain.alphabet, table, indel, missing))
    return Costs(tuple(domains), f"trained on {int(labels.max()) + 1} groups")


def _numbered(groups: Sequence[object], sequences: Sequences) -> np.ndarray:
    """The number of each life's group, -1 for none."""
    if isinstance(groups, str) or not isinstance(groups, Iterable):
        raise SettingError(f"groups must be the group of each life, in their order, not {groups!r}.")
    given = [None if one is None or one != one else one for one in groups]
    if len(given) != sequences.n:
        raise SettingError(f"There are {len(given)} groups for {sequences.n} lives; give one for each, in "
                           "their order (None for those that do not count).")  # fmt: skip
    names = sorted({str(one) for one in given if one is not None})
    labels = np.array([-1 if one is None else names.index(str(one)) for one in given])
    sizes = np.bincount(labels[labels >= 0], minlength=len(names))
    if len(names) < 2 or sizes.min() < 2:
        raise SettingError("Costs are learnt from two groups or more, with at least two lives in each.")
    return labels


def _apart(sequences: Sequences, layer: int, labels: np.ndarray) -> Numbers:
    """Log-odds of each two states between groups against within, less that of equal states; 0 where
    negative."""
    within, between = _pairs(sequences, layer, labels)
    same = np.eye(len(within), dtype=bool)
    odds = np.log((between + 0.5) / (between.sum() + 1)) - np.log((within + 0.5) / (within.sum() + 1))
    equal = np.log(between[same].sum() + 0.5) - np.log(between.sum() + 1)
    equal -= np.log(within[same].sum() + 0.5) - np.log(within.sum() + 1)
    met = (within + between) > 0
    return np.where(same | ~met, 0.0, np.maximum(odds - equal, 0.0)) + np.where(~same & ~met, _never(
        odds - equal, met & ~same), 0.0)  # fmt: skip


def _never(odds: Numbers, met: np.ndarray) -> float:
    """What two states cost that never stand against each other: as the average pair that does."""
    return float(np.maximum(odds[met], 0.0).mean()) if met.any() else 0.0


def _pairs(sequences: Sequences, layer: int, labels: np.ndarray) -> tuple[Numbers, Numbers]:
    """How often each two states stand against each other at a position, in pairs of lives of one group and
    of two (weighted, both ways)."""
    states, size = sequences.states[:, layer, :], len(sequences.alphabets[layer])
    weights, count = sequences.weights, int(labels.max()) + 1
    within, everybody = np.zeros((size, size)), np.zeros((size, size))
    for position in range(sequences.length):
        known = (states[:, position] >= 0) & (labels >= 0)
        here, group, weight = states[known, position], labels[known], weights[known]
        each = np.zeros((count, size))
        np.add.at(each, (group, here), weight)
        oneself = np.diag(np.bincount(here, weights=weight**2, minlength=size))
        within += each.T @ each - oneself
        everybody += np.outer(each.sum(axis=0), each.sum(axis=0)) - oneself
    return within, np.maximum(everybody - within, 0.0)
