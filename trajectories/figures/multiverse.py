"""The same analysis under many settings: the results from least to most, and the choices behind each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from trajectories.errors import SettingError
from trajectories.figures.figure import Axis, Bar, Bars, Figure, Key, Legend, Line, Panel, Point, Points
from trajectories.wording import counted

if TYPE_CHECKING:
    import pandas as pd

EFFECTS = {
    "pseudo_r2": ("Differences among lives that go with the cohort (pseudo-R²)", "p_value"),
    "cramers_v": ("Association of types and cohorts (Cramér's V)", "v_p_value"),
    "rand": ("Agreement with the types of the plan (adjusted Rand index)", ""),
    "asw": ("Average silhouette width (ASW)", ""),
}
"""What can be drawn: what each is called, and the column of its p-value."""
CHOICES = {
    "measure": "measure", "measure.weights": "weights of the domains", "grid": "window and step",
    "grid.step": "step", "types.method": "method", "types.k": "number of types (k)",
}  # fmt: skip
"""What choices are called; others by the part of the plan."""
LEVEL = 0.05
_SURE, _OPEN, _PLAN, _TAKEN = "#1864ab", "#868e96", "#d9480f", "#495057"
Floats = NDArray[np.float64]


def plot_multiverse(table: pd.DataFrame, effect: str = "") -> Figure:
    """Draw a specification curve: above, one result of every setting from least to most; below, which option
    of each choice every setting has (Simonsohn, Simmons and Nelson 2020).

    ``table`` is that of ``multiverse(...).table()``; choices are its columns before ``n``. ``effect`` is one
    of ``EFFECTS``; without one, the first that the table has numbers for. Settings that differ only in what
    the effect does not depend on are drawn once; those of which it is not known are left out and counted. A
    choice whose options lie on one side of the picture decides the result; one that is scattered evenly does
    not matter. Raises SettingError for a table without such results.
    """
    known = [name for name in EFFECTS if name in table and table[name].notna().any()]
    if not {"setting", "planned", "n"} <= set(table.columns) or not known or (effect and effect not in known):
        raise SettingError(f"This table has no {effect or 'results'} to draw; it needs the columns setting, "
                           f"planned, n and one of {', '.join(EFFECTS)}, as multiverse(...).table().")
    name = effect or known[0]
    choices = _choices(table, name)
    drawn = _drawn(table, name, choices)
    panels = [_curve(drawn, name), *(_options(drawn, choice, i) for i, choice in enumerate(choices, start=1))]
    rows = [drawn[choice].nunique() for choice in choices]
    heights = (max(3.2, 0.35 * sum(rows)), *(float(n) for n in rows))
    return Figure(
        title="The same analysis under other settings", summary=_summary(drawn, name), panels=tuple(panels),
        table=drawn, legends=(_legend(drawn, name),), heights=heights,
        size=(7.0, 1.4 + 0.19 * sum(heights) + 0.28 * len(rows)), note=_note(int(table[name].isna().sum())),
    )  # fmt: skip


def _choices(table: pd.DataFrame, name: str) -> list[str]:
    """The choices that the result can depend on: that of cohorts and lives knows no types."""
    columns = [str(column) for column in table.columns]
    choices = columns[columns.index("planned") + 1 : columns.index("n")]
    return [one for one in choices if name != "pseudo_r2" or one.partition(".")[0] != "types"]


def _drawn(table: pd.DataFrame, name: str, choices: list[str]) -> pd.DataFrame:
    """One row for each setting of the choices that matter, the plan's own before its likes, by the result."""
    known = table.dropna(subset=[name]).sort_values("planned", ascending=False, kind="stable")
    once = known.drop_duplicates(choices) if choices else known.head(1)
    return once.sort_values([name, "setting"], kind="stable", ignore_index=True)


def _curve(drawn: pd.DataFrame, name: str) -> Panel:
    """The results in order, those beyond chance in colour, the plan's own marked."""
    values = drawn[name].to_numpy(dtype=float)
    x = tuple(float(i) for i in range(1, len(values) + 1))
    sure = _sure(drawn, name)
    parts = ((~sure, "not beyond chance", _OPEN), (sure, EFFECTS[name][0], _SURE))
    lines = [Line(x, _only(values, part), label, colour) for part, label, colour in parts if part.any()]
    own = np.flatnonzero(drawn["planned"].to_numpy(dtype=bool)).tolist()
    points = tuple(Point(x[i], "", float(values[i]), _PLAN, f"the plan's own setting: {values[i]:.3f}")
                   for i in own)  # fmt: skip
    low, high = float(values.min()), float(values.max())
    room = 0.08 * (high - low) or 0.1
    return Panel(
        (*lines, Points(points)), _across(len(values)), Axis("", low - room, high + room),
        title=EFFECTS[name][0], subtitle=f"n = {counted(len(values), 'setting')}",
    )  # fmt: skip


def _options(drawn: pd.DataFrame, choice: str, row: int) -> Panel:
    """One choice: a row an option, a mark for each setting that has it."""
    taken = drawn[choice].astype(str)
    options = sorted(set(taken), key=lambda option: float(np.flatnonzero(taken == option).mean()))
    bars = tuple(
        Bar(options.index(option), i + 0.6, i + 1.4, _PLAN if planned else _TAKEN,
            hover=f"setting {setting}\n{choice}: {option}")
        for i, (option, planned, setting) in enumerate(zip(taken, *_told(drawn), strict=True))
    )  # fmt: skip
    return Panel((Bars(bars, tuple(options)),), _across(len(drawn)), Axis("", ticks=()),
                 title=CHOICES.get(choice, choice.replace("_", " ")), row=row)  # fmt: skip


def _told(drawn: pd.DataFrame) -> tuple[list[bool], list[int]]:
    """Of each setting, whether it is the plan's own, and its number."""
    return drawn["planned"].tolist(), drawn["setting"].tolist()


def _across(n: int) -> Axis:
    return Axis("", 0.5, n + 0.5, ())


def _sure(drawn: pd.DataFrame, name: str) -> NDArray[np.bool_]:
    """Where the effect has a p below the level; everywhere for effects without a test."""
    test = EFFECTS[name][1]
    if not test or test not in drawn:
        return np.ones(len(drawn), dtype=bool)
    return np.asarray(drawn[test].to_numpy(dtype=float) < LEVEL)


def _only(values: Floats, part: NDArray[np.bool_]) -> tuple[float, ...]:
    return tuple(np.where(part, values, np.nan).tolist())


def _legend(drawn: pd.DataFrame, name: str) -> Legend:
    sure = _sure(drawn, name)
    tested = bool(EFFECTS[name][1])
    keys = [Key(f"p below {LEVEL}" if tested else "a setting", _SURE)] if sure.any() else []
    keys += [Key(f"p of {LEVEL} or more", _OPEN)] if not sure.all() else []
    keys += [Key("the plan's own", _PLAN)] if drawn["planned"].any() else []
    return Legend("", tuple(keys))


def _summary(drawn: pd.DataFrame, name: str) -> str:
    values, n = drawn[name].to_numpy(dtype=float), len(drawn)
    first = (f"{EFFECTS[name][0]} in {counted(n, 'setting')}: {values.min():.3f} to {values.max():.3f}, "
             f"median {np.median(values):.3f}")  # fmt: skip
    own = drawn.loc[drawn["planned"].to_numpy(dtype=bool), name].tolist()
    first += f", under the plan's own {own[0]:.3f}." if own else "."
    if not EFFECTS[name][1]:
        return first
    return f"{first} The permutation p is below {LEVEL} in {int(_sure(drawn, name).sum())} of them."


def _note(unknown: int) -> str:
    told = ["Each column is one setting, from the smallest result to the largest."]
    if unknown:
        told.append(f"{unknown} more have no such result.")
    return " ".join(told)
