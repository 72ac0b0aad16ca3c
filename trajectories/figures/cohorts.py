"""Cohorts side by side: the state distribution of each on equal axes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from trajectories.coding.study import ContextEvent
from trajectories.comparison.groups import Groups
from trajectories.errors import SettingError
from trajectories.figures.clock import clock
from trajectories.figures.cohort_types import plot_cohort_types as plot_cohort_types
from trajectories.figures.distribution import SHARES, UNLABELLED_SHARES
from trajectories.figures.figure import Figure, Panel, Rule
from trajectories.figures.parts import (
    context_rules, domains_of, legend, most_frequent, observed_words, rules_note, stack,
)  # fmt: skip
from trajectories.figures.words import people
from trajectories.sequences.description import state_distribution
from trajectories.sequences.sequences import Sequences

if TYPE_CHECKING:
    import pandas as pd

_MOST_COLUMNS = 4


def plot_cohorts(lives: Sequences, groups: Groups, domain: str | None = None, *,
                 context: Sequence[ContextEvent] = ()) -> Figure:
    """Draw the state distributions of cohorts (or other groups) side by side, on the same axes, with
    their n.

    One domain, or a row for every domain (None). People of no group are left out and counted beneath: those
    whose dates do not decide (ambiguous) and those the scheme does not speak of. The table is that of
    ``state_distribution`` by group. Raises SettingError when no group has anybody with a sequence.
    """
    members = _members(lives, groups)
    table = state_distribution(lives, domain, groups=members)
    shown, axis = domains_of(lives, domain), clock(lives)
    wide = len(members) if len(shown) > 1 else min(len(members), _MOST_COLUMNS)
    deep = len(shown) if len(shown) > 1 else -(-len(members) // wide)
    rules = (*axis.zero, *context_rules(context, axis))
    panels = []
    for d, one in enumerate(shown):
        for g, (name, ids) in enumerate(members.items()):
            row, column = (d, g) if len(shown) > 1 else divmod(g, wide)
            mark = stack(table[(table["domain"] == one.name) & (table["group"] == name)], one, axis)
            lowest = row == deep - 1 or (len(shown) == 1 and g + wide >= len(members))
            panels.append(Panel(
                (mark, *(Rule(rule.x, dashed=rule.dashed) for rule in rules)), axis.axis(6.0 / wide, labelled=lowest),
                SHARES if column == 0 else UNLABELLED_SHARES, title=name if len(shown) == 1 else f"{one.label}: {name}",
                subtitle=observed_words(len(ids), [] if mark.counts is None else list(mark.counts)),
                row=row, column=column,
            ))  # fmt: skip
    return Figure(
        title=f"{groups.label}: {shown[0].label.lower()}" if len(shown) == 1 else groups.label,
        summary=" ".join(f"{name}: {most_frequent(table[table['group'] == name], shown[0], axis, most=2)}."
                         for name in members) if len(shown) == 1 else _first(members, table, shown[0].name, lives),
        panels=tuple(panels), table=table, legends=tuple(legend(lives, one) for one in shown),
        heights=(1.0,) * deep, widths=(1.0,) * wide, size=(7.0, 1.0 + 1.85 * deep + 0.14 * len(shown)),
        note=" ".join(filter(None, [_left_out(lives, groups), rules_note(rules)])),
    )  # fmt: skip


def _first(members: dict[str, tuple[str, ...]], table: pd.DataFrame, domain: str, lives: Sequences) -> str:
    one, rows = lives.domains[lives.domain_index(domain)], table[table["domain"] == domain]
    return " ".join(f"{name}: {most_frequent(rows[rows['group'] == name], one, clock(lives), most=2)}." for name in members)


def _members(lives: Sequences, groups: Groups) -> dict[str, tuple[str, ...]]:
    known = set(lives.ids)
    members = {label: tuple(p for p in groups.members(g) if p in known) for g, label in enumerate(groups.labels)}
    found = {label: ids for label, ids in members.items() if ids}
    if not found:
        raise SettingError(f"None of these {people(lives.n)} belongs to a group of {groups.label!r}.")
    return found


def _left_out(lives: Sequences, groups: Groups) -> str:
    known = set(lives.ids)
    counts = [(len(known & set(groups.ambiguous)), "with dates that do not decide"),
              (len(known & set(groups.outside)), "outside the scheme")]  # fmt: skip
    said = [f"{n} {why}" for n, why in counts if n]
    return f"Left out: {', '.join(said)}." if said else ""
