"""The XML parts inside a zip archive, opened with care: no bombs, no outside entities, no surprises."""

from __future__ import annotations

import io
import lzma
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from xml.etree import ElementTree

from trajectories.coding.problems import ReadingError

LARGEST_UNPACKED = 300_000_000
"""Bytes that all parts of an archive may have together once unpacked."""
MOST_PARTS = 10_000
_AGAIN = "Open it in Excel and save it again as .xlsx."


@lru_cache(maxsize=4096)
def local(tag: str) -> str:
    """The name of an element without its namespace."""
    return tag.rpartition("}")[2]


@dataclass(frozen=True)
class Parts:
    """The parts of one archive; ``file`` is what messages call it."""

    file: str
    archive: zipfile.ZipFile
    names: frozenset[str]

    @classmethod
    def of(cls, raw: bytes, file: str) -> Parts:
        """Open an archive. Raises ReadingError when it is none, is damaged, protected, or grows too large."""
        if raw.startswith(b"\xd0\xcf\x11\xe0"):
            what = "this is an old Excel file (.xls) or a workbook protected by a password"
            raise ReadingError(file, 0, what, "Save it as .xlsx without a password.")
        try:
            archive = zipfile.ZipFile(io.BytesIO(raw))
        except _DAMAGE:
            raise ReadingError(file, 0, "the file is no Excel workbook, or it is damaged", _AGAIN) from None
        entries = archive.infolist()
        if len(entries) > MOST_PARTS or sum(entry.file_size for entry in entries) > LARGEST_UNPACKED:
            what = f"unpacked, the file would have more than {LARGEST_UNPACKED // 1_000_000} MB"
            raise ReadingError(file, 0, what, "It is not opened. Divide it, or save its sheets as CSV.")
        return cls(file, archive, frozenset(entry.filename for entry in entries))

    def read(self, name: str) -> bytes:
        """One part unpacked."""
        if name not in self.names:
            raise ReadingError(self.file, 0, f"the workbook is damaged: it has no part {name!r}", _AGAIN)
        try:
            data = self.archive.read(name)
        except _DAMAGE:
            raise ReadingError(self.file, 0, f"the part {name!r} cannot be unpacked", _AGAIN) from None
        if b"<!DOCTYPE" in data or b"<!ENTITY" in data or b"\0" in data[:200]:
            what = f"the part {name!r} declares entities or is not UTF-8, which no Excel workbook does"
            raise ReadingError(self.file, 0, what, "It is not opened.")
        return data

    def tree(self, name: str) -> ElementTree.Element:
        """One part as a tree of elements."""
        try:
            return ElementTree.fromstring(self.read(name))
        except (ElementTree.ParseError, ValueError, LookupError) as error:
            raise self._broken(name, error) from None

    def elements(self, name: str, tag: str) -> Iterator[ElementTree.Element]:
        """The elements of one name in a part, one after the other, each forgotten once it was used."""
        try:
            for _, element in ElementTree.iterparse(io.BytesIO(self.read(name))):
                if element.tag.endswith(tag) and local(element.tag) == tag:
                    yield element
                    element.clear()
        except (ElementTree.ParseError, ValueError, LookupError) as error:
            if isinstance(error, ReadingError):
                raise
            raise self._broken(name, error) from None

    def related(self, name: str, *kinds: str) -> dict[str, str]:
        """The parts a part refers to, by their id and by the last word of their kind (``styles``)."""
        folder, base = posixpath.split(name)
        place = posixpath.join(folder, "_rels", f"{base}.rels")
        if place not in self.names:
            return {}
        found = {}
        for element in self.tree(place):
            target = element.get("Target", "")
            path = posixpath.normpath(posixpath.join("/", folder, target))[1:]
            kind = element.get("Type", "").rpartition("/")[2]
            if not kinds or kind in kinds:
                found[element.get("Id", "")] = path
                found.setdefault(kind, path)
        return found

    def _broken(self, name: str, error: Exception) -> ReadingError:
        return ReadingError(self.file, 0, f"the part {name!r} is not well-formed XML ({error})", _AGAIN)


_DAMAGE = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, NotImplementedError, RuntimeError, OSError,
           EOFError, ValueError)  # fmt: skip
