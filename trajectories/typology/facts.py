"""Plain facts about people, by which types can be described: what holds for whom, and how much."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from trajectories.coding.study import Study
from trajectories.sequences.sequences import MISSING, VOID, Sequences, States

Basis = Literal["lives", "domain", "event", "cohort", "attribute"]
Floats = NDArray[np.float64]
PLACE = "location"
"""The domain in which leaving, moving on and going back are looked for."""


class Division(Protocol):
    """A division of people into groups, such as ``cohorts`` makes."""

    @property
    def ids(self) -> tuple[str, ...]: ...
    @property
    def codes(self) -> NDArray[np.int64]: ...
    @property
    def labels(self) -> tuple[str, ...]: ...
    @property
    def label(self) -> str: ...


@dataclass(frozen=True, eq=False)
class Fact:
    """One thing that can be said of everybody: ``values`` (people,) are 1 or 0 (``yes``), or numbers; nan is
    unknown."""

    basis: Basis
    """``lives``: what types are made of; the others lie beside it, ``domain`` in domains not aligned."""
    domain: str
    """The domain, attribute or event it is about."""
    code: str
    """The state or value, and what of it: ``paused``, ``paused:time``."""
    label: str
    kind: Literal["yes", "share", "number", "day"]
    values: Floats


def facts_of_lives(lives: Sequences, made_of: Collection[str]) -> list[Fact]:
    """For each state of each domain, who was ever in it and for which share of their known positions; and how
    often the state of a domain changed. On a clock that runs from an event, from that event on. ``made_of``
    are the domains that the types were found by."""
    found = []
    for layer, domain in enumerate(lives.domains):
        states = since_event(lives)[:, layer, :]
        basis: Basis = "lives" if domain.name in made_of else "domain"
        known = (states >= 0).sum(axis=1)
        for number, state in enumerate(domain.states):
            time = (states == number).sum(axis=1)
            ever, share = np.where(known, time > 0, np.nan), _over(time, known)
            named, timed = f"{domain.label}: {state.label}", f"{domain.label}: time in {state.label}"
            found.append(Fact(basis, domain.name, state.code, named, "yes", ever))
            found.append(Fact(basis, domain.name, f"{state.code}:time", timed, "share", share))
        changes = np.where(known, _changes(states), np.nan)
        found.append(Fact(basis, domain.name, "changes", f"{domain.label}: changes", "number", changes))
    return found


def facts_of_attributes(study: Study, ids: Sequence[str]) -> list[Fact]:
    """For each listed value of each of the codebook's attributes, who has it; empty is unknown."""
    people = {person.id: person for person in study.people}
    found = []
    for attribute in study.codebook.attributes:
        given = [people[person].attributes.get(attribute.name, "") for person in ids]
        known = np.array([bool(value) for value in given])
        for value, label in (attribute.values or {}).items():
            holds = np.array([one == value for one in given])
            values = np.where(known, holds, np.nan)
            found.append(
                Fact("attribute", attribute.name, value, f"{attribute.label}: {label}", "yes", values)
            )
    return found


def facts_of_groups(groups: Division, ids: Sequence[str]) -> list[Fact]:
    """Who is in which group; people without a group (ambiguous or outside) are unknown."""
    code = dict(zip(groups.ids, groups.codes.tolist(), strict=True))
    codes = np.array([code.get(person, -1) for person in ids])
    return [
        Fact("cohort", groups.label, label, f"{groups.label}: {label}", "yes",
             np.where(codes >= 0, codes == group, np.nan))
        for group, label in enumerate(groups.labels)
    ]  # fmt: skip


def since_event(lives: Sequences) -> States:
    """The states from the event on that the clock runs from; all of them on other clocks."""
    if lives.grid.clock != "since":
        return lives.states
    after = np.array([int(position) >= 0 for position in lives.positions])
    return lives.states[:, :, after]


def _changes(states: States) -> NDArray[np.int64]:
    """How often the known state changes, (people,), passing over missing and void positions."""
    changed = np.zeros(len(states), dtype=np.int64)
    last = np.full(len(states), MISSING, dtype=np.int64)
    for column in states.T:
        known = (column != MISSING) & (column != VOID)
        changed += known & (last >= 0) & (column != last)
        last = np.where(known, column, last)
    return changed


def _over(above: NDArray[np.int64], below: NDArray[np.int64]) -> Floats:
    return np.asarray(np.divide(above, below, out=np.full(len(below), np.nan), where=below > 0))
