"""How many types: cluster quality for each number, folded away until asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dash import html

from dashboard.panes.aria import aria
from dashboard.panes.chart import foot, graph

if TYPE_CHECKING:
    from dashboard.session import Board
    from trajectories.figures.figure import Figure

HEIGHT = 200


def pane() -> html.Details:
    return html.Details([
        html.Summary([html.H2("How many types?"), html.Span(id="quality-sentence", className="sentence")]),
        html.Figure(graph("quality"), **aria(describedby="quality-summary")),
        foot("quality", "How many types"),
    ], id="quality-card", className="card folded")  # fmt: skip


def figure(board: Board) -> Figure:
    from trajectories.figures.quality import plot_quality

    return plot_quality(board.findings.quality)


def sentence(board: Board) -> str:
    """How clearly the chosen number separates the lives, beside the number that does so best."""
    table = board.findings.quality.dropna(subset=["ASW"])
    rows = {int(row["k"]): float(row["ASW"]) for row in table.to_dict("records")}
    if not rows:
        return ""
    chosen, best = board.findings.types.k, max(rows, key=rows.__getitem__)
    if chosen not in rows or chosen == best:
        return f"{best} types separate the lives most clearly (average silhouette width {rows[best]:.2f})."
    return (f"{chosen} types: average silhouette width {rows[chosen]:.2f}; "
            f"{best} types would separate the lives most clearly ({rows[best]:.2f}).")  # fmt: skip
