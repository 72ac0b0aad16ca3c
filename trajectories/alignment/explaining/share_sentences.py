"""Shares of time in sentences: in which intervals two lives spread alike, and where not, by which states."""

from __future__ import annotations

from trajectories.alignment.explaining.alignment import Alignment, Step
from trajectories.alignment.explaining.runs import runs_of
from trajectories.wording import amount, counted, joined


def told_shares(alignment: Alignment) -> list[str]:
    """A sentence for each run of intervals with the same shares."""
    return [_run(run, alignment) for run in runs_of(alignment.steps, _same)]


def _same(before: Step, step: Step) -> bool:
    """Whether the lives spread in one interval as in the one before, or alike in both."""
    if "kept" in (before.kind, step.kind):
        return before.kind == step.kind
    return [(c.one, c.other) for c in before.changes] == [(c.one, c.other) for c in step.changes]


def _run(run: list[Step], alignment: Alignment) -> str:
    number = f"{counted(len(run), 'interval')}, "
    where = _where(run)
    if run[0].kind == "kept":
        return f"Alike: {number}{where}."
    cost = sum(step.cost for step in run)
    even = len(run) > 1 and all(step.cost == run[0].cost for step in run)
    price = f"{len(run)} x {amount(run[0].cost)} = {amount(cost)}" if even else amount(cost)
    what = ", ".join(f"{change.one} (in {alignment.other}: {change.other.rpartition(': ')[2]})"
                     for change in run[0].changes if change.cost)  # fmt: skip
    return f"Unlike: {number}{where}, {what}; cost {price}."


def _where(run: list[Step]) -> str:
    """Positions by the first and the last, intervals one by one."""
    if all(step.until is None for step in run):
        first, last = run[0].at_one, run[-1].at_one
        return f"at {first}" if first == last else f"from {first} to {last}"
    ends = [(step.at_one, step.at_one if step.until is None else step.until) for step in run]
    return joined([f"from {first} to {last}" for first, last in ends])
