"""Tables saved in an older encoding: named by the study, or refused with the one they look like."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import Literal

from trajectories.coding.files.text_files import TextFile, plain, read_bytes, read_text
from trajectories.coding.problems import ReadingError

Encoding = Literal[
    "utf-8", "utf-16", "utf-16-le", "utf-16-be", "cp1250", "cp1251", "cp1252", "cp1254", "cp866", "koi8-r",
    "iso-8859-1", "iso-8859-2", "iso-8859-5", "iso-8859-9", "iso-8859-15", "mac-roman", "mac-cyrillic",
]  # fmt: skip
"""What ``encoding`` in study.yaml may be; ``utf-8`` where nothing is written."""

_OTHER_NAMES = {
    "utf8": "utf-8", "utf-8-sig": "utf-8", "utf16": "utf-16", "latin-1": "iso-8859-1", "latin1": "iso-8859-1",
    "latin-5": "iso-8859-9", "koi8r": "koi8-r", "ibm866": "cp866", "macroman": "mac-roman",
    "unicode": "utf-16",
}  # fmt: skip
_SPOKEN = {
    "utf-16": "UTF-16 (Excel calls it 'Unicode text')",
    "utf-16-le": "UTF-16 without a byte order mark",
    "utf-16-be": "UTF-16 without a byte order mark",
    "cp1251": "cp1251 (Windows, Cyrillic)",
    "cp1252": "cp1252 (Windows, Western European)",
    "cp1254": "cp1254 (Windows, Turkish)",
    "koi8-r": "KOI8-R (Cyrillic)",
    "cp866": "cp866 (DOS, Cyrillic)",
}


def spelt(name: str) -> str:
    """The spelling this library uses for an encoding: ``Windows-1251`` is ``cp1251``."""
    name = name.strip().lower().replace("_", "-")
    name = re.sub(r"^(?:windows|win|cp)-?(?=12\d\d$)", "cp", name)
    name = re.sub(r"^iso-?8859-?(?=\d)", "iso-8859-", name)
    return _OTHER_NAMES.get(name, name)


IN_STUDY = "write 'encoding: {}' in study.yaml"


def read_table_text(path: Path, name: str, encoding: str | None, setting: str = IN_STUDY) -> TextFile:
    """Read a table as text: UTF-8, or the encoding that was stated; ``setting`` is how one states it.

    A byte order mark of UTF-8 is always believed. Raises ReadingError when the text is in another encoding,
    with the one it looks like and the setting that accepts it; no encoding is ever assumed.
    """
    raw = read_bytes(path, name)
    if encoding in (None, "utf-8") or raw.startswith((b"\xef\xbb\xbf", b"PK\x03\x04")):
        if (seen := likely(raw)) is None:
            return read_text(path, name)
        what = f"the file is not UTF-8; it looks like {_SPOKEN[seen]}"
        hint = (f"If that is what it is, {setting.format(seen)}; "
                "or save the file again as UTF-8 (in Excel: 'CSV UTF-8').")  # fmt: skip
        raise ReadingError(name, _first_odd_line(raw), what, hint, "encoding")
    _not_utf8(raw, name, encoding or "")
    try:
        text = raw.decode(encoding or "utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        hint = "State the right encoding, or save the file again as UTF-8."
        raise ReadingError(name, line, f"the file is not written in {encoding}", hint, "encoding") from None
    return TextFile(name, plain(text.removeprefix("\ufeff"), name), hashlib.sha256(raw).hexdigest())


def _not_utf8(raw: bytes, name: str, encoding: str) -> None:
    """Text with letters beyond ASCII that is valid UTF-8 was never written in one of the older encodings."""
    if raw.isascii() or encoding.startswith("utf-16"):
        return
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return
    what = f"the file is UTF-8, but the encoding is said to be {encoding}"
    hint = "Leave the encoding out. The tables of a study share one: best save all as UTF-8."
    raise ReadingError(name, _first_odd_line(raw), what, hint, "encoding")


def _first_odd_line(raw: bytes) -> int:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return 0
    found = re.search(rb"[^\x01-\x7f]", raw)
    return raw.count(b"\n", 0, found.start()) + 1 if found else 0


def likely(raw: bytes) -> str | None:
    """The encoding that bytes look like; None for UTF-8.

    >>> likely("Тбилиси".encode("cp1251")), likely("Köln".encode("cp1252")), likely("Köln".encode())
    ('cp1251', 'cp1252', None)
    """
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    sample = raw[:200_000]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if even + odd > len(sample) // 8:
        return "utf-16-be" if even > odd else "utf-16-le"
    try:
        raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None if raw.startswith(b"PK\x03\x04") else _of_one_byte(raw)
    return None


def _of_one_byte(raw: bytes) -> str:
    """Cyrillic stands in words of high bytes, Western letters alone among plain ones."""
    high = re.findall(rb"[\x80-\xff]+", raw)
    letters = b"".join(high)
    in_words = sum(len(run) for run in high if len(run) > 1)
    if 2 * in_words <= len(letters):
        turkish = sum(letters.count(bytes([byte])) for byte in (0xF0, 0xFD, 0xFE, 0xD0, 0xDD, 0xDE))
        return "cp1254" if 2 * turkish > len(letters) else "cp1252"
    ranges = {"cp1251": range(0xE0, 0x100), "koi8-r": range(0xC0, 0xE0), "cp866": range(0x80, 0xB0)}
    counts = {name: sum(byte in span for byte in letters) for name, span in ranges.items()}
    return max(counts, key=lambda name: counts[name])
