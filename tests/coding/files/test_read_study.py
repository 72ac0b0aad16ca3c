from __future__ import annotations

import hashlib
import shutil
import time
from pathlib import Path

import pytest

from tests.coding.material import MATERIAL
from trajectories.coding.biography import Source
from trajectories.coding.files.read_study import read_quotes, read_study
from trajectories.coding.files.typed_tables import TypedTables
from trajectories.coding.study import StudyFile
from trajectories.errors import StudyError

VALID = MATERIAL / "valid"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(VALID, tmp_path / "study"))


def test_reads_biographies_and_tables_as_one_study() -> None:
    study = read_study(VALID)
    assert repr(study) == (
        "Study 'Four lives for testing': 4 people, 19 episodes in 2 domains (location, legal), 5 events, "
        "2 support ties"
    )
    assert study.ids == ("RU-001", "RU-002", "AZ-001", "AZ-002")
    assert study.reading_problems == ()
    assert study.plan_path == VALID / "plan.yaml"


def test_the_folder_and_its_study_file_are_the_same() -> None:
    assert read_study(VALID) == read_study(str(VALID / "study.yaml"))


def test_an_episode_says_where_it_was_read_and_what_it_rests_on() -> None:
    study = read_study(VALID)
    from_yaml = study.biography("RU-001").in_domain("location")[0]
    assert from_yaml.source == Source("biographies/RU-001.yaml", 8, "interview-RU-001", "12", 7)
    assert from_yaml.state == "origin.moscow"
    assert (from_yaml.start.text, from_yaml.end.text) == ("1989", "2022-03-05")
    assert (from_yaml.coder, from_yaml.confidence) == ("TG", "high")
    from_table = study.biography("AZ-001").in_domain("location")[1]
    assert from_table.source == Source("episodes.csv", 4, "int-AZ-001", "9")
    assert from_table.event_id == "d1"


def test_people_have_attributes_and_an_observed_time() -> None:
    study = read_study(VALID)
    person = study.biography("RU-001").person
    assert person.attributes == {"origin_country": "russia", "gender": "woman", "education": "master"}
    assert (person.birth.text, person.interview.text) == ("1989~", "2023-11-04")
    assert (person.observed_from.text, person.observed_until.text) == ("2014", "2023-11")
    other = study.biography("AZ-002").person
    assert other.attributes == {"origin_country": "azerbaijan", "gender": "other"}
    assert other.observed_from.is_unknown
    table = study.attributes_table()
    assert list(table.columns) == ["id", "origin_country", "gender", "education"]
    assert table["education"].tolist() == ["master", "", "bachelor", ""]


def test_quotes_stay_on_disk_until_asked_for() -> None:
    study = read_study(VALID)
    codings = (*study.episodes, *study.events, *study.ties)
    assert all(coding.quote is None for coding in codings)
    assert "river" not in repr(study.episodes)
    assert read_quotes(study, "AZ-001") == {
        ("episodes.csv", 2): 'She said: "we stayed,\nfor a while".',
        ("events.csv", 3): "I took the night train.",
    }
    assert read_quotes(study, "RU-001")["biographies/RU-001.yaml", 8] == "We had a flat near the river."
    assert read_quotes(study, "RU-002") == {}
    with pytest.raises(StudyError, match="there is no person 'RU-999'"):
        read_quotes(study, "RU-999")


def test_quotes_can_be_read_at_once() -> None:
    study = read_study(VALID, quotes=True)
    assert study.biography("RU-001").events[0].quote == "With one bag."


def test_every_file_read_is_remembered_by_its_hash() -> None:
    study = read_study(VALID)
    assert set(study.files) == {
        "study.yaml", "codebook.yaml", "biographies/RU-001.yaml", "biographies/RU-002.yaml",
        "persons.csv", "episodes.csv", "events.csv", "ties.csv", "context_events.csv",
    }  # fmt: skip
    assert study.files["ties.csv"] == hashlib.sha256((VALID / "ties.csv").read_bytes()).hexdigest()


def test_context_events() -> None:
    first = read_study(VALID).context_events[0]
    assert (first.date.text, first.country, first.kind) == ("2022-02-24", "russia", "war")
    assert first.until.is_unknown


def test_context_events_may_last(folder: Path) -> None:
    table = folder / "context_events.csv"
    table.write_text("date,label\n2020-09-27/2020-11-10,44-day war\n,undated\nMay "
                     "2012,protest\n", encoding="utf-8")
    study = read_study(folder)
    dates = [(event.date.text, event.until.text) for event in study.context_events]
    assert dates == [("2020-09-27", "2020-11-10")]
    assert [str(problem) for problem in study.reading_problems] == [
        "context_events.csv:3: this context event has no date. It is left out until it has one.",
        "context_events.csv:4: context event: 'May 2012' is not a date in EDTF. Did you mean '2012-05'?",
    ]


def test_tables_as_a_spreadsheet_saves_them() -> None:
    study = read_study(MATERIAL / "semicolon_bom_csv")
    assert study.reading_problems == ()
    assert [episode.source.line for episode in study.episodes] == [2, 4, 5, 6]
    assert study.events[0].date.text == "2022-03"


@pytest.mark.parametrize("name", ["missing_file", "broken_yaml", "unknown_key", "wrong_type"])
def test_what_cannot_be_read_is_refused_with_file_and_line(name: str) -> None:
    with pytest.raises(StudyError) as refused:
        read_study(MATERIAL / name)
    assert str(refused.value) == (MATERIAL / name / "expected.txt").read_text(encoding="utf-8").strip()


def test_a_study_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(StudyError) as refused:
        read_study(tmp_path / "nowhere.yaml")
    assert str(refused.value) == (
        f"{tmp_path / 'nowhere.yaml'}: there is no such file. Check the name and the folder."
    )
    with pytest.raises(StudyError, match=r"study\.yaml: there is no such file"):
        read_study(tmp_path)


@pytest.mark.parametrize(
    ("file", "content", "message"),
    [
        ("persons.csv", b"", "persons.csv:1: there is no column 'id'; the table is empty. The first "
                             "line must name "
         "the columns: id, birth, interview, observed, origin_country, gender, education."),
        ("events.csv", b"person,evnt,date\n", "events.csv:1: there is no column 'event'; there are "
                                              "person, evnt, "
         "date. The first line must name the columns: person, event, date, event_id, label, quote, document, "
         "paragraph, coder, confidence."),
        ("events.csv", b"person,event,date,date\n", "events.csv:1: the column 'date' stands there twice. "
         "Keep one of them."),
        ("ties.csv", b'person,date,direction,resource\nRU-001,2022,"given,money\n',
         "ties.csv:2: the table cannot be read from here on (unexpected end of data). Look for a "
         "quotation mark (\") "
         'that is not closed; inside a quoted cell write it twice ("").'),
        ("persons.csv", "id,birth\nRU-ä,1990\n".encode("latin-1"), "persons.csv:2: the file is not "
         "UTF-8; it looks like cp1252 (Windows, Western European). If that is what it is, write "
         "'encoding: cp1252' in study.yaml; or save the file again as UTF-8 (in Excel: 'CSV UTF-8')."),
        ("persons.csv", "id\nRU-001\n".encode("utf-16"), "persons.csv: the file is not UTF-8; it "
         "looks like UTF-16 (Excel calls it 'Unicode text'). If that is what it is, write "
         "'encoding: utf-16' in study.yaml; or save the file again as UTF-8 (in Excel: 'CSV UTF-8')."),
        ("persons.csv", b"PK\x03\x04rest", "persons.csv: the file is an Excel workbook or a zip "
                                           "archive, not text. "
         "Let its name end in .xlsx, or save each sheet as 'CSV UTF-8'."),
        ("persons.csv", b"id,birth\nRU-0\x0001,1990\n", "persons.csv:2: the file has a NUL character: "
         "it is not plain text. Save it again as UTF-8 (in Excel: 'CSV UTF-8')."),
        ("codebook.yaml", b"domains: {}\n", "codebook.yaml:1: domains must have at least 1 entry."),
        ("codebook.yaml", b"domains:\n  Place: {label: P, states: {a: A}}\n",
         "codebook.yaml:2: domains.Place must be a code of small letters, digits and _, such as short_stay; "
         "it is 'Place'."),
        ("codebook.yaml", b"domains:\n  place: {label: P, states: {a: {label: A, colour: red}}}\n",
         "codebook.yaml:2: domains.place.states.a.colour must be a colour such as '#3f90da', in quotes; "
         "it is 'red'."),
        ("codebook.yaml", b"domains:\n  place: {states: {a: {rank: high, label: A}}}\n",
         "codebook.yaml:2: the key 'label' is missing in domains.place. Write it with a value.\n"
         "codebook.yaml:2: domains.place.states.a.rank must be a number; it is 'high'."),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_trusted_is_refused(
    folder: Path, file: str, content: bytes, message: str
) -> None:
    (folder / file).write_bytes(content)
    with pytest.raises(StudyError) as refused:
        read_study(folder)
    assert str(refused.value) == message


def test_a_biography_that_cannot_be_decoded_is_reported_and_the_rest_is_read(folder: Path) -> None:
    (folder / "biographies" / "RU-003.yaml").write_bytes(b"id: \xff\xff\n")
    study = read_study(folder)
    assert len(study.people) == 4
    assert [str(problem) for problem in study.reading_problems] == [
        "biographies/RU-003.yaml:1: the file is not UTF-8 text (byte 0xFF). "
        "Save it again as UTF-8 (in Notepad: 'Save as', encoding UTF-8)."
    ]


def test_a_pattern_outside_the_folder_is_refused(folder: Path) -> None:
    study = folder / "study.yaml"
    study.write_text(study.read_text().replace("biographies/*.yaml", "/etc/*.yaml"))
    with pytest.raises(StudyError, match=r"study.yaml:3: biographies: '/etc/\*.yaml' is not a pattern "
                                         r"of files"):
        read_study(folder)


@pytest.mark.parametrize(("pattern", "found"), [
    ("biographies/**/*.yaml", 2), ("biographies/" + "**/" * 12 + "*.yaml", 2), ("biographies\\\\*.yaml", 2),
    ("**/biographies/**/*.yaml", 2),
    ("**/a/" * 12 + "*.yaml", 0), ("**/a/**/b/**/c.yaml", 0), ("a/" * 900 + "*.yaml", 0),
])  # fmt: skip
def test_a_pattern_that_would_be_looked_for_without_end_is_refused(folder: Path, pattern: str,
                                                                    found: int) -> None:  # fmt: skip
    (folder / "biographies" / ("d/" * 12)).mkdir(parents=True)
    (folder / "study.yaml").write_text(f'title: T\nbiographies: "{pattern}"\n')
    began = time.process_time()
    if found:
        study = read_study(folder)
        assert len([name for name in study.files if name.startswith("biographies/")]) == found
    else:
        with pytest.raises(StudyError, match=r"is not a pattern of files in this folder. Write a relative"):
            read_study(folder)
        with pytest.raises(StudyError):
            TypedTables(StudyFile(title="T", biographies=(pattern,), tables={"persons": "persons.csv"}),
                        folder).write(folder / "out")  # fmt: skip
    assert time.process_time() - began < 1


def test_a_choice_of_dates_without_quotation_marks_is_told(folder: Path) -> None:
    life = "id: RU-009\nbirth: [1989,1990]\nevents: [{event: departure, when: '[2022-02,2022-03]'}]\n"
    (folder / "biographies" / "RU-009.yaml").write_text(life, encoding="utf-8")
    study = read_study(folder)
    assert study.biography("RU-009").events[0].date.width == 59
    (problem,) = [p for p in study.reading_problems if p.file.endswith("RU-009.yaml")]
    assert (problem.line, problem.what) == (2, "'birth' is a list here, not a date")
    assert problem.hint == 'Put a choice of dates in quotation marks: birth: "[2022-02,2022-05]".'
