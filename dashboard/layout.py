"""The page as it is first built: top line, three panes, and the few values that tie them together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import dash_mantine_components as dmc
from dash import dcc, html

from dashboard.controls import query_of
from dashboard.panes import cohorts, descriptions, person, quality, trust, types, types_by_cohort
from dashboard.panes.header import header
from dashboard.panes.settings import settings

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.controls import Choices
    from dashboard.session import Session

THEME = {
    "primaryColor": "indigo",
    "fontFamily": "inherit",
    "defaultRadius": "md",
    "components": {"Select": {"defaultProps": {"comboboxProps": {"shadow": "md"}}}},
}


_PREPARING = ("Lives are being compared, each with each. The first time on a machine this takes longer: the "
              "programme is prepared for its processor.")  # fmt: skip


def layout(session: Session, choices: Choices) -> dmc.MantineProvider:
    """The whole page, its controls standing at ``choices``."""
    return dmc.MantineProvider(forceColorScheme="light", theme=THEME, children=[
        html.A("Skip to the chosen person", href="#person-pane", className="skip"),
        header(session.study.title, choices, session.offers),
        html.Main([
            settings(choices, session.offers, session.base),
            html.Div(_middle(session), id="middle", className="middle"),
            person.pane(),
        ], className="panes"),
        dcc.Store(id="view", data=query_of(choices, session.start)),
        dcc.Store(id="widths", data=[0, 0]),
    ])  # fmt: skip


def _middle(session: Session) -> list[Component]:
    return [
        html.Div(id="legend", className="legend-strip"),
        html.Div(html.P(_PREPARING, className="preparing", role="status"), id="alert"),
        html.Div([
            *([cohorts.pane()] if session.offers.schemes else []),
            types.pane(),
            descriptions.pane(),
            *([types_by_cohort.pane()] if session.offers.schemes else []),
            quality.pane(),
            trust.pane(session),
        ], id="cards", className="cards waiting"),
    ]  # fmt: skip
