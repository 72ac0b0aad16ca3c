"""From sequences and a measure to dissimilarities, among all pairs or to a few references."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, overload

import numpy as np

from trajectories.alignment.cluster.comparison import Comparison
from trajectories.alignment.computing.arithmetic import Precision
from trajectories.alignment.computing.blocks import Run
from trajectories.alignment.computing.lives import Compared, refuse_endless
from trajectories.alignment.computing.pairs import Kept
from trajectories.alignment.dissimilarities import Dissimilarities, DissimilaritiesTo
from trajectories.alignment.measures.basic import Measure
from trajectories.alignment.measures.events import EventMatching
from trajectories.alignment.measures.telling import known_measure
from trajectories.errors import SettingError
from trajectories.sequences.event_lives import EventLives
from trajectories.sequences.sequences import Sequences

if TYPE_CHECKING:
    from trajectories.alignment.cluster.machines import Cluster


@overload
def dissimilarities(sequences: Sequences, measure: Measure, *, precision: Precision = ...,
                    progress: Callable[[float], None] | None = ...,
                    client: Cluster | None = ...) -> Dissimilarities: ...  # fmt: skip
@overload
def dissimilarities(sequences: EventLives, measure: EventMatching, *, precision: Precision = ...,
                    progress: Callable[[float], None] | None = ...,
                    client: Cluster | None = ...) -> Dissimilarities: ...  # fmt: skip
def dissimilarities(sequences: Sequences | EventLives, measure: Measure | EventMatching, *,
                    precision: Precision = "single",
                    progress: Callable[[float], None] | None = None,
                    client: Cluster | None = None) -> Dissimilarities:
    """How unlike every two lives are, by a measure.

    Equal lives are compared once; lives as events (``EventLives``) by ``EventMatching``. ``precision``:
    ``"single"`` keeps 32 bits and is right to 1e-5 relative, ``"double"`` keeps 64 and is right to about
    1e-12 (normalised by gmean, which is 1 less something, to as much of 1); what was used stands in the
    result's ``numbers``. ``progress`` is called now and then with the share of the work done.

    ``client``, a ``dask.distributed.Client`` or the address of its scheduler, has the machines of a Dask
    cluster compute them; the result is the same to the last bit. They get the lives without ids. What fits
    into no memory goes to a folder: ``dissimilarities_on_disk``.

    >>> from trajectories.alignment.measures.basic import Hamming
    >>> from trajectories.sequences.read import read_sequences
    >>> lives = read_sequences([{"id": "A", "1": "x", "2": "y"}, {"id": "B", "1": "x", "2": "x"}])
    >>> dissimilarities(lives, Hamming()).between("A", "B")
    1.0

    Raises SettingError for fewer than two people, costs that do not fit the lives, lives that the measure
    cannot compare, and for more people than the memory holds; ClusterError when the cluster is lost.
    """
    comparison = comparison_of(sequences, measure, precision)
    if client is None:
        found = comparison.all(Run(precision, progress=progress))
    else:
        from trajectories.alignment.cluster.pairs_apart import compared_on

        found = compared_on(client, comparison, progress)
    condensed, told = of_people(found), measure.describe()
    return Dissimilarities(condensed, sequences.ids, told, sequences.weights, found.numbers,
                           (sequences, measure))  # fmt: skip


def dissimilarities_to(sequences: Sequences, references: Sequences, measure: Measure, *,
                       precision: Precision = "double",
                       progress: Callable[[float], None] | None = None) -> DissimilaritiesTo:
    """How unlike each life is to a reference life, or to each of a few.

    ``references`` are lives on the same clock with the same domains: some of the people
    (``lives.select(["P07"])``), another sample, or an ideal life read with ``read_sequences``. What a
    measure takes from the lives themselves (shares of states, rates) it takes from ``sequences`` alone.
    Takes no more memory than people x references. ``precision`` and ``progress`` are as in
    ``dissimilarities``. It runs on this machine alone: so few comparisons are seldom worth a cluster.

    >>> from trajectories.alignment.measures.basic import Hamming
    >>> from trajectories.sequences.read import read_sequences
    >>> lives = read_sequences([{"id": "A", "1": "x", "2": "y"}, {"id": "B", "1": "x", "2": "x"}])
    >>> dissimilarities_to(lives, lives.select(["B"]), Hamming()).values.ravel().tolist()
    [1.0, 0.0]

    Raises SettingError when the references have other domains, alphabets or positions than the lives.
    """
    _known(measure, precision)
    run = Run(precision, progress=progress, references=getattr(references, "n", None))
    values, numbers = values_to(sequences, references, measure, run)
    return DissimilaritiesTo(values, sequences.ids, references.ids, measure.describe(), numbers)


def values_to(sequences: Sequences, references: Sequences, measure: Measure, run: Run) -> tuple[Kept, str]:
    """The bare dissimilarities (people, references), and in which numbers they were computed; ``run`` knows
    how many references there are."""
    together = _side_by_side(references, sequences)
    found = measure.compare(together, run)
    refuse_endless(found.found, measure.describe())
    which = found.lives.which
    rows, columns = which[references.n :, None], which[None, : references.n]
    values: Kept = np.array(found.found.T[rows, columns], dtype=run.number)
    return values, found.numbers


def comparison_of(sequences: Sequences | EventLives, measure: Measure | EventMatching,
                  precision: Precision) -> Comparison:
    """What is asked for, once it is sure that it can be: two people or more, and a measure that knows them.
    """
    _known(measure, precision)
    if not isinstance(sequences, Sequences | EventLives):
        raise SettingError("Dissimilarities are among lives, as build_sequences(study, grid) or "
                           f"read_sequences(table) makes them, not {type(sequences).__name__}.")  # fmt: skip
    if sequences.n < 2:
        raise SettingError(f"Dissimilarities need at least two people, not {sequences.n}.")
    if isinstance(sequences, EventLives) and not isinstance(measure, EventMatching):
        raise SettingError(f"{measure.describe()} compares states, and these are events; take EventMatching.")
    return Comparison(sequences, measure, precision)


def _known(measure: object, precision: str) -> None:
    if precision not in ("single", "double"):
        raise SettingError(f"precision must be 'single' or 'double', not {precision!r}.")
    known_measure(measure)


def _side_by_side(references: Sequences, sequences: Sequences) -> Sequences:
    """Both, the references first and without weight."""
    for lives in (sequences, references):
        if not isinstance(lives, Sequences):
            raise SettingError("Lives and references must both be lives as states (Sequences; one of the "
                               f"people: lives.select(['P07'])), not {type(lives).__name__}.")  # fmt: skip
    if not references.n or not sequences.n:
        raise SettingError("There must be at least one life and one reference to compare.")
    names = [domain.name for domain in sequences.domains]
    if [domain.name for domain in references.domains] != names or references.alphabets != sequences.alphabets:
        raise SettingError("The references belong to another codebook than the lives: domains and states "
                           f"must be the same, in the same order ({', '.join(names)}).")  # fmt: skip
    if references.positions != sequences.positions:
        raise SettingError(f"The references have {references.length} positions, the lives "
                           f"{sequences.length}, or others; build both on one grid.")  # fmt: skip
    return replace(sequences, states=np.concatenate([references.states, sequences.states]),
                   ids=(*references.ids, *sequences.ids),
                   weights=np.concatenate([np.zeros(references.n), sequences.weights]))  # fmt: skip


def of_people(found: Compared) -> Kept:
    """From the different lives back to the people who live them."""
    lives = found.lives
    people = len(lives.which)
    if lives.n == people:
        return found.found
    from trajectories.alignment.kernels.savings import spread

    condensed = np.empty(people * (people - 1) // 2, dtype=found.found.dtype)
    spread(found.found, lives.which, lives.n, condensed)
    return condensed
