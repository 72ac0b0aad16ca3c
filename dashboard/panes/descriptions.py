"""What each type is like, in words made from its numbers; made when it is unfolded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dash import html

from dashboard.panes.aria import aria
from dashboard.panes.withheld import withheld
from trajectories.wording import unbroken

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.session import Board
    from trajectories.typology.description import TypeDescriptions


def pane() -> html.Details:
    return html.Details([
        html.Summary([html.H2("What is each type like?"),
                      html.Span("in words, and what sets it apart from the rest", className="sentence")],
                     id="descriptions-ask", n_clicks=0),
        html.Div(id="descriptions", **aria(live="polite")),
    ], id="descriptions-card", className="card folded")  # fmt: skip


def fill(board: Board, found: TypeDescriptions) -> list[Component]:
    """A text for each type: its people, what they went through, what sets them apart; then how to read it."""
    if board.choices.privacy:
        return [withheld()]
    each = zip(found.names, found.courses, found.apart, strict=True)
    texts = [
        html.Section([
            html.H3(name),
            html.Ul([html.Li(unbroken(sentence)) for sentence in course]),
            html.Ul([html.Li(unbroken(sentence)) for sentence in apart], className="apart"),
        ])
        for name, course, apart in each
    ]  # fmt: skip
    return [html.Div(texts, className="descriptions"), html.P([*_whom(board), found.note], className="note")]


def _whom(board: Board) -> list[str]:
    """That the texts are about everybody, where the page shows only some."""
    everybody, shown = len(board.findings.types.ids), board.findings.shown.n
    if shown == everybody:
        return []
    return [f"Told of all {everybody:,} people who were typed, not only of the {shown:,} shown. "]
