"""Text files as bytes on disk: read once, hashed, decoded as UTF-8, or refused in plain words."""

from __future__ import annotations

import csv
import hashlib
import os
import re
import stat
from dataclasses import dataclass
from pathlib import Path

from trajectories.coding.problems import ReadingError

LARGEST = 200_000_000
"""Bytes of the largest file that is read."""

_DEEPEST = 40
"""Folders that a pattern of files may lead through."""
_AS_UTF8 = "Save it again as UTF-8 (in Excel: 'CSV UTF-8')."
_YAML_AS_UTF8 = "Save it again as UTF-8 (in Notepad: 'Save as', encoding UTF-8)."


@dataclass(frozen=True, slots=True)
class TextFile:
    """The text of one file, with the name it is shown under and its SHA-256."""

    name: str
    text: str
    sha256: str


def shown_as(path: Path, folder: Path) -> str:
    """The path as messages and sources give it: relative to the study's folder, with forward slashes."""
    try:
        return path.relative_to(folder).as_posix()
    except ValueError:
        return Path(os.path.relpath(path, folder)).as_posix()


def files_like(folder: Path, pattern: str) -> set[Path]:
    """The files in a folder that a pattern names, such as ``biographies/*.yaml``.

    Raises ValueError for what is no pattern of files in a folder, or has ``**`` in more than two places (with
    each one more, looking takes many times as long).
    """
    once = re.sub(r"(\*\*/)+", "**/", pattern.replace("\\", "/"))
    if once.count("/") > _DEEPEST:
        raise ValueError(f"it leads through more than {_DEEPEST} folders")
    if once.count("**") > 2:
        raise ValueError("** stands in more than two places")
    try:
        return {path for path in folder.glob(once) if path.is_file()}
    except (NotImplementedError, IndexError, OSError) as error:
        raise ValueError(str(error)) from None


def read_text(path: Path, name: str) -> TextFile:
    """Read a UTF-8 text file, with or without byte order mark.

    Raises ReadingError when it is not there, cannot be opened, is too large, or is not UTF-8 text.
    """
    raw = read_bytes(path, name)
    return TextFile(name, _decoded(raw, name), hashlib.sha256(raw).hexdigest())


def read_bytes(path: Path, name: str) -> bytes:
    """The bytes of a file. Raises ReadingError when it is not there, cannot be opened, or is too large."""
    try:
        status = path.stat()
        if not (stat.S_ISREG(status.st_mode) or stat.S_ISDIR(status.st_mode)):
            what = "this is a device or a pipe, not a file"
            raise ReadingError(name, 0, what, "Give a file.", "missing_file")
        if status.st_size > LARGEST:
            what = f"the file has more than {LARGEST // 1_000_000} MB"
            raise ReadingError(name, 0, what, "Divide it into smaller files.")
        return path.read_bytes()
    except FileNotFoundError:
        what, hint = "there is no such file", "Check the name and the folder."
        raise ReadingError(name, 0, what, hint, "missing_file") from None
    except IsADirectoryError:
        what, hint = "this is a folder, not a file", "Give the file inside it."
        raise ReadingError(name, 0, what, hint, "missing_file") from None
    except PermissionError as error:
        what = f"the file cannot be opened ({error.strerror})"
        hint = ("If it is open in another program, close it there (Excel keeps its files to itself); else "
                "give yourself permission to read it.")  # fmt: skip
        raise ReadingError(name, 0, what, hint) from None
    except (OSError, ValueError) as error:
        what = f"the file cannot be opened ({getattr(error, 'strerror', None) or error})"
        raise ReadingError(name, 0, what, "Check its name and permissions.") from None


def _decoded(raw: bytes, name: str) -> str:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise ReadingError(name, 0, "the file is written in UTF-16", _AS_UTF8)
    if raw.startswith(b"PK\x03\x04"):
        what = "the file is an Excel workbook or a zip archive, not text"
        hint = "Let its name end in .xlsx, or save each sheet as 'CSV UTF-8'."
        if name.lower().endswith((".xlsx", ".xlsm")):
            hint = "Give a text file here; a workbook with lives is named in study.yaml under 'tables'."
        raise ReadingError(name, 0, what, hint)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        what = f"the file is not UTF-8 text (byte 0x{raw[error.start]:02X})"
        hint = _YAML_AS_UTF8 if name.lower().endswith((".yaml", ".yml")) else _AS_UTF8
        raise ReadingError(name, line, what, hint) from None
    return plain(text, name)


def broken_csv(error: csv.Error) -> tuple[str, str]:
    """What is wrong with a table that Python's reader of CSV gives up, and what to do."""
    what = f"the table cannot be read from here on ({error})"
    if "field larger" in str(error):
        what = f"a cell in or above this line has more than {csv.field_size_limit():,} characters"
    return what, 'Look for a quotation mark (") that is not closed; inside a quoted cell write it twice ("").'


def plain(text: str, name: str) -> str:
    """The text itself. Raises ReadingError where it has a NUL character."""
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise ReadingError(name, line, "the file has a NUL character: it is not plain text", _AS_UTF8)
    return text
