"""The sentences that describe a type; every number in them stands in a table too."""

from __future__ import annotations

import datetime as dt
from calendar import month_name
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from trajectories.coding.study import Study
from trajectories.sequences.sequences import Sequences
from trajectories.typology.departures import Departure
from trajectories.typology.facts import PLACE, since_event
from trajectories.typology.typology import Typology

if TYPE_CHECKING:
    from trajectories.typology.description import Contrast

_STATES = 3
"""How many states of a domain are told."""
_APART = 3
"""How many things that set a type apart are told, of its lives and of what lies beside them."""


def courses(
    study: Study | None, lives: Sequences, typology: Typology, left: Sequence[Departure | None], within: int
) -> tuple[tuple[str, ...], ...]:
    """The sentences of each type, in order: size, leaving, each domain."""
    found = []
    for t, size in enumerate(typology.sizes):
        inside = np.flatnonzero(typology.types == t)
        said = [f"{_people(size)} ({_percent(size / max(len(typology.ids), 1))} of all)."]
        if study is not None and left and size:
            said += _leaving(study, lives, [left[i] for i in inside.tolist()], within)
        if size:
            said += _domains(lives, inside)
        found.append(tuple(said))
    return tuple(found)


def _leaving(study: Study, lives: Sequences, left: list[Departure | None], within: int) -> list[str]:
    gone = [one for one in left if one is not None]
    if not gone:
        return []
    event = lives.grid.since or "departure"
    label = next((kind.label for kind in study.codebook.events if kind.name == event), event)
    labels = study.codebook.domain(PLACE).labels
    said = f"{label}: {_when([one.day for one in gone])}"
    to = Counter(one.destination for one in gone if one.destination)
    if to:
        place, most = to.most_common(1)[0]
        said += f", most often to {labels.get(place, place)} ({most} of {to.total()})"
    seen = [one for one in gone if one.moved_on is not None]
    if not seen:
        return [said + "."]
    onward = Counter(one.onward for one in seen if one.onward)
    moved = f"{onward.total()} of {len(seen)} moved on within {within} months"
    if onward:
        place, most = onward.most_common(1)[0]
        moved += f", most often to {labels.get(place, place)} ({most})"
    back = sum(bool(one.returned) for one in seen)
    return [said + ".", f"{moved}; {back or 'nobody'} went back."]


def _when(days: list[int]) -> str:
    """The months between which the middle half of the days lies."""
    low, high = (dt.date.fromordinal(int(day)) for day in np.quantile(days, [0.25, 0.75], method="nearest"))
    first, last = f"{month_name[low.month]} {low.year}", f"{month_name[high.month]} {high.year}"
    if first == last:
        return f"{'half or more of them' if len(days) > 1 else 'once'} in {first}"
    return f"half of them between {month_name[low.month] if low.year == high.year else first} and {last}"


def _domains(lives: Sequences, inside: NDArray[np.intp]) -> list[str]:
    """For each domain the states in which a type spends most time: how many people, for how long."""
    said = []
    states = since_event(lives)[inside]
    for layer, domain in enumerate(lives.domains):
        times = np.stack([(states[:, layer] == s).sum(axis=1) for s in range(len(domain.states))], axis=1)
        people = (times > 0).sum(axis=0)
        order = np.argsort(-times.sum(axis=0), kind="stable")
        enough = [s for s in order.tolist() if people[s] and 4 * people[s] >= len(inside)]
        told = (enough or [s for s in order[:1].tolist() if people[s]])[:_STATES]
        medians = [_time(times[times[:, s] > 0, s], lives) for s in told]
        parts = [
            f"{domain.states[s].label} in {people[s]}, for a median of {median}"
            for s, median in zip(told, medians, strict=True)
        ]
        if parts:
            said.append(f"{domain.label}: {'; '.join(parts)}.")
    return said


def _time(steps: NDArray[np.int64], lives: Sequences) -> str:
    median = float(np.median(steps))
    unit = "position" if lives.grid.clock == "given" else lives.grid.step
    return f"{median:g} {unit}{'' if median == 1 else 's'}"


def apart(rows: Sequence[Contrast]) -> tuple[str, ...]:
    """What sets a type apart beyond chance, by its ``rows``, largest effects first: in the lives, and beside
    them."""
    of_lives = _largest([row for row in rows if row.basis == "lives"])
    beside = [row for row in rows if row.basis != "lives"]
    said = []
    if of_lives:
        said.append(f"Set apart in these lives by {'; '.join(_contrast(row) for row in of_lives)}.")
    if found := _largest(beside):
        said.append(f"Beside them by {'; '.join(_contrast(row) for row in found)}.")
    elif beside:
        said.append("Nothing looked at beside the lives sets this type apart beyond chance.")
    return tuple(said)


def _largest(rows: Sequence[Contrast]) -> list[Contrast]:
    """The largest effects that chance would not make, each state or value once, and of two values that are
    each other's opposite the one that is more common in the type."""
    found: dict[tuple[str, str], Contrast] = {}
    for row in sorted(rows, key=lambda row: (-round(abs(row.effect), 9), row.effect < 0)):
        key = (row.domain, row.fact.removesuffix(":time"))
        told = key in found or any(_opposite(row, other) for other in found.values())
        if row.p_value < 0.05 and not told and len(found) < _APART:
            found[key] = row
    return list(found.values())


def _opposite(one: Contrast, other: Contrast) -> bool:
    """Whether one holds for just those people for whom the other does not, by all their numbers."""
    return (
        one.kind == other.kind == "yes"
        and (one.basis, one.domain, one.known) == (other.basis, other.domain, other.known)
        and one.count + other.count == one.known
        and abs(one.effect + other.effect) < 1e-9
    )


def _contrast(row: Contrast) -> str:
    numbers = f"effect {row.effect:+.2f}, p = {row.p_value:.2g}"
    if row.kind == "yes":
        told = f"{row.count:.0f} of {row.known}, against {_percent(row.rest_value)} of the rest"
    elif row.kind == "share":
        told = f"{_percent(row.value)} against {_percent(row.rest_value)}"
    elif row.kind == "day":
        told = f"median {_day(row.value)} against {_day(row.rest_value)}"
    else:
        told = f"median {row.value:g} against {row.rest_value:g}"
    return f"{row.label}, {told} ({numbers})"


def _day(ordinal: float) -> str:
    day = dt.date.fromordinal(int(ordinal))
    return f"{day.day} {month_name[day.month]} {day.year}"


def _people(count: int) -> str:
    return "nobody" if count == 0 else "1 person" if count == 1 else f"{count} people"


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"
