"""The top line: whose data this is, which domain is looked at, privacy, reset, export."""

from __future__ import annotations

from typing import TYPE_CHECKING

import dash_mantine_components as dmc
from dash import dcc, html

from dashboard.panes.aria import aria
from dashboard.panes.inputs import options, segmented
from trajectories.disclosure.small_groups import FEWEST

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.controls import Choices
    from dashboard.offers import Offers

FORMATS = (("pdf", "PDF, for print"), ("svg", "SVG, to edit"), ("png", "PNG, for slides"))

_LOCAL = "This machine serves the page to itself; nothing is asked of any other, and nothing is sent to one."
_PRIVACY = f"Hides groups of fewer than {FEWEST} people, single lives and all quotes."


def header(title: str, choices: Choices, offers: Offers) -> html.Header:
    """Name, badge, domains in the middle, and what concerns the whole page at the right."""
    return html.Header([
        html.Div([
            html.H1("Trajectories"),
            html.Span("local only · offline", className="badge local", title=_LOCAL),
            html.P(title, className="study-title", title=title),
        ], className="brand"),
        segmented("domain", "Domain of life", options(offers.domains), choices.domain, size="sm"),
        html.Div([
            dmc.Switch(id="privacy", label="Privacy view", checked=choices.privacy, size="sm",
                       wrapperProps={"title": _PRIVACY}),
            dmc.Button("Reset", id="reset", variant="default", size="xs", n_clicks=0),
            _export(),
        ], className="tools"),
        html.Div(id="busy", className="busy", role="status", **aria(live="polite")),
    ], className="top")  # fmt: skip


def _export() -> Component:
    """Files to take along, folded away; a click elsewhere or Escape folds them again."""
    formats = [html.Button(label, id={"export": ending}, n_clicks=0) for ending, label in FORMATS]
    plan = html.Button("Plan (YAML), to run again", id={"export": "yaml"}, n_clicks=0)
    return html.Div([
        html.Details([
            html.Summary("Export", id="export"),
            html.Div([html.P("The figure of types"), *formats, html.P("What the controls say"), plan]),
        ], className="menu"),
        dcc.Download(id="download"),
    ])  # fmt: skip
