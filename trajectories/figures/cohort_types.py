"""Which cohort follows which type: shares of the types in each cohort, and where they differ from what
was expected.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from trajectories.figures.figure import Axis, Bar, Bars, Figure, Panel
from trajectories.figures.types import columns_for
from trajectories.figures.words import percent

if TYPE_CHECKING:
    import pandas as pd

    from trajectories.comparison.cross_table import TypesByGroup

_NOTABLE = 1.96
_COMMON, _MORE, _FEWER = "#adb5bd", "#1864ab", "#c2410c"
_NOTE = ("▲ more, ▼ fewer people than there would be if types did not depend on the group "
         "(standardised residual beyond ±1.96).")  # fmt: skip


def plot_cohort_types(comparison: TypesByGroup) -> Figure:
    """Draw, for each type, which share of every cohort follows it, with n, and mark what differs from
    the expected.

    The shares of one cohort add up to 1 over the types. The table is ``comparison.table()``.
    """
    table = comparison.table()
    groups, types = list(dict.fromkeys(table["group"])), list(dict.fromkeys(table["type"]))
    sizes = table.groupby("group")["n"].sum()
    columns = columns_for(len(types))
    rows = tuple(f"{_broken(group)}\n(n = {int(sizes[group])})" for group in groups)
    high = min(1.0, (int(float(table["share"].max()) * 1.35 * 4) + 1) / 4)
    panels = tuple(
        Panel((Bars(_bars(table[table["type"] == name], groups), rows if i % columns == 0 else ("",) * len(groups)),),
              _axis(high, labelled=i + columns >= len(types)), Axis("", ticks=()), title=name,
              subtitle=f"n = {int(table.loc[table['type'] == name, 'n'].sum())}",
              row=i // columns, column=i % columns)
        for i, name in enumerate(types)
    )  # fmt: skip
    deep = -(-len(types) // columns)
    return Figure(
        title=f"Types by group: {comparison.label}", summary=comparison.sentence(), panels=panels, table=table,
        heights=(1.0,) * deep, widths=(1.0,) * columns, size=(7.0, 0.75 + deep * (0.75 + 0.33 * len(groups))),
        note=_NOTE,
    )  # fmt: skip


def _bars(rows: pd.DataFrame, groups: list[str]) -> tuple[Bar, ...]:
    bars = []
    for row in rows.itertuples():
        sign = "" if abs(float(row.residual)) < _NOTABLE else " ▲" if float(row.residual) > 0 else " ▼"
        colour = _COMMON if not sign else _MORE if sign == " ▲" else _FEWER
        share, n, expected = float(row.share), int(row.n), float(row.expected)
        bars.append(Bar(groups.index(str(row.group)), 0.0, share, colour, text=percent(share) + sign, outside=True,
                        hover=f"{row.group}\n{row.type}: {n} people, {percent(share)}\n"
                              f"expected {expected:.1f}, residual {float(row.residual):+.1f}"))  # fmt: skip
    return tuple(bars)


def _axis(high: float, *, labelled: bool) -> Axis:
    step = 0.25 if high <= 0.75 else 0.5
    ticks = tuple((step * i, percent(step * i) if labelled else "") for i in range(int(high / step) + 1))
    return Axis("share of the group" if labelled else "", 0.0, high, ticks, "share")


def _broken(label: str) -> str:
    """A long label over two lines, broken near its middle."""
    if len(label) <= 18:
        return label
    spaces = [i for i, letter in enumerate(label) if letter == " "]
    middle = min(spaces, key=lambda i: abs(i - len(label) / 2), default=-1)
    return label if middle < 0 else label[:middle] + "\n" + label[middle + 1 :]


