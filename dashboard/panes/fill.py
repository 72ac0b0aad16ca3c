"""All panes filled from one board, so that they always show the same moment."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import dash_mantine_components as dmc
from dash import html

from dashboard.panes import cohorts, person, quality, types, types_by_cohort
from dashboard.panes.chart import NO_FIGURE, drawing, legend_keys

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.session import Board

PLACES = {
    "alert": ("alert", "children"),
    "cards": ("cards", "className"),
    "count": ("count", "children"),
    "left_out": ("left-out", "children"),
    "type_options": ("types", "data"),
    "people": ("person", "data"),
    "choosing": ("person-choice", "hidden"),
    "life": ("person-body", "children"),
    "by_cohort_sentence": ("by-cohort-sentence", "children"),
    "by_cohort_table": ("by-cohort-table", "children"),
    "quality_sentence": ("quality-sentence", "children"),
    **{f"{card}_{part}": (f"{card}-{part}", "children")
       for card in ("cohorts", "types") for part in ("sentence", "statistic", "legend", "summary")},
    **{f"{card}_graph": (f"{card}-graph", "figure") for card in ("cohorts", "types", "quality")},
    "quality_summary": ("quality-summary", "children"),
}  # fmt: skip
"""Everything that a change of view fills: name, component, property."""


def fill(board: Board, who: str | None, width: int) -> dict[str, Any]:
    """The contents of every place for one board."""
    from trajectories.findings.statements import statements

    said = statements(board.findings)
    shown, everybody = board.findings.shown.n, len(board.study.people)
    by_cohort, table = types_by_cohort.fill(board)
    how_many = quality.figure(board)
    return {
        "alert": None,
        "cards": "cards" if board.groups is not None else "cards no-cohorts",
        "count": [html.Strong(f"{shown:,}"), f" of {everybody:,} people"],
        "left_out": left_out(board),
        "type_options": types.options(board),
        "people": person.options(board, who),
        "choosing": board.choices.privacy,
        "life": person.fill(board, who),
        "by_cohort_sentence": by_cohort,
        "by_cohort_table": table,
        "quality_sentence": quality.sentence(board),
        "quality_graph": drawing(how_many, height=quality.HEIGHT, width=width),
        "quality_summary": how_many.summary,
        **_named("cohorts", _cohorts(board, said, width)),
        **_named("types", _types(board, said, who, width)),
    }


def refused(message: str) -> Component:
    """What cannot be shown, why, and the way out, in plain words."""
    return dmc.Alert(message, title="This cannot be shown", color="red", variant="light", className="refused")


def left_out(board: Board) -> Component | None:
    """Who is not shown, and why, counted by reason."""
    lives, shown = board.findings.lives, board.findings.shown
    reasons = Counter(reason for _, reason in lives.left_out)
    if lives.n > shown.n:
        reasons["outside the filters or the types shown"] = lives.n - shown.n
    if not reasons:
        return None
    lines = [html.Li([html.Strong(f"{n:,}"), f" {reason}"]) for reason, n in reasons.most_common()]
    return html.Details([html.Summary(f"{reasons.total():,} not shown: why?"), html.Ul(lines)])


def _cohorts(board: Board, said: list[Any], width: int) -> dict[str, Any]:
    figure = cohorts.figure(board)
    if figure is None:
        return {"sentence": "", "statistic": "", "legend": None, "summary": "", "graph": NO_FIGURE}
    sentence, statistic = cohorts.statement(board, said)
    return {"sentence": sentence, "statistic": statistic, "legend": legend_keys(figure.legends),
            "summary": figure.summary, "graph": drawing(figure, height=cohorts.HEIGHT, width=width)}  # fmt: skip


def _types(board: Board, said: list[Any], who: str | None, width: int) -> dict[str, Any]:
    figure = types.figure(board, who)
    sentence, statistic = types.statement(board, said)
    return {"sentence": sentence, "statistic": statistic, "legend": legend_keys(figure.legends),
            "summary": figure.summary, "graph": drawing(figure, height=types.height(board), width=width)}  # fmt: skip


def _named(card: str, parts: dict[str, Any]) -> dict[str, Any]:
    return {f"{card}_{part}": value for part, value in parts.items()}
