"""Types of very many lives: medoids found on samples, everybody put with the nearest."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable
from contextlib import ExitStack, closing
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from trajectories.alignment.computing.blocks import Run
from trajectories.alignment.measures.basic import Measure
from trajectories.alignment.measures.fixing import fixed, witnesses
from trajectories.alignment.pairwise import comparison_of, values_to
from trajectories.errors import SettingError
from trajectories.sequences.sequences import Sequences
from trajectories.typology.checks import refuse_unfit
from trajectories.typology.clara_criteria import Criterion, Joined, Joining, chunks_of, criteria, joined
from trajectories.typology.clara_result import Clara, known_criterion
from trajectories.typology.clara_samples import Sampling, at, medoids_of, samples_of
from trajectories.typology.whole_numbers import whole_number

if TYPE_CHECKING:
    from trajectories.alignment.cluster.machines import Cluster

Floats = NDArray[np.float64]
Job = TypeVar("Job")


def clara(
    lives: Sequences, measure: Measure, k: int, *, samples: int = 20, size: int | None = None,
    criterion: Criterion = "distance", seed: int = 1, progress: Callable[[float], None] | None = None,
    client: Cluster | None = None,
) -> Clara:  # fmt: skip
    """Part very many lives into k types without comparing every two of them (CLARA).

    ``samples`` times, ``size`` lives (400, or 20 k when that is more) are drawn and typed by PAM; then
    everybody joins the nearest of the k medoids, and the best typology of everybody is kept (Kaufman and
    Rousseeuw 1990; Studer, Sadeghi and Tochon 2024). Time and memory grow with the number of lives, not with
    its square. What is best says ``criterion``, always over everybody:

    - ``"distance"``: mean dissimilarity to the nearest medoid, small.
    - ``"davies_bouldin"``: mean over the types of the worst (s_a + s_b) / d_ab, small, with s a type's mean
      dissimilarity to its medoid and d that of two medoids (Davies and Bouldin 1979).
    - ``"xie_beni"``: mean dissimilarity to the nearest medoid over the smallest between two medoids, small
      (Xie and Beni 1991).
    - ``"pbm"``: square of the largest dissimilarity between two medoids over k times the mean dissimilarity
      to the nearest, large (Pakhira, Bandyopadhyay and Maulik 2004, as WeightedCluster has it).
    - ``"silhouette"``: mean of 1 - d(nearest medoid) / d(second nearest medoid), large (Van der Laan et al.
      2003).

    Draws follow the case weights. Costs and shares that a measure takes from the data are taken from all
    lives once. ``client`` (a ``dask.distributed.Client`` or the address of its scheduler) has a cluster do
    it, which gets lives without ids; the result is the same. ``progress`` is called with the share done. The
    same seed gives the same types, whatever the number of threads and machines. How far the samples agree say
    the result's ``table()``, ``stability()`` and ``steadiness()``; ``by(criterion)`` takes the best by
    another criterion. Raises SettingError for a size below k + 1, an unknown criterion, a sample of too few
    different lives, and for what ``partition`` refuses; ClusterError when the cluster is lost.
    """
    _whole(k=k, samples=samples, size=1 if size is None else size)
    size = min(lives.n, max(400, 20 * k) if size is None else size)
    _refuse(lives, measure, k, samples, size, criterion)
    measure, beside, report = fixed(measure, lives), witnesses(lives), progress or _silent
    with ExitStack() as open_ones:
        here = _machines(client, open_ones)
        threads = None if here is None else 1
        medoids = np.empty((samples, k), dtype=np.intp)
        drawn = list(samples_of(lives, samples, size, seed, beside))
        sampling = Sampling(measure, k, seed, threads)
        with closing(_each(here, medoids_of, sampling, drawn)) as coming:
            for done, (sample, found) in enumerate(coming):
                medoids[sample.number] = found
                report((done + 1) / samples / 2)
        everywhere = np.unique(medoids)
        columns = np.searchsorted(everywhere, medoids)
        joining = Joining(measure, at(lives, np.concatenate([everywhere, beside])), columns, threads)
        whole = _everybody(here, joining, lives, report)
    between, _ = values_to(joining.medoids, joining.medoids, measure, Run(references=joining.medoids.n))
    apart = np.array([between[np.ix_(own, own)] for own in columns], dtype=np.float64)
    values = criteria(whole.weight, whole.inside, whole.widths, apart)
    return Clara(lives.ids, criterion, values, whole.labels, whole.reach, medoids, size, seed)


def _everybody(here: Any, joining: Joining, lives: Sequences, report: Callable[[float], None]) -> Joined:
    """All people with the nearest medoid of every sample; sums are added up in the order of the people."""
    samples = len(joining.columns)
    labels = np.empty((samples, lives.n), dtype=np.int16)
    reach = np.empty((samples, lives.n), dtype=np.float32)
    sums: dict[int, tuple[Floats, Floats, Floats]] = {}
    done = 0
    with closing(_each(here, joined, joining, chunks_of(lives))) as coming:
        for (first, people), part in coming:
            there = slice(first, first + people.n)
            labels[:, there], reach[:, there] = part.labels, part.reach
            sums[first] = part.weight, part.inside, part.widths
            done += people.n
            report((1 + done / lives.n) / 2)
    weight, inside, widths = (sum(sums[first][i] for first in sorted(sums)) for i in range(3))
    return Joined(labels, reach, np.asarray(weight), np.asarray(inside), np.asarray(widths))


def _machines(client: Cluster | None, open_ones: ExitStack) -> Any:
    """The client to be used, None for this machine alone."""
    if client is None:
        return None
    from trajectories.alignment.cluster.machines import connected

    return open_ones.enter_context(connected(client))


def _each(here: Any, task: Callable[[Any, Job], Any], shared: Any,
          jobs: Iterable[Job]) -> Generator[tuple[Job, Any]]:  # fmt: skip
    """Each job with what the task makes of it, as they are done, on a cluster or without a client here."""
    if here is None:
        for job in jobs:
            yield job, task(shared, job)
    else:
        from trajectories.alignment.cluster.machines import done_on

        with closing(done_on(here, task, shared, jobs, "Nothing is kept; call clara again.")) as coming:
            yield from coming


def _whole(**numbers: object) -> None:
    for name, value in numbers.items():
        whole_number(value, name)


def _refuse(lives: Sequences, measure: Measure, k: int, samples: int, size: int, criterion: str) -> None:
    if not isinstance(lives, Sequences):
        raise SettingError("CLARA types sequences of states; EventMatching reads their changes as events.")
    known_criterion(criterion)
    if samples < 1:
        raise SettingError(f"CLARA needs at least one sample, not {samples}.")
    comparison_of(lives, measure, "single")
    refuse_unfit(k, lives.n, lives.n)
    if size <= k:
        raise SettingError(f"Samples must hold more lives than there are types ({k}), not {size}.")
    weights = lives.weights
    if not (np.isfinite(weights).all() and (weights >= 0).all() and weights.sum() > 0):
        raise SettingError("Weights must be numbers of zero or more, and not all zero; look at their column.")
    if (drawable := int((weights > 0).sum())) <= k:
        raise SettingError(f"Only {drawable} people have a weight above 0, too few for {k} types.")


def _silent(share: float) -> None:
    """Nobody asked how far the work is."""
