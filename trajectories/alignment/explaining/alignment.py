"""The alignment of two lives, step by step, in the study's own words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from math import sqrt
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    import pandas as pd

Kind = Literal["kept", "substituted", "deleted", "inserted"]
KINDS: tuple[Kind, ...] = ("kept", "substituted", "deleted", "inserted")
Where: TypeAlias = str | int | float | None
"""A position of the grid, or the time of events; None where there is none."""


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
    at_one: Where
    at_other: Where
    changes: tuple[Change, ...]
    until: Where = None
    """The last position where the step is an interval of several (of shares of time)."""

    @property
    def cost(self) -> float:
        """What the step costs in all domains together."""
        return sum(change.cost for change in self.changes)


@dataclass(frozen=True)
class Alignment:
    """How ``one`` life is turned into the ``other``, step by step, at the least cost.

    ``cost`` is the dissimilarity without normalisation: the sum of the steps, or its square root where the
    measure is one (``root``). ``rule`` says in a sentence what else there is to know about what a step costs;
    ``normalised`` is the dissimilarity of a measure with a norm. ``labels`` are those of the domains.
    ``of`` says what is compared: ``positions``; ``events``, where a step is a moment and each of its changes
    an event; ``shares`` of time, where a step is an interval and each of its changes a state. Where several
    ways cost the same, this is one of them: substitutions are preferred to insertions and deletions.
    """

    one: str
    other: str
    measure: str
    steps: tuple[Step, ...]
    root: bool = False
    rule: str = ""
    normalised: float | None = None
    labels: Mapping[str, str] = field(default_factory=dict)
    of: Literal["positions", "events", "shares"] = "positions"
    unit: str = "position"
    """What one position is called: a month, a quarter, a year."""

    @property
    def added(self) -> float:
        """What the steps add up to."""
        return sum(step.cost for step in self.steps)

    @property
    def cost(self) -> float:
        return sqrt(self.added) if self.root else self.added

    def label(self, domain: str) -> str:
        """What a domain is called."""
        return self.labels.get(domain) or domain

    def by_domain(self) -> dict[str, float]:
        """How much each domain adds to the cost (of a square root, by its share of what is added up)."""
        found: dict[str, float] = {}
        for step in self.steps:
            for change in step.changes:
                found[change.domain] = found.get(change.domain, 0.0) + change.cost
        scale = self.cost / (self.added or 1.0) if self.root else 1.0
        return {domain: scale * cost for domain, cost in found.items()}

    def times(self, weight: float) -> Alignment:
        """The same alignment with every cost times a weight."""
        factor = weight**2 if self.root else weight
        steps = tuple(
            replace(step, changes=tuple(replace(one, cost=factor * one.cost) for one in step.changes))
            for step in self.steps
        )
        whole = None if self.normalised is None else weight * self.normalised
        return replace(self, steps=steps, normalised=whole)

    def table(self) -> pd.DataFrame:
        """A row per step and domain: step, kind, at_one, at_other (positions), domain, one, other (states),
        cost."""
        import pandas as pd

        rows = [(number, step.kind, step.at_one, step.at_other, c.domain, c.one, c.other, c.cost)
                for number, step in enumerate(self.steps, 1) for c in step.changes]  # fmt: skip
        columns = ["step", "kind", "at_one", "at_other", "domain", "one", "other", "cost"]
        return pd.DataFrame(rows, columns=columns).astype({"at_one": object, "at_other": object})

    def sentences(self) -> tuple[str, ...]:
        """The alignment told: runs of equal steps in a sentence each, then what they cost together."""
        from trajectories.alignment.explaining.sentences import sentences_of

        return sentences_of(self)

    def __repr__(self) -> str:
        counted = {kind: sum(step.kind == kind for step in self.steps) for kind in KINDS}
        told = ", ".join(f"{count} {kind}" for kind, count in counted.items() if count)
        return f"Alignment of {self.one} and {self.other} by {self.measure}: cost {self.cost:.6g}, {told}"
