"""Tables that are no text: the sheets of an Excel workbook, and Parquet files."""

from __future__ import annotations

import hashlib
import importlib
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from trajectories.coding.files.text_files import read_bytes
from trajectories.coding.files.workbook import MOST_CELLS, Cell, Row, cell_name, workbook_in
from trajectories.coding.problems import ReadingError, choices

PARQUET = (".parquet",)
_MOST_BYTES = 500_000_000


@dataclass(frozen=True)
class Sheet:
    """One table of cells: ``name`` is how messages call it (``study.xlsx#persons``), the first row names the
    columns."""

    name: str
    title: str
    """Name of the sheet, as places in it are written (``persons!B7``); empty for a Parquet file."""
    rows: tuple[Row, ...]
    sha256: str

    @property
    def header(self) -> Row:
        """The first row that holds anything."""
        return self.rows[0] if self.rows else Row(1, ())

    def place(self, row: int, column: int) -> str:
        return f"{self.title}!{cell_name(row, column)}"

    def trouble(self, row: int, column: int, cell: Cell) -> tuple[str, str] | None:
        """What makes a cell unusable as it is, and what to do; None for a cell that is fine."""
        place = self.place(row, column)
        if cell.kind == "date":
            shown = f" (shown as {cell.shown})" if cell.shown not in ("", cell.text) else ""
            return (f"the cell {place} holds Excel's date {cell.text}{shown}; nobody can tell whether a day, "
                    "a month or something else was typed", _SETTLE)  # fmt: skip
        if cell.kind == "error":
            return (f"the cell {place} shows {cell.shown} instead of a value",
                    "Correct the formula, or type the value.")  # fmt: skip
        if cell.kind == "uncomputed":
            return (f"the cell {place} holds a formula whose value is not saved in the file",
                    "Open the workbook in Excel, save it again, or type the value.")  # fmt: skip
        return None


_SETTLE = ("Format the column as Text and type what is meant (such as 2022-03), or settle all such cells in "
           "one step with trajectories convert STUDY --typed-dates.")  # fmt: skip


def open_workbook(path: Path, name: str) -> dict[str, Sheet]:
    """The sheets of a workbook by their names. Raises ReadingError for a file that is no workbook."""
    raw = read_bytes(path, name)
    sha256 = hashlib.sha256(raw).hexdigest()
    sheets = workbook_in(raw, name)
    return {title: Sheet(f"{name}#{title}", title, tuple(rows), sha256) for title, rows in sheets.items()}


def sheet_called(sheets: dict[str, Sheet], title: str, name: str) -> Sheet:
    """The sheet of one name, whatever its capitals. Raises ReadingError that lists the sheets there are."""
    by_name = {found.strip().lower(): sheet for found, sheet in reversed(sheets.items())}
    found = sheets.get(title) or by_name.get(title.strip().lower())
    if found is None:
        hint = choices(title, sheets, "There are")
        raise ReadingError(name, 0, f"the workbook has no sheet {title!r}", hint, "missing_sheet")
    return found


def open_parquet(path: Path, name: str) -> Sheet:
    """A Parquet file as one table of text; numbers as short as they can be written, nulls as empty cells.

    Raises ReadingError when pyarrow is not installed, for a damaged file, for columns of dates (a month may
    have become its first day there) and for columns that hold lists.
    """
    raw = read_bytes(path, name)
    pyarrow = _pyarrow(name)
    try:
        file = pyarrow.parquet.ParquetFile(io.BytesIO(raw))
        about = file.metadata
        size = sum(about.row_group(i).total_byte_size for i in range(about.num_row_groups))
        if about.num_rows * about.num_columns > MOST_CELLS or size > _MOST_BYTES:
            raise ReadingError(name, 0, f"the file has more than {MOST_CELLS:,} cells", "Divide it.")
        _only_text(file.schema_arrow, pyarrow.types, name)
        columns = {str(key): values for key, values in file.read().to_pydict().items()}
    except (pyarrow.ArrowException, OSError, UnicodeDecodeError) as error:
        what = f"this is no Parquet file, or it is damaged ({str(error).splitlines()[0][:120]})"
        raise ReadingError(name, 0, what, "Save it again.") from None
    header = Row(0, tuple(Cell(key) for key in columns))
    return Sheet(name, "", (header, *_rows_of(columns)), hashlib.sha256(raw).hexdigest())


def _pyarrow(name: str) -> Any:
    try:
        importlib.import_module("pyarrow.parquet")
        return importlib.import_module("pyarrow")
    except ImportError:
        what = "reading Parquet needs the package pyarrow, which is not installed"
        hint = "Install it (pip install 'migration-trajectories[parquet]'), or save the table as CSV."
        raise ReadingError(name, 0, what, hint, "missing_package") from None


def _only_text(schema: Any, types: Any, name: str) -> None:
    """Refuse columns that do not hold what somebody wrote."""
    for field in schema:
        if types.is_temporal(field.type):
            what = f"the column {field.name!r} holds {field.type}, in which a month became its first day"
            hint = "Save the column as text, with the dates as they were written."
            raise ReadingError(name, 0, what, hint, "excel_cell")
        if types.is_nested(field.type) or types.is_binary(field.type):
            what = f"the column {field.name!r} holds {field.type}, not text or numbers"
            raise ReadingError(name, 0, what, "Give it one value in each cell.", "wrong_type")


def _rows_of(columns: dict[str, list[Any]]) -> Iterator[Row]:
    for number, values in enumerate(zip(*columns.values(), strict=True), start=1):
        yield Row(number, tuple(Cell(_as_text(value)) for value in values))


def _as_text(value: Any) -> str:
    if value is None or value != value:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "TRUE" if value is True else "FALSE" if value is False else str(value)
