"""Where a REFI-QDA selection stands in its source: characters, pages, or time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from trajectories.coding.qda.names import clean
from trajectories.coding.qda.refi_codes import guid
from trajectories.coding.qda.refi_texts import PlainText

_AREA = ("page", "firstX", "firstY", "secondX", "secondY")
WHOLE = (-1, 2**62)
"""Bounds of what is coded as a whole."""


@dataclass(frozen=True, slots=True)
class Selection:
    """A selected passage, or a whole source; ``start`` and ``end`` as written."""

    element: Element
    start: str
    end: str
    holder: Element
    """What the positions count in: the source, its representation or a transcript."""

    @property
    def is_text(self) -> bool:
        """Whether start and end count characters of a text."""
        return self.element.tag == "PlainTextSelection"

    @property
    def bounds(self) -> tuple[int, int]:
        """First position and the one after the last: programs write the end of a passage exclusively."""
        if not self.start or not self.end:
            return WHOLE
        return _number(self.start), _number(self.end)

    @property
    def place(self) -> str:
        """What selections of the same passage have in common."""
        if self.element is self.holder:
            return "whole"
        own = "" if self.start else guid(self.element.get("guid"))
        area = ",".join(self.element.get(key) or "" for key in _AREA)
        return f"{self.element.tag}:{self.start}-{self.end}:{area.strip(',') or own}"


def selections(source: Element) -> Iterator[tuple[Element, list[Selection]]]:
    """The source as a whole with its selections, then those of its representation and transcripts."""
    yield source, [Selection(source, "", "", source), *_inside(source)]
    for inner in (*source.findall("Representation"), *source.findall("Transcript")):
        yield inner, [*_inside(inner)]


def _inside(holder: Element) -> Iterator[Selection]:
    times = {guid(p.get("guid")): p.get("timeStamp") or "" for p in holder.findall("SyncPoint")}
    for element in holder:
        if not element.tag.endswith("Selection"):
            continue
        start = element.get("startPosition") or element.get("begin") or ""
        end = element.get("endPosition") or element.get("end") or ""
        if element.tag == "TranscriptSelection":
            start = times.get(guid(element.get("fromSyncPoint")), "")
            end = times.get(guid(element.get("toSyncPoint")), "")
        yield Selection(element, start.strip(), end.strip(), holder)


def last_position(found: list[Selection]) -> int:
    """The furthest character that text selections reach."""
    return max((one.bounds[1] for one in found if one.is_text and one.end), default=0)


def label(one: Selection, text: PlainText | None) -> str:
    """Where a person would look the passage up: paragraph, page, or minutes; empty for a whole source."""
    if one.element is one.holder:
        return ""
    if page := clean(one.element.get("page") or ""):
        return f"page {page}"
    start, end = one.bounds
    if one.is_text:
        if text is None:
            return f"characters {one.start}-{one.end}"
        first, last = text.paragraph(start), text.paragraph(max(start, end - 1))
        return str(first) if first == last else f"{first}-{last}"
    if one.start and one.end:
        return f"{_clock(start)}-{_clock(end)}"
    return ""


def _clock(milliseconds: int) -> str:
    seconds = max(0, milliseconds) // 1000
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"


def _number(text: str) -> int:
    return int(text) if text.lstrip("-").isascii() and text.lstrip("-").isdigit() and len(text) < 16 else 0
