"""One person's life: a lane for each domain, with fuzzy ends where dates are imprecise, and the events
above.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from textwrap import fill
from typing import TYPE_CHECKING, Any

from trajectories.coding.biography import Biography
from trajectories.coding.codebook import Domain
from trajectories.coding.dating.chronology import observed_window
from trajectories.coding.dating.dates import parse_date, parse_interval
from trajectories.coding.study import ContextEvent, Study
from trajectories.figures import style
from trajectories.figures.clock import year_ticks
from trajectories.figures.figure import Axis, Bar, Bars, Figure, Key, Legend, Panel, Point, Points, Rule
from trajectories.figures.flags import flags
from trajectories.figures.life import coding_key, timeline_table
from trajectories.figures.parts import notes
from trajectories.figures.screen_text import width_of
from trajectories.wording import joined

if TYPE_CHECKING:
    import pandas as pd

Quotes = Mapping[tuple[str, str, str], str]
"""Quotes by domain, state and dates as written."""
_BEFORE = 548
"""Days drawn before the first coded change: a year and a half."""


def plot_timeline(study: Study, person: str, *, quotes: bool = False) -> Figure:
    """Draw one person's life in every domain, with their events, and the wars of the time, along the
    calendar.

    A state's colour fades over the days in which it may have begun or ended. Life before the first coded
    change is cut off, and the note says so. ``quotes=True`` puts quotes into the hover texts (read the
    study with its quotes); they are never printed. The table is ``timeline_table``. A real person: not for
    publication. Raises StudyError for an id the study does not have.
    """
    table = timeline_table(study, person)
    biography = study.biography(person)
    drawn = tuple(domain for domain in study.codebook.domains if (table["domain"] == domain.name).any())
    low, high = _window(table, biography)
    rules = _context(study, biography, low, high)
    bars = tuple(
        _bar(episode, row, domain, high, _quotes(biography) if quotes else {})
        for row, domain in enumerate(drawn)
        for episode in table[table["domain"] == domain.name].to_dict("records")
    )
    points = Points(tuple(map(_point, table[table["kind"] == "event"].to_dict("records"))))
    panel = Panel(
        (*rules, Bars(bars, tuple(domain.label for domain in drawn)), points),
        Axis("", low, high, year_ticks(low, high, 10), "day"),
        Axis("", ticks=()),
    )
    return Figure(
        title=f"The life of {person}",
        summary=_summary(person, table, drawn),
        panels=(panel,),
        table=table,
        legends=tuple(_legend(domain, table) for domain in drawn),
        size=(7.0, 0.95 + 0.55 * len(drawn) + 0.125 * _levels(panel, low, high)),
        note=_note(table, low),
    )


def _window(table: pd.DataFrame, biography: Biography) -> tuple[float, float]:
    """From a while before the first change to the end of observation."""
    first, last = observed_window(biography)
    starts = [day.toordinal() for day in table["start"]]
    ends = [day.toordinal() for day in table["end"] if isinstance(day, dt.date)]
    openings = table[table["kind"] == "episode"].groupby("domain")["start"].min()
    known = {day.toordinal() for day in openings}
    changes = [day for day in starts if day not in known] or starts
    low = max(min(starts, default=first), min(changes, default=first) - _BEFORE)
    return float(low), float(max([last, *starts, *ends])) + 10


def _bar(episode: Mapping[Any, Any], row: int, domain: Domain, high: float, quotes: Quotes) -> Bar:
    """One episode in its lane; one whose end nobody knows fades out over the time that is left."""
    code, start, written = episode["state"], float(episode["start"].toordinal()), episode["written"]
    known = isinstance(episode["end"], dt.date)
    end = float(episode["end"].toordinal()) if known else (start + high) / 2
    said = episode["label"] if "." not in code else f"{domain.labels[domain.top(code)]}, {episode['label']}"
    told = [f"{domain.label}: {said}", _dates(written), quotes.get((domain.name, code, written), "")]
    return Bar(
        row, start, end,
        colour=domain.colours.get(domain.top(code), style.FRAME),
        text=episode["label"],
        hover="\n".join(line for line in told if line),
        fade_start=_fade(episode["start_days"]),
        fade_end=_fade(episode["end_days"]) if known else max(0.0, high - start),
        key=coding_key(domain.name, code, written),
    )  # fmt: skip


def _fade(days: int) -> float:
    return float(days) if days > 1 else 0.0


def _dates(written: str) -> str:
    """An interval in words, with the doubt it was written with."""
    start, end = parse_interval(written)
    began = f"from {start}" if start.is_known else "" if start.is_open else "beginning unknown"
    ended = f"until {end}" if end.is_known else "ongoing" if end.is_open else "end unknown"
    between = " " if start.is_known and end.is_known else ", "
    return between.join(part for part in (began, ended) if part)


def _quotes(biography: Biography) -> Quotes:
    """Quotes in lines that fit a hover."""
    return {
        (one.domain, one.state, f"{one.start.text}/{one.end.text}"): fill(f"“{one.quote}”", 56)
        for one in biography.episodes
        if one.quote
    }


def _point(event: Mapping[Any, Any]) -> Point:
    when = parse_date(event["written"])
    return Point(
        float(event["start"].toordinal()), event["label"], hover=f"{event['label']}\n{when}",
        key=coding_key("", event["state"], event["written"]),
    )  # fmt: skip


def _context(study: Study, biography: Biography, low: float, high: float) -> tuple[Rule, ...]:
    """Wars inside the window; those of a country that people of the study come from only for these people."""
    homes = {value[:2].upper() for person in study.people for value in person.attributes.values()}
    own = {value[:2].upper() for value in biography.person.attributes.values()}

    def concerns(event: ContextEvent) -> bool:
        inside = event.date.is_known and low < event.date.point() < high
        return inside and event.kind == "war" and (event.country in own or event.country not in homes)

    wars = [event for event in study.context_events if concerns(event)]
    return tuple(Rule(float(war.date.point()), war.label, dashed=True, hover=str(war.date)) for war in wars)


def _legend(domain: Domain, table: pd.DataFrame) -> Legend:
    """The states this life goes through, in the codebook's order."""
    used = {domain.top(str(code)) for code in table.loc[table["domain"] == domain.name, "state"]}
    keys = [Key(state.label, domain.colours[state.code]) for state in domain.states if state.code in used]
    return Legend(domain.label, tuple(keys))


def _levels(panel: Panel, low: float, high: float) -> int:
    """How many lines the labels of events take on paper."""
    found = flags(panel, 6.0, low, high, lambda text: width_of(text, 7.0) / 72)
    return 1 + max((flag.level for flag in found), default=-1)


def _note(table: pd.DataFrame, low: float) -> str:
    fuzzy = (table["kind"] == "episode") & ((table["start_days"] > 1) | (table["end_days"] > 1))
    cut = any(day.toordinal() < low - 1 for day in table["start"])
    year = dt.date.fromordinal(int(low)).year
    return notes(
        "Colours fade over the days in which a state may have begun or ended." if fuzzy.any() else "",
        f"Begins in {year}: nothing coded changes before." if cut else "",
    )


def _summary(person: str, table: pd.DataFrame, drawn: tuple[Domain, ...]) -> str:
    said = [f"{domain.label}: {_passed(table[table['domain'] == domain.name])}." for domain in drawn]
    events = table[table["kind"] == "event"].to_dict("records")
    told = joined([f"{event['label']} ({parse_date(event['written'])})" for event in events])
    return " ".join([f"The life of {person}.", *said, *([f"Events: {told}."] if events else [])])


def _passed(rows: pd.DataFrame, most: int = 6) -> str:
    labels = [str(label) for label in rows["label"]]
    more = f", and {len(labels) - most} more" if len(labels) > most else ""
    return ", then ".join(labels[:most]) + more
