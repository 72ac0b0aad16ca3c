"""The types side by side: states over time, every single life, and the life that stands for each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.offers import measures_with, methods_with
from dashboard.panes.chart import card
from trajectories.disclosure.small_groups import FEWEST, of_large_groups

if TYPE_CHECKING:
    from dash import html

    from dashboard.session import Board
    from trajectories.figures.figure import Figure
    from trajectories.findings.statements import Statement

HEIGHT, EACH_OF_SEVERAL = 372, 330
"""Pixels for the axes of one row of types, and of each when there are more."""
PRIVATE, EACH_PRIVATE = 210, 150
WIDTH, LEFT, COLUMN = 960, 80, 112
"""Pixels: how wide the chart usually is, what labels take of it, and the least that a type needs."""
_SMALL = "In the privacy view, types of fewer than 5 people are not shown, nor how large the others are."


def pane() -> html.Section:
    return card("types", "Types")


def figure(board: Board, person: str | None = None, columns: int | None = None) -> Figure:
    """The types of the people shown, in the chosen domain, ``person`` outlined; None: columns as on paper."""
    from trajectories.figures.types import plot_types

    findings, choices = board.findings, board.choices
    if choices.privacy:
        return _private(board, columns)
    selected = person if person in findings.shown.ids else None
    lives, each = findings.shown, findings.shown_types
    return plot_types(lives, each, choices.domain, choices.sort, selected, board.context, columns=columns)


def on_screen(board: Board, person: str | None, width: int) -> Figure:
    """The types with as many side by side as can be read in that width."""
    return figure(board, person, max(((width or WIDTH) - LEFT) // COLUMN, 2))


def _private(board: Board, columns: int | None) -> Figure:
    """The types of at least five people, as distributions only."""
    from trajectories.figures.group_view import distributions_only
    from trajectories.figures.types import plot_types

    people = of_large_groups(board.members.values())
    lives, types = board.findings.shown.select(people), board.findings.shown_types.select(people)
    drawn = plot_types(lives, types, board.choices.domain, context=board.context, columns=columns)
    return distributions_only(drawn)


def height(drawn: Figure, board: Board) -> int:
    """Pixels for the axes: more for more rows, less where there are no single lives to draw."""
    rows = len(drawn.heights)
    if board.choices.privacy:
        return PRIVATE if rows == 1 else EACH_PRIVATE * rows
    return HEIGHT if rows <= 3 else EACH_OF_SEVERAL * (rows // 3)


def statement(board: Board, said: list[Statement]) -> tuple[str, str]:
    """What the types are, in plain words, and how they were made; in the privacy view no small share."""
    found = next(s for s in said if s.about == "types")
    plan = board.findings.plan
    method = dict(methods_with(plan.types.method))[plan.types.method]
    measure = dict(measures_with(plan.measure.name))[plan.measure.name].partition(" (")[0]
    weighed = _weights(board) if board.findings.rule else ""
    small = any(0 < size < FEWEST for size in board.findings.types.sizes)
    plain = _SMALL if board.choices.privacy and small else found.plain
    return plain, " · ".join(filter(None, (found.statistic, f"{method}, {measure}", weighed)))


def _weights(board: Board) -> str:
    """What a rule found each domain to count."""
    weights, codebook = board.findings.plan.measure.by_hand, board.study.codebook
    told = ", ".join(f"{codebook.domain(name).label.lower()} {weight:g}" for name, weight in weights.items())
    return f"domains count by rule: {told}"


def options(board: Board) -> list[dict[str, str]]:
    """The types to choose from, by number, with their names."""
    return [{"value": str(t + 1), "label": name} for t, name in enumerate(board.findings.types.names)]
