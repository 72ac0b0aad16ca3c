"""The files of a study made of somebody else's table: one domain, its states as they were found, a plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from trajectories.coding.files.study_files import as_yaml, table_text, write_new
from trajectories.coding.qda.names import slug
from trajectories.sequences.exchange.calendar import Clock
from trajectories.sequences.grid import month_name

_COLUMNS = ("person", "domain", "state", "start", "end")
_DATES = ("birth", "interview", "observed")


class FoundStudy(NamedTuple):
    """What a table says, as a study has it: states are still called as in the table."""

    title: str
    domain: str
    states: Sequence[str]
    people: Mapping[str, Mapping[str, str]]
    """Birth, interview, observed, and attributes of each person."""
    episodes: Sequence[tuple[str, str, str, str]]
    """Person, state, start, end."""
    plan: Mapping[str, Any]


def write_found(study: FoundStudy, folder: Path) -> None:
    """Write the study into a folder that has none of its files yet.

    States and attributes get codes of small letters; what they were called is their label. Raises StudyError
    where something is there already.
    """
    codes = free_codes(study.states)
    attributes = list(dict.fromkeys(name for row in study.people.values() for name in row
                                    if name not in _DATES))  # fmt: skip
    named = free_codes(attributes, taken=("id", *_DATES))
    persons = [{"id": person} | {named.get(name, name): text for name, text in row.items()}
               for person, row in study.people.items()]  # fmt: skip
    rows = [dict(zip(_COLUMNS, (person, study.domain, codes[state], start, end), strict=True))
            for person, state, start, end in study.episodes]  # fmt: skip
    label = study.domain.replace("_", " ").capitalize()
    states = {codes[state]: {"label": state} for state in study.states}
    book: dict[str, Any] = {"title": f"{study.title}: states as found",
                            "domains": {study.domain: {"label": label, "states": states}}}  # fmt: skip
    if attributes:
        book["attributes"] = {named[name]: {"label": name} for name in attributes}
    tables = {"persons": "persons.csv", "episodes": "episodes.csv"}
    write_new(folder, {
        "study.yaml": as_yaml({"title": study.title, "codebook": "codebook.yaml", "tables": tables,
                               "plan": "plan.yaml"}),
        "codebook.yaml": as_yaml(book),
        "plan.yaml": as_yaml(study.plan),
        "persons.csv": table_text(["id", *_DATES, *named.values()], persons),
        "episodes.csv": table_text(_COLUMNS, rows),
    })  # fmt: skip


def plan_on(clock: Clock, length: int, people: int) -> dict[str, Any]:
    """An analysis on the clock of the table, to begin with."""
    end = month_name(clock.first + length * clock.months - 1)
    return {"grid": {"start": month_name(clock.first), "end": end, "step": clock.step},
            "people": {"complete": False},
            "types": {"k": max(2, min(4, people // 5)), "quality": [2, max(2, min(10, people - 1))]},
            "figures": ["distribution", "index", "types", "quality"]}  # fmt: skip


def free_codes(names: Sequence[str], taken: Sequence[str] = ()) -> dict[str, str]:
    """A code for each name, different from all others."""
    codes: dict[str, str] = {}
    for name in names:
        own = slug(name)
        there = {*codes.values(), *taken}
        free = (f"{own}_{i}" for i in range(2, len(there) + 3))
        codes[name] = own if own not in there else next(one for one in free if one not in there)
    return codes
