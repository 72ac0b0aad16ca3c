"""What the privacy view takes away from a figure before it is drawn: small groups, single lives, their rows of the table."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from trajectories.figures.figure import Stack

if TYPE_CHECKING:
    from trajectories.figures.figure import Figure, Panel

FEWEST = 5
"""Groups of fewer people are not shown in the privacy view."""


def sharp(figure: Figure) -> Figure:
    return figure


def without_small_groups(figure: Figure) -> Figure:
    return figure


def distributions_only(figure: Figure) -> Figure:
    return figure
