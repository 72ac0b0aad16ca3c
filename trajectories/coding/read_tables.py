"""Read coded lives from CSV tables: people, episodes, events, ties, and what happened to everybody."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import NamedTuple

from trajectories.coding.biography import Source
from trajectories.coding.dates import UNKNOWN, DateError, parse_date, parse_interval
from trajectories.coding.problems import ReadingError, choices
from trajectories.coding.reading import Reading
from trajectories.coding.study import ContextEvent, TableName
from trajectories.coding.text_files import TextFile


class Columns(NamedTuple):
    """The columns a table must have, and those it may have besides."""

    needed: tuple[str, ...]
    allowed: tuple[str, ...]


_CODED = ("quote", "document", "paragraph", "coder", "confidence")
COLUMNS: dict[TableName, Columns] = {
    "persons": Columns(("id",), ("birth", "interview", "observed")),
    "episodes": Columns(("person", "domain", "state", "start", "end"), ("event_id", *_CODED)),
    "events": Columns(("person", "event", "date"), ("event_id", "label", *_CODED)),
    "ties": Columns(
        ("person", "date", "direction", "resource"),
        ("counterpart", "infrastructure", "terms", "quote", "document", "paragraph"),
    ),
}
_CONTEXT = Columns(("date", "label"), ("country", "kind", "source"))


def read_table(kind: TableName, file: TextFile, reading: Reading) -> None:
    """Add the rows of one CSV table to ``reading``; a row that cannot be read becomes a problem with its
    line.

    The separator is a comma, a semicolon or a tab, told from the header. Raises ReadingError when a needed
    column is missing or the quotation marks do not match: then nothing in the table can be trusted.
    """
    if kind == "persons":
        return _read_people(file, reading)
    rows = _rows(file, COLUMNS[kind], reading)
    add = {"episodes": reading.add_episode, "events": reading.add_event, "ties": reading.add_tie}[kind]
    only, name = reading.only, file.name
    for line, row in rows:
        if only is None or row["person"] == only:
            add(row, Source(name, line, row.get("document", ""), row.get("paragraph", "")))
    return None


def read_context_events(file: TextFile, reading: Reading) -> tuple[ContextEvent, ...]:
    """What happened to everybody (``date,country,kind,label,source``); the date may be an interval.

    A row without a date that can be read is reported and left out.
    """
    events = []
    for line, row in _rows(file, _CONTEXT, reading):
        try:
            text = row["date"]
            date, until = parse_interval(text) if "/" in text else (parse_date(text), UNKNOWN)
        except DateError as error:
            what = f"context event: {error.what}"
            reading.report("error", Source(file.name, line), "", what, error.hint, "date")
            continue
        if not date.is_known:
            reading.report("error", Source(file.name, line), "", "this context event has no date",
                           "It is left out until it has one.", "missing_value")
            continue
        country, kind, source = (row.get(name, "") for name in ("country", "kind", "source"))
        events.append(ContextEvent(date, country, kind, row["label"], source, until))
    return tuple(sorted(events, key=lambda event: event.date.earliest or 0))


def _read_people(file: TextFile, reading: Reading) -> None:
    """People: every attribute of the codebook is a column that may be there."""
    attributes = tuple(attribute.name for attribute in reading.codebook.attributes)
    needed, allowed = COLUMNS["persons"]
    for line, row in _rows(file, Columns(needed, allowed + attributes), reading):
        written = {name: row[name] for name in attributes if row.get(name)}
        reading.add_person(row, written, Source(file.name, line))


def _rows(file: TextFile, columns: Columns, reading: Reading) -> Iterator[tuple[int, dict[str, str]]]:
    """Line and cells of every row that is not blank; rows of another length than the header are reported."""
    separator = _separator(file.text, columns)
    reader = csv.reader(io.StringIO(file.text, newline=""), delimiter=separator, strict=True)
    try:
        header = _header(next(reader, []), file.name, columns, reading)
        before = reader.line_num
        for cells in reader:
            line, before = before + 1, reader.line_num
            if not any(cells):
                continue
            if len(cells) == len(header):
                yield line, dict(zip(header, map(str.strip, cells), strict=True))
            else:
                _report_length(cells, header, Source(file.name, line), reading)
    except csv.Error as error:
        hint = 'Look for a quotation mark (") that is not closed; inside a quoted cell write it twice ("").'
        what = f"the table cannot be read from here on ({error})"
        raise ReadingError(file.name, reader.line_num, what, hint, "broken_csv") from None


def _separator(text: str, columns: Columns) -> str:
    """The separator that makes the header name the most known columns."""
    header = text.lstrip("\r\n").partition("\n")[0].replace('"', "")
    known = {*columns.needed, *columns.allowed}
    return max(",;\t", key=lambda mark: sum(cell.strip() in known for cell in header.split(mark)))


def _header(cells: list[str], file: str, columns: Columns, reading: Reading) -> list[str]:
    header = [cell.strip() for cell in cells]
    known = (*columns.needed, *columns.allowed)
    for needed in columns.needed:
        if needed not in header:
            there = f"there are {', '.join(header)}" if any(header) else "the table is empty"
            raise ReadingError(file, 1, f"there is no column {needed!r}; {there}",
                          f"The first line must name the columns: {', '.join(known)}.", "missing_column")
    for i, name in enumerate(header):
        if name in header[:i] and name:
            what = f"the column {name!r} stands there twice"
            raise ReadingError(file, 1, what, "Keep one of them.", "duplicate_key")
        if name not in known:
            what = f"the column {name!r} is not known; it is not read"
            hint = choices(name, known, "There may be")
            reading.report("warning", Source(file, 1), "", what, hint, "unknown_column")
    return header


def _report_length(cells: list[str], header: list[str], source: Source, reading: Reading) -> None:
    reading.report(
        "error", source, cells[0].strip() if header[0] in ("id", "person") else "",
        f"this row has {len(cells)} cells, the header has {len(header)}; it is not read",
        "Put text that contains the separator in quotation marks, and keep empty cells.", "row_length",
    )
