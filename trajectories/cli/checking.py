"""``trajectories check``: everything that is wrong with the coding, as a table, as JSON or as CSV."""

from __future__ import annotations

import csv
import io
import json
import sys
from dataclasses import asdict
from pathlib import Path

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from trajectories.cli.console import counted, out
from trajectories.coding.problems import Problem, Problems, ReadingError
from trajectories.coding.study import Study
from trajectories.errors import StudyError

STYLES = {"error": "bold red", "warning": "yellow", "note": "cyan"}
WIDE = 110
"""Columns from which on a table is easier to read than blocks."""


def check_study(path: Path, form: str) -> int:
    """Print every problem of the study; returns the exit code. A study that cannot be read at all is one
    problem of a script's output, and an error for people."""
    from trajectories.coding.check import check
    from trajectories.coding.read_study import read_study

    try:
        study = read_study(path)
    except StudyError as error:
        if form == "text":
            raise
        _write(None, Problems((_problem(error),)), form)
        return 1
    problems = check(study)
    if form == "text":
        show(study, problems)
    else:
        _write(study, problems, form)
    return 1 if problems.errors else 0


def _write(study: Study | None, problems: Problems, form: str) -> None:
    sys.stdout.write(as_json(study, problems) if form == "json" else as_csv(problems))


def _problem(error: StudyError) -> Problem:
    if isinstance(error, ReadingError):
        return error.problem
    return Problem("error", "", 0, "", str(error), rule="unreadable")


def as_json(study: Study | None, problems: Problems) -> str:
    """Problems and counts as one JSON document."""
    document = {
        "study": study.title if study else None,
        "people": len(study.people) if study else None,
        "usable": not problems.errors,
        "errors": len(problems.errors),
        "warnings": len(problems.warnings),
        "notes": len(problems.notes),
        "problems": [asdict(problem) for problem in problems],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def as_csv(problems: Problems) -> str:
    """One row a problem, after a header."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    names = ("severity", "file", "line", "person", "what", "hint", "rule")
    writer.writerow(names)
    writer.writerows([getattr(problem, name) for name in names] for problem in problems)
    return text.getvalue()


def show(study: Study, problems: Problems) -> None:
    """A table on a wide terminal, blocks on a narrow one, one line a problem into a file or pipe."""
    console = out()
    if not console.is_terminal:
        for problem in problems:
            console.print(_line(problem), soft_wrap=True)
    elif problems:
        console.print(_table(problems) if console.width >= WIDE else _blocks(problems), soft_wrap=False)
        console.print()
    console.print(_summary(study, problems), soft_wrap=not console.is_terminal)


def _line(problem: Problem) -> Text:
    who = f" {problem.person}:" if problem.person else ""
    hint = f" {problem.hint}" if problem.hint else ""
    return Text(f"{_place(problem)}: {problem.severity}:{who} {problem.what}.{hint}".removeprefix(": "))


def _place(problem: Problem) -> str:
    return f"{problem.file}:{problem.line}" if problem.line else problem.file


def _said(problem: Problem) -> Text:
    text = Text(f"{problem.what}.")
    return text.append(f"\n{problem.hint}", style="dim") if problem.hint else text


def _table(problems: Problems) -> Table:
    table = Table(box=None, header_style="bold", pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column("severity", no_wrap=True)
    table.add_column("where", no_wrap=True, overflow="ignore")
    table.add_column("person", no_wrap=True, overflow="fold")
    table.add_column("what, and what to do", ratio=1)
    for problem in problems:
        severity = Text(problem.severity, style=STYLES[problem.severity])
        table.add_row(severity, Text(_place(problem)), Text(problem.person), _said(problem))
    return table


def _blocks(problems: Problems) -> RenderableType:
    parts: list[RenderableType] = []
    for problem in problems:
        severity = (problem.severity, STYLES[problem.severity])
        head = Text.assemble(severity, f"  {_place(problem)}  {problem.person}")
        head.no_wrap, head.overflow = True, "ignore"
        parts += [head, Padding(_said(problem), (0, 0, 0, 2))]
    return Group(*parts)


def _summary(study: Study, problems: Problems) -> Text:
    who = (f"{counted(len(study.people), 'person', 'people')}, {counted(len(study.episodes), 'episode')}, "
           f"{counted(len(study.events), 'event')}")  # fmt: skip
    if problems.errors:
        return Text.assemble(
            ("not usable yet: ", "bold red"), f"{problems!r} in {study.title} ({who}). Correct the errors; "
            "warnings and notes are no hindrance.",
        )  # fmt: skip
    found = f"{problems!r}" if problems else "no problems"
    return Text.assemble(("usable as it is: ", "bold green"), f"{found} in {study.title} ({who}).")
