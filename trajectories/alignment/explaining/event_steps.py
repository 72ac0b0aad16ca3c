"""The alignment of two lives as events: which happened in both, which in one only, and what time between
costs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby

from trajectories.alignment.explaining.alignment import Alignment, Change, Kind, Step, Where
from trajectories.alignment.explaining.way import Place
from trajectories.alignment.measures.events import EventMatching
from trajectories.sequences.event_lives import EventLives, Moment, change_events
from trajectories.sequences.sequences import Sequences

EVENTS = "events"
"""The domain of coded events, which belong to no domain of the codebook."""


def explain_events(lives: Sequences | EventLives, measure: EventMatching, one: str, other: str) -> Alignment:
    """The alignment of two people's events, moment by moment.

    What the time between two matched moments costs is shared equally by the events that both have. Raises
    SettingError as the measure does.
    """
    pair = lives.select([one, other])
    events = pair if isinstance(pair, EventLives) else change_events(pair)
    path, shifted = measure.way(events, one, other)
    prices = dict(enumerate(measure.prices(events.kinds).tolist()))
    names = _names(pair)

    def step(at: Place) -> Step:
        i, j = at
        here, there = (None if place is None else moments[place]
                       for place, moments in zip(at, events.moments, strict=True))  # fmt: skip
        moved = 0.0 if i is None or j is None else float(shifted[i, j])
        return _step(here, there, moved, prices, names, pair)

    steps = tuple(step(at) for at in _in_order(path, events))
    labels = {domain.name: domain.label for domain in getattr(pair, "domains", ())}
    return Alignment(one, other, measure.describe(), steps, rule=_rule(measure, events.unit),
                     normalised=_normalised(events, measure), labels=labels, of="events")  # fmt: skip


def _in_order(path: list[Place], events: EventLives) -> Iterator[Place]:
    """The way with moments that only one life has, between two that are matched, in the order of time."""

    def time(at: Place) -> float:
        both = zip(at, events.moments, strict=True)
        return min(life[place][0] for place, life in both if place is not None)

    for _, stretch in groupby(path, key=lambda at: None not in at):
        together = list(stretch)
        yield from together if None not in together[0] else sorted(together, key=time)


def _step(here: Moment | None, there: Moment | None, moved: float, prices: dict[int, float],
          names: list[tuple[str, str]], pair: Sequences | EventLives) -> Step:  # fmt: skip
    """One moment in either life or both; ``moved`` is what the time between them costs (without an event in
    common, which is no dearer than apart only where it is nothing, the first one bears it)."""
    own, others = (frozenset[int]() if moment is None else moment[1] for moment in (here, there))
    shared = own & others
    costs = {kind: moved / len(shared) if kind in shared else prices[kind] for kind in sorted(own | others)}
    if not shared:
        costs[min(costs)] += moved
    changes = tuple(Change(*_sides(names[kind], kind in own, kind in others), cost)
                    for kind, cost in costs.items())  # fmt: skip
    kind: Kind = "inserted" if here is None else "deleted" if there is None else (
        "kept" if own == others else "substituted")  # fmt: skip
    return Step(kind, _where(here, pair), _where(there, pair), changes)


def _sides(name: tuple[str, str], here: bool, there: bool) -> tuple[str, str, str]:
    domain, label = name
    return domain, label if here else "", label if there else ""


def _names(pair: Sequences | EventLives) -> list[tuple[str, str]]:
    """The domain of each kind of event, and what it is called."""
    if isinstance(pair, EventLives):
        return [(EVENTS, label) for label in pair.labels or pair.kinds]
    return [(domain.name, state.label or state.code) for domain in pair.domains for state in domain.states]


def _where(moment: Moment | None, pair: Sequences | EventLives) -> Where:
    """When it happened: of changes of state the position, of events the time."""
    if moment is None:
        return None
    return pair.positions[int(moment[0])] if isinstance(pair, Sequences) else float(moment[0])


def _rule(measure: EventMatching, unit: str) -> str:
    price = "its own indel" if isinstance(measure.indel, Mapping) else f"{measure.indel:g}"
    each = "unit of time" if " " in unit else unit.removesuffix("s")
    between = "between them" if measure.by == "time" else "by which the time since the moment before differs"
    return (f"An event that only one life has costs {price}; matched moments cost {measure.shift:g} for each "
            f"{each} {between}.")  # fmt: skip


def _normalised(events: EventLives, measure: EventMatching) -> float | None:
    """The dissimilarity of the two by a measure with a norm; None without."""
    if measure.norm is None:
        return None
    from trajectories.alignment.pairwise import dissimilarities

    return dissimilarities(events, measure, precision="double").between(*events.ids)
