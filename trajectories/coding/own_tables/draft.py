"""A draft of what the columns of a team's own table hold, for somebody to look over."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from trajectories.coding.dating.typed_dates import understand
from trajectories.coding.own_tables.mapping import MISSING
from trajectories.coding.own_tables.rows import Column, RawTable, bare, read_raw
from trajectories.coding.problems import ReadingError
from trajectories.coding.qda.names import folded, slug
from trajectories.coding.qda.usual_events import EVENTS, event_called, usual_event

WORDS: dict[str, tuple[str, ...]] = {
    "person": ("id", "fall", "fall-nr.", "fall-nr", "fallnummer", "fall-id", "person", "personen-id",
               "pseudonym", "nr", "nr.", "no", "no.", "case", "case id", "respondent", "interviewpartner",
               "befragte", "kürzel", "participant", "informant", "человек", "респондент", "код", "id-nr",
               "interview-nr.", "interview nr"),
    "start": ("von", "beginn", "anfang", "seit", "ab", "start", "begin", "from", "since", "с", "начало"),
    "end": ("bis", "ende", "end", "to", "until", "till", "по", "до", "конец"),
    "when": ("zeitraum", "zeit", "period", "dates", "when", "период", "wann"),
    "birth": ("geburtsjahr", "geburtsdatum", "geburt", "geboren", "geb.", "jahrgang", "birth", "born",
              "year of birth", "date of birth", "год рождения", "дата рождения"),
    "interview": ("interview", "interviewdatum", "interviewtermin", "datum des interviews", "datum interview",
                  "interview am", "interview date", "date of interview", "дата интервью"),
    "quote": ("zitat", "quote", "цитата"),
    "document": ("dokument", "transkript", "document", "transcript", "quelle", "source"),
    "coder": ("codiert von", "kodiert von", "coder", "coded by"),
    "ignore": ("bemerkung", "bemerkungen", "anmerkung", "anmerkungen", "notiz", "notizen", "kommentar",
               "kommentare", "comment", "comments", "notes", "memo", "примечание", "name", "vorname",
               "nachname", "surname", "telefon", "phone", "e-mail", "email", "adresse", "address", "имя",
               "телефон"),
}  # fmt: skip
"""Usual names of columns in German, English and Russian."""
_HEAD = """\
# Draft of what the columns of {file} hold. Look over every line. A column may hold
#   start, end        of what the row tells (when: both in one cell, such as 2014-2022)
#   domain NAME       a state: the place somebody lives, the legal status, ...
#   event NAME        the date of an event, such as departure
#   attribute NAME    something that holds for the person as a whole
#   birth, interview, observed, quote, document, coder, confidence, or ignore
# Numbered columns (Land 1, von 1, bis 1, Land 2, ...) have one line without the number.
title: {title}
tables:"""
_LONG, _MANY = 40, 40


def draft_own(path: Path, encoding: str | None = None) -> str:
    """A commented mapping file in YAML, drafted from the headers and cells of a team's own tables.

    Raises ReadingError for a file without any table of two columns or more.
    """
    known = frozenset(folded(word) for words in (*WORDS.values(), *EVENTS.values()) for word in words)
    parts = [_HEAD.format(file=_line(path.name), title=_quoted(path.stem))]
    for table in read_raw(path, encoding):
        header = table.header_row(None, known)
        columns = table.columns(header)
        if len(columns) > 1 and len(table.rows) > header + 1:
            parts += _Draft(table, header, columns).lines()
    if len(parts) == 1:
        raise ReadingError(path.name, 0, "there is no table in it", "A table has a row that names its "
                           "columns, and rows below it.", "missing_column")  # fmt: skip
    parts.append(f"missing: [{', '.join(map(_quoted, MISSING))}]   # cells that say nothing is known")
    return "\n".join(parts) + "\n"


class _Draft:
    """The lines of one table."""

    def __init__(self, table: RawTable, header: int, columns: tuple[Column, ...]) -> None:
        self.table, self.header, self.columns = table, header, columns
        self.body = table.rows[header + 1 :]
        person = (column for column in columns if _known(column.name) == "person")
        self.person = next(person, columns[0])
        who, last = [], ""
        for row in self.body:
            last = row.cell(self.person.place) or last
            who.append(last)
        self.who = who
        self.dated = any(_known(column.name) in ("start", "end", "when") for column in columns)

    def lines(self) -> Iterator[str]:
        sheet = f"sheet: {_quoted(self.table.sheet)}\n    " if self.table.sheet else ""
        yield f"  - {sheet}header: {self.table.rows[self.header].number}   # the row that names the columns"
        people = len(dict.fromkeys(filter(None, self.who)))
        yield (f"    person: {_quoted(self.person.name)}   # {people:,} people in {len(self.body):,} rows; "
               "an empty cell means the person above")  # fmt: skip
        if self.dated and not any(_known(column.name) in ("end", "when") for column in self.columns):
            yield "    last_goes_on: true   # no column tells ends: the last state of each person goes on"
        yield "    columns:"
        by_name: dict[str, list[Column]] = defaultdict(list)
        for column in self.columns:
            if column is not self.person:
                by_name[folded(column.name)].append(column)
        for same in by_name.values():
            what, why = self.guess(same)
            yield f"      {_quoted(same[0].name)}: {what}" + (f"   # {why}" if why else "")

    def guess(self, same: list[Column]) -> tuple[str, str]:
        """What columns of one name hold, and what speaks for it."""
        name = same[0].name
        told = [(who, text) for who, row in zip(self.who, self.body, strict=True) for column in same
                if (text := row.cell(column.place)) and text not in MISSING]  # fmt: skip
        if (known := _known(name)) and known != "person":
            return known, ""
        values = list(dict.fromkeys(text for _, text in told))
        if not values:
            return "ignore", "empty"
        if usual_event(name) or _are_dates(values):
            return f"event {event_called(name)}", f"dates such as {_line(values[0])}"
        if median(map(len, values)) > _LONG:
            return "ignore", "long texts"
        steady = len({(who, folded(text)) for who, text in told}) == len({who for who, _ in told})
        if steady and len(same) == 1 and len(values) == len({who for who, _ in told}) > 10:
            return "ignore", "another text for each person"
        kind = "attribute" if (steady and len(same) == 1) or not self.dated else "domain"
        return f"{kind} {slug(name)}", _some(values)


def _known(name: str) -> str:
    """What a column of a usual name holds; empty for another."""
    return next((kind for kind, words in WORDS.items() if bare(name) in words or folded(name) in words), "")


def _are_dates(values: list[str]) -> bool:
    dates = [text for text in values if any(map(str.isdigit, text)) and understand(text).meanings]
    return 5 * len(dates) >= 4 * len(values)


def _some(values: list[str]) -> str:
    if len(values) > _MANY:
        return f"{len(values):,} different values: is it a state?"
    more = ", ..." if len(values) > 4 else ""
    return f"{', '.join(_line(value)[:30] for value in values[:4])}{more}"


def _quoted(text: str) -> str:
    return json.dumps(_line(text), ensure_ascii=False)


def _line(text: str) -> str:
    return " ".join("".join(mark if mark.isprintable() else " " for mark in text).split())
