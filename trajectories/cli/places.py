"""Places as a terminal can open them: paths from where the command is run, not from the study's folder."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from pathlib import Path

from trajectories.coding.problems import Problem, ReadingError
from trajectories.coding.study import Study

_MENTIONED = re.compile(r"[^\s()';,]+(?=:[0-9])")


def open_study(path: Path) -> Study:
    """Read a study; what cannot be read is told with paths from the current directory."""
    from trajectories.coding.files.read_study import read_study

    try:
        return read_study(path)
    except ReadingError as error:
        found = [located(problem, folder_of(path)) for problem in error.problems]
        raise ReadingError.of(found) from None


def folder_of(path: Path) -> Path:
    """The folder of a study that is given by its folder or its file."""
    return path if path.is_dir() else path.parent


def located(problem: Problem, folder: Path) -> Problem:
    """The same problem with its file, and files named in its hint, as seen from the current directory."""
    hint = _MENTIONED.sub(lambda found: from_here(found[0], folder), problem.hint)
    return replace(problem, file=from_here(problem.file, folder), hint=hint)


def from_here(file: str, folder: Path) -> str:
    """A path of the study's folder (``study.xlsx#persons`` and a part
    ``study.xlsx/xl/workbook.xml`` too) as seen from the current directory; anything
    else as it is."""
    name, mark, sheet = file.partition("#")
    if not mark and (inside := re.search(r"(?<=\.xlsx|\.xlsm)/", name)):
        name, mark, sheet = name[: inside.start()], "/", name[inside.end() :]
    if not name or not (folder / name).exists():
        return file
    try:
        shown = Path(os.path.relpath(folder / name)).as_posix()
    except ValueError:
        shown = (folder / name).resolve().as_posix()
    return f"{shown}{mark}{sheet}"


def where(problem: Problem) -> str:
    """``biographies/RU-017.yaml:41:7``, as far as it is known."""
    if not problem.line:
        return problem.file
    column = f":{problem.column}" if problem.column else ""
    return f"{problem.file}:{problem.line}{column}"


def one_line(problem: Problem, severity: bool = True) -> str:
    """``file:line:column: error: person: what. hint``, as editors and terminals understand it."""
    parts = [where(problem), problem.severity if severity else "", problem.person]
    hint = f" {problem.hint}" if problem.hint else ""
    return ": ".join(part for part in (*parts, f"{problem.what}.{hint}") if part)
