"""Places as a terminal can open them: paths from where the command is run, not from the study's folder."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from pathlib import Path

from trajectories.cli.saying import typed
from trajectories.coding.problems import Problem, ReadingError
from trajectories.coding.study import STUDY_FILE, Study
from trajectories.errors import StudyError

TABLES = (".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".tsv", ".qdpx", ".qde", ".qdc")
"""Files that people have in the place of a study."""
SHOWN = 5
_MENTIONED = re.compile(r"[^\s()';,]+(?=:[0-9])")


def open_study(path: Path) -> Study:
    """Read a study; what cannot be read is told with paths from the current directory, and where there is
    none, how to get to one."""
    from trajectories.coding.files.read_study import read_study

    _require_study(path)
    try:
        return read_study(path)
    except ReadingError as error:
        found = [located(problem, folder_of(path)) for problem in error.problems]
        raise ReadingError.of(found) from None


def _require_study(path: Path) -> None:
    """Raise StudyError for a folder without a study, and for a table that is not one yet."""
    if path.is_file() and path.suffix.lower() in TABLES:
        raise StudyError(f"{path}: this is no study yet. A study is a folder with a {STUDY_FILE}; make one "
                         f"of this file: 'trajectories convert {typed(path)} --suggest --out mapping.yaml' "
                         "drafts what it holds, and says how to go on.")  # fmt: skip
    if path.is_dir() and not (path / STUDY_FILE).exists():
        raise StudyError(f"{path}: there is no study in this folder (no {STUDY_FILE}). {_nearby(path)}")


def _nearby(folder: Path) -> str:
    """Where a study is, of the folders beside and above; else how to begin one."""
    try:
        inside = sorted(place.parent for place in folder.glob(f"*/{STUDY_FILE}"))
    except OSError:
        inside = []
    above = folder.resolve().parent
    if inside:
        more = f" and {len(inside) - SHOWN} more" if len(inside) > SHOWN else ""
        are = "are studies" if inside[1:] else "is one"
        return f"There {are} in {', '.join(map(str, inside[:SHOWN]))}{more}."
    if (above / STUDY_FILE).exists():
        return f"There is one in the folder above, {above.name}."
    return "Give the folder that has one, or make one: trajectories new DIR."


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
    """``file:line:column: error: person: what. hint (document, paragraph)``, as editors and terminals
    understand it."""
    parts = [where(problem), problem.severity if severity else "", problem.person]
    hint = "".join(f" {part}" for part in (problem.hint, f"({problem.told_in})") if part.strip("()"))
    return ": ".join(part for part in (*parts, f"{problem.what}.{hint}") if part)
