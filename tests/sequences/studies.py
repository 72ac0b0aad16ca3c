"""Small studies made in code: who was where, from when to when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from trajectories.coding.biography import Episode, Event, Person, Source
from trajectories.coding.codebook import Codebook
from trajectories.coding.dating.dates import parse_date, parse_interval
from trajectories.coding.study import DateSettings, Study

CODEBOOK = Codebook.model_validate({
    "domains": {
        "location": {"label": "Location", "states": {
            "origin": "Origin", "georgia": "Georgia",
            "germany": {"label": "Germany", "states": {"berlin": "Berlin"}},
        }},
        "legal": {"label": "Legal status", "states": {"home": "Home", "pending": "Pending"}},
    },
    "events": {"departure": {"label": "Departure"}, "arrest": {"label": "Arrest"}},
})  # fmt: skip

Coded = Mapping[str, Sequence[tuple[str, str]]]


def study(*people: tuple[str, Coded], events: Sequence[tuple[str, str, str]] = (),
          observed: str = "2020-01/2022-12", births: Mapping[str, str] | None = None,
          point: str = "midpoint") -> Study:
    """People with their episodes by domain as (state, interval), events as (person, kind, date)."""
    first, last = parse_interval(observed)
    source = Source("biographies/x.yaml", 7)
    persons = tuple(
        Person(id, source, birth=parse_date((births or {}).get(id, "")), interview=last, observed_from=first)
        for id, _ in people
    )
    episodes = tuple(
        Episode(id, domain, state, *parse_interval(when), source=source)
        for id, coded in people for domain, stretches in coded.items() for state, when in stretches
    )  # fmt: skip
    happened = tuple(Event(person, kind, parse_date(date), source) for person, kind, date in events)
    return Study("Made", Path("."), CODEBOOK, persons, episodes, happened,
                 dates=DateSettings.model_validate({"point": point}))  # fmt: skip
