"""State distributions: which share of people is in each state, position by position."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from trajectories.coding.codebook import Domain
from trajectories.coding.study import ContextEvent
from trajectories.figures import parts
from trajectories.figures.clock import Clock, clock
from trajectories.figures.figure import Axis, Figure, Panel, Rule
from trajectories.figures.words import sentence
from trajectories.sequences.description import state_distribution
from trajectories.sequences.sequences import Sequences
from trajectories.wording import percent

if TYPE_CHECKING:
    import pandas as pd

SHARES = Axis("share of people", 0.0, 1.0, tuple((x, percent(x)) for x in (0.0, 0.5, 1.0)), "share")
UNLABELLED_SHARES = Axis("", 0.0, 1.0, tuple((x, "") for x in (0.0, 0.5, 1.0)), "share")


def plot_distribution(
    lives: Sequences, domain: str | None = None, *, context: Sequence[ContextEvent] = ()
) -> Figure:
    """Draw how many are where, when: the state distribution of one domain, or of every domain (None).

    Shares are of the people observed at a position (missing and void left out); how many these are is in
    the hover and the table, and beside n where it falls. ``context`` events are drawn on a calendar axis.
    The table is that of ``state_distribution``. Raises SettingError for a domain these lives do not have.
    """
    table = state_distribution(lives, domain)
    shown, axis = parts.domains_of(lives, domain), clock(lives)
    rows_of = {one.name: table[table["domain"] == one.name] for one in shown}
    rules = (*axis.zero, *parts.context_rules(context, axis))
    columns = 1 if len(shown) == 1 else 2
    deep = -(-len(shown) // columns)
    panels = tuple(
        _panel(lives, rows_of[one.name], one, axis, rules, (i, columns, len(shown)))
        for i, one in enumerate(shown)
    )
    return Figure(
        title="State distributions" if len(shown) > 1 else f"State distribution: {shown[0].label.lower()}",
        summary=" ".join(sentence(parts.most_frequent(rows_of[one.name], one, axis)) for one in shown),
        panels=panels,
        table=table,
        legends=tuple(parts.legend(lives, one) for one in shown),
        heights=(1.0,) * deep,
        widths=(1.0,) * columns,
        size=(7.0, 3.3 if len(shown) == 1 else 0.9 + 1.95 * deep + 0.16 * len(shown)),
        note=parts.notes(parts.brackets_note(panels), parts.rules_note(rules) if len(shown) > 1 else ""),
    )


def _panel(
    lives: Sequences, rows: pd.DataFrame, domain: Domain, axis: Clock, rules: tuple[Rule, ...],
    place: tuple[int, int, int],
) -> Panel:  # fmt: skip
    """One domain's panel; ``place`` is its number, how many columns there are, and how many panels."""
    i, columns, count = place
    mark = parts.stack(rows, domain, axis)
    return Panel(
        (mark, *(rules if count == 1 else parts.unlabelled(rules))),
        axis.axis(6.0 / columns, labelled=i + columns >= count),
        SHARES if i % columns == 0 else UNLABELLED_SHARES,
        title=domain.label if count > 1 else "",
        subtitle=parts.observed_words(lives.n, mark.observed),
        row=i // columns,
        column=i % columns,
    )
