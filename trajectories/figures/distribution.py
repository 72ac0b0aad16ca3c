"""State distributions: which share of people is in each state, position by position."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from trajectories.coding.codebook import Domain
from trajectories.coding.study import ContextEvent
from trajectories.figures.clock import Clock, clock
from trajectories.figures.figure import Axis, Figure, Panel, Rule
from trajectories.figures.parts import (
    context_rules, domains_of, legend, most_frequent, observed_words, rules_note, stack,
)  # fmt: skip
from trajectories.figures.words import sentence
from trajectories.sequences.description import state_distribution
from trajectories.sequences.sequences import Sequences

if TYPE_CHECKING:
    import pandas as pd

SHARES = Axis("share of people", 0.0, 1.0, ((0.0, "0\u00a0%"), (0.5, "50\u00a0%"), (1.0, "100\u00a0%")), "share")
UNLABELLED_SHARES = Axis("", 0.0, 1.0, ((0.0, ""), (0.5, ""), (1.0, "")), "share")


def plot_distribution(lives: Sequences, domain: str | None = None, *,
                      context: Sequence[ContextEvent] = ()) -> Figure:
    """Draw how many are where, when: the state distribution of one domain, or of every domain (None).

    Shares are of the people observed at a position (missing and void left out); how many these are is in
    the hover and the table, and beside n where it falls. ``context`` events are drawn on a calendar axis.
    The table is that of ``state_distribution``. Raises SettingError for a domain these lives do not have.
    """
    table = state_distribution(lives, domain)
    shown, axis = domains_of(lives, domain), clock(lives)
    columns = 1 if len(shown) == 1 else 2
    rules = (*axis.zero, *context_rules(context, axis))
    panels = tuple(
        _panel(lives, table[table["domain"] == one.name], one, axis, rules, (i, columns, len(shown)))
        for i, one in enumerate(shown)
    )
    rows = -(-len(shown) // columns)
    return Figure(
        title=f"State distribution: {shown[0].label.lower()}" if len(shown) == 1 else "State distributions",
        summary=" ".join(sentence(most_frequent(table[table["domain"] == one.name], one, axis)) for one in shown),
        panels=panels, table=table, legends=tuple(legend(lives, one) for one in shown),
        heights=(1.0,) * rows, widths=(1.0,) * columns,
        size=(7.0, 3.3 if len(shown) == 1 else 0.9 + 1.95 * rows + 0.16 * len(shown)),
        note="" if len(shown) == 1 else rules_note(rules),
    )  # fmt: skip


def _panel(lives: Sequences, rows: pd.DataFrame, domain: Domain, axis: Clock, rules: tuple[Rule, ...],
           place: tuple[int, int, int]) -> Panel:
    i, columns, count = place
    mark = stack(rows, domain, axis)
    observed = [] if mark.counts is None else list(mark.counts)
    lowest = i + columns >= count
    lines = rules if columns == 1 else tuple(Rule(rule.x, dashed=rule.dashed) for rule in rules)
    return Panel(
        (mark, *lines), axis.axis(6.0 / columns, labelled=lowest), SHARES if i % columns == 0 else UNLABELLED_SHARES,
        title=domain.label if count > 1 else "", subtitle=observed_words(lives.n, observed),
        row=i // columns, column=i % columns,
    )  # fmt: skip
