"""Typologies of several domains across each other, and the types made of their combinations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trajectories.errors import SettingError
from trajectories.figures.figure import Axis, Bar, Bars, Figure, Key, Legend, Panel
from trajectories.figures.style import TYPES
from trajectories.figures.words import in_two_lines
from trajectories.typology.contingency import MARKED
from trajectories.wording import joined, percent

if TYPE_CHECKING:
    import pandas as pd



def plot_crossed_types(pairs: pd.DataFrame, domain: str = "") -> Figure:
    """Draw which types of the other domains go with each type of one domain.

    ``pairs`` is ``cross_types(...).pairs()``; ``domain`` is the one whose types are the rows (none: the
    first). A panel each other domain: the shares of its types within each row, marked ▲ or ▼ where there are
    more or fewer people than if the two domains had nothing to do with each other, as the table says.
    Raises SettingError for another table or a domain that it does not hold.
    """
    columns = {"domain", "other", "type", "other_type", "n", "share", "residual", "mark"}
    needed = columns - set(pairs.columns)
    if needed or not len(pairs):
        raise SettingError("This is no table of crossed types; give cross_types(...).pairs()"
                           f"{', with ' + ', '.join(sorted(needed)) if needed else ''}.")  # fmt: skip
    first = domain or str(pairs["domain"].iloc[0])
    drawn = _seen_from(pairs, first)
    others = list(dict.fromkeys(drawn["other"]))
    rows = list(dict.fromkeys(drawn["type"]))
    panels = tuple(_panel(drawn[drawn["other"] == other], str(other), rows, i, len(others))
                   for i, other in enumerate(others))  # fmt: skip
    legends = tuple(Legend(str(other), tuple(
        Key(str(name), TYPES[i % len(TYPES)]) for i, name in
        enumerate(dict.fromkeys(drawn.loc[drawn["other"] == other, "other_type"])))) for other in others)
    return Figure(
        title=f"Types of {first}, and types of the other domains", summary=_summary(drawn, first),
        panels=panels, table=drawn, legends=legends, heights=(1.0,) * len(others),
        size=(7.0, 1.2 + len(others) * (0.75 + 0.3 * len(rows)) + 0.3 * len(others)),
        note=f"▲ more, ▼ fewer people than if the two domains had nothing to do with each other ({MARKED}); "
             "none where the two as a whole go together no more than chance makes.",
    )  # fmt: skip


def plot_combined_types(table: pd.DataFrame, counts: pd.DataFrame) -> Figure:
    """Draw the combinations of types by how many people have them, in the colours of the types that they were
    merged into.

    ``table`` is ``combined_types(...).table()``, ``counts`` the ``table()`` of the crossed types that it was
    made of. Raises SettingError for other tables.
    """
    domains = [str(name) for name in counts.columns if name not in ("n", "share", "expected")]
    if not {"type", "combination"} <= set(table.columns) or "n" not in counts or not domains:
        raise SettingError("These are no tables of combined types; give combined_types(...).table() and the "
                           "table() of the crossed types.")  # fmt: skip
    people = {" + ".join(map(str, row[:-1])): int(row[-1])
              for row in counts[[*domains, "n"]].itertuples(index=False)}  # fmt: skip
    if missing := [name for name in table["combination"] if name not in people]:
        raise SettingError(f"The crossed types do not hold the combination {missing[0]!r}; give those that "
                           "the combined types were made of.")  # fmt: skip
    types = list(dict.fromkeys(table["type"]))
    drawn = table.assign(people=[people[name] for name in table["combination"]])
    bars = tuple(
        Bar(i, 0.0, float(row["people"]), TYPES[types.index(row["type"]) % len(TYPES)], str(row["people"]),
            f"{row['combination']}\n{row['people']} people, in “{row['type']}”", outside=True)
        for i, row in enumerate(drawn.to_dict("records"))
    )  # fmt: skip
    rows = tuple(in_two_lines(str(name), 34) for name in drawn["combination"])
    most = float(drawn["people"].max())
    n = int(drawn["people"].sum())
    return Figure(
        title=f"Combinations of types: {joined(domains)}",
        summary=f"{len(drawn)} combinations of the types of {joined(domains)} occur among {n} people; they "
                f"were merged into {len(types)} types.",
        panels=(Panel((Bars(bars, rows),), Axis("people", 0.0, 1.1 * most), Axis("", ticks=()),
                      subtitle=f"n = {n}"),), table=drawn, size=(7.0, 1.5 + 0.32 * len(rows)),
        legends=(Legend("", tuple(Key(str(name), TYPES[i % len(TYPES)]) for i, name in enumerate(types))),),
    )  # fmt: skip


def _seen_from(pairs: pd.DataFrame, domain: str) -> pd.DataFrame:
    """The pairs with one domain on the left, its shares computed within its types."""
    import pandas as pd

    known = list(dict.fromkeys([*pairs["domain"], *pairs["other"]]))
    if domain not in known:
        raise SettingError(f"There is no domain {domain!r} here; there are {', '.join(map(str, known))}.")
    left = pairs[pairs["domain"] == domain]
    right = pairs[pairs["other"] == domain]
    turned = {"domain": "other", "other": "domain", "type": "other_type", "other_type": "type"}
    right = right.rename(columns=turned)[list(pairs.columns)]
    found = pd.concat([right, left], ignore_index=True)
    totals = found.groupby(["other", "type"], sort=False)["n"].transform("sum")
    found["share"] = (found["n"] / totals).where(totals > 0)
    order = {name: i for i, name in enumerate(dict.fromkeys(left["type"] if len(left) else right["type"]))}
    return found.sort_values("type", key=lambda names: names.map(order), kind="stable", ignore_index=True)


def _panel(table: pd.DataFrame, other: str, rows: list[str], place: int, count: int) -> Panel:
    kinds = list(dict.fromkeys(table["other_type"]))
    bars = []
    for row, name in enumerate(rows):
        start = 0.0
        for one in table[table["type"] == name].to_dict("records"):
            share = float(one["share"])
            if share > 0:
                told = f"{percent(share)} {one['mark']}".rstrip()
                hover = f"{name}\n{one['other_type']}: {one['n']} people, {told}"
                text = told if share >= 0.08 else ""
                colour = TYPES[kinds.index(one["other_type"]) % len(TYPES)]
                bars.append(Bar(row, start, start + share, colour, text, hover))
                start += share
    sizes = table.groupby("type", sort=False)["n"].sum()
    names = tuple(f"{in_two_lines(str(name), 24)} (n = {int(sizes[name])})" for name in rows)
    ticks = tuple((i / 4, percent(i / 4)) for i in range(5))
    x = Axis("share of the people" if place == count - 1 else "", 0.0, 1.0, ticks, "share")
    return Panel((Bars(tuple(bars), names),), x, Axis("", ticks=()), title=other,
                 subtitle=f"n = {int(sizes.sum())}", row=place)  # fmt: skip


def _summary(table: pd.DataFrame, domain: str) -> str:
    across = f"Types of {domain} across those of {joined([str(o) for o in dict.fromkeys(table['other'])])}."
    known = table[table["residual"].notna()].sort_values("residual", ascending=False, kind="stable")
    if not len(known):
        return f"{across} There is but one type to each, so that none can go with another."
    strongest = known.to_dict("records")[0]
    return (f"{across} Most above chance: “{strongest['type']}” with “{strongest['other_type']}” in "
            f"{strongest['other']} ({strongest['n']} people, {percent(float(strongest['share']))}, residual "
            f"{strongest['residual']:+.1f}).")  # fmt: skip
