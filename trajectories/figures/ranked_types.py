"""Types of courses in a ranked domain: the barycentre of each over where its people are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trajectories.figures.clock import Clock, clock
from trajectories.figures.figure import Axis, Figure, Key, Legend, Line, Panel
from trajectories.figures.parts import unlabelled
from trajectories.figures.style import TYPES
from trajectories.figures.types import columns_for
from trajectories.figures.words import in_two_lines

if TYPE_CHECKING:
    import pandas as pd

    from trajectories.typology.ranked_types import RankedTypes

_MEAN, _HALF = "#868e96", "#ced4da"


def plot_ranked_types(types: RankedTypes) -> Figure:
    """Draw the barycentre of each type of courses, position by position, over the mean rank of its people and
    the ranks between which the middle half of them lies.

    The barycentre is the course that people of the type follow each in their own time, so it shows ups and
    downs that the mean levels out; where in time it has them is less sure. No person is drawn. The table is
    ``types.table()``.
    """
    table, axis = types.table(), clock(types.lives.lives)
    names = types.typology.names
    columns = columns_for(len(names), 3)
    steps = types.lives.steps()
    panels = tuple(
        _panel(table[table["type"] == name], name, types.typology.sizes[i], axis, steps,
               (i, columns, len(names)))
        for i, name in enumerate(names)
    )  # fmt: skip
    deep = -(-len(names) // columns)
    domain = types.lives.domain
    keys = (Key("barycentre", TYPES[0]), Key("mean rank", _MEAN), Key("middle half of the people", _HALF))
    filled = types.lives.filled
    note = "Barycentres are nobody's; when they rise and fall is less sure than that they do."
    if filled:
        note += f" {100 * filled:.0f}\u00a0% of the positions have no rank and keep the one before."
    return Figure(
        title=f"Types of courses: {domain.label.lower()}", summary=_summary(types), panels=panels,
        table=table, legends=(Legend("", keys),), heights=(1.0,) * deep, widths=(1.0,) * columns,
        size=(7.0, 1.1 + deep * max(1.6, 0.24 * len(steps))), note=note,
    )  # fmt: skip


def _panel(
    rows: pd.DataFrame, name: str, n: int, axis: Clock, steps: dict[float, str], place: tuple[int, int, int]
) -> Panel:
    """One type's panel; ``place`` is its number, how many columns there are, and how many panels."""
    i, columns, count = place
    x = tuple((left + right) / 2 for left, right in zip(axis.edges, axis.edges[1:], strict=False))
    drawn = (("low", "a quarter has less", _HALF), ("high", "a quarter has more", _HALF),
             ("mean", "mean rank", _MEAN), ("barycentre", f"{name}: barycentre", TYPES[0]))  # fmt: skip
    lines = tuple(Line(x, tuple(rows[column].tolist()), label, colour, "none")
                  for column, label, colour in drawn)  # fmt: skip
    low, high = min(steps), max(steps)
    labels = {rank: in_two_lines(label, 20) if i % columns == 0 else "" for rank, label in steps.items()}
    room = 0.06 * (high - low)
    return Panel(
        (*lines, *unlabelled(axis.zero)), axis.axis(6.0 / columns, labelled=i + columns >= count),
        Axis("", low - room, high + room, tuple(labels.items())), title=name, subtitle=f"n = {n}",
        row=i // columns, column=i % columns,
    )  # fmt: skip


def _summary(types: RankedTypes) -> str:
    steps = types.lives.steps()

    def nearest(rank: float) -> str:
        return steps[min(steps, key=lambda step: abs(step - rank))]

    told = [f"{name} (n = {n}) begins at {nearest(course[0])} and ends at {nearest(course[-1])}"
            for name, n, course in zip(types.typology.names, types.typology.sizes, types.barycentres,
                                       strict=True)]  # fmt: skip
    return f"{types.lives.domain.label} in {types.typology.k} types of courses. {'; '.join(told)}."
