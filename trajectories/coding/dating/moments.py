"""Moments of a life on their way into an order: numbered, put together, narrowed to what the order leaves."""

from __future__ import annotations

from collections.abc import Iterable
from graphlib import CycleError, TopologicalSorter
from typing import NamedTuple, TypeAlias

from trajectories.coding.biography import Source
from trajectories.coding.dating.chronology import Window
from trajectories.coding.dating.dates import FuzzyDate
from trajectories.errors import StudyError

Pair: TypeAlias = tuple[int, int]
Key: TypeAlias = tuple[str, str]


class ContradictionError(StudyError):
    """Dates of one life of which no choice of days inside their windows is possible."""

    hint = "Correct one of the two, or write the less certain one with ~ or ?."

    def __init__(self, person: str, source: Source, what: str) -> None:
        super().__init__(f"{source.file}:{source.line} ({person}): {what}. {self.hint}")
        self.person = person
        self.source = source
        self.what = what


class Moment(NamedTuple):
    """One real moment: the days it may be, and every date that was told of it."""

    window: Window
    dates: tuple[FuzzyDate, ...]
    """None where nothing was told (an end that nobody knows): then every day of the window counts alike."""
    name: str
    source: Source


def numbered(told: Iterable[Key], pairs: Iterable[tuple[Key, Key]]) -> tuple[dict[Key, int], list[Key]]:
    """Numbers of the moments in an order that keeps ``pairs``; moments that come both before and after each
    other are on one day and have one number."""
    same: dict[Key, Key] = {key: key for key in told}
    while True:
        before: dict[Key, dict[Key, None]] = {one: {} for one in same.values()}
        for first, second in pairs:
            if same[first] != same[second]:
                before[same[second]][same[first]] = None
        try:
            order = list(TopologicalSorter(before).static_order())
        except CycleError as error:
            round_trip = set(error.args[1])
            one = min(round_trip)
            same = {key: one if kept in round_trip else kept for key, kept in same.items()}
            continue
        place = {key: i for i, key in enumerate(order)}
        return {key: place[kept] for key, kept in same.items()}, list(same)


def together_as_one(person: str, told: list[Moment]) -> Moment:
    """What several domains tell of one moment, put together: the days that all of them allow."""
    starts = max(told, key=lambda t: t.window[0])
    ends = min(told, key=lambda t: t.window[1])
    window = (starts.window[0], ends.window[1])
    if window[0] > window[1]:
        raise _contradiction(person, starts, ends, "are on one day (one event, or each before the other)",
                             "have no day in common")  # fmt: skip
    dates = tuple(dict.fromkeys(date for one in told for date in one.dates))
    narrowest = min(told, key=lambda t: t.window[1] - t.window[0])
    return Moment(window, dates, narrowest.name, narrowest.source)


def narrowed(person: str, moments: list[Moment], pairs: list[Pair]) -> list[Moment]:
    """Windows cut to what the moments before and after leave; ``moments`` are in an order that keeps
    ``pairs``."""
    lows, highs = list(range(len(moments))), list(range(len(moments)))
    for first, second in sorted(pairs, key=lambda pair: pair[1]):
        if moments[lows[first]].window[0] > moments[lows[second]].window[0]:
            lows[second] = lows[first]
    for first, second in sorted(pairs, reverse=True):
        if moments[highs[second]].window[1] < moments[highs[first]].window[1]:
            highs[first] = highs[second]
    for low, high in zip(lows, highs, strict=True):
        if moments[low].window[0] > moments[high].window[1]:
            raise _contradiction(person, moments[low], moments[high], "come in this order",
                                 "can only be the other way round")  # fmt: skip
    return [moment._replace(window=(moments[low].window[0], moments[high].window[1]))
            for moment, low, high in zip(moments, lows, highs, strict=True)]  # fmt: skip


def binding(moments: list[Moment], pairs: list[Pair]) -> tuple[Pair, ...]:
    """The pairs that the windows do not already decide, without those that follow from others."""
    after: dict[int, set[int]] = {i: set() for i in range(len(moments))}
    for first, second in pairs:
        if moments[first].window[1] > moments[second].window[0]:
            after[first].add(second)
    beyond: dict[int, set[int]] = {}
    for i in reversed(range(len(moments))):
        beyond[i] = after[i].union(*(beyond[j] for j in after[i]))
    return tuple((i, j) for i in after for j in sorted(after[i])
                 if not any(j in beyond[k] for k in after[i] if k != j))  # fmt: skip


def _contradiction(person: str, one: Moment, other: Moment, are: str, but: str) -> ContradictionError:
    place = f"{other.source.file}:{other.source.line}"
    what = f"{_described(one)} and {_described(other)}, {place}, {are} but {but}"
    return ContradictionError(person, one.source, what)


def _described(told: Moment) -> str:
    written = ", ".join(date.text for date in told.dates)
    return f"{told.name} ({written})" if written else told.name
