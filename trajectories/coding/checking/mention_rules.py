"""Rules about how long one mention can speak: a feeling told once is not a feeling held for years."""

from __future__ import annotations

from collections.abc import Iterator

from trajectories.coding.biography import Episode, Person
from trajectories.coding.checking.time_rules import in_words
from trajectories.coding.dating.chronology import last_observed_day
from trajectories.coding.problems import Problem, Severity
from trajectories.coding.study import Study

USUAL_LIMITS = {"emotion": 24.0}
"""Months from which on a domain is asked about when the codebook gives it no ``fill_limit``."""
_MONTH = 30.4375


def held_too_long(study: Study) -> Iterator[Problem]:
    """States held for certain for longer than one mention can speak (``fill_limit`` of the domain)."""
    limits = {
        domain.name: domain.fill_limit or USUAL_LIMITS.get(domain.name) for domain in study.codebook.domains
    }
    stated = {domain.name for domain in study.codebook.domains if domain.fill_limit}
    people = {person.id: person for person in study.people}
    for strand in study.strands:
        if (limit := limits.get(strand.domain)) is None:
            continue
        for episode in strand.episodes:
            days = certain_days(episode, people[strand.person])
            if days > limit * _MONTH:
                yield _too_long(episode, days, limit, "warning" if strand.domain in stated else "note")


def certain_days(episode: Episode, person: Person) -> int:
    """Days an episode lasts at least, whatever its dates turn out to be; an open one until the interview."""
    end = last_observed_day(person) if episode.end.is_open else episode.end.earliest
    if episode.start.latest is None or end is None:
        return 0
    return max(0, end - episode.start.latest)


def _too_long(episode: Episode, days: int, limit: float, severity: Severity) -> Problem:
    what = (f"{episode.domain}: {episode.state} is held for at least {in_words(days)} from one mention "
            f"(one mention speaks for {limit:g} months)")  # fmt: skip
    hint = "Code each mention as an episode of its own, and leave uncoded what nobody spoke of."
    return Problem.at(episode.source, severity, episode.person, what, hint, "held_too_long")
