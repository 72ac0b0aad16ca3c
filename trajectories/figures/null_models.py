"""Types beside what chance makes: the quality of typologies found and of those of lives made by chance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trajectories.errors import SettingError
from trajectories.figures.figure import Axis, Bar, Bars, Figure, Key, Legend, Panel, Point, Points
from trajectories.figures.quality import INDICES
from trajectories.figures.words import capital
from trajectories.typology.null_models import FEWEST
from trajectories.wording import numbers

if TYPE_CHECKING:
    import pandas as pd

MODELS = {
    "combined": "Order and durations by chance",
    "duration": "Durations by chance",
    "sequencing": "Order by chance",
    "independent": "Each position by chance",
    "markov": "Only the state before counts",
}
"""What each null model is called."""
_CHANCE, _BEYOND, _WITHIN = "#ced4da", "#1864ab", "#868e96"
_COLUMNS = 3


def plot_null_models(table: pd.DataFrame, index: str = "ASW") -> Figure:
    """Draw one index of quality over the number of types: as found, and where the middle 95 % of lives made
    by chance lie.

    ``table`` is that of ``null_models(...).table()``, or several of them one under the other: a panel a
    model. A point outside its bar is a typology better than chance makes it; it is blue where that holds
    after adjusting for the choice of k (p below 0.05). Raises SettingError for another table, or an index
    that it does not hold.
    """
    needed = {"model", "repetitions", "k", "index", "observed", "low", "high", "p_adjusted"}
    needed -= set(table.columns)
    if needed or not (table["index"] == index).any():
        raise SettingError(f"This table has no {index} beside chance to draw; give null_models(...).table() "
                           "and one of its indices.")  # fmt: skip
    drawn = table[(table["index"] == index) & table["observed"].notna()].reset_index(drop=True)
    models = list(dict.fromkeys(drawn["model"]))
    ks = sorted(set(drawn["k"].tolist()))
    low, high = min(drawn["low"].min(), drawn["observed"].min()), drawn[["high", "observed"]].max().max()
    room = 0.06 * (high - low) or 0.1
    across = Axis(INDICES.get(index, (index, ""))[0], float(low - room), float(high + room))
    panels = tuple(_panel(drawn[drawn["model"] == model], str(model), ks, i, len(models), across)
                   for i, model in enumerate(models))  # fmt: skip
    deep = -(-len(models) // _COLUMNS)
    return Figure(
        title="Is there more than chance would make?", summary=_summary(drawn, index, models),
        panels=panels, table=drawn, legends=(_legend(drawn),), heights=(1.0,) * deep,
        widths=(1.0,) * min(_COLUMNS, len(models)), size=(7.0, 1.3 + deep * (0.7 + 0.17 * len(ks))),
        note="A row for each number of types.",
    )  # fmt: skip


def _panel(rows: pd.DataFrame, model: str, ks: list[int], place: int, count: int, across: Axis) -> Panel:
    bars, points = [], []
    for one in rows.to_dict("records"):
        row = ks.index(one["k"])
        told = f"{one['k']} types: {one['observed']:.3f}, by chance {one['low']:.3f} to {one['high']:.3f}"
        if one["low"] == one["low"]:
            bars.append(Bar(row, float(one["low"]), float(one["high"]), _CHANCE, hover=told))
        colour = _BEYOND if one["p_adjusted"] < 0.05 else _WITHIN
        points.append(Point(float(one["observed"]), "", float(row), colour, told))
    names = tuple(f"k = {k}" for k in ks) if place % _COLUMNS == 0 else tuple("" for _ in ks)
    lowest = place + _COLUMNS >= count
    x = across if lowest else Axis("", across.low, across.high)
    return Panel((Bars(tuple(bars), names), Points(tuple(points))), x, Axis("", ticks=()),
                 title=MODELS.get(model, model), row=place // _COLUMNS, column=place % _COLUMNS)  # fmt: skip


def _legend(drawn: pd.DataFrame) -> Legend:
    beyond = (drawn["p_adjusted"] < 0.05).to_numpy(dtype=bool)
    others = "found" if _too_few(drawn) else "found, not beyond chance"
    keys = [Key("found, beyond chance (adjusted p below 0.05)", _BEYOND)] if beyond.any() else []
    keys += [Key(others, _WITHIN)] if not beyond.all() else []
    return Legend("", (*keys, Key("lives made by chance, middle 95 %", _CHANCE)))


def _summary(drawn: pd.DataFrame, index: str, models: list[str]) -> str:
    told = ["too few repetitions to tell"] if _too_few(drawn) else []
    for model in () if told else models:
        rows = drawn[(drawn["model"] == model) & (drawn["p_adjusted"] < 0.05)]
        ks = numbers(rows["k"].tolist())
        name = MODELS.get(model, model).lower()
        told.append(f"{name}: {f'beyond chance with {ks} types' if ks else 'not beyond chance'}")
    found = capital("; ".join(told))
    return f"{INDICES.get(index, (index, ''))[0]} beside that of lives made by chance. {found}."


def _too_few(drawn: pd.DataFrame) -> bool:
    """Whether no p can be below 0.05, whatever was found."""
    return bool((drawn["repetitions"] < FEWEST).all())
