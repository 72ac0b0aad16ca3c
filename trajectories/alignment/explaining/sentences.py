"""An alignment in sentences: what is done where, at what cost, and what that makes together."""

from __future__ import annotations

from typing import Literal

from trajectories.alignment.explaining.alignment import Alignment, Step, Where
from trajectories.alignment.explaining.runs import runs_of
from trajectories.wording import amount, counted


def sentences_of(alignment: Alignment) -> tuple[str, ...]:
    """Runs of equal steps in a sentence each, the whole cost and how it is made in the last ones."""
    if alignment.of == "events":
        from trajectories.alignment.explaining.event_sentences import told_events

        told = told_events(alignment)
    elif alignment.of == "shares":
        from trajectories.alignment.explaining.share_sentences import told_shares

        told = told_shares(alignment)
    else:
        told = [_run(run, alignment) for run in runs_of(alignment.steps, _same)]
    return (*told, *_together(alignment))


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


def _same(before: Step, step: Step) -> bool:
    """Whether a step does the same as the one before."""
    if before.kind != step.kind:
        return False
    return step.kind == "kept" or before.changes == step.changes


def _run(run: list[Step], alignment: Alignment) -> str:
    kind = run[0].kind
    here = list(dict.fromkeys(step.at_one for step in run))
    there = list(dict.fromkeys(step.at_other for step in run))
    if kind == "deleted":
        return (f"Deleted from {alignment.one}: {_counted(here, alignment)}, {_span(here)}, "
                f"{_states(run[0], 'one', alignment)}; {_price(run, len(here))}.")  # fmt: skip
    if kind == "inserted":
        return (f"Inserted from {alignment.other}: {_counted(there, alignment)}, {_span(there)}, "
                f"{_states(run[0], 'other', alignment)}; {_price(run, len(there))}.")  # fmt: skip
    number = "" if len(here) == len(there) else f"{_counted(there, alignment)}, "
    shifted = "" if here == there else f" (in {alignment.other}: {number}{_span(there)})"
    if kind == "kept":
        cost = sum(step.cost for step in run)
        price = f"; cost {amount(cost)}" if cost else ""
        return f"Kept: {_counted(here, alignment)} of {alignment.one}, {_span(here)}{shifted}{price}."
    what = " and ".join(
        f"{_quoted(change.one)} by {_quoted(change.other)} in {alignment.label(change.domain)}"
        for change in run[0].changes if change.one != change.other
    )  # fmt: skip
    where = f"{_counted(here, alignment)}, {_span(here)}{shifted}"
    return f"Substituted: {where}, {what}; {_price(run, len(here))}."


def _price(run: list[Step], positions: int) -> str:
    """``cost 3 x 0.5 = 1.5``; the steps of a pause are called so."""
    cost = sum(step.cost for step in run)
    if len(run) == 1 or not cost:
        return f"cost {amount(cost)}"
    steps = "" if len(run) == positions else " steps"
    return f"cost {len(run)}{steps} x {amount(run[0].cost)} = {amount(cost)}"


def _states(step: Step, side: Literal["one", "other"], alignment: Alignment) -> str:
    if len(step.changes) == 1:
        return _quoted(getattr(step.changes[0], side))
    return ", ".join(f"{alignment.label(change.domain)}: {_quoted(getattr(change, side))}"
                     for change in step.changes)  # fmt: skip


def _quoted(label: str) -> str:
    """Labels that would run into the sentence stand in quotation marks, as those of fused domains."""
    return f'"{label}"' if "," in label or " by " in label or " and " in label else label


def _counted(places: list[Where], alignment: Alignment) -> str:
    return counted(len(places), alignment.unit)


def _span(places: list[Where]) -> str:
    first, last = places[0], places[-1]
    return f"at {first}" if first == last else f"from {first} to {last}"
