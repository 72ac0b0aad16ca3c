"""The types side by side: how states are distributed over time, every single life, and the life that stands for each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboard import privacy
from dashboard.offers import MEASURES, METHODS
from dashboard.panes.chart import card, drawing

if TYPE_CHECKING:
    from dash import html

    from dashboard.session import Board
    from trajectories.figures.figure import Figure
    from trajectories.findings.statements import Statement

HEIGHT = 560
HEIGHT_PRIVATE = 270


def pane() -> html.Section:
    return card("types", "Types")


def figure(board: Board, person: str | None = None) -> Figure:
    """The types of the people shown in the chosen domain, ``person`` outlined; in the privacy view distributions only."""
    from trajectories.figures.types import plot_types

    findings, choices = board.findings, board.choices
    selected = person if person in findings.shown.ids and not choices.privacy else None
    drawn = plot_types(findings.shown, findings.shown_types, choices.domain, choices.sort, selected)
    return privacy.distributions_only(drawn) if choices.privacy else drawn


def height(board: Board) -> int:
    """Pixels for the axes: less where there are no single lives to draw."""
    return HEIGHT_PRIVATE if board.choices.privacy else HEIGHT


def drawn(board: Board, person: str | None, width: int) -> Any:
    """The types as Plotly draws them."""
    return drawing(figure(board, person), height=height(board), width=width)


def statement(board: Board, said: list[Statement]) -> tuple[str, str]:
    """What the types are, in plain words, and how they were made."""
    found = next(s for s in said if s.about == "types")
    plan = board.findings.plan
    method, measure = dict(METHODS)[plan.types.method], dict(MEASURES)[plan.measure.name].partition(" (")[0]
    return found.plain, " · ".join(filter(None, (found.statistic, f"{method}, {measure}")))


def options(board: Board) -> list[dict[str, str]]:
    """The types to choose from, by number, with their names."""
    return [{"value": str(t + 1), "label": name} for t, name in enumerate(board.findings.types.names)]
