"""Where the studies made for testing are, and lives written in a few lines."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from trajectories.coding.biography import Biography, Episode, Event, Person, Source
from trajectories.coding.dating.dates import parse_date, parse_interval

MATERIAL = Path(__file__).parent.parent / "material"


def changed(one: Any, **fields: Any) -> Any:
    """Anything coded, with some of it changed: episodes and sources are tuples, the others dataclasses."""
    return one._replace(**fields) if hasattr(one, "_replace") else replace(one, **fields)


def life(
    *episodes: str, birth: str = "", interview: str = "", observed: str = "", events: tuple[str, ...] = ()
) -> Biography:
    """A life in ``location``: episodes ``state start/end [event_id]``, events ``kind date [id]``."""
    here = Source("here.yaml", 1)
    person = Person("P", here, parse_date(birth), parse_date(interview), parse_date(observed))
    coded = []
    for text in episodes:
        state, when, *event_id = text.split(" ")
        start, end = parse_interval(when)
        coded.append(Episode("P", "location", state, start, end, here, event_id="".join(event_id)))
    moments = []
    for text in events:
        kind, when, *event_id = text.split(" ")
        moments.append(Event("P", kind, parse_date(when), here, event_id="".join(event_id)))
    return Biography(person, tuple(sorted(coded, key=lambda e: e.begins_near)), tuple(moments), ())
