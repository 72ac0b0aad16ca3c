"""A table that somebody else wrote: opened as text, its columns found by their usual names or as told."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from trajectories.coding.files.encodings import read_table_text
from trajectories.coding.files.text_files import broken_csv
from trajectories.coding.files.workbook import read_workbook
from trajectories.coding.problems import ReadingError
from trajectories.errors import SettingError, StudyError

if TYPE_CHECKING:
    import pandas as pd

_WORKBOOKS = (".xlsx", ".xlsm")

USUAL: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "idpers", "person", "pid", "subject", "case"),
    "sequence": ("sequence", "seq", "sps", "sts"),
    "begin": ("begin", "start", "from", "tstart"),
    "end": ("end", "stop", "to", "tstop"),
    "state": ("state", "states", "status"),
    "time": ("time", "timestamp"),
    "event": ("event",),
    "birth": ("birth", "born"),
    "interview": ("interview",),
}
"""What columns are usually called, whatever their capitals."""


class GivenTable(NamedTuple):
    """Rows of text under the names of their columns, and what those hold where somebody said so."""

    name: str
    rows: pd.DataFrame
    told: Mapping[str, str]

    def column(self, role: str) -> str:
        """The column that holds something. Raises SettingError when there is none."""
        if (found := self.maybe(role)) is not None:
            return found
        first, *others = USUAL[role]
        nor = f" (nor {', '.join(others)})" if others else ""
        raise SettingError(f"{self.name}: there is no column {first!r}{nor}; there are {self._some}. Say "
                           f"which one it is: --columns {role}=NAME.")  # fmt: skip

    def maybe(self, role: str) -> str | None:
        """The column that holds something, if there is one."""
        columns = [str(name) for name in self.rows.columns]
        if role in self.told:
            if self.told[role] not in columns:
                raise SettingError(f"{self.name}: there is no column {self.told[role]!r}; there are "
                                   f"{self._some}.")  # fmt: skip
            return self.told[role]
        there = {name.lower(): name for name in reversed(columns)}
        return next((there[name] for name in USUAL[role] if name in there), None)

    def others(self, used: set[str]) -> list[str]:
        """The columns besides those used."""
        return [str(name) for name in self.rows.columns if name not in used]

    @property
    def _some(self) -> str:
        names = [str(name) for name in self.rows.columns]
        return ", ".join(names[:12]) + (f" and {len(names) - 12} more" if len(names) > 12 else "")


def open_given(path: Path, told: Mapping[str, str] | None = None, encoding: str | None = None) -> GivenTable:
    """A table from CSV (comma, semicolon, tab or blanks between cells) or the first sheet of a workbook.

    ``told`` says which column holds what (``{"begin": "TS"}``); by numbers (``{"begin": "3"}``, from 1) where
    the table has no line of headers. Raises StudyError for what is no table, SettingError for a role that
    does not exist.
    """
    import pandas as pd

    told = dict(told or {})
    if strange := [role for role in told if role not in USUAL]:
        raise SettingError(f"--columns {strange[0]}=...: a column may be {', '.join(USUAL)}.")
    rows = list(_sheet(path) if path.suffix.lower() in _WORKBOOKS else _lines(path, encoding))
    bare = bool(told) and all(name.isdigit() for name in told.values())
    if len(rows) + bare < 2:
        raise StudyError(f"{path.name}: there are no rows below the header, so there is nobody to read.")
    header = [str(i + 1) for i in range(len(rows[0][1]))] if bare else [cell.strip() for cell in rows[0][1]]
    if not header[0] and len(set(header)) == len(header):
        header[0] = "row"
    body = rows if bare else rows[1:]
    for number, cells in body:
        if len(cells) != len(header):
            first = "the first row" if bare else "the header"
            raise StudyError(f"{path.name}, row {number}: it has {len(cells)} cells, {first} {len(header)}. "
                             "Put text that contains the separator in quotation marks, and keep empty "
                             "cells.")  # fmt: skip
    twice = [name for i, name in enumerate(header) if name in header[:i]]
    if twice:
        raise StudyError(f"{path.name}: the column {twice[0]!r} stands there twice. Keep one of them.")
    frame = pd.DataFrame([cells for _, cells in body], columns=header)
    return GivenTable(path.name, frame.drop(columns=["row"] if header[0] == "row" else []), told)


def _lines(path: Path, encoding: str | None) -> Iterator[tuple[int, list[str]]]:
    """The rows of a text, numbered as a person counts them."""
    text = read_table_text(path, path.name, encoding, "give --encoding {}").text
    first = text.lstrip("\r\n").partition("\n")[0]
    mark = max((",", ";", "\t"), key=first.count)
    if mark not in first and len(first.split()) > 1:
        yield from ((i, line.split()) for i, line in enumerate(text.splitlines(), start=1) if line.strip())
        return
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
    try:
        yield from ((i, row) for i, row in enumerate(reader, start=1) if row)
    except csv.Error as error:
        what, hint = broken_csv(error)
        raise ReadingError(path.name, reader.line_num, what, hint, "broken_csv") from None


def _sheet(path: Path) -> Iterator[tuple[int, list[str]]]:
    """The rows of the first sheet of a workbook that has any."""
    for rows in read_workbook(path, path.name).values():
        if rows:
            width = max(len(row.cells) for row in rows)
            yield from ((row.number, [*row.texts, *[""] * (width - len(row.cells))]) for row in rows)
            return
