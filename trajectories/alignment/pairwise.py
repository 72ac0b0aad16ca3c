"""From sequences and a measure to dissimilarities among all pairs."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from trajectories.alignment.arithmetic import Precision
from trajectories.alignment.blocks import Run
from trajectories.alignment.dissimilarities import Dissimilarities
from trajectories.alignment.lives import Compared
from trajectories.alignment.measures import Measure
from trajectories.alignment.norms import Condensed
from trajectories.errors import SettingError
from trajectories.sequences.sequences import Sequences


def dissimilarities(sequences: Sequences, measure: Measure, *, precision: Precision = "single",
                    progress: Callable[[float], None] | None = None) -> Dissimilarities:
    """How unlike every two lives are, by a measure.

    Equal lives are compared once. ``precision``: ``"single"`` keeps 32 bits and is right to 1e-6 relative,
    ``"double"`` keeps 64 and is right to the last digits; what was used stands in the result's ``numbers``.
    ``progress`` is called now and then with the share of the work done.

    >>> from trajectories.alignment.measures import Hamming
    >>> from trajectories.sequences.read import read_sequences
    >>> lives = read_sequences([{"id": "A", "1": "x", "2": "y"}, {"id": "B", "1": "x", "2": "x"}])
    >>> dissimilarities(lives, Hamming()).between("A", "B")
    1.0

    Raises SettingError for fewer than two people, costs that do not fit the lives, lives that the measure
    cannot compare, and for more people than the memory holds.
    """
    if precision not in ("single", "double"):
        raise SettingError(f"precision must be 'single' or 'double', not {precision!r}.")
    if isinstance(measure, type) or not hasattr(measure, "compare"):
        raise SettingError(f"{measure!r} is no measure; give one with its settings, such as "
                           "OptimalMatching(transition_costs(lives)) or Hamming().")  # fmt: skip
    if sequences.n < 2:
        raise SettingError(f"Dissimilarities need at least two people, not {sequences.n}.")
    found = measure.compare(sequences, Run(precision, progress=progress))
    condensed, told = _of_people(found), measure.describe()
    return Dissimilarities(condensed, sequences.ids, told, sequences.weights, found.numbers)


def _of_people(found: Compared) -> Condensed:
    """From the different lives back to the people who live them."""
    lives = found.lives
    people = len(lives.which)
    if lives.n == people:
        return found.condensed
    from trajectories.alignment.kernels import spread

    condensed = np.empty(people * (people - 1) // 2, dtype=found.condensed.dtype)
    spread(found.condensed, lives.which, lives.n, condensed)
    return condensed
