"""``trajectories convert`` as people run it: whatever comes out can be opened, checked and analysed."""

from __future__ import annotations

import csv
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

import trajectories as tj
from tests.coding.qda.material import CODEBOOK, coded, project, source, write_csv, write_qdpx, write_xlsx
from tests.commands import in_process as trajectories
from tests.test_cli import HEAVY, MATERIAL, PLANS, ROOT, loaded_by
from trajectories.coding.files.study_files import as_yaml, plain_codebook
from trajectories.sequences.build import build_sequences

REFERENCE = ROOT / "tests" / "reference" / "format"
MAPPING = """person: {pattern: '[A-Z]{2}-[0-9]+'}
codes:
  Location: {domain: location}
  Left: {event: departure}
ignore: [Theory]
"""


def opened(folder: Path) -> tj.Study:
    """The study in a folder, without errors."""
    study = tj.read_study(folder)
    assert not tj.check(study).errors
    return study


@pytest.fixture
def team(tmp_path: Path) -> Path:
    """A folder with what a team has: a codebook and a mapping."""
    (tmp_path / "codebook.yaml").write_text(as_yaml(plain_codebook(CODEBOOK)), encoding="utf-8")
    (tmp_path / "mapping.yaml").write_text(MAPPING, encoding="utf-8")
    return tmp_path


SEGMENTS = [["RU-001", "Location > Germany", "12", "12", "@2022-03/..", "Tea"],
            ["RU-001", "Location > Georgia", "3", "3", "", "Tea"],
            ["RU-001", "Left", "1", "2", "@2022-03-05 #dep", "Tea"],
            ["RU-001", "Theory", "1", "2", "", "Tea"]]  # fmt: skip


def maxqda(folder: Path) -> Path:
    head = ["Dokumentname", "Code", "Anfang", "Ende", "Kommentar", "Erstellt von"]
    return write_xlsx(folder / "segments.xlsx", {"Tabelle1": [["x"]], "Segmente": [head, *SEGMENTS]})


def atlas(folder: Path) -> Path:
    rows = [[r[0], r[1].replace("Location > ", "Location > "), f"{r[2]} - {r[3]}", r[4]] for r in SEGMENTS]
    head = ["Document", "Codes", "Reference", "Comment"]
    return write_xlsx(folder / "quotations.xlsx", {"Quotations": [head, *rows]})


def nvivo(folder: Path) -> Path:
    rows = [",".join([r[0], "Codes\\\\" + r[1].replace(" > ", "\\\\"), r[4]]) for r in SEGMENTS]
    return write_csv(folder / "nvivo.csv", rows, "File name,Hierarchical name,Comment")


def refi(folder: Path) -> Path:
    passages = "".join(coded(code, i, i + 2, text) for i, (code, text) in enumerate([
        ("c-ger", "@2022-03/.."), ("c-geo", ""), ("c-left", "@2022-03-05 #dep"), ("c-theory", "")]))
    return write_qdpx(folder / "p.qdpx", project(source(passages, "some words of text")))


class TestQda:
    """Exports of QDA programs, and codebooks."""

    @pytest.mark.parametrize("export", [maxqda, atlas, nvivo, refi])
    def test_an_export_becomes_a_study(self, team: Path, export: object) -> None:
        made = export(team)  # type: ignore[operator]
        done = trajectories("convert", made, "--mapping", team / "mapping.yaml", "--codebook",
                            team / "codebook.yaml", "--out", team / "study")  # fmt: skip
        assert (done.returncode, done.stderr) == (0, "")
        lines = done.stdout.splitlines()
        assert lines[0] == f"4 segments and values read from {made.name}, of 1 person"
        assert "       1  episodes" in lines
        assert f"       1  to do: {team / 'study' / 'todo.csv'}" in lines
        assert f"       1  discarded: {team / 'study' / 'discarded.csv'}" in lines
        assert lines[-1] == f"Next: trajectories check {team / 'study'}"
        study = opened(team / "study")
        assert [(e.state, e.start.text, e.end.text) for e in study.episodes] == [("germany", "2022-03", "..")]
        assert [event.kind for event in study.events] == ["departure"]
        again = trajectories("convert", made, "-m", team / "mapping.yaml", "--out", team / "study")
        assert again.returncode == 1
        assert "already there, and nothing is overwritten" in again.stderr

    def test_a_draft_is_printed_and_can_be_used(self, team: Path) -> None:
        made = maxqda(team)
        done = trajectories("convert", made, "--suggest", "--codebook", team / "codebook.yaml")
        assert done.returncode == 0
        assert '"Location": {domain: location}' in done.stdout
        kept = trajectories("convert", made, "--suggest", "-c", team / "codebook.yaml", "-o", team / "m.yaml")
        assert (team / "m.yaml").read_text(encoding="utf-8") == done.stdout
        assert f"--mapping {team / 'm.yaml'}" in kept.stdout
        used = trajectories("convert", made, "-m", team / "m.yaml", "-c", team / "codebook.yaml", "-o",
                            team / "s")  # fmt: skip
        assert used.returncode == 0
        opened(team / "s")

    def test_codebooks_there_and_back(self, team: Path) -> None:
        assert trajectories("convert", team / "codebook.yaml", "-o", team / "c.qdc").returncode == 0
        assert trajectories("convert", team / "c.qdc", "-o", team / "back").returncode == 0
        back = (team / "back" / "codebook.yaml").read_text(encoding="utf-8")
        assert back == (team / "codebook.yaml").read_text(encoding="utf-8")


class TestStudies:
    """A study as something else."""

    @pytest.mark.parametrize("form", ["csv", "xlsx", "parquet"])
    def test_other_tables_are_the_same_study(self, tmp_path: Path, form: str) -> None:
        done = trajectories("convert", MATERIAL / "valid", "--to", form, "--quotes", "--out", tmp_path / "s")
        assert done.returncode == 0
        study = opened(tmp_path / "s")
        assert repr(study) == repr(tj.read_study(MATERIAL / "valid"))
        assert tj.read_quotes(study, "RU-001")
        plan = tj.Plan.read(PLANS / "small.yaml")
        found = [tj.run(one, plan).types.types.tolist() for one in (study, tj.read_study(MATERIAL / "valid"))]
        assert found[0] == found[1]

    @pytest.mark.parametrize("form", ["sts", "sps", "spell", "dss", "tse", "biograph"])
    def test_tables_of_sequences(self, tmp_path: Path, form: str) -> None:
        out = tmp_path / "out"
        plan = PLANS / "small.yaml"
        done = trajectories("convert", MATERIAL / "valid", "--to", form, "-p", plan, "-o", out)
        assert (done.returncode, done.stderr) == (0, "")
        assert "loses: " in done.stdout
        assert "events, ties, quotes and sources" in (out / "notes.txt").read_text(encoding="utf-8")
        with (out / f"location_{form}.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        assert len({row.get("id", row.get("ID")) for row in rows}) == 4
        assert (out / f"legal_{form}.csv").is_file()
        only = trajectories("convert", MATERIAL / "valid", "--to", form, "-d", "legal", "-p",
                            PLANS / "small.yaml", "-o", tmp_path / "legal")  # fmt: skip
        assert only.returncode == 0
        assert not (tmp_path / "legal" / f"location_{form}.csv").exists()

    @pytest.mark.parametrize(("form", "more"), [
        ("sts", ()), ("sps", ()), ("spell", ()), ("tse", ("--length", "18")), ("biograph", ())])
    def test_there_and_back(self, tmp_path: Path, form: str, more: tuple[str, ...]) -> None:
        out, back = tmp_path / "out", tmp_path / "back"
        trajectories("convert", MATERIAL / "valid", "--to", form, "-p", PLANS / "small.yaml", "-o", out)
        when = () if form == "biograph" else ("--first", "2020-01")
        done = trajectories("convert", out / f"location_{form}.csv", "--from", form, "-d", "location",
                            *when, *more, "--out", back)  # fmt: skip
        assert (done.returncode, done.stderr) == (0, "")
        study = opened(back)
        assert len(study.people) == 4
        assert study.plan_path is not None
        findings = tj.run(study, tj.Plan.read(study.plan_path))
        assert findings.lives.n == 4
        grid = tj.Grid() if form == "biograph" else tj.Plan.read(PLANS / "small.yaml").grid
        expected = build_sequences(tj.read_study(MATERIAL / "valid"), grid).table("location")
        assert findings.lives.table("location").to_numpy().tolist() == expected.to_numpy().tolist()

    def test_for_traminer(self, tmp_path: Path) -> None:
        out = tmp_path / "r"
        done = trajectories("convert", MATERIAL / "valid", "--to", "traminer", "-p", PLANS / "small.yaml",
                            "-o", out)  # fmt: skip
        assert done.returncode == 0
        assert f"Next: Rscript {out / 'redo_in_traminer.R'}" in done.stdout
        again = trajectories("convert", MATERIAL / "valid", "--to", "traminer", "-o", out)
        assert again.returncode == 1
        assert "something is already there, and nothing is overwritten" in again.stderr

    def test_errors_in_the_data_come_first(self, tmp_path: Path) -> None:
        done = trajectories("convert", MATERIAL / "unknown_codes", "--to", "sts", "-o", tmp_path / "x")
        assert done.returncode == 1
        assert "so nothing was written" in done.stderr
        assert not (tmp_path / "x").exists()


class TestTables:
    """Tables of sequences that others wrote."""

    def test_spells_of_traminer(self, tmp_path: Path) -> None:
        done = trajectories("convert", REFERENCE / "s60_SPELL.csv", "--from", "spell", "--first", "1990",
                            "--step", "year", "-o", tmp_path / "s")  # fmt: skip
        assert (done.returncode, done.stderr) == (0, "")
        study = opened(tmp_path / "s")
        assert {episode.start.text[:2] for episode in study.episodes} <= {"19", "20"}
        assert tj.run(study, tj.Plan.read(tmp_path / "s" / "plan.yaml")).lives.n == len(study.people)

    def test_attributes_and_births_of_biograph(self, tmp_path: Path) -> None:
        (tmp_path / "b.csv").write_text("ID;born;start;end;sex;path;Tr1;Tr2\nP1;351;555;563;f;HJ;558;\n"
                                        "P2;;560;566;m;JHJ;562;562\n", encoding="utf-8")
        done = trajectories("convert", tmp_path / "b.csv", "--from", "biograph", "-o", tmp_path / "s")
        assert "- 1 life enters and leaves a state in the same month; that state was left out." in done.stdout
        study = opened(tmp_path / "s")
        assert study.people[0].birth.text == "1929-03"
        assert [person.attributes["sex"] for person in study.people] == ["f", "m"]

    def test_wide_tables_with_attributes(self, tmp_path: Path) -> None:
        (tmp_path / "w.csv").write_text("id\tsex\t2014-01\t2014-02\t2014-03\nA\tf\thome\thome\taway\n"
                                        "B\tm\thome\t*\t\n", encoding="utf-8")
        done = trajectories("convert", tmp_path / "w.csv", "--from", "sts", "-o", tmp_path / "s")
        assert done.returncode == 0
        study = opened(tmp_path / "s")
        assert [(e.person, e.state, e.start.text, e.end.text) for e in study.episodes] == [
            ("A", "home", "2014-01-01", "2014-03"), ("A", "away", "2014-03", ".."),
            ("B", "home", "2014-01-01", "2014-02-01")]
        assert study.people[1].attributes == {"sex": "m"}

    def test_a_table_without_headers_its_columns_named_by_number(self, tmp_path: Path) -> None:
        """As the German Life History Study gives job episodes: blanks between cells, century months, ends
        that belong to the spell; two spells follow each other, two overlap, one goes on at the interview."""
        rows = ["  1  1 700 720  1 760 351  -1", "  1  2 721 730  1 760 351  30",
                "  1  3 730 760  1 760 351  30", "  2  1 700 712  2 758 400   7",
                "  2  2 710 758  2 758 400  30"]  # fmt: skip
        (tmp_path / "jobs.txt").write_text("\n".join(rows) + "\n")
        which = "id=1,begin=3,end=4,interview=6,birth=7,state=8"
        done = trajectories("convert", tmp_path / "jobs.txt", "--from", "spell", "--columns", which,
                            "--first", "1900-01", "-d", "job", "-o", tmp_path / "s")  # fmt: skip
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout.splitlines()[:4] == [
            f"{tmp_path / 's'} is a study now: 2 people, 5 spells, one domain (job).",
            "- Attributes of people: 5.", "- Columns that vary within a person were not read: 2.",
            "- 1 time two spells of a person overlap; both were kept, check asks about them."]
        study = tj.read_study(tmp_path / "s")
        assert [(e.person, e.state, e.start.text, e.end.text) for e in study.episodes] == [
            ("1", "code_1", "1958-04-01", "1960-01"), ("1", "code_30", "1960-01", "1960-10"),
            ("1", "code_30", "1960-10", ".."), ("2", "code_7", "1958-04-01", "1959-05-01"),
            ("2", "code_30", "1959-02-01", "..")]
        assert [(p.birth.text, p.interview.text) for p in study.people] == [
            ("1929-03", "1963-04-30"), ("1933-04", "1963-02-28")]
        assert [problem.rule for problem in tj.check(study).errors] == ["overlap"]
        labels = {state.code: state.label for state in study.codebook.domains[0].states}
        assert labels == {"code_1": "-1", "code_7": "7", "code_30": "30"}

    @pytest.mark.parametrize(("holds", "when"), [("later", "2014-11"), ("earlier", "2015-04")])
    def test_which_of_two_spells_holds(self, tmp_path: Path, holds: str, when: str) -> None:
        (tmp_path / "t.csv").write_text("pid;start;stop;status\nA;2014-01;2015-03;x\nA;2014-11;2016-12;y\n")
        trajectories("convert", tmp_path / "t.csv", "--from", "spell", "--overlap", holds, "-o",
                     tmp_path / "s")  # fmt: skip
        assert [(e.start.text, e.end.text) for e in opened(tmp_path / "s").episodes] == [
            ("2014-01-01", when), (when, "..")]

    def test_years_exclusive_ends_and_a_workbook_in_german(self, tmp_path: Path) -> None:
        write_xlsx(tmp_path / "v.xlsx", {"Leer": [], "Daten": [
            ["Fall", "Von", "Bis", "Status", "Ort"], ["A", "1990", "1995", "Köln", "x"],
            ["A", "1995", "2001", "Bonn", "x"]]})  # fmt: skip
        done = trajectories("convert", tmp_path / "v.xlsx", "--from", "spell", "--columns",
                            "id=Fall,begin=Von,end=Bis", "--ends", "exclusive", "-o", tmp_path / "s")
        assert (done.returncode, done.stderr) == (0, "")
        study = opened(tmp_path / "s")
        assert [(e.state, e.start.text, e.end.text) for e in study.episodes] == [
            ("koln", "1990-01-01", "1995"), ("bonn", "1995", "..")]
        assert study.people[0].interview.text == "2000-12-31"
        assert study.people[0].attributes == {"ort": "x"}

    def test_an_older_encoding_is_named_not_guessed(self, tmp_path: Path) -> None:
        (tmp_path / "t.csv").write_bytes("id;begin;end;state\nA;2014;2015;Köln\n".encode("cp1252"))
        command = ("convert", tmp_path / "t.csv", "--from", "spell", "-o", tmp_path / "s")
        done = trajectories(*command)
        assert done.returncode == 1
        assert "it looks like cp1252" in done.stderr
        assert "give --encoding cp1252" in done.stderr
        assert trajectories(*command, "--encoding", "cp1252").returncode == 0
        assert opened(tmp_path / "s").codebook.domains[0].states[0].label == "Köln"

    @pytest.mark.parametrize(("arguments", "code", "message"), [
        (("s60_SPELL.csv", "--from", "spell", "--columns", "id=X"), 2, "there is no column 'X'; there are"),
        (("s60_SPELL.csv", "--from", "spell", "--columns", "who=id"), 2, "a column may be id, sequence"),
        (("s60_SPELL.csv", "--from", "spell", "--columns", "id"), 2, "write what each column holds, such as"),
        (("s60_DSS.csv", "--from", "dss"), 2, "DSS says in which order states came, not when nor for how lo"),
        (("s60_SPELL.csv", "--from", "spell"), 2, "have no place on the calendar, and a study needs dates"),
        (("s60_TSE_state.csv", "--from", "tse", "--first", "2000"), 2, "say how many positions there are"),
        (("s60_SPS.csv", "--from", "spell"), 2, "there is no column 'begin'"),
        (("s60_SPS.csv", "--from", "sps", "--first", "2000", "-d", "My domain"), 2, "is named by small"),
        (("nowhere.csv", "--from", "sps"), 1, "nowhere.csv: there is no such file"),
    ])  # fmt: skip
    def test_what_cannot_be_is_told(
        self, tmp_path: Path, arguments: tuple[str, ...], code: int, message: str
    ) -> None:
        done = trajectories("convert", REFERENCE / arguments[0], *arguments[1:], "-o", tmp_path / "s")
        assert (done.returncode, done.stdout) == (code, "")
        assert message in done.stderr
        assert "Traceback" not in done.stderr
        assert not (tmp_path / "s").exists()


EPISODES = ("person,domain,state,start,end\nP1,location,origin,1980,March 2022\n"
            "P1,location,germany,March 2022,winter 2022\nP1,location,georgia,winter 2022,now\n")


@pytest.fixture
def typed(tmp_path: Path) -> Path:
    folder = tmp_path / "typed"
    folder.mkdir()
    (folder / "codebook.yaml").write_bytes((MATERIAL / "valid" / "codebook.yaml").read_bytes())
    (folder / "study.yaml").write_text("title: T\ntables: {persons: p.csv, episodes: e.csv}\n")
    (folder / "p.csv").write_text("id,birth,interview\nP1,1980,04/03/2024\n")
    (folder / "e.csv").write_text(EPISODES)
    return folder


class TestTypedDates:
    """Dates as people type them."""

    def test_they_are_shown_row_by_row_and_nothing_is_written(self, typed: Path) -> None:
        done = trajectories("convert", typed, "--typed-dates")
        assert done.returncode == 1
        assert done.stdout.splitlines()[:3] == [
            "p.csv:2 P1 interview: 04/03/2024: 2024-03-04 if the day is 4 or 2024-04-03 if the day is 3",
            "e.csv:2 P1 end: March 2022: 2022-03", "e.csv:3 P1 start: March 2022: 2022-03"]
        assert "6 dates are not EDTF: 3 understood, 3 ambiguous." in done.stdout
        assert {path.name for path in typed.iterdir()} == {"codebook.yaml", "study.yaml", "p.csv", "e.csv"}

    def test_what_is_ambiguous_stays_and_is_named(self, typed: Path, tmp_path: Path) -> None:
        done = trajectories("convert", typed / "study.yaml", "--typed-dates", "--day-first", "-o",
                            tmp_path / "out")  # fmt: skip
        assert done.returncode == 1
        assert "2 dates were left as typed" in done.stdout
        study = tj.read_study(tmp_path / "out")
        assert study.people[0].interview.text == "2024-03-04"
        assert len(tj.check(study).errors) == 2
        assert (typed / "e.csv").read_text() == EPISODES

    def test_a_terminal_asks_once_for_each_text(self, typed: Path, tmp_path: Path) -> None:
        ours, theirs = pty.openpty()
        command = [sys.executable, "-m", "trajectories", "convert", str(typed), "--typed-dates", "--out",
                   str(tmp_path / "out")]  # fmt: skip
        environment = {**os.environ, "COLUMNS": "100", "TERM": "xterm", "NO_COLOR": "1"}
        process = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, cwd=ROOT,
                                   env=environment)  # fmt: skip
        os.close(theirs)
        os.write(ours, b"2\n1\n\n\n")
        shown = b""
        while True:
            try:
                shown += os.read(ours, 65536)
            except OSError:
                break
        os.close(ours)
        assert process.wait(timeout=60) == 0, shown.decode()
        assert shown.decode().count("What does") == 2
        study = opened(tmp_path / "out")
        assert study.people[0].interview.text == "2024-04-03"
        assert {e.start.text for e in study.episodes} == {"1980", "2022-03", "2022-24"}


class TestOwnTables:
    """Tables under a team's own names."""

    def test_an_excel_table_of_ones_own(self, tmp_path: Path) -> None:
        made = write_xlsx(tmp_path / "meine.xlsx", {"Interviews": [
            ["Stand März 2024"], ["Fall", "Jahrgang", "Land", "von", "bis"],
            ["A", "1980", "Russland", "1980", "Frühjahr 2022"],
            ["", "", "Georgien", "Frühjahr 2022", "03/04/2023"], ["B", "1990", "Russland", "1990", "heute"]]})
        mapping, out = tmp_path / "m.yaml", tmp_path / "study"
        done = trajectories("convert", made, "--suggest", "-o", mapping)
        assert (done.returncode, done.stderr) == (0, "")
        assert f"trajectories convert {made} --mapping {mapping}" in done.stdout
        left = trajectories("convert", made, "-m", mapping, "-o", tmp_path / "first")
        assert left.returncode == 1
        lines = left.stdout.splitlines()
        assert lines[:3] == ["Frühjahr 2022: 2022-21 (Interviews!E3 and 1 more)", "heute: .. (Interviews!E5)",
                             "03/04/2023: 2023-04-03 if the day is 3 or 2023-03-04 if the day is 4 "
                             "(Interviews!E4)"]  # what is left to settle last
        assert "03/04/2022 is 3 April with --day-first, March 4 with --month-first." in lines
        done = trajectories("convert", made, "-m", mapping, "--day-first", "-o", tmp_path / "first")
        assert "already there" in done.stderr
        assert done.stdout == ""  # before anything is asked
        done = trajectories("convert", made, "-m", mapping, "--day-first", "-o", out)
        assert (done.returncode, done.stderr) == (0, "")
        assert f"{out} is a study now: 2 people, 3 episodes, 0 events." in done.stdout
        assert [e.end.text for e in opened(out).episodes] == ["2022-21", "2023-04-03", ".."]

    def test_the_encoding_of_a_table_is_asked(self, tmp_path: Path) -> None:
        (tmp_path / "t.csv").write_bytes("Fall;Länder\nA;Köln\nA;Bonn\n".encode("cp1252"))
        asked = trajectories("convert", tmp_path / "t.csv", "--suggest")
        assert asked.returncode == 1
        assert "give --encoding cp1252" in asked.stderr
        done = trajectories("convert", tmp_path / "t.csv", "--suggest", "--encoding", "cp1252")
        assert '"Länder": domain lander' in done.stdout or '"Länder": attribute lander' in done.stdout


@pytest.mark.parametrize(("arguments", "code", "message"), [
    (("tests/material/valid",), 2, "this is a study. Say what it shall become"),
    (("tests/material/valid", "--to", "sts"), 2, "--to needs a folder to write to: --out DIR."),
    (("x.csv", "--suggest", "--to", "sts"), 2, "--suggest and --to are different conversions"),
    (("x.csv", "-o", "y"), 2, "codes mean, with 'trajectories convert x.csv --suggest'"),
    (("tests/material/valid/codebook.yaml", "-o", "y"), 2, "with --out NAME.qdc"),
    (("x.csv", "--suggest"), 1, "there is no such file"),
    (("x.docx", "--suggest"), 1, "are no QDA export that can be read"),
    (("nowhere", "--typed-dates"), 2, "nowhere"),
    (("tests/material/valid", "--to", "pdf", "-o", "y"), 2, "Invalid value for '--to'"),
])  # fmt: skip
def test_wrong_usage_is_told_plainly(arguments: tuple[str, ...], code: int, message: str) -> None:
    done = trajectories("convert", *arguments)
    assert done.returncode == code, done.stderr
    assert message in " ".join(done.stderr.replace("│", " ").split())
    assert "Traceback" not in done.stderr


def test_help_and_start() -> None:
    done = trajectories("convert", "--help")
    assert done.returncode == 0
    for panel in ("From a QDA program, or a table of your own", "From a study", "From a table of sequences",
                  "Dates as typed"):  # fmt: skip
        assert panel in done.stdout
    assert not (HEAVY | {"numpy", "pandas", "yaml"}) & loaded_by("convert", "--help")
    assert not (HEAVY | {"numpy", "pandas"}) & loaded_by("convert", str(MATERIAL / "valid"), "--typed-dates")
