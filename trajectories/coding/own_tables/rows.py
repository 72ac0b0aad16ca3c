"""A team's own table as rows under named columns: found below titles, with merged and numbered headers."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from trajectories.coding.files.encodings import read_table_text
from trajectories.coding.files.excel_dates import Settling, settled
from trajectories.coding.files.workbook import Cell, cell_name, read_workbook
from trajectories.coding.problems import ReadingError
from trajectories.coding.qda.names import clean, folded
from trajectories.coding.qda.sheets import csv_rows

WORKBOOKS = (".xlsx", ".xlsm")
LOOKED_AT = 15
"""Rows in which the names of columns are looked for."""


class Column(NamedTuple):
    """One column: its name without a number, and the group of columns it belongs to (``1`` of ``Land 1``, or
    what a merged header above says)."""

    place: int
    name: str
    group: str = ""


class RawRow(NamedTuple):
    """One row as text: its number, its cells, and what Excel shows of those it made dates of."""

    number: int
    cells: tuple[str, ...]
    excel: dict[int, str]

    def cell(self, place: int) -> str:
        return self.cells[place] if place < len(self.cells) else ""


@dataclass(frozen=True)
class RawTable:
    """A sheet of a workbook, or a CSV file, nothing of it understood yet."""

    sheet: str
    """Empty for a CSV file."""
    rows: tuple[RawRow, ...]

    def header_row(self, number: int | None, known: frozenset[str] = frozenset()) -> int:
        """Where the names of the columns stand (an index of ``rows``): as said, else the row with most known
        names, then most cells."""
        if number is not None:
            at = next((i for i, row in enumerate(self.rows) if row.number == number), None)
            if at is None:
                where = f" of sheet {self.sheet!r}" if self.sheet else ""
                what = f"row {number}{where} is empty, so it names no columns"
                raise ReadingError(self.sheet, number, what, "Correct 'header' in the mapping.",
                                   "missing_column")  # fmt: skip
            return at

        def weight(i: int) -> tuple[int, int, int]:
            names = [folded(cell) for cell in self.rows[i].cells if cell]
            return sum(bare(name) in known for name in names), len(set(names)), -i

        return max(range(min(LOOKED_AT, len(self.rows))), key=weight)

    def columns(self, header: int) -> tuple[Column, ...]:
        """The named columns; those of one name are told apart by the header above them, or by order."""
        names = {i: " ".join(cell.split()) for i, cell in enumerate(self.rows[header].cells) if cell.strip()}
        numbered = {i: _numbered(name) for i, name in names.items()}
        stems = Counter(folded(stem) for stem, _ in numbered.values())
        named: dict[int, tuple[str, str]] = {
            i: numbered[i] if stems[folded(numbered[i][0])] > 1 else (name, "") for i, name in names.items()}
        twice = Counter((folded(name), group) for name, group in named.values())
        above = self._above(header)
        seen: Counter[str] = Counter()
        columns = []
        for i, (name, group) in named.items():
            key = folded(name)
            if twice[key, group] > 1:
                seen[key] += 1
                group = f"{above.get(i, '') or seen[key]}"
            columns.append(Column(i, name, group))
        return tuple(_with_their_neighbours(columns, above))

    def _above(self, header: int) -> dict[int, str]:
        """For each column, what the row above says; a merged cell counts for all columns it spans."""
        if header == 0 or self.rows[header - 1].number != self.rows[header].number - 1:
            return {}
        said, found = "", {}
        upper = self.rows[header - 1]
        if sum(map(bool, upper.cells)) < 2:
            return {}
        for i in range(len(self.rows[header].cells)):
            said = upper.cell(i) or said
            found[i] = said
        return found


def bare(name: str) -> str:
    """A header without its number."""
    return folded(_numbered(name)[0])


def _numbered(name: str) -> tuple[str, str]:
    """``Land 2``, ``Land_2``, ``2. Land`` as name and number."""
    if found := re.fullmatch(r"(.*?[^\W\d_])[\s_.:\-]*\(?([0-9]{1,2})\)?\.?", name):
        return found[1], str(int(found[2]))
    if found := re.fullmatch(r"([0-9]{1,2})[.)]?\s+(.+)", name):
        return found[2], str(int(found[1]))
    return name, ""


def _with_their_neighbours(columns: list[Column], above: dict[int, str]) -> list[Column]:
    """Columns under a merged header go with the group that it names, if it names one."""
    groups = {column.group for column in columns}
    return [column._replace(group=above[column.place])
            if not column.group and above.get(column.place) in groups - {""} else column
            for column in columns]  # fmt: skip


def read_raw(path: Path, encoding: str | None = None, meant: Settling = "as_shown") -> tuple[RawTable, ...]:
    """The tables of a workbook (every sheet with rows) or of a CSV file, as text.

    Excel's own dates become what they show (``Mar-22``: ``2022-03``), or the part that ``meant`` says. Raises
    ReadingError for what cannot be read.
    """
    if path.suffix.lower() in WORKBOOKS:
        sheets = read_workbook(path, path.name)
        tables = [RawTable(title, tuple(_row(row.number, row.cells, meant) for row in rows))
                  for title, rows in sheets.items() if rows]  # fmt: skip
    else:
        text = read_table_text(path, path.name, encoding, "give --encoding {}").text
        rows = (RawRow(number, tuple(map(clean, cells)), {}) for number, cells in csv_rows(text, path.name))
        tables = [RawTable("", tuple(row for row in rows if any(row.cells)))]
    if not any(table.rows for table in tables):
        raise ReadingError(path.name, 0, "there is nothing in it", "Is it the right file?", "empty_file")
    return tuple(tables)


def _row(number: int, cells: tuple[Cell, ...], meant: Settling) -> RawRow:
    texts = tuple(settled(cell, meant) if cell.kind == "date" else clean(cell.text) for cell in cells)
    return RawRow(number, texts, {i: cell.shown or cell.text for i, cell in enumerate(cells)
                                  if cell.kind == "date"})  # fmt: skip


def place_in(table: RawTable, row: int, column: int) -> str:
    """A cell as people name it: ``Interviews!F4``, or ``row 4, column 6``."""
    return f"{table.sheet}!{cell_name(row, column)}" if table.sheet else f"row {row}, column {column + 1}"
