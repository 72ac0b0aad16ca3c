"""Open the tables a study names, whatever they are kept in: CSV, a sheet of a workbook, Parquet."""

from __future__ import annotations

from pathlib import Path

from trajectories.coding.files.encodings import read_table_text
from trajectories.coding.files.read_tables import Table
from trajectories.coding.files.sheets import PARQUET, Sheet, open_parquet, open_workbook, sheet_called
from trajectories.coding.files.text_files import shown_as
from trajectories.coding.study import WORKBOOKS


def is_workbook(name: str) -> bool:
    """Whether a file is a workbook by its ending."""
    return name.lower().endswith(WORKBOOKS)


def file_of(written: str) -> str:
    """The file in what a study names: ``study.xlsx`` of ``study.xlsx#persons``."""
    file, _, _ = written.partition("#")
    return file if is_workbook(file) else written


def open_table(folder: Path, name: str, encoding: str | None) -> Table:
    """One table by its name in sources: ``episodes.csv``, ``study.xlsx#episodes``, ``ties.parquet``.

    Raises ReadingError for a file that cannot be read as what its ending says.
    """
    file = file_of(name)
    if is_workbook(file):
        return sheet_called(open_workbook(folder / file, file), name[len(file) + 1 :], file)
    if name.lower().endswith(PARQUET):
        return open_parquet(folder / name, name)
    return read_table_text(folder / name, name, encoding)


class OpenTables:
    """The tables of one study; a workbook that holds several is opened once, every file's hash is kept.

    ``shared``: one workbook was named for all tables, so that all sheets but ``persons`` may be missing.
    """

    def __init__(self, folder: Path, files: dict[str, str], encoding: str | None, shared: bool) -> None:
        self.folder = folder
        self.files = files
        self.encoding = encoding
        self.shared = shared
        self.workbooks: dict[Path, dict[str, Sheet]] = {}

    def open(self, path: Path, written: str, kind: str) -> Table | None:
        """One table, found at ``path``; None for a sheet that a shared workbook does not have."""
        name = shown_as(path, self.folder)
        if not is_workbook(name):
            table = open_table(self.folder, name, self.encoding)
            self.files[name] = table.sha256
            return table
        _, _, title = written.partition("#")
        sheets = self.sheets(path, name)
        there = {found.strip().lower() for found in sheets}
        if self.shared and not title and kind != "persons" and kind not in there:
            return None
        return sheet_called(sheets, title or kind, name)

    def sheets(self, path: Path, name: str) -> dict[str, Sheet]:
        """The sheets of one workbook."""
        if path not in self.workbooks:
            self.workbooks[path] = open_workbook(path, name)
            self.files[name] = next(iter(self.workbooks[path].values())).sha256
        return self.workbooks[path]
