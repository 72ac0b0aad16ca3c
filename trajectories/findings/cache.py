"""Results kept in memory so that nothing is computed twice."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, TypeVar

T = TypeVar("T")


@dataclass(eq=False)
class _Entry:
    lock: Lock = field(default_factory=Lock)
    made: bool = False
    value: Any = None


class Cache:
    """A bounded store of finished stages by key; the one unused for longest goes first.

    Safe among threads: two that ask for the same key at once wait for one computation, and different keys do
    not wait for each other. Nothing is written to disk.

    >>> cache = Cache(size=2)
    >>> cache.get("a", lambda: 1), cache.get("a", lambda: 2), len(cache)
    (1, 1, 1)
    """

    def __init__(self, size: int = 96) -> None:
        self._size = size
        self._lock = Lock()
        self._entries: OrderedDict[str, _Entry] = OrderedDict()

    def get(self, key: str, make: Callable[[], T]) -> T:
        """The value of ``key``, made now if it is not there; a ``make`` that raises leaves nothing behind."""
        with self._lock:
            entry = self._entries.setdefault(key, _Entry())
            self._entries.move_to_end(key)
            while len(self._entries) > self._size:
                self._entries.popitem(last=False)
        with entry.lock:
            if not entry.made:
                entry.value = make()
                entry.made = True
            value: T = entry.value
        return value

    def __contains__(self, key: str) -> bool:
        with self._lock:
            return key in self._entries and self._entries[key].made

    def __len__(self) -> int:
        with self._lock:
            return sum(entry.made for entry in self._entries.values())

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._entries.clear()
