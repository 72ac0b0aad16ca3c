"""The right pane: one person's life in all domains, where it stands among the others, and what was said about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import dash_mantine_components as dmc
from dash import html

from dashboard.panes import quotes, standing
from dashboard.panes.chart import CONFIG, drawing, legend_keys, table_on_demand

if TYPE_CHECKING:
    from typing import Any

    from dash.development.base_component import Component

    from dashboard.session import Board
    from trajectories.figures.figure import Figure

HEIGHT = 200
WIDTH = 380


def pane() -> html.Aside:
    return html.Aside([
        html.Div([
            dmc.Select(id="person", data=[], value=None, searchable=True, clearable=True, size="sm",
                       placeholder="Choose a person", nothingFoundMessage="nobody of that name is shown",
                       **{"aria-label": "Person"}),
            dmc.ActionIcon("‹", id="previous", variant="default", size="input-sm", n_clicks=0,
                           **{"aria-label": "Previous person"}),
            dmc.ActionIcon("›", id="next", variant="default", size="input-sm", n_clicks=0,
                           **{"aria-label": "Next person"}),
        ], id="person-choice", className="person-choice"),
        html.Div(id="person-body"),
    ], id="person-pane", className="person", tabIndex="-1", **{"aria-label": "The chosen person"})  # fmt: skip


def options(board: Board, who: str | None) -> list[dict[str, Any]]:
    """Everybody shown, by type, and whoever is open already; nobody in the privacy view."""
    if board.choices.privacy:
        return []
    names = board.findings.types.names
    groups = [(names[t], sorted(people)) for t, people in board.members.items()]
    if who and who not in board.findings.shown.ids:
        groups.append(("Not shown at present", [who]))
    return [{"group": name, "items": [{"value": one, "label": one} for one in people]} for name, people in groups]


def figure(board: Board, person: str) -> Figure:
    """The person's timeline; with sharp ends when uncertain dates are not to be shown."""
    from dashboard.privacy import sharp
    from trajectories.figures.timeline import plot_timeline

    drawn = plot_timeline(board.study, person)
    return drawn if board.choices.uncertain else sharp(drawn)


def fill(board: Board, person: str | None) -> list[Component]:
    """What the pane holds: a life, an invitation to open one, or why none is shown."""
    if board.choices.privacy:
        return [_quiet("Single lives and quotes are hidden in the privacy view.")]
    if not person:
        return _invitation(board)
    drawn = figure(board, person)
    return [
        html.Div(standing.badges(board, person), className="badges"),
        _timeline(drawn),
        html.Dl(standing.attributes(board.study, person), className="attributes"),
        html.Div(quotes.cards(board.study, person), className="quotes"),
    ]


def _timeline(drawn: Figure) -> Component:
    from dash import dcc

    graph = dcc.Graph(id="person-graph", figure=drawing(drawn, height=HEIGHT, width=WIDTH), config=CONFIG,
                      responsive="auto", className="graph")  # fmt: skip
    return html.Div([
        html.Figure([graph, html.Figcaption(drawn.summary, className="summary")]),
        html.Details([html.Summary("Colours"), html.Div(
            [html.Div([html.H3(legend.title), *legend_keys([legend])]) for legend in drawn.legends],
            className="legend-by-domain")], className="colours"),
        table_on_demand("person", "This life"),
    ], className="timeline")  # fmt: skip


def _invitation(board: Board) -> list[Component]:
    """Nobody is open: offer the life in the middle of each type."""
    types = board.findings.types
    buttons = [
        dmc.Button([html.Span(types.names[t]), html.Span(types.medoids[t], className="quiet")], id={"medoid": types.medoids[t]},
                   variant="default", size="xs", fullWidth=True, justify="space-between", n_clicks=0)
        for t, people in board.members.items() if types.medoids[t] in people
    ]  # fmt: skip
    return [
        _quiet("Click a row in the types panel, or choose a person above, to read that life with its quotes."),
        *([html.H3("Most typical lives"), html.Div(buttons, className="medoids")] if buttons else []),
    ]


def _quiet(text: str) -> Component:
    return html.P(text, className="quiet invitation")
