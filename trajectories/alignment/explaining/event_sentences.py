"""An alignment of events in sentences."""

from __future__ import annotations

from trajectories.alignment.explaining.alignment import Alignment, Step, Where
from trajectories.wording import amount, joined


def told_events(alignment: Alignment) -> list[str]:
    """A sentence for each moment."""
    several = len({change.domain for step in alignment.steps for change in step.changes}) > 1
    return [_moment(step, alignment, several) for step in alignment.steps]


def _moment(step: Step, alignment: Alignment, several: bool) -> str:
    """One moment: events that both lives have, and those that only one of them has; with their domains where
    there are several."""

    def named(one: bool, other: bool) -> list[str]:
        return [f"{alignment.label(c.domain)}: {c.one or c.other}" if several else c.one or c.other
                for c in step.changes if bool(c.one) == one and bool(c.other) == other]  # fmt: skip

    price = f"cost {amount(step.cost)}"
    both, here, there = named(True, True), named(True, False), named(False, True)
    if step.kind == "deleted":
        return f"Deleted from {alignment.one}: {joined(here)}, {_at(step.at_one)}; {price}."
    if step.kind == "inserted":
        return f"Inserted from {alignment.other}: {joined(there)}, {_at(step.at_other)}; {price}."
    moved = "" if step.at_one == step.at_other else f" (in {alignment.other}: {_at(step.at_other)})"
    if step.kind == "kept":
        return f"Kept: {joined(both)}, {_at(step.at_one)}{moved}" + (f"; {price}." if step.cost else ".")
    alone = "; ".join(f"only in {person}: {joined(events)}" for person, events in
                      ((alignment.one, here), (alignment.other, there)) if events)  # fmt: skip
    shared = f"{joined(both)}; " if both else ""
    return f"At one moment, {_at(step.at_one)}{moved}: {shared}{alone}; {price}."


def _at(time: Where) -> str:
    return f"at {amount(time)}" if isinstance(time, float) else f"at {time}"
