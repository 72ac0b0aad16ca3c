"""Zip archives from outside (.qdpx, .xlsx): looked at before anything is unpacked, never written to disk."""

from __future__ import annotations

import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from trajectories.coding.problems import ReadingError

LARGEST_FILE = 2**31 - 1
"""Bytes of the largest archive (REFI-QDA 1.5)."""
LARGEST_PART = 64_000_000
"""Bytes of the largest part that is read."""
MOST_PARTS = 20_000
DENSEST = 200
"""A part over 10 MB may not be more than so many times its packed size."""

DAMAGED = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, NotImplementedError,
           RuntimeError, struct.error, ValueError, OverflowError)  # fmt: skip
_AGAIN = "Export it again from the program it comes from."


class Archive:
    """An open zip archive whose table of contents has been found harmless."""

    def __init__(self, archive: zipfile.ZipFile, name: str) -> None:
        self.name = name
        self._archive = archive
        self._parts = {part.filename: part for part in archive.infolist() if not part.is_dir()}

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._parts)

    def size(self, part: str) -> int:
        return self._parts[part].file_size

    def read(self, part: str, most: int = LARGEST_PART) -> bytes:
        """The bytes of one part. Raises ReadingError when it is damaged, locked, or larger than ``most``."""
        with self.open(part, most) as stream:
            try:
                return stream.read()
            except DAMAGED as error:
                raise _damaged(f"{self.name}/{part}", error) from None

    @contextmanager
    def open(self, part: str, most: int = LARGEST_PART) -> Iterator[IO[bytes]]:
        """One part as a stream."""
        found, name = self._parts[part], f"{self.name}/{part}"
        if found.file_size > most or (
            found.file_size > 10_000_000 and found.file_size > DENSEST * max(1, found.compress_size)
        ):
            unpacked, packed = found.file_size / 1e6, found.compress_size / 1e6
            what = f"unpacked it would have {unpacked:,.0f} MB from {packed:,.2f} MB"
            hint = f"At most {most // 1_000_000} MB are read. {_AGAIN}"
            raise ReadingError(name, 0, what, hint, "too_large")
        if found.flag_bits & 1:
            raise ReadingError(name, 0, "it is locked with a password", "Export it without one.")
        try:
            stream = self._archive.open(found)
        except DAMAGED as error:
            raise _damaged(name, error) from None
        with stream:
            yield stream


@contextmanager
def open_archive(path: Path, name: str) -> Iterator[Archive]:
    """Open a zip archive for reading.

    Raises ReadingError when it is not there, is no zip archive, has far too many parts, or a part whose
    name leads out of the archive.
    """
    try:
        if path.stat().st_size > LARGEST_FILE:
            hint = "Export it without audio and video."
            raise ReadingError(name, 0, "the file has more than 2 GB", hint, "too_large")
        archive = zipfile.ZipFile(path)
    except FileNotFoundError:
        what, hint = "there is no such file", "Check the name and the folder."
        raise ReadingError(name, 0, what, hint, "missing_file") from None
    except ReadingError:
        raise
    except DAMAGED as error:
        raise _damaged(name, error) from None
    with archive:
        yield _harmless(archive, name)


def archive_in(raw: bytes, name: str) -> Archive:
    """A zip archive given as bytes (see ``open_archive``)."""
    try:
        return _harmless(zipfile.ZipFile(io.BytesIO(raw)), name)
    except ReadingError:
        raise
    except DAMAGED as error:
        raise _damaged(name, error) from None


def _harmless(archive: zipfile.ZipFile, name: str) -> Archive:
    """The archive, once its table of contents has been looked through."""
    if len(archive.infolist()) > MOST_PARTS:
        what = f"it has {len(archive.infolist()):,} parts; at most {MOST_PARTS:,} are read"
        raise ReadingError(name, 0, what, _AGAIN, "too_large")
    for part in archive.infolist():
        if _leads_out(part.filename):
            what = f"the part {part.filename[:80]!r} would lie outside the archive"
            raise ReadingError(name, 0, what, "Such archives are not read. " + _AGAIN, "unsafe")
        if part.header_offset + part.compress_size > archive.start_dir:  # room would be made for all of it
            raise ReadingError(name, 0, "the file is damaged: it cannot be unpacked", _AGAIN)
    return Archive(archive, name)


def _leads_out(name: str) -> bool:
    steps = name.replace("\\", "/").split("/")
    return ".." in steps or steps[0] == "" or ":" in steps[0] or "\0" in name


def _damaged(name: str, error: Exception) -> ReadingError:
    if isinstance(error, PermissionError | IsADirectoryError):
        what = f"the file cannot be opened ({error.strerror})"
        return ReadingError(name, 0, what, "Check its name and permissions.")
    return ReadingError(name, 0, "the file is damaged: it cannot be unpacked", _AGAIN)
