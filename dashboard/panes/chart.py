"""A chart on the page: heading, drawing, words for those who cannot see it, and its table on demand."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import dash_mantine_components as dmc
from dash import dcc, html

from dashboard.panes.aria import aria

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from trajectories.figures.figure import Figure, Legend

CONFIG: Any = {"showSendToCloud": False, "displaylogo": False, "displayModeBar": False, "doubleClick": False,
          "scrollZoom": False, "responsive": True, "plotlyServerURL": "", "showTips": False}  # fmt: skip
"""No "Share chart" anywhere: what is drawn stays on this machine."""

FONT = "-apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Helvetica Neue', Arial, sans-serif"
_USUAL_WIDTH = 960
NO_FIGURE: dict[str, Any] = {"data": [], "layout": {"xaxis": {"visible": False}, "yaxis": {"visible": False}}}


def graph(name: str, figure: Any = NO_FIGURE) -> dcc.Graph:
    """A chart that fills the width it is given; empty until it is filled."""
    return dcc.Graph(id=f"{name}-graph", figure=figure, config=CONFIG, responsive="auto", className="graph")


def card(name: str, title: str, *children: Component) -> html.Section:
    """A panel of the middle: heading with sentence and statistic, chart, words, table on demand."""
    return html.Section(
        id=f"{name}-card",
        className="card",
        **aria(labelledby=f"{name}-title"),
        children=[
            html.Header([
                html.H2(title, id=f"{name}-title"),
                html.P(id=f"{name}-statistic", className="statistic"),
                html.P(id=f"{name}-sentence", className="sentence"),
            ], className="card-head"),
            html.Figure(graph(name), **aria(describedby=f"{name}-summary")),
            *children,
            foot(name, title),
        ],
    )  # fmt: skip


def foot(name: str, title: str) -> html.Div:
    """Under a chart: its note at the left, its words and numbers at the right."""
    note = html.P(id=f"{name}-note", className="note")
    return html.Div([note, in_words(name, title)], className="card-foot")


def in_words(name: str, title: str, summary: str = "") -> html.Details:
    """What the chart shows, in words, and as a table that is made when it is asked for."""
    return html.Details([
        html.Summary("In words and numbers", **aria(label=f"{title}: in words and numbers")),
        html.P(summary, id=f"{name}-summary", className="summary"),
        dmc.Button("Show as table", id={"open": name}, variant="light", size="compact-xs", n_clicks=0),
        html.Div(id={"table": name}),
    ], className="in-words")  # fmt: skip


def drawing(figure: Figure, *, height: int, width: int) -> dict[str, Any]:
    """The figure as plotly.js draws it here, ``height`` pixels for its axes.

    Title, legend and note are left to the page around it.
    """
    bare = replace(figure, title="", legends=(), note="")
    drawn = bare.plain(width=width or _USUAL_WIDTH, height=height, title=False)
    layout = drawn["layout"]
    for trace in drawn["data"]:
        if trace["type"] == "bar" and trace.get("orientation") == "h":
            trace["constraintext"] = "both"
    for name, axis in layout.items():
        if name.startswith(("xaxis", "yaxis")):
            axis["fixedrange"] = True
    layout.update(paper_bgcolor="rgba(0,0,0,0)", dragmode=False, showlegend=False)
    for part in (layout, layout["hoverlabel"]):
        part["font"] = {**part["font"], "family": FONT}
    return drawn


def legend_of(legend: Legend, *also: Legend) -> Component:
    """A domain's legend as text beside its colours: every key of the legends, once."""
    keys = dict.fromkeys(key for one in (legend, *also) for key in one.keys)
    return html.Div([
        html.Strong(legend.title),
        html.Ul([html.Li([html.Span(className="swatch hatched" if key.hatched else "swatch",
                                    style={"backgroundColor": key.colour}), key.label]) for key in keys]),
    ], className="legend")  # fmt: skip
