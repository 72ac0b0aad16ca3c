"""The moments of one life whose days are not certain: each with its window, and which comes before which."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from trajectories.coding.biography import Biography, Episode, Event
from trajectories.coding.dating.chronology import Boundary, Span, Window, boundaries
from trajectories.coding.dating.dates import FuzzyDate
from trajectories.coding.dating.moments import Key, Moment, Pair, binding, narrowed, numbered, together_as_one


@dataclass(frozen=True)
class Moments:
    """All moments of one life and what hangs on each, numbered so that nothing comes before what it follows.

    ``order`` lists the pairs (i, j) of which i comes before j or on the same day; pairs whose windows leave
    no other way, and pairs that follow from others, are not in it. Every window is narrowed until each of
    its days has a day for every other moment that keeps the order.
    """

    id: str
    moments: tuple[Moment, ...]
    order: tuple[Pair, ...]
    spans: Mapping[str, tuple[Span, ...]]
    """The episodes of each domain, with the numbers of their moments."""
    events: tuple[tuple[str, int], ...]
    """Kind and moment of every event with a date."""
    birth: int | None


def moments_of(biography: Biography, domains: Iterable[str],
               before: Iterable[tuple[str, str]] = ()) -> Moments:
    """The moments of a life in some domains, with what is known of their order.

    Neighbouring episodes share a boundary. Everything that begins with one coded event is one moment, in
    whatever domain; so is an episode whose first date is the person's birth, told in the same words.
    Boundaries of a domain rise. ``before`` names kinds of event: each event of the second kind comes after
    the event of the first kind that was told last before it (by the middle of the unit as written), or,
    where there is none, after the first one that may lie before it. Nothing told in an interview lies after
    it.

    Raises StudyError that names the dates which contradict each other.
    """
    gathered = _Gathered(biography)
    for domain in domains:
        gathered.add_domain(domain)
    for event in biography.events:
        gathered.add_event(event)
    gathered.add_birth()
    for first, second in before:
        gathered.pairs += _stated(biography, first, second)
    return gathered.settled()


class _Gathered:
    """What was told of each moment of a life, by the name of the moment."""

    def __init__(self, biography: Biography) -> None:
        self.biography = biography
        self.told: dict[Key, list[Moment]] = {}
        self.pairs: list[tuple[Key, Key]] = []
        self.spans: dict[str, list[tuple[Episode, Key, Key | None]]] = {}
        self.events: list[tuple[str, Key]] = []

    def add_domain(self, domain: str) -> None:
        found, spans = boundaries(self.biography, domain)
        keys = [self._key(domain, i, boundary) for i, boundary in enumerate(found)]
        reach = _reach(found)
        for key, boundary in zip(keys, found, strict=True):
            self.told.setdefault(key, []).append(self._boundary_told(domain, boundary, key, reach))
        self.pairs += pairwise(keys)
        self.spans[domain] = [
            (episode, keys[start], None if end is None else keys[end]) for episode, start, end in spans
        ]

    def add_event(self, event: Event) -> None:
        if event.date.is_known:
            key = _event_key(self.biography, event)
            told = Moment(event.date.window, (event.date,), f"event {event.kind!r}", event.source)
            self.told.setdefault(key, []).append(self._before_interview(told))
            self.events.append((event.kind, key))

    def add_birth(self) -> None:
        person = self.biography.person
        if person.birth.is_known:
            told = Moment(person.birth.window, (person.birth,), "birth", person.source)
            self.told.setdefault(_BIRTH, []).append(self._before_interview(told))
            first = [start for spans in self.spans.values() for _, start, _ in spans[:1]]
            self.pairs += [(_BIRTH, key) for key in first if any(told.dates for told in self.told[key])]

    def settled(self) -> Moments:
        """Number the moments in time order and narrow their windows."""
        number, sorted_keys = numbered(self.told, self.pairs)
        together: list[list[Moment]] = [[] for _ in range(max(number.values(), default=-1) + 1)]
        for key in sorted_keys:
            together[number[key]] += self.told[key]
        moments = [together_as_one(self.biography.id, told) for told in together]
        pairs = sorted({(number[a], number[b]) for a, b in self.pairs if number[a] != number[b]})
        moments = narrowed(self.biography.id, moments, pairs)
        return Moments(
            self.biography.id,
            tuple(moments),
            binding(moments, pairs),
            {domain: tuple(Span(episode, number[start], None if end is None else number[end])
                           for episode, start, end in spans) for domain, spans in self.spans.items()},
            tuple((kind, number[key]) for kind, key in self.events),
            number.get(_BIRTH),
        )  # fmt: skip

    def _key(self, domain: str, place: int, boundary: Boundary) -> Key:
        begins = boundary.begins
        if begins is not None and begins.event_id and (boundary.dates or boundary.ends is not None):
            return "event", begins.event_id
        if place == 0 and boundary.dates == (self.biography.person.birth,):
            return _BIRTH
        return domain, str(place)

    def _boundary_told(self, domain: str, boundary: Boundary, key: Key, reach: Window) -> Moment:
        begins, ends, dates = boundary.begins, boundary.ends, boundary.dates
        episode, name = _named(domain, boundary)
        if not dates and (ends is None or begins is None):
            day = reach[0] if ends is None else reach[1]
            return Moment((day, day), (), name, episode.source)
        first, last = dates[-1].window if key[0] == "event" and _touch(dates) else boundary.window
        window = (first, max(first, last))
        inside = tuple(date for date in dates if _within(window, date.window))
        return self._before_interview(Moment(window, inside, name, episode.source))

    def _before_interview(self, told: Moment) -> Moment:
        last = self.biography.person.interview.latest
        first, latest = told.window
        return told if last is None or last < first else told._replace(window=(first, min(latest, last)))


_BIRTH: Key = ("", "birth")


def _named(domain: str, boundary: Boundary) -> tuple[Episode, str]:
    """The episode at whose line a boundary stands, and the boundary in words."""
    begins, ends = boundary.begins, boundary.ends
    if begins is not None and ends is not None:
        return begins, f"{domain}: {ends.state} to {begins.state}"
    if begins is not None:
        return begins, f"{domain}: {begins.state} begins"
    assert ends is not None
    return ends, f"{domain}: {ends.state} ends"


def _event_key(biography: Biography, event: Event) -> Key:
    """One name for every event; those without an id are told apart by their place."""
    if event.event_id:
        return "event", event.event_id
    return "", f"event {biography.events.index(event)}"


def _reach(found: list[Boundary]) -> Window:
    """The days beyond all boundaries of a domain, for a first start and a last end that nobody told: they
    bind nothing."""
    return (min((boundary.window[0] for boundary in found), default=0),
            max((boundary.window[1] for boundary in found), default=0))  # fmt: skip


def _middle(date: FuzzyDate) -> float:
    """The middle of the unit as written."""
    return ((date.core_earliest or 0) + (date.core_latest or 0)) / 2


def _touch(dates: tuple[FuzzyDate, ...]) -> bool:
    """Whether an end and the start after it are written inclusively (``../2022-02``, ``2022-03/..``)."""
    return len(dates) == 2 and (dates[0].core_latest or 0) + 1 == dates[1].core_earliest


def _within(inner: Window, outer: Window) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def _stated(biography: Biography, first: str, second: str) -> Iterator[tuple[Key, Key]]:
    """Which event of the first kind each event of the second kind comes after."""
    dated = sorted((e for e in biography.events if e.date.is_known), key=lambda e: _middle(e.date))
    earlier = [event for event in dated if event.kind == first]
    for event in dated:
        if event.kind != second:
            continue
        told_before = [e for e in earlier if _middle(e.date) <= _middle(event.date) and e is not event]
        possible = [e for e in earlier if e.date.window[0] <= event.date.window[1] and e is not event]
        if told_before or possible:
            one = told_before[-1] if told_before else possible[0]
            yield _event_key(biography, one), _event_key(biography, event)
