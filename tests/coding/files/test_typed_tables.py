"""Dates as people typed them, in the tables of a study."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest

from tests.coding.material import MATERIAL
from tests.coding.qda.material import write_xlsx
from trajectories.coding.checking.check import check
from trajectories.coding.files.read_study import read_study
from trajectories.coding.files.settings_file import read_settings
from trajectories.coding.files.typed_tables import TypedDate, TypedTables, asked
from trajectories.coding.study import StudyFile
from trajectories.errors import StudyError

EPISODES = """person;domain;state;start;end;quote
P1;location;origin;1980;March 2022;"well; yes
and no"
P1;location;germany;March 2022;now;
P1;location;georgia;winter 2022;2023-05;
P2;location;origin;since 2015;03/04/2022;
P2;location;germany;03/04/2022;someday;
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "typed"
    made.mkdir()
    shutil.copy(MATERIAL / "valid" / "codebook.yaml", made)
    (made / "study.yaml").write_text("title: Typed\ntables: {persons: p.csv, episodes: e.csv}\n"
                                     "context_events: c.csv\n", encoding="utf-8")
    (made / "p.csv").write_text("id\tbirth\tinterview\tobserved\nP1\tca. 1980\t15.3.2024\tseit 2010\n"
                                "P2\t1985-21\t2024-05\t2021-22\n", encoding="utf-8")
    (made / "e.csv").write_text(EPISODES, encoding="utf-8")
    (made / "c.csv").write_text("date,label\nvon 2020 bis 2021,x\n24.02.2022,y\n", encoding="utf-8")
    return made


def tables(folder: Path, **how: object) -> TypedTables:
    return TypedTables(read_settings(folder / "study.yaml", StudyFile), folder, **how)  # type: ignore[arg-type]


def told(date: TypedDate) -> str:
    meanings = " | ".join(edtf or "(unknown)" for edtf, _ in date.meanings)
    return f"{date.file}:{date.row} {date.person} {date.column} {date.text}: {meanings}"


FOUND = [
    "p.csv:2 P1 birth ca. 1980: 1980~", "p.csv:2 P1 interview 15.3.2024: 2024-03-15",
    "p.csv:2 P1 observed seit 2010: 2010/..", "p.csv:3 P2 observed 2021-22: 2021-22 | 2021/2022",
    "e.csv:2 P1 end March 2022: 2022-03", "e.csv:4 P1 start March 2022: 2022-03", "e.csv:4 P1 end now: ..",
    "e.csv:5 P1 start winter 2022: 2022-24 | 2021-24", "e.csv:6 P2 start since 2015: 2015",
    "e.csv:6 P2 end 03/04/2022: 2022-04-03 | 2022-03-04",
    "e.csv:7 P2 start 03/04/2022: 2022-04-03 | 2022-03-04", "e.csv:7 P2 end someday: ",
    "c.csv:2  date von 2020 bis 2021: 2020/2021", "c.csv:3  date 24.02.2022: 2022-02-24",
]  # fmt: skip


def test_every_cell_that_is_not_edtf_is_found_with_what_it_may_mean(folder: Path) -> None:
    assert [told(date) for date in tables(folder).found] == FOUND
    settled = {told(date) for date in tables(folder, day_first=True).found} - set(FOUND)
    assert settled == {"e.csv:6 P2 end 03/04/2022: 2022-04-03", "e.csv:7 P2 start 03/04/2022: 2022-04-03"}


def test_the_study_is_written_anew_and_the_input_stays(folder: Path, tmp_path: Path) -> None:
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    typed = tables(folder, day_first=True)
    questions: list[str] = []

    def answer(date: TypedDate) -> str | None:
        questions.append(date.text)
        return "2021-24" if date.text == "winter 2022" else None

    left = typed.write(tmp_path / "out", asked(typed.found, answer))
    assert questions == ["2021-22", "winter 2022"]
    assert [date.text for date in left] == ["2021-22", "someday"]
    assert before == {path.name: path.read_bytes() for path in folder.iterdir()}
    study = read_study(tmp_path / "out")
    assert study.biography("P1").person.birth.text == "1980~"
    stretches = [(e.start.text, e.end.text) for e in study.episodes]
    assert stretches == [("1980", "2022-03"), ("2022-03", ".."), ("2021-24", "2023-05"),
                         ("2015", "2022-04-03")]
    assert study.context_events[0].until.text == "2021"
    assert {p.what for p in check(study) if p.severity == "error"} >= {
        "episode 'germany': 'someday' is not a date in EDTF"}
    record = (tmp_path / "out" / "typed_dates.csv").read_text(encoding="utf-8").splitlines()
    assert record[0] == "file,row,person,column,typed,becomes,note"
    assert "e.csv,5,P1,start,winter 2022,2021-24,as answered" in record
    assert "e.csv,7,P2,end,someday,,not understood" in record
    with pytest.raises(StudyError, match="already there"):
        typed.write(tmp_path / "out")


def test_dates_that_excel_made(folder: Path, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    rows: dict[str, list[list[object]]] = {
        "persons": [["id", "birth"], ["P1", 1980]],
        "episodes": [["person", "domain", "state", "start", "end"], ["P1", "location", "origin", 1980, ".."]],
    }
    path = write_xlsx(folder / "s.xlsx", rows)
    book = load_workbook(path)
    book["episodes"]["E2"] = dt.date(2022, 3, 1)
    book["episodes"]["E2"].number_format = "mmm-yy"
    book.save(path)
    (folder / "study.yaml").write_text("title: T\ntables: s.xlsx\n", encoding="utf-8")
    assert [told(date) for date in tables(folder).found] == ["s.xlsx#episodes:2 P1 end Mar-22: 2022-03"]
    assert [told(date) for date in tables(folder, meant="day").found] == [
        "s.xlsx#episodes:2 P1 end Mar-22: 2022-03-01"]
    assert tables(folder).write(tmp_path / "out") == ()
    assert read_study(tmp_path / "out").episodes[0].end.text == "2022-03"


def test_a_study_without_tables(folder: Path) -> None:
    (folder / "study.yaml").write_text("title: T\nbiographies: '*.yaml'\n", encoding="utf-8")
    with pytest.raises(StudyError, match="this study names no tables"):
        tables(folder)


def test_a_year_of_two_digits_is_in_the_century_that_the_life_leaves(folder: Path, tmp_path: Path) -> None:
    (folder / "p.csv").write_text("id,birth,interview\nP1,15.03.89,01.09.24\nP2,,\nP3,2/15,3/24\n")
    (folder / "e.csv").write_text("person;domain;state;start;end\nP1;location;origin;Mai 89;24.02.22\n"
                                  "P2;location;origin;Mai 89;24.02.22\nP1;location;germany;03.04.22;\n"
                                  "P1;location;origin;Winter 22;\nP3;location;origin;Mai 15;\n",
                                  encoding="utf-8")

    def meant(**how: object) -> dict[tuple[str, str], list[str]]:
        return {(d.person, d.text): [edtf for edtf, _ in d.meanings] for d in tables(folder, **how).found}

    found = meant(day_first=True)
    assert found["P1", "15.03.89"] == ["1989-03-15"]
    assert found["P1", "01.09.24"] == ["2024-09-01"]
    assert found["P1", "Mai 89"] == ["1989-05"]
    assert found["P1", "24.02.22"] == ["2022-02-24"]
    assert found["P1", "03.04.22"] == ["2022-04-03"]
    assert found["P1", "Winter 22"] == ["2022-24", "2021-24"]
    assert found["P2", "24.02.22"] == ["2022-02-24", "1922-02-24"]
    assert found["P3", "Mai 15"] == ["2015-05", "1915-05"]
    assert meant()["P1", "03.04.22"] == ["2022-04-03", "2022-03-04"]
    assert tables(folder, day_first=True).write(tmp_path / "out")[0].person == "P3"
    record = (tmp_path / "out" / "typed_dates.csv").read_text(encoding="utf-8")
    assert 'e.csv,2,P1,end,24.02.22,2022-02-24,"understood, by birth and interview"' in record
