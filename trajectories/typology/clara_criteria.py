"""The second half of CLARA: everybody joins the nearest medoid of each sample, and samples are compared."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from trajectories.alignment.computing.blocks import Run
from trajectories.alignment.measures.basic import Measure
from trajectories.alignment.pairwise import values_to
from trajectories.sequences.sequences import Sequences

Criterion = Literal["distance", "davies_bouldin", "xie_beni", "pbm", "silhouette"]
LARGE = ("pbm", "silhouette")
"""The criteria of which the largest value is best."""
Floats = NDArray[np.float64]
CHUNK = 20_000
"""People compared with the medoids at a time: it bounds the memory, and what is sent to another machine."""


@dataclass(frozen=True, eq=False)
class Joining:
    """Medoids of all samples, each life once, witnesses after them; and which of these are each sample's,
    ``columns`` (samples, k)."""

    measure: Measure
    medoids: Sequences
    columns: NDArray[np.intp]
    threads: int | None = None


@dataclass(frozen=True, eq=False)
class Joined:
    """Some people with the nearest medoid of each sample: which (samples, people), how far, and sums.

    ``weight`` and ``inside`` (samples, k) are the weight and the weighted distance to the medoid of each
    type; ``widths`` (samples,) the weighted sum of 1 - d(nearest medoid) / d(second nearest).
    """

    labels: NDArray[np.int16]
    reach: NDArray[np.float32]
    weight: Floats
    inside: Floats
    widths: Floats


def chunks_of(lives: Sequences) -> Iterator[tuple[int, Sequences]]:
    """Everybody in parts of ``CHUNK`` people, numbered instead of named: the first's place, and the lives."""
    for first in range(0, lives.n, CHUNK):
        part = slice(first, first + CHUNK)
        weights = lives.weights[part].astype(np.float64)
        numbers = tuple(str(number) for number in range(len(weights)))
        yield first, replace(lives, states=lives.states[part], ids=numbers, weights=weights, left_out=())


def joined(joining: Joining, chunk: tuple[int, Sequences]) -> Joined:
    """Everybody of a part with the nearest medoid of every sample."""
    people = chunk[1]
    run = Run(threads=joining.threads, references=joining.medoids.n)
    reach, _ = values_to(people, joining.medoids, joining.measure, run)
    return joined_by(reach, joining.columns, people.weights)


def joined_by(reach: NDArray[Any], columns: NDArray[np.intp], weights: Floats) -> Joined:
    """The same from the dissimilarities of people to all medoids, (people, medoids)."""
    samples, k = columns.shape
    labels = np.empty((samples, len(reach)), dtype=np.int16)
    near = np.empty((samples, len(reach)), dtype=np.float32)
    weight, inside, widths = np.empty((samples, k)), np.empty((samples, k)), np.empty(samples)
    for i, own in enumerate(columns):
        mine = reach[:, own].astype(np.float64)
        labels[i] = mine.argmin(axis=1)
        first, second = np.partition(mine, 1, axis=1)[:, :2].T
        near[i] = first
        weight[i] = np.bincount(labels[i], weights, minlength=k)
        inside[i] = np.bincount(labels[i], weights * first, minlength=k)
        width = 1 - np.divide(first, second, out=np.zeros(len(first)), where=second > 0)
        widths[i] = weights @ width
    return Joined(labels, near, weight, inside, widths)


def criteria(weight: Floats, inside: Floats, widths: Floats, between: Floats) -> dict[str, Floats]:
    """Every criterion of every sample (samples,), from the sums over everybody and the dissimilarities
    between each sample's medoids, (samples, k, k)."""
    k = weight.shape[1]
    total = weight.sum(axis=1)
    mean = inside.sum(axis=1) / total
    spread = np.divide(inside, weight, out=np.zeros_like(inside), where=weight > 0)
    apart = between + np.diag(np.full(k, np.inf))
    with np.errstate(divide="ignore", invalid="ignore"):
        worst = ((spread[:, :, None] + spread[:, None, :]) / apart).max(axis=2)
        return {
            "distance": mean,
            "davies_bouldin": worst.mean(axis=1),
            "xie_beni": mean / apart.min(axis=(1, 2)),
            "pbm": (between.max(axis=(1, 2)) / (k * mean)) ** 2,
            "silhouette": widths / total,
        }
