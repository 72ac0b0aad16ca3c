"""Which cohort follows which type: the types' shares in each cohort, and where they differ from the
expected.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from trajectories.figures.figure import Axis, Bar, Bars, Figure, Panel
from trajectories.figures.parts import nobody_in, notes
from trajectories.figures.types import columns_for
from trajectories.figures.words import in_two_lines
from trajectories.wording import percent

if TYPE_CHECKING:
    import pandas as pd

    from trajectories.comparison.cross_table import TypesByGroup

_COLOURS = {"": "#adb5bd", "▲": "#1864ab", "▼": "#c2410c"}


def plot_cohort_types(comparison: TypesByGroup) -> Figure:
    """Draw, for each type, which share of every cohort follows it, with n, and mark what differs from
    the expected where the whole differs more than chance makes.

    The shares of one cohort add up to 1 over the types. The table is ``comparison.table()``.
    """
    table = comparison.table()
    groups, types = list(dict.fromkeys(table["group"])), list(dict.fromkeys(table["type"]))
    sizes = {group: int(table.loc[table["group"] == group, "n"].sum()) for group in groups}
    rows = tuple(f"{in_two_lines(group)}\n(n = {sizes[group]})" for group in groups)
    columns = columns_for(len(types), 5)
    high = min(1.0, (int(float(table["share"].max()) * 1.35 * 4) + 1) / 4)
    panels = []
    for i, name in enumerate(types):
        of_type = table[table["type"] == name]
        panels.append(
            Panel(
                (Bars(_bars(of_type, comparison, i), rows if i % columns == 0 else ("",) * len(groups)),),
                _axis(high, labelled=i + columns >= len(types)),
                Axis("", ticks=()),
                title=name,
                subtitle=f"n = {int(of_type['n'].sum())}",
                row=i // columns,
                column=i % columns,
            )
        )
    deep = -(-len(types) // columns)
    return Figure(
        title=f"Types by group: {comparison.label}",
        summary=comparison.sentence(),
        panels=tuple(panels),
        table=table,
        heights=(1.0,) * deep,
        widths=(1.0,) * columns,
        size=(7.0, 0.75 + deep * (0.75 + 0.33 * len(groups))),
        note=notes(comparison.marking, nobody_in(comparison.empty)),
    )


def _bars(rows: pd.DataFrame, comparison: TypesByGroup, of_type: int) -> tuple[Bar, ...]:
    marks = [marks[of_type] for marks in comparison.marks]
    return tuple(_bar(row, place, marks[place]) for place, row in enumerate(rows.to_dict("records")))


def _bar(row: dict[object, object], place: int, mark: str) -> Bar:
    share, residual, expected = (float(str(row[name])) for name in ("share", "residual", "expected"))
    return Bar(
        place, 0.0, share, _COLOURS[mark], text=f"{percent(share)} {mark}".rstrip(), outside=True,
        hover=f"{row['group']}\n{row['type']}: {row['n']} people, {percent(share)}\n"
              f"expected {expected:.1f}, standardised residual {residual:+.1f}",
    )  # fmt: skip


def _axis(high: float, *, labelled: bool) -> Axis:
    step = 0.25 if high <= 0.75 else 0.5
    ticks = tuple((step * i, percent(step * i) if labelled else "") for i in range(int(high / step) + 1))
    return Axis("share of the group" if labelled else "", 0.0, high, ticks, "share")
