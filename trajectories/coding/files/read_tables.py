"""Read coded lives from tables: people, episodes, events, ties, and what happened to everybody."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Iterator, Sequence
from itertools import islice, repeat
from operator import itemgetter
from typing import Any, NamedTuple, TypeAlias

from trajectories.coding.biography import Episode, Source
from trajectories.coding.dating.dates import UNKNOWN, DateError, parse_date, parse_interval
from trajectories.coding.files.reading import Reading
from trajectories.coding.files.sheets import Sheet
from trajectories.coding.files.text_files import TextFile, broken_csv
from trajectories.coding.files.workbook import Row
from trajectories.coding.problems import ReadingError, choices
from trajectories.coding.study import ContextEvent, TableName

Table: TypeAlias = TextFile | Sheet
"""A table as text (CSV) or as a sheet of cells (Excel, Parquet)."""


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
_BATCH = 1024
"""Rows that are read together."""
_FIRST = itemgetter(0)
_LINE_END = re.compile(r"\r\n|\r|\n")
CONTEXT_COLUMNS = Columns(("date", "label"), ("country", "kind", "source"))


def read_table(kind: TableName, file: Table, reading: Reading) -> None:
    """Add the rows of one table to ``reading``; a row that cannot be read becomes a problem with its
    line.

    The separator of a CSV file is a comma, a semicolon or a tab, told from the header. A cell that Excel
    turned into a date is never believed: the row is left out (a person keeps the other cells). Raises
    ReadingError when a needed column is missing or the quotation marks do not match: then nothing in the
    table can be trusted.
    """
    if kind == "persons":
        return _read_people(file, reading)
    if kind == "episodes":
        return _read_episodes(file, reading)
    rows = _rows(file, COLUMNS[kind], reading)
    add = reading.add_event if kind == "events" else reading.add_tie
    only, name = reading.only, file.name
    for line, row in rows:
        if only is None or row["person"] == only:
            add(row, Source(name, line, row.get("document", ""), row.get("paragraph", "")))
    return None


def read_context_events(file: Table, reading: Reading) -> tuple[ContextEvent, ...]:
    """What happened to everybody (``date,country,kind,label,source``); the date may be an interval.

    A row without a date that can be read is reported and left out.
    """
    events = []
    for line, row in _rows(file, CONTEXT_COLUMNS, reading):
        try:
            text = row["date"]
            widths = reading.widths
            if "/" in text:
                date, until = parse_interval(text, widths)
            else:
                date, until = parse_date(text, widths), UNKNOWN
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


def _read_people(file: Table, reading: Reading) -> None:
    """People: every attribute of the codebook is a column that may be there."""
    attributes = tuple(attribute.name for attribute in reading.codebook.attributes)
    needed, allowed = COLUMNS["persons"]
    for line, row in _rows(file, Columns(needed, allowed + attributes), reading):
        written = {name: row[name] for name in attributes if row.get(name)}
        reading.add_person(row, written, Source(file.name, line))


def _read_episodes(file: Table, reading: Reading) -> None:
    """Episodes, which are many: those of a batch of rows are made together where none needs a word said about
    it, which takes half the time."""
    columns = COLUMNS["episodes"]
    names = (*columns.needed, *columns.allowed)
    header, rows = _cells(file, columns, reading)
    while batch := list(islice(rows, _BATCH)):
        lines, cells = zip(*batch, strict=True)
        by_column = [list(map(str.strip, column)) for column in zip(*cells, strict=True)]
        nothing = [""] * len(lines)
        picked = [by_column[header.index(name)] if name in header else nothing for name in names]
        if not _add_together(file.name, lines, picked, reading):
            for line, found in zip(lines, zip(*picked, strict=True), strict=True):
                if reading.only in (None, found[0]):
                    row = dict(zip(names, found, strict=True))
                    reading.add_episode(row, Source(file.name, line, row["document"], row["paragraph"]))


def _add_together(file: str, lines: Sequence[int], picked: Sequence[list[str]], reading: Reading) -> bool:
    """Add the episodes of these columns if each is complete, has dates that can be read and is wanted."""
    person, domain, state, start, end, event_id, quote, document, paragraph, coder, confidence = picked
    dates = reading.known_stretches(start, end)
    if dates is None or reading.only is not None or not (all(person) and all(domain) and all(state)):
        return False
    made = tuple.__new__  # a tuple is made without its names in half the time
    source = map(made, repeat(Source), zip(repeat(file), lines, document, paragraph, repeat(0)))
    said = quote if reading.quotes else repeat(None)
    starts, ends = zip(*dates, strict=True)
    told = zip(source, said, coder, confidence, event_id, strict=False)  # what says nothing repeats for ever
    fields = zip(person, domain, state, starts, ends, *zip(*told, strict=True), strict=True)
    reading.episodes.extend(map(made, repeat(Episode), fields))
    return True


def _rows(file: Table, columns: Columns, reading: Reading) -> Iterator[tuple[int, dict[str, str]]]:
    """Line and cells of every row that is not blank; rows of another length than the header are reported."""
    header, rows = _cells(file, columns, reading)
    return ((line, dict(zip(header, map(str.strip, cells), strict=True))) for line, cells in rows)


def _cells(file: Table, columns: Columns,
           reading: Reading) -> tuple[list[str], Iterator[tuple[int, list[str]]]]:  # fmt: skip
    """The header, and line and cells of every row of its length that is not blank."""
    if isinstance(file, Sheet):
        header = _header(list(file.header.texts), file.name, columns, reading, file.header.number)
        return header, _sheet_rows(file, columns, header, reading)
    separator = separator_of(file.text, {*columns.needed, *columns.allowed})
    lines = io.TextIOWrapper(io.BytesIO(file.text.encode()), "utf-8", newline="")  # faster than StringIO
    reader = csv.reader(lines, delimiter=separator, strict=True)
    try:
        first = next(reader, [])
    except csv.Error as error:
        raise _broken(error, file, reader.line_num) from None
    header = _header(first, file.name, columns, reading)
    return header, _lines(file, reader, header, reading)


def _sheet_rows(sheet: Sheet, columns: Columns, header: list[str],
                reading: Reading) -> Iterator[tuple[int, list[str]]]:  # fmt: skip
    known = {*columns.needed, *columns.allowed}
    for row in sheet.rows[1:]:
        cells = [*map(str.strip, row.texts), *[""] * (len(header) - len(row.cells))]
        source = Source(sheet.name, row.number)
        if len(cells) > len(header):
            _report_length(cells, header, source, reading)
        elif not _troubled(sheet, row, header, known, reading) or "id" in columns.needed:
            yield row.number, _settled(row, cells)


def _settled(row: Row, cells: list[str]) -> list[str]:
    """The cells with those emptied that Excel made a date of."""
    dates = {column for column, cell in enumerate(row.cells) if cell.kind == "date"}
    return ["" if column in dates else text for column, text in enumerate(cells)]


def _troubled(sheet: Sheet, row: Row, header: list[str], known: set[str], reading: Reading) -> bool:
    """Report every cell of a row that cannot be believed; whether there is any."""
    named = list(zip(row.cells, header, strict=False))
    who = next((cell.text.strip() for cell, name in named if name in ("id", "person")), "")
    found = False
    for column, (cell, name) in enumerate(named):
        trouble = sheet.trouble(row.number, column, cell) if name in known and cell.kind != "text" else None
        if trouble is not None:
            found = True
            what = f"{name}: {trouble[0]}"
            reading.report("error", Source(sheet.name, row.number), who, what, trouble[1], "excel_cell")
    return found


def _lines(file: TextFile, reader: Any, header: list[str],
           reading: Reading) -> Iterator[tuple[int, list[str]]]:  # fmt: skip
    width, before = len(header), reader.line_num
    try:
        while rows := list(islice(reader, _BATCH)):
            lines = range(before + 1, before + 1 + len(rows))
            if reader.line_num == lines[-1] and set(map(len, rows)) == {width} and all(map(_FIRST, rows)):
                yield from zip(lines, rows, strict=True)
            else:
                yield from _numbered(file, rows, before + 1, header, reading)
            before = reader.line_num
    except csv.Error as error:
        raise _broken(error, file, reader.line_num) from None


def _numbered(file: TextFile, rows: list[list[str]], line: int, header: list[str],
              reading: Reading) -> Iterator[tuple[int, list[str]]]:  # fmt: skip
    """Rows with the line on which each begins, of which some are blank, too short, or have cells of several
    lines."""
    for cells in rows:
        if len(cells) == len(header) and any(cells):
            yield line, cells
        elif any(cells):
            _report_length(cells, header, Source(file.name, line), reading)
        line += 1 + sum(len(_LINE_END.findall(cell)) for cell in cells)


def _broken(error: csv.Error, file: TextFile, line: int) -> ReadingError:
    what, hint = broken_csv(error)
    return ReadingError(file.name, line, what, hint, "broken_csv")


def separator_of(text: str, known: Collection[str]) -> str:
    """The separator that makes the header name the most known columns."""
    header = text.lstrip("\r\n").partition("\n")[0].replace('"', "")
    return max(",;\t", key=lambda mark: sum(cell.strip() in known for cell in header.split(mark)))


def _header(cells: list[str], file: str, columns: Columns, reading: Reading, line: int = 1) -> list[str]:
    header = [cell.strip() for cell in cells]
    known = (*columns.needed, *columns.allowed)
    for needed in columns.needed:
        if needed not in header:
            there = f"there are {', '.join(header)}" if any(header) else "the table is empty"
            raise ReadingError(file, line, f"there is no column {needed!r}; {there}",
                          f"The first line must name the columns: {', '.join(known)}.", "missing_column")
    for i, name in enumerate(header):
        if name in header[:i] and name:
            what = f"the column {name!r} stands there twice"
            raise ReadingError(file, line, what, "Keep one of them.", "duplicate_key")
        if name not in known:
            what = f"the column {name!r} is not known; it is not read"
            hint = choices(name, known, "There may be")
            reading.report("warning", Source(file, line), "", what, hint, "unknown_column")
    return header


def _report_length(cells: list[str], header: list[str], source: Source, reading: Reading) -> None:
    reading.report(
        "error", source, cells[0].strip() if header[0] in ("id", "person") else "",
        f"this row has {len(cells)} cells, the header has {len(header)}; it is not read",
        "Put text that contains the separator in quotation marks, and keep empty cells.", "row_length",
    )
