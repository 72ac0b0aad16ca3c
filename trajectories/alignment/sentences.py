"""An alignment in sentences: what is done where, at what cost, and what that makes together."""

from __future__ import annotations

from typing import Literal

from trajectories.alignment.alignment import Alignment, Step, Where
from trajectories.wording import counted, joined


def sentences_of(alignment: Alignment) -> tuple[str, ...]:
    """Runs of equal steps in a sentence each, the whole cost and how it is made in the last ones."""
    told = [_moment(step, alignment) for step in alignment.steps] if alignment.events else [
        _run(run, alignment) for run in _runs(alignment.steps)]  # fmt: skip
    return (*told, *_together(alignment))


def amount(cost: float) -> str:
    """A cost to three decimals, one below 1 to four digits."""
    if abs(cost) < 1:
        return f"{cost:.4g}"
    return f"{cost:.3f}".rstrip("0").rstrip(".")


def _together(alignment: Alignment) -> list[str]:
    parts = alignment.by_domain()
    shares = "; ".join(f"{alignment.label(domain)} {amount(cost)}" for domain, cost in parts.items())
    told = f" ({shares})" if len(parts) > 1 else ""
    if alignment.root:
        whole = (f"Together {amount(alignment.added)}; the dissimilarity is the square root of that, "
                 f"{amount(alignment.cost)}{told}.")  # fmt: skip
    else:
        whole = f"Together {amount(alignment.cost)}{told}."
    norm = alignment.normalised
    normed = [] if norm is None else [f"Normalised, that is {amount(norm)}."]
    return [whole, *normed, *([alignment.rule] if alignment.rule else [])]


def _runs(steps: tuple[Step, ...]) -> list[list[Step]]:
    """Neighbouring steps that do the same."""
    runs: list[list[Step]] = []
    for step in steps:
        if runs and _same(runs[-1][-1], step):
            runs[-1].append(step)
        else:
            runs.append([step])
    return runs


def _same(before: Step, step: Step) -> bool:
    if before.kind != step.kind:
        return False
    return step.kind == "kept" or before.changes == step.changes


def _run(run: list[Step], alignment: Alignment) -> str:
    kind = run[0].kind
    here = list(dict.fromkeys(step.at_one for step in run))
    there = list(dict.fromkeys(step.at_other for step in run))
    if kind == "deleted":
        return (f"Deleted from {alignment.one}: {_positions(here)}, {_span(here)}, "
                f"{_states(run[0], 'one', alignment)}; {_price(run, len(here))}.")  # fmt: skip
    if kind == "inserted":
        return (f"Inserted from {alignment.other}: {_positions(there)}, {_span(there)}, "
                f"{_states(run[0], 'other', alignment)}; {_price(run, len(there))}.")  # fmt: skip
    number = "" if len(here) == len(there) else f"{_positions(there)}, "
    shifted = "" if here == there else f" (in {alignment.other}: {number}{_span(there)})"
    if kind == "kept":
        cost = sum(step.cost for step in run)
        price = f"; cost {amount(cost)}" if cost else ""
        return f"Kept: {_positions(here)} of {alignment.one}, {_span(here)}{shifted}{price}."
    what = " and ".join(f"{change.one} by {change.other} in {alignment.label(change.domain)}"
                        for change in run[0].changes if change.one != change.other)  # fmt: skip
    return f"Substituted: {_positions(here)}, {_span(here)}{shifted}, {what}; {_price(run, len(here))}."


def _price(run: list[Step], positions: int) -> str:
    """``cost 3 x 0.5 = 1.5``; the steps of a pause are called so."""
    cost = sum(step.cost for step in run)
    if len(run) == 1 or not cost:
        return f"cost {amount(cost)}"
    steps = "" if len(run) == positions else " steps"
    return f"cost {len(run)}{steps} x {amount(run[0].cost)} = {amount(cost)}"


def _states(step: Step, side: Literal["one", "other"], alignment: Alignment) -> str:
    if len(step.changes) == 1:
        return str(getattr(step.changes[0], side))
    return ", ".join(f"{alignment.label(change.domain)}: {getattr(change, side)}" for change in step.changes)


def _positions(places: list[Where]) -> str:
    return counted(len(places), "position")


def _span(places: list[Where]) -> str:
    first, last = places[0], places[-1]
    return f"at {first}" if first == last else f"from {first} to {last}"


def _moment(step: Step, alignment: Alignment) -> str:
    """One moment of events: those that both lives have, and those that only one of them has."""
    several = len({change.domain for every in alignment.steps for change in every.changes}) > 1

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
