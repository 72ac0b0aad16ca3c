"""Cohorts side by side: the state distribution of each, and whether they follow different lives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.panes.chart import card
from trajectories.disclosure.small_groups import of_large_groups

if TYPE_CHECKING:
    from dash import html

    from dashboard.session import Board
    from trajectories.figures.figure import Figure
    from trajectories.findings.statements import Statement

HEIGHT, EACH_OF_SEVERAL = 124, 84
"""Pixels for the axes of one row of cohorts, and of each when there are more."""


def pane() -> html.Section:
    return card("cohorts", "Cohorts")


def figure(board: Board) -> Figure | None:
    """The cohorts of the chosen scheme in the chosen domain; None when there is no scheme."""
    from trajectories.figures.cohorts import plot_cohorts
    from trajectories.figures.group_view import distributions_only

    if board.groups is None:
        return None
    lives, groups, domain = board.findings.shown, board.groups, board.choices.domain
    if not board.choices.privacy:
        return plot_cohorts(lives, groups, domain, context=board.context)
    here = set(lives.ids)
    each = [[p for p in groups.members(g) if p in here] for g in range(len(groups.labels))]
    people = of_large_groups(each)
    drawn = plot_cohorts(lives.select(people), groups, domain, context=board.context)
    return distributions_only(drawn)


def height(drawn: Figure) -> int:
    rows = len(drawn.heights)
    return HEIGHT if rows == 1 else EACH_OF_SEVERAL * rows


def statement(board: Board, said: list[Statement]) -> tuple[str, str]:
    """What the comparison found, in plain words, and its statistic."""
    found = next((s for s in said if s.about == "cohorts"), None)
    return (found.plain, found.statistic) if found else ("", "")
