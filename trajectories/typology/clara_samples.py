"""The first half of CLARA: samples of many lives, and the medoids that PAM finds in each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from trajectories.alignment.computing.blocks import Run
from trajectories.alignment.dissimilarities import Dissimilarities
from trajectories.alignment.measures.basic import Measure
from trajectories.alignment.pairwise import of_people
from trajectories.errors import SettingError
from trajectories.sequences.sequences import Sequences
from trajectories.typology.checks import distinct_lives, usable
from trajectories.typology.partition import around_medoids
from trajectories.typology.whole_numbers import generator

Places = NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class Sampling:
    """How types are found in every sample: the measure fixed for all lives, k, the seed, and the threads
    (None for all processors)."""

    measure: Measure
    k: int
    seed: int
    threads: int | None = None


@dataclass(frozen=True, eq=False)
class Sample:
    """The lives at the places ``drawn`` (size,), and after them the witnesses, who are not typed."""

    number: int
    drawn: Places
    lives: Sequences


def samples_of(lives: Sequences, samples: int, size: int, seed: int, beside: Places) -> Iterator[Sample]:
    """Samples of ``size`` different people each, drawn by their weights."""
    share = lives.weights / lives.weights.sum()
    some = min(size, int((share > 0).sum()))
    for number, chance in enumerate(generator(seed).spawn(samples)):
        drawn = np.sort(chance.choice(lives.n, size=some, replace=False, p=share))
        yield Sample(number, drawn, at(lives, np.concatenate([drawn, beside])))


def medoids_of(sampling: Sampling, sample: Sample) -> Places:
    """The places among all lives of the sample's medoids, in order, (k,).

    Raises SettingError for a sample with fewer different lives than types.
    """
    from trajectories.typology.hierarchy import tree_on

    lives, size = sample.lives, len(sample.drawn)
    found = of_people(sampling.measure.compare(lives, Run(threads=sampling.threads)))
    diss = Dissimilarities(found, lives.ids, "", lives.weights).select(lives.ids[:size])
    square = usable(diss)
    different = len(distinct_lives(square))
    if sampling.k > different:
        raise SettingError(
            f"Sample {sample.number + 1} of {size} lives holds only {different} different ones, from which "
            f"{sampling.k} types cannot be made; draw larger samples (size=...), or choose a smaller k."
        )
    tree = tree_on(diss, square, "ward_d")
    types = around_medoids(diss, square, sampling.k, tree=tree, seed=sampling.seed, starts=2)
    where = {person: place for place, person in enumerate(diss.ids)}
    return np.sort(sample.drawn[[where[medoid] for medoid in types.medoids]])


def at(lives: Sequences, places: NDArray[Any]) -> Sequences:
    """The lives at some places, numbered instead of named, all of one weight: weights decided who was drawn.
    """
    numbers = tuple(str(number) for number in range(len(places)))
    return replace(lives, states=lives.states[places], ids=numbers, weights=np.ones(len(places)), left_out=())
