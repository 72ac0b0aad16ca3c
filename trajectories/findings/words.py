"""Numbers and windows as one says them."""

from __future__ import annotations

from trajectories.sequences.grid import Grid
from trajectories.sequences.sequences import Sequences
from trajectories.wording import counted


def steps(n: int, grid: Grid) -> str:
    """``1 month``, ``18 months``: so many steps of the grid."""
    return counted(n, grid.step)


def p_words(p: float, permutations: int) -> str:
    """A permutation p as it is reported: never zero, since the observed order is one of those counted."""
    least = 1 / (permutations + 1)
    return f"p = {max(p, least):.3f}" if max(p, least) >= 0.001 else f"p = {max(p, least):.1g}"


def window(lives: Sequences) -> str:
    """The clock and its window: ``from 12 months before to 18 months after departure``."""
    grid = lives.grid
    if grid.clock == "since":
        event = str(grid.since).replace("_", " ")
        return f"from {steps(grid.before, grid)} before to {steps(grid.after, grid)} after {event}"
    if grid.ages is not None:
        return f"from age {grid.ages[0]} to {grid.ages[1]}, by {grid.step}"
    return f"from {lives.positions[0]} to {lives.positions[-1]}, by {grid.step}"
