"""Cohorts side by side: the state distribution of each, and whether they follow different lives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard import privacy
from dashboard.panes.chart import card

if TYPE_CHECKING:
    from dash import html

    from dashboard.session import Board
    from trajectories.figures.figure import Figure
    from trajectories.findings.statements import Statement

HEIGHT = 236


def pane() -> html.Section:
    return card("cohorts", "Cohorts")


def figure(board: Board) -> Figure | None:
    """The cohorts of the chosen scheme in the chosen domain; None when there is no scheme."""
    from trajectories.figures.cohorts import plot_cohorts

    if board.groups is None:
        return None
    drawn = plot_cohorts(board.findings.shown, board.groups, board.choices.domain)
    return privacy.without_small_groups(drawn) if board.choices.privacy else drawn


def statement(board: Board, said: list[Statement]) -> tuple[str, str]:
    """What the comparison found, in plain words, and its statistic."""
    found = next((s for s in said if s.about == "cohorts"), None)
    return (found.plain, found.statistic) if found else ("", "")
