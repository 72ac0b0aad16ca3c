"""What imprecise dates do to types: who stays, how far the types agree, and which number of types wins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trajectories.errors import SettingError
from trajectories.figures.figure import Axis, Bar, Bars, Figure, Key, Legend, Line, Panel
from trajectories.figures.words import in_two_lines
from trajectories.wording import percent

if TYPE_CHECKING:
    import pandas as pd

PARTS = {
    "always": ("in every draw", "#1864ab"),
    "mostly": ("in more than half of the draws", "#74a9d8"),
    "seldom": ("in half of the draws or fewer", "#e8590c"),
}
"""How often people are in the same type: what it is called, and its colour."""
_COLOUR, _OTHER = "#1864ab", "#adb5bd"


def plot_date_stability(draws: pd.DataFrame, types: pd.DataFrame) -> Figure:
    """Draw how far a typology holds over possible datings of the lives.

    ``draws`` is ``date_stability(...).table()``, ``types`` its ``by_type()``. Above, for each type, the
    shares of its people who are in it in every draw, in more than half of the draws, and in half or fewer;
    below, the adjusted Rand index of each draw from the least to the largest, and in how many draws each
    number of types has the largest average silhouette width. No person is shown. The figure's table holds a
    row a bar or point: panel, row, part, value. Raises SettingError for other tables.
    """
    needed = {"draw", "rand", "best_k"} - set(draws.columns) | {"type", "n", *PARTS} - set(types.columns)
    if needed or not len(draws) or not len(types):
        raise SettingError("These are no tables of date_stability(...): give its table() and its by_type()"
                           f"{', with ' + ', '.join(sorted(needed)) if needed else ''}.")  # fmt: skip
    panels = [_staying(types), _agreement(draws)]
    wins = _wins(draws)
    if len(wins):
        panels.append(_winners(wins, len(draws), len(types)))
    heights = (1.2 * len(types), 4.0, 0.9 * max(len(wins), 1))[: len(panels)]
    return Figure(
        title="What depends on imprecise dates", summary=_summary(draws, types, wins), panels=tuple(panels),
        table=_table(draws, types, wins), heights=heights,
        legends=(Legend("", tuple(Key(label, colour) for label, colour in PARTS.values())),),
        size=(7.0, 1.9 + 0.3 * sum(heights)), note=f"{len(draws)} ordered draws of every imprecise date.",
    )  # fmt: skip


def _staying(types: pd.DataFrame) -> Panel:
    """A row a type: which part of its people stay."""
    bars: list[Bar] = []
    for row, one in enumerate(types.to_dict("records")):
        start, n = 0.0, int(one["n"])
        for part, (label, colour) in PARTS.items():
            share = int(one[part]) / n if n else 0.0
            if share:
                hover = f"{one['type']}\n{one[part]} of {n} people: {label}"
                text = percent(share) if share >= 0.05 else ""
                bars.append(Bar(row, start, start + share, colour, text, hover))
            start += share
    rows = tuple(f"{in_two_lines(str(name), 22)} (n = {n})" for name, n in
                 zip(types["type"], types["n"].tolist(), strict=True))  # fmt: skip
    ticks = tuple((i / 4, percent(i / 4)) for i in range(5))
    across = Axis("share of the people", 0.0, 1.0, ticks, "share")
    return Panel((Bars(tuple(bars), rows),), across, Axis("", ticks=()), title="In the same type",
                 subtitle=f"n = {int(types['n'].sum())}")  # fmt: skip


def _agreement(draws: pd.DataFrame) -> Panel:
    """The draws from least to most agreement."""
    rand = sorted(draws["rand"].tolist())
    x = tuple(float(i) for i in range(1, len(rand) + 1))
    ticks = ((0.0, "0"), (0.25, ""), (0.5, "0.5"), (0.75, ""), (1.0, "1"))
    return Panel(
        (Line(x, tuple(rand), "adjusted Rand index", _COLOUR),),
        Axis("draws, from the least to the most alike", 0.5, len(rand) + 0.5, ()),
        Axis("", min(0.0, rand[0]), 1.04, ticks),
        title="Agreement with the types reported (adjusted Rand index)",
        subtitle=f"n = {len(rand)} draws; 1: the same types, 0: no more than chance", row=1,
    )  # fmt: skip


def _wins(draws: pd.DataFrame) -> dict[int, int]:
    """In how many draws each number of types is best."""
    best = [int(k) for k in draws["best_k"].tolist() if k]
    return {k: best.count(k) for k in sorted(set(best))}


def _winners(wins: dict[int, int], n: int, reported: int) -> Panel:
    bars = tuple(
        Bar(row, 0.0, float(count), _COLOUR if k == reported else _OTHER, f"{count}",
            f"{k} types are best in {count} of {n} draws", outside=True)
        for row, (k, count) in enumerate(wins.items())
    )  # fmt: skip
    rows = tuple(f"{k} types{' (reported)' if k == reported else ''}" for k in wins)
    return Panel((Bars(bars, rows),), Axis("draws", 0.0, n * 1.05, ((0.0, "0"), (float(n), str(n)))),
                 Axis("", ticks=()), title="Best number of types by average silhouette width",
                 subtitle=f"{reported} types are reported", row=2)  # fmt: skip


def _table(draws: pd.DataFrame, types: pd.DataFrame, wins: dict[int, int]) -> pd.DataFrame:
    import pandas as pd

    rows: list[tuple[str, str, str, float]] = [
        ("people", str(one["type"]), part, float(one[part])) for one in types.to_dict("records")
        for part in PARTS
    ]  # fmt: skip
    rows += [("rand", str(draw), "", float(rand))
             for draw, rand in zip(draws["draw"], draws["rand"], strict=True)]  # fmt: skip
    rows += [("best_k", str(k), "", float(count)) for k, count in wins.items()]
    return pd.DataFrame(rows, columns=["panel", "row", "part", "value"])


def _summary(draws: pd.DataFrame, types: pd.DataFrame, wins: dict[int, int]) -> str:
    n, always = int(types["n"].sum()), int(types["always"].sum())
    rand = draws["rand"]
    told = (f"{always} of {n} people ({percent(always / max(n, 1))}) are in the same type in all "
            f"{len(draws)} draws. The adjusted Rand index with the types reported is {rand.median():.2f} in "
            f"the median ({rand.min():.2f} to {rand.max():.2f}).")  # fmt: skip
    if not wins:
        return told
    most = max(wins, key=lambda k: wins[k])
    return f"{told} {most} types are best by average silhouette width in {wins[most]} draws."
