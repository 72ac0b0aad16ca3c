"""How much each domain counts, when it is not the researcher who says so."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from trajectories.alignment.dissimilarities import Dissimilarities
from trajectories.alignment.domains import same_people
from trajectories.errors import SettingError
from trajectories.sequences.sequences import Sequences


def information_weights(lives: Sequences) -> dict[str, float]:
    """Weights of the domains by how much they tell of people: those in which people differ more weigh more.

    weight = H / mean H over the domains, with H the entropy (in bits) of the states at a position, over all
    positions by how many are known there and the case weights; 1 on average, 0 for a domain in which
    everybody is always in the same state. For ``costs.weighted(**information_weights(lives))`` or ``joint``.
    It is a choice, not a finding: a domain with many short-lived states, such as emotions, will weigh most.
    Raises SettingError when no domain tells anything.

    >>> from trajectories.sequences.read import read_sequences
    >>> information_weights(read_sequences([{"id": "A", "1": "x"}, {"id": "B", "1": "y"}]))
    {'state': 1.0}
    """
    found = {domain.name: _entropy(lives, layer) for layer, domain in enumerate(lives.domains)}
    return _averaging_one(found, "Everybody is in one state in every domain, so none tells anything of "
                                 "people; give weights by hand.")  # fmt: skip


def equalising_weights(dissimilarities: Mapping[str, Dissimilarities]) -> dict[str, float]:
    """Weights that let every domain add the same to the joint dissimilarity on average: 1 / its mean, 1 on
    average.

    ``dissimilarities`` are those of each domain alone. For ``costs.weighted(...)``; ``joint(...,
    equalised=True)`` does it by itself. Domains in which everybody is alike weigh 0. Raises SettingError when
    that holds for all.
    """
    means = {name: float(found.condensed.mean()) for name, found in same_people(dissimilarities).items()}
    inverse = {name: 1 / mean if mean > 0 else 0.0 for name, mean in means.items()}
    return _averaging_one(inverse, "Everybody is alike in every domain, so none can be weighed by how unlike "
                                   "people are; give weights by hand.")  # fmt: skip


def _entropy(lives: Sequences, layer: int) -> float:
    """Mean entropy of the states at a position, in bits, by the weight of those known there."""
    states, size = lives.states[:, layer, :], len(lives.alphabets[layer])
    counts = np.stack([(lives.weights[:, None] * (states == k)).sum(axis=0) for k in range(size)])
    known = counts.sum(axis=0)
    if not known.sum() > 0:
        return 0.0
    share = np.divide(counts, known, out=np.zeros_like(counts), where=known > 0)
    bits = -(share * np.log2(np.where(share > 0, share, 1.0))).sum(axis=0)
    return float((bits * known).sum() / known.sum())


def _averaging_one(found: dict[str, float], refusal: str) -> dict[str, float]:
    mean = sum(found.values()) / max(len(found), 1)
    if not mean > 0:
        raise SettingError(refusal)
    return {name: value / mean for name, value in found.items()}
