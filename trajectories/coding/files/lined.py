"""What a YAML file says, with the line and column of everything in it."""

from __future__ import annotations

from typing import Any, TypeAlias


class LinedDict(dict[str, Any]):
    """A YAML mapping; ``line`` is where it starts, ``lines`` gives the line of each key, ``columns`` its
    column."""

    __slots__ = ("column", "columns", "line", "lines")

    def __init__(self, line: int, column: int = 0) -> None:
        super().__init__()
        self.line = line
        self.column = column
        self.lines: dict[str, int] = {}
        self.columns: dict[str, int] = {}


class LinedList(list[Any]):
    """A YAML list; ``line`` is where it starts, ``lines`` gives the line of each item, ``columns`` its
    column."""

    __slots__ = ("column", "columns", "line", "lines")

    def __init__(self, line: int, column: int = 0) -> None:
        super().__init__()
        self.line = line
        self.column = column
        self.lines: list[int] = []
        self.columns: list[int] = []


Lined: TypeAlias = LinedDict | LinedList | str | None
"""Text is a scalar as written; None is a scalar left empty (or ``~`` or ``null``)."""


def line_of(value: Any, steps: tuple[Any, ...]) -> int:
    """The line of what ``steps`` (keys and positions) lead to, as far as the document can be followed."""
    return place_of(value, steps)[0]


def place_of(value: Any, steps: tuple[Any, ...]) -> tuple[int, int]:
    """Line and column of what ``steps`` (keys and positions) lead to, as far as the document can be followed.

    A position inside a mapping counts its keys: settings may turn ``{code: ...}`` into a list.
    """
    line, column = getattr(value, "line", 0), getattr(value, "column", 0)
    for step in steps:
        if isinstance(value, LinedDict):
            keys = list(value)
            key = keys[step] if isinstance(step, int) and 0 <= step < len(keys) else step
            if key not in value:
                continue
            line, column, value = value.lines[key], value.columns[key], value[key]
        elif isinstance(value, LinedList):
            if not isinstance(step, int) or not 0 <= step < len(value):
                continue
            line, column, value = value.lines[step], value.columns[step], value[step]
        else:
            break
    return int(line), int(column)
