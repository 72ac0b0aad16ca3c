"""Read tables of coded segments: MAXQDA's, ATLAS.ti's quotation manager, NVivo's and others."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path as FilePath

from trajectories.coding.problems import ReadingError
from trajectories.coding.qda.headers import Header, Role, find_header
from trajectories.coding.qda.mapping import Mapping
from trajectories.coding.qda.names import folded, shown, split_path
from trajectories.coding.qda.segments import Export, Path, Segment, Variable
from trajectories.coding.qda.sheets import Row, read_sheets

DEEPEST = 100
"""Steps of the longest code path that is read."""
_NO_MARK = ("", "0", "false", "no", "nein", "falsch")


def read_segments(
    path: FilePath, mapping: Mapping | None = None, *, text: bool = False, name: str = "",
    encoding: str | None = None,
) -> Export:
    """Read coded segments from an Excel workbook or a CSV file, with German or English headers.

    The sheet is found by its header. A cell with several codes (ATLAS.ti) gives a segment for each; a column
    ``Code: A > B`` codes the passages marked in it; columns of unknown names are variables of the document.
    ``text`` keeps the passages themselves; ``encoding`` is that of a CSV file that is not UTF-8. Raises
    ReadingError when there is no such table.
    """
    mapping, file = mapping or Mapping(), name or path.name
    header, rows = find_header(read_sheets(path, encoding), file, mapping.columns)
    table = _Table(header, file, mapping.separator, text)
    segments = tuple(segment for row in rows for segment in table.segments(row))
    codes = dict.fromkeys((step for s in segments for step in _with_above(s.code)), "")
    return Export(file, segments, table.variables(rows), codes, header.notes)


def _with_above(code: Path) -> Iterator[Path]:
    return (code[:length] for length in range(1, len(code) + 1))


class _Table:
    """The columns of one table, to read its rows by."""

    def __init__(self, header: Header, file: str, separator: str, text: bool) -> None:
        self.header = header
        self.file = file
        self.separator = f" {separator} " if separator == ">" else separator
        self.text = text

    def segments(self, row: Row) -> Iterator[Segment]:
        """The segments of a row: one for each code; one without a code when it has none."""
        number, cells = row
        codes = self.codes(number, cells)
        beside = tuple(self.path(_unweighted(line)) for line in self.cell(cells, "beside").split("\n"))
        for code in codes or [()]:
            others = dict.fromkeys(other for other in (*codes, *beside) if other and other != code)
            yield Segment(
                file=self.file, row=number, document=self.cell(cells, "document"), code=code,
                group=self.cell(cells, "group"), case=self.cell(cells, "case"),
                paragraph=self.paragraph(cells), place=self.place(cells),
                comment=self.cell(cells, "comment"), description=self.cell(cells, "description"),
                name=self.cell(cells, "name"), coder=self.cell(cells, "coder"),
                created=as_iso(self.cell(cells, "created")), beside=tuple(others),
                text=self.cell(cells, "text") if self.text else None,
            )

    def codes(self, number: int, cells: tuple[str, ...]) -> list[Path]:
        written = [self.path(_unweighted(line)) for line in self.cell(cells, "code").split("\n")]
        marked = [code for i, code in self.header.wide.items()
                  if i < len(cells) and folded(cells[i]) not in _NO_MARK]
        found = list(dict.fromkeys(code for code in (*written, *marked) if code))
        if deepest := max((code for code in found if len(code) > DEEPEST), key=len, default=()):
            what = f"a code path has {len(deepest):,} steps ({shown(deepest[:3])[:60]} > ...)"
            hint = f"At most {DEEPEST} are read. Is this the column of the codes?"
            raise ReadingError(self.file, number, what, hint, "too_large")
        return found

    def variables(self, rows: tuple[Row, ...]) -> tuple[Variable, ...]:
        """The values of document variables, each document's once."""
        found: dict[tuple[str, ...], Variable] = {}
        for number, cells in rows:
            self.refuse_width(number, cells)
            document, case = self.cell(cells, "document"), self.cell(cells, "case")
            for i, name in self.header.variables.items():
                if i < len(cells) and cells[i]:
                    found.setdefault((document, case, name, cells[i]), Variable(
                        self.file, number, document, name, cells[i], case, self.cell(cells, "group")))
        return tuple(found.values())

    def refuse_width(self, number: int, cells: tuple[str, ...]) -> None:
        beyond = [cell for cell in cells[self.header.width :] if cell]
        if beyond:
            what = f"this row has {len(cells)} cells, the header has {self.header.width}"
            hint = "Put text that contains the separator in quotation marks, or export the table again."
            raise ReadingError(self.file, number, what, hint, "row_length")

    def paragraph(self, cells: tuple[str, ...]) -> str:
        start, end = self.cell(cells, "start"), self.cell(cells, "end")
        return "-".join(dict.fromkeys(part for part in (start, end) if part)) or self.cell(cells, "reference")

    def place(self, cells: tuple[str, ...]) -> str:
        parts = [self.cell(cells, role) for role in ("start", "end", "extent", "reference", "name")]
        return "/".join(parts) if any(parts) else ""

    def path(self, text: str) -> Path:
        return split_path(text, self.separator)

    def cell(self, cells: tuple[str, ...], role: Role) -> str:
        i = self.header.places.get(role)
        return cells[i] if i is not None and i < len(cells) else ""


def _unweighted(line: str) -> str:
    """A code as cells list it, without its weight: ``Theorie (Gewicht: 0)``."""
    code, bracket, rest = line.rpartition("(")
    weighted = bracket and rest.casefold().startswith(("gewicht", "weight")) and rest.rstrip().endswith(")")
    return code if weighted else line


_GERMAN = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4}|\d{2})(?: (\d{1,2}):(\d{2})(?::(\d{2}))?)?\Z")


def as_iso(text: str) -> str:
    """The time a coding was made, as ISO text where it can be read for certain (``06.05.24 07:08:32``).

    >>> as_iso("20.05.2025 15:04")
    '2025-05-20T15:04:00'
    """
    found = _GERMAN.match(text)
    if found is None:
        return text
    day, month, year, hour, minute, second = (int(part or 0) for part in found.groups())
    try:
        return dt.datetime(year + 2000 if year < 100 else year, month, day, hour, minute, second).isoformat()
    except ValueError:
        return text
