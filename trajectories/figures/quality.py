"""How many types: the quality of typologies over their number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trajectories.errors import SettingError
from trajectories.figures.figure import Axis, Figure, Line, Panel, Rule
from trajectories.wording import joined

if TYPE_CHECKING:
    import pandas as pd

INDICES = {
    "ASW": ("Average silhouette width (ASW)", "higher is better"),
    "PBC": ("Point biserial correlation (PBC)", "higher is better"),
    "HC": ("Hubert's C (HC)", "lower is better"),
    "HG": ("Hubert's gamma (HG)", "higher is better"),
    "CH": ("Calinski-Harabasz (CH)", "higher is better"),
    "R2": ("Explained discrepancy (R2)", "grows with k; look for a bend"),
}
"""The indices drawn, in order: what each is called and how it is read."""
_COLOUR = "#1864ab"


def plot_quality(quality: pd.DataFrame) -> Figure:
    """Draw indices of quality over the number of types k, each on its own axis, with the best k marked.

    ``quality`` is the table of ``partition_quality``: a row a k. Indices disagree as a rule: they narrow
    the choice, they do not make it. Raises SettingError when the table has no index that is known here.
    """
    table = quality
    names = [name for name in INDICES if name in table and table[name].notna().any()]
    if "k" not in table or not names:
        raise SettingError(f"This is no table of quality: it needs k and one of {', '.join(INDICES)}, "
                           f"it has {', '.join(map(str, table.columns))}.")  # fmt: skip
    columns = min(3, len(names))
    deep = -(-len(names) // columns)
    panels = tuple(_panel(table, name, i, columns, len(names)) for i, name in enumerate(names))
    return Figure(
        title="How many types? Quality over k", summary=_summary(table, names), panels=panels, table=table,
        heights=(1.0,) * deep, widths=(1.0,) * columns, size=(7.0, 0.6 + 1.75 * deep),
        note="Dashed line: the best k by that index.",
    )  # fmt: skip


def best(table: pd.DataFrame, name: str) -> int | None:
    """The k that an index prefers; None for one that only grows."""
    if name == "R2":
        return None
    known = table.dropna(subset=[name])
    values = known[name].to_numpy(dtype=float)
    at = values.argmin() if name == "HC" else values.argmax()
    return int(known["k"].to_numpy()[at])


def _panel(table: pd.DataFrame, name: str, i: int, columns: int, count: int) -> Panel:
    called, direction = INDICES[name]
    ks = tuple(float(k) for k in table["k"])
    chosen = best(table, name)
    line = Line(ks, tuple(float(value) for value in table[name]), called, _COLOUR)
    lowest = i + columns >= count
    every = 1 if len(ks) <= 12 else 2 if len(ks) <= 24 else 5
    ticks = tuple((k, f"{k:.0f}" if lowest else "") for k in ks if (k - ks[0]) % every == 0)
    rule = () if chosen is None else (Rule(float(chosen), dashed=True),)
    return Panel(
        (*rule, line),
        Axis("number of types (k)" if lowest else "", ks[0] - 0.4, ks[-1] + 0.4, ticks),
        Axis(""),
        title=called,
        subtitle=direction + (f"; best: {chosen}" if chosen else ""),
        row=i // columns,
        column=i % columns,
    )


def _summary(table: pd.DataFrame, names: list[str]) -> str:
    votes: dict[int, list[str]] = {}
    for name in names:
        chosen = best(table, name)
        if chosen is not None:
            votes.setdefault(chosen, []).append(name)
    ranked = sorted(votes.items(), key=lambda vote: -len(vote[1]))
    said = joined([f"{k} types by {joined(by)}" for k, by in ranked]) or "none"
    first = f"Of {int(table['k'].min())} to {int(table['k'].max())} types, the indices prefer {said}."
    if "ASW" not in names:
        return first
    return first + f" The best average silhouette width is {float(table['ASW'].max()):.2f}."
