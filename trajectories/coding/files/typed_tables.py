"""The dates in a study's tables as people typed them (``03/2022``, ``spring 2022``) or Excel made them,
understood as EDTF: each shown before it is believed."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, NamedTuple, TypeAlias

from trajectories.coding.dating.date_meanings import Meaning
from trajectories.coding.dating.misspelt_dates import readable
from trajectories.coding.dating.typed_dates import understand
from trajectories.coding.files.excel_dates import Settling, settled
from trajectories.coding.files.open_tables import OpenTables
from trajectories.coding.files.read_tables import COLUMNS, CONTEXT_COLUMNS, Table, separator_of
from trajectories.coding.files.sheets import Sheet
from trajectories.coding.files.study_files import as_yaml, write_new
from trajectories.coding.files.text_files import broken_csv, files_like, read_bytes, shown_as
from trajectories.coding.files.typed_centuries import Life
from trajectories.coding.problems import ReadingError
from trajectories.coding.study import StudyFile, TableName
from trajectories.errors import StudyError

DATED: Mapping[str, Mapping[str, str]] = {
    "persons": {"birth": "date", "interview": "date", "observed": "either"},
    "episodes": {"start": "start", "end": "end"},
    "events": {"date": "date"},
    "ties": {"date": "date"},
    "context_events": {"date": "either"},
}
"""The columns that hold dates: one date, the two ends of a stretch, or either a date or a stretch."""


@dataclass(frozen=True, slots=True)
class TypedDate:
    """One cell that is not plain EDTF: where it stands, what it says, and what that may mean."""

    table: str
    file: str
    row: int
    person: str
    column: str
    text: str
    """As typed, or as Excel shows it."""
    meanings: tuple[Meaning, ...]
    by_life: bool = False
    """Whether birth and interview told which century a year of two digits is in."""

    @property
    def edtf(self) -> str | None:
        """Its spelling when there is exactly one meaning."""
        return self.meanings[0].edtf if len(self.meanings) == 1 else None

    @property
    def standing(self) -> str:
        """``understood``, ``ambiguous``, or ``not understood``."""
        return ("not understood", "understood", "ambiguous")[min(len(self.meanings), 2)]


Question: TypeAlias = tuple[str, tuple[Meaning, ...]]
Answers: TypeAlias = Mapping[Question, str]
"""What somebody said is meant, by the typed text and what it may mean."""


_Kind: TypeAlias = TableName | Literal["context_events"]


class _Grid(NamedTuple):
    """A table as cells of text, each row with its number, and which cells are Excel's dates."""

    kind: _Kind
    file: str
    rows: list[tuple[int, list[str]]]
    excel: dict[tuple[int, int], tuple[str, str]]
    """By row and column: what Excel shows, and the text it becomes."""


class TypedTables:
    """The tables of one study, with the dates in them that are not EDTF yet. Nothing is changed on disk.

    ``day_first`` settles the order of day and month where both are possible; ``meant`` says which part of
    Excel's own dates was typed. A year of two digits is in the century that the person's birth and interview
    leave. Raises StudyError for a study or table that cannot be opened, and for a study
    without tables.
    """

    def __init__(self, settings: StudyFile, folder: Path, *, day_first: bool | None = None,
                 meant: Settling = "as_shown") -> None:  # fmt: skip
        if not settings.tables:
            raise StudyError(f"{settings.title}: this study names no tables; dates in YAML biographies are "
                             "corrected there (trajectories check suggests the spelling).")  # fmt: skip
        self.settings, self.folder = settings, folder
        self.day_first, self.meant = day_first, meant
        self._grids = list(self._opened())
        self._lives = dict(self._told_of_people())

    def _opened(self) -> Iterator[_Grid]:
        named = dict(self.settings.tables)
        tables = OpenTables(self.folder, {}, self.settings.encoding, shared=len(set(named.values())) == 1)
        context = self.settings.context_events
        written: list[tuple[_Kind, str]] = list(named.items())
        written += [("context_events", context)] if context else []
        for kind, name in written:
            table = tables.open(self.folder / name.partition("#")[0], name, kind)
            if table is not None:
                yield _grid(kind, table, self.meant)

    def _told_of_people(self) -> Iterator[tuple[str, Life]]:
        """Between which years each person's dates can lie."""
        for grid in self._grids:
            header = [cell.strip() for cell in grid.rows[0][1]] if grid.rows else []
            if grid.kind != "persons" or "id" not in header:
                continue
            for number, cells in grid.rows[1:]:
                shown = {name: grid.excel.get((number, i), ("", text))[1].strip()
                         for i, (name, text) in enumerate(zip(header, cells, strict=False))}  # fmt: skip
                born, asked = (understand(shown.get(name, ""), day_first=self.day_first).meanings
                               for name in ("birth", "interview"))  # fmt: skip
                yield shown["id"], Life.of(born, asked)

    @property
    def found(self) -> tuple[TypedDate, ...]:
        """Every cell in a column of dates that is not plain EDTF, in order."""
        return tuple(date for grid in self._grids for date, _, _ in self._dates(grid))

    def write(self, folder: Path, answers: Answers | None = None) -> tuple[TypedDate, ...]:
        """Write the study into a new folder with its tables as CSV and its dates as EDTF; returns the cells
        that are left as typed.

        A cell with one meaning becomes it; one with several becomes what ``answers`` says, else stays as
        typed (``check`` will name it). ``typed_dates.csv`` says what became of each cell. Codebook, plan and
        biographies are copied; a second coding is not.
        """
        settled_by = answers or {}
        files: dict[str, str | bytes] = {}
        left: list[TypedDate] = []
        record = [["file", "row", "person", "column", "typed", "becomes", "note"]]
        for grid in self._grids:
            cells = {number: list(row) for number, row in grid.rows}
            for (row, i), (_, becomes) in grid.excel.items():
                cells[row][i] = becomes
            for date, number, column in self._dates(grid):
                edtf = settled_by.get((date.text, date.meanings), date.edtf)
                cells[number][column] = date.text if edtf is None else edtf
                left += [date] if edtf is None else []
                note = date.standing if edtf is None or date.edtf is not None else "as answered"
                note += ", by birth and interview" if date.by_life and date.edtf is not None else ""
                place = [date.file, str(date.row), date.person, date.column]
                record.append([*place, date.text, edtf or "", note])
            files[f"{grid.kind}.csv"] = _csv(cells.values())
        files["typed_dates.csv"] = _csv(record)
        write_new(folder, files | dict(self._others()))
        return tuple(left)

    def _dates(self, grid: _Grid) -> Iterator[tuple[TypedDate, int, int]]:
        """The typed dates of one table, with row and column."""
        if not grid.rows:
            return
        header = [cell.strip() for cell in grid.rows[0][1]]
        who = next((i for i, name in enumerate(header) if name in ("id", "person")), None)
        for number, cells in grid.rows[1:]:
            for column, (name, text) in enumerate(zip(header, cells, strict=False)):
                kind = _kind(grid.kind, name)
                excel = grid.excel.get((number, column))
                shown = excel[0] if excel else text.strip()
                if not kind or not shown:
                    continue
                meanings = (Meaning(excel[1]),) if excel else self._meanings(shown, kind)
                if excel is None and [meaning.edtf for meaning in meanings] == [shown]:
                    continue
                person = cells[who].strip() if who is not None and who < len(cells) else ""
                left = self._lives.get(person, Life()).possible(meanings)
                date = TypedDate(grid.kind, grid.file, number, person, name, shown, left, left != meanings)
                yield date, number, column

    def _meanings(self, text: str, kind: str) -> tuple[Meaning, ...]:
        found = understand(text, day_first=self.day_first).meanings
        kept = [Meaning(side, when) for edtf, when in readable(found) for side in _fitting(edtf, kind)]
        by_spelling = {meaning.edtf: meaning for meaning in reversed(kept)}
        return tuple(by_spelling[edtf] for edtf in dict.fromkeys(meaning.edtf for meaning in kept))

    def _others(self) -> Iterator[tuple[str, str | bytes]]:
        """Study file, codebook, plan and biographies."""
        settings = self.settings
        whole: dict[str, Any] = settings.model_dump(mode="json", exclude_defaults=True)
        whole = {key: value for key, value in whole.items() if key not in ("encoding", "second_coding")}
        whole["tables"] = {g.kind: f"{g.kind}.csv" for g in self._grids if g.kind != "context_events"}
        if settings.context_events:
            whole["context_events"] = "context_events.csv"
        for key in ("codebook", "plan"):
            written = getattr(settings, key)
            if written is not None:
                whole[key] = f"{key}.yaml"
                yield f"{key}.yaml", read_bytes(self.folder / written, written)
        try:
            lives = {path for pattern in settings.biographies for path in files_like(self.folder, pattern)}
        except ValueError as error:
            raise StudyError(f"{settings.title}: the biographies are no pattern of files in this folder "
                             f"({error}). Write a relative one such as biographies/*.yaml.") from None
        for path in sorted(lives):
            name = shown_as(path, self.folder)
            yield name, read_bytes(path, name)
        yield "study.yaml", as_yaml(whole)


def _grid(kind: _Kind, table: Table, meant: Settling) -> _Grid:
    if isinstance(table, Sheet):
        rows = [(row.number, list(row.texts)) for row in table.rows]
        width = max((len(cells) for _, cells in rows), default=0)
        padded = [(number, cells + [""] * (width - len(cells))) for number, cells in rows]
        excel = {(row.number, i): (cell.shown or cell.text, settled(cell, meant)) for row in table.rows
                 for i, cell in enumerate(row.cells) if cell.kind == "date"}  # fmt: skip
        return _Grid(kind, table.name, padded, excel)
    columns = CONTEXT_COLUMNS if kind == "context_events" else COLUMNS[kind]
    mark = separator_of(table.text, {*columns.needed, *columns.allowed})
    reader = csv.reader(io.StringIO(table.text, newline=""), delimiter=mark, strict=True)
    numbered, before = [], 0
    try:
        for cells in reader:
            numbered += [(before + 1, cells)] if any(cells) else []
            before = reader.line_num
    except csv.Error as error:
        what, hint = broken_csv(error)
        raise ReadingError(table.name, reader.line_num, what, hint, "broken_csv") from None
    return _Grid(kind, table.name, numbered, {})


def _kind(table: str, column: str) -> str:
    return DATED.get(table, {}).get(column, "")


def _fitting(edtf: str, kind: str) -> Iterator[str]:
    """A reading as the column can hold it: ``since 2015`` as a start is 2015, as is ``until 2015`` as an
    end."""
    start, slash, end = edtf.partition("/")
    if not slash or kind == "either":
        yield edtf
    elif kind == "start" and end == "..":
        yield start
    elif kind == "end" and start == "..":
        yield end


def _csv(rows: Any) -> str:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


Ask = Callable[[TypedDate], str | None]


def asked(dates: tuple[TypedDate, ...], ask: Ask) -> Answers:
    """The answers to every ambiguous text, each asked once; None leaves it as typed."""
    questions = {(date.text, date.meanings): date for date in reversed(dates) if len(date.meanings) > 1}
    answers = {question: ask(date) for question, date in reversed(questions.items())}
    return {question: answer for question, answer in answers.items() if answer is not None}
