"""Rows of text become people, episodes, events and ties; what cannot becomes a problem, never silence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from trajectories.coding.biography import Episode, Event, Person, Source, Tie
from trajectories.coding.codebook import Codebook
from trajectories.coding.dating.dates import (
    OPEN,
    UNKNOWN,
    USUAL_WIDTHS,
    DateError,
    FuzzyDate,
    Widths,
    ordered,
    parse_date,
    parse_interval,
)
from trajectories.coding.files.lined import LinedDict
from trajectories.coding.problems import Problem, Severity

Row = Mapping[str, str]


@dataclass
class Reading:
    """What has been read so far. ``only`` reads one person's codings and leaves everybody else's aside."""

    codebook: Codebook
    quotes: bool = False
    only: str | None = None
    widths: Widths = USUAL_WIDTHS
    people: list[Person] = field(default_factory=list)
    episodes: list[Episode] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    ties: list[Tie] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    stretches: dict[tuple[str, str, str], tuple[FuzzyDate, FuzzyDate]] = field(default_factory=dict)
    """Starts and ends that were read already, by the texts of ``when``, ``start`` and ``end``."""

    def report(
        self, severity: Severity, source: Source, person: str, what: str, hint: str, rule: str
    ) -> None:
        """Keep a problem met while reading; ``check`` tells it with the rest."""
        self.problems.append(Problem.at(source, severity, person, what, hint, rule))

    def add_person(
        self, row: Row, attributes: Mapping[str, str], source: Source, entry: LinedDict | None = None
    ) -> None:
        """One person; a date that cannot be read is left unknown and reported. ``entry`` is what the row was
        read from in YAML: it knows the line of each key."""
        if not row.get("id"):
            hint = "Give a pseudonym as 'id'."
            return self.report("error", source, "", "this person has no id", hint, "missing_value")
        start, end = self._observed(row, at(source, entry, "observed"))
        person = Person(
            id=row["id"],
            source=source,
            birth=self._date(row, "birth", at(source, entry, "birth")),
            interview=self._date(row, "interview", at(source, entry, "interview")),
            observed_from=start,
            attributes=dict(attributes),
            observed_until=end,
        )
        self.people.append(person)
        return None

    def add_episode(self, row: Row, source: Source, entry: LinedDict | None = None) -> None:
        """One episode; without state, domain or readable dates it is reported and left out."""
        person = row.get("person", "")
        if not self._complete("episode", ("person", "domain", "state"), row, source):
            return
        try:
            start, end = self.stretch(row.get("when", ""), row.get("start", ""), row.get("end", ""))
        except DateError as error:
            what = f"episode {row['state']!r}: {error.what}"
            self.report("error", at(source, entry, "when", "start"), person, what, error.hint, "date")
            return
        self.episodes.append(
            Episode(
                person, row["domain"], row["state"], start, end, source, self._quote(row),
                row.get("coder", ""), row.get("confidence", ""), row.get("event_id", ""),
            )
        )

    def stretch(self, when: str, start: str, end: str) -> tuple[FuzzyDate, FuzzyDate]:
        """The two boundaries of an episode, written as an interval or as start and end. Raises DateError."""
        if when and (start or end):
            raise DateError("it has both 'when' and 'start' or 'end'",
                            "Write either 'when: start/end' or 'start' and 'end'.")  # fmt: skip
        found = (parse_interval(when, self.widths) if when else
                 ordered(parse_date(start, self.widths), parse_date(end, self.widths)))  # fmt: skip
        self.stretches[when, start, end] = found
        return found

    def known_stretches(self, starts: Sequence[str],
                        ends: Sequence[str]) -> list[tuple[FuzzyDate, FuzzyDate]] | None:  # fmt: skip
        """The boundaries of many episodes, each read once; None if any cannot be read."""
        known = self.stretches
        with suppress(DateError):
            return [known.get(("", start, end)) or self.stretch("", start, end)
                    for start, end in zip(starts, ends, strict=True)]  # fmt: skip
        return None

    def add_event(self, row: Row, source: Source, entry: LinedDict | None = None) -> None:
        """One event; its date may be unknown, not unreadable."""
        if not self._complete("event", ("person", "event"), row, source):
            return
        date = self._date(row, "date", at(source, entry, "when", "date"), f"event {row['event']!r}: ")
        self.events.append(
            Event(
                row["person"], row["event"], date, source, row.get("event_id", ""), row.get("label", ""),
                self._quote(row), row.get("coder", ""), row.get("confidence", ""),
            )
        )

    def add_tie(self, row: Row, source: Source, entry: LinedDict | None = None) -> None:
        """One flow of support."""
        if not self._complete("tie", ("person", "direction", "resource"), row, source):
            return
        date = self._date(row, "date", at(source, entry, "when", "date"), "tie: ")
        self.ties.append(
            Tie(
                row["person"], date, row["direction"], row["resource"], row.get("counterpart", ""), source,
                row.get("infrastructure", ""), row.get("terms", ""), self._quote(row),
            )
        )

    def _complete(self, noun: str, needed: tuple[str, ...], row: Row, source: Source) -> bool:
        if all(map(row.get, needed)):
            return True
        missing = [name for name in needed if not row.get(name)]
        what = f"this {noun} has no {' and no '.join(missing)}"
        hint = f"It is left out until {'they are' if len(missing) > 1 else 'it is'} written."
        self.report("error", source, row.get("person", ""), what, hint, "missing_value")
        return False

    def _quote(self, row: Row) -> str | None:
        return row.get("quote", "") if self.quotes else None

    def _date(self, row: Row, key: str, source: Source, lead: str = "") -> FuzzyDate:
        try:
            return parse_date(row.get(key, ""), self.widths)
        except DateError as error:
            person = row.get("person") or row.get("id", "")
            self.report("error", source, person, f"{lead}{key}: {error.what}", error.hint, "date")
            return UNKNOWN

    def _observed(self, row: Row, source: Source) -> tuple[FuzzyDate, FuzzyDate]:
        """``observed`` is an interval or only its start; ``..`` as its end is the interview."""
        text = row.get("observed", "")
        try:
            if "/" in text:
                start, end = parse_interval(text, self.widths)
            else:
                start, end = parse_date(text, self.widths), UNKNOWN
        except DateError as error:
            self.report("error", source, row.get("id", ""), f"observed: {error.what}", error.hint, "date")
            return UNKNOWN, UNKNOWN
        return (UNKNOWN if start == OPEN else start), (UNKNOWN if end == OPEN else end)


def at(source: Source, entry: LinedDict | None, *keys: str) -> Source:
    """The place of the first of ``keys`` that an entry has; the place of the entry itself where it has
    none."""
    key = next((key for key in keys if entry is not None and key in entry), None)
    if entry is None or key is None:
        return source
    return source._replace(line=entry.lines[key], column=entry.columns[key])
