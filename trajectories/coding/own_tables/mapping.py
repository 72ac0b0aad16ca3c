"""What the columns of a team's own tables hold: the mapping file."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal, NamedTuple

from pydantic import Field, field_validator

from trajectories.coding.files.settings_file import read_settings, validated
from trajectories.coding.files.text_files import read_text
from trajectories.coding.files.yaml_lines import parse_yaml
from trajectories.coding.problems import choices
from trajectories.errors import SettingError, StudyError
from trajectories.settings import Settings

PLAIN = ("start", "end", "when", "birth", "interview", "observed", "quote", "document", "coder", "confidence",
         "ignore")  # fmt: skip
NAMED = ("domain", "attribute", "event")
Kind = Literal["start", "end", "when", "birth", "interview", "observed", "quote", "document", "coder",
               "confidence", "ignore", "domain", "attribute", "event"]  # fmt: skip
MISSING = ("-", "--", "/", "?", "k.A.", "k. A.", "keine Angabe", "n/a", "NA", "unbekannt", "unknown",
           "нет данных")  # fmt: skip


class Holds(NamedTuple):
    """What a column holds, and of which domain, event or attribute."""

    kind: Kind
    name: str = ""


def holds(written: str) -> Holds:
    """``start``, ``domain location``, ``event departure`` as a value. Raises ValueError for anything else."""
    kind, _, name = written.strip().partition(" ")
    name = name.strip()
    if kind in PLAIN and not name:
        return Holds(kind)  # type: ignore[arg-type]
    if kind in NAMED and re.fullmatch(r"[a-z][a-z0-9_]*", name):
        return Holds(kind, name)  # type: ignore[arg-type]
    if kind in NAMED:
        raise ValueError(f"write '{kind} name', the name in small letters, digits and _, not {written!r}")
    raise ValueError(f"a column holds no {written!r}. {choices(kind, (*PLAIN, *NAMED), 'It may hold')}")


class OwnTable(Settings):
    """One sheet, or the one table of a CSV file."""

    sheet: str = ""
    header: int | None = Field(default=None, ge=1)
    """The row that names the columns, as Excel counts; without it, it is looked for."""
    person: str
    """The column that says whose row it is; an empty cell means the person above."""
    columns: dict[str, str]
    """What each column holds, by its name without a number."""
    last_goes_on: bool = False
    """For a table without ends: each person's last state goes on until the interview."""

    @field_validator("columns")
    @classmethod
    def _known(cls, value: dict[str, str]) -> dict[str, str]:
        for written in value.values():
            holds(written)
        return value


class OwnMapping(Settings):
    """How a team's own tables are read."""

    title: str = "Converted study"
    tables: tuple[OwnTable, ...] = Field(min_length=1)
    missing: tuple[str, ...] = MISSING
    """Cells that say that nothing is known."""


def read_own_mapping(path: Path) -> OwnMapping:
    """The mapping of a file. Raises SettingError with file and line for what is not allowed."""
    return read_settings(path, OwnMapping)


def is_own_mapping(path: Path) -> bool:
    """Whether a mapping file tells of tables, not of the codes of a QDA program."""
    try:
        document = parse_yaml(read_text(path, str(path)).text, str(path))
    except StudyError:
        return False
    return isinstance(document, dict) and "tables" in document


def own_mapping_in(text: str, name: str) -> OwnMapping:
    """The mapping that a YAML text holds."""
    return validated(parse_yaml(text, name), OwnMapping, name, SettingError)
