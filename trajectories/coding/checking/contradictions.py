"""Dates of a life that contradict each other whatever days they turn out to be."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from trajectories.coding.biography import Biography, Event
from trajectories.coding.dating.dates import FuzzyDate
from trajectories.coding.dating.life_moments import Moments, moments_of
from trajectories.coding.dating.moments import ContradictionError
from trajectories.coding.problems import Problem
from trajectories.coding.study import Study
from trajectories.errors import StudyError

TOLD_ELSEWHERE = frozenset(
    {"after_interview", "before_birth", "event_disagrees", "order_of_dates", "overlap"}
)
"""Rules that name the contradiction of two dates themselves, and more plainly."""


def contradictions(study: Study, besides: Collection[str] = ()) -> Iterator[Problem]:
    """Lives whose dates cannot all be true: an order of moments that no choice of days allows; the first such
    place of each person.

    People in ``besides`` are passed over: what contradicts itself in their lives is told already.
    """
    plain = _plain_people(study)
    for person in dict.fromkeys(study.ids):
        if person in besides or person in plain or not _may_contradict(study.biography(person), study):
            continue
        found = _moments(person, study)
        if isinstance(found, ContradictionError):
            place = (found.source.file, found.source.line, found.person)
            yield Problem("error", *place, found.what, found.hint, "contradiction")


def stated_orders(study: Study) -> Iterator[Problem]:
    """Events that lie for certain before every event which the study says comes first (``dates: before``)."""
    told: dict[tuple[str, str], list[Event]] = {}
    for event in sorted((one for one in study.events if one.date.is_known), key=lambda e: e.date.window):
        told.setdefault((event.person, event.kind), []).append(event)
    for first, second in study.dates.before:
        for (person, kind), events in told.items():
            earliest = next(iter(told.get((person, first), ())), None)
            if kind != second or earliest is None:
                continue
            for event in events:
                if event.date.window[1] < earliest.date.window[0]:
                    what = (f"event {second!r} ({event.date.text}) lies before every {first!r} (first: "
                            f"{earliest.date.text}), but the study says that {first!r} comes before it")
                    hint = (f"That one is {earliest.source.file}:{earliest.source.line}. Correct one of the "
                            f"two dates, or code the {first!r} that is missing.")  # fmt: skip
                    yield Problem.at(event.source, "warning", person, what, hint, "stated_order")


def all_moments(study: Study) -> dict[str, Moments]:
    """The moments of every life of a study, by person.

    Raises StudyError with the first contradiction, file and line, and the number of people who have one.
    """
    everybody = [_moments(person, study) for person in dict.fromkeys(study.ids)]
    refused = [found for found in everybody if isinstance(found, ContradictionError)]
    if refused:
        more = f" The same holds for {len(refused) - 1} more of {len(everybody)} people."
        raise StudyError(f"{refused[0]}{more if refused[1:] else ''}")
    return {found.id: found for found in everybody if isinstance(found, Moments)}


def _moments(person: str, study: Study) -> Moments | ContradictionError:
    domains = [domain.name for domain in study.codebook.domains]
    try:
        return moments_of(study.biography(person), domains, study.dates.before)
    except ContradictionError as refusal:
        return refusal


def _plain_people(study: Study) -> set[str]:
    """People whose episodes follow one another from birth on, no two of them tied: nothing contradicts."""
    tied = {episode.person for episode in study.episodes if episode.event_id}
    if study.dates.before:
        tied |= {event.person for event in study.events}
    born = {person.id: person.birth for person in study.people}
    broken = {strand.person for strand in study.strands
              if not strand.unbroken or not _rising([born[strand.person], *strand.outer_dates])}  # fmt: skip
    return {*study.ids} - tied - broken


def _may_contradict(life: Biography, study: Study) -> bool:
    """Whether a life is worth working out: moments of it are tied across domains, or the dates of one domain
    do not rise. What is left has an order for certain."""
    if any(episode.event_id for episode in life.episodes) or (study.dates.before and life.events):
        return True
    born = life.person.birth
    return any(not _rising([born, *(date for episode in life.in_domain(domain.name)
                                    for date in (episode.start, episode.end))])
               for domain in study.codebook.domains)  # fmt: skip


def _rising(dates: list[FuzzyDate]) -> bool:
    """Whether each date may lie on or after all before it."""
    low = 0
    for date in dates:
        if date.is_known:
            first, last = date.window
            if last < low:
                return False
            low = max(low, first)
    return True
