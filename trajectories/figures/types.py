"""The types side by side: the state distribution of each over its lives over its medoid."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast

from trajectories.coding.codebook import Domain
from trajectories.coding.study import ContextEvent
from trajectories.errors import SettingError
from trajectories.figures import parts
from trajectories.figures.clock import Clock, clock
from trajectories.figures.distribution import SHARES, UNLABELLED_SHARES
from trajectories.figures.figure import Axis, Figure, Panel, Rule, Stack, Tiles
from trajectories.figures.index import PEOPLE, SORTED, UNLABELLED_PEOPLE
from trajectories.sequences.description import state_distribution
from trajectories.sequences.order import Order, sort_order
from trajectories.sequences.sequences import Sequences
from trajectories.typology.typology import Typology
from trajectories.wording import people, percent

if TYPE_CHECKING:
    import pandas as pd

Members = Mapping[str, tuple[str, ...]]


def plot_types(
    lives: Sequences, types: Typology, domain: str | None = None, sort: str = "first_change",
    selected: str | None = None, context: Sequence[ContextEvent] = (), *, columns: int | None = None,
) -> Figure:  # fmt: skip
    """Draw what a typology found, in one domain (None: the first): a column for each type.

    From top to bottom: the type's state distribution, each of its lives as a row (``sort``:
    ``first_change``, ``start``, ``end``, or ``typical``: nearest to the medoid first), and its medoid, the
    life that stands for it: real people, not for publication. People without a type or without a sequence
    are left out. ``selected`` outlines one person. ``columns`` is how many types stand side by side at most
    (None: as many as can be read); more stand in rows that are as even as can be. The table is that of
    ``state_distribution`` by type. Raises SettingError when nobody has both, for an unknown domain or order,
    or for fewer than one column.
    """
    members = _members(lives, types)
    one = lives.domains[0 if domain is None else lives.domain_index(domain)]
    table = state_distribution(lives, one.name, groups=members)
    axis, wide = clock(lives), columns_for(len(members), columns)
    rules = (*axis.zero, *parts.context_rules(context, axis))
    panels: list[Panel] = []
    for i, (name, ids) in enumerate(members.items()):
        ordered = _in_order(lives.select(ids), types, one.name, sort)
        medoid = types.medoids[types.names.index(name)]
        column = _Column(
            name=name,
            stack=parts.stack(table[table["group"] == name], one, axis),
            tiles=parts.tiles(lives, one, ordered, axis, selected),
            medoid=parts.tiles(lives, one, [medoid], axis) if medoid in lives.ids else None,
            rules=parts.unlabelled(rules),
        )
        panels += column.panels(axis, i, wide, len(members))
    blocks = -(-len(members) // wide)
    return Figure(
        title=f"Types of trajectories: {one.label.lower()}",
        summary=_summary(members, table, one, axis),
        panels=tuple(panels),
        table=table,
        legends=(parts.legend(lives, one, missing=True),),
        heights=(1.0, 1.6, 0.13) * blocks,
        widths=(1.0,) * wide,
        size=(7.0, 0.75 + 3.25 * blocks),
        note=parts.notes(
            f"People: {SORTED.get(sort, sort)}.", parts.brackets_note(panels), parts.rules_note(rules)
        ),
    )


def columns_for(k: int, most: int | None = None) -> int:
    """How many columns k panels stand in, in rows as even as can be: at most ``most`` (None: six, of which
    each is 25 mm wide on paper). Raises SettingError for fewer than one column.
    """
    if most is not None and most < 1:
        raise SettingError(f"Panels cannot stand in {most} columns; choose 1 or more.")
    rows = -(-k // (most or 6))
    return -(-k // rows)


@dataclass(frozen=True)
class _Column:
    """What is drawn of one type, from top to bottom."""

    name: str
    stack: Stack
    tiles: Tiles
    medoid: Tiles | None
    rules: tuple[Rule, ...]

    def panels(self, axis: Clock, number: int, columns: int, count: int) -> list[Panel]:
        """The three panels of the type that is ``number`` (from 0) of ``count``."""
        row, column = 3 * (number // columns), number % columns
        first = column == 0
        upper, lower = axis.axis(5.9 / columns, labelled=False), axis.axis(5.9 / columns)
        if number + columns < count or (columns > 4 and column != columns // 2):
            lower = replace(lower, label="")
        n = parts.observed_words(len(self.tiles.rows), self.stack.observed)
        shares, persons = (SHARES, PEOPLE) if first else (UNLABELLED_SHARES, UNLABELLED_PEOPLE)
        beneath = Axis("", ticks=((0.5, "medoid"),) if first else ())
        strip = () if self.medoid is None else (self.medoid,)
        return [
            Panel((self.stack, *self.rules), upper, shares, self.name, n, row, column),
            Panel((self.tiles, *self.rules), upper, persons, row=row + 1, column=column),
            Panel((*strip, *self.rules), lower, beneath, row=row + 2, column=column),
        ]


def _members(lives: Sequences, types: Typology) -> Members:
    known = set(lives.ids)
    members = {name: tuple(p for p in types.members(t) if p in known) for t, name in enumerate(types.names)}
    found = {name: ids for name, ids in members.items() if ids}
    if not found:
        raise SettingError(
            f"None of these {people(lives.n)} has a type; types and lives must be of the same people."
        )
    return found


def _in_order(lives: Sequences, types: Typology, domain: str, sort: str) -> tuple[str, ...]:
    if sort != "typical":
        return sort_order(lives, domain, cast(Order, sort))
    near = dict(zip(types.ids, types.to_medoid.tolist(), strict=True))
    return tuple(sorted(lives.ids, key=near.__getitem__))


def _summary(members: Members, table: pd.DataFrame, domain: Domain, axis: Clock) -> str:
    """How many lives in how many types; one clause a type on its commonest state at one moment."""
    total = f"{people(sum(map(len, members.values())))} in {len(members)} types"
    observed = table.drop_duplicates(["group", "position"]).groupby("position", sort=False)["observed"].sum()
    if not observed.max():
        return f"{total}; nobody is observed."
    column = parts.telling_column(axis, observed.tolist())
    here = table[table["position"] == axis.positions[column]]
    states = {name: _commonest(rows) for name, rows in here.groupby("group", sort=False)}
    said = "; ".join(f"{name} ({len(ids)}), {states[name]}" for name, ids in members.items())
    return f"{total}, and their commonest {domain.label.lower()} {axis.names[column]}: {said}."


def _commonest(rows: pd.DataFrame) -> str:
    """The commonest state of one group at one position, with its share."""
    known = rows[rows["share"].notna()].sort_values("share", ascending=False, kind="stable")
    if known.empty:
        return "nobody observed"
    label, share = known["label"].iloc[0], float(known["share"].iloc[0])
    return f"{label} {percent(share)}"
