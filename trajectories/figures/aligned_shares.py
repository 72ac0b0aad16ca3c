"""Shares of time within intervals, drawn: what each stretch of positions adds."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from trajectories.alignment.explaining.alignment import Step
from trajectories.figures.aligned import Run


def share_runs(steps: tuple[Step, ...], column: dict[str, int]) -> Iterator[Run]:
    """The positions that are in the same intervals together; what an interval costs is spread evenly over its
    positions, so that overlapping ones add up."""
    spans = [range(column[str(step.at_one)],
                   1 + column[str(step.at_one if step.until is None else step.until)]) for step in steps]
    within = {at: tuple(n for n, span in enumerate(spans) if at in span) for at in column.values()}
    for numbers, places in groupby(sorted(within), key=within.__getitem__):
        if not numbers:
            continue
        columns = tuple(places)
        cost = sum(steps[n].cost * len(columns) / len(spans[n]) for n in numbers)
        told = next((steps[n] for n in numbers if steps[n].cost), steps[numbers[0]])
        yield Run(columns, columns, _states(told, cost > 0), cost)


def _states(step: Step, unlike: bool) -> tuple[str, str]:
    """The shares of both lives in words; where nothing is added, those of the one."""
    one, other = (", ".join(getattr(change, side) for change in step.changes) for side in ("one", "other"))
    return (one, other) if unlike else (one, one)
