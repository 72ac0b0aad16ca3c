"""Lives written to the files of a study: YAML biographies, CSV tables, codebook, what was planted."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml

from sample_data.making.days import iso
from sample_data.making.lives import Flow, Happening, Life, Stretch

DOMAINS = ("location", "legal", "activism", "emotion")
EPISODE_COLUMNS = ["person", "domain", "state", "start", "end", "event_id", "quote", "document", "paragraph",
                   "coder", "confidence"]
EVENT_COLUMNS = ["person", "event", "date", "event_id", "label", "quote", "document", "paragraph", "coder",
                 "confidence"]
TIE_COLUMNS = ["person", "date", "direction", "resource", "counterpart", "infrastructure", "terms", "quote",
               "document", "paragraph"]


def put(path: Path, text: str) -> None:
    """Write text with LF line ends."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode("utf-8"))


def yaml_text(value: Any) -> str:
    """A YAML document in the order given."""
    return yaml.safe_dump(value, sort_keys=False, allow_unicode=True, width=110)


def csv_text(columns: list[str], rows: Iterable[list[str]]) -> str:
    """A CSV table with LF line ends."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return out.getvalue()


def end_text(stretch: Stretch) -> str:
    """``..`` while it goes on, nothing when forgotten, else the boundary as told."""
    if stretch.forgotten:
        return ""
    return stretch.end.text if stretch.end else ".."


def biography_text(life: Life) -> str:
    """One life as a YAML biography."""
    lines = [f"id: {life.id}", f"birth: {life.birth.text}", f"interview: {iso(life.interview)}",
             f"observed: {life.observed.text}", "attributes:"]
    lines += [f"  {name}: {_scalar(value)}" for name, value in life.attributes.items()]
    lines.append("episodes:")
    for domain in DOMAINS:
        lines.append(f"  {domain}:")
        for stretch in life.domain(domain):
            lines += _item("    ",
                           {"state": stretch.state, "when": f"{stretch.start.text}/{end_text(stretch)}",
                                    "event": stretch.start.event, **_told(stretch, life)})  # fmt: skip
    lines.append("events:")
    for event in _in_order(life.happenings):
        lines += _item("  ", {"event": event.kind, "when": event.at.text, "id": event.id,
                              "label": event.label, **_told(event, life)})
    lines.append("ties:")
    for flow in life.flows:
        lines += _item("  ", {"when": flow.at.text, "direction": flow.direction, "resource": flow.resource,
                              "counterpart": flow.counterpart, "infrastructure": flow.infrastructure,
                              "terms": flow.terms,
                              **_told(flow, life)})  # fmt: skip
    return "\n".join(lines) + "\n"


def _scalar(value: str) -> str:
    """Words that YAML would read as something else are quoted."""
    return f'"{value}"' if value in ("yes", "no", "none") else value


def _item(indent: str, fields: dict[str, str]) -> list[str]:
    lead, lines = "- ", []
    for key, value in fields.items():
        if value:
            lines.append(f"{indent}{lead}{key}: {value}")
            lead = "  "
    return lines


def _told(thing: Stretch | Happening | Flow, life: Life) -> dict[str, str]:
    quote = '"' + thing.quote.replace("\\", "\\\\").replace('"', '\\"') + '"' if thing.quote else ""
    told = {"quote": quote, "source": f"{{document: interview-{life.id}, paragraph: {thing.paragraph}}}"}
    if not isinstance(thing, Flow):
        told |= {"coder": thing.coder, "confidence": thing.confidence}
    return told


def _in_order(events: list[Happening]) -> list[Happening]:
    return sorted(events, key=lambda event: (event.at.day, event.kind))


def tables(lives: list[Life]) -> dict[str, str]:
    """The lives that are kept in tables, as the text of each file."""
    people = [[life.id, life.birth.text, iso(life.interview), life.observed.text, *life.attributes.values()]
              for life in lives]
    episodes, events, ties = [], [], []
    for life in lives:
        document = f"interview-{life.id}"
        for domain in DOMAINS:
            for s in life.domain(domain):
                episodes.append([life.id, domain, s.state, s.start.text, end_text(s), s.start.event, s.quote,
                                 document,
                                 str(s.paragraph), s.coder, s.confidence])  # fmt: skip
        for h in _in_order(life.happenings):
            events.append([life.id, h.kind, h.at.text, h.id, h.label, h.quote, document, str(h.paragraph),
                           h.coder, h.confidence])
        for f in life.flows:
            ties.append([life.id, f.at.text, f.direction, f.resource, f.counterpart, f.infrastructure,
                         f.terms, f.quote,
                         document, str(f.paragraph)])  # fmt: skip
    return {
        "persons.csv": csv_text(["id", "birth", "interview", "observed", *lives[0].attributes], people),
        "episodes.csv": csv_text(EPISODE_COLUMNS, episodes),
        "events.csv": csv_text(EVENT_COLUMNS, events),
        "ties.csv": csv_text(TIE_COLUMNS, ties),
    }
