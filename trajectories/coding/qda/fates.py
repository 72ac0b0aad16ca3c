"""What becomes of each segment: an episode, event, tie, attribute, part of another, question, or nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from trajectories.coding.codebook import Codebook
from trajectories.coding.dating.dates import DateError, parse_date, parse_interval
from trajectories.coding.problems import choices
from trajectories.coding.qda.lookup import find_state, find_value
from trajectories.coding.qda.mapping import Mapping, Rule
from trajectories.coding.qda.names import shown
from trajectories.coding.qda.person_patterns import patient
from trajectories.coding.qda.segments import Path, Segment
from trajectories.coding.qda.ties import Missing, gathered_ties
from trajectories.coding.qda.tokens import Token, read_tokens

Kind = Literal["episode", "event", "tie", "attribute", "beside", "todo", "discarded"]


@dataclass(frozen=True, slots=True)
class Fate:
    """One segment's fate: its row in the study, or why it is on one of the two lists."""

    kind: Kind
    segment: Segment
    person: str = ""
    row: tuple[tuple[str, str], ...] = ()
    why: str = ""


NO_PERSON = "whose life it is: the name of its document or case does not fit the mapping's pattern"


def fates(segments: Iterable[Segment], mapping: Mapping, codebook: Codebook) -> tuple[Fate, ...]:
    """The fate of every segment, in order; none is lost."""
    found = tuple(segments)
    return _Sorter(mapping, codebook, found).sorted(found)


class _Sorter:
    """The dates that stand beside codes, and the way from a segment to its fate."""

    def __init__(self, mapping: Mapping, codebook: Codebook, segments: tuple[Segment, ...]) -> None:
        self.mapping = mapping
        self.codebook = codebook
        self.domains = {domain.name: domain for domain in codebook.domains}
        self.attributes = {attribute.name: attribute for attribute in codebook.attributes}
        self.dates: dict[tuple[str, str], list[str]] = defaultdict(list)
        self.dated: set[tuple[str, str]] = set()
        for segment in segments:
            date = mapping.date_in(segment.code)
            if date and segment.place:
                self.dates[segment.document, segment.place].append(date)
            elif date is None and segment.place and _takes_a_date(mapping.rule_for(segment.code)[0]):
                self.dated.add((segment.document, segment.place))
        self.ties = gathered_ties(segments, mapping, codebook)
        self.id_of = patient(mapping.person.id_of)

    def sorted(self, segments: tuple[Segment, ...]) -> tuple[Fate, ...]:
        return tuple(map(self.fate, segments))

    def fate(self, segment: Segment) -> Fate:
        """One segment's fate."""
        if not segment.code:
            return Fate("discarded", segment, why="it has no code that could be read")
        person = self.id_of(segment.case, segment.document, segment.group)
        if (date := self.mapping.date_in(segment.code)) is not None:
            return self.of_date(segment, person, date)
        rule, below = self.mapping.rule_for(segment.code)
        if rule is None:
            ignored = self.mapping.ignores(segment.code)
            why = "the mapping ignores this code" if ignored else "the mapping does not have this code"
            return Fate("discarded", segment, person, why=why)
        try:
            if not person:
                raise Missing(NO_PERSON)
            kind, row = self.coded(segment, rule, below)
        except Missing as missing:
            return Fate("todo", segment, person, why=str(missing))
        return Fate(kind, segment, person, tuple(row.items()))

    def of_date(self, segment: Segment, person: str, date: str) -> Fate:
        """A date code is used up when another code of the same passage takes it."""
        if (segment.document, segment.place) in self.dated and date:
            return Fate("beside", segment, person)
        why = "a mapped code on the same passage: this date stands alone"
        return Fate("todo", segment, person, why=why if date else "a date: only the code above it is given")

    def coded(self, segment: Segment, rule: Rule, below: Path) -> tuple[Kind, dict[str, str]]:
        if rule.attribute is not None:
            return "attribute", self.attribute(rule, below)
        if rule.domain is not None:
            state = self.state(rule, below)
            return "episode", {"domain": rule.domain, "state": state, **self.stretch(self.token(segment))}
        if rule.event is not None:
            token = self.token(segment)
            date = _one_date(token.when, "event")
            return "event", {"event": rule.event, "date": date, "label": shown(below), **_marks(token)}
        return self.tie(segment)

    def state(self, rule: Rule, below: Path) -> str:
        domain = self.domains[rule.domain or ""]
        state = find_state(domain, rule.state, below)
        if state is None:
            states = domain.state(rule.state).states if rule.state else domain.states
            known = choices(below[0], [state.label for state in states], "There are") if states else ""
            what = f"a state: the codebook's domain {domain.name!r} has none called {shown(below)!r}"
            raise Missing(f"{what}. {known}".strip())
        if not state:
            raise Missing(f"a state: only the domain ({domain.label}) is coded")
        return state

    def attribute(self, rule: Rule, below: Path) -> dict[str, str]:
        attribute = self.attributes[rule.attribute or ""]
        text = rule.value or (below[-1] if below else "")
        value = find_value(attribute, text)
        if value is None:
            raise Missing(f"a value: attribute {attribute.name!r} has none called {text!r}" if text
                        else f"a value: only the attribute ({attribute.label}) is coded")
        return {"attribute": attribute.name, "value": value}

    def tie(self, segment: Segment) -> tuple[Kind, dict[str, str]]:
        """A tie with the words of its passage, or a part of the tie that another code of it carries."""
        tie = self.ties[id(segment)]
        if tie.carrier is not segment:
            return "beside", {}
        if tie.strange:
            raise Missing(f"the field of the tie that {tie.strange!r} belongs to: say so in the mapping")
        if missing := [name for name in ("direction", "resource") if not tie.fields.get(name)]:
            raise Missing(f"the {' and the '.join(missing)} of the tie")
        return "tie", {"date": _one_date(self.token(segment, *tie.parts).when, "tie"), **tie.fields}

    def token(self, segment: Segment, *parts: Segment) -> Token:
        """The one date of a segment, from its texts (and those of its parts) and the dates of its passage."""
        texts = [getattr(one, place) for one in (segment, *parts) for place in self.mapping.dates.places]
        found = list(dict.fromkeys(token for text in texts for token in read_tokens(text)))
        beside = [date for code in segment.beside if (date := self.mapping.date_in(code))]
        beside += self.dates.get((segment.document, segment.place), []) if segment.place else []
        alone = dict.fromkeys(date.lstrip("@ ").strip() for date in beside)
        found += [Token(date) for date in alone if date not in {token.when for token in found}]
        if not found:
            raise Missing("a date: write @start/end (or @date for an event) in its comment")
        if len(found) > 1:
            dates = ", ".join(dict.fromkeys(token.when for token in found))
            raise Missing(f"one date: it has several ({dates})")
        return found[0]

    def stretch(self, token: Token) -> dict[str, str]:
        """Start and end of an episode, by the mapping's way with single dates."""
        when, single = token.when, self.mapping.dates.single
        try:
            if "/" not in when and single != "ask" and parse_date(when).is_known:
                when = f"{when}/" if single == "start" else f"{when}/{when}"
            if "/" not in when and parse_date(when).is_known:
                raise Missing(f"the end: @{when} is one date; write @{when}/.. if it still goes on, "
                            f"@{when}/ if its end is not known")
            start, end = parse_interval(when)
        except DateError as error:
            raise _unreadable(when, error) from None
        if start.is_unknown and end.is_unknown:
            raise Missing("a start or an end: @/ says neither")
        return {"start": start.text, "end": end.text, **_marks(token)}


def _takes_a_date(rule: Rule | None) -> bool:
    return rule is not None and rule.attribute is None


def _marks(token: Token) -> dict[str, str]:
    return {"event_id": token.event_id, "confidence": token.confidence}


def _one_date(when: str, noun: str) -> str:
    """The date of an event or tie. Raises when it is an interval or cannot be read."""
    article = "an" if noun == "event" else "a"
    if "/" in when:
        raise Missing(f"one date: @{when} is a stretch of time, {article} {noun} has one date")
    try:
        date = parse_date(when)
    except DateError as error:
        raise _unreadable(when, error) from None
    if not date.is_known:
        raise Missing(f"a date: @{when} is none")
    return date.text


def _unreadable(when: str, error: DateError) -> Missing:
    return Missing(f"a date that can be read: {error.what}. {error.hint}".strip() if when in error.what
                 else f"a date that can be read: @{when}: {error.what}. {error.hint}".strip())
