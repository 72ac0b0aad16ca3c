"""Cells that Excel turned into dates, settled in one stated step: every cell shown before it is believed."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, NamedTuple

from trajectories.coding.files.workbook import Cell, Row, cell_name, read_workbook
from trajectories.coding.problems import ReadingError
from trajectories.errors import SettingError

Settling = Literal["as_shown", "day", "month", "year"]
"""Which part of Excel's dates was meant: what their format shows, or always the day, the month, the year."""


class SettledCell(NamedTuple):
    """One cell of dates: where it is, what Excel shows, and the text it becomes."""

    place: str
    shown: str
    text: str

    def __str__(self) -> str:
        return f"{self.place}: {self.shown} becomes {self.text}"


def settled_dates(path: str | Path, *, meant: Settling) -> tuple[SettledCell, ...]:
    """Every cell of a workbook that holds Excel's date, with the text it would become; nothing is written.

    ``meant="as_shown"``: ``Mar-22`` becomes ``2022-03``, ``15.03.2022`` becomes ``2022-03-15``. Raises
    ReadingError for a file that is no workbook.
    """
    found = []
    for title, rows in read_workbook(path, Path(path).name).items():
        for row in rows:
            dates = [(column, cell) for column, cell in enumerate(row.cells) if cell.kind == "date"]
            for column, cell in dates:
                place = f"{title}!{cell_name(row.number, column)}"
                found.append(SettledCell(place, cell.shown, settled(cell, meant)))
    return tuple(found)


def write_settled(path: str | Path, folder: str | Path, *, meant: Settling) -> tuple[Path, ...]:
    """Write each sheet of a workbook as a CSV file in which Excel's dates are text (see ``settled_dates``).

    Existing files are not overwritten. Cells that show an error, or a formula saved without its value, are
    left empty. Raises SettingError for a file that is there already or cannot be written.
    """
    root, written = Path(folder), []
    sheets = read_workbook(path, Path(path).name)
    places = {title: root / f"{_file_name(title)}.csv" for title in sheets}
    there = [place for place in places.values() if place.exists()]
    if there or len({place.name for place in places.values()}) < len(places):
        name = there[0] if there else "two sheets would have the same file name; it"
        raise SettingError(f"{name} is there already. Choose an empty folder, or rename the sheets.")
    try:
        root.mkdir(parents=True, exist_ok=True)
        for title, rows in sheets.items():
            with places[title].open("x", encoding="utf-8", newline="") as file:
                csv.writer(file, lineterminator="\n").writerows(_lines(rows, meant))
            written.append(places[title])
    except OSError as error:
        raise SettingError(f"{root}: the tables cannot be written ({error.strerror}).") from None
    return tuple(written)


def _lines(rows: list[Row], meant: Settling) -> Iterator[list[str]]:
    """Cells as text, every row as long as the first."""
    width = len(rows[0].cells) if rows else 0
    for row in rows:
        cells = [settled(cell, meant) if cell.kind == "date" else cell.text for cell in row.cells]
        yield cells + [""] * (width - len(cells))


def settled(cell: Cell, meant: Settling) -> str:
    """The text that one of Excel's dates becomes."""
    if meant not in ("as_shown", "day", "month", "year"):
        raise SettingError(f"Excel's dates may be meant as_shown, as day, month or year, not {meant!r}.")
    precision = cell.precision if meant == "as_shown" else meant
    return cell.text[: {"year": 4, "month": 7}.get(precision, 10)]


def _file_name(title: str) -> str:
    """The name of a sheet as a file may be called."""
    name = "".join(sign if sign.isalnum() or sign in "-_ " else "_" for sign in title).strip()
    if not name:
        raise ReadingError(title, 0, "this sheet has no name that a file could have", "Rename it.")
    return name
