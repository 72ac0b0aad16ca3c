"""Which method, how many types: indices of quality over k, a line a method."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trajectories.errors import SettingError
from trajectories.figures.figure import Axis, Figure, Key, Legend, Line, Panel
from trajectories.figures.quality import INDICES
from trajectories.figures.style import TYPES
from trajectories.typology.quality_by_method import LOWER, Standard, standardised_quality
from trajectories.wording import joined

if TYPE_CHECKING:
    import pandas as pd

ALL = {
    **INDICES,
    "ASWw": ("ASW for weights that are no counts (ASWw)", "higher is better"),
    "HGSD": ("Gamma with ties, Somers' D (HGSD)", "higher is better"),
    "CHsq": ("CH of squared dissimilarities (CHsq)", "higher is better"),
    "R2sq": ("R2 of squared dissimilarities (R2sq)", "grows with k; look for a bend"),
}
"""All ten indices: what each is called and how it is read."""
_COLUMNS = 3


def plot_quality_by_method(quality: pd.DataFrame, *, standardised: Standard | None = None) -> Figure:
    """Draw indices of quality over the number of types, a panel an index, a line a method.

    ``quality`` is the table of ``quality_by_method``. ``standardised`` puts all indices on one scale on which
    higher is better (see ``standardised_quality``). A method whose line is above the others in most panels
    parts these lives best; indices disagree as a rule. Raises SettingError for another table.
    """
    if not {"method", "k"} <= set(quality.columns) or not set(ALL) & set(quality.columns):
        raise SettingError("This is no table of quality_by_method: it needs method, k and indices, it has "
                           f"{', '.join(map(str, quality.columns))}.")  # fmt: skip
    table = quality if standardised is None else standardised_quality(quality, standardised)
    names = [name for name in ALL if name in table and table[name].notna().any()]
    methods = [str(method) for method in dict.fromkeys(table["method"])]
    panels = tuple(_panel(table, name, methods, i, len(names), standardised) for i, name in enumerate(names))
    deep = -(-len(names) // _COLUMNS)
    keys = tuple(Key(_called(name), TYPES[i % len(TYPES)]) for i, name in enumerate(methods))
    return Figure(
        title="Which method, how many types?", summary=_summary(quality, names), panels=panels, table=table,
        legends=(Legend("", keys),), heights=(1.0,) * deep, widths=(1.0,) * min(_COLUMNS, len(names)),
        size=(7.0, 1.0 + 1.8 * deep),
    )  # fmt: skip


def _panel(
    table: pd.DataFrame, name: str, methods: list[str], i: int, count: int, standardised: Standard | None
) -> Panel:
    lines = []
    for number, method in enumerate(methods):
        rows = table[table["method"] == method]
        x, y = (tuple(float(value) for value in rows[column]) for column in ("k", name))
        lines.append(Line(x, y, method, TYPES[number % len(TYPES)]))
    lowest = i + _COLUMNS >= count
    low, high = float(table["k"].min()), float(table["k"].max())
    ticks = tuple((float(k), f"{k}" if lowest else "") for k in sorted(set(table["k"].tolist())))
    called, direction = ALL[name]
    if standardised is not None:
        direction = "lower is better" if standardised == "rank" else "higher is better"
    across = Axis("number of types (k)" if lowest else "", low - 0.4, high + 0.4, ticks)
    return Panel(tuple(lines), across, Axis(""), title=called, subtitle=direction, row=i // _COLUMNS,
                 column=i % _COLUMNS)  # fmt: skip


def _called(method: str) -> str:
    return {"pam": "PAM", "ward": "Ward (D2)", "ward_d": "Ward (D)"}.get(method, method)


def _summary(quality: pd.DataFrame, names: list[str]) -> str:
    told = []
    for name in (one for one in names if one not in ("R2", "R2sq")):
        known = quality.dropna(subset=[name])
        at = known[name].to_numpy(dtype=float)
        row = known.iloc[int(at.argmin() if name in LOWER else at.argmax())]
        told.append(f"{_called(str(row['method']))} with {int(row['k'])} types by {name}")
    return f"The best of these typologies: {joined(told)}."
