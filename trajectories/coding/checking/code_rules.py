"""Rules about codes: everything coded must be in the codebook."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from trajectories.coding.biography import Episode, Event
from trajectories.coding.problems import Problem, choices, nearest
from trajectories.coding.study import Study

CONFIDENCE = ("high", "medium", "low")


def states(study: Study) -> Iterator[Problem]:
    """Domains and states that the codebook does not have."""
    codes = {domain.name: frozenset(domain.codes) for domain in study.codebook.domains}
    coded = {(episode.domain, episode.state) for episode in study.episodes}
    if all(state in codes.get(domain, ()) for domain, state in coded):
        return
    for episode in study.episodes:
        if episode.state in codes.get(episode.domain, ()):
            continue
        if episode.domain not in codes:
            what = f"there is no domain {episode.domain!r}"
            hint = _choices(episode.domain, tuple(codes), "There are")
            yield Problem.at(episode.source, "error", episode.person, what, hint, "unknown_domain")
        else:
            what = f"domain {episode.domain!r} has no state {episode.state!r}"
            hint = _state_hint(study, episode.domain, episode.state)
            yield Problem.at(episode.source, "error", episode.person, what, hint, "unknown_state")


def _state_hint(study: Study, name: str, code: str) -> str:
    """The states there are: those under the same top-level code when that is known, else the top-level
    ones."""
    domain = study.codebook.domain(name)
    top = domain.top(code)
    if top in domain.alphabet and "." in code:
        below = tuple(other for other in domain.codes if other.startswith(f"{top}."))
        if not below:
            return f"{top!r} has no sub-codes; write {top}."
        return _choices(code, below, f"Under {top!r} there are")
    if "." in code:
        listed = f"It has {', '.join(domain.alphabet)}."
        return f"{listed} {nearest(code, domain.codes)}".strip()
    return _choices(code, domain.alphabet)


def event_kinds(study: Study) -> Iterator[Problem]:
    """Kinds of event that the codebook does not have."""
    kinds = tuple(kind.name for kind in study.codebook.events)
    for event in study.events:
        if event.kind not in kinds:
            hint = _choices(event.kind, kinds, "There are")
            yield Problem.at(event.source, "error", event.person,
                             f"there is no kind of event {event.kind!r}", hint, "unknown_event")


def event_ids(study: Study) -> Iterator[Problem]:
    """Episodes that begin with an event nobody coded."""
    ids: dict[str, list[str]] = {}
    for event in study.events:
        if event.event_id:
            ids.setdefault(event.person, []).append(event.event_id)
    for episode in [episode for episode in study.episodes if episode.event_id]:
        own = ids.get(episode.person, [])
        if episode.event_id not in own:
            hint = _choices(episode.event_id, tuple(own), "There are") if own else "Give the event this id."
            yield Problem.at(episode.source, "error", episode.person,
                             f"this person has no event with the id {episode.event_id!r}", hint,
                             "unknown_event_id")


def attributes(study: Study) -> Iterator[Problem]:
    """Attribute values that the codebook does not have."""
    allowed = {one.name: tuple(one.values) for one in study.codebook.attributes if one.values is not None}
    for person in study.people:
        for name, value in person.attributes.items():
            if name in allowed and value not in allowed[name]:
                yield Problem.at(person.source, "warning", person.id,
                                 f"attribute {name!r} has no value {value!r}", _choices(value, allowed[name]),
                                 "unknown_value")


def ties(study: Study) -> Iterator[Problem]:
    """Words in support ties that the codebook's vocabulary does not have."""
    for tie in study.ties:
        for field, allowed in study.codebook.ties.items():
            value = getattr(tie, field, "")
            if value and value not in allowed:
                yield Problem.at(tie.source, "warning", tie.person,
                                 f"ties: {field!r} has no value {value!r}", _choices(value, allowed),
                                 "unknown_value")


def confidence(study: Study) -> Iterator[Problem]:
    """Confidence is high, medium or low."""
    allowed = ("", *CONFIDENCE)
    codings: list[Episode | Event] = [one for one in study.episodes if one.confidence not in allowed]
    codings += [one for one in study.events if one.confidence not in allowed]
    for coding in codings:
        yield Problem.at(coding.source, "warning", coding.person,
                         f"confidence cannot be {coding.confidence!r}",
                         _choices(coding.confidence, CONFIDENCE, "It may be"), "unknown_value")


@lru_cache(maxsize=4096)
def _choices(word: str, names: tuple[str, ...], lead: str = "It has") -> str:
    return choices(word, names, lead)
