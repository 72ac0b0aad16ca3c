"""Problems for scripts: JSON, CSV, and annotations that GitHub shows beside the lines of a file."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import asdict

from trajectories.coding.problems import Problem, Problems
from trajectories.coding.study import Study

_LEVELS = {"error": "error", "warning": "warning", "note": "notice"}
_COLUMNS = ("severity", "file", "line", "column", "person", "what", "hint", "rule")


def in_form(form: str, study: Study | None, problems: Problems) -> str:
    """Problems as ``json``, ``csv`` or ``github``."""
    if form == "json":
        return as_json(study, problems)
    return as_csv(problems) if form == "csv" else as_annotations(problems)


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


def as_csv(problems: Sequence[Problem]) -> str:
    """One row a problem, after a header."""
    return rows_as_csv(_COLUMNS, [[getattr(problem, name) for name in _COLUMNS] for problem in problems])


def rows_as_csv(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Rows after a header, as CSV."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return text.getvalue()


def as_annotations(problems: Sequence[Problem]) -> str:
    """One workflow command a problem: ``::error file=biographies/RU-017.yaml,line=41,col=7::...``."""
    return "".join(_annotation(problem) for problem in problems)


def _annotation(problem: Problem) -> str:
    placed = {"file": problem.file, "line": problem.line, "col": problem.column, "title": problem.rule}
    named = ",".join(f"{key}={_escaped(str(value), ':,')}" for key, value in placed.items() if value)
    who = f"{problem.person}: " if problem.person else ""
    hint = f" {problem.hint}" if problem.hint else ""
    return f"::{_LEVELS[problem.severity]} {named}::{_escaped(f'{who}{problem.what}.{hint}')}\n"


def _escaped(text: str, also: str = "") -> str:
    """Characters that end a workflow command, or a part of it, as their codes."""
    for mark in ("%", "\r", "\n", *also):
        text = text.replace(mark, f"%{ord(mark):02X}")
    return text
