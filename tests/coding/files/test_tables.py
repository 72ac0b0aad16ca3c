from __future__ import annotations

import csv
import datetime as dt
import shutil
import sys
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.coding.material import MATERIAL
from trajectories.coding.files.encodings import likely, spelt
from trajectories.coding.files.read_study import read_quotes, read_study
from trajectories.errors import StudyError

VALID = MATERIAL / "semicolon_bom_csv"
KINDS = ("persons", "episodes", "events", "ties")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A study whose four tables are in CSV."""
    root = Path(shutil.copytree(MATERIAL / "valid", tmp_path / "study"))
    shutil.rmtree(root / "biographies")
    _say(root, "tables: {persons: persons.csv, episodes: episodes.csv, events: events.csv}")
    return root


def _say(root: Path, *lines: str) -> None:
    (root / "study.yaml").write_text("title: T\n" + "\n".join(lines) + "\n", encoding="utf-8")


def _tables(root: Path) -> dict[str, list[list[str]]]:
    found = {}
    for kind in KINDS:
        if (path := root / f"{kind}.csv").exists():
            found[kind] = list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines(keepends=True)))
    return found


def _workbook(root: Path, name: str = "study.xlsx") -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for kind, rows in _tables(root).items():
        sheet = book.create_sheet(kind)
        for row in rows:
            sheet.append(row)
    book.save(root / name)
    return book


def _codings(root: Path) -> list[tuple[str, ...]]:
    study = read_study(root, quotes=True)
    assert study.reading_problems == ()
    people = [(p.id, p.birth.text, p.interview.text, *p.attributes.items()) for p in study.people]
    episodes = [(e.person, e.domain, e.state, e.start.text, e.end.text, e.quote or "", e.coder)
                for e in study.episodes]  # fmt: skip
    events = [(e.person, e.kind, e.date.text, e.event_id, e.quote or "") for e in study.events]
    return [*people, *episodes, *events]


def test_a_workbook_says_the_same_as_csv(folder: Path) -> None:
    as_csv = _codings(folder)
    assert len(as_csv) > 8
    _workbook(folder)
    _say(folder, "tables: study.xlsx")
    assert _codings(folder) == as_csv
    study = read_study(folder)
    assert study.episodes[0].source.file == "study.xlsx#episodes"
    assert study.episodes[0].source.line == 2
    assert set(study.files) == {"study.yaml", "codebook.yaml", "study.xlsx"}
    assert read_quotes(study, study.ids[0])
    _say(folder, "tables: {persons: study.xlsx#Persons, episodes: study.xlsx, events: study.xlsx#events}")
    assert _codings(folder) == as_csv


def test_parquet_says_the_same_as_csv(folder: Path) -> None:
    as_csv = _codings(folder)
    for kind, (header, *rows) in _tables(folder).items():
        columns = {name: [row[i] or None for row in rows if row] for i, name in enumerate(header)}
        pq.write_table(pa.table(columns), folder / f"{kind}.parquet")
    _say(folder, "tables: {persons: persons.parquet, episodes: episodes.parquet, events: events.parquet}")
    assert _codings(folder) == as_csv
    assert read_study(folder).episodes[0].source.line == 1


def test_parquet_dates_are_refused(folder: Path) -> None:
    pq.write_table(pa.table({"id": ["P"], "birth": [dt.date(1990, 1, 1)]}), folder / "persons.parquet")
    _say(folder, "tables: {persons: persons.parquet}")
    with pytest.raises(StudyError, match=r"persons\.parquet: the column 'birth' holds date32\[day\], in "
                                         r"which a "
                                         "month became its first day"):
        read_study(folder)
    (folder / "persons.parquet").write_bytes(b"PAR1 no")
    with pytest.raises(StudyError, match="this is no Parquet file, or it is damaged"):
        read_study(folder)


def test_parquet_without_its_package(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "persons.parquet").write_bytes(b"PAR1")
    _say(folder, "tables: {persons: persons.parquet}")
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    with pytest.raises(StudyError, match=r"needs the package pyarrow.*pip install "
                                         r"'migration-trajectories\[par"):
        read_study(folder)


@pytest.mark.parametrize("mac", [False, True])
def test_what_excel_made_a_date_is_refused_with_its_cell(folder: Path, mac: bool) -> None:
    book = _workbook(folder)
    if mac:
        book.epoch = openpyxl.utils.datetime.MAC_EPOCH
    episodes, people = book["episodes"], book["persons"]
    column = [cell.value for cell in episodes[1]].index("start") + 1
    cell = episodes.cell(3, column, dt.date(2022, 3, 1))
    cell.number_format = "mmm\\-yy"
    people["B2"] = dt.date(1989, 5, 17)
    book.save(folder / "study.xlsx")
    _say(folder, "tables: study.xlsx")
    study = read_study(folder)
    told = [str(problem) for problem in study.reading_problems]
    assert told[0].startswith("study.xlsx#persons:2 (AZ-001): birth: the cell persons!B2 holds Excel's date "
                              "1989-05-17")
    assert told[1].startswith(
        f"study.xlsx#episodes:3 ({study.episodes[0].person}): start: the cell episodes!{cell.coordinate} "
        f"holds "
        "Excel's date 2022-03-01 (shown as Mar-22); nobody can tell whether a day, a month or something else "
        "was typed. Format the column as Text and type what is meant (such as 2022-03), or settle"
    )
    assert study.people[0].birth.is_unknown
    assert 3 not in [episode.source.line for episode in study.episodes]


def test_errors_and_formulas_in_cells(folder: Path) -> None:
    book = _workbook(folder)
    book["events"]["C2"] = "#REF!"
    book["events"]["C3"] = '="2022" & "-03"'
    book["events"]["H1"] = "remarks"
    book["events"]["H2"] = "#N/A"
    book.save(folder / "study.xlsx")
    _say(folder, "tables: study.xlsx")
    told = [str(problem) for problem in read_study(folder).reading_problems]
    assert any("date: the cell events!C2 shows #REF! instead of a value. Correct" in t for t in told)
    assert any("the cell events!C3 holds a formula whose value is not saved in the file" in t for t in told)
    assert not any("H2" in t for t in told)


def test_sheets_that_are_not_there(folder: Path) -> None:
    book = _workbook(folder)
    del book["events"]
    book.save(folder / "study.xlsx")
    _say(folder, "tables: study.xlsx")
    assert read_study(folder).events == ()
    _say(folder, "tables: {persons: study.xlsx#people}")
    with pytest.raises(StudyError, match=r"the workbook has no sheet 'people'\. There are persons, episodes"):
        read_study(folder)


@pytest.mark.parametrize("encoding", ["cp1251", "utf-16", "utf-16-le", "koi8-r"])
def test_an_encoding_is_named_not_guessed(folder: Path, encoding: str) -> None:
    text = (folder / "persons.csv").read_text(encoding="utf-8").replace("AZ-001", "Тбилиси")
    (folder / "persons.csv").write_bytes(text.encode(encoding))
    with pytest.raises(StudyError, match=f"the file is not UTF-8; it looks like .*write 'encoding: "
                                         f"{encoding}' in "
                                         r"study\.yaml"):
        read_study(folder)
    spoken = encoding.upper().replace("CP", "Windows-")
    _say(folder, f"encoding: {spoken}", "tables: {persons: persons.csv}")
    study = read_study(folder)
    assert study.ids[0] == "Тбилиси"
    assert study.encoding == encoding


def test_an_encoding_that_is_not_theirs(folder: Path) -> None:
    path = folder / "persons.csv"
    path.write_text("id\nТбилиси\n", encoding="utf-8")
    _say(folder, "encoding: cp1251", "tables: {persons: persons.csv}")
    with pytest.raises(StudyError, match=r"the file is UTF-8, but the encoding is said to be cp1251"):
        read_study(folder)
    path.write_text("id\nТбилиси\n", encoding="utf-8-sig")
    assert read_study(folder).ids == ("Тбилиси",)
    _say(folder, "encoding: cp437", "tables: {persons: persons.csv}")
    with pytest.raises(StudyError, match=r"study\.yaml:2: encoding may be 'utf-8', 'utf-16'"):
        read_study(folder)
    path.write_bytes(b"id\n\x98\n")
    _say(folder, "encoding: cp1251", "tables: {persons: persons.csv}")
    with pytest.raises(StudyError, match=r"persons\.csv:2: the file is not written in cp1251"):
        read_study(folder)


@pytest.mark.parametrize(("text", "encoding"), [
    ("Я уехала в марте, потом вернулась.", "cp1251"), ("Ich ging über die Brücke, schön.", "cp1252"),
    ("Bakıdan çıxdım, işləmişəm şəhərdə".replace("ə", "e"), "cp1254"), ("Тбилиси и Берлин", "koi8-r"),
    ("я уехала в марте", "cp866"), ("Ərəb", "utf-16-be"),
])  # fmt: skip
def test_what_an_encoding_looks_like(text: str, encoding: str) -> None:
    assert likely(text.encode(encoding)) == encoding
    assert likely(text.encode()) is None


def test_names_of_encodings() -> None:
    assert [spelt(name) for name in ("Windows-1251", "UTF8", "latin1", "ISO_8859-5", "win1252")] == [
        "cp1251", "utf-8", "iso-8859-1", "iso-8859-5", "cp1252"]  # fmt: skip
