"""The nouns of an invented life, with the true days that the written dates will blur."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(eq=False)
class Moment:
    """One real moment; every episode and event that rests on it shares the object, hence the written date."""

    day: int
    text: str = ""
    event: str = ""
    """Id of the event that happens at this moment, if one is coded."""


@dataclass(eq=False)
class Stretch:
    """An episode: a state between two moments; ``end`` None means that it goes on at the interview."""

    domain: str
    state: str
    start: Moment
    end: Moment | None = None
    forgotten: bool = False
    """The person cannot say when it ended."""
    cue: tuple[str, ...] = ()
    """What a quote about it may speak of, most special first."""
    quote: str = ""
    paragraph: int = 0
    coder: str = ""
    confidence: str = ""


@dataclass(eq=False)
class Happening:
    """A dated event."""

    kind: str
    at: Moment
    label: str
    id: str = ""
    cue: tuple[str, ...] = ()
    quote: str = ""
    paragraph: int = 0
    coder: str = ""
    confidence: str = ""


@dataclass(eq=False)
class Flow:
    """A flow of support."""

    at: Moment
    direction: str
    resource: str
    counterpart: str
    infrastructure: str
    terms: str
    frames: tuple[str, ...] = ()
    quote: str = ""
    paragraph: int = 0


@dataclass(eq=False)
class Stop:
    """One place of the journey after first leaving, from arrival to leaving (None: still there)."""

    place: str
    arrive: Moment
    leave: Moment | None = None
    purpose: str = ""

    @property
    def country(self) -> str:
        return self.place.partition(".")[0]


@dataclass(eq=False)
class Life:
    """Somebody who does not exist."""

    id: str
    origin: str
    cohort: str
    kind: str
    """The latent type that was planted."""
    first_host: str
    gender: str = ""
    birth: Moment = field(default_factory=lambda: Moment(0))
    departure: Moment = field(default_factory=lambda: Moment(0))
    observed: Moment = field(default_factory=lambda: Moment(0))
    interview: int = 0
    home: str = ""
    home_city: str = ""
    attributes: dict[str, str] = field(default_factory=dict)
    stops: list[Stop] = field(default_factory=list)
    stretches: list[Stretch] = field(default_factory=list)
    happenings: list[Happening] = field(default_factory=list)
    flows: list[Flow] = field(default_factory=list)
    planted: dict[str, object] = field(default_factory=dict)

    @property
    def person_type(self) -> str:
        return self.attributes["person_type"]

    def domain(self, name: str) -> list[Stretch]:
        """Episodes of one domain in order."""
        return sorted((s for s in self.stretches if s.domain == name), key=lambda s: s.start.day)

    def happening(self, kind: str, at: Moment, label: str, *cue: str) -> Happening:
        """Add an event and give its moment an id of its own."""
        number = sum(h.kind == kind for h in self.happenings) + 1
        name = f"{kind}_{number}"
        at.event = at.event or name
        event = Happening(kind, at, label, name, cue or (kind,))
        self.happenings.append(event)
        return event

    def place_on(self, day: int) -> str:
        """Where the person is on a day."""
        for stop in self.stops:
            if stop.arrive.day <= day and (stop.leave is None or day < stop.leave.day):
                return stop.place
        return self.home
