"""Excel workbooks (.xlsx) as sheets of text, each cell with its place and what Excel holds in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal, NamedTuple, TypeAlias
from xml.etree import ElementTree

from trajectories.coding.files.excel_numbers import Formats, Precision, as_number
from trajectories.coding.files.text_files import read_bytes
from trajectories.coding.files.zip_parts import Parts, local
from trajectories.coding.problems import ReadingError

Kind = Literal["text", "number", "date", "truth", "error", "uncomputed"]
"""What Excel holds: ``error`` is ``#REF!`` and the like, ``uncomputed`` a formula saved without its value."""

MOST_CELLS = 5_000_000
LONGEST_TEXT = 131_072
_ROWS, _COLUMNS = 1_048_576, 16_384


class Cell(NamedTuple):
    """One cell as text; ``shown`` is what Excel displays of a date or error (``Mar-22``, ``#REF!``),
    ``precision`` what that says of a date (``month``)."""

    text: str
    kind: Kind = "text"
    shown: str = ""
    precision: Precision = ""


class Row(NamedTuple):
    """One row of a sheet: its number as Excel counts, and its cells from column A to the last one filled."""

    number: int
    cells: tuple[Cell, ...]

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(cell.text for cell in self.cells)


EMPTY = Cell("")


def read_workbook(path: str | Path, name: str = "") -> dict[str, list[Row]]:
    """The sheets of a workbook by name, in its order; rows without any content are left out.

    Every cell becomes text: numbers as short as they can be written (``2022``, not ``2022.0``), dates as
    ``2022-03-01``, formulas by the value saved with them. Both date systems (1900 and 1904) are understood.
    ``name`` is what messages call the file. Raises ReadingError when the file is no workbook, is damaged or
    protected by a password, or would grow too large.

    >>> read_workbook("study.xlsx")["persons"][0].texts  # doctest: +SKIP
    ('id', 'birth', 'interview')
    """
    shown_name = name or str(path)
    return workbook_in(read_bytes(Path(path), shown_name), shown_name)


def workbook_in(raw: bytes, name: str) -> dict[str, list[Row]]:
    """The sheets of a workbook given as bytes (see ``read_workbook``)."""
    parts = Parts.of(raw, name)
    book = _Book.of(parts)
    return {title: list(book.rows(title, place)) for title, place in book.sheets.items()}


def cell_name(row: int, column: int) -> str:
    """A place as Excel writes it; the first column is 0.

    >>> cell_name(7, 27)
    'AB7'
    """
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"


_Place: TypeAlias = tuple[str, int, int]
"""Sheet, row and column (from 0) of a cell."""


def _named(place: _Place) -> str:
    return f"{place[0]}!{cell_name(place[1], place[2])}"


@lru_cache(maxsize=_COLUMNS)
def _column(letters: str) -> int:
    """The number of a column from 0; -1 for what is none."""
    number = 0
    for letter in letters if re.fullmatch("[A-Z]{1,3}", letters) else "":
        number = number * 26 + ord(letter) - 64
    return number - 1


@dataclass
class _Book:
    """A workbook being read: where its sheets are, its shared texts and its number formats."""

    parts: Parts
    sheets: dict[str, str]
    texts: list[str]
    formats: Formats
    cells: int = 0

    @classmethod
    def of(cls, parts: Parts) -> _Book:
        place = parts.related("", "officeDocument").get("officeDocument", "xl/workbook.xml")
        root = parts.tree(place)
        targets = parts.related(place)
        sheets: dict[str, str] = {}
        date1904 = False
        for element in root.iter():
            if local(element.tag) == "workbookPr":
                date1904 = element.get("date1904", "0") in ("1", "true")
            if local(element.tag) == "sheet":
                reference = next((v for k, v in element.attrib.items() if k.endswith("}id")), "")
                if targets.get(reference, "").startswith("xl/") or targets.get(reference) in parts.names:
                    sheets[element.get("name", f"sheet {len(sheets) + 1}")] = targets[reference]
        if not sheets:
            raise ReadingError(parts.file, 0, "the workbook has no sheets", "Save it again from Excel.")
        texts = _shared_texts(parts, targets.get("sharedStrings", ""))
        return cls(parts, sheets, texts, _formats(parts, targets.get("styles", ""), date1904))

    def rows(self, title: str, place: str) -> Iterator[Row]:
        number = 0
        for element in self.parts.elements(place, "row"):
            number = self.row_number(element, number + 1, title)
            cells = self.row_cells(element, title, number)
            if any(cell.text or cell.kind != "text" for cell in cells):
                yield Row(number, cells)

    def row_number(self, element: ElementTree.Element, following: int, title: str) -> int:
        written = element.get("r", str(following))
        number = int(written) if re.fullmatch(r"[0-9]{1,7}", written) else 0
        if not following <= number <= _ROWS:
            raise self.damaged(title, f"a row is numbered {written[:20]!r}")
        return number

    def row_cells(self, row: ElementTree.Element, title: str, number: int) -> tuple[Cell, ...]:
        cells: list[Cell] = []
        for element in row:
            if local(element.tag) != "c":
                continue
            column = self.column(element, len(cells), title)
            cell = self.cell(element, (title, number, column))
            if cell.text or cell.kind != "text":
                self.cells += column + 1 - len(cells)
                if self.cells > MOST_CELLS:
                    what = f"the workbook has more than {MOST_CELLS:,} cells"
                    raise ReadingError(self.parts.file, 0, what, "Divide it, or save the sheets as CSV.")
                cells += [EMPTY] * (column - len(cells))
                cells.append(cell)
        return tuple(cells)

    def column(self, element: ElementTree.Element, following: int, title: str) -> int:
        """Column of a cell from 0: as written (``C7``), else the one after the last."""
        written = element.get("r")
        if written is None:
            return following
        number = _column(written.rstrip("0123456789"))
        if not following <= number < _COLUMNS:
            raise self.damaged(title, f"a cell has the place {written[:20]!r}")
        return number

    def cell(self, element: ElementTree.Element, place: _Place) -> Cell:
        value, inline, formula = "", "", False
        for child in element:
            tag = local(child.tag)
            value = child.text or "" if tag == "v" else value
            inline = _text_of(child) if tag == "is" else inline
            formula = formula or tag == "f"
        kind = element.get("t", "n")
        if kind == "inlineStr":
            return self.text(inline, place)
        if kind == "str":
            return self.text(_unescaped(value), place)
        if value == "":
            return Cell("", "uncomputed") if formula else EMPTY
        if kind == "s":
            return self.text(self.shared(value, place), place)
        if kind in ("b", "e", "d"):
            return _special(kind, value)
        return self.number(value, element.get("s", "0"), place)

    def text(self, text: str, place: _Place) -> Cell:
        if len(text) > LONGEST_TEXT:
            what = f"the cell {_named(place)} holds {len(text):,} characters"
            raise ReadingError(self.parts.file, 0, what, f"At most {LONGEST_TEXT:,} are read.")
        return Cell(text)

    def shared(self, value: str, place: _Place) -> str:
        if re.fullmatch(r"[0-9]{1,9}", value) and int(value) < len(self.texts):
            return self.texts[int(value)]
        raise self.damaged(_named(place), f"it points to a text {value[:20]!r} that is not there")

    def number(self, value: str, style: str, place: _Place) -> Cell:
        number = as_number(value)
        if number is None:
            raise self.damaged(_named(place), f"it holds the number {value[:20]!r}")
        if self.formats.is_date(style):
            dated = self.formats.dated(number, style)
            return Cell(dated[0], "date", *dated[1:]) if dated else Cell("", "error", "########")
        return Cell(repr(int(number)) if number.is_integer() else repr(number), "number")

    def damaged(self, place: str, what: str) -> ReadingError:
        return ReadingError(self.parts.file, 0, f"the workbook is damaged at {place}: {what}",
                            "Open it in Excel and save it again.")  # fmt: skip


def _special(kind: str, value: str) -> Cell:
    """Truth values, errors, and dates written as ISO text."""
    if kind == "b":
        return Cell("TRUE" if value == "1" else "FALSE", "truth")
    if kind == "e":
        return Cell("", "error", value[:20])
    day, _, time = value[:30].partition("T")
    return Cell(day if time.strip("0:.Z") == "" else f"{day}T{time}", "date", day, "day")


def _shared_texts(parts: Parts, place: str) -> list[str]:
    if not place or place not in parts.names:
        return []
    return [_text_of(element) for element in parts.elements(place, "si")]


def _text_of(element: ElementTree.Element) -> str:
    """The text of a shared or inline string, its formatted runs joined, reading aids for kanji left out."""
    texts = []
    for child in element:
        tag = local(child.tag)
        if tag == "t":
            texts.append(child.text or "")
        elif tag == "r":
            texts += [part.text or "" for part in child if local(part.tag) == "t"]
    return _unescaped("".join(texts))


def _unescaped(text: str) -> str:
    """Excel writes control characters as ``_x000D_``."""
    if "_x" not in text:
        return text
    return re.sub(r"_x([0-9A-Fa-f]{4})_", lambda found: _character(int(found[1], 16)), text)


def _character(number: int) -> str:
    return "" if 0xD800 <= number <= 0xDFFF or number == 0 else chr(number)


def _formats(parts: Parts, place: str, date1904: bool) -> Formats:
    codes: dict[int, str] = {}
    styles: list[int] = []
    if place and place in parts.names:
        for element in parts.tree(place).iter():
            tag = local(element.tag)
            if tag == "numFmt":
                codes[_small(element.get("numFmtId"))] = element.get("formatCode", "")[:255]
            if tag == "cellXfs":
                styles = [_small(child.get("numFmtId")) for child in element]
    return Formats(codes, tuple(styles), date1904)


def _small(written: str | None) -> int:
    return int(written) if written is not None and re.fullmatch(r"[0-9]{1,6}", written) else 0
