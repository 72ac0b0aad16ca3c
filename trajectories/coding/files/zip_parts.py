"""The XML parts of an Excel workbook, opened with care: no bombs, no outside entities, no surprises."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from xml.etree import ElementTree

from trajectories.coding.files.archives import DAMAGED, Archive, archive_in
from trajectories.coding.files.safe_xml import refuse_document_type
from trajectories.coding.problems import ReadingError

LARGEST_UNPACKED = 300_000_000
"""Bytes that all parts of an archive may have together once unpacked."""
_AGAIN = "Open it in Excel and save it again as .xlsx."


@lru_cache(maxsize=4096)
def local(tag: str) -> str:
    """The name of an element without its namespace."""
    return tag.rpartition("}")[2]


@dataclass(frozen=True)
class Parts:
    """The parts of one workbook; ``file`` is what messages call it."""

    file: str
    archive: Archive
    names: frozenset[str]

    @classmethod
    def of(cls, raw: bytes, file: str) -> Parts:
        """Open a workbook. Raises ReadingError when it is none, is damaged, protected, grows too large, or
        has a part that declares entities."""
        if raw.startswith(b"\xd0\xcf\x11\xe0"):
            what = "this is an old Excel file (.xls) or a workbook protected by a password"
            raise ReadingError(file, 0, what, "Save it as .xlsx without a password.")
        if not zipfile.is_zipfile(io.BytesIO(raw)):
            raise ReadingError(file, 0, "the file is no Excel workbook, or it is damaged", _AGAIN)
        archive = archive_in(raw, file)
        if sum(archive.size(name) for name in archive.names) > LARGEST_UNPACKED:
            what = f"unpacked, the file would have more than {LARGEST_UNPACKED // 1_000_000} MB"
            raise ReadingError(file, 0, what, "It is not opened. Divide it, or save its sheets as CSV.")
        parts = cls(file, archive, frozenset(archive.names))
        for name in archive.names:
            if name.lower().endswith((".xml", ".rels", ".vml")):
                parts._refuse_entities(name)
        return parts

    def _refuse_entities(self, name: str) -> None:
        with self.archive.open(name, LARGEST_UNPACKED) as stream:
            try:
                refuse_document_type(stream, f"{self.file}/{name}")
            except ReadingError:
                raise
            except DAMAGED:
                raise ReadingError(self.file, 0, f"the part {name!r} cannot be unpacked", _AGAIN) from None

    def read(self, name: str) -> bytes:
        """One part unpacked."""
        if name not in self.names:
            raise ReadingError(self.file, 0, f"the workbook is damaged: it has no part {name!r}", _AGAIN)
        return self.archive.read(name, LARGEST_UNPACKED)

    def tree(self, name: str) -> ElementTree.Element:
        """One part as a tree of elements."""
        raw = self.read(name)
        try:
            return ElementTree.fromstring(raw)
        except (ElementTree.ParseError, ValueError, LookupError) as error:
            raise self._broken(name, error) from None

    def elements(self, name: str, tag: str) -> Iterator[ElementTree.Element]:
        """The elements of one name in a part, one after the other, each forgotten once it was used."""
        raw = self.read(name)
        try:
            for _, element in ElementTree.iterparse(io.BytesIO(raw)):
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

