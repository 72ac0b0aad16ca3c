"""The terminal, run as people run it: in a process of its own, into a pipe or on a terminal of some width.

Where nothing hangs on the process, it is that of the tests (``in_process``)."""

import csv
import io
import json
import os
import pty
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import trajectories as tj
from tests.commands import in_process
from trajectories.cli.problem_forms import as_annotations
from trajectories.coding.problems import Problem

ROOT = Path(__file__).parents[1]
MATERIAL = ROOT / "tests" / "material"
PLANS = MATERIAL / "plans"
HEAVY = {"numba", "sklearn", "tslearn", "statsmodels", "matplotlib", "scipy", "kmedoids", "plotly", "dash"}


def trajectories(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command with its output into pipes."""
    command = [sys.executable, "-m", "trajectories", *map(str, arguments)]
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8", **environment}
    return subprocess.run(command, capture_output=True, timeout=240, cwd=ROOT, encoding="utf-8",
                          env=environment, check=False)  # fmt: skip


def on_terminal(*arguments: object, columns: int, term: str = "xterm-256color") -> tuple[str, int]:
    """Run the command on a terminal of so many columns; returns what it showed, and the exit code."""
    ours, theirs = pty.openpty()
    environment = {**os.environ, "COLUMNS": str(columns), "LINES": "50", "TERM": term, "NO_COLOR": "1"}
    command = [sys.executable, "-m", "trajectories", *map(str, arguments)]
    process = subprocess.Popen(command, stdout=theirs, stderr=theirs, stdin=subprocess.DEVNULL, cwd=ROOT,
                               env=environment)  # fmt: skip
    os.close(theirs)
    parts = []
    while True:
        try:
            part = os.read(ours, 65536)
        except OSError:
            break
        if not part:
            break
        parts.append(part)
    os.close(ours)
    return b"".join(parts).decode("utf-8").replace("\r\n", "\n"), process.wait(timeout=60)


def loaded_by(*arguments: str) -> set[str]:
    """The top-level modules that a command loads."""
    code = (
        "import sys, io, contextlib\nfrom trajectories.cli.main import main\n"
        "sys.argv = ['trajectories', *sys.argv[1:]]\n"
        "with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):\n    main()\n"
        "print(*{name.partition('.')[0] for name in sys.modules})"
    )
    command = [sys.executable, "-c", code, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    return set(done.stdout.split())


class TestHelp:
    """What a newcomer sees first."""

    def test_help_names_the_commands_and_how_to_begin(self) -> None:
        done = trajectories("--help")
        assert done.returncode == 0
        for word in ("check", "run", "explore", "trajectories explore (opens the sample study)"):
            assert word in " ".join(done.stdout.split())

    @pytest.mark.parametrize("command", ["new", "new-person", "schemas", "check", "run", "explore"])
    def test_each_command_has_help(self, command: str) -> None:
        done = in_process(command, "-h")
        assert done.returncode == 0
        assert "STUDY" in done.stdout

    def test_version(self) -> None:
        assert trajectories("--version").stdout == f"trajectories {tj.__version__}\n"

    def test_help_loads_nothing_heavy(self) -> None:
        assert not (HEAVY | {"numpy", "pandas", "pydantic", "yaml"}) & loaded_by("--help")

    def test_check_loads_no_statistics_and_no_drawing(self) -> None:
        assert not (HEAVY | {"numpy", "pandas"}) & loaded_by("check", str(MATERIAL / "valid"))

    def test_the_console_script_is_the_same_command(self) -> None:
        text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
        assert 'trajectories = "trajectories.cli:main"' in text


@pytest.mark.parametrize("arguments", [
    ("check", MATERIAL / "unknown_codes"), ("check", MATERIAL / "unknown_codes", "--format", "json"),
    ("run", MATERIAL / "one_person", "--plan", PLANS / "k_too_large.yaml", "--out", "nowhere"),
    ("explain", MATERIAL / "valid", "RU-001", "RU-002", "--plan", PLANS / "small.yaml"),
    ("convert", MATERIAL / "valid" / "persons.csv", "--out", "nowhere"), ("convert", "-h"), ("explain",),
])  # fmt: skip
def test_in_the_process_of_the_tests_it_is_the_same(arguments: tuple[object, ...]) -> None:
    """What most tests below, and those of ``convert`` and ``explain``, rest on."""
    apart, here = trajectories(*arguments), in_process(*arguments)
    assert (apart.stdout, apart.stderr, apart.returncode) == (here.stdout, here.stderr, here.returncode)


class TestCheck:
    """``trajectories check``."""

    def test_a_sound_study(self) -> None:
        done = trajectories("check", MATERIAL / "valid" / "study.yaml")
        assert done.returncode == 0
        assert done.stdout == ("usable as it is: no problems in Four lives for testing "
                               "(4 people, 19 episodes, 5 events).\n")  # fmt: skip

    def test_warnings_are_no_hindrance(self, tmp_path: Path) -> None:
        (tmp_path / "study.yaml").write_text("title: T\ntables: {persons: p.csv, episodes: e.csv}\n")
        (tmp_path / "codebook.yaml").write_text((MATERIAL / "valid" / "codebook.yaml").read_text())
        (tmp_path / "p.csv").write_text("id,birth,interview\nA,1980,2024-05\n")
        (tmp_path / "e.csv").write_text("person,domain,state,start,end\nA,location,origin,1980,2010\n"
                                        "A,location,germany,2020,..\n")  # fmt: skip
        done = in_process("check", tmp_path)
        assert "warning" in done.stdout
        assert "usable as it is" in done.stdout
        assert done.returncode == 0

    def test_errors_into_a_pipe_are_one_line_each(self) -> None:
        done = in_process("check", MATERIAL / "unknown_codes")
        assert done.returncode == 1
        lines = done.stdout.splitlines()
        assert ("tests/material/unknown_codes/biographies/RU-030.yaml:8:7: error: RU-030: "
                "domain 'location' has no state 'germny'. It has "
                "origin, germany, georgia, other. Did you mean 'germany'?") in lines  # fmt: skip
        assert lines[-1].startswith("not usable yet: 10 errors, 4 warnings")
        assert lines[-1].endswith("Usable as they are: 0 of 1 person; errors are with RU-030, RU-031.")

    def test_json_is_json_and_nothing_else(self) -> None:
        done = in_process("check", MATERIAL / "unknown_codes", "--format", "json")
        told = json.loads(done.stdout)
        assert done.returncode == 1
        assert done.stderr == ""
        assert told["usable"] is False
        assert told["errors"] == sum(p["severity"] == "error" for p in told["problems"]) == 10
        keys = {"severity", "file", "line", "column", "person", "what", "hint", "rule", "told_in"}
        assert keys == set(told["problems"][0])

    def test_csv_has_a_row_for_each_problem(self) -> None:
        done = in_process("check", MATERIAL / "overlaps", "--format", "csv")
        rows = list(csv.DictReader(io.StringIO(done.stdout)))
        assert len(rows) == len(tj.check(tj.read_study(MATERIAL / "overlaps")))
        assert rows[0]["severity"] == "error"

    def test_a_study_that_cannot_be_read_is_json_too(self) -> None:
        done = in_process("check", MATERIAL / "broken_yaml", "--format", "json")
        told = json.loads(done.stdout)
        assert done.returncode == 1
        place = ("tests/material/broken_yaml/study.yaml", 4, 8)
        assert [(p["file"], p["line"], p["column"]) for p in told["problems"]] == [place]

    @pytest.mark.parametrize("columns", [160, 80, 40, 10])
    def test_the_place_can_be_copied_on_any_width(self, columns: int) -> None:
        shown, code = on_terminal("check", MATERIAL / "unknown_codes", columns=columns)
        assert code == 1
        folder = "tests/material/unknown_codes"
        places = ("biographies/RU-030.yaml:7:7", "biographies/RU-030.yaml:14:5", "study.yaml:11:13")
        for place in (f"{folder}/{place}" for place in places):
            assert any(place in line for line in shown.splitlines())
        assert "10 errors" in " ".join(shown.split())

    def test_a_dumb_terminal_gets_no_escapes(self) -> None:
        shown, _ = on_terminal("check", MATERIAL / "overlaps", columns=100, term="dumb")
        assert "\x1b" not in shown
        assert "hold at the same time" in " ".join(shown.split())


    def test_github_gets_annotations_with_places(self) -> None:
        done = in_process("check", MATERIAL / "unknown_codes", "--format", "github")
        lines = done.stdout.splitlines()
        assert done.returncode == 1
        assert len(lines) == 14
        assert lines[0].startswith("::error file=tests/material/unknown_codes/biographies/RU-030.yaml,line=7,"
                                   "col=7,title=unknown_state::RU-030: domain 'location'")  # fmt: skip

    def test_annotations_cannot_be_broken_out_of(self) -> None:
        problem = Problem("note", "a,b:c.yaml", 3, "", "100%\n::error::x", rule="r", column=2)
        assert as_annotations([problem]) == (
            "::notice file=a%2Cb%3Ac.yaml,line=3,col=2,title=r::100%25%0A::error::x.\n"
        )

    def test_places_are_seen_from_where_one_stands(self, tmp_path: Path) -> None:
        shutil.copytree(MATERIAL / "overlaps", tmp_path / "s")
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        for folder, study, place in ((tmp_path / "s", ".", "episodes.csv:3"),
                                     (tmp_path, "s", "s/episodes.csv:3")):  # fmt: skip
            command = [sys.executable, "-m", "trajectories", "check", study]
            done = subprocess.run(command, cwd=folder, text=True, capture_output=True, env=environment,
                                  timeout=60, check=False)  # fmt: skip
            assert done.stdout.startswith(f"{place}: error: ")
            assert f"{place.removesuffix('3')}2" in done.stdout

    def test_long_lists_are_cut_unless_all_is_asked_for(self, tmp_path: Path) -> None:
        rows = "".join(f"A,location,germny,{year},{year + 1}\n" for year in range(1900, 1960))
        (tmp_path / "study.yaml").write_text("title: T\ntables: {persons: p.csv, episodes: e.csv}\n")
        (tmp_path / "codebook.yaml").write_text((MATERIAL / "valid" / "codebook.yaml").read_text())
        (tmp_path / "p.csv").write_text("id,birth,interview\nA,1880,2024-05\n")
        (tmp_path / "e.csv").write_text(f"person,domain,state,start,end\n{rows}")
        lines = in_process("check", tmp_path).stdout.splitlines()
        assert sum(": error: " in line for line in lines) == 50
        assert "... and 10 more errors; --all lists them" in lines
        everything = in_process("check", tmp_path, "--all").stdout.splitlines()
        assert sum(": error: " in line for line in everything) == 60

    def test_agreement_and_coverage(self, tmp_path: Path) -> None:
        shutil.copytree(MATERIAL / "valid", tmp_path / "s")
        shutil.copytree(MATERIAL / "valid" / "biographies", tmp_path / "s" / "second")
        with (tmp_path / "s" / "study.yaml").open("a") as file:
            file.write("second_coding: second\n")
        shown = in_process("check", tmp_path / "s", "--agreement").stdout
        assert "(whole domain)" in shown
        assert "0 stretches in dispute" in shown
        told = json.loads(in_process("check", tmp_path / "s", "--agreement", "-f", "json").stdout)
        assert {row["agreed"] for row in told["kappa"]} == {1.0}
        rows = list(csv.DictReader(io.StringIO(
            in_process("check", tmp_path / "s", "--coverage", "-f", "csv").stdout)))  # fmt: skip
        assert (rows[0]["domain"], rows[0]["people"], rows[0]["coded"]) == ("location", "4", "4")
        assert "gender: woman" in in_process("check", tmp_path / "s", "--coverage").stdout

    def test_watch_checks_again_on_save_and_ends_with_ctrl_c(self, tmp_path: Path) -> None:
        shutil.copytree(MATERIAL / "valid", tmp_path / "s")
        command = [sys.executable, "-u", "-m", "trajectories", "check", str(tmp_path / "s"), "--watch"]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT,
                                   text=True)  # fmt: skip
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline().startswith("usable as it is")
        assert process.stderr.readline().startswith("Watching")
        (tmp_path / "s" / "persons.csv").write_text("id,birth\n")
        while not (line := process.stdout.readline()).startswith(("not usable", "usable")):
            assert line
        assert line.startswith("not usable yet")
        assert process.stderr.readline().startswith("Watching")
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=20)
        assert "Traceback" not in told
        assert "No longer watching." in told
        assert process.returncode == 1

    def test_watch_is_for_reading(self) -> None:
        done = in_process("check", MATERIAL / "valid", "--watch", "-f", "json")
        assert done.returncode == 2
        assert "Leave one of them out" in done.stderr


class TestNew:
    """``trajectories new``, ``new-person``, ``schemas``."""

    def test_from_nothing_to_a_checked_study(self, tmp_path: Path) -> None:
        study = tmp_path / "mine"
        assert trajectories("new", study).returncode == 0
        assert trajectories("check", study).stdout == ("usable as it is: no problems in Mine (1 person, "
                                                       "19 episodes, 3 events).\n")  # fmt: skip
        done = trajectories("new-person", study, "P-002")
        assert done.returncode == 0
        assert "P-002.yaml is ready to be coded" in done.stdout
        assert trajectories("schemas", study).returncode == 0
        run = trajectories("run", study, "--out", tmp_path / "out")
        assert run.returncode == 2
        assert "types of trajectory need at least 3 lives" in run.stderr

    def test_nothing_is_written_over(self, tmp_path: Path) -> None:
        trajectories("new", tmp_path / "mine")
        again = trajectories("new", tmp_path / "mine")
        assert again.returncode == 2
        assert "Nothing was written" in again.stderr


class TestRun:
    """``trajectories run``."""

    def test_it_writes_the_report_and_says_what_was_found(self, tmp_path: Path) -> None:
        out = tmp_path / "out"
        done = trajectories("run", MATERIAL / "valid", "--plan", PLANS / "small.yaml", "--out", out)
        assert done.returncode == 0, done.stderr
        assert done.stdout.endswith(f"Report: {tmp_path / 'out' / 'report.html'}\n")
        assert "The lives fall into 2 types" in done.stdout
        assert "figure quality" not in done.stderr  # how far it has come is shown on a terminal only
        assert (tmp_path / "out" / "manifest.json").is_file()
        assert (tmp_path / "out" / "figures" / "quality.svg").is_file()

    def test_progress_is_shown_on_a_terminal(self, tmp_path: Path) -> None:
        arguments = ("run", MATERIAL / "valid", "--plan", PLANS / "small.yaml", "--out", tmp_path)
        shown, code = on_terminal(*arguments, columns=100)
        assert code == 0
        assert "figure quality" in shown

    def test_every_question_of_trust_is_asked_on_demand(self, tmp_path: Path) -> None:
        tried = "{types.method: [pam, ward]}"
        asked = f"stability: {{draws: 2, null_models: 2, subsamples: 2, multiverse: {tried}}}"
        plan = tmp_path / "plan.yaml"
        plan.write_text((PLANS / "small.yaml").read_text(encoding="utf-8") + f"\n{asked}\n", encoding="utf-8")
        out = tmp_path / "out"
        done = in_process("run", MATERIAL / "valid", "--plan", plan, "--out", out, "--stability")
        assert done.returncode == 0, done.stderr
        written = {path.stem for path in (out / "tables").glob("*.csv")}
        assert {"bootstrap", "subsamples", "null_models", "date_stability", "multiverse"} <= written
        assert len(list((out / "settings").glob("*.json"))) == 2
        assert "bootstrap: 100" in (out / "report.html").read_text(encoding="utf-8")

    def test_errors_in_the_data_stop_it(self, tmp_path: Path) -> None:
        done = in_process("run", MATERIAL / "unknown_codes", "--out", tmp_path / "out")
        assert done.returncode == 1
        assert "The coded data have 10 errors, so nothing was analysed." in done.stderr
        first = "codes/biographies/RU-030.yaml:7:7: RU-030: domain 'location' has no state 'origin.moskow'"
        assert first in done.stderr
        assert "and 5 more" in done.stderr
        assert "trajectories check" in done.stderr
        assert not (tmp_path / "out").exists()

    def test_the_usual_plan_when_the_study_names_none(self, tmp_path: Path) -> None:
        (tmp_path / "study").mkdir()
        for file in ("codebook.yaml", "study.yaml"):
            (tmp_path / "study" / file).write_bytes((MATERIAL / "one_person" / file).read_bytes())
        (tmp_path / "study" / "biographies").symlink_to(MATERIAL / "one_person" / "biographies")
        done = in_process("run", tmp_path / "study", "--out", tmp_path / "out")
        assert done.returncode == 2
        assert "the usual one is followed" in done.stderr
        assert "Nobody can be analysed (1 left out: observed for only part of the window)" in done.stderr

    def test_a_folder_that_cannot_be_written(self, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("")
        out = tmp_path / "file" / "out"
        done = in_process("run", MATERIAL / "valid", "-p", PLANS / "small.yaml", "-o", out)
        assert done.returncode == 2
        assert "The report cannot be written" in done.stderr
        assert "Traceback" not in done.stderr


class TestBadInput:
    """Each a paragraph with the place where there is one, what to do, exit code 1 or 2, and never a
    traceback."""

    @pytest.mark.parametrize(
        ("command", "study", "code", "said"),
        [
            ("check", "nowhere", 1, "there is no such file"),
            ("check", "missing_file", 1, "missing_file/study.yaml:5:3: there is no file 'epsodes.csv'"),
            ("check", "broken_yaml", 1, "broken_yaml/study.yaml:4:8: this is not valid YAML"),
            ("check", "unknown_key", 1, "unknown_key/study.yaml:3:1: there is no key 'bigraphies' here"),
            ("check", "wrong_type", 1, "wrong_type/study.yaml:4:9: dates.point may be 'midpoint', "),
            ("check", "empty_study", 1, "there are no people in this study"),
            ("run", "empty_study", 1, "there are no people in this study"),
            ("run", "one_person", 2, "Only 1 person can be analysed"),
            ("run", "missing_file", 1, "Did you mean 'episodes.csv'?"),
        ],
    )
    def test_studies(self, command: str, study: str, code: int, said: str, tmp_path: Path) -> None:
        plan = ("--plan", PLANS / "k_too_large.yaml", "--out", tmp_path / "out") if command == "run" else ()
        self._plain(in_process(command, MATERIAL / study, *plan), code, said)

    def test_a_table_or_another_folder_in_the_place_of_a_study(self, tmp_path: Path) -> None:
        table = tmp_path / "my interviews.xlsx"
        table.write_bytes(b"PK\x03\x04")
        for command in (("check",), ("run", "--out", tmp_path / "out"), ("explore", "--no-browser")):
            self._plain(trajectories(command[0], table, *command[1:]), 1,
                        "this is no study yet. A study is a folder with a study.yaml; make one of this "
                        f"file: 'trajectories convert \"{table}\" --suggest --out mapping.yaml'")
        self._plain(trajectories("check", tmp_path), 1,
                    f"{tmp_path}: there is no study in this folder (no study.yaml). Give the folder that has "
                    "one, or make one: trajectories new DIR.")
        trajectories("new", tmp_path / "mine")
        self._plain(trajectories("check", tmp_path), 1, f"There is one in {tmp_path / 'mine'}.")
        self._plain(trajectories("check", tmp_path / "mine" / "biographies"), 1,
                    "There is one in the folder above, mine.")
        trajectories("new", tmp_path / "other")
        self._plain(trajectories("check", tmp_path), 1,
                    f"There are studies in {tmp_path / 'mine'}, {tmp_path / 'other'}.")

    @pytest.mark.parametrize(
        ("plan", "said"),
        [
            ("not_there", "there is no such file"),
            ("broken_yaml", "broken_yaml.yaml:2: this is not valid YAML"),
            ("unknown_key", "Did you mean 'types'?"),
            ("wrong_type", "types.k must be a whole number; it is 'many'"),
            ("k_too_large", "types.k is 7, but only 4 people are analysed. Choose k from 2 to 3."),
            ("event_nobody_has", "Nobody in this study has an event 'expulsion'"),
            ("unknown_names", "Did you mean 'location'?"),
            ("window_too_long", "Shorten 'after' in the plan's grid"),
            ("too_few", "types of trajectory need at least 3 lives"),
        ],
    )
    def test_plans(self, plan: str, said: str, tmp_path: Path) -> None:
        plan_file, out = PLANS / f"{plan}.yaml", tmp_path / "out"
        self._plain(in_process("run", MATERIAL / "valid", "--plan", plan_file, "--out", out), 2, said)
        assert not out.exists()

    @pytest.mark.parametrize("plan", ["not_there", "broken_yaml", "unknown_key", "wrong_type"])
    def test_plans_that_cannot_be_read_do_not_open_the_dashboard(self, plan: str) -> None:
        plan_file = PLANS / f"{plan}.yaml"
        done = in_process("explore", MATERIAL / "valid", "--plan", plan_file, "--no-browser", "--port", 0)
        self._plain(done, 2, f"{plan}.yaml")

    @pytest.mark.parametrize(
        "arguments",
        [("chek",), ("check",), ("run", "x"), ("explore", "--port", "many"), ("check", "x", "-f", "xml")],
    )
    def test_wrong_usage(self, arguments: tuple[str, ...]) -> None:
        done = in_process(*arguments)
        assert done.returncode == 2
        assert "Traceback" not in done.stderr
        assert "Usage" in done.stderr

    @staticmethod
    def _plain(done: subprocess.CompletedProcess[str], code: int, said: str) -> None:
        told = done.stdout + done.stderr
        assert said in " ".join(told.split())
        assert done.returncode == code
        assert "Traceback" not in told


class TestExplore:
    """``trajectories explore``, up to where the dashboard begins."""

    def test_the_sample_study_is_found_wherever_one_stands(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        from trajectories.cli.exploring import sample_study

        monkeypatch.chdir(tmp_path)
        assert tj.read_study(sample_study()).title.startswith("Leaving, staying away")

    def test_it_serves_the_study_with_its_plan(self, monkeypatch: pytest.MonkeyPatch) -> None:
        import dashboard
        from trajectories.cli.exploring import explore_study

        served: dict[str, object] = {}

        def serve(study: tj.Study, plan: tj.Plan, *, port: int, open_browser: bool) -> None:
            served.update(people=len(study.people), k=plan.types.k, port=port, browser=open_browser)

        monkeypatch.setattr(dashboard, "serve", serve)
        explore_study(MATERIAL / "valid", PLANS / "small.yaml", port=9999, open_browser=False)
        assert served == {"people": 4, "k": 2, "port": 9999, "browser": False}
