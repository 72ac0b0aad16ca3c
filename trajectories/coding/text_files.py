"""Text files as bytes on disk: read once, hashed, decoded as UTF-8, or refused in plain words."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from trajectories.coding.problems import Refusal

LARGEST = 200_000_000
"""Bytes of the largest file that is read."""


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


def read_text(path: Path, name: str) -> TextFile:
    """Read a UTF-8 text file, with or without byte order mark.

    Raises Refusal when it is not there, cannot be opened, is too large, or is not UTF-8 text.
    """
    try:
        if path.stat().st_size > LARGEST:
            raise Refusal(name, 0, f"the file has more than {LARGEST // 1_000_000} MB", "Divide it into smaller files.")
        raw = path.read_bytes()
    except FileNotFoundError:
        raise Refusal(name, 0, "there is no such file", "Check the name and the folder.", "missing_file") from None
    except IsADirectoryError:
        raise Refusal(name, 0, "this is a folder, not a file", "Give the file inside it.", "missing_file") from None
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise Refusal(name, 0, f"the file cannot be opened ({why})", "Check its name and permissions.") from None
    return TextFile(name, _decoded(raw, name), hashlib.sha256(raw).hexdigest())


def _decoded(raw: bytes, name: str) -> str:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Refusal(name, 0, "the file is written in UTF-16", "Save it again as UTF-8 (in Excel: 'CSV UTF-8').")
    if raw.startswith(b"PK\x03\x04"):
        raise Refusal(name, 0, "the file is an Excel workbook or a zip archive", "Save the sheet as 'CSV UTF-8'.")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise Refusal(
            name, line, f"the file is not UTF-8 text (byte 0x{raw[error.start]:02X})",
            "Save it again as UTF-8 (in Excel: 'CSV UTF-8').",
        ) from None  # fmt: skip
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise Refusal(name, line, "the file contains a NUL character: it is damaged or not a text file",
                      "Save it again as plain UTF-8 text.")  # fmt: skip
    return text
