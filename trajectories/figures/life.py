"""One person's episodes and events as a table, with the days they are drawn at."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from trajectories.coding.biography import Biography
from trajectories.coding.codebook import Domain
from trajectories.coding.dating.chronology import Stretch, beginning, shared_boundary, timeline
from trajectories.coding.study import Study

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ["kind", "domain", "state", "label", "start", "end", "start_days", "end_days", "written"]


def timeline_table(study: Study, person: str) -> pd.DataFrame:
    """The episodes and events of one person, domain by domain, with the days they are drawn at. No quotes.

    Columns kind (``episode`` or ``event``), domain, state (code as written; the kind of an event), label,
    start, end (days; end is empty when unknown, and for events), start_days, end_days (how many days each
    may be; 1 is certain, 0 is not told), and written (the dates as coded). Raises StudyError for an id the
    study does not have.
    """
    import pandas as pd

    biography = study.biography(person)
    rows = [row for domain in study.codebook.domains for row in _episodes(biography, domain)]
    return pd.DataFrame([*rows, *_events(study, biography)], columns=COLUMNS)


def coding_key(domain: str, state: str, written: str) -> str:
    """What an episode (or an event: no domain, its kind) is found by in one life: its code and dates as
    written.
    """
    return f"{domain}|{state}|{written}"


def _episodes(biography: Biography, domain: Domain) -> list[dict[str, Any]]:
    stretches = timeline(biography, domain.name)
    return [
        {
            "kind": "episode",
            "domain": domain.name,
            "state": stretch.episode.state,
            "label": _label(domain, stretch.episode.state),
            "start": dt.date.fromordinal(stretch.start),
            "end": None if stretch.end is None else dt.date.fromordinal(stretch.end),
            "start_days": begun,
            "end_days": ended,
            "written": f"{stretch.episode.start.text}/{stretch.episode.end.text}",
        }
        for stretch, (begun, ended) in zip(stretches, _widths(biography, stretches), strict=True)
    ]


def _events(study: Study, biography: Biography) -> list[dict[str, Any]]:
    return [
        {
            "kind": "event",
            "domain": "",
            "state": event.kind,
            "label": event.label or study.codebook.event_label(event.kind),
            "start": dt.date.fromordinal(event.date.point()),
            "end": None,
            "start_days": event.date.width,
            "end_days": 0,
            "written": event.date.text,
        }
        for event in biography.events
        if event.date.is_known
    ]


def _label(domain: Domain, code: str) -> str:
    return domain.state(code).label if code in domain.codes else code


def _widths(biography: Biography, stretches: tuple[Stretch, ...]) -> list[tuple[int, int]]:
    """In how many days each stretch may have begun, and may have ended."""
    events = {event.event_id: event for event in biography.events if event.event_id}
    starts = [beginning(stretch.episode, events) for stretch in stretches]
    begun = [start.width for start in starts]
    ended = [stretch.episode.end.width for stretch in stretches]
    for i in range(len(stretches) - 1):
        shared = shared_boundary(stretches[i].episode.end, starts[i + 1])
        if shared is not None:
            ended[i] = begun[i + 1] = shared[1] - shared[0] + 1
    return list(zip(begun, ended, strict=True))
