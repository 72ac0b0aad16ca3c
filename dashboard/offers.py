"""What the controls offer for one study: the domains, events, years, attributes and cohorts it really has."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from trajectories.coding.study import Study

Choice = tuple[str, str]
"""A value and the words for it."""

MEASURES: tuple[Choice, ...] = (
    ("optimal_matching", "Optimal matching (order and timing)"),
    ("hamming", "Hamming (same state, same moment)"),
    ("dynamic_hamming", "Dynamic Hamming (timing weighs most)"),
    ("longest_common_subsequence", "Longest common subsequence (order)"),
)
COSTS: tuple[Choice, ...] = (
    ("transition", "From observed transitions"),
    ("constant", "The same for every change"),
)
METHODS: tuple[Choice, ...] = (
    ("pam", "Around medoids (PAM)"),
    ("ward", "Hierarchical (Ward)"),
    ("average", "Hierarchical (average)"),
)
SORTS: tuple[Choice, ...] = (
    ("first_change", "First change"),
    ("start", "States from the start"),
    ("end", "States from the end"),
    ("typical", "Most typical first"),
)
RULES: tuple[Choice, ...] = (
    ("information", "More where lives differ"),
    ("equalised", "The same share for each"),
)
"""How much each domain counts, found by rule."""
BY_HAND = "hand"
"""Weights of domains as numbers, those of the plan."""
PLANNED = "planned"
"""Costs that the plan tells more of than a control can show."""
COSTLESS = ("dynamic_hamming", "longest_common_subsequence")
"""Measures that bring their own costs."""


def measures_with(own: str) -> tuple[Choice, ...]:
    """The measures to choose from, and the plan's own where it is another."""
    return MEASURES if own in dict(MEASURES) else (*MEASURES, (own, own.replace("_", " ").capitalize()))


def methods_with(own: str) -> tuple[Choice, ...]:
    """The ways to find types, and the plan's own where it is another."""
    others = {"combined": "Domains typed each alone, merged", "crossed": "Domains typed each alone, crossed",
              "ward_d": "Hierarchical (Ward D)", "complete": "Hierarchical (complete)",
              "flexible": "Hierarchical (beta-flexible)"}  # fmt: skip
    return METHODS if own in dict(METHODS) else (*METHODS, (own, others.get(own, own)))


def costs_with(own: str) -> tuple[Choice, ...]:
    """The kinds of costs to choose from, and those that the plan states."""
    return (*COSTS, (PLANNED, "As the plan states them")) if own == PLANNED else COSTS


def weights_with(by_hand: Mapping[str, float], domains: tuple[Choice, ...]) -> tuple[Choice, ...]:
    """How much each domain counts: the plan's numbers, told where they differ, and the rules."""
    told = ", ".join(f"{label} {by_hand.get(name, 1.0):g}" for name, label in domains)
    even = len({by_hand.get(name, 1.0) for name, _ in domains}) < 2
    return ((BY_HAND, "All alike" if even else f"By hand: {told}"), *RULES)


@dataclass(frozen=True)
class Filter:
    """What people may be filtered by: an attribute of the codebook, or the states of a domain."""

    name: str
    label: str
    values: tuple[Choice, ...]


@dataclass(frozen=True)
class Offers:
    """Everything that may be chosen."""

    domains: tuple[Choice, ...]
    events: tuple[Choice, ...]
    schemes: tuple[Choice, ...]
    filters: tuple[Filter, ...]
    states: tuple[Filter, ...]
    """Each domain with its states, for who was ever in one of them."""
    years: tuple[int, int]
    """First and last calendar year of the slider."""
    usual_years: tuple[int, int]
    """A calendar window over which about three quarters of the people are observed to the end."""

    @classmethod
    def of(cls, study: Study) -> Offers:
        """Read off a study what there is to choose."""
        last = sorted(_year(p.interview.earliest) for p in study.people if p.interview.is_known)
        first = [_year(date) for e in study.episodes if (date := e.start.earliest) is not None]
        newest = last[-1] if last else dt.date.today().year
        end = last[len(last) // 4] - 1 if last else newest
        begin = max(min(first, default=newest - 10), newest - 25)
        return cls(
            domains=tuple((domain.name, domain.label) for domain in study.codebook.domains),
            events=_events(study),
            schemes=tuple((name, scheme.label) for name, scheme in study.cohorts.items()),
            filters=_filters(study),
            states=tuple(Filter(domain.name, domain.label or domain.name, tuple(domain.labels.items()))
                         for domain in study.codebook.domains),
            years=(min(begin, end - 1), max(newest, end)),
            usual_years=(max(begin, end - 5), end),
        )


def _events(study: Study) -> tuple[Choice, ...]:
    """Kinds of event that divide cohorts or that at least two people have, in the codebook's order."""
    people: dict[str, set[str]] = {}
    for event in study.events:
        people.setdefault(event.kind, set()).add(event.person)
    labels = {kind.name: kind.label for kind in study.codebook.events}
    known = [*labels, *(kind for kind in people if kind not in labels)]
    divide = {scheme.event for scheme in study.cohorts.values()}
    offered = [kind for kind in known if len(people.get(kind, ())) > 1 or (kind in divide and kind in people)]
    return tuple((kind, labels.get(kind, kind)) for kind in offered)


def _filters(study: Study) -> tuple[Filter, ...]:
    """Attributes with listed values of which at least two occur."""
    found = []
    for attribute in study.codebook.attributes:
        present = {person.attributes.get(attribute.name) for person in study.people}
        values = tuple((v, label) for v, label in (attribute.values or {}).items() if v in present)
        if len(values) > 1:
            found.append(Filter(attribute.name, attribute.label, values))
    return tuple(found)


def _year(ordinal: int | None) -> int:
    return dt.date.fromordinal(ordinal or 1).year
