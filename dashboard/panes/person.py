"""The right pane: one life in all domains, where it stands among the others, and what was said about it."""

from __future__ import annotations

from dataclasses import replace
from textwrap import wrap
from typing import TYPE_CHECKING, Any

import dash_mantine_components as dmc
from dash import html

from dashboard.panes import beside, quotes, standing
from dashboard.panes.aria import aria
from dashboard.panes.chart import drawing, graph, in_words, legend_of
from trajectories.figures.figure import Bar, Bars, Mark, Points

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.controls import Choices
    from dashboard.session import Board
    from trajectories.coding.study import Study
    from trajectories.figures.figure import Figure, Panel

HEIGHT = 150
WIDTH = 384
HOVER = 40
"""Letters of a line under the pointer."""
_HIDDEN = "Single lives and quotes are hidden in the privacy view."


def pane() -> html.Aside:
    return html.Aside([
        html.Div([
            dmc.Select(id="person", data=[], value=None, searchable=True, clearable=True, size="sm",
                       placeholder="Choose a person",
                       selectFirstOptionOnChange=True, selectFirstOptionOnDropdownOpen=True,
                       nothingFoundMessage="nobody of that name is shown",
                       **aria(label="Person")),
            dmc.ActionIcon("‹", id="previous", variant="default", size="input-sm", n_clicks=0,
                           **aria(label="Previous person")),
            dmc.ActionIcon("›", id="next", variant="default", size="input-sm", n_clicks=0,
                           **aria(label="Next person")),
        ], id="person-choice", className="person-choice"),
        html.Div(id="person-body"),
    ], id="person-pane", className="person", tabIndex="-1", **aria(label="The chosen person"))  # fmt: skip


def options(board: Board, who: str | None) -> list[dict[str, Any]]:
    """Everybody shown, by type, and whoever is open already; nobody in the privacy view."""
    if board.choices.privacy:
        return []
    names = board.findings.types.names
    groups = [(names[t], sorted(set(people))) for t, people in board.members.items()]
    if who and who not in board.findings.shown.ids:
        groups.append(("Not shown at present", [who]))
    return [{"group": name, "items": [{"value": one, "label": one} for one in people]}
            for name, people in groups]  # fmt: skip


def everybody(study: Study, choices: Choices) -> list[dict[str, Any]]:
    """Whoever is in the study, where there are no types to sort them by; nobody in the privacy view."""
    people = [] if choices.privacy else [{"value": one, "label": one} for one in study.ids]
    return [{"group": "Everybody in the study", "items": people}] if people else []


def figure(study: Study, person: str) -> Figure:
    """The person's timeline."""
    from trajectories.figures.timeline import plot_timeline

    return plot_timeline(study, person)


def _drawn(study: Study, choices: Choices, shown: Figure, person: str, width: int) -> dict[str, Any]:
    """The timeline as Plotly draws it in this narrow pane: few labels, all others where the pointer is."""
    kinds = {choices.since, *(scheme.event for scheme in study.cohorts.values())}
    events = study.biography(person).events
    days = {event.date.point() for event in events if event.kind in kinds and event.date.is_known}
    panels = tuple(_for_narrow(panel, days, sharp=not choices.uncertain) for panel in shown.panels)
    return drawing(replace(shown, panels=panels), height=HEIGHT, width=width or WIDTH)


def _for_narrow(panel: Panel, days: set[int], *, sharp: bool) -> Panel:
    """The panel with labels for the moments on ``days`` only; if ``sharp``, with bars that do not fade."""
    marks: list[Mark] = []
    for mark in panel.marks:
        if isinstance(mark, Points):
            bare = (replace(point, label="", hover=point.hover or point.label) for point in mark.points)
            points = zip(mark.points, bare, strict=True)
            marks.append(Points(tuple(point if point.x in days else other for point, other in points)))
        elif isinstance(mark, Bars):
            marks.append(replace(mark, bars=tuple(_narrow_bar(bar, sharp=sharp) for bar in mark.bars)))
        else:
            marks.append(mark)
    return replace(panel, marks=tuple(marks))


def _narrow_bar(bar: Bar, *, sharp: bool) -> Bar:
    """The bar with a hover that fits the pane; if ``sharp``, without fading."""
    hover = "\n".join(line for part in bar.hover.split("\n") for line in wrap(part, HOVER))
    return replace(bar, hover=hover, fade_start=0.0, fade_end=0.0) if sharp else replace(bar, hover=hover)


def fill(board: Board, person: str | None, width: int) -> list[Component]:
    """What the pane holds: a life and where it stands, an invitation to open one, or why none is shown."""
    study, choices = board.study, board.choices
    if choices.privacy:
        return [_quiet(_HIDDEN)]
    if not person:
        return _invitation(board)
    return [
        html.Div(standing.badges(board, person), className="badges"),
        *_timeline(study, choices, person, width),
        *beside.offer(board, person),
        *_sources(study, person),
    ]


def alone(study: Study, choices: Choices, person: str | None, width: int) -> list[Component]:
    """What the pane holds where there is no analysis to place a life in: the life, as it was coded."""
    if choices.privacy:
        return [_quiet(_HIDDEN)]
    if person not in study.ids:
        return [_quiet("Choose a person above to read that life and its quotes.")]
    return [*_timeline(study, choices, person, width), *_sources(study, person)]


def _timeline(study: Study, choices: Choices, person: str, width: int) -> list[Component]:
    """The chart, which stays in sight while the quotes scroll, and what goes with it."""
    shown = figure(study, person)
    on_screen = _drawn(study, choices, shown, person, width)
    return [
        html.Figure(graph("person", on_screen), className="timeline", **aria(describedby="person-summary")),
        html.P(shown.note, className="note"),
        html.Div([
            html.Details([html.Summary("Colours"), *map(legend_of, shown.legends)], className="in-words"),
            in_words("person", "This life", shown.summary),
        ], className="unfold"),
    ]  # fmt: skip


def _sources(study: Study, person: str) -> list[Component]:
    """Who the person is, and what was said."""
    return [standing.about(study, person), *quotes.said_by(study, person)]


def _invitation(board: Board) -> list[Component]:
    """Nobody is open: offer the life in the middle of each type."""
    types = board.findings.types
    buttons = [
        dmc.Button([html.Span(types.names[t]), html.Span(types.medoids[t], className="quiet")],
                   id={"open_life": types.medoids[t], "from": "medoids"}, variant="default", size="xs",
                   fullWidth=True, n_clicks=0)
        for t, people in board.members.items() if types.medoids[t] in people
    ]  # fmt: skip
    return [
        _quiet("Click a row in the types panel, or choose a person above, to read that life and its quotes."),
        *([html.H3("Most typical lives"), html.Div(buttons, className="medoids")] if buttons else []),
    ]


def _quiet(text: str) -> Component:
    return html.P(text, className="quiet invitation")
