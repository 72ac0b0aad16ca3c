"""Every kind of file that is read, with sound examples, and how the commands read it."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.fuzz.damage import damaged, damaged_archive

Read = Callable[[Path], object]
Damage = Callable[[bytes, random.Random, bytes], bytes]


@dataclass(frozen=True)
class Format:
    """A kind of file: its name here and on disk, sound examples, and what the commands do with one."""

    name: str
    file: str
    """The name it has on disk; the reader is told by its ending."""
    prepare: Callable[[Path], tuple[bytes, ...]]
    """Puts into a folder what belongs beside the file; returns sound examples of it."""
    read: Read
    damage: Damage = damaged


def formats() -> dict[str, Format]:
    """All of them by name."""
    from tests.fuzz import date_files, own_files, qda_files, sequence_files, study_files

    found = (*study_files.FORMATS, *own_files.FORMATS, *qda_files.FORMATS, *sequence_files.FORMATS,
             *date_files.FORMATS)  # fmt: skip
    return {one.name: one for one in found}


def as_is(*files: Path | str | bytes) -> Callable[[Path], tuple[bytes, ...]]:
    """Examples that need nothing beside them: files, texts or bytes."""
    def prepare(folder: Path) -> tuple[bytes, ...]:
        return tuple(one.read_bytes() if isinstance(one, Path) else one.encode() if isinstance(one, str)
                     else one for one in files)  # fmt: skip

    return prepare


def bare(workbook: bytes) -> bytes:
    """A workbook without the parts that nobody reads (theme, properties), so that damage hits the others."""
    into = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as whole, zipfile.ZipFile(into, "w") as copy:
        for name in whole.namelist():
            if not name.startswith(("docProps", "xl/theme")):
                copy.writestr(name, whole.read(name))
    return into.getvalue()


ARCHIVE = damaged_archive
"""For zip archives: from outside, or in one of the parts."""
