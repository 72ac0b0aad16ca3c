"""Tables as teams keep them: own names, merged cells, dates in words; what is drafted, and what is read."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import openpyxl
import pytest

from trajectories.coding.checking.check import check
from trajectories.coding.files.read_study import read_study
from trajectories.coding.own_tables.draft import draft_own
from trajectories.coding.own_tables.mapping import OwnMapping, holds, own_mapping_in
from trajectories.coding.own_tables.rows import read_raw
from trajectories.coding.own_tables.study import read_own, settle_own
from trajectories.coding.problems import ReadingError
from trajectories.coding.qda.convert import read_codebook
from trajectories.coding.study import Study
from trajectories.errors import SettingError, TrajectoriesError
from trajectories.plan import Plan

HEAD = ["Fall-Nr.", "Geburtsjahr", "Geschlecht", "Ausreise", "Land", "Aufenthaltsstatus", "von", "bis",
        "Bemerkung", "Interview"]  # fmt: skip
MARCH, ASKED = dt.datetime(2022, 3, 1), dt.datetime(2023, 11, 4)
ROWS = [
    ["F01", 1989, "weiblich", "Frühjahr 2022", "Russland", "Bürgerin", 1989, "Frühjahr 2022", "", ASKED],
    [None, None, None, None, "Georgien", "visumfrei", "Frühjahr 2022", "03/04/2023", "bei Freunden", None],
    [None, None, None, None, "Deutschland", "k.A.", "03/04/2023", "heute", "", None],
    ["F02", "ca. 1975", "männlich", MARCH, "Russland", "Bürger", "ca. 1975", MARCH, "", ASKED],
    [None, 1976, None, None, "georgien ", "visumfrei", MARCH, "irgendwann", "k.A.", None],
]


def workbook(folder: Path) -> Path:
    """A title over merged cells, an empty row, the header, and rows that name a person once."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Interviews"
    for row in (["Projekt, Stand März 2024"], [None], HEAD, *ROWS):
        sheet.append(row)
    sheet.merge_cells("A1:J1")
    for cells in sheet.iter_rows():
        for cell in cells:
            if cell.value == MARCH:
                cell.number_format = "mmm yy"
    book.create_sheet("leer")
    book.save(folder / "meine.xlsx")
    return folder / "meine.xlsx"


def read(path: Path, folder: Path, mapping: str = "", day_first: bool | None = None,
         codebook: Path | None = None) -> tuple[Study, list[str]]:
    """The study that a table becomes by a mapping (the draft), and the texts left as typed."""
    told = own_mapping_in(mapping or draft_own(path), "mapping.yaml")
    book = read_codebook(codebook) if codebook else None
    found = read_own(path, told, book)
    left = settle_own(found, told, book, folder, lambda dates: {}, day_first=day_first)
    return read_study(folder), [date.text for date in left]


def told(study: Study) -> list[tuple[str, ...]]:
    return [(e.person, e.domain, e.state, e.start.text, e.end.text) for e in study.episodes]


def test_the_draft_finds_the_header_the_person_and_what_columns_hold(tmp_path: Path) -> None:
    draft = draft_own(workbook(tmp_path))
    (table,) = own_mapping_in(draft, "draft").tables
    assert (table.sheet, table.header, table.person) == ("Interviews", 3, "Fall-Nr.")
    assert table.columns == {
        "Geburtsjahr": "birth", "Geschlecht": "attribute geschlecht", "Ausreise": "event departure",
        "Land": "domain land", "Aufenthaltsstatus": "domain aufenthaltsstatus", "von": "start", "bis": "end",
        "Bemerkung": "ignore", "Interview": "interview"}  # fmt: skip
    assert "# 2 people in 5 rows" in draft
    assert "bei Freunden" not in draft


def test_a_workbook_becomes_a_study_with_its_places(tmp_path: Path) -> None:
    study, left = read(workbook(tmp_path), tmp_path / "study", day_first=True)
    assert left == ["irgendwann"] * 2
    assert told(study) == [
        ("F01", "land", "russland", "1989", "2022-21"),
        ("F01", "aufenthaltsstatus", "burgerin", "1989", "2022-21"),
        ("F01", "land", "georgien", "2022-21", "2023-04-03"),
        ("F01", "aufenthaltsstatus", "visumfrei", "2022-21", "2023-04-03"),
        ("F01", "land", "deutschland", "2023-04-03", ".."),
        ("F02", "land", "russland", "1975~", "2022-03"),
        ("F02", "aufenthaltsstatus", "burger", "1975~", "2022-03"),
    ]
    assert [(e.source.document, e.source.paragraph) for e in study.episodes][::4] == [
        ("Interviews", "row 4"), ("Interviews", "row 6")]
    assert [(p.id, p.birth.text, p.interview.text) for p in study.people] == [
        ("F01", "1989", "2023-11-04"), ("F02", "1975~", "2023-11-04")]
    assert study.people[1].attributes == {"geschlecht": "mannlich"}
    assert [(event.kind, event.date.text) for event in study.events] == [
        ("departure", "2022-21"), ("departure", "2022-03")]
    labels = {state.code: state.label for state in study.codebook.domains[0].states}
    assert labels["georgien"] == "Georgien"
    assert len(check(study).errors) == 2
    notes = (tmp_path / "study" / "notes.txt").read_text(encoding="utf-8").splitlines()
    assert notes[0] == "Interviews!B8: birth is '1976' here, but something else above; the first holds."
    assert "Excel had made a date of Interviews!D7: Mar 22 becomes 2022-03" in notes
    assert Plan.read(tmp_path / "study" / "plan.yaml").grid.since == "departure"


def test_day_and_month_are_asked_about(tmp_path: Path) -> None:
    _, left = read(workbook(tmp_path), tmp_path / "study")
    assert left.count("03/04/2023") == 3


def test_numbered_columns_in_a_row_for_each_person(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(
        "Nr;Jahrgang;1. Land;seit 1;2. Land;seit 2;Wegzug\n1;1990;Russland;1990;Georgien;03/2022;März 2022\n"
        "2;1985;Russland;1985;;;\n", encoding="utf-8")  # fmt: skip
    study, left = read(tmp_path / "t.csv", tmp_path / "study")
    assert left == []
    assert told(study) == [("1", "land", "russland", "1990", ""), ("1", "land", "georgien", "2022-03", ".."),
                           ("2", "land", "russland", "1985", "..")]  # fmt: skip
    without = draft_own(tmp_path / "t.csv").replace("last_goes_on: true", "last_goes_on: false")
    assert {end for *_, end in told(read(tmp_path / "t.csv", tmp_path / "other", without)[0])} == {""}
    grid = Plan.read(tmp_path / "study" / "plan.yaml").grid
    assert (grid.start, grid.end) == ("2021-01", "2022-12")
    assert [event.kind for event in study.events] == ["departure"]
    assert not check(study).errors


def test_merged_headers_tell_columns_of_one_name_apart(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(
        ",Wohnort,,,Papiere,,\nID,Ort,von,bis,Status,von,bis\nA,Tiflis,2020,2022,visumfrei,2021,2022\n"
        "A,Berlin,2022,heute,Asyl,2022-05,heute\n", encoding="utf-8")  # fmt: skip
    study, _ = read(tmp_path / "t.csv", tmp_path / "study")
    assert told(study) == [
        ("A", "ort", "tiflis", "2020", "2022"), ("A", "status", "visumfrei", "2021", "2022"),
        ("A", "ort", "berlin", "2022", ".."), ("A", "status", "asyl", "2022-05", "..")]


def test_both_dates_in_one_cell_and_a_codebook_that_is_there(tmp_path: Path) -> None:
    (tmp_path / "codebook.yaml").write_text(
        "domains:\n  location:\n    label: Ort\n    states:\n      germany: {label: Deutschland, states: "
        "{berlin: Berlin}}\n      georgia: Georgien\n", encoding="utf-8")  # fmt: skip
    (tmp_path / "t.csv").write_text(
        "Fall\tOrt\tZeitraum\nA\tGEORGIEN\t2014–2019\nA\tBerlin\t2019 - heute\nA\tParis\t\n",
        encoding="utf-8")
    mapping = ("tables:\n  - person: Fall\n    columns: {Ort: domain location, Zeitraum: when}\n")
    study, _ = read(tmp_path / "t.csv", tmp_path / "s", mapping, codebook=tmp_path / "codebook.yaml")
    assert told(study) == [("A", "location", "georgia", "2014", "2019"),
                           ("A", "location", "germany.berlin", "2019", ".."),
                           ("A", "location", "paris", "", "")]  # fmt: skip
    assert "unknown_state" in {problem.rule for problem in check(study)}


def test_two_sheets_tell_of_the_same_people(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    people, stays = book.active, book.create_sheet("Aufenthalte")
    assert people is not None
    people.title = "Personen"
    for row in (["Pseudonym", "Jahrgang"], ["A", 1980], ["B", 1990]):
        people.append(row)
    for row in (["Pseudonym", "Land", "von", "bis"], ["A", "Georgien", 2010, "heute"],
                ["A", "Russland", 1980, 2010]):  # fmt: skip
        stays.append(row)
    book.save(tmp_path / "b.xlsx")
    study, _ = read(tmp_path / "b.xlsx", tmp_path / "study")
    assert [(p.id, p.birth.text) for p in study.people] == [("A", "1980"), ("B", "1990")]
    assert len(study.episodes) == 2
    grid = Plan.read(tmp_path / "study" / "plan.yaml").grid
    assert (grid.start, grid.end) == ("2009-01", "2010-12")


@pytest.mark.parametrize(("mapping", "message"), [
    ("tables: []", "tables"),
    ("tables:\n  - {person: ID, columns: {Ort: domian ort}}", "a column holds no 'domian ort'"),
    ("tables:\n  - {person: ID, columns: {Ort: begin}}", "domain, attribute, event."),
    ("tables:\n  - {person: ID, columns: {Ort: domain}}", "write 'domain name', the name in small letters"),
    ("tables:\n  - {person: ID, columns: {Wo: domain ort}}", "there is no column 'Wo'. There are ID, Ort"),
    ("tables:\n  - {person: ID, sheet: X, columns: {Ort: domain ort}}", "there is no sheet 'X'"),
    ("tables:\n  - {person: ID, columns: {Ort: ignore}}", "No column holds a state"),
    ("tables:\n  - {person: ID, header: 9, columns: {Ort: ignore}}", "row 9 is empty"),
])  # fmt: skip
def test_a_mapping_that_does_not_fit_is_refused(tmp_path: Path, mapping: str, message: str) -> None:
    (tmp_path / "t.csv").write_text("ID,Ort\nA,x\n")
    with pytest.raises(TrajectoriesError, match=message.replace(".", r"\.")):
        read(tmp_path / "t.csv", tmp_path / "s", mapping)
    assert not (tmp_path / "s").exists()


def test_nothing_to_read(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("\n\n")
    with pytest.raises(ReadingError, match="there is nothing in it"):
        read_raw(tmp_path / "t.csv")
    (tmp_path / "t.csv").write_text("only\none\n")
    with pytest.raises(ReadingError, match="there is no table in it"):
        draft_own(tmp_path / "t.csv")


def test_what_a_column_may_hold() -> None:
    assert holds("start") == ("start", "")
    assert holds("domain legal_status") == ("domain", "legal_status")
    with pytest.raises(ValueError, match="holds no 'begin'"):
        holds("begin")
    with pytest.raises(SettingError, match="tables"):
        OwnMapping(tables=())


def test_a_state_is_called_by_its_commonest_spelling(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(
        "ID,Ort,von,bis\nA,georgien,2020,2021\nA,Berlin,2021,2022\nA,Georgien,2022,2023\nB,GEORGIEN,2020,2021\n"
        "B,Georgien,2021,2022\nB,Berlin,2022,\n", encoding="utf-8")  # fmt: skip
    study, _ = read(tmp_path / "t.csv", tmp_path / "study")
    assert study.codebook.domains[0].labels == {"georgien": "Georgien", "berlin": "Berlin"}


def test_the_last_state_goes_on_where_no_column_tells_ends(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("ID,Ort,seit\nA,Berlin,2022\nA,Tiflis,März 2020\nA,Baku,\nB,Tiflis,2019\n"
                                    "B,Baku,2021\n", encoding="utf-8")
    draft = draft_own(tmp_path / "t.csv")
    assert "    last_goes_on: true   # no column tells ends" in draft
    study, _ = read(tmp_path / "t.csv", tmp_path / "study")
    assert {(person, state): end for person, _, state, _, end in told(study)} == {
        ("A", "berlin"): "..", ("A", "tiflis"): "", ("A", "baku"): "", ("B", "tiflis"): "",
        ("B", "baku"): ".."}  # fmt: skip
    grid = Plan.read(tmp_path / "study" / "plan.yaml").grid
    assert (grid.start, grid.end) == ("2019-01", "2022-12")
    assert "last_goes_on" not in draft_own(workbook(tmp_path))
