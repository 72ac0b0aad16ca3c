"""The alignment of two lives, step by step, in the study's own words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import pandas as pd

Kind = Literal["kept", "substituted", "deleted", "inserted"]


@dataclass(frozen=True)
class Change:
    """What one step does in one domain: ``one`` and ``other`` are labels, empty where there is nothing;
    ``cost`` is weighted."""

    domain: str
    one: str
    other: str
    cost: float


@dataclass(frozen=True)
class Step:
    """One step of an alignment: what is done at which position of either life (None: there is none)."""

    kind: Kind
    at_one: str | int | None
    at_other: str | int | None
    changes: tuple[Change, ...]

    @property
    def cost(self) -> float:
        """What the step costs in all domains together."""
        return sum(change.cost for change in self.changes)


@dataclass(frozen=True)
class Alignment:
    """How ``one`` life is turned into the ``other``, step by step, at the least cost.

    ``cost`` is the sum of the steps, the dissimilarity without normalisation. Where several ways cost the
    same, this is one of them: substitutions are preferred to insertions and deletions.
    """

    one: str
    other: str
    measure: str
    steps: tuple[Step, ...]

    @property
    def cost(self) -> float:
        return sum(step.cost for step in self.steps)

    def by_domain(self) -> dict[str, float]:
        """How much each domain adds to the cost."""
        found: dict[str, float] = {}
        for step in self.steps:
            for change in step.changes:
                found[change.domain] = found.get(change.domain, 0.0) + change.cost
        return found

    def times(self, weight: float) -> Alignment:
        """The same alignment with every cost times a weight."""
        return replace(self, steps=tuple(
            replace(step, changes=tuple(replace(one, cost=weight * one.cost) for one in step.changes))
            for step in self.steps
        ))  # fmt: skip

    def table(self) -> pd.DataFrame:
        """A row per step and domain: step, kind, at_one, at_other (positions), domain, one, other (states),
        cost."""
        import pandas as pd

        rows = [(number, step.kind, step.at_one, step.at_other, c.domain, c.one, c.other, c.cost)
                for number, step in enumerate(self.steps, 1) for c in step.changes]  # fmt: skip
        columns = ["step", "kind", "at_one", "at_other", "domain", "one", "other", "cost"]
        return pd.DataFrame(rows, columns=columns).astype({"at_one": object, "at_other": object})

    def sentences(self) -> tuple[str, ...]:
        """The alignment told: runs of equal steps in a sentence each, the whole cost in the last."""
        told = [_told(run, self.one, self.other) for run in _runs(self.steps)]
        parts = self.by_domain()
        shares = "; ".join(f"{domain} {cost:g}" for domain, cost in parts.items()) if len(parts) > 1 else ""
        whole = f"Together {self.cost:g}" + (f" ({shares})." if shares else ".")
        return (*told, whole)

    def __repr__(self) -> str:
        counted = {kind: sum(step.kind == kind for step in self.steps)
                   for kind in ("kept", "substituted", "deleted", "inserted")}  # fmt: skip
        told = ", ".join(f"{count} {kind}" for kind, count in counted.items() if count)
        return f"Alignment of {self.one} and {self.other} by {self.measure}: cost {self.cost:.6g}, {told}"


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


def _told(run: list[Step], one: str, other: str) -> str:
    kind, count = run[0].kind, len(run)
    positions = f"{count} position" + ("" if count == 1 else "s")
    here, there = _span([step.at_one for step in run]), _span([step.at_other for step in run])
    cost = sum(step.cost for step in run)
    if kind == "kept":
        shifted = "" if here == there else f" (in {other}: {there})"
        price = f"; cost {cost:g}" if cost else ""
        return f"Kept: {positions} of {one}, {here}{shifted}{price}."
    price = f"cost {cost:g}" if count == 1 else f"cost {count} x {run[0].cost:g} = {cost:g}"
    if kind == "deleted":
        return f"Deleted from {one}: {positions}, {here}, {_states(run[0], 'one')}; {price}."
    if kind == "inserted":
        return f"Inserted from {other}: {positions}, {there}, {_states(run[0], 'other')}; {price}."
    what = " and ".join(f"{c.one} for {c.other} in {c.domain}" for c in run[0].changes if c.one != c.other)
    shifted = "" if here == there else f" (in {other}: {there})"
    return f"Substituted: {positions}, {here}{shifted}, {what}; {price}."


def _states(step: Step, side: Literal["one", "other"]) -> str:
    if len(step.changes) == 1:
        return str(getattr(step.changes[0], side))
    return ", ".join(f"{change.domain}: {getattr(change, side)}" for change in step.changes)


def _span(places: list[str | int | None]) -> str:
    first, last = places[0], places[-1]
    return f"at {first}" if first == last else f"from {first} to {last}"
