"""What the figures of lives are made of: stacks, tiles, legends, lines of context, and the words beside
them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from trajectories.coding.codebook import Domain
from trajectories.coding.study import ContextEvent
from trajectories.figures import style
from trajectories.figures.clock import Clock
from trajectories.figures.figure import Key, Legend, Panel, Rule, Stack, Tiles
from trajectories.figures.words import spelt
from trajectories.sequences.sequences import MISSING, Sequences
from trajectories.wording import joined, percent

if TYPE_CHECKING:
    import pandas as pd


def domains_of(lives: Sequences, domain: str | None) -> tuple[Domain, ...]:
    """The one domain asked for, or all of these lives'."""
    return lives.domains if domain is None else (lives.domains[lives.domain_index(domain)],)


def legend(lives: Sequences, domain: Domain, *, missing: bool = False) -> Legend:
    """Every state of a domain in the codebook's order; with ``missing``, "not known" where some
    positions are.
    """
    keys = [Key(state.label, domain.colours[state.code]) for state in domain.states]
    if missing and (lives.states[:, lives.domain_index(domain.name), :] == MISSING).any():
        keys.append(Key(style.MISSING_LABEL, style.MISSING_FILL, hatched=True))
    return Legend(domain.label, tuple(keys))


def stack(rows: pd.DataFrame, domain: Domain, clock: Clock) -> Stack:
    """A state distribution as a mark, from the rows of ``state_distribution`` of one domain and group."""
    size = len(domain.states)
    return Stack(
        rows["share"].to_numpy(dtype=float).reshape(-1, size).T, clock.edges, colours(domain), labels(domain),
        rows["observed"].to_numpy(dtype=float)[::size], clock.names,
    )  # fmt: skip


def tiles(lives: Sequences, domain: Domain, ids: Sequence[str], clock: Clock,
          selected: str | None = None) -> Tiles:
    """An index plot as a mark: the people in the order given."""
    chosen = lives.select(ids)
    cells = chosen.states[:, chosen.domain_index(domain.name), :]
    return Tiles(cells, chosen.ids, clock.edges, colours(domain), labels(domain), selected, clock.unit)


def tiles_table(marks: Sequence[Tiles], lives: Sequences, domains: Sequence[Domain]) -> pd.DataFrame:
    """The rows of index plots as a table: domain, id, then one column a position with the state's code."""
    import pandas as pd

    parts = []
    for mark, domain in zip(marks, domains, strict=True):
        symbols = np.array([*domain.alphabet, "%", "*"], dtype=object)
        part = pd.DataFrame(symbols[mark.cells], columns=list(lives.positions))
        part.insert(0, "id", list(mark.rows))
        part.insert(0, "domain", domain.name)
        parts.append(part)
    return pd.concat(parts, ignore_index=True)


def colours(domain: Domain) -> tuple[str, ...]:
    return tuple(domain.colours[code] for code in domain.alphabet)


def labels(domain: Domain) -> tuple[str, ...]:
    return tuple(state.label for state in domain.states)


def context_rules(context: Sequence[ContextEvent], clock: Clock) -> tuple[Rule, ...]:
    """A line for each context event that lies inside a calendar axis.

    Where any of the events is of the kind ``war``, only those are drawn: a line for every law would cover
    the lives.
    """
    if clock.kind != "calendar":
        return ()
    wars = [event for event in context if event.kind == "war"]
    found = []
    for event in wars or context:
        if event.date.is_known and clock.edges[0] < event.date.point() < clock.edges[-1]:
            found.append(Rule(float(event.date.point()), event.label, hover=str(event.date)))
    return tuple(found)


def rules_note(rules: Sequence[Rule]) -> str:
    """What the vertical lines are, for figures too small to label each."""
    said = [f"{rule.hover}, {rule.label}" if rule.hover else rule.label for rule in rules if rule.label]
    return f"Vertical line{'s' if len(said) > 1 else ''}: {'; '.join(said)}." if said else ""


def brackets_note(panels: Sequence[Panel]) -> str:
    """What two numbers behind n are, where a panel has them."""
    two = any(panel.subtitle.startswith("n = ") and " to " in panel.subtitle for panel in panels)
    return "In brackets: how many are observed, from the first to the last position." if two else ""


def unlabelled(rules: Sequence[Rule]) -> tuple[Rule, ...]:
    """The same lines without their labels, for small panels."""
    return tuple(Rule(rule.x, dashed=rule.dashed) for rule in rules)


def nobody_in(groups: Sequence[str]) -> str:
    """Which groups are not drawn because nobody of those shown is in them."""
    return f"Nobody shown is in {joined([f'“{group}”' for group in groups])}." if groups else ""


def notes(*texts: str) -> str:
    """The notes beneath a figure, those that say something."""
    return " ".join(text for text in texts if text)


def observed_words(n: int, observed: Sequence[float]) -> str:
    """``n = 180``, and how many of them are observed at the end (or from the start to the end) where
    that is fewer.
    """
    if not observed:
        return f"n = {n}"
    first, last = int(observed[0]), int(observed[-1])
    if first < n:
        return f"n = {n} ({first} to {last})"
    return f"n = {n} ({last} at the end)" if last < n else f"n = {n}"


def telling_column(clock: Clock, observed: Sequence[float]) -> int:
    """The column to speak of: 12 steps after the event where months are counted, else the last one in
    which at least half of those ever observed still are.
    """
    half = max(observed) / 2
    seen = [c for c, count in enumerate(observed) if count >= half and count > 0]
    last = seen[-1] if seen else 0
    if clock.kind == "since" and clock.step == "month" and 12 in clock.positions:
        return min(last, clock.positions.index(12))
    return last


def most_frequent(rows: pd.DataFrame, domain: Domain, clock: Clock, most: int = 3) -> str:
    """A clause on the commonest states: "twelve months after departure, location is Georgia for 38 % ..."."""
    size = len(domain.states)
    shares = rows["share"].to_numpy(dtype=float).reshape(-1, size)
    observed = rows["observed"].to_numpy(dtype=float)[::size]
    if not observed.max(initial=0.0):
        return f"{domain.label}: nobody is observed"
    column = telling_column(clock, list(observed))
    here = shares[column]
    ranked = [int(state) for state in np.argsort(-here, kind="stable")[:most] if here[state] > 0]
    states = joined([f"{domain.states[state].label} for {percent(here[state])}" for state in ranked])
    return f"{spelt(clock.names[column])}, {domain.label.lower()} is {states} (n = {int(observed[column])})"


def each_group(table: pd.DataFrame, domain: Domain, clock: Clock) -> str:
    """For each group of a state distribution of one domain, a sentence on its commonest states."""
    groups = table.groupby("group", sort=False)
    return " ".join(f"{name}: {most_frequent(rows, domain, clock, most=2)}." for name, rows in groups)
