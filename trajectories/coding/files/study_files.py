"""The files of a study as they are written: YAML, tables, and never over what is there already."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from trajectories.coding.codebook import Codebook, State
from trajectories.errors import StudyError


def write_new(folder: Path, files: Mapping[str, str | bytes]) -> None:
    """Write files into a folder that has none of them yet, text as UTF-8.

    Raises StudyError when one of them is already there (then nothing is written), or for a folder in which
    nothing can be written.
    """
    refuse_existing(folder, files)
    try:
        for name, content in files.items():
            place = folder / name
            place.parent.mkdir(parents=True, exist_ok=True)
            with place.open("xb") as file:
                file.write(content.encode("utf-8") if isinstance(content, str) else content)
    except OSError as error:
        raise StudyError(f"{folder}: the study cannot be written there ({error.strerror}). Choose another "
                         "folder.") from None


def refuse_existing(folder: Path, names: Iterable[str]) -> None:
    """Raise StudyError when one of the files is in the folder already, or the folder is a file."""
    if folder.exists() and not folder.is_dir():
        raise StudyError(f"{folder}: this is a file; a study is a folder. Choose another name.")
    there = [name for name in names if (folder / name).exists()]
    if there:
        are = "are" if len(there) > 1 else "is"
        listed = ", ".join(there[:8]) + (f" and {len(there) - 8} more" if len(there) > 8 else "")
        raise StudyError(f"{folder}: {listed} {are} already there, and nothing is overwritten. "
                         "Choose an empty folder, or move these files away.")


def table_text(columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> str:
    """Rows as CSV, commas between cells; no cell can be taken for a formula."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_safe(row.get(column, "")) for column in columns] for row in rows)
    return text.getvalue()


def _safe(cell: str) -> str:
    """A cell that a spreadsheet does not take for a formula."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell


def as_yaml(document: Any) -> str:
    """A document as the study's YAML files are written."""
    import yaml

    return str(yaml.safe_dump(document, allow_unicode=True, sort_keys=False, width=110))


def plain_codebook(codebook: Codebook) -> dict[str, Any]:
    """A codebook as it is written in YAML: codes as keys, nothing that is left to its default."""
    whole: dict[str, Any] = {"title": codebook.title, "version": codebook.version}
    whole["domains"] = {domain.name: _entry(domain, "name") for domain in codebook.domains}
    whole["events"] = {event.name: _entry(event, "name") for event in codebook.events}
    whole["attributes"] = {attribute.name: _entry(attribute, "name") for attribute in codebook.attributes}
    whole["ties"] = {field: list(words) for field, words in codebook.ties.items()}
    return {key: value for key, value in whole.items() if value}


def _entry(entry: Any, key: str) -> dict[str, Any]:
    written: dict[str, Any] = entry.model_dump(exclude={key, "states"}, exclude_defaults=True)
    states: tuple[State, ...] = getattr(entry, "states", ())
    if states:
        written["states"] = {state.code: _entry(state, "code") for state in states}
    return written
