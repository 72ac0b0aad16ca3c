"""``trajectories check``: everything that is wrong with the coding, once or whenever a file is saved."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from trajectories.cli.console import complain, out, tell
from trajectories.cli.places import folder_of, located, one_line, open_study
from trajectories.cli.problem_forms import in_form
from trajectories.cli.problem_tables import show
from trajectories.coding.problems import Problems, ReadingError
from trajectories.errors import SettingError

WATCHED = (".yaml", ".yml", ".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".parquet")
EVERY = 0.5
"""Seconds between two looks at the files."""
MOST_FILES = 50_000


@dataclass(frozen=True)
class Asked:
    """How the problems of a study are to be shown."""

    form: str = "text"
    everything: bool = False
    watch: bool = False


def check_study(path: Path, asked: Asked) -> int:
    """Print every problem of the study, again after each save when asked; returns the exit code."""
    if not asked.watch:
        return _once(path, asked)
    if asked.form != "text":
        raise SettingError(f"--watch is for reading; it has no --format {asked.form}. Leave one of them out.")
    return watched(path, lambda: _once(path, asked))


def _once(path: Path, asked: Asked) -> int:
    from trajectories.coding.checking.check import check

    try:
        study = open_study(path)
    except ReadingError as error:
        if asked.form == "text":
            complain("\n".join(one_line(problem, severity=False) for problem in error.problems))
        else:
            sys.stdout.write(in_form(asked.form, None, Problems(error.problems)))
        return 1
    problems = Problems(tuple(located(problem, folder_of(path)) for problem in check(study)))
    if asked.form == "text":
        show(study, problems, asked.everything)
    else:
        sys.stdout.write(in_form(asked.form, study, problems))
    return 1 if problems.errors else 0


def watched(path: Path, run: Callable[[], int]) -> int:
    """Call ``run`` now and after each change of the study's files, until Ctrl-C; the last exit code."""
    console, code = out(), 0
    try:
        while True:
            seen = dict(stamps(folder_of(path)))
            if console.is_terminal:
                console.clear()
            code = run()
            tell(f"Watching {folder_of(path)}; Ctrl-C ends it.", "dim")
            while dict(stamps(folder_of(path))) == seen:
                time.sleep(EVERY)
    except KeyboardInterrupt:
        tell("\nNo longer watching.", "dim")
        return code


def stamps(folder: Path) -> Iterator[tuple[str, tuple[int, int]]]:
    """Time of change and size of every file of a study's folder that may belong to it."""
    count = 0
    for place, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in files:
            if name.lower().endswith(WATCHED) and not name.startswith((".", "~$")):
                file = os.path.join(place, name)
                try:
                    status = os.stat(file)
                except OSError:
                    continue
                yield file, (status.st_mtime_ns, status.st_size)
                count += 1
        if count > MOST_FILES:
            return
