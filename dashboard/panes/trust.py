"""How far the types can be trusted: asked for by a press, since all is then analysed many times over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import dash_mantine_components as dmc
from dash import html

from dashboard.panes.aria import aria
from dashboard.panes.chart import NO_FIGURE, drawing, foot, graph, legend_of
from dashboard.panes.withheld import withheld

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.session import Board, Session
    from trajectories.figures.figure import Figure
    from trajectories.findings import Findings

PLACES = {
    "findings": ("trust-findings", "children"), "hidden": ("trust-drawn", "hidden"),
    "figure": ("trust-graph", "figure"), "legend": ("trust-legend", "children"),
    "summary": ("trust-summary", "children"), "note": ("trust-note", "children"),
    "people": ("trust-people", "children"),
}  # fmt: skip
"""What is filled when trust is asked for: name, component, property."""
UNIT = 24
"""Pixels for a row of a panel."""
MOST = 12
"""People named at once."""
_MORE = "trajectories run --stability also asks for chance alone, parts of the people and other settings."


def pane(session: Session) -> html.Details:
    asked = session.asked_of_trust
    what = (f"Analyse again with {asked.draws} draws of every vague date and {asked.bootstrap} samples of "
            "the people")  # fmt: skip
    return html.Details([
        html.Summary([html.H2("How far can the types be trusted?"),
                      html.Span("vague dates, other people", className="sentence")]),
        html.Div(dmc.Button(what, id="trust-ask", variant="light", size="xs", n_clicks=0), id="trust-asking"),
        html.Div(id="trust-findings", **aria(live="polite")),
        html.Div([
            html.Div(id="trust-legend"),
            html.Figure(graph("trust"), **aria(describedby="trust-summary")),
            foot("trust", "How far the types can be trusted"),
        ], id="trust-drawn", hidden=True),
        html.Div(id="trust-people"),
        html.P(_MORE, className="note"),
    ], id="trust-card", className="card folded")  # fmt: skip


def figure(found: Findings) -> Figure | None:
    """What imprecise dates do to the types; None where no dates were drawn."""
    from trajectories.figures.date_stability import plot_date_stability

    stable = found.date_stability
    return plot_date_stability(stable.table(), stable.by_type()) if stable is not None else None


def nothing(why: Any = None) -> dict[str, Any]:
    """The places as they are before anything was asked, or with why nothing is shown."""
    return {"findings": why, "hidden": True, "figure": NO_FIGURE, "legend": None, "summary": "", "note": "",
            "people": None}  # fmt: skip


def fill(board: Board, found: Findings, width: int) -> dict[str, Any]:
    """The sentences, the figure, and the people whose type depends on a date of their own."""
    if board.choices.privacy:
        return nothing(withheld())
    said = [html.Li([one.plain, *_small(one.statistic)]) for one in found.trust()]
    places = nothing(html.Ul(said, className="findings"))
    drawn = figure(found)
    if drawn is None:
        return places
    height = round(UNIT * sum(drawn.heights))
    return {**places, "hidden": False, "figure": drawing(drawn, height=height, width=width),
            "legend": [legend_of(one) for one in drawn.legends], "summary": drawn.summary,
            "note": drawn.note, "people": _people(found)}  # fmt: skip


def _small(statistic: str) -> list[Any]:
    return [" ", html.Span(statistic, className="quiet")] if statistic else []


def _people(found: Findings) -> list[Component]:
    """Who would be of another type if one date of theirs lay elsewhere, and which date that is."""
    stable = found.date_stability
    rows = [] if stable is None else [
        row for row in stable.people().to_dict("records") if row["own_share"] < 1 and row["p_value"] < 0.05
    ]  # fmt: skip
    if not rows:
        return []
    more = f" The first {MOST} of {len(rows)}:" if len(rows) > MOST else ""
    buttons = [
        dmc.Button([html.Span(f"{row['id']} · {row['type']}"), html.Span(_date(row), className="quiet")],
                   id={"open_life": str(row["id"]), "from": "trust"}, variant="default", size="xs",
                   fullWidth=True, n_clicks=0)
        for row in rows[:MOST]
    ]  # fmt: skip
    return [
        html.H3("Whose type depends on one vague date of their own"),
        html.P(f"Asking again about these dates would help most.{more}", className="note"),
        html.Div(buttons, className="medoids"),
    ]


def _date(row: dict[Any, Any]) -> str:
    elsewhere = f", else {row['other']}" if row["other"] else ""
    return f"{row['moment']} {row['date']} · here in {row['own_share']:.0%} of the draws{elsewhere}"
