"""Neighbouring steps of an alignment that are told together."""

from __future__ import annotations

from collections.abc import Callable

from trajectories.alignment.explaining.alignment import Step


def runs_of(steps: tuple[Step, ...], same: Callable[[Step, Step], bool]) -> list[list[Step]]:
    """Steps in order, those that are the ``same`` as the one before together."""
    runs: list[list[Step]] = []
    for step in steps:
        if runs and same(runs[-1][-1], step):
            runs[-1].append(step)
        else:
            runs.append([step])
    return runs
