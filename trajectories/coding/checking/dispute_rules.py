"""Rules about contradictions between witnesses: two sources, or two coders, of one life."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from trajectories.coding.biography import Event, Source
from trajectories.coding.checking import code_rules, time_rules
from trajectories.coding.checking.coder_agreement import agreement, written
from trajectories.coding.problems import Problem
from trajectories.coding.study import Study

LOW = 0.6
"""Kappa below which coders are asked to talk (Landis and Koch 1977 call it less than substantial)."""


def events_disagree(study: Study) -> Iterator[Problem]:
    """One event that happens once, told by two sources with dates that cannot both be true."""
    once = {scheme.event for scheme in study.cohorts.values()} or {"departure"}
    told: dict[tuple[str, str], list[Event]] = defaultdict(list)
    for event in study.events:
        if event.kind in once and event.date.is_known and event.source.document:
            told[event.person, event.kind].append(event)
    for (person, kind), events in told.items():
        first = events[0]
        for other in events[1:]:
            if other.source.document != first.source.document and not _together(first, other):
                what = (f"two sources disagree about {kind!r}: {first.source.document} says "
                        f"{first.date.text}, {other.source.document} says {other.date.text}")  # fmt: skip
                hint = (f"The first is {_at(first.source)}. Decide which to follow, or write a date that "
                        "allows both (2022-03~).")  # fmt: skip
                yield Problem.at(other.source, "warning", person, what, hint, "sources_disagree")


def beginnings_disagree(study: Study) -> Iterator[Problem]:
    """Episodes that begin with an event, at a date on which the event cannot have been."""
    events = {(event.person, event.event_id): event for event in study.events if event.event_id}
    for episode in study.episodes if events else ():
        event = events.get((episode.person, episode.event_id)) if episode.event_id else None
        if event is None or not (event.date.is_known and episode.start.is_known):
            continue
        (first, last), (start, end) = event.date.window, episode.start.window
        if last + 1 < start or end + 1 < first:
            what = (f"{episode.domain}: {episode.state} begins ({episode.start.text}) with the event "
                    f"{episode.event_id!r}, which is dated {event.date.text}")  # fmt: skip
            hint = f"The event is {_at(event.source)}. One move has one date: correct one of the two."
            yield Problem.at(episode.source, "error", episode.person, what, hint, "event_disagrees")


def second_coding(study: Study) -> Iterator[Problem]:
    """What is wrong in the second coding itself, and people in it who are not in the first."""
    if study.second_coding is None:
        return
    known = set(study.ids)
    for person in study.second_coding.people:
        if person.id not in known:
            what = f"the second coding has a person {person.id!r} whom the first has not"
            yield Problem.at(person.source, "warning", person.id, what, "Correct the id.", "stranger")
    for rule in (code_rules.states, code_rules.confidence, time_rules.outside_life, time_rules.overlaps):
        yield from rule(study.second_coding)


def coders_disagree(study: Study) -> Iterator[Problem]:
    """Domains in which two coders of the same people agree little more than chance would."""
    if study.second_coding is None:
        return
    for row in agreement(study, draws=0).domains:
        if row.kappa is not None and row.kappa < LOW:
            what = (f"{row.domain}: two coders agree on {row.agreed:.0%} of {row.months:,.0f} months coded "
                    f"twice (kappa {written(row.kappa)}, {row.people} people)")  # fmt: skip
            hint = "trajectories check --agreement lists the months in dispute."
            yield Problem("warning", "", 0, "", what, hint, "coders_disagree")


def _together(one: Event, other: Event) -> bool:
    (first, last), (start, end) = one.date.window, other.date.window
    return first <= end and start <= last


def _at(source: Source) -> str:
    return f"{source.file}:{source.line}"
