"""All panes filled from one board, so that they always show the same moment."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import dash_mantine_components as dmc
from dash import html

from dashboard.panes import cohorts, person, quality, types, types_by_cohort
from dashboard.panes.chart import NO_FIGURE, drawing, legend_of

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.controls import Choices
    from dashboard.session import Board, Session
    from trajectories.figures.figure import Figure

PLACES = {
    "alert": ("alert", "children"),
    "cards": ("cards", "className"),
    "count": ("count", "children"),
    "left_out": ("left-out", "children"),
    "type_options": ("types", "data"),
    "people": ("person", "data"),
    "choosing": ("person-choice", "hidden"),
    "by_cohort_sentence": ("by-cohort-sentence", "children"),
    "by_cohort_statistic": ("by-cohort-statistic", "children"),
    "by_cohort_table": ("by-cohort-table", "children"),
    "quality_sentence": ("quality-sentence", "children"),
    **{f"{card}_{part}": (f"{card}-{part}", "children")
       for card in ("cohorts", "types") for part in ("sentence", "statistic")},
    **{f"{card}_{part}": (f"{card}-{part}", "children")
       for card in ("cohorts", "quality") for part in ("summary", "note")},
    **{f"{card}_graph": (f"{card}-graph", "figure") for card in ("cohorts", "quality")},
    "legend": ("legend", "children"),
}  # fmt: skip
"""What a change of view fills, but for the types' chart and the life: name, component, property."""
TYPES = {"graph": ("types-graph", "figure"),
         **{part: (f"types-{part}", "children") for part in ("summary", "note")}}  # fmt: skip
"""The types' chart, which the choice of a person fills too."""
_GO_BACK = "Change the last control back, or press Reset; everything else stays as it is."
_NOT_YET = "Another clock, a wider window or fewer types may help. Single lives can be opened at the right."


def fill(board: Board, who: str | None, width: int) -> dict[str, Any]:
    """The contents of every place for one board."""
    said = board.findings.statements()
    side_by_side, how_many = cohorts.figure(board), quality.figure(board)
    each = types.figure(board)
    by_cohort, numbers, table = types_by_cohort.fill(board)
    return {
        "alert": None,
        "cards": "cards" if board.groups is not None else "cards no-cohorts",
        "count": count(board),
        "left_out": left_out(board),
        "type_options": types.options(board),
        "people": person.options(board, who),
        "choosing": board.choices.privacy,
        "legend": legend_of(*each.legends, *(side_by_side.legends if side_by_side else ())),
        "by_cohort_sentence": by_cohort,
        "by_cohort_statistic": numbers,
        "by_cohort_table": table,
        "quality_sentence": quality.sentence(board),
        **_heading("cohorts", cohorts.statement(board, said)),
        **_heading("types", types.statement(board, said)),
        **_chart("cohorts", side_by_side, cohorts.height(side_by_side) if side_by_side else 0, width),
        **_chart("quality", how_many, quality.HEIGHT, width),
    }


def fill_types(board: Board, who: str | None, width: int) -> dict[str, Any]:
    """The types' chart with the chosen person outlined, and what goes with it."""
    each = types.on_screen(board, who, width)
    drawn = drawing(each, height=types.height(each, board), width=width)
    return {"graph": drawn, "summary": each.summary, "note": each.note}


def count(board: Board) -> list[Component | str]:
    """How many people are shown, of how many in the study."""
    return [html.Strong(f"{board.findings.shown.n:,}"), f" of {len(board.study.people):,} people"]


def nothing(session: Session, choices: Choices, why: str) -> dict[str, Any]:
    """The contents of the places that change where nothing can be analysed: why, and whom to open all the
    same."""
    hint = _NOT_YET if choices == session.start else _GO_BACK
    return {
        "alert": refused(why, hint),
        "cards": "cards refused",
        "count": "Nothing to show",
        "left_out": None,
        "people": person.everybody(session.study, choices),
        "choosing": choices.privacy,
    }


def refused(message: str, hint: str = _GO_BACK) -> dmc.Alert:
    """What cannot be shown, why, and the way out, in plain words."""
    inside = [html.P(message), html.P(hint, className="quiet")]
    return dmc.Alert(inside, title="This cannot be shown", color="red", variant="light", className="refused")


def left_out(board: Board) -> Component | None:
    """Who is not shown, and why, counted by reason; nothing in the privacy view, where few would be told."""
    if board.choices.privacy:
        return None
    lives, shown = board.findings.lives, board.findings.shown
    reasons = Counter(reason for _, reason in lives.left_out)
    if lives.n > shown.n:
        reasons["outside the filters or the types shown"] = lives.n - shown.n
    if not reasons:
        return None
    lines = [html.Li([html.Strong(f"{n:,}"), f" {reason}"]) for reason, n in reasons.most_common()]
    return html.Details([html.Summary(f"{reasons.total():,} not shown: why?"), html.Ul(lines)])


def _heading(card: str, said: tuple[str, str]) -> dict[str, str]:
    return {f"{card}_sentence": said[0], f"{card}_statistic": said[1]}


def _chart(card: str, figure: Figure | None, height: int, width: int) -> dict[str, Any]:
    if figure is None:
        return {f"{card}_graph": NO_FIGURE, f"{card}_summary": "", f"{card}_note": ""}
    return {f"{card}_graph": drawing(figure, height=height, width=width), f"{card}_summary": figure.summary,
            f"{card}_note": figure.note}  # fmt: skip
