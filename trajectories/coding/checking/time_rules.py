"""Rules about time: what contradicts itself whatever the imprecise dates turn out to be."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from trajectories.coding.biography import Episode, Event, Person, Source, Tie
from trajectories.coding.dating.chronology import shared_boundary
from trajectories.coding.dating.dates import FuzzyDate
from trajectories.coding.problems import Problem, Severity
from trajectories.coding.study import Study

_CORRECT = "Correct one of the two dates."


def person_dates(study: Study) -> Iterator[Problem]:
    """Born after the interview, observed only after it, or open episodes without any interview date."""
    open_ended = {episode.person for episode in study.episodes if episode.end.kind == "open"}
    for person in study.people:
        for name, date in (("birth", person.birth), ("observed", person.observed_from)):
            if _certainly_after(date, person.interview):
                what = f"{name} ({date.text}) lies after the interview ({person.interview.text})"
                yield Problem.at(person.source, "error", person.id, what, _CORRECT, "order_of_dates")
        ends = person.interview.is_known or person.observed_until.is_known
        if not ends and person.id in open_ended:
            what = "episodes go on (..) but there is no date of the interview"
            hint = "Give 'interview'; until then they end with the last coded day."
            yield Problem.at(person.source, "warning", person.id, what, hint, "no_interview")


def outside_life(study: Study) -> Iterator[Problem]:
    """Episodes, events and ties that certainly lie after the interview or before birth."""
    people = {person.id: person for person in study.people}
    for strand in study.strands:
        person = people[strand.person]
        source = strand.episodes[0].source
        if strand.unbroken and not any(_outside(person, source, date, "") for date in strand.outer_dates):
            continue
        for episode in strand.episodes:
            named = f"{episode.domain}: {episode.state}"
            if not (problem := _outside(person, episode.source, episode.start, f"{named} begins")):
                problem = _outside(person, episode.source, episode.end, f"{named} ends")
            if problem:
                yield problem
    moments: tuple[Event | Tie, ...] = (*study.events, *study.ties)
    for moment in moments:
        named = f"event {moment.kind!r}" if isinstance(moment, Event) else "this tie"
        known = people.get(moment.person)
        if known and (problem := _outside(known, moment.source, moment.date, f"{named} is dated")):
            yield problem


def _outside(person: Person, source: Source, date: FuzzyDate, lead: str) -> Problem | None:
    last = person.interview if person.interview.is_known else person.observed_until
    if _certainly_after(date, last):
        what = f"{lead} ({date.text}) after the interview ({last.text})"
        hint = "Write .. if it was still going on." if lead.endswith("ends") else _CORRECT
        return Problem.at(source, "error", person.id, what, hint, "after_interview")
    if _certainly_after(person.birth, date):
        what = f"{lead} ({date.text}) before birth ({person.birth.text})"
        return Problem.at(source, "error", person.id, what, _CORRECT, "before_birth")
    return None


def overlaps(study: Study) -> Iterator[Problem]:
    """Two episodes of one domain that share days even with the most favourable dates."""
    for episodes in _broken(study):
        for one, other in _followed(episodes, _certain_end):
            if days := certain_overlap(one, other):
                yield _overlap(one, other, days)


def certain_overlap(one: Episode, other: Episode) -> int:
    """Days that both episodes hold for certain, whatever their dates turn out to be; 0 if there may be none.

    ``other`` begins no earlier than ``one``. An episode that lies inside the other for certain counts at
    least a day.
    """
    if one.start.is_unknown or other.start.is_unknown:
        return 0
    begin = max(one.start.latest or 0, other.start.latest or 0)
    end = min(_certain_end(one), _certain_end(other))
    inside = other.end.is_known and (one.start.latest or 0) <= (other.start.earliest or 0) and (
        other.end.window[1] <= _certain_end(one)
    )
    return max(int(inside), end - begin)


def _certain_end(episode: Episode) -> int:
    """The first day on which it may have ended: an open one never, an unknown one at once."""
    return _NEVER if episode.end.is_open else episode.end.earliest or 0


def _possible_end(episode: Episode) -> int:
    """The last day on which it may have ended; an unknown end counts as soon as the episode has begun."""
    return _NEVER if episode.end.is_open else episode.end.latest or episode.start.latest or 0


def _followed(
    episodes: tuple[Episode, ...], end: Callable[[Episode], int]
) -> Iterator[tuple[Episode, Episode]]:
    """Each episode with the one before it that reaches furthest."""
    reaching: Episode | None = None
    for episode in episodes:
        if reaching is not None:
            yield reaching, episode
        if reaching is None or end(episode) >= end(reaching):
            reaching = episode


_NEVER = 10**7


def _overlap(one: Episode, other: Episode, days: int) -> Problem:
    length = f" for at least {in_words(days)}" if days < _NEVER // 2 else ""
    hint = f"The first is {one.source.file}:{one.source.line}; let it end where the other begins."
    if one.end.is_open:
        hint = f"The first ({one.source.file}:{one.source.line}) goes on (..); give it an end."
    hint = f"{_witnesses(one, other)}{hint}"
    return Problem.at(
        other.source, "error", other.person,
        f"{other.domain}: {one.state} (to {one.end.text}) and {other.state} (from {other.start.text}) "
        f"hold at the same time{length}", hint, "overlap",
    )


def _witnesses(one: Episode, other: Episode) -> str:
    """Who says the one and who the other, when it is not the same source or coder."""
    if one.source.document and other.source.document and one.source.document != other.source.document:
        return f"Two sources disagree ({one.source.document}, {other.source.document}). "
    if one.coder and other.coder and one.coder != other.coder:
        return f"Two coders disagree ({one.coder}, {other.coder}). "
    return ""


def gaps(study: Study) -> Iterator[Problem]:
    """Neighbouring episodes of one domain with days between them that nobody coded, for certain.

    In a domain of mentions (``fill_limit``) uncoded stretches are meant.
    """
    mentions = {domain.name for domain in study.codebook.domains if domain.fill_limit}
    for episodes in _broken(study):
        if episodes[0].domain in mentions:
            continue
        for one, other in _followed(episodes, _possible_end):
            if one.end.is_known and other.start.is_known and shared_boundary(one.end, other.start) is None:
                days = other.start.window[0] - one.end.window[1] - 1
                what = (f"{other.domain}: nothing is coded for at least {in_words(days)} between "
                        f"{one.state} (to {one.end.text}) and {other.state} (from {other.start.text})")
                hint = "It is treated as unknown. Code what was in between, or let both share the boundary."
                source = other.source
                yield Problem.at(source, "warning", other.person, what, hint, "gap")


def undated(study: Study) -> Iterator[Problem]:
    """Episodes without start and end, and lives whose first start or last end nobody knows."""
    for episodes in _broken(study):
        for episode in episodes:
            if not episode.is_placed:
                yield _note(episode, "warning", "has neither start nor end; it is left out",
                            "Give at least a year, such as 2015~, for one of them.")
        placed = [episode for episode in episodes if episode.is_placed]
        if placed and placed[0].start.is_unknown and not placed[0].event_id:
            yield _note(placed[0], "note", "has no start; it counts from the beginning of the observed time",
                        "Write .. if it was always so, or a rough date such as 2010~.")
        if placed and placed[-1].end.is_unknown:
            yield _note(placed[-1], "note", "has no end and nothing follows; how long it went on is unknown",
                        "Write .. if it still went on at the interview, or a rough date.")


def _note(episode: Episode, severity: Severity, what: str, hint: str) -> Problem:
    return Problem.at(
        episode.source, severity, episode.person,
        f"{episode.domain}: {episode.state} {what}", hint, "undated",
    )


def _broken(study: Study) -> Iterator[tuple[Episode, ...]]:
    """The episodes of each person and domain, in time order, where one does not simply follow the other."""
    return (strand.episodes for strand in study.strands if not strand.unbroken)


def _certainly_after(one: FuzzyDate, other: FuzzyDate) -> bool:
    return one.is_known and other.is_known and one.window[0] > other.window[1]


def in_words(days: int) -> str:
    """A length as one would say it: 12 days, 5 months, 3 years."""
    if days < 60:
        return f"{days} day" + ("" if days == 1 else "s")
    months = round(days / 30.44)
    return f"{months} months" if months < 24 else f"{days // 365} years"
