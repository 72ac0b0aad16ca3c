"""The file around a REFI-QDA project: the archive, its one project part, and the texts of the sources."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree.ElementTree import Element

from trajectories.coding.files.archives import LARGEST_PART, Archive, open_archive
from trajectories.coding.files.safe_xml import parse_xml
from trajectories.coding.problems import ReadingError

_LARGEST_TEXT = 10_000_000


@dataclass
class RefiFile:
    """An open project: its root element, a way to its texts, and notes on what was unusual."""

    name: str
    root: Element
    bytes_of: Callable[[str], bytes | None]
    """The bytes of a source by its path in the project, or None when it is not inside."""
    notes: list[str] = field(default_factory=list)

    @property
    def origin(self) -> str:
        """The program that wrote the project, as it calls itself."""
        return self.root.get("origin") or ""


@contextmanager
def open_refi(path: Path) -> Iterator[RefiFile]:
    """Open a ``.qdpx`` archive, or a bare ``.qde`` or ``.qdc``.

    Raises ReadingError when it is damaged, hostile, or has not exactly one project inside.
    """
    if path.suffix.lower() in (".qde", ".qdc", ".xml"):
        yield RefiFile(path.name, parse_xml(_bare(path), path.name), lambda written: None)
        return
    with open_archive(path, path.name) as archive:
        part, notes = _project_part(archive)
        root = parse_xml(archive.read(part), f"{path.name}/{part}")
        yield RefiFile(path.name, root, _Sources(archive).bytes_of, notes)


def _bare(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST_PART:
            what = f"the file has more than {LARGEST_PART // 1_000_000} MB"
            raise ReadingError(path.name, 0, what, "Export it as .qdpx.", "too_large")
        return path.read_bytes()
    except FileNotFoundError:
        what, hint = "there is no such file", "Check the name and the folder."
        raise ReadingError(path.name, 0, what, hint, "missing_file") from None
    except OSError as error:
        what = f"the file cannot be opened ({error.strerror})"
        raise ReadingError(path.name, 0, what, "Check its name and permissions.") from None


def _project_part(archive: Archive) -> tuple[str, list[str]]:
    """The project's part: ``project.qde`` as the specification says, else the only ``.qde`` there is."""
    named = [name for name in archive.names if name.lower().endswith(".qde")]
    parts = [name for name in named if not name.startswith("__MACOSX/")]
    at_root = [name for name in parts if "/" not in name] or parts
    exact = [name for name in at_root if name == "project.qde"]
    found = exact or at_root
    if len(found) != 1:
        there = ", ".join(found[:5]) or "none"
        what = f"it must hold one project (project.qde); there is {there}"
        hint = "Export the project again as REFI-QDA (.qdpx)."
        raise ReadingError(archive.name, 0, what, hint, "wrong_type")
    unusual = f"the project inside is called {found[0]!r}, not 'project.qde'; read all the same"
    return found[0], [] if exact else [unusual]


class _Sources:
    """The sources of an archive, found whatever the case of their folder and with or without a scheme."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.parts: dict[str, str] = {}
        for name in archive.names:
            self.parts.setdefault(name.lower(), name)
            self.parts.setdefault(name.lower().rpartition("/")[2], name)

    def bytes_of(self, written: str) -> bytes | None:
        """Only parts of the archive itself; a path to the computer's own files is never followed."""
        scheme, mark, rest = written.partition("://")
        if mark and scheme.lower() != "internal":
            return None
        inside = (rest if mark else written).replace("\\", "/").lstrip("/").lower()
        part = self.parts.get(f"sources/{inside}") or self.parts.get(inside)
        return self.archive.read(part, _LARGEST_TEXT) if part is not None else None
