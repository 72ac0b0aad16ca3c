"""One life beside the one that stands for its type: month by month, why they are as unlike as they are."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import dash_mantine_components as dmc
from dash import html

from dashboard.panes.aria import aria
from dashboard.panes.chart import drawing, graph, legend_of

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.session import Board
    from trajectories.alignment.explaining.alignment import Alignment
    from trajectories.sequences.sequences import Sequences

HEIGHT = 104
"""Pixels for each domain."""


def offer(board: Board, person: str) -> list[Component]:
    """The question, to be pressed; nothing for who is not analysed, or is that life."""
    types = board.findings.types
    if person not in types.ids or person in types.medoids:
        return []
    ask = dmc.Button("Compare with the most typical life of this type", id="beside-ask", variant="light",
                     size="compact-xs", n_clicks=0)  # fmt: skip
    return [html.Div([ask, html.Div(id="beside", **aria(live="polite"))], className="beside")]


def fill(board: Board, person: str, width: int) -> list[Component]:
    """Both lives with what joins them, and the same in words; domain by domain where each is compared alone.

    Raises TrajectoriesError for measures that have no alignment.
    """
    from trajectories.findings.measures import explained

    findings = board.findings
    medoid = findings.types.medoids[findings.types.type_of(person)]
    found = explained(findings.aligned, findings.costs, findings.plan.measure, person, medoid)
    return [part for number, pair in enumerate(found) for part in _drawn(*pair, number, width)]


def _drawn(lives: Sequences, alignment: Alignment, number: int, width: int) -> list[Component]:
    from trajectories.figures.alignment import plot_alignment

    shown, summary = plot_alignment(lives, alignment), f"beside-summary-{number}"
    narrow = tuple(replace(panel, subtitle=panel.subtitle.partition(":")[0]) for panel in shown.panels)
    on_screen = drawing(replace(shown, panels=narrow), height=HEIGHT * len(narrow), width=width)
    return [
        html.Figure(graph(f"beside-{number}", on_screen), **aria(describedby=summary)),
        html.P(shown.note, className="note"),
        html.Div([
            html.Details([html.Summary("Colours"), *map(legend_of, shown.legends)], className="in-words"),
            html.Details([html.Summary("Step by step"),
                          html.Ul([html.Li(said) for said in alignment.sentences()], id=summary)],
                         className="in-words"),
        ], className="unfold"),
    ]  # fmt: skip
