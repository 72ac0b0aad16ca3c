"""From boundaries as remembered to days on a line: one order of stretches for each domain of a life."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import NamedTuple, TypeAlias

from trajectories.coding.biography import Biography, Episode, Event, Person
from trajectories.coding.dating.dates import FuzzyDate, PointRule, point_in

Window: TypeAlias = tuple[int, int]
"""First and last day something may have happened, both included, as proleptic ordinals."""


class Stretch(NamedTuple):
    """An episode with its days: from ``start`` to before ``end`` (half-open, proleptic ordinals).

    ``end`` is None when nobody knows how long it went on after it began and no later episode bounds it.
    """

    episode: Episode
    start: int
    end: int | None


class Boundary(NamedTuple):
    """A moment at which an episode ends, or begins, or one ends and the next begins, with the days it may be.
    """

    window: Window
    dates: tuple[FuzzyDate, ...]
    """What was told of it; empty where nothing was, and the window is what its neighbours leave."""
    ends: Episode | None
    begins: Episode | None


class Span(NamedTuple):
    """An episode with the places of its boundaries in the list of its domain; ``end`` is None if unknown."""

    episode: Episode
    start: int
    end: int | None


def timeline(biography: Biography, domain: str, rule: PointRule = "midpoint") -> tuple[Stretch, ...]:
    """The episodes of one domain as stretches of days, in order, none reaching into the next.

    Neighbouring episodes whose boundary windows overlap or touch share one boundary: the days both allow, or
    the day the second begins where the first is written inclusively (``../2022-02``, ``2022-03/..``). An open
    start is the beginning of the observed window, an open end the day after the interview (right-censored);
    an unknown end is the next start, an unknown start the end before it. Windows are then narrowed to what
    the order of the boundaries allows, and each gives one day by ``rule`` (midpoint, earliest, latest). An
    episode that others interrupt ends where the next begins (``check`` calls it an overlap); one without any
    date is left out.
    """
    found, spans = boundaries(biography, domain)
    return stretches(spans, _days([boundary.window for boundary in found], rule))


def stretches(spans: Iterable[Span], days: Sequence[int]) -> tuple[Stretch, ...]:
    """Episodes with the days that their boundaries were given."""
    return tuple(
        Stretch(episode, days[start], None if end is None else days[end]) for episode, start, end in spans
    )


def event_day(biography: Biography, kind: str, rule: PointRule = "midpoint") -> int | None:
    """The day of the first event of a kind, by rule, as a proleptic ordinal; None when there is none with a
    date."""
    date = event_date(biography, kind, rule)
    return None if date is None else date.point(rule)


def event_date(biography: Biography, kind: str, rule: PointRule = "midpoint") -> FuzzyDate | None:
    """The date of the first event of a kind as coded, with its window; None when there is none with a
    date."""
    dates = [event.date for event in biography.events if event.kind == kind and event.date.is_known]
    return min(dates, key=lambda date: date.point(rule), default=None)


def observed_window(biography: Biography) -> tuple[int, int]:
    """The stretch of life the coding speaks of: first day, and the day after the last (half-open, ordinals).

    It begins with ``observed``, else birth, else the first coded day; it ends with ``observed``, else the
    interview, else the last coded day. Imprecise dates count with their whole unit as written. Without any
    date: (0, 0).
    """
    person = biography.person
    coded = [date for date in _coded_dates(biography) if date.is_known]
    first = person.observed_from if person.observed_from.is_known else person.birth
    start = _core(first)[0] if first.is_known else min((_core(date)[0] for date in coded), default=0)
    last = last_observed_day(person) or max((_core(date)[1] for date in coded), default=-1)
    return start, max(start, last + 1)


def last_observed_day(person: Person) -> int | None:
    """The last day the coding can speak of: the end of ``observed`` or the interview, whichever is
    earlier."""
    days = [_core(date)[1] for date in (person.observed_until, person.interview) if date.is_known]
    return min(days, default=None)


def beginning(episode: Episode, events: dict[str, Event]) -> FuzzyDate:
    """When an episode begins: as coded, or by the event that begins it when that is dated more narrowly."""
    event = events.get(episode.event_id) if episode.event_id else None
    if event is None or not event.date.is_known:
        return episode.start
    if not episode.start.is_known or event.date.width < episode.start.width:
        return event.date
    return episode.start


def shared_boundary(end: FuzzyDate, start: FuzzyDate) -> Window | None:
    """The window of the one moment at which an episode ends and the next begins; None when a gap lies
    between.

    Written inclusively (the units touch): the day the second begins. Windows that overlap: the days both
    allow. An end that lies after the next start is cut there. A side that is open or unknown takes the other;
    both: None.
    """
    if not end.is_known or not start.is_known:
        return start.window if start.is_known else end.window if end.is_known else None
    if _core(end)[1] + 1 == _core(start)[0]:
        return _core(start)[0], _core(start)[0]
    (end_first, end_last), (start_first, start_last) = end.window, start.window
    if end_last < start_first:
        return (start_first, start_first) if end_last + 1 == start_first else None
    if start_last < end_first:
        return start.window
    return max(end_first, start_first), min(end_last, start_last)


def boundaries(biography: Biography, domain: str) -> tuple[list[Boundary], list[Span]]:
    """The boundaries of one domain in time order, and which of them are those of each episode (see
    ``timeline``)."""
    episodes = [episode for episode in biography.in_domain(domain) if episode.is_placed]
    first, last = observed_window(biography)
    if not episodes or not (first or last):
        return [], []
    events = {event.event_id: event for event in biography.events if event.event_id}
    starts = [beginning(episode, events) for episode in episodes]
    found = [_first_boundary(starts[0], episodes[0], first)]
    spans = []
    for one, other, start in zip(episodes, episodes[1:], starts[1:], strict=False):
        begins, before = len(found) - 1, found[-1].window[0]
        found += _between(one, other, start, (before, _unknown_until(other.end, last)))
        spans.append(Span(one, begins, begins + 1))
    begins = len(found) - 1
    if not episodes[-1].end.is_unknown:
        found.append(_last_boundary(episodes[-1], max(last, found[-1].window[0])))
    spans.append(Span(episodes[-1], begins, None if len(found) == begins + 1 else begins + 1))
    return found, spans


def _first_boundary(start: FuzzyDate, episode: Episode, first: int) -> Boundary:
    if start.is_known:
        return Boundary(start.window, (start,), None, episode)
    day = min(first, episode.end.window[0]) if episode.end.is_known else first
    return Boundary((day, day), (), None, episode)


def _between(one: Episode, other: Episode, start: FuzzyDate, otherwise: Window) -> list[Boundary]:
    """The one boundary that two neighbours share, or the two around a gap; ``otherwise`` is the window of one
    of which nothing was told."""
    shared = shared_boundary(one.end, start)
    if shared is not None:
        told = tuple(date for date in dict.fromkeys((one.end, start)) if date.is_known)
        return [Boundary(shared, told, one, other)]
    if one.end.is_known:
        return [Boundary(one.end.window, (one.end,), one, None),
                Boundary(start.window, (start,), None, other)]  # fmt: skip
    return [Boundary(otherwise, (), one, other)]


def _last_boundary(episode: Episode, day: int) -> Boundary:
    if episode.end.is_known:
        return Boundary(episode.end.window, (episode.end,), episode, None)
    return Boundary((day, day), (), episode, None)


def _unknown_until(end: FuzzyDate, last: int) -> int:
    return end.window[1] if end.is_known else last


def _days(windows: list[Window], rule: PointRule) -> list[int]:
    """One day for each window, in rising order: each window narrowed to what those before and after it
    allow."""
    firsts = list(accumulate((first for first, _ in windows), max))
    lasts = list(accumulate((last for _, last in reversed(windows)), min))[::-1]
    return [point_in(first, last, rule) for first, last in zip(firsts, lasts, strict=True)]


def _coded_dates(biography: Biography) -> list[FuzzyDate]:
    dates = [date for episode in biography.episodes for date in (episode.start, episode.end)]
    return dates + [event.date for event in biography.events] + [tie.date for tie in biography.ties]


def _core(date: FuzzyDate) -> Window:
    """The unit as written, without the doubt around it."""
    return date.core_earliest or 0, date.core_latest or 0
