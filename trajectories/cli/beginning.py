"""``trajectories new``, ``new-person`` and ``schemas``: what a team needs before it can code."""

from __future__ import annotations

from pathlib import Path

from trajectories.cli.console import out
from trajectories.cli.places import folder_of
from trajectories.cli.saying import typed
from trajectories.coding.files.editor_schemas import FOLDER, write_schemas
from trajectories.coding.files.new_study import codebook_of, new_person, new_study


def make_study(folder: Path) -> int:
    """Make the folder of a new study and say what to do next."""
    from trajectories.plan import Plan

    written = new_study(folder)
    write_schemas(folder, codebook_of(folder), Plan)
    _say(f"A new study is in {folder}:", *(f"  {path.relative_to(folder).as_posix()}" for path in written),
         f"  {FOLDER}/ (for editors)", "Next: read README.md there, change codebook.yaml, then",
         f"  trajectories new-person {typed(folder)} P-002",
         f"  trajectories check {typed(folder)}")  # fmt: skip
    return 0


def make_person(path: Path, person: str) -> int:
    """Write an empty biography."""
    file = new_person(path, person)
    _say(f"{file} is ready to be coded; trajectories check {typed(path)} lists what is still missing.")
    return 0


def renew_schemas(path: Path) -> int:
    """Write the schemas anew, after the codebook has changed."""
    from trajectories.plan import Plan

    folder = folder_of(path)
    write_schemas(folder, codebook_of(path), Plan)
    _say(f"{folder / FOLDER} has the schemas of study, codebook, biography and plan.",
         "Editors find them by the first line of a file, such as:",
         f"  # yaml-language-server: $schema=../{FOLDER}/biography.schema.json")  # fmt: skip
    return 0


def _say(*lines: str) -> None:
    console = out()
    for line in lines:
        console.print(line, soft_wrap=True, markup=False)
