"""Tables as QDA programs export them, CSV or Excel: every cell as text, every row with its number."""

from __future__ import annotations

import datetime as dt
import re
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from trajectories.coding.problems import ReadingError
from trajectories.coding.qda.archives import DAMAGED, Archive, open_archive
from trajectories.coding.qda.names import clean
from trajectories.coding.qda.safe_xml import refuse_document_type
from trajectories.coding.text_files import read_text

LARGEST_CELL = 2_000_000
"""Characters of the largest cell (Excel itself allows 32,767)."""
LARGEST_TABLE = 100_000_000
"""Bytes of the largest CSV file, and of the largest part of a workbook."""
MOST_ROWS, MOST_COLUMNS, MOST_CELLS = 1_048_576, 2_000, 3_000_000
_SMALLER = "A coded segment is never so long; export the coded segments again, without whole documents."

Row = tuple[int, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table: its name (empty for CSV) and its rows that are not blank, each with its number."""

    name: str
    rows: tuple[Row, ...]


def read_sheets(path: Path) -> tuple[Sheet, ...]:
    """The tables of an Excel workbook (all sheets) or of a CSV file (one).

    CSV may be separated by commas, semicolons or tabs. Raises ReadingError for a file that cannot be read, an
    open quotation mark, or a cell beyond 2 million characters.
    """
    if path.suffix.lower() in (".xlsx", ".xlsm"):
        return _workbook(path)
    if path.suffix.lower() == ".xls":
        what, hint = "this is the Excel format of before 2007", "Save it as .xlsx or as 'CSV UTF-8'."
        raise ReadingError(path.name, 0, what, hint, "wrong_type")
    if path.is_file() and path.stat().st_size > LARGEST_TABLE:
        what = f"the file has more than {LARGEST_TABLE // 1_000_000} MB"
        raise ReadingError(path.name, 0, what, _SMALLER, "too_large")
    text = read_text(path, path.name).text
    return (Sheet("", tuple(_kept(_csv_rows(text, path.name), path.name))),)


def _kept(rows: Iterable[tuple[int, Iterable[str]]], name: str) -> Iterator[Row]:
    count = 0
    for number, cells in rows:
        row = tuple(cells)
        count += len(row)
        if count > MOST_CELLS:
            what = f"the table has more than {MOST_CELLS:,} cells"
            raise ReadingError(name, number, what, "Export fewer columns, or fewer documents.", "too_large")
        for i, cell in enumerate(row):
            if len(cell) > LARGEST_CELL:
                what = f"cell {i + 1} has {len(cell):,} characters; at most {LARGEST_CELL:,} are read"
                raise ReadingError(name, number, what, _SMALLER, "too_large")
        if any(cleaned := tuple(map(clean, row))):
            yield number, cleaned


def _csv_rows(text: str, name: str) -> Iterator[tuple[int, list[str]]]:
    """Rows of a CSV text with the line each begins in; line ends may be mixed."""
    mark = _separator(text)
    cell = re.compile(rf'(?:"([^"]*+(?:""[^"]*+)*+)"[ \t]*|([^{mark}\r\n]*))({mark}|\r\n|\r|\n|\Z)')
    position, line, row, began = 0, 1, [], 1
    while position < len(text):
        found = cell.match(text, position)
        if found is None or (found[2] or "").startswith('"'):
            hint = 'Inside a quoted cell a quotation mark is written twice ("").'
            raise ReadingError(name, line, "a quotation mark is not closed from here on", hint, "broken_csv")
        row.append(found[1].replace('""', '"') if found[1] is not None else found[2])
        position, line = found.end(), line + _line_ends(found[0])
        if found[3] != mark:
            yield began, row
            row, began = [], line
    if row:
        yield began, row


def _line_ends(text: str) -> int:
    return text.count("\n") + text.count("\r") - text.count("\r\n")


def _separator(text: str) -> str:
    first = re.split(r"[\r\n]", text.lstrip("\r\n"), maxsplit=1)[0]
    return max((",", ";", "\t"), key=first.count)


def _workbook(path: Path) -> tuple[Sheet, ...]:
    with open_archive(path, path.name) as archive:
        _look_through(archive)
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    damaged = (*DAMAGED, KeyError, IndexError, TypeError, AttributeError, ParseError, InvalidFileException)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(path, read_only=True, data_only=True)
            try:
                return tuple(Sheet(sheet.title, tuple(_kept(_sheet_rows(sheet, path.name), path.name)))
                             for sheet in book.worksheets)
            finally:
                book.close()
    except ReadingError:
        raise
    except damaged as error:
        what = f"the workbook cannot be read ({type(error).__name__}: {str(error)[:120]})"
        raise ReadingError(path.name, 0, what, "Open it in Excel or LibreOffice and save it again.") from None


def _look_through(archive: Archive) -> None:
    """Refuse a workbook with parts that grow out of proportion or declare entities, before it is parsed."""
    parts = [part for part in archive.names if part.lower().endswith((".xml", ".rels", ".vml"))]
    total = sum(archive.size(part) for part in parts)
    if total > 1.5 * LARGEST_TABLE:
        what = f"unpacked the workbook has {total / 1e6:,.0f} MB"
        raise ReadingError(archive.name, 0, what, _SMALLER, "too_large")
    for part in parts:
        with archive.open(part, LARGEST_TABLE) as stream:
            try:
                refuse_document_type(stream, f"{archive.name}/{part}")
            except ReadingError:
                raise
            except DAMAGED:
                what = "the file is damaged: it cannot be unpacked"
                raise ReadingError(archive.name, 0, what, "Export it again.") from None


def _sheet_rows(sheet: Any, name: str) -> Iterator[tuple[int, list[str]]]:
    sheet.reset_dimensions()
    for number, cells in enumerate(sheet.iter_rows(values_only=True), start=1):
        if number > MOST_ROWS or len(cells) > MOST_COLUMNS:
            what = f"the sheet {sheet.title!r} has more than {MOST_ROWS:,} rows or {MOST_COLUMNS:,} columns"
            raise ReadingError(name, number, what, "Keep the table of coded segments only.", "too_large")
        if cells:
            yield number, [_as_text(cell) for cell in cells]


def _as_text(value: Any) -> str:
    """A cell as a person reads it: 12 not 12.0, days as 2022-03-05."""
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        whole_day = value.time() == dt.time()
        return value.date().isoformat() if whole_day else value.isoformat(" ", "seconds")
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)
