"""A team's own tables, read as their mapping says, written as a study whose dates are EDTF."""

from __future__ import annotations

import re
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from trajectories.coding.codebook import Codebook
from trajectories.coding.files.excel_dates import Settling
from trajectories.coding.files.first_plan import first_plan
from trajectories.coding.files.read_tables import COLUMNS
from trajectories.coding.files.settings_file import read_settings
from trajectories.coding.files.study_files import as_yaml, plain_codebook, table_text, write_new
from trajectories.coding.files.typed_tables import TypedDate, TypedTables
from trajectories.coding.own_tables.mapping import Holds, OwnMapping, OwnTable, holds
from trajectories.coding.own_tables.rows import Column, RawRow, RawTable, place_in, read_raw
from trajectories.coding.problems import choices
from trajectories.coding.qda.lookup import find_named
from trajectories.coding.qda.names import folded, slug
from trajectories.coding.study import StudyFile
from trajectories.errors import SettingError

_ONCE = ("birth", "interview", "observed")
_DATED = ("start", "end", "when", "event", *_ONCE)
_BESIDE = ("quote", "document", "coder", "confidence")
_FEW = 20
"""Up to so many texts of an attribute are its values; more are left as they are."""


@dataclass
class Found:
    """What the tables tell, in the order they tell it; dates still as typed."""

    people: dict[str, dict[str, str]] = field(default_factory=dict)
    episodes: list[dict[str, str]] = field(default_factory=list)
    events: list[dict[str, str]] = field(default_factory=list)
    values: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict)
    """By (domain or attribute, its name): the code and the commonest spelling of each text."""
    spellings: dict[tuple[str, str, str], Counter[str]] = field(default_factory=dict)
    """By kind, name and code: how often each spelling stands there."""
    labels: dict[tuple[str, str], str] = field(default_factory=dict)
    """Header of the column that a domain, attribute or event was found in first."""
    notes: list[str] = field(default_factory=list)
    excel: list[str] = field(default_factory=list)
    """Cells of which Excel had made dates, with what they became."""
    typed: dict[str, list[str]] = field(default_factory=dict)
    """The cells in which each text stands that shall be a date."""


def read_own(path: Path, mapping: OwnMapping, codebook: Codebook | None = None, *, quotes: bool = False,
             encoding: str | None = None, meant: Settling = "as_shown") -> Found:  # fmt: skip
    """What the tables tell of each person, as the mapping says.

    States and values are looked up in the codebook by code or name; without a codebook, or where it lacks
    them, they get codes of small letters. Raises SettingError for a sheet or column that is not there.
    """
    tables = {table.sheet: table for table in read_raw(path, encoding, meant)}
    found = Found()
    for told in mapping.tables:
        table = tables.get(told.sheet) or (next(iter(tables.values())) if not told.sheet else None)
        if table is None:
            raise SettingError(f"{path.name}: there is no sheet {told.sheet!r}. "
                               f"{choices(told.sheet, tuple(tables), 'There are')}")  # fmt: skip
        before = len(found.episodes)
        _Reading(found, mapping, codebook, quotes, path.name).read(table, told)
        if told.last_goes_on:
            _go_on(found.episodes[before:])
    return found


def _go_on(episodes: list[dict[str, str]]) -> None:
    """The last episode of each person and domain goes on, unless an end is told: by the year of its start,
    then by the order of the table."""
    began = [row for row in episodes if row["start"]]
    began.sort(key=lambda row: max(re.findall(r"(?<![0-9])[0-9]{4}(?![0-9])", row["start"]), default=""))
    for row in {(row["person"], row["domain"]): row for row in began}.values():
        row["end"] = row["end"] or ".."


class _Reading:
    """One table on its way into what was found."""

    def __init__(self, found: Found, mapping: OwnMapping, codebook: Codebook | None, quotes: bool,
                 file: str) -> None:  # fmt: skip
        self.found, self.codebook, self.quotes, self.file = found, codebook, quotes, file
        self.missing = {folded(text) for text in mapping.missing}

    def read(self, table: RawTable, told: OwnTable) -> None:
        names = {folded(name): holds(written) for name, written in told.columns.items()}
        header = table.header_row(told.header, frozenset({*names, folded(told.person)}))
        columns = table.columns(header)
        there = {folded(column.name) for column in columns}
        if lost := [name for name in (told.person, *told.columns) if folded(name) not in there]:
            shown = tuple(dict.fromkeys(column.name for column in columns))
            raise SettingError(f"{table.sheet or 'the table'}, row {table.rows[header].number}: there is no "
                               f"column {lost[0]!r}. {choices(lost[0], shown, 'There are')}")  # fmt: skip
        who = next(column.place for column in columns if folded(column.name) == folded(told.person))
        held = [(column, names[folded(column.name)]) for column in columns
                if folded(column.name) in names and column.place != who]  # fmt: skip
        for column, what in held:
            if what.name:
                self.found.labels.setdefault((what.kind, what.name), column.name)
        person = ""
        for row in table.rows[header + 1 :]:
            person = row.cell(who) or person
            if not person:
                place = place_in(table, row.number, who)
                self.found.notes.append(f"{place}: nobody is named yet; the row is left out.")
                continue
            self.row(person, row, held, table)

    def row(self, person: str, row: RawRow, held: list[tuple[Column, Holds]], table: RawTable) -> None:
        about = self.found.people.setdefault(person, {"id": person})
        beside = {"document": table.sheet or self.file, "paragraph": f"row {row.number}"}
        asked = [kind for kind in _BESIDE if kind != "quote" or self.quotes]
        beside |= {str(what.kind): text for column, what in held
                   if what.kind in asked and (text := row.cell(column.place))}  # fmt: skip
        times: dict[tuple[str, str], str] = {}
        for column, what in held:
            text = self.said(row, column)
            if text and column.place in row.excel and what.kind != "ignore":
                cell = place_in(table, row.number, column.place)
                self.found.excel.append(f"{cell}: {row.excel[column.place]} becomes {text}")
            if text and what.kind in _DATED:
                self.found.typed.setdefault(text, []).append(place_in(table, row.number, column.place))
            if what.kind in ("start", "end", "when") and text:
                times[column.group, what.kind] = text
            elif what.kind in _ONCE or what.kind == "attribute":
                self.once(about, what, text, place_in(table, row.number, column.place))
            elif what.kind == "event" and text:
                self.found.events.append({"person": person, "event": what.name, "date": text, **beside})
        for column, what in held:
            if what.kind == "domain" and (text := self.said(row, column)):
                start, end = _dates(times, column.group)
                self.found.episodes.append({"person": person, "domain": what.name, "start": start, "end": end,
                                            "state": self.code(what, text), **beside})  # fmt: skip

    def said(self, row: RawRow, column: Column) -> str:
        text = row.cell(column.place)
        return "" if folded(text) in self.missing else text

    def once(self, about: dict[str, str], what: Holds, text: str, place: str) -> None:
        """Something said of the person as a whole: the first that is said holds."""
        name = what.name or what.kind
        value = self.code(what, text) if what.kind == "attribute" and text else text
        if value and about.setdefault(name, value) != value:
            self.found.notes.append(f"{place}: {name} is {text!r} here, but something else above; the first "
                                    "holds.")  # fmt: skip

    def code(self, what: Holds, text: str) -> str:
        """The code of a state or value."""
        if (known := self.known(what, text)) is not None:
            return known
        own = slug(text)
        written = self.found.spellings.setdefault((what.kind, what.name, own), Counter())
        written[text] += 1
        self.found.values.setdefault((what.kind, what.name), {})[own] = written.most_common(1)[0][0]
        return own

    def known(self, what: Holds, text: str) -> str | None:
        if self.codebook is None:
            return None
        if what.kind == "attribute":
            entries = {one.name: one.values or {} for one in self.codebook.attributes}
            return find_named(text, entries.get(what.name, {}).items())
        domain = next((one for one in self.codebook.domains if one.name == what.name), None)
        if domain is None:
            return None
        return find_named(text, [(code, domain.labels.get(code, "") or domain.state(code).label)
                                 for code in domain.codes])  # fmt: skip


def _dates(times: Mapping[tuple[str, str], str], group: str) -> tuple[str, str]:
    """Start and end for a group of columns; those of no group hold where it has none of its own."""
    for own in (group, ""):
        start, end, when = (times.get((own, kind), "") for kind in ("start", "end", "when"))
        if start or end:
            return start, end
        if when:
            first, sign, last = re.sub(r"\s[-\u2013\u2014]\s|(?<=[0-9])[\u2013\u2014-](?=[0-9]{4})", "/",
                                       when).partition("/")  # fmt: skip
            return (first.strip(), last.strip()) if sign else (when, "")
    return "", ""


def own_codebook(found: Found, mapping: OwnMapping) -> Codebook:
    """The codebook that the tables make up. Raises SettingError when no column holds a state."""
    domains = {name: {"label": found.labels[kind, name], "states": {
        code: {"label": text} for code, text in found.values.get((kind, name), {}).items()}}
        for kind, name in found.labels if kind == "domain"}  # fmt: skip
    domains = {name: domain for name, domain in domains.items() if domain["states"]}
    if not domains:
        raise SettingError("No column holds a state, so there are no lives to look at. Write 'domain NAME' "
                           "beside the columns that say where somebody lived, or as what.")  # fmt: skip
    events = {name: {"label": label} for (kind, name), label in found.labels.items() if kind == "event"}
    attributes: dict[str, Any] = {}
    for (kind, name), label in found.labels.items():
        values = found.values.get((kind, name), {})
        if kind == "attribute":
            attributes[name] = {"label": label} | ({"values": values} if 0 < len(values) <= _FEW else {})
    whole: dict[str, Any] = {"title": f"{mapping.title} (drafted)", "domains": domains, "events": events,
                             "attributes": attributes}  # fmt: skip
    return Codebook(**whole)


def write_own(found: Found, mapping: OwnMapping, codebook: Codebook | None, folder: Path,
              *, day_first: bool | None = None) -> TypedTables:  # fmt: skip
    """The study in a folder of its own, dates as typed, with what they mean: ``TypedTables.write`` settles
    them in ``folder``."""
    book = codebook or own_codebook(found, mapping)
    for name in (attribute.name for attribute in book.attributes if attribute.values is None):
        texts = found.values.get(("attribute", name), {})
        for about in found.people.values():
            about[name] = texts.get(about.get(name, ""), about.get(name, ""))
    left = {event["person"] for event in found.events if event["event"] == "departure"}
    told = [row["start"] for row in found.episodes]
    ends = [end for row in found.episodes if (end := row["end"]) not in ("", "..")]
    changes = ends or list(_later_starts(found.episodes))
    told += [about.get("interview", "") for about in found.people.values()]
    plan = first_plan(len(found.people), len(left), changes, told)
    write_new(folder, dict(_files(found, mapping, book)) | {"plan.yaml": as_yaml(plan)})
    settings = read_settings(folder / "study.yaml", StudyFile)
    return TypedTables(settings, folder, day_first=day_first)


def _later_starts(episodes: list[dict[str, str]]) -> Iterator[str]:
    """The starts of all episodes but each person's first in a domain, which begins with birth or nowhere."""
    seen: set[tuple[str, str]] = set()
    for row in episodes:
        if (who := (row["person"], row["domain"])) in seen:
            yield row["start"]
        seen.add(who)


def settle_own(found: Found, mapping: OwnMapping, codebook: Codebook | None, folder: Path, answers: Any,
               *, day_first: bool | None = None) -> tuple[TypedDate, ...]:  # fmt: skip
    """Write the study with its dates settled; ``answers`` says what ambiguous ones mean (see
    ``TypedTables.write``). Returns those that are left as typed."""
    with tempfile.TemporaryDirectory() as raw:
        tables = write_own(found, mapping, codebook, Path(raw), day_first=day_first)
        left = tables.write(folder, answers(tables.found))
    notes = [*found.notes, *(f"Excel had made a date of {cell}" for cell in found.excel)]
    write_new(folder, {"notes.txt": "\n".join(notes) + "\n"} if notes else {})
    return left


def _files(found: Found, mapping: OwnMapping, book: Codebook) -> Iterator[tuple[str, str]]:
    tables = {kind: f"{kind}.csv" for kind in ("persons", "episodes", "events")}
    yield "study.yaml", as_yaml({"title": mapping.title, "codebook": "codebook.yaml", "tables": tables,
                                 "plan": "plan.yaml"})  # fmt: skip
    yield "codebook.yaml", as_yaml(plain_codebook(book))
    attributes = [attribute.name for attribute in book.attributes]
    yield "persons.csv", table_text(["id", *_ONCE, *attributes], found.people.values())
    for kind, rows in (("episodes", found.episodes), ("events", found.events)):
        needed, allowed = COLUMNS[kind]  # type: ignore[index]
        yield f"{kind}.csv", table_text([*needed, *allowed], rows)
