"""YAML as nearly all biographies are written, read line by line in a third of the time that YAML takes.

Keys, lists, and values in one line each: words, ``"quoted"`` and ``'quoted'`` text, ``{keys: in, a: line}``.
Whatever else a file has in it (text over several lines, anchors, tabs, escapes, a slip of the hand) is left
to libyaml, which reads all of YAML and knows what is wrong where.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, NamedTuple, TypeAlias

from trajectories.coding.files.lined import Lined, LinedDict, LinedList

NULLS = frozenset(("", "~", "null", "Null", "NULL"))
_KEY = r"[A-Za-z_][A-Za-z0-9_.-]{0,99}"
_LINE = re.compile(rf"( *)(- +)?(?:({_KEY}):(?: +|$))?(.*)")
_FLOW_VALUE = r"""(?:([\w.~](?:[\w.~/%+()-]| +[\w.~/%+(])*)|"([^"\\]*)"|'([^']*)')"""
_PAIR = re.compile(rf" *({_KEY}): +{_FLOW_VALUE} *([,}}])")
_NOT_WORDS = frozenset("-?:,[]{}#&*!|>'\"%@`=<")
"""Signs with which a value begins that is more than words."""

_Flow: TypeAlias = tuple[tuple[str, str | None, int], ...]
"""Keys and values in one line, with the column of each key (from 0)."""


class _Line(NamedTuple):
    """One line: the column of its first sign (from 0), how wide its dash is, its key and its value."""

    column: int
    dash: int
    key: str
    value: str | _Flow | None
    below: bool
    """Whether the value stands in the lines below, if anywhere."""


class _Strange(Exception):  # noqa: N818
    """The text is more than plain lines."""


def plain_document(text: str) -> Lined:
    """The document of a plain text, with the line and column of everything; None for any other text.

    >>> plain_document("id: RU-001\\nbirth: 1989")["birth"]
    '1989'
    """
    lines = text.replace("\r\n", "\n").split("\n")
    if not "".join(lines).isprintable():
        return None
    try:
        return _document(lines)
    except _Strange:
        return None


def _document(lines: list[str]) -> Lined:
    """The mapping that the lines make up. ``open_`` are the mappings and lists that go on, ``indents`` the
    columns of their entries; ``waiting`` is a key to which belongs what stands below it."""
    root: LinedDict | None = None
    open_: list[Any] = []
    indents: list[int] = []
    waiting = ""
    for number, line in enumerate(lines, start=1):
        found = _line(line)
        if found is None:
            continue
        column, dash, key, value, below = found
        if root is None:
            if column or dash:
                raise _Strange
            root = LinedDict(number, 1)
            open_.append(root)
            indents.append(0)
        if waiting and column >= indents[-1] + (not dash):
            inside: Any = LinedList(number, column + 1) if dash else LinedDict(number, column + 1)
            open_[-1][waiting] = inside
            open_.append(inside)
            indents.append(column)
        elif column != indents[-1] or (type(open_[-1]) is LinedList) is not (dash > 0):
            _close(open_, indents, column, LinedList if dash else LinedDict)
        waiting, inside = "", open_[-1]
        if dash:
            column += dash
            inside.lines.append(number)
            inside.columns.append(column + 1)
            if not key:
                inside.append(_flow(value, number, column) if type(value) is tuple else value)
                continue
            inside.append(entry := LinedDict(number, column + 1))
            inside = entry
            open_.append(entry)
            indents.append(column)
        if key in inside:
            raise _Strange
        inside[key] = _flow(value, number, line.index("{")) if type(value) is tuple else value
        inside.lines[key], inside.columns[key] = number, column + 1
        if below:
            waiting = key
    return root


def _close(open_: list[Any], indents: list[int], column: int, kind: type[Any]) -> None:
    """Close what has ended, up to the list or mapping whose entries stand in this column."""
    while indents and (indents[-1] > column or (indents[-1] == column and type(open_[-1]) is not kind)):
        open_.pop()
        indents.pop()
    if not indents or indents[-1] != column:
        raise _Strange


@lru_cache(maxsize=1 << 14)
def _line(line: str) -> _Line | None:
    """The parts of a line; None for one that says nothing. Most lines come again and again."""
    blanks, dash, key, rest = _LINE.match(line).groups()  # type: ignore[union-attr]
    text, wide = rest.rstrip(" "), len(dash or "")
    if not (key or dash):
        if not text or text[0] == "#":
            return None
        raise _Strange
    if not text:
        if not key:
            raise _Strange
        return _Line(len(blanks), wide, key, None, True)
    return _Line(len(blanks), wide, key or "", _value(text, len(line) - len(rest)), False)


def _value(text: str, column: int) -> str | _Flow | None:
    """The value that stands in one line, from a column on (from 0)."""
    first, last = text[0], text[-1]
    if first not in _NOT_WORDS:
        if ": " in text or " #" in text or last == ":":
            raise _Strange
        return None if text in NULLS else text
    inner = text[1:-1]
    if first in "\"'" and first == last and len(text) > 1 and first not in inner:
        if first == '"' and "\\" in inner:
            raise _Strange
        return inner
    if first == "{":
        return _pairs(text, column)
    raise _Strange


def _pairs(text: str, column: int) -> _Flow:
    """``{document: interview, paragraph: 12}``."""
    pairs, place, mark = [], 1, ""
    while place < len(text):
        found = _PAIR.match(text, place)
        if found is None:
            break
        key, words, double, single, mark = found.groups()
        value = words if words is not None else double if double is not None else single
        pairs.append((key, None if words in NULLS else value, column + found.start(1)))
        place = found.end()
        if mark == "}":
            break
    whole = bool(pairs) and mark == "}" and place == len(text)
    if not whole or len({name for name, _, _ in pairs}) < len(pairs):
        raise _Strange
    return tuple(pairs)


def _flow(pairs: _Flow, line: int, column: int) -> LinedDict:
    entries = LinedDict(line, column + 1)
    for key, value, place in pairs:
        entries[key], entries.lines[key], entries.columns[key] = value, line, place + 1
    return entries
