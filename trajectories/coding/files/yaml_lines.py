"""YAML as people write it: every scalar stays text, every key and value knows its line."""

from __future__ import annotations

import re
from typing import Any

import yaml

from trajectories.coding.files.lined import Lined, LinedDict, LinedList
from trajectories.coding.files.plain_yaml import NULLS, plain_document
from trajectories.coding.problems import ReadingError

_Base: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


class _Loader(_Base):  # type: ignore[misc]
    """Scalars are not interpreted, so no tag is looked up for them (a fifth of the time)."""

    def resolve(self, kind: object, value: object, implicit: object) -> str:
        return ""

    def descend_resolver(self, node: object, index: object) -> None:
        """Nothing is resolved by its path."""

    def ascend_resolver(self) -> None:
        """Nothing is resolved by its path."""


LONGEST = 2_000_000
"""Characters of the longest YAML file that is read: a hundred times a long biography with all its quotes."""
_DEEPEST = 100


def parse_yaml(text: str, name: str) -> Lined:
    """Read one YAML document with the line of everything in it.

    Scalars are not interpreted: ``2022`` and ``2022-03-15`` stay text, ``no`` stays a word. Raises
    ReadingError, with the line, for broken YAML, a key written twice, an alias (``*name``) and nesting beyond
    100 levels, and more than 2 million characters.
    """
    if len(text) > LONGEST:
        what = f"the file has {len(text):,} characters; at most {LONGEST:,} are read"
        hint = "A file holds one life; quote passages, and keep whole interviews in files of their own."
        raise ReadingError(name, 0, what, hint, "too_large")
    if (document := plain_document(text)) is not None:
        return document
    _refuse_depth(text, name)
    try:
        node = yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError as error:
        raise _plain(error, text, name) from None
    return None if node is None else _Reader(name).value(node)


class _Reader:
    """Turns the nodes of one document into lined values."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.seen: set[int] = set()

    def value(self, node: yaml.Node) -> Lined:
        if id(node) in self.seen:
            mark = node.start_mark
            raise ReadingError(self.name, mark.line + 1, "an alias (*name) repeats this part",
                               "Aliases are not read: write the text out in both places.", "alias",
                               mark.column + 1)  # fmt: skip
        self.seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            return self.mapping(node)
        if isinstance(node, yaml.SequenceNode):
            return self.sequence(node)
        text: str = node.value
        plain = isinstance(node, yaml.ScalarNode) and not node.style
        return None if plain and text in NULLS else text

    def sequence(self, node: yaml.SequenceNode) -> LinedList:
        items = LinedList(node.start_mark.line + 1, node.start_mark.column + 1)
        for item in node.value:
            items.append(self.value(item))
            items.lines.append(item.start_mark.line + 1)
            items.columns.append(item.start_mark.column + 1)
        return items

    def mapping(self, node: yaml.MappingNode) -> LinedDict:
        entries = LinedDict(node.start_mark.line + 1, node.start_mark.column + 1)
        for key, item in node.value:
            line, column = key.start_mark.line + 1, key.start_mark.column + 1
            word = key.value
            if not isinstance(word, str):
                raise ReadingError(self.name, line, "a key must be a word, not a list or a mapping",
                                   "Check the indentation and the brackets.", "broken_yaml", column)
            if word in entries:
                raise ReadingError(self.name, line, f"the key {word!r} stands here for the second time",
                                   f"It was first written in line {entries.lines[word]}; keep one of them.",
                                   "duplicate_key", column)
            entries[word] = self.value(item)
            entries.lines[word] = line
            entries.columns[word] = column
        return entries


def _plain(error: yaml.YAMLError, text: str, name: str) -> ReadingError:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    said = str(getattr(error, "problem", None) or getattr(error, "reason", None) or "it cannot be read")
    line = mark.line + 1 if mark is not None else _line_at(text, getattr(error, "position", None))
    column = mark.column + 1 if mark is not None and line <= text.count("\n") + 1 else 0
    line = min(line, text.count("\n") + 1)
    here = text.split("\n")[line - 1 : line]
    advice = _NO_TABS if any(words.startswith("\t") for words in here) else _advice(said)
    return ReadingError(name, line, f"this is not valid YAML ({said})", advice, "broken_yaml", column)


def _line_at(text: str, position: object) -> int:
    return text.count("\n", 0, position) + 1 if isinstance(position, int) else 0


_NO_TABS = "Indent with spaces, not with tabs."


def _advice(said: str) -> str:
    if "document" in said:
        return "Keep one document in a file: no second '---'."
    return ("Check the indentation and the brackets here and in the line before; "
            "put text with ': ' or ' #' in quotes.")


_BRACKET = re.compile(r"[\[\]{}]")
_NESTED_DASHES = re.compile(rf"(?:[-?][ \t]+){{{_DEEPEST}}}")


def _refuse_depth(text: str, name: str) -> None:
    """Refuse nesting that only a damaged or hostile file has, before the parser meets it."""
    if text.count("[") + text.count("{") > _DEEPEST:
        depth = 0
        for found in _BRACKET.finditer(text):
            depth = depth + 1 if found[0] in "[{" else max(0, depth - 1)
            if depth > _DEEPEST:
                raise _too_deep(text, name, found.start())
    if (found_dashes := _NESTED_DASHES.search(text)) is not None:
        raise _too_deep(text, name, found_dashes.start())


def _too_deep(text: str, name: str, position: int) -> ReadingError:
    what = f"brackets or lists are nested more than {_DEEPEST} levels deep"
    return ReadingError(name, _line_at(text, position), what, "Close the brackets that were left open.",
                        "broken_yaml")
