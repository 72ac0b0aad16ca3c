"""Sequence index plots: every life a row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from trajectories.coding.study import ContextEvent
from trajectories.errors import SettingError
from trajectories.figures import parts
from trajectories.figures.clock import clock
from trajectories.figures.figure import Axis, Figure, Panel
from trajectories.sequences.order import Order, sort_order
from trajectories.sequences.sequences import Sequences
from trajectories.sequences.spells import spells
from trajectories.wording import joined, people, percent

SORTED = {
    "first_change": "who leaves their first state earliest stands on top",
    "start": "sorted by state from the first position on",
    "end": "sorted by state from the last position back",
    "typical": "the most typical life stands on top",
}
PEOPLE = Axis("people", ticks=())
UNLABELLED_PEOPLE = Axis("", ticks=())


def plot_index(
    lives: Sequences, domain: str | None = None, sort: str = "first_change", selected: str | None = None,
    *, context: Sequence[ContextEvent] = (),
) -> Figure:  # fmt: skip
    """Draw every life as a row of states: one domain, or every domain side by side (None), in one order
    of people.

    ``sort`` is ``first_change``, ``start`` or ``end``, in the first domain drawn. ``selected`` outlines one
    person. The rows are real people: not for publication. The table holds a row a person and domain, in
    drawing order. Raises SettingError for an unknown domain or order ("typical" needs types:
    ``plot_types``).
    """
    shown, axis = parts.domains_of(lives, domain), clock(lives)
    ids = _in_order(lives, shown[0].name, sort)
    marks = [parts.tiles(lives, one, ids, axis, selected) for one in shown]
    rules = (*axis.zero, *parts.context_rules(context, axis))
    many = len(shown) > 1
    panels = tuple(
        Panel(
            (mark, *(parts.unlabelled(rules) if many else rules)),
            axis.axis(6.2 / len(shown)),
            PEOPLE if i == 0 else UNLABELLED_PEOPLE,
            title=one.label if many else "",
            subtitle=f"n = {lives.n}",
            column=i,
        )
        for i, (mark, one) in enumerate(zip(marks, shown, strict=True))
    )
    return Figure(
        title=f"Every life a row: {joined([one.label.lower() for one in shown])}",
        summary=_summary(lives, shown[0].name),
        panels=panels,
        table=parts.tiles_table(marks, lives, shown),
        legends=tuple(parts.legend(lives, one, missing=True) for one in shown),
        widths=(1.0,) * len(shown),
        size=(7.0, 1.1 + 0.16 * len(shown) + min(5.5, max(1.6, 0.017 * lives.n))),
        note=parts.notes(f"People: {SORTED[sort]}.", parts.rules_note(rules) if many else ""),
    )


def _in_order(lives: Sequences, domain: str, sort: str) -> tuple[str, ...]:
    if sort == "typical":
        raise SettingError(
            "Lives can be sorted from the most to the least typical only within types: use plot_types, "
            "or sort by first_change, start or end."
        )
    return sort_order(lives, domain, cast(Order, sort))


def _summary(lives: Sequences, domain: str) -> str:
    table = spells(lives, domain)
    known = table[table["state"] != "*"]
    label = lives.domains[lives.domain_index(domain)].label.lower()
    if known.empty:
        return f"{people(lives.n)}, none observed ({label})."
    changes = known.groupby("id")["state"].count() - 1
    return (
        f"Among {people(lives.n)}, the median number of changes of {label} inside the window is "
        f"{changes.median():g}; {percent(float((changes == 0).mean()))} have none."
    )
