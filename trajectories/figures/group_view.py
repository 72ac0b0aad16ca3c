"""Figures of groups without anybody's single life: for a talk, or a screen that others see."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np

from trajectories.disclosure.small_groups import FEWEST, about, rounded_distribution, rounded_shares
from trajectories.figures.figure import Axis, Figure, Panel, Stack
from trajectories.wording import joined, percent

_NOTE = f"Shares in steps of 5\u00a0%; blank where fewer than {FEWEST} are observed."


def distributions_only(figure: Figure) -> Figure:
    """The figure without index plots and medoids: state distributions of groups, their shares rounded.

    Shares are in steps of five per cent, in the drawing, its words and its table; where fewer than five are
    observed they are blank. Numbers of people are to the nearest five; the note, which counts few, is gone.
    Takes a figure whose table is that of ``state_distribution`` (``plot_types``, ``plot_cohorts``).
    """
    rows = sorted({panel.row for panel in figure.panels if _stack(panel)})
    axes = {(panel.row, panel.column): panel.x for panel in figure.panels}
    lowest = {panel.column: panel.x for panel in sorted(figure.panels, key=lambda panel: panel.row)}
    panels = tuple(
        replace(
            panel,
            marks=tuple(_rounded(mark) if isinstance(mark, Stack) else mark for mark in panel.marks),
            x=_labelled(panel, axes) or lowest[panel.column],
            subtitle=_about(panel.subtitle),
            row=rows.index(panel.row),
        )
        for panel in figure.panels
        if _stack(panel)
    )
    return replace(
        figure, panels=panels, summary=_summary(panels), table=rounded_distribution(figure.table),
        heights=(1.0,) * len(rows), note=_NOTE,
    )  # fmt: skip


def _stack(panel: Panel) -> Stack | None:
    return next((mark for mark in panel.marks if isinstance(mark, Stack)), None)


def _labelled(panel: Panel, axes: dict[tuple[int, int], Axis]) -> Axis | None:
    """The axis at the foot of the panel's column and block, which carries the labels."""
    return axes.get((panel.row + 2, panel.column)) or axes.get((panel.row, panel.column))


def _rounded(mark: Stack) -> Stack:
    """The same shares in steps, blank where few are observed, and without counts to be told."""
    if mark.counts is None:
        return mark
    return replace(mark, shares=rounded_shares(mark.shares, mark.counts), counts=None)


def _about(subtitle: str) -> str:
    """``n = 18 (4 at the end)`` as ``about 20 people``."""
    found = re.match(r"n = (\d+)", subtitle)
    return about(int(found.group(1))) if found else ""


def _summary(panels: tuple[Panel, ...]) -> str:
    said = [f"{panel.title}: {_commonest(mark)}." for panel in panels if (mark := _stack(panel))]
    return " ".join(["State distributions of groups, without single lives.", *said])


def _commonest(mark: Stack, most: int = 2) -> str:
    """The commonest states at the last position that is shown."""
    shown = np.flatnonzero(~np.isnan(mark.shares).any(axis=0))
    if not len(shown):
        return "too few are observed"
    here = mark.shares[:, shown[-1]]
    states = [int(state) for state in np.argsort(-here, kind="stable")[:most] if here[state] > 0]
    when = f"{mark.names[shown[-1]]}, " if mark.names else ""
    return when + "about " + joined([f"{percent(here[state])} {mark.labels[state]}" for state in states])
