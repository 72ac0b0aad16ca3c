"""Cohorts side by side: the state distribution of each on equal axes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from trajectories.coding.study import ContextEvent
from trajectories.comparison.groups import Groups
from trajectories.errors import SettingError
from trajectories.figures import parts
from trajectories.figures.clock import clock
from trajectories.figures.distribution import SHARES, UNLABELLED_SHARES
from trajectories.figures.figure import Figure, Panel
from trajectories.sequences.description import state_distribution
from trajectories.sequences.sequences import Sequences
from trajectories.wording import people

_MOST_COLUMNS = 4


def plot_cohorts(
    lives: Sequences, groups: Groups, domain: str | None = None, *, context: Sequence[ContextEvent] = ()
) -> Figure:
    """Draw the state distributions of cohorts (or other groups) side by side, on the same axes, with
    their n.

    One domain, or a row for every domain (None). People of no group are left out and counted beneath: those
    whose dates do not decide (ambiguous) and those the scheme does not speak of. Groups without anybody are
    not drawn, and named beneath. The table is that of
    ``state_distribution`` by group. Raises SettingError when no group has anybody with a sequence.
    """
    members = _members(lives, groups)
    table = state_distribution(lives, domain, groups=members)
    shown, axis = parts.domains_of(lives, domain), clock(lives)
    many = len(shown) > 1
    wide = len(members) if many else min(len(members), _MOST_COLUMNS)
    places = [(one, name) for one in shown for name in members]
    deep = -(-len(places) // wide)
    rules = (*axis.zero, *parts.context_rules(context, axis))
    panels = []
    for i, (one, name) in enumerate(places):
        rows = table[(table["domain"] == one.name) & (table["group"] == name)]
        mark = parts.stack(rows, one, axis)
        panels.append(
            Panel(
                (mark, *parts.unlabelled(rules)),
                axis.axis(6.0 / wide, labelled=i + wide >= len(places)),
                SHARES if i % wide == 0 else UNLABELLED_SHARES,
                title=f"{one.label}: {name}" if many else name,
                subtitle=parts.observed_words(len(members[name]), mark.observed),
                row=i // wide,
                column=i % wide,
            )
        )
    first = table[table["domain"] == shown[0].name]
    return Figure(
        title=groups.label if many else f"{groups.label}: {shown[0].label.lower()}",
        summary=parts.each_group(first, shown[0], axis),
        panels=tuple(panels),
        table=table,
        legends=tuple(parts.legend(lives, one) for one in shown),
        heights=(1.0,) * deep,
        widths=(1.0,) * wide,
        size=(7.0, 1.0 + 1.85 * deep + 0.14 * len(shown)),
        note=parts.notes(
            _left_out(lives, groups),
            parts.nobody_in([label for label in groups.labels if label not in members]),
            parts.brackets_note(panels),
            parts.rules_note(rules),
        ),
    )


def _members(lives: Sequences, groups: Groups) -> Mapping[str, tuple[str, ...]]:
    known = set(lives.ids)
    members = {
        label: tuple(person for person in groups.members(g) if person in known)
        for g, label in enumerate(groups.labels)
    }
    found = {label: ids for label, ids in members.items() if ids}
    if not found:
        raise SettingError(f"None of these {people(lives.n)} belongs to a group of {groups.label!r}; "
                           "choose other cohorts, or people who are in them.")  # fmt: skip
    return found


def _left_out(lives: Sequences, groups: Groups) -> str:
    known = set(lives.ids)
    ambiguous, outside = len(known & set(groups.ambiguous)), len(known & set(groups.outside))
    counts = [(ambiguous, "with dates that do not decide"), (outside, "outside the scheme")]
    said = [f"{n} {why}" for n, why in counts if n]
    return f"Left out: {', '.join(said)}." if said else ""
