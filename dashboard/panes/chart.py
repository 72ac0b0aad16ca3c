"""A chart on the page: its heading, its drawing, its words for those who cannot see it, and its table on demand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import dash_mantine_components as dmc
from dash import dcc, html

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dash.development.base_component import Component

    from trajectories.figures.figure import Figure, Legend

CONFIG = {"showSendToCloud": False, "displaylogo": False, "displayModeBar": False, "doubleClick": False,
          "scrollZoom": False, "responsive": True, "plotlyServerURL": "", "showTips": False}  # fmt: skip
"""No "Share chart" anywhere: what is drawn stays on this machine."""

FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'Liberation Sans', Arial, sans-serif"
_PIXELS_PER_INCH = 96
_USUAL_WIDTH = 960
NO_FIGURE: dict[str, Any] = {"data": [], "layout": {"xaxis": {"visible": False}, "yaxis": {"visible": False}}}


def graph(name: str) -> dcc.Graph:
    """An empty chart that fills the width it is given."""
    return dcc.Graph(id=f"{name}-graph", figure=NO_FIGURE, config=CONFIG, responsive="auto", className="graph")


def card(name: str, title: str, *children: Component) -> html.Section:
    """A panel of the middle: heading with sentence and statistic, legend, chart, words, table on demand."""
    return html.Section(
        id=f"{name}-card",
        className="card",
        **{"aria-labelledby": f"{name}-title"},
        children=[
            html.Header([
                html.H2(title, id=f"{name}-title"),
                html.P(id=f"{name}-sentence", className="sentence"),
                html.P(id=f"{name}-statistic", className="statistic"),
            ], className="card-head"),
            html.Div(id=f"{name}-legend", className="legend"),
            html.Figure([graph(name), html.Figcaption(id=f"{name}-summary", className="summary")]),
            *children,
            table_on_demand(name, title),
        ],
    )  # fmt: skip


def table_on_demand(name: str, title: str) -> html.Div:
    """A button that opens what is drawn as a table; the table is made when it is opened."""
    return html.Div([
        dmc.Button("Show as table", id={"open": name}, variant="subtle", size="compact-xs", n_clicks=0,
                   className="table-button", **{"aria-label": f"{title}: show as table"}),
        html.Div(id={"table": name}),
    ], className="on-demand")  # fmt: skip


def drawing(figure: Figure, *, height: int, width: int) -> Any:
    """The figure as Plotly draws it here, ``height`` pixels for its axes; title and legend are the page's own."""
    from dataclasses import replace

    bare = replace(figure, title="", legends=(), note="", size=(figure.size[0], height / _PIXELS_PER_INCH))
    drawn = bare.screen(width=width or _USUAL_WIDTH, title=False)
    drawn.update_xaxes(fixedrange=True)
    drawn.update_yaxes(fixedrange=True)
    return drawn.update_layout(paper_bgcolor="rgba(0,0,0,0)", font_family=FONT, dragmode=False, showlegend=False)


def legend_keys(legends: Sequence[Legend]) -> list[Component]:
    """The legend as text beside its colours, once for a card."""
    return [
        html.Ul([html.Li([html.Span(className="swatch", style={"backgroundColor": key.colour}), key.label])
                 for key in legend.keys], **{"aria-label": legend.title})
        for legend in legends
    ]  # fmt: skip
