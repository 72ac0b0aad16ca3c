"""The map of what is missing: how many people of each group are coded in each domain, and for how long."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from trajectories.coding.biography import Person
from trajectories.coding.dating.chronology import observed_window, timeline
from trajectories.coding.problems import Problem
from trajectories.coding.study import Study

SMALLEST_GROUP = 3
"""From so many people on a group without any coding is asked about."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """One domain in one group: how many people, how many of them coded in it."""

    attribute: str
    """Empty for everybody together."""
    value: str
    domain: str
    people: int
    coded: int
    """People with at least one episode in the domain."""

    @property
    def share(self) -> float:
        """Share of the people who are coded in the domain."""
        return self.coded / self.people if self.people else 0.0


def coverage(study: Study) -> tuple[Coverage, ...]:
    """For everybody, and for each value of each attribute: people, and people coded, in each domain."""
    coded = {(strand.person, strand.domain) for strand in study.strands}
    rows = []
    for attribute, value, people in groups(study):
        for domain in study.codebook.domains:
            n = sum((person.id, domain.name) in coded for person in people)
            rows.append(Coverage(attribute, value, domain.name, len(people), n))
    return tuple(rows)


def groups(study: Study) -> Iterator[tuple[str, str, tuple[Person, ...]]]:
    """Everybody, then the people of each attribute value in the codebook's order; empty groups left out."""
    people = tuple({person.id: person for person in study.people}.values())
    yield "", "", people
    for attribute in study.codebook.attributes:
        for value in attribute.values or ():
            inside = tuple(person for person in people if person.attributes.get(attribute.name) == value)
            if inside:
                yield attribute.name, value, inside


def coded_share(study: Study, people: tuple[Person, ...], domain: str) -> float:
    """Share of the observed time of these people for which a state is coded in the domain (0 to 1)."""
    coded = observed = 0
    for person in people:
        life = study.biography(person.id)
        first, last = observed_window(life)
        observed += last - first
        for stretch in timeline(life, domain, study.dates.point):
            if stretch.end is not None:
                coded += max(0, min(stretch.end, last) - max(stretch.start, first))
    return coded / observed if observed else 0.0


def never_coded_groups(study: Study) -> Iterator[Problem]:
    """Groups of people in which a domain is never coded, though it is for most of the others."""
    rows = coverage(study)
    everybody = {row.domain: row for row in rows if not row.attribute}
    for row in rows:
        all_of_them = everybody[row.domain]
        others = all_of_them.people - row.people
        if row.coded or row.people < SMALLEST_GROUP or 2 * all_of_them.coded < others or not others:
            continue
        what = (f"domain {row.domain!r} is never coded for the {row.people} people with {row.attribute}: "
                f"{row.value}, but for {all_of_them.coded} of the other {others}")  # fmt: skip
        hint = "Groups that were asked different things cannot be compared in this domain."
        yield Problem("warning", "", 0, "", what, hint, "never_coded_group")
