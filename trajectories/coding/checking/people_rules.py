"""Rules about who is in the study and whether anything is coded about them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from trajectories.coding.biography import Episode, Event, Person, Source, Tie
from trajectories.coding.checking.alike_rules import bare_id
from trajectories.coding.problems import Problem
from trajectories.coding.study import Study


def empty_study(study: Study) -> Iterator[Problem]:
    """A study without people."""
    if not study.people:
        hint = "Name their files: 'biographies: biographies/*.yaml', or 'tables: {persons: persons.csv}'."
        yield Problem("error", next(iter(study.files), ""), 0, "", "there are no people in this study",
                      hint, "empty_study")


def duplicate_people(study: Study) -> Iterator[Problem]:
    """Two people with one id."""
    first: dict[str, Source] = {}
    for person in study.people:
        if person.id in first:
            what = f"there is a second person {person.id!r}"
            yield _twice(person.source, first[person.id], person.id, what)
        first.setdefault(person.id, person.source)


def duplicate_events(study: Study) -> Iterator[Problem]:
    """Two events of one person with one id."""
    first: dict[tuple[str, str], Source] = {}
    for event in study.events:
        key = (event.person, event.event_id)
        if event.event_id and key in first:
            what = f"there is a second event with the id {event.event_id!r}"
            yield _twice(event.source, first[key], event.person, what)
        first.setdefault(key, event.source)


def _twice(source: Source, first: Source, person: str, what: str) -> Problem:
    return Problem.at(source, "error", person, what,
                   f"The first is {first.file}:{first.line}; give one of them another id.", "duplicate_id")


def strangers(study: Study) -> Iterator[Problem]:
    """Episodes, events or ties of somebody who is not among the people; told once a file and person."""
    known = set(study.ids)
    found: dict[tuple[str, str], list[Episode | Event | Tie]] = defaultdict(list)
    codings: tuple[tuple[Episode | Event | Tie, ...], ...] = (study.episodes, study.events, study.ties)
    for coding in (coding for kind in codings for coding in kind if coding.person not in known):
        found[coding.person, coding.source.file].append(coding)
    written = {bare_id(person): person for person in sorted(known)} if found else {}
    for (person, file), rows in found.items():
        alike = written.get(bare_id(person))
        hint = f"Did you mean {alike!r}?" if alike else ""
        left = f"{len(rows)} entries of this file are" if len(rows) > 1 else "the entry is"
        yield Problem("error", file, min(row.source.line for row in rows), person,
                      f"there is no person {person!r} in this study; {left} left out",
                      hint or "Add the person, or correct the id.", "stranger")


def uncoded(study: Study) -> Iterator[Problem]:
    """People without episodes, and domains never coded for somebody."""
    coded = {(strand.person, strand.domain) for strand in study.strands}
    someone = {person for person, _ in coded}
    for person in _once(study):
        if person.id not in someone:
            yield Problem.at(person.source, "warning", person.id, "this person has no episodes",
                             "Code at least one domain; until then every state is unknown.", "no_episodes")
            continue
        for domain in study.codebook.domains:
            if (person.id, domain.name) not in coded:
                what = f"domain {domain.name!r} is never coded for this person"
                hint = "Every state in it is treated as unknown."
                yield Problem.at(person.source, "warning", person.id, what, hint, "uncoded_domain")


def _once(study: Study) -> Iterator[Person]:
    """The people, those with an id that was there before left out."""
    return iter({person.id: person for person in reversed(study.people)}.values())


def missing_departure(study: Study) -> Iterator[Problem]:
    """People without the event that the cohort schemes divide by (departure, unless they say otherwise)."""
    kinds = {kind.name for kind in study.codebook.events}
    wanted = {scheme.event for scheme in study.cohorts.values()} or {"departure"}
    dated = {(event.person, event.kind) for event in study.events if event.date.is_known}
    for kind in sorted(wanted & kinds):
        for person in _once(study):
            if (person.id, kind) not in dated:
                yield Problem.at(person.source, "note", person.id,
                                 f"there is no event {kind!r} with a date",
                                 "Without it the person has no cohort and no time since it.", "missing_event")
