"""A short text that two comparisons share only when they ask for the same dissimilarities."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Set
from dataclasses import fields, is_dataclass
from typing import Any

import numpy as np

from trajectories.errors import SettingError
from trajectories.sequences.event_lives import EventLives
from trajectories.sequences.sequences import Sequences
from trajectories.version import __version__


def fingerprint(lives: Sequences | EventLives, measure: object, precision: str) -> str:
    """SHA-256 of the lives in their order, their weights, the measure with all its settings, the precision
    and the version of this library.

    Who lives them does not enter: names of people change no dissimilarity. Raises SettingError for a measure
    with a setting that is neither number, text, array nor a collection of these.
    """
    found = hashlib.sha256()
    if isinstance(lives, EventLives):
        _feed(found, ("events", lives.kinds, lives.moments, lives.weights))
    else:
        alphabets = tuple((domain.name, tuple((state.code, state.rank) for state in domain.states))
                          for domain in lives.domains)  # fmt: skip
        _feed(found, ("states", alphabets, lives.positions, lives.states, lives.weights))
    _feed(found, (measure, precision, __version__))
    return found.hexdigest()


def _feed(found: Any, value: object) -> None:
    if value is None or isinstance(value, (bool, int, float, str)):
        found.update(f"{type(value).__name__} {value!r};".encode())
    elif isinstance(value, np.ndarray) and value.dtype != object:
        found.update(f"array {value.dtype.str} {value.shape};".encode())
        found.update(np.ascontiguousarray(value).tobytes())
    elif isinstance(value, np.generic):
        _feed(found, value.item())
    elif isinstance(value, Mapping):
        _feed(found, ("mapping", *sorted(value.items(), key=repr)))
    elif isinstance(value, Set):
        _feed(found, ("set", *sorted(value, key=repr)))
    elif isinstance(value, (tuple, list, range)):
        found.update(f"{len(value)} of;".encode())
        for item in value:
            _feed(found, item)
    elif is_dataclass(value):
        found.update(f"{type(value).__module__}.{type(value).__qualname__};".encode())
        _feed(found, [(field.name, getattr(value, field.name)) for field in fields(value)])
    else:
        raise SettingError(
            f"Whether dissimilarities are there already is told from every setting of the measure, and "
            f"{value!r} is no number, text or array. Give a measure whose settings are."
        )
