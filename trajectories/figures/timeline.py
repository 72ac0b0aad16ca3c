"""One person's life: a lane for each domain, with fuzzy ends where dates are imprecise, and the events
above.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from trajectories.coding.biography import Biography
from trajectories.coding.chronology import (
    Stretch, beginning, observed_window, shared_boundary, timeline,
)  # fmt: skip
from trajectories.coding.codebook import Domain
from trajectories.coding.study import ContextEvent, Study
from trajectories.figures.clock import year_ticks
from trajectories.figures.figure import Axis, Bar, Bars, Figure, Key, Legend, Panel, Point, Points, Rule
from trajectories.figures.flags import flags
from trajectories.figures.screen_text import width_of
from trajectories.figures.words import joined

if TYPE_CHECKING:
    import pandas as pd

_YEAR = 365.25


def plot_timeline(study: Study, person: str, *, quotes: bool = False) -> Figure:
    """Draw one person's life in every domain, with their events, and what happened to everybody, along
    the calendar.

    A state's colour fades over the days in which it may have begun or ended. Life before the first coded
    change is cut off, and the note says so. ``quotes=True`` puts quotes into the hover texts (read the
    study with its quotes); they are never printed. The table is ``timeline_table``. A real person: not for
    publication. Raises StudyError for an id the study does not have.
    """
    table = timeline_table(study, person)
    biography = study.biography(person)
    drawn = [domain for domain in study.codebook.domains if (table["domain"] == domain.name).any()]
    low, high = _window(table, biography)
    bars = _bars(table, drawn, high, _quotes(biography) if quotes else {})
    rules = _context(study, biography, low, high)
    points = Points(tuple(_point(row) for row in table[table["kind"] == "event"].to_dict("records")))
    panel = Panel(
        (*rules, Bars(bars, tuple(domain.label for domain in drawn)), points),
        Axis("", low, high, year_ticks(low, high, 10), "day"), Axis("", ticks=()),
    )  # fmt: skip
    waving = flags(panel, 6.0, low, high, lambda text: width_of(text, 7.0) / 72)
    levels = 1 + max((flag.level for flag in waving), default=-1)
    return Figure(
        title=f"The life of {person}", summary=_summary(biography, table, drawn), panels=(panel,), table=table,
        legends=tuple(_legend(domain, table) for domain in drawn),
        size=(7.0, 0.95 + 0.36 * len(drawn) + 0.125 * levels + 0.19 * len(drawn)),
        note=_note(table, low),
    )  # fmt: skip


def timeline_table(study: Study, person: str) -> pd.DataFrame:
    """The episodes and events of one person in the order drawn, with the days they are drawn at.

    Columns kind (``episode`` or ``event``), domain, state (code as written; the kind of an event), label,
    start, end (days; end is empty when unknown, and for events), start_days, end_days (how many days each
    may be; 1 is certain), and written (the dates as coded). No quotes.
    """
    import pandas as pd

    biography = study.biography(person)
    rows = [row for domain in study.codebook.domains for row in _episode_rows(biography, domain)]
    labels = {kind.name: kind.label for kind in study.codebook.events}
    for event in biography.events:
        if event.date.is_known:
            day = dt.date.fromordinal(event.date.point(study.dates.point))
            rows.append({"kind": "event", "domain": "", "state": event.kind, "start": day, "end": None,
                         "label": event.label or labels.get(event.kind, event.kind), "start_days": event.date.width,
                         "end_days": 0, "written": event.date.text})  # fmt: skip
    columns = ["kind", "domain", "state", "label", "start", "end", "start_days", "end_days", "written"]
    return pd.DataFrame(rows, columns=columns)


def _episode_rows(biography: Biography, domain: Domain) -> list[dict[str, object]]:
    stretches = timeline(biography, domain.name)
    widths = _widths(biography, stretches)
    rows = []
    for i, stretch in enumerate(stretches):
        code, end = stretch.episode.state, stretch.end
        label = domain.state(code).label if code in domain.codes else code
        written = f"{stretch.episode.start.text}/{stretch.episode.end.text}"
        rows.append({"kind": "episode", "domain": domain.name, "state": code, "label": label,
                     "start": dt.date.fromordinal(stretch.start),
                     "end": None if end is None else dt.date.fromordinal(end),
                     "start_days": widths[i][0], "end_days": widths[i][1], "written": written})  # fmt: skip
    return rows


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


def _window(table: pd.DataFrame, biography: Biography) -> tuple[float, float]:
    """From a year and a half before the first change to the end of observation, both inside what was
    observed.
    """
    first, last = observed_window(biography)
    days = [day.toordinal() for day in table["start"]]
    high = max([last, *days, *(day.toordinal() for day in table["end"] if isinstance(day, dt.date))])
    changes = [day for day in days if day > min(days) + 1] or days
    firsts = table[table["kind"] == "episode"].groupby("domain")["start"].min()
    openings = {day.toordinal() for day in firsts}
    told = [day for day in changes if day not in openings] or changes
    low = max(min(days, default=first), min(told, default=first) - 1.5 * _YEAR)
    return float(low), float(high) + 10


def _bars(table: pd.DataFrame, drawn: list[Domain], high: float, quotes: dict[tuple[str, str, str], str]) -> tuple[Bar, ...]:
    bars = []
    for row, domain in enumerate(drawn):
        for episode in table[table["domain"] == domain.name].to_dict("records"):
            code, start = str(episode["state"]), float(episode["start"].toordinal())
            known = isinstance(episode["end"], dt.date)
            end = float(episode["end"].toordinal()) if known else (start + high) / 2
            label, top = str(episode["label"]), domain.labels.get(domain.top(code), "")
            said = label if "." not in code else f"{top}: {label}"
            quote = quotes.get((domain.name, code, str(episode["written"])), "")
            bars.append(Bar(
                row, start, end, domain.colours.get(domain.top(code), "#868e96"), text=label,
                hover="\n".join(filter(None, [f"{domain.label}: {said}", _dates(str(episode["written"])), quote])),
                fade_start=_fade(int(episode["start_days"])), fade_end=_fade(int(episode["end_days"])) if known else high - start,
            ))  # fmt: skip
    return tuple(bars)


def _fade(days: int) -> float:
    return float(days) if days > 1 else 0.0


def _dates(written: str) -> str:
    from trajectories.coding.dates import parse_interval

    start, end = parse_interval(written)
    if start.is_open:
        return f"until {end}" if end.is_known else "all the time"
    return f"from {start}" + (f" until {end}" if end.is_known else f", end {end}" if end.is_unknown else ", ongoing")


def _quotes(biography: Biography) -> dict[tuple[str, str, str], str]:
    """Quotes by domain, state and dates as written, in lines that fit a hover."""
    from textwrap import fill

    return {
        (e.domain, e.state, f"{e.start.text}/{e.end.text}"): fill(f"“{e.quote}”", 56)
        for e in biography.episodes if e.quote
    }  # fmt: skip


def _point(row: dict[str, object]) -> Point:
    start = row["start"]
    assert isinstance(start, dt.date)
    from trajectories.coding.dates import parse_date

    label = str(row["label"])
    return Point(float(start.toordinal()), label, hover=f"{label}\n{parse_date(str(row['written']))}")


def _context(study: Study, biography: Biography, low: float, high: float) -> tuple[Rule, ...]:
    """Wars inside the window; those of a country that people of the study come from, only for these people."""
    homes = {value[:2].upper() for person in study.people for value in person.attributes.values()}
    own = {value[:2].upper() for value in biography.person.attributes.values()}

    def concerns(event: ContextEvent) -> bool:
        inside = event.date.is_known and low < event.date.point() < high
        return inside and event.kind == "war" and (event.country in own or event.country not in homes)

    return tuple(Rule(float(event.date.point()), event.label, dashed=True, hover=str(event.date))
                 for event in study.context_events if concerns(event))  # fmt: skip


def _legend(domain: Domain, table: pd.DataFrame) -> Legend:
    used = {domain.top(str(code)) for code in table.loc[table["domain"] == domain.name, "state"]}
    return Legend(domain.label, tuple(Key(s.label, domain.colours[s.code]) for s in domain.states if s.code in used))


def _note(table: pd.DataFrame, low: float) -> str:
    fuzzy = ((table["start_days"] > 1) | (table["end_days"] > 1)) & (table["kind"] == "episode")
    cut = any(day.toordinal() < low - 1 for day in table["start"])
    year = dt.date.fromordinal(int(low)).year
    return " ".join(filter(None, [
        "Colours fade over the days in which a state may have begun or ended." if fuzzy.any() else "",
        f"Begins in {year}: nothing coded changes before." if cut else "",
    ]))  # fmt: skip


def _summary(biography: Biography, table: pd.DataFrame, drawn: list[Domain]) -> str:
    parts = []
    for domain in drawn:
        rows = table[table["domain"] == domain.name].to_dict("records")
        shown = [str(row["label"]) for row in rows]
        parts.append(f"{domain.label}: {', then '.join(shown[:6])}" + (f" and {len(shown) - 6} more" if len(shown) > 6 else ""))
    events = [f"{row['label']} ({row['written']})" for row in table[table["kind"] == "event"].to_dict("records")]
    said = f" Events: {joined(events)}." if events else ""
    return f"{biography.id}. " + ". ".join(parts) + "." + said

