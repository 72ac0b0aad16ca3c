"""Ways in which a file goes wrong: slips of the hand, half-saved files, other programs, and malice."""

from __future__ import annotations

import io
import random
import re
import zipfile

from trajectories.coding.files.archives import DAMAGED

PIECES = (
    b"", b":", b": ", b"\n", b"\r\n", b"\r", b"- ", b"[", b"]", b"{", b"}", b'"', b"'", b",", b";", b"\t",
    b"..", b"/", b"~", b"?", b"%", b"2022-13", b"2023-02-29", b"0000", b"9999-12-31", b"201X",
    b"2022-03/..", b"&a ", b"*a", b"!!python/object:os.system ", b"<<: *a", b"%YAML 9.9\n", b"---\n",
    b"...\n", b"\xff\xfe", b"\x00", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\xc3", b"\xe2\x80\xae", b"\x85",
    b"\xe2\x80\xa8", b"null", b"|\n", b">\n", b"#", b"  ", b"-", b"1e999", b"-1", b"nan", b"true",
    b"=cmd()", b"../../etc/passwd", b"/dev/zero", b"*.yaml", b"**/*", b"RU-001", b"origin.", b".",
    b"\x1b[2J", b"[" * 300, b"{a: " * 300, b"- " * 300, b"a" * 5000, b"<!DOCTYPE x [<!ENTITY a 'b'>]>",
    b"&a [*a, *a]", b"\xf0\x9f\x92\xa5", b"(", b"((((((((((", b"9" * 400,
)  # fmt: skip
"""What is put in, mostly at a random place."""
_WORDS = re.compile(rb"[A-Za-z0-9_.~-]+")
_VALUES = re.compile(rb'(?<=>)[^<>]+(?=<)|(?<=")[^"<>]*(?=")')
"""Texts and attributes of XML."""


def damaged(whole: bytes, chance: random.Random, other: bytes = b"") -> bytes:
    """The bytes after one to four things went wrong with them; now and then with a piece of another file."""
    if other and chance.random() < 0.1:
        whole = _spliced(whole, chance, other)
    for _ in range(chance.randint(1, 4)):
        whole = chance.choice(_WAYS)(whole, chance)
    return whole


def damaged_archive(whole: bytes, chance: random.Random, other: bytes = b"") -> bytes:
    """A zip archive damaged from outside, or in one of its parts and packed again."""
    try:
        with zipfile.ZipFile(io.BytesIO(whole)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
    except (*DAMAGED, KeyError):
        parts = {}
    if not parts or chance.random() < 0.2:
        return damaged(whole, chance, other)
    hit = {chance.choice(list(parts)) for _ in range(chance.randint(1, 2))}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", chance.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))) as after:
        for name, part in parts.items():
            if name not in hit:
                after.writestr(name, part)
            elif chance.random() < 0.9:
                after.writestr(name, _part(part, chance, chance.choice(list(parts.values()))))
    return packed.getvalue()


def _part(part: bytes, chance: random.Random, other: bytes) -> bytes:
    """A part of an archive; half of the time XML stays well-formed, so that what it says is reached."""
    if b"<" not in part[:100] or chance.random() < 0.5:
        return damaged(part, chance, other)
    for _ in range(chance.randint(1, 4)):
        part = _other_value(part, chance)
    return part


def _other_value(part: bytes, chance: random.Random) -> bytes:
    """Another value in one place of XML: one of its own, a damaged one, or a piece."""
    values = list(_VALUES.finditer(part))
    if not values:
        return part
    one = chance.choice(values)
    kind = chance.random()
    other = chance.choice(values)[0] if kind < 0.4 else chance.choice(PIECES)
    if kind > 0.7:
        other = chance.choice(_WAYS)(one[0], chance)
    text = "".join(mark for mark in other.decode("utf-8", "ignore") if mark >= " ")
    for mark, written in (("&", "&amp;"), ("<", "&lt;"), ('"', "&quot;")):
        text = text.replace(mark, written)
    return part[: one.start()] + text.encode() + part[one.end() :]


def _spliced(whole: bytes, chance: random.Random, other: bytes) -> bytes:
    """The beginning of one file and the end of another, or a piece of the other inside."""
    at, first = chance.randint(0, len(whole)), chance.randint(0, len(other))
    if chance.random() < 0.3:
        return whole[:at] + other[first:]
    return whole[:at] + other[first : first + chance.randint(1, 300)] + whole[at:]


def _insert(whole: bytes, chance: random.Random) -> bytes:
    at = chance.randint(0, len(whole))
    return whole[:at] + chance.choice(PIECES) + whole[at + chance.choice((0, 0, 1, 5, 20)) :]


def _flip(whole: bytes, chance: random.Random) -> bytes:
    if not whole:
        return whole
    at = chance.randrange(len(whole))
    return whole[:at] + bytes([whole[at] ^ (1 << chance.randrange(8))]) + whole[at + 1 :]


def _cut(whole: bytes, chance: random.Random) -> bytes:
    return whole[: chance.randint(0, len(whole))]


def _repeat(whole: bytes, chance: random.Random) -> bytes:
    first = chance.randint(0, len(whole))
    last = min(len(whole), first + chance.randint(1, 200))
    return whole[:last] + whole[first:last] * chance.choice((1, 2, 50)) + whole[last:]


def _move_lines(whole: bytes, chance: random.Random) -> bytes:
    lines = whole.split(b"\n")
    if len(lines) > 2:
        lines.insert(chance.randrange(len(lines)), lines.pop(chance.randrange(len(lines))))
    return b"\n".join(lines)


def _indent(whole: bytes, chance: random.Random) -> bytes:
    lines = whole.split(b"\n")
    at = chance.randrange(len(lines))
    lines[at] = chance.choice((b" ", b"  ", b"\t", b"")) + lines[at].lstrip(b" " * chance.randint(0, 1))
    return b"\n".join(lines)


def _other_word(whole: bytes, chance: random.Random) -> bytes:
    words = list(_WORDS.finditer(whole))
    if not words:
        return whole
    one = chance.choice(words)
    other = chance.choice(words)[0] if chance.random() < 0.5 else chance.choice(PIECES)
    return whole[: one.start()] + other + whole[one.end() :]


def _another_encoding(whole: bytes, chance: random.Random) -> bytes:
    text = whole.decode("utf-8", "replace")
    return text.encode(chance.choice(("utf-16", "utf-16-le", "utf-8-sig", "cp1252", "cp1251")), "replace")


_WAYS = (_insert, _insert, _insert, _flip, _cut, _repeat, _move_lines, _indent, _other_word, _other_word,
         _another_encoding)  # fmt: skip
