"""The privacy view: no group of fewer than five people, no single life, no quote, no exact small number."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from trajectories.errors import SettingError
from trajectories.figures.figure import Axis, Figure, Panel, Stack

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

FEWEST = 5
"""Groups of fewer people are not shown."""


def of_large_groups(groups: Iterable[Sequence[str]]) -> list[str]:
    """Everybody in a group of at least five. Raises SettingError when no group has as many."""
    people = [person for group in groups if len(group) >= FEWEST for person in group]
    if not people:
        raise SettingError(
            f"The privacy view shows groups of at least {FEWEST} people, and none here has as many. "
            "Filter less narrowly, choose fewer types, or switch the privacy view off."
        )
    return people


def distributions_only(figure: Figure) -> Figure:
    """The figure without index plots and medoids: state distributions, their table rounded, no note on few.

    Shares in columns where fewer than five are observed are left blank.
    """
    rows = sorted({panel.row for panel in figure.panels if _stack(panel)})
    lowest = {panel.column: panel.x for panel in sorted(figure.panels, key=lambda panel: panel.row)}
    labelled = {(panel.row, panel.column): panel.x for panel in figure.panels}
    panels = []
    for panel in figure.panels:
        if _stack(panel):
            axis = _labelled(panel, labelled) or lowest[panel.column]
            marks = tuple(_without_few(mark) if isinstance(mark, Stack) else mark for mark in panel.marks)
            panels.append(replace(panel, marks=marks, x=axis, row=rows.index(panel.row)))
    heights, table = (1.0,) * len(rows), rounded(figure.table)
    return replace(figure, panels=tuple(panels), heights=heights, table=table, note="")


def rounded(table: Any) -> Any:
    """A table of shares in steps of five per cent, without counts: the remainder tells nobody's number."""
    shares = table.assign(share=(table["share"] * 20).round() / 20)
    return shares.drop(columns=[name for name in ("n", "observed") if name in table.columns])


def _stack(panel: Panel) -> bool:
    return any(isinstance(mark, Stack) for mark in panel.marks)


def _labelled(panel: Panel, axes: dict[tuple[int, int], Axis]) -> Axis | None:
    """The axis at the foot of the panel's column and block, which carries the labels."""
    return axes.get((panel.row + 2, panel.column)) or axes.get((panel.row, panel.column))


def _without_few(mark: Stack) -> Stack:
    """The same shares, blank where fewer than five people are observed, and without counts to be told."""
    if mark.counts is None:
        return mark
    shares = mark.shares.copy()
    shares[:, [column for column, n in enumerate(mark.counts) if n < FEWEST]] = float("nan")
    return replace(mark, shares=shares, counts=None)
