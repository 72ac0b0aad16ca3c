"""Whether types would be found again: with other people of the same kind, and with how many types."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trajectories.errors import SettingError
from trajectories.figures.figure import Axis, Bar, Bars, Figure, Key, Legend, Panel, Point, Points, Rule
from trajectories.figures.words import in_two_lines
from trajectories.wording import joined

if TYPE_CHECKING:
    import pandas as pd

BANDS = {
    "highly stable": "#1864ab", "stable": "#74a9d8", "doubtful": "#f08c00", "unstable": "#c92a2a",
}  # fmt: skip
"""The usual readings of a mean Jaccard coefficient, and their colours."""
_SPREAD, _POINT = "#dee2e6", "#495057"


def plot_type_stability(types: pd.DataFrame, subsamples: pd.DataFrame | None = None) -> Figure:
    """Draw how far each type is found again in bootstrap samples, and how far parts of the people agree on
    each number of types.

    ``types`` is ``bootstrap_stability(...).table()``: a row a type with the mean Jaccard coefficient, its
    bar the middle 95 % of the samples; lines at 0.6, 0.75 and 0.85 part the usual readings (Hennig 2007).
    ``subsamples`` is the table of ``subsample_stability``: the same for the adjusted Rand index by the number
    of types. Raises SettingError for other tables.
    """
    needed = {"type", "n", "jaccard", "low", "high", "reading"} - set(types.columns)
    if subsamples is not None:
        needed |= {"k", "rand", "low", "high"} - set(subsamples.columns)
    if needed or not len(types):
        raise SettingError("These are no tables of bootstrap_stability(...).table() and "
                           f"subsample_stability(...): they need {', '.join(sorted(needed)) or 'rows'}.")
    known = types.dropna(subset=["jaccard"])
    panels = [_types(known)]
    if subsamples is not None:
        panels.append(_numbers(subsamples))
    heights = tuple(float(len(one.marks[-2].rows)) for one in panels if isinstance(one.marks[-2], Bars))
    used = [band for band in BANDS if (known["reading"] == band).any()]
    return Figure(
        title="Would these types be found again?", summary=_summary(known, subsamples),
        panels=tuple(panels), table=_table(known, subsamples), heights=heights,
        legends=(Legend("", tuple(Key(band, BANDS[band]) for band in used)),),
        size=(7.0, 1.7 + 0.27 * sum(heights) + 0.6 * len(panels)),
        note="Points: means; bars: the middle 95 % of the samples.",
    )  # fmt: skip


def _types(types: pd.DataFrame) -> Panel:
    bars, points = [], []
    for row, one in enumerate(types.to_dict("records")):
        told = (f"{one['type']} (n = {one['n']}): {one['jaccard']:.2f}, middle 95 % {one['low']:.2f} to "
                f"{one['high']:.2f}, {one['reading']}")  # fmt: skip
        bars.append(Bar(row, float(one["low"]), float(one["high"]), _SPREAD, hover=told))
        points.append(Point(float(one["jaccard"]), "", float(row), BANDS.get(one["reading"], _POINT), told))
    names = tuple(f"{in_two_lines(str(name), 26)} (n = {n})"
                  for name, n in zip(types["type"], types["n"].tolist(), strict=True))  # fmt: skip
    rules = tuple(Rule(level, dashed=True) for level in (0.6, 0.75, 0.85))
    return Panel((*rules, Bars(tuple(bars), names), Points(tuple(points))), _from_0("Jaccard coefficient"),
                 Axis("", ticks=()), title="With other people of the same kind: each type",
                 subtitle=f"n = {int(types['n'].sum())}; dashed: 0.6 doubtful, 0.75 stable, 0.85 highly "
                          "stable")  # fmt: skip


def _numbers(table: pd.DataFrame) -> Panel:
    bars, points = [], []
    for row, one in enumerate(table.to_dict("records")):
        told = f"{one['k']} types: {one['rand']:.2f}, middle 95 % {one['low']:.2f} to {one['high']:.2f}"
        bars.append(Bar(row, float(one["low"]), float(one["high"]), _SPREAD, hover=told))
        points.append(Point(float(one["rand"]), "", float(row), _POINT, told))
    names = tuple(f"{k} types" for k in table["k"].tolist())
    lowest = min(0.0, float(table["low"].min()))
    return Panel((Bars(tuple(bars), names), Points(tuple(points))),
                 _from_0("adjusted Rand index", lowest), Axis("", ticks=()),
                 title="Two overlapping parts of the people: each number of types",
                 subtitle="1: the same types, 0: no more than chance", row=1)  # fmt: skip


def _from_0(label: str, low: float = 0.0) -> Axis:
    ticks = ((0.0, "0"), (0.25, "0.25"), (0.5, "0.5"), (0.75, "0.75"), (1.0, "1"))
    return Axis(label, low, 1.02, ticks)


def _table(types: pd.DataFrame, subsamples: pd.DataFrame | None) -> pd.DataFrame:
    """What is drawn, a row a point: panel, row, mean, low, high."""
    import pandas as pd

    rows = [("type", str(one["type"]), one["jaccard"], one["low"], one["high"])
            for one in types.to_dict("records")]  # fmt: skip
    if subsamples is not None:
        rows += [("k", str(one["k"]), one["rand"], one["low"], one["high"])
                 for one in subsamples.to_dict("records")]  # fmt: skip
    return pd.DataFrame(rows, columns=["panel", "row", "mean", "low", "high"])


def _summary(types: pd.DataFrame, subsamples: pd.DataFrame | None) -> str:
    counts = [(band, int((types["reading"] == band).sum())) for band in BANDS]
    said = [f"{n} {'is' if n == 1 else 'are'} {band}" for band, n in counts if n]
    told = f"Of {len(types)} types, {joined(said)}."
    if subsamples is None or not len(subsamples):
        return told
    best = subsamples.sort_values("rand", ascending=False, kind="stable").to_dict("records")[0]
    return (f"{told} Parts of the people agree most on {best['k']} types (adjusted Rand index "
            f"{best['rand']:.2f}).")  # fmt: skip
