"""Read biographies written in YAML: one file, one life."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from trajectories.coding.biography import Episode, Source
from trajectories.coding.files.lined import LinedDict, LinedList, place_of
from trajectories.coding.files.reading import Reading, at
from trajectories.coding.files.text_files import TextFile
from trajectories.coding.files.yaml_lines import parse_yaml
from trajectories.coding.problems import ReadingError, choices

_PERSON = ("id", "birth", "interview", "observed", "attributes", "episodes", "events", "ties")
_CODING = ("when", "quote", "source", "coder", "confidence")
_EPISODE = ("state", "start", "end", "event", *_CODING)
_PLAIN_EPISODE = frozenset(_EPISODE)
_TEXTS = ("state", "start", "end", "event", "when", "quote", "coder", "confidence")
_SOURCE = frozenset(("document", "paragraph"))
_ONLY_TEXT = {str}
_EVENT = ("event", "id", "label", "date", *_CODING)
_DATED = ("when", "start", "end", "date", "birth", "interview")
_TIE = ("date", "direction", "resource", "counterpart", "infrastructure", "terms", *_CODING)


def read_biography(file: TextFile, reading: Reading) -> None:
    """Add one person's biography to ``reading``; whatever cannot be read in it becomes a problem with its
    line."""
    try:
        document = parse_yaml(file.text, file.name)
    except ReadingError as refusal:
        reading.problems.append(refusal.problem)
        return
    if not isinstance(document, LinedDict):
        reading.report("error", Source(file.name, 1), "", "this file holds no biography",
                       "A biography begins with 'id:' and has 'episodes:'.", "empty_file")
        return
    person = _text(document.get("id"))
    if reading.only in (None, person):
        _Life(reading, file.name, person).read(document)


class _Life:
    """One biography on its way into a reading."""

    def __init__(self, reading: Reading, file: str, person: str) -> None:
        self.reading = reading
        self.file = file
        self.person = person

    def read(self, document: LinedDict) -> None:
        self.keys(document, _PERSON, "a biography")
        row = {key: self.text(document, key) for key in ("id", "birth", "interview", "observed")}
        source = at(Source(self.file, document.line, column=document.column), document, "id")
        self.reading.add_person(row, self.attributes(document), source, document)
        if not self.person:
            return
        for domain, entry in self.episodes(document):
            if (episode := self.plain_episode(domain, entry)) is not None:
                self.reading.episodes.append(episode)
                continue
            row, source = self.coding(entry, _EPISODE, "an episode")
            row |= {"domain": domain, "event_id": row.pop("event", "")}
            self.reading.add_episode(row, source, entry)
        self.moments(document, "events", _EVENT, "an event", self.reading.add_event)
        self.moments(document, "ties", _TIE, "a tie", self.reading.add_tie)

    def moments(
        self, document: LinedDict, key: str, known: tuple[str, ...], noun: str,
        add: Callable[[dict[str, str], Source, LinedDict], None],
    ) -> None:
        for entry in self.entries(document, key):
            row, source = self.coding(entry, known, noun)
            row["date"] = row.pop("when", "") or row.get("date", "")
            row["event_id"] = row.pop("id", "")
            add(row, source, entry)

    def attributes(self, document: LinedDict) -> dict[str, str]:
        written = document.get("attributes")
        if written is None:
            return {}
        if not isinstance(written, LinedDict):
            self.refuse(document, "attributes", "'attributes' must hold keys with values")
            return {}
        names = [attribute.name for attribute in self.reading.codebook.attributes]
        for key in written:
            if key not in names:
                what = f"the codebook has no attribute {key!r}; it is not read"
                self.report("warning", written, key, what, choices(key, names), "unknown_attribute")
        return {key: text for key in written if key in names and (text := self.text(written, key))}

    def episodes(self, document: LinedDict) -> Iterator[tuple[str, LinedDict]]:
        written = document.get("episodes")
        if written is None:
            return
        if not isinstance(written, LinedDict):
            self.refuse(document, "episodes", "'episodes' must name the domains, each with its list")
            return
        for domain in written:
            for entry in self.entries(written, domain):
                yield domain, entry

    def plain_episode(self, domain: str, entry: LinedDict) -> Episode | None:
        """An episode about which there is nothing to say, with dates that were read before; None for any
        other."""
        source = entry.get("source", {})
        if not (_PLAIN_EPISODE.issuperset(entry) and isinstance(source, dict) and _SOURCE.issuperset(source)):
            return None
        said = [entry.get(key, "") for key in _TEXTS]
        said += [source.get("document", ""), source.get("paragraph", "")]
        if set(map(type, said)) != _ONLY_TEXT:
            return None
        words = map(str.strip, said)
        state, start, end, event_id, when, quote, coder, confidence, document, paragraph = words
        dates = self.reading.stretches.get((when, start, end))
        if dates is None or not state or not domain:
            return None
        return Episode(self.person, domain, state, *dates,
                       Source(self.file, entry.line, document, paragraph, entry.column),
                       quote if self.reading.quotes else None, coder, confidence, event_id)  # fmt: skip

    def entries(self, parent: LinedDict, key: str) -> Iterator[LinedDict]:
        written = parent.get(key)
        if written is None:
            return
        if not isinstance(written, LinedList):
            self.refuse(parent, key, f"{key!r} must be a list, each entry beginning with '-'")
            return
        for i, entry in enumerate(written):
            if isinstance(entry, LinedDict):
                yield entry
            else:
                self.refuse(written, i, f"an entry of {key!r} must hold keys with values ('state: ...')")

    def coding(
        self, entry: LinedDict, known: tuple[str, ...], noun: str
    ) -> tuple[dict[str, str], Source]:
        """The texts of one entry, and where it stands and what it rests on."""
        self.keys(entry, known, noun)
        row = {key: self.text(entry, key) for key in entry if key != "source" and key in known}
        row["person"] = self.person
        line, column, rests_on = entry.line, entry.column, entry.get("source")
        if rests_on is not None and not isinstance(rests_on, LinedDict):
            self.refuse(entry, "source", "'source' must hold 'document' and 'paragraph'")
        if not isinstance(rests_on, LinedDict):
            return row, Source(self.file, line, column=column)
        self.keys(rests_on, ("document", "paragraph"), "a source")
        document, paragraph = self.text(rests_on, "document"), self.text(rests_on, "paragraph")
        return row, Source(self.file, line, document, paragraph, column)

    def text(self, parent: LinedDict, key: str) -> str:
        value = parent.get(key)
        if isinstance(value, LinedList) and key in _DATED:
            hint = f'Put a choice of dates in quotation marks: {key}: "[2022-02,2022-05]".'
            self.report("error", parent, key, f"{key!r} is a list here, not a date", hint, "wrong_type")
        elif isinstance(value, LinedDict | LinedList):
            self.refuse(parent, key, f"{key!r} must be text, not a list or keys")
        return _text(value)

    def keys(self, entry: LinedDict, known: tuple[str, ...], noun: str) -> None:
        for key in entry:
            if key not in known:
                hint = choices(key, known, "It may have")
                self.report("error", entry, key, f"{noun} has no key {key!r}", hint, "unknown_key")

    def refuse(self, inside: LinedDict | LinedList, step: str | int, what: str) -> None:
        self.report("error", inside, step, what, "Check the indentation.", "wrong_type")

    def report(
        self, severity: Any, inside: LinedDict | LinedList, step: str | int, what: str, hint: str, rule: str
    ) -> None:
        line, column = place_of(inside, (step,))
        source = Source(self.file, line, column=column)
        self.reading.report(severity, source, self.person, what, hint, rule)


def _text(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""
