"""What becomes of each segment: an episode, an event, a tie, an attribute, a date, a question, or nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from trajectories.coding.codebook import Codebook
from trajectories.coding.dates import DateError, parse_date, parse_interval
from trajectories.coding.problems import choices
from trajectories.coding.qda.lookup import find_state, find_value, find_words
from trajectories.coding.qda.mapping import Mapping, Rule
from trajectories.coding.qda.names import shown
from trajectories.coding.qda.segments import Path, Segment
from trajectories.coding.qda.tokens import Token, read_tokens

Kind = Literal["episode", "event", "tie", "attribute", "date", "todo", "discarded"]


@dataclass(frozen=True, slots=True)
class Fate:
    """One segment's fate: its row in the study, or why it is on one of the two lists."""

    kind: Kind
    segment: Segment
    person: str = ""
    row: tuple[tuple[str, str], ...] = ()
    why: str = ""


class _Open(Exception):  # noqa: N818
    """Something is missing for a coding to be complete; the text says what."""


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
            elif date is None and segment.place and mapping.rule_for(segment.code)[0] is not None:
                self.dated.add((segment.document, segment.place))
        self.id_of = lru_cache(maxsize=4096)(mapping.person.id_of)

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
                raise _Open("whose life it is: the name of its document or case does not fit the mapping's pattern")
            kind, row = self.coded(segment, rule, below)
        except _Open as missing:
            return Fate("todo", segment, person, why=str(missing))
        return Fate(kind, segment, person, tuple(row.items()))

    def of_date(self, segment: Segment, person: str, date: str) -> Fate:
        """A date code is used up when another code of the same passage takes it."""
        if (segment.document, segment.place) in self.dated and date:
            return Fate("date", segment, person)
        why = "a code of the codebook on the same passage: this date stands alone"
        return Fate("todo", segment, person, why=why if date else "a date: only the code above the dates is given")

    def coded(self, segment: Segment, rule: Rule, below: Path) -> tuple[Kind, dict[str, str]]:
        if rule.attribute is not None:
            return "attribute", self.attribute(rule, below)
        if rule.domain is not None:
            state = self.state(rule, below)
            return "episode", {"domain": rule.domain, "state": state, **self.stretch(self.token(segment))}
        if rule.event is not None:
            token = self.token(segment)
            label = shown(below)
            return "event", {"event": rule.event, "date": _one_date(token.when, "event"), **_marks(token), "label": label}
        return "tie", self.tie(segment, rule, below)

    def state(self, rule: Rule, below: Path) -> str:
        domain = self.domains[rule.domain or ""]
        state = find_state(domain, rule.state, below)
        if state is None:
            known = [known.label for known in (domain.state(rule.state).states if rule.state else domain.states)]
            listed = f"; {choices(below[0], known, 'it has')}" if known else ""
            raise _Open(f"a state: the codebook's domain {domain.name!r} has none called {shown(below)!r}{listed}")
        if not state:
            raise _Open(f"a state: only the domain ({domain.label}) is coded")
        return state

    def attribute(self, rule: Rule, below: Path) -> dict[str, str]:
        attribute = self.attributes[rule.attribute or ""]
        text = rule.value or (below[-1] if below else "")
        value = find_value(attribute, text)
        if value is None:
            raise _Open(f"a value: attribute {attribute.name!r} has none called {text!r}" if text
                        else f"a value: only the attribute ({attribute.label}) is coded")
        return {"attribute": attribute.name, "value": value}

    def tie(self, segment: Segment, rule: Rule, below: Path) -> dict[str, str]:
        fields, strange = find_words(self.codebook, {**(rule.tie or {})}, below)
        if strange:
            raise _Open(f"the field of the tie that {strange!r} belongs to: say so in the mapping")
        if missing := [name for name in ("direction", "resource") if not fields.get(name)]:
            raise _Open(f"the {' and the '.join(missing)} of the tie")
        return {"date": _one_date(self.token(segment).when, "tie"), **fields}

    def token(self, segment: Segment) -> Token:
        """The one date of a segment, from its texts and the date codes of its passage."""
        texts = [getattr(segment, place) for place in self.mapping.dates.places]
        found = list(dict.fromkeys(token for text in texts for token in read_tokens(text)))
        beside = [date for code in segment.beside if (date := self.mapping.date_in(code))]
        beside += self.dates.get((segment.document, segment.place), []) if segment.place else []
        alone = dict.fromkeys(date.lstrip("@ ").strip() for date in beside)
        found += [Token(date) for date in alone if date not in {token.when for token in found}]
        if not found:
            raise _Open("a date: write @start/end (or @date for an event) in its comment")
        if len(found) > 1:
            dates = ", ".join(dict.fromkeys(token.when for token in found))
            raise _Open(f"one date: it has several ({dates})")
        return found[0]

    def stretch(self, token: Token) -> dict[str, str]:
        """Start and end of an episode, by the mapping's way with single dates."""
        when, single = token.when, self.mapping.dates.single
        try:
            if "/" not in when and single != "ask" and parse_date(when).is_known:
                when = f"{when}/" if single == "start" else f"{when}/{when}"
            if "/" not in when and parse_date(when).is_known:
                raise _Open(f"the end or the start: @{when} is one date; write @{when}/.. if it still goes on, "
                            f"@{when}/ if its end is not known")
            start, end = parse_interval(when)
        except DateError as error:
            raise _unreadable(when, error) from None
        if start.is_unknown and end.is_unknown:
            raise _Open("a start or an end: @/ says neither")
        return {"start": start.text, "end": end.text, **_marks(token)}


def _marks(token: Token) -> dict[str, str]:
    return {"event_id": token.event_id, "confidence": token.confidence}


def _one_date(when: str, noun: str) -> str:
    """The date of an event or tie. Raises when it is an interval or cannot be read."""
    article = "an" if noun == "event" else "a"
    if "/" in when:
        raise _Open(f"one date: @{when} is a stretch of time, {article} {noun} has one date")
    try:
        date = parse_date(when)
    except DateError as error:
        raise _unreadable(when, error) from None
    if not date.is_known:
        raise _Open(f"a date: @{when} is none")
    return date.text


def _unreadable(when: str, error: DateError) -> _Open:
    return _Open(f"a date that can be read: {error.what}. {error.hint}".strip() if when in error.what
                 else f"a date that can be read: @{when}: {error.what}. {error.hint}".strip())
