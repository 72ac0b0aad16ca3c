"""Costs added up position by position among the different lives of some sequences: the Hamming family."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from trajectories.alignment.computing.arithmetic import counts
from trajectories.alignment.computing.blocks import Run
from trajectories.alignment.computing.lives import (
    Compared,
    Lives,
    aligned_lives,
    offsets_of,
    those_that_count,
)
from trajectories.alignment.costs.costs import Costs, DomainCosts
from trajectories.alignment.measures.norms import Norm, by_position
from trajectories.sequences.sequences import Sequences


def counted(sequences: Sequences, costs: Costs, norm: Norm | None, refuse: bool, run: Run) -> Compared:
    """Add up, position by position and domain by domain, what every two different lives differ by.

    ``refuse`` missing positions. Raises SettingError for lives that are not observed over the same window.
    """
    from trajectories.alignment.kernels import savings as kernels

    fitting = costs.fitting(sequences)
    sequences = those_that_count(sequences, fitting, refuse)
    lives = aligned_lives(sequences)
    tables, offsets = _tables(fitting, lives), offsets_of(fitting)
    dearest = sum(float(table.max(axis=(1, 2)).sum()) * lives.length / len(table) for table in tables)
    numbers = counts(tables, dearest, run.precision)

    by_state = kernels.by_state(numbers.tables)
    domains, width = lives.codes.shape[2], int(np.diff(offsets).max())

    def work(block: int, first: int, last: int, found: NDArray[np.float64]) -> None:
        profile = np.empty((len(by_state), lives.length, kernels.LANES), by_state.dtype)
        kernels.lay_out(by_state, offsets, lives.codes, lives.lengths, block * kernels.LANES, profile)
        rows = kernels.at_lines((lives.length, domains, width, kernels.LANES), by_state.dtype)
        for domain, (start, end) in enumerate(pairwise(offsets)):
            rows[:, domain, : end - start] = profile[start:end].transpose(1, 0, 2)
        total = kernels.at_lines((kernels.LANES,), by_state.dtype)
        kernels.count_lives(lives.codes[first:last], rows.reshape(-1), width, total, numbers.unit, found)

    found = run.over(work, lives, kernels.LANES)
    each = zip(fitting, lives.missing(fitting), strict=True)
    by_position(found, norm, sum(most(costs, lives, missing) for costs, missing in each))
    return Compared(lives, found, numbers.name)


def _tables(fitting: tuple[DomainCosts, ...], lives: Lives) -> list[NDArray[np.float64]]:
    """The domains' weighted costs: each (1 or positions, states, states), as many positions in all."""
    kept = [_at_columns(costs.weight * costs.with_missing(), lives) for costs in fitting]
    length = max(len(table) for table in kept)
    return [np.repeat(table, length // len(table), axis=0) for table in kept]


def _at_columns(table: NDArray[np.float64], lives: Lives) -> NDArray[np.float64]:
    """Costs of the compared columns (positions, states, states), or of all of them alike (1, states,
    states)."""
    return table[None] if table.ndim == 2 else table[lives.columns]


def most(costs: DomainCosts, lives: Lives, missing: bool) -> float:
    """The dearest difference at each compared position, added up; that from ``missing`` too, or not."""
    dearest = _at_columns(costs.among(missing), lives).max(axis=(1, 2), initial=0.0)
    return costs.weight * float(dearest.sum()) * lives.length / len(dearest)
