"""The sentences that describe a type; every number in them stands in a table too."""

from __future__ import annotations

import datetime as dt
from calendar import month_name
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from trajectories.coding.study import Study
from trajectories.sequences.sequences import Sequences
from trajectories.typology.departures import Departure
from trajectories.typology.facts import PLACE, since_event
from trajectories.typology.typology import Typology
from trajectories.wording import joined, people, percent

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
        said = [f"{people(size)} ({percent(size / len(typology.ids))} of all)." if size else "nobody."]
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
    label = study.codebook.event_label(event)
    labels = study.codebook.domain(PLACE).labels
    said = f"{label}: {_when([one.day for one in gone])}"
    to = Counter(one.destination for one in gone if one.destination)
    said += _most_often({labels.get(place, place): n for place, n in to.items()}, f" of {to.total()}")
    moved = _moved(gone, labels, within)
    return [said + ".", moved + "."] if moved else [said + "."]


def _moved(gone: list[Departure], labels: Mapping[str, str], within: int) -> str:
    """How many moved on, where to, and how many went back, of those who were observed for so long."""
    seen = [one for one in gone if one.moved_on is not None]
    if not seen:
        return ""
    onward = Counter(labels.get(one.onward, one.onward) for one in seen if one.onward)
    some = onward.total() or ("None" if len(seen) > 1 else "Nobody")
    of = f" of {len(seen)}" if onward or len(seen) > 1 else ""
    back = [one for one in seen if one.returned]
    again = sum(bool(one.moved_on) for one in back)
    told = f" ({'' if again == len(back) else f'{again} of them '}after moving on)" if again else ""
    return (f"{some}{of} moved on within {within} months{_most_often(onward)}; "
            f"{len(back) or 'nobody'} went back{told}")  # fmt: skip


def _most_often(counts: Mapping[str, int], of: str = "") -> str:
    """``, most often to Germany (3)``: all places that are equally common, none where each has one person."""
    most = max(counts.values(), default=0)
    top = [place for place, n in counts.items() if n == most]
    if len(counts) == 1:
        return f", {'' if most == 1 else 'both ' if most == 2 else f'all {most} '}to {top[0]}"
    if most < 2:
        return ", each to another place" if top else ""
    return f", most often to {joined(top)} ({most}{of}{'' if len(top) == 1 else ' each'})"


def _when(days: list[int]) -> str:
    """The months between which all of the days lie, or the middle half of them."""
    ends = np.quantile(days, [0.25, 0.75, 0, 1], method="nearest")
    low, high, *both = (dt.date.fromordinal(int(day)) for day in ends)
    first, last, *ends_said = (f"{month_name[day.month]} {day.year}" for day in (low, high, *both))
    everybody = ends_said == [first, last]
    if first == last:
        return f"{'' if everybody else 'half or more of them '}in {first}"
    since = month_name[low.month] if low.year == high.year else first
    return f"{'' if everybody else 'half of them '}between {since} and {last}"


def _domains(lives: Sequences, inside: NDArray[np.intp]) -> list[str]:
    """For each domain the states in which a type spends most time: how many people, for how long."""
    said = []
    states = since_event(lives)[inside]
    for layer, domain in enumerate(lives.domains):
        times = np.stack([(states[:, layer] == s).sum(axis=1) for s in range(len(domain.states))], axis=1)
        count = (times > 0).sum(axis=0)
        order = np.argsort(-times.sum(axis=0), kind="stable")
        enough = [s for s in order.tolist() if count[s] and 4 * count[s] >= len(inside)]
        told = (enough or [s for s in order[:1].tolist() if count[s]])[:_STATES]
        medians = [_time(times[times[:, s] > 0, s], lives) for s in told]
        parts = [
            f"{domain.states[s].label} in {count[s]}, for {'' if count[s] == 1 else 'a median of '}{median}"
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
        told = f"{row.count:.0f} of {row.known}, against {percent(row.rest_value)} of the rest"
    elif row.kind == "share":
        told = f"{percent(row.value)} against {percent(row.rest_value)}"
    elif row.kind == "day":
        told = f"median {_day(row.value)} against {_day(row.rest_value)}"
    else:
        told = f"median {row.value:g} against {row.rest_value:g}"
    return f"{row.label}, {told} ({numbers})"


def _day(ordinal: float) -> str:
    day = dt.date.fromordinal(int(ordinal))
    return f"{day.day} {month_name[day.month]} {day.year}"
