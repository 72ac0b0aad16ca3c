"""What the researcher coded about one life: episodes, events, ties, each with the place it was read from.

Sources and episodes are tuples: a study has hundreds of thousands of them, and a tuple is made five times as
fast as a frozen dataclass.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from trajectories.coding.dating.dates import UNKNOWN, FuzzyDate


class Source(NamedTuple):
    """Where a coding stands (file and line) and what it rests on (document and paragraph of the
    transcript)."""

    file: str
    """Path relative to the study's folder."""
    line: int
    document: str = ""
    paragraph: str = ""
    column: int = 0
    """Column of its first word, from 1; 0 in tables."""

    @property
    def told_in(self) -> str:
        """Where it was told, as one says it: ``interview-RU-017, paragraph 12``; ``Interviews, row 4`` of a
        table of the team's own."""
        number = self.paragraph
        return ", ".join(filter(None, (self.document, f"paragraph {number}" if number.isdigit() else number)))


class Episode(NamedTuple):
    """One dated stretch of a life in one domain, as coded: a state from a boundary to a boundary
    (half-open)."""

    person: str
    domain: str
    state: str
    """Code as written, dotted sub-codes included."""
    start: FuzzyDate
    end: FuzzyDate
    source: Source
    quote: str | None = None
    """None unless the study was read with ``quotes=True``: quotes are loaded only when asked for."""
    coder: str = ""
    confidence: str = ""
    event_id: str = ""
    """The event that begins the episode, when coded: one real moment, one date, in several domains."""

    @property
    def begins_near(self) -> float:
        """A day to put episodes in order by: the start if it is known, else just before the end."""
        if self.start.core_earliest is not None:
            return self.start.core_earliest
        if self.start.is_open:
            return -1.0
        return float("inf") if self.end.core_earliest is None else self.end.core_earliest - 0.5

    @property
    def is_placed(self) -> bool:
        """Whether at least one of its boundaries says when it was."""
        return self.start.kind != "unknown" or self.end.kind != "unknown"


@dataclass(frozen=True, slots=True)
class Event:
    """One dated moment of a life: departure, arrest, search, application, decision, interview."""

    person: str
    kind: str
    date: FuzzyDate
    source: Source
    event_id: str = ""
    label: str = ""
    quote: str | None = None
    coder: str = ""
    confidence: str = ""


@dataclass(frozen=True, slots=True)
class Tie:
    """One flow of support between the person and somebody else: what, from or to whom, through what, on what
    terms."""

    person: str
    date: FuzzyDate
    direction: str
    """``received`` or ``given``."""
    resource: str
    counterpart: str
    source: Source
    infrastructure: str = ""
    terms: str = ""
    quote: str | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in the study: a pseudonym, attributes, and the stretch of life the interview can speak of."""

    id: str
    source: Source
    birth: FuzzyDate
    interview: FuzzyDate
    observed_from: FuzzyDate
    """First day the coding speaks of; unknown = birth, or else the first episode."""
    attributes: Mapping[str, str] = field(default_factory=dict)
    observed_until: FuzzyDate = UNKNOWN
    """Last day the coding speaks of; unknown = the interview."""


@dataclass(frozen=True, slots=True)
class Biography:
    """One person's whole coded life, as a view on the study: episodes in order of domain and start."""

    person: Person
    episodes: tuple[Episode, ...]
    events: tuple[Event, ...]
    ties: tuple[Tie, ...]

    @property
    def id(self) -> str:
        return self.person.id

    def in_domain(self, domain: str) -> tuple[Episode, ...]:
        """The episodes of one domain, in time order."""
        return tuple(episode for episode in self.episodes if episode.domain == domain)

    def __repr__(self) -> str:
        return (f"Biography of {self.id}: {len(self.episodes)} episodes, "
                f"{len(self.events)} events, {len(self.ties)} ties")  # fmt: skip
