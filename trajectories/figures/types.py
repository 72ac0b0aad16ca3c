"""The types side by side: the state distribution of each over its lives over its medoid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from trajectories.coding.codebook import Domain
from trajectories.coding.study import ContextEvent
from trajectories.errors import SettingError
from trajectories.figures.clock import Clock, clock
from trajectories.figures.distribution import SHARES, UNLABELLED_SHARES
from trajectories.figures.figure import Axis, Figure, Panel, Rule
from trajectories.figures.index import PEOPLE, SORTED, UNLABELLED_PEOPLE
from trajectories.figures.parts import (
    context_rules, legend, most_frequent, observed_words, rules_note, stack, tiles,
)  # fmt: skip
from trajectories.figures.words import joined, people
from trajectories.sequences.description import state_distribution
from trajectories.sequences.order import Order, sort_order
from trajectories.sequences.sequences import Sequences
from trajectories.typology.typology import Typology

if TYPE_CHECKING:
    import pandas as pd


def plot_types(lives: Sequences, types: Typology, domain: str | None = None, sort: str = "first_change",
               selected: str | None = None, context: Sequence[ContextEvent] = ()) -> Figure:
    """Draw what a typology found, in one domain (None: the first): a column for each type.

    From top to bottom: the type's state distribution, each of its lives as a row (``sort``:
    ``first_change``, ``start``, ``end``, or ``typical``: nearest to the medoid first), and its medoid, the
    life that stands for it. People without a type or without a sequence are left out. ``selected`` outlines
    one person. The table is that of ``state_distribution`` by type. Raises SettingError when nobody has
    both, or for an unknown domain or order.
    """
    members = _members(lives, types)
    one = lives.domains[0 if domain is None else lives.domain_index(domain)]
    table = state_distribution(lives, one.name, groups=members)
    axis, columns = clock(lives), columns_for(len(members))
    rules = (*axis.zero, *context_rules(context, axis))
    bare = tuple(Rule(rule.x, dashed=rule.dashed) for rule in rules)
    panels = []
    for i, (name, ids) in enumerate(members.items()):
        ordered = _ordered(lives.select(ids), types, one.name, sort)
        rows = table[table["group"] == name]
        medoid = types.medoids[types.names.index(name)]
        column = _Column(lives, one, axis, bare, i, columns, len(members))
        panels += column.panels(name, rows, ordered, medoid, selected)
    blocks = -(-len(members) // columns)
    return Figure(
        title=f"Types of trajectories: {one.label.lower()}", summary=_summary(members, table, one, axis),
        panels=tuple(panels), table=table, legends=(legend(lives, one, missing=True),), heights=(1.0, 1.6, 0.13) * blocks,
        widths=(1.0,) * columns, size=(7.0, 0.75 + 3.25 * blocks),
        note=" ".join(filter(None, [f"People: {SORTED[sort]}.", rules_note(rules)])),
    )  # fmt: skip


def columns_for(k: int) -> int:
    """How many columns k panels stand in: at most five, rows as even as can be."""
    rows = -(-k // (4 if k in (7, 8) else 5))
    return -(-k // rows)


class _Column:
    """One type's three panels, and where they stand."""

    def __init__(self, lives: Sequences, domain: Domain, axis: Clock, rules: tuple[Rule, ...], number: int,
                 columns: int, count: int) -> None:  # fmt: skip
        self.lives, self.domain, self.axis, self.rules = lives, domain, axis, rules
        self.row, self.column = 3 * (number // columns), number % columns
        self.first = self.column == 0
        self.upper = axis.axis(5.9 / columns, labelled=False)
        lower = axis.axis(5.9 / columns)
        said = number + columns >= count and (columns < 5 or self.column == columns // 2)
        self.lower = lower if said else replace(lower, label="")

    def panels(self, name: str, rows: pd.DataFrame, ids: Sequence[str], medoid: str,
               selected: str | None) -> list[Panel]:  # fmt: skip
        mark = stack(rows, self.domain, self.axis)
        observed = [] if mark.counts is None else list(mark.counts)
        shares, persons = (SHARES, PEOPLE) if self.first else (UNLABELLED_SHARES, UNLABELLED_PEOPLE)
        index = tiles(self.lives, self.domain, ids, self.axis, selected)
        strip = tiles(self.lives, self.domain, [medoid], self.axis) if medoid in self.lives.ids else None
        upper = [
            Panel((mark, *self.rules), self.upper, shares, name, observed_words(len(ids), observed), self.row, self.column),
            Panel((index, *self.rules), self.upper, persons, row=self.row + 1, column=self.column),
        ]
        beneath = Axis("", ticks=((0.5, "medoid"),) if self.first else ())
        marks = (strip, *self.rules) if strip is not None else self.rules
        return [*upper, Panel(marks, self.lower, beneath, row=self.row + 2, column=self.column)]


def _members(lives: Sequences, types: Typology) -> dict[str, tuple[str, ...]]:
    known = set(lives.ids)
    members = {name: tuple(p for p in types.members(t) if p in known) for t, name in enumerate(types.names)}
    found = {name: ids for name, ids in members.items() if ids}
    if not found:
        raise SettingError(f"None of these {people(lives.n)} has a type; types and lives must be of the same people.")
    return found


def _ordered(lives: Sequences, types: Typology, domain: str, sort: str) -> tuple[str, ...]:
    if sort != "typical":
        return sort_order(lives, domain, cast(Order, sort))
    near = dict(zip(types.ids, types.to_medoid.tolist(), strict=True))
    return tuple(sorted(lives.ids, key=near.__getitem__))


def _summary(members: dict[str, tuple[str, ...]], table: pd.DataFrame, domain: Domain, axis: Clock) -> str:
    total = sum(len(ids) for ids in members.values())
    sizes = joined([f"{name} (n = {len(ids)})" for name, ids in members.items()])
    said = [f"{name}: {most_frequent(table[table['group'] == name], domain, axis, most=2)}." for name in members]
    return f"{people(total)} in {len(members)} types: {sizes}. " + " ".join(said)
