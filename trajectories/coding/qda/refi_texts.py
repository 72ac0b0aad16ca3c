"""The plain text of a source, so that positions become paragraphs; line ends as each program counts them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from trajectories.coding.qda.refi_file import RefiFile


class PlainText:
    """A source's text and where its paragraphs begin; empty lines are no paragraphs."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._begins = list(_paragraphs(text))

    def paragraph(self, position: int) -> int:
        """The paragraph (from 1) that a position lies in."""
        return max(1, bisect_right(self._begins, position))


def _paragraphs(text: str) -> Iterator[int]:
    """Where each line that is not blank begins."""
    begin = 0
    while begin < len(text):
        end = text.find("\n", begin)
        end = len(text) if end < 0 else end
        if text[begin:end].strip():
            yield begin
        begin = end + 1


def plain_text(file: RefiFile, source: Element, last: int) -> PlainText | None:
    """The text of a source whose furthest position is ``last``, or None when it is not in the project.

    ATLAS.ti counts a line end of two characters (CR LF) as one, others as two: by origin, unless the
    positions then run past the end of the text.
    """
    raw = _raw_text(file, source)
    if raw is None:
        return None
    as_one, as_two = raw.replace("\r\n", "\n"), raw
    first, second = (as_one, as_two) if file.origin.lower().startswith("atlas") else (as_two, as_one)
    if last > len(first) and last <= len(second):
        times = "twice" if second is as_two else "once"
        file.notes.append(f"{_called(source)}: positions fit if line ends count {times}; read so")
        first = second
    if last > len(first):
        file.notes.append(f"{_called(source)}: positions run to {last}, the text has {len(first)} "
                          "characters; paragraphs are not certain")
    return PlainText(first)


def _called(source: Element) -> str:
    return f"source {source.get('name') or source.get('plainTextPath') or source.get('guid') or ''!r}"


def _raw_text(file: RefiFile, source: Element) -> str | None:
    content = source.find("PlainTextContent")
    if content is not None:
        return "".join(content.itertext())
    written = source.get("plainTextPath")
    raw = file.bytes_of(written) if written else None
    if raw is None:
        if written:
            file.notes.append(f"{_called(source)}: its text is not inside the project; {_INSTEAD}")
        return None
    try:
        return raw.decode("utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError:
        file.notes.append(f"{_called(source)}: its text is not UTF-8; {_INSTEAD}")
        return None


_INSTEAD = "positions stand for paragraphs"
