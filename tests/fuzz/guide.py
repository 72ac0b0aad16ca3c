"""A guide through damaged files: those that led somewhere new in the library are damaged further.

Lines are watched with ``sys.settrace``, function by function: one whose lines were all reached is watched no
more, so that following along soon costs little. Only some of the files are watched (``EVERY``).
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

import trajectories

EVERY = 8
"""One file in so many is watched."""
MOST_KEPT = 400
"""Files that led somewhere new and are damaged further; the oldest make room."""
LIBRARY = str(Path(trajectories.__file__).parent)

Trace = Callable[[FrameType, str, Any], Any]


class Guide:
    """The files worth damaging: the sound ones, and those that reached a line for the first time."""

    def __init__(self, samples: Sequence[bytes], folder: str = LIBRARY) -> None:
        self.samples = tuple(samples)
        self.kept: list[bytes] = []
        self.reached = 0
        """Lines of the library that some watched file has reached."""
        self._folder = folder
        self._watching: dict[int, Trace | None] = {}
        self._codes: list[CodeType] = []

    def choose(self, chance: random.Random) -> bytes:
        """The next file to damage: a sound one half of the time."""
        return chance.choice(self.kept if self.kept and chance.random() < 0.5 else self.samples)

    def other(self, chance: random.Random) -> bytes:
        """Another file, to take a piece of."""
        return chance.choice((*self.samples, *self.kept[-20:]))

    @contextmanager
    def watching(self, file: bytes) -> Iterator[None]:
        """Keep the file if reading it inside this block reaches a line for the first time."""
        before, outer = self.reached, sys.gettrace()
        sys.settrace(self._entered)
        try:
            yield
        finally:
            sys.settrace(outer)
            if self.reached > before and len(file) <= 4 * max(map(len, self.samples)):
                self.kept = [*self.kept[-MOST_KEPT + 1 :], file]

    def _entered(self, frame: FrameType, event: str, argument: Any) -> Trace | None:
        code = frame.f_code
        if id(code) not in self._watching:
            self._codes.append(code)  # an id is its own only as long as the object lives
            ours = code.co_filename.startswith(self._folder)
            self._watching[id(code)] = self._line_by_line(code) if ours else None
        return self._watching[id(code)]

    def _line_by_line(self, code: CodeType) -> Trace:
        left = {line for _, _, line in code.co_lines() if line is not None and line != code.co_firstlineno}

        def trace(frame: FrameType, event: str, argument: Any) -> Trace | None:
            if event == "line" and frame.f_lineno in left:
                left.discard(frame.f_lineno)
                self.reached += 1
                if not left:
                    self._watching[id(code)] = None
            return trace

        return trace
