"""Where people went after an event: to which place first, whether they moved on or came back, and when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

import numpy as np

from trajectories.coding.biography import Biography
from trajectories.coding.codebook import Domain
from trajectories.coding.dating.chronology import event_day, observed_window, timeline
from trajectories.coding.study import Study
from trajectories.typology.facts import Basis, Fact

MONTH = 365.25 / 12


@dataclass(frozen=True, slots=True)
class Departure:
    """One person's leaving: the day of the event, where to, and what came next; codes are top-level."""

    day: int
    """Proleptic ordinal, by the study's point rule."""
    origin: str | None
    destination: str | None
    """None when no change of place is coded."""
    onward: str | None
    """Where the next move in time led, when it was not back."""
    returned: bool | None
    """Whether a later move in time was back, the next one or one after moving on; None when there was none
    and the person was not observed for that long."""
    moved_on: bool | None
    """Whether the next move in time was to another place; None when there was none and the person was not
    observed for that long."""


def departures(
    study: Study, ids: Sequence[str], event: str, place: str, within: int
) -> list[Departure | None]:
    """How each person left at the first event of a kind; None for somebody without such an event or date.

    The move that belongs to the event is the change of place whose day lies nearest to it. Moving on and
    going back are looked for up to ``within`` months after that move.
    """
    rule = study.dates.point
    domain = study.codebook.domain(place)
    found: list[Departure | None] = []
    for person in ids:
        biography = study.biography(person)
        day = event_day(biography, event, rule)
        found.append(None if day is None else _departure(study, biography, domain, day, within))
    return found


def facts_of_departures(
    left: Sequence[Departure | None], event: str, label: str, place: Domain, within: int, basis: Basis
) -> list[Fact]:
    """Who left when and where to, who moved on and who went back; people without the event are unknown.

    The day lies beside the lives (basis ``event``); where people went has the ``basis`` of the places.
    """
    day = np.array([float("nan") if d is None else d.day for d in left])
    found = [Fact("event", event, "day", label, "day", day)]
    gone = np.array([d is not None and d.destination is not None for d in left])
    for state in place.states:
        there = np.array([d is not None and d.destination == state.code for d in left])
        told = f"First destination: {state.label}"
        found.append(Fact(basis, event, f"to:{state.code}", told, "yes", np.where(gone, there, np.nan)))
    moved = np.array([_number(d.moved_on if d else None) for d in left])
    back = np.array([_number(d.returned if d else None) for d in left])
    found.append(Fact(basis, event, "moved_on", f"Moved on within {within} months", "yes", moved))
    found.append(Fact(basis, event, "returned", f"Went back within {within} months", "yes", back))
    return found


def _departure(study: Study, biography: Biography, place: Domain, day: int, within: int) -> Departure:
    stretches = timeline(biography, place.name, study.dates.point)
    stays = [(place.top(stretch.episode.state), stretch.start) for stretch in stretches]
    moves = [next(group) for _, group in groupby(stays, key=lambda stay: stay[0])]
    changes = list(pairwise(moves))
    if not changes:
        return Departure(day, None, None, None, None, None)
    nearest = min(range(len(changes)), key=lambda i: abs(changes[i][1][1] - day))
    (origin, _), (destination, arrived) = changes[nearest]
    until = arrived + within * MONTH
    later = [code for code, start in moves[nearest + 2 :] if start <= until]
    onward = next((code for code in later[:1] if code != origin), None)
    unseen = None if observed_window(biography)[1] < until else False
    return Departure(day, origin, destination, onward, origin in later or unseen,
                     onward is not None if later else unseen)  # fmt: skip


def _number(known: bool | None) -> float:
    return float("nan") if known is None else float(known)
