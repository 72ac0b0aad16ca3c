"""Results of many settings that are kept as they come, so that an interruption loses nothing."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from trajectories.errors import SettingError
from trajectories.findings.cache import Cache
from trajectories.plan import hashed

Row = dict[str, float]


class FolderError(SettingError):
    """The folder of rows cannot be written."""


class KnownRows:
    """Rows of numbers by key: in a cache, and in a folder if one is named, so that no row is computed twice.

    ``key`` is everything that all rows depend on; versions of the library have rows of their own.
    """

    def __init__(self, key: str, columns: tuple[str, ...], cache: Cache, folder: str | Path | None) -> None:
        self._key = hashed([_version(), key])
        self._columns = columns
        self._known: dict[str, Row] = cache.get(f"rows {self._key}", dict)
        self._folder = None if folder is None else Path(folder)
        if self._folder is not None:
            with _written(self._folder):
                self._folder.mkdir(parents=True, exist_ok=True)

    def get(self, key: str, make: Callable[[], Row]) -> Row:
        """The row of a setting, by the key of its inputs and plan."""
        row = self._known.get(key) or self._read(key)
        if row is None:
            row = make()
            self._write(key, row)
        self._known[key] = row
        return row

    def _path(self, folder: Path, key: str) -> Path:
        return folder / f"{hashed([self._key, key])[:32]}.json"

    def _read(self, key: str) -> Row | None:
        """A row written before; None for none, and for a file that is not whole."""
        if self._folder is None:
            return None
        try:
            row = json.loads(self._path(self._folder, key).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        whole = isinstance(row, dict) and set(row) == set(self._columns)
        return row if whole and all(isinstance(value, float) for value in row.values()) else None

    def _write(self, key: str, row: Row) -> None:
        """Write a row whole or not at all."""
        if self._folder is None:
            return
        with _written(self._folder):
            with tempfile.NamedTemporaryFile("w", dir=self._folder, suffix=".part", delete=False) as file:
                json.dump(row, file)
            os.replace(file.name, self._path(self._folder, key))


@contextmanager
def _written(folder: Path) -> Iterator[None]:
    """Tell in plain words when a folder cannot be written."""
    try:
        yield
    except OSError as error:
        raise FolderError(f"{folder}: the settings that are done cannot be kept there ({error.strerror}). "
                           "Name another folder, or none.") from None  # fmt: skip


def _version() -> str:
    try:
        return version("trajectories")
    except PackageNotFoundError:
        return ""
