"""A study to start from: a folder with a codebook, one example life, a plan, and a life still to be coded."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from pathlib import Path

from trajectories.coding.codebook import Codebook, Domain
from trajectories.coding.files.editor_schemas import FOLDER
from trajectories.coding.files.read_study import read_study
from trajectories.coding.files.settings_file import read_settings
from trajectories.coding.study import STUDY_FILE, Study, StudyFile, study_file
from trajectories.errors import SettingError

TEMPLATES = ("study.yaml", "codebook.yaml", "plan.yaml", "README.md", "biographies/P-001.yaml")
_ID = re.compile(r"\w[\w.-]{0,79}")
_SHOWN = 12
"""So many states are named in the comment above an empty domain."""


def new_study(folder: Path) -> tuple[Path, ...]:
    """Make a study in ``folder``: codebook, example, plan, README; returns the files written.

    Nothing is overwritten. Raises SettingError when one of the files is already there or cannot be written.
    """
    there = [name for name in TEMPLATES if (folder / name).exists()]
    if there:
        raise SettingError(f"{folder} already has {', '.join(there)}. Nothing was written: give the name "
                           "of a new folder.")  # fmt: skip
    name = folder.resolve().name
    words = re.sub(r"[\W_]+", " ", name).strip()
    title = words[:1].upper() + words[1:] or "A study"
    written = []
    for template in TEMPLATES:
        text = files("trajectories.coding.files").joinpath("templates", template).read_text(encoding="utf-8")
        quoted = json.dumps(title, ensure_ascii=False) if template == STUDY_FILE else title
        text = text.replace("{{title}}", quoted).replace("{{name}}", title)
        written.append(_write(folder / template, text))
    return tuple(written)


def new_person(path: Path, person: str) -> Path:
    """Write an empty biography for ``person`` where the study keeps its biographies; returns the file.

    Raises SettingError for an id that cannot name a file, that the study already has, or whose file is there.
    """
    if _ID.fullmatch(person) is None or person.endswith("."):
        raise SettingError(f"{person!r} cannot be the id of a person. Use letters, digits, - and _, "
                           "beginning with a letter or digit, such as RU-017.")  # fmt: skip
    study = read_study(path)
    taken = {known.casefold(): known for known in study.ids}
    if person.casefold() in taken:
        raise SettingError(f"This study already has a person {taken[person.casefold()]!r}. Give another id.")
    place = study_file(path)
    folder = place.parent / _biographies(place)
    text = empty_biography(study, person, _schema_for(folder, place.parent))
    return _write(folder / f"{person}.yaml", text)


def empty_biography(study: Study, person: str, schema: str = "") -> str:
    """The text of a biography that is still to be coded, with the codebook's words as comments."""
    book = study.codebook
    lines = [f"# yaml-language-server: $schema={schema}"] if schema else []
    written = f'"{person}"' if person.lower() == "null" else person
    lines += [f"id: {written}", "birth:            # such as 1989, 1989~ (around) or 1989-03",
              "interview:        # such as 2024-05-17",
              "observed:         # from when on the interview speaks of this life, such as 2014/..", "",
              "attributes:"]  # fmt: skip
    for attribute in book.attributes:
        values = ", ".join(attribute.values or ()) or attribute.label
        lines.append(_cut(f"  {attribute.name}:    # {values}"))
    lines += ["", "episodes:"]
    for domain in book.domains:
        lines += _empty_domain(domain)
    lines += ["", "events:", _cut(f"  # {', '.join(kind.name for kind in book.events)}")]
    kind = book.events[0].name if book.events else "departure"
    lines += [f"  # - {{event: {kind}, id: {kind}, when: 2022-03-05}}", "", "ties:"]
    fields = (f"{name}: {words[0]}" for name, words in book.ties.items() if words)
    lines += [_cut(f"  # - {{when: 2022-03, {', '.join(fields)}}}"), ""]
    return "\n".join(lines)


def _empty_domain(domain: Domain) -> list[str]:
    states = domain.alphabet[:_SHOWN]
    more = f" and {len(domain.alphabet) - _SHOWN} more" if len(domain.alphabet) > _SHOWN else ""
    example = f"    # - {{state: {states[0]}, when: 2014/2022-03-05, source: {{document: , paragraph: }}}}"
    return ["", f"  {domain.name}:", _cut(f"    # {', '.join(states)}{more}"), example]


def _cut(line: str) -> str:
    return line if len(line) <= 150 else f"{line[:146]} ..."


def _biographies(place: Path) -> Path:
    """The folder in which the study's first pattern looks for biographies."""
    settings = read_settings(place, StudyFile)
    for pattern in settings.biographies:
        parts = Path(pattern).parts
        fixed = [part for part in parts[:-1] if not set(part) & set("*?[")]
        if parts and Path(parts[-1]).match("*.y*ml") and len(fixed) >= len(parts) - 2:
            return Path(*fixed)
    raise SettingError(f"{place} names no YAML biographies. Add: biographies: biographies/*.yaml")


def _schema_for(folder: Path, study: Path) -> str:
    """The path of the biography schema as seen from a folder of biographies, when the study has schemas."""
    schema = study / FOLDER / "biography.schema.json"
    if not schema.exists():
        return ""
    inside, outside = folder.resolve(), study.resolve()
    if not inside.is_relative_to(outside):
        return ""
    up = len(inside.relative_to(outside).parts)
    return f"{'../' * up}{FOLDER}/{schema.name}"


def _write(path: Path, text: str) -> Path:
    """A new file; one that is there is never touched."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        raise SettingError(f"{path} is already there; it was not touched. Give another name.") from None
    except OSError as error:
        raise SettingError(f"{path} cannot be written ({error.strerror}).") from None
    return path


def codebook_of(path: Path) -> Codebook:
    """The codebook of a study, whatever state its biographies are in."""
    place = study_file(path)
    settings = read_settings(place, StudyFile)
    return read_settings(place.parent / settings.codebook, Codebook)
