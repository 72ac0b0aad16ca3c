"""Tables as QDA programs export them, CSV or Excel: every cell as text, every row with its number."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from trajectories.coding.files.encodings import read_table_text
from trajectories.coding.files.workbook import Cell, read_workbook
from trajectories.coding.problems import ReadingError
from trajectories.coding.qda.names import clean

LARGEST_CELL = 2_000_000
"""Characters of the largest cell of a CSV file."""
LARGEST_TABLE = 100_000_000
"""Bytes of the largest CSV file."""
MOST_CELLS = 3_000_000
_SMALLER = "A coded segment is never so long; export the coded segments again, without whole documents."

Row = tuple[int, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table: its name (empty for CSV) and its rows that are not blank, each with its number."""

    name: str
    rows: tuple[Row, ...]


def read_sheets(path: Path, encoding: str | None = None) -> tuple[Sheet, ...]:
    """The tables of an Excel workbook (all sheets) or of a CSV file (one).

    CSV may be separated by commas, semicolons or tabs, in UTF-8 or the encoding that is stated. Raises
    ReadingError for a file that cannot be read, an open quotation mark, or a cell beyond 2 million
    characters.
    """
    if path.suffix.lower() in (".xlsx", ".xlsm"):
        return _workbook(path)
    if path.suffix.lower() == ".xls":
        what, hint = "this is the Excel format of before 2007", "Save it as .xlsx or as 'CSV UTF-8'."
        raise ReadingError(path.name, 0, what, hint, "wrong_type")
    if path.is_file() and path.stat().st_size > LARGEST_TABLE:
        what = f"the file has more than {LARGEST_TABLE // 1_000_000} MB"
        raise ReadingError(path.name, 0, what, _SMALLER, "too_large")
    text = read_table_text(path, path.name, encoding, "give --encoding {}").text
    return (Sheet("", tuple(_kept(csv_rows(text, path.name), path.name))),)


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


def csv_rows(text: str, name: str) -> Iterator[tuple[int, list[str]]]:
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
    sheets = []
    for title, rows in read_workbook(path, path.name).items():
        texts = ((row.number, map(_as_text, row.cells)) for row in rows)
        sheets.append(Sheet(title, tuple(_kept(texts, path.name))))
    return tuple(sheets)


def _as_text(cell: Cell) -> str:
    """A cell as a person reads it: days as 2022-03-05, moments as 2022-03-05 10:00:00."""
    if cell.kind == "date":
        return cell.text.replace("T", " ")
    if cell.kind == "truth":
        return cell.text.lower()
    return cell.shown if cell.kind == "error" else cell.text
