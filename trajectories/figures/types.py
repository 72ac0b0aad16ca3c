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
from trajectories.figures.words import joined, people
from trajectories.sequences.description import state_distribution
from trajectories.sequences.order import Order, sort_order
from trajectories.sequences.sequences import Sequences
from trajectories.typology.typology import Typology

if TYPE_CHECKING:
    import pandas as pd

Members = Mapping[str, tuple[str, ...]]


def plot_types(
    lives: Sequences, types: Typology, domain: str | None = None, sort: str = "first_change",
    selected: str | None = None, context: Sequence[ContextEvent] = (),
) -> Figure:  # fmt: skip
    """Draw what a typology found, in one domain (None: the first): a column for each type.

    From top to bottom: the type's state distribution, each of its lives as a row (``sort``:
    ``first_change``, ``start``, ``end``, or ``typical``: nearest to the medoid first), and its medoid, the
    life that stands for it: real people, not for publication. People without a type or without a sequence
    are left out. ``selected`` outlines one person. The table is that of ``state_distribution`` by type.
    Raises SettingError when nobody has both, or for an unknown domain or order.
    """
    members = _members(lives, types)
    one = lives.domains[0 if domain is None else lives.domain_index(domain)]
    table = state_distribution(lives, one.name, groups=members)
    axis, columns = clock(lives), columns_for(len(members))
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
        panels += column.panels(axis, i, columns, len(members))
    blocks = -(-len(members) // columns)
    return Figure(
        title=f"Types of trajectories: {one.label.lower()}",
        summary=_summary(members, table, one, axis),
        panels=tuple(panels),
        table=table,
        legends=(parts.legend(lives, one, missing=True),),
        heights=(1.0, 1.6, 0.13) * blocks,
        widths=(1.0,) * columns,
        size=(7.0, 0.75 + 3.25 * blocks),
        note=parts.notes(
            f"People: {SORTED.get(sort, sort)}.", parts.brackets_note(panels), parts.rules_note(rules)
        ),
    )


def columns_for(k: int) -> int:
    """How many columns k panels stand in: at most five, rows as even as can be."""
    rows = -(-k // (4 if k in (7, 8) else 5))
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
    total = sum(len(ids) for ids in members.values())
    sizes = joined([f"{name} (n = {len(ids)})" for name, ids in members.items()])
    said = parts.each_group(table, domain, axis)
    return f"{people(total)} in {len(members)} types: {sizes}. {said}"
