"""What was said: the quotes of one person, read from the files only now, in the order of the life."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import dash_mantine_components as dmc
from dash import html

from trajectories.coding.biography import Episode, Event, Tie
from trajectories.figures.life import coding_key

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from trajectories.coding.codebook import Codebook
    from trajectories.coding.study import Study

_NEUTRAL = "#5c636a"
_SERIES = ("#1c6bb0", "#0b7285", "#b35900", "#862e9c", "#5f6b2d", "#a61e4d")


def said_by(study: Study, person: str) -> list[Component]:
    """How many quotes there are, a switch between domains, and the quotes in the order of the life."""
    found = cards(study, person)
    if not found:
        return [html.P("No quotes are coded for this person.", className="quiet")]
    kinds = Counter(card.kind for card in found)
    labels = {domain.name: domain.label for domain in study.codebook.domains} | {"": "Other"}
    offered = [{"value": "all", "label": f"All {len(found)}"}]
    offered += [{"value": kind or "other", "label": f"{label} {kinds[kind]}"}
                for kind, label in labels.items() if kinds[kind]]  # fmt: skip
    return [
        html.Div([html.H3("Quotes"), dmc.ChipGroup([
            dmc.Chip(one["label"], value=one["value"], size="xs", variant="outline") for one in offered
        ], id="quotes-of", value="all", multiple=False)], className="quotes-head"),
        html.Div([card.drawn for card in found], id="quotes", className="quotes"),
    ]  # fmt: skip


@dataclass(frozen=True)
class Card:
    """One quote as it stands on the page, and its domain (empty for an event or a support tie)."""

    kind: str
    drawn: Component


def cards(study: Study, person: str) -> list[Card]:
    """One card a quote: a stripe in the domain's colour, what was said, its source, its dates as written."""
    from trajectories.coding.files.read_study import read_quotes

    said = read_quotes(study, person)
    life = study.biography(person)
    codings: list[Episode | Event | Tie] = sorted((*life.episodes, *life.events, *life.ties), key=_first_day)
    return [_card(study.codebook, coding, text) for coding in codings
            if (text := said.get((coding.source.file, coding.source.line)))]  # fmt: skip


def colour_of(codebook: Codebook, domain: str) -> str:
    """The colour that stands for a domain: the codebook's own, or one of a dark series."""
    for i, known in enumerate(codebook.domains):
        if known.name == domain:
            return known.colour or _SERIES[i % len(_SERIES)]
    return _NEUTRAL


def _card(codebook: Codebook, coding: Episode | Event | Tie, text: str) -> Card:
    tag, domain, what, when = _told(codebook, coding)
    key = _key(coding)
    name = html.Button(what, className="shows", title="Show in the timeline") if key else html.Span(what)
    return Card(domain, html.Blockquote([
        html.Div([html.Span(tag, className="tag"), html.Span(_place(coding), className="source")],
                 className="quote-head"),
        html.P(f"“{text.strip()}”"),
        html.Footer([name, html.Time(when)]),
    ], className="quote", style={"--stripe": colour_of(codebook, domain)},
       **_data(of=domain or "other", key=key)))  # fmt: skip


def _data(**values: str) -> dict[str, Any]:
    return {f"data-{name}": value for name, value in values.items()}


def _key(coding: Episode | Event | Tie) -> str:
    """What the timeline knows it by; empty for a support tie, which has no place there."""
    if isinstance(coding, Episode):
        return coding_key(coding.domain, coding.state, f"{coding.start.text}/{coding.end.text}")
    return coding_key("", coding.kind, coding.date.text) if isinstance(coding, Event) else ""


def _told(codebook: Codebook, coding: Episode | Event | Tie) -> tuple[str, str, str, str]:
    """Tag, domain, what is coded, and when, of an episode, an event or a tie."""
    if isinstance(coding, Episode):
        domain = codebook.domain(coding.domain)
        when = f"{coding.start.text or '?'} to {coding.end.text or '?'}"
        return domain.label, coding.domain, _state(codebook, coding.domain, coding.state), when
    if isinstance(coding, Event):
        return "Event", "", coding.label or codebook.event_label(coding.kind), coding.date.text
    what = f"{coding.resource} {coding.direction}, {coding.counterpart}".replace("_", " ")
    return "Support", "", what, coding.date.text


def _state(codebook: Codebook, domain: str, code: str) -> str:
    """The labels along a dotted code: ``georgia.tbilisi`` is "Georgia, Tbilisi"."""
    steps = code.split(".")
    known = codebook.domain(domain)
    return ", ".join(known.state(".".join(steps[: i + 1])).label for i in range(len(steps)))


def _place(coding: Episode | Event | Tie) -> str:
    source = coding.source
    paragraph = f"¶ {source.paragraph}" if source.paragraph else ""
    return ", ".join(filter(None, (source.document, paragraph)))


def _first_day(coding: Episode | Event | Tie) -> int:
    date = coding.start if isinstance(coding, Episode) else coding.date
    return date.earliest or 0
