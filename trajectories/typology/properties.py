"""What can be said of a life in a few words: where it was when, for how long, by when, in which order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from trajectories.coding.codebook import Domain
from trajectories.errors import SettingError
from trajectories.sequences.grid import Grid
from trajectories.sequences.sequences import MISSING, VOID, Sequences

PropertyKind = Literal["state", "duration", "start", "pattern"]
Codes = NDArray[np.int64]
Words = Callable[[NDArray[np.bool_]], str]


@dataclass(frozen=True, eq=False)
class Property:
    """One property of all lives: ``levels`` (people,) numbers its values 0, 1, ...; ``ordered`` ones can only
    be cut between two values, the others parted in any way.

    ``words`` says which lives are meant by some of the values, (values,).
    """

    kind: PropertyKind
    domain: str
    at: str
    """Position, state, or two states (``georgia > germany``)."""
    levels: Codes
    ordered: bool
    words: Words


def properties_of(lives: Sequences, kinds: Sequence[PropertyKind]) -> list[Property]:
    """All properties of the kinds asked for that are not the same for everybody, in every domain.

    - ``state``: the state at each position; not known and not observed are values of their own.
    - ``duration``: at how many positions each state is held.
    - ``start``: the position at which each state is first held, or never.
    - ``pattern``: whether one state is held at some time after another.

    Raises SettingError for a kind that is not known.
    """
    unknown = [kind for kind in kinds if kind not in get_args(PropertyKind)]
    if unknown or not kinds:
        wrong = f"There is no property {unknown[0]!r}" if unknown else "Name at least one property"
        raise SettingError(f"{wrong}; there are {', '.join(get_args(PropertyKind))}.")
    makers = {"state": _states, "duration": _durations, "start": _starts, "pattern": _patterns}
    return [one for layer in range(len(lives.domains)) for kind in kinds for one in makers[kind](lives, layer)
            if one.levels.max(initial=0) > 0]  # fmt: skip


def _states(lives: Sequences, layer: int) -> Iterator[Property]:
    domain, states = lives.domains[layer], lives.states[:, layer, :]
    names = {MISSING: "not known", VOID: "not observed"}
    names |= {i: state.label for i, state in enumerate(domain.states)}
    for column in range(lives.length):
        position = lives.positions[column]
        values, levels = np.unique(states[:, column], return_inverse=True)
        labels = [names[int(value)] for value in values]
        yield Property("state", domain.name, str(position), levels.astype(np.int64), False,
                       _be(_lead(lives, domain), labels, _when(lives.grid, position)))  # fmt: skip


def _durations(lives: Sequences, layer: int) -> Iterator[Property]:
    domain, states = lives.domains[layer], lives.states[:, layer, :]
    for number, state in enumerate(domain.states):
        values, levels = np.unique((states == number).sum(axis=1), return_inverse=True)
        words = _last(_lead(lives, domain), state.label, values.tolist(), _unit(lives.grid))
        yield Property("duration", domain.name, state.code, levels.astype(np.int64), True, words)


def _starts(lives: Sequences, layer: int) -> Iterator[Property]:
    domain, states = lives.domains[layer], lives.states[:, layer, :]
    for number, state in enumerate(domain.states):
        held = states == number
        first = np.where(held.any(axis=1), held.argmax(axis=1), lives.length)
        values, levels = np.unique(first, return_inverse=True)
        by = [_when(lives.grid, lives.positions[v], "by") for v in values.tolist() if v < lives.length]
        words = _begin(_lead(lives, domain), state.label, by)
        yield Property("start", domain.name, state.code, levels.astype(np.int64), True, words)


def _patterns(lives: Sequences, layer: int) -> Iterator[Property]:
    domain, states = lives.domains[layer], lives.states[:, layer, :]
    for one, before in enumerate(domain.states):
        held = np.logical_or.accumulate(states == one, axis=1)[:, :-1]
        for other, after in enumerate(domain.states):
            if one != other:
                follows = (held & (states[:, 1:] == other)).any(axis=1)
                yield Property("pattern", domain.name, f"{before.code} > {after.code}",
                               follows.astype(np.int64), False,
                               _follow(_lead(lives, domain), before.label, after.label))  # fmt: skip


def _be(lead: str, labels: list[str], when: str) -> Words:
    def words(chosen: NDArray[np.bool_]) -> str:
        inside, outside = ([label for label, c in zip(labels, chosen.tolist(), strict=True) if c == side]
                           for side in (True, False))  # fmt: skip
        if len(inside) > len(outside) + 1:
            return f"{lead}not {' / '.join(outside)} {when}"
        return f"{lead}{' / '.join(inside)} {when}"

    return words


def _last(lead: str, label: str, values: list[int], unit: str) -> Words:
    def words(chosen: NDArray[np.bool_]) -> str:
        most = values[int(np.flatnonzero(chosen)[-1])]
        if chosen[0]:
            return f"{lead}{label} for at most {_counted(most, unit)}" if most else f"{lead}never {label}"
        least = values[int(np.flatnonzero(chosen)[0]) - 1]
        return f"{lead}{label} " + (f"for more than {_counted(least, unit)}" if least else "at some time")

    return words


def _begin(lead: str, label: str, by: list[str]) -> Words:
    def words(chosen: NDArray[np.bool_]) -> str:
        if chosen[0]:
            return f"{lead}{label} {by[int(np.flatnonzero(chosen)[-1])]}"
        return f"{lead}not {label} {by[int(np.flatnonzero(chosen)[0]) - 1]}"

    return words


def _follow(lead: str, before: str, after: str) -> Words:
    def words(chosen: NDArray[np.bool_]) -> str:
        return f"{lead}{after} {'at some time' if chosen[-1] else 'never'} after {before}"

    return words


def _lead(lives: Sequences, domain: Domain) -> str:
    return f"{domain.label}: " if len(lives.domains) > 1 else ""


def _unit(grid: Grid) -> str:
    return "position" if grid.clock == "given" else grid.step


def _counted(n: int, unit: str) -> str:
    return f"{n} {unit}{'' if n == 1 else 's'}"


def _when(grid: Grid, position: str | int, word: str = "in") -> str:
    """``in month 7 since departure``, ``by 2022-03``, ``at age 20``; a given table's column: ``at t19``."""
    if grid.clock == "since":
        side = "before" if int(position) < 0 else "since"
        return f"{word} {grid.step} {abs(int(position))} {side} {str(grid.since).replace('_', ' ')}"
    at = "by" if word == "by" else "at"
    if grid.clock == "age":
        return f"{at} {'age' if grid.step == 'year' else f'{grid.step} of life'} {position}"
    return f"{at} {position}" if grid.clock == "given" else f"{word} {position}"
