"""``trajectories check --agreement`` and ``--coverage``: what two coders agree on, and what nobody coded."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from trajectories.cli.console import out
from trajectories.cli.places import folder_of, from_here, open_study
from trajectories.cli.problem_forms import as_annotations, rows_as_csv
from trajectories.coding.checking.coded_domains import coded_share, coverage, groups
from trajectories.coding.checking.coder_agreement import Agreement, Dispute, Kappa, agreement, written
from trajectories.coding.problems import Problem
from trajectories.wording import counted

SHOWN = 50
"""Disputes that are listed unless all are asked for."""
_PIPE_WIDTH = 160


def show_agreement(path: Path, form: str, everything: bool) -> int:
    """Print kappa by domain and state and the months in dispute; returns the exit code."""
    found = agreement(open_study(path))
    folder = folder_of(path)
    disputes = tuple(
        replace(one, first_place=from_here_line(one.first_place, folder),
                second_place=from_here_line(one.second_place, folder))
        for one in found.disputes
    )  # fmt: skip
    found = Agreement(found.kappas, disputes, found.coders)
    if form == "text":
        _print(found, everything)
    elif form == "json":
        document = {"kappa": [asdict(row) for row in found.kappas], "disputes": [asdict(d) for d in disputes]}
        sys.stdout.write(json.dumps(document, ensure_ascii=False, indent=2) + "\n")
    elif form == "csv":
        names = tuple(Dispute.__dataclass_fields__)
        sys.stdout.write(rows_as_csv(names, [[getattr(one, name) for name in names] for one in disputes]))
    else:
        sys.stdout.write(as_annotations([_as_problem(one) for one in disputes]))
    return 0


def from_here_line(place: str, folder: Path) -> str:
    """``second/RU-017.yaml:41`` as seen from the current directory."""
    file, _, line = place.rpartition(":")
    return f"{from_here(file, folder)}:{line}"


def _as_problem(one: Dispute) -> Problem:
    file, _, line = one.second_place.rpartition(":")
    what = f"{one.domain}: {one.start} to {one.end} is {one.first} for one coder, {one.second} for the other"
    return Problem("note", file, int(line), one.person, what, f"The first is {one.first_place}.", "dispute")


def _print(found: Agreement, everything: bool) -> None:
    console = out()
    if not console.is_terminal:
        console.width = _PIPE_WIDTH
    if not found.kappas:
        console.print(Text("Nobody is coded in both codings: the second needs the ids of the first."))
        return
    console.print(_kappas(found.kappas))
    console.print()
    disputes = found.disputes if everything else found.disputes[:SHOWN]
    if disputes:
        console.print(_disputes(disputes))
    if len(disputes) < len(found.disputes):
        rest = counted(len(found.disputes) - len(disputes), "more dispute")
        console.print(Text(f"... and {rest}; --all lists them", style="dim"))
    months = sum(one.months for one in found.disputes)
    console.print(Text(f"{counted(len(found.disputes), 'stretch', 'stretches')} in dispute, "
                       f"{months:,.0f} months together."))  # fmt: skip


def _kappas(rows: Sequence[Kappa]) -> Table:
    table = _table("domain", "state", people="right", months="right", agreed="right", kappa="right",
                   interval="left")  # fmt: skip
    for row in rows:
        bounds = (row.lower, row.upper)
        interval = "" if None in bounds else f"{written(row.lower)} to {written(row.upper)}"
        cells = (row.domain if not row.state else "", row.state or "(whole domain)", str(row.people),
                 f"{row.months:,.0f}", f"{row.agreed:.0%}", written(row.kappa), interval)  # fmt: skip
        table.add_row(*map(Text, cells), style="" if row.state else "bold")
    return table


def _disputes(rows: Sequence[Dispute]) -> Table:
    table = _table("person", "domain", "months", "first", "second", "where")
    for one in rows:
        when = one.start if one.start == one.end else f"{one.start} to {one.end}"
        first, second = (f"{state} ({coder})" if coder else state for state, coder in
                         ((one.first, one.first_coder), (one.second, one.second_coder)))  # fmt: skip
        table.add_row(*map(Text, (one.person, one.domain, when, first, second,
                                  f"{one.first_place} {one.second_place}")))  # fmt: skip
    return table


def show_coverage(path: Path, form: str) -> int:
    """Print how many people of each group are coded in each domain; returns the exit code."""
    study = open_study(path)
    people = {(attribute, value): inside for attribute, value, inside in groups(study)}
    names = ("attribute", "value", "domain", "people", "coded", "share_of_people", "share_of_time")
    rows = [(one.attribute, one.value, one.domain, one.people, one.coded, round(one.share, 3),
             round(coded_share(study, people[one.attribute, one.value], one.domain), 3))
            for one in coverage(study)]  # fmt: skip
    if form == "json":
        sys.stdout.write(json.dumps([dict(zip(names, row, strict=True)) for row in rows], indent=2) + "\n")
    elif form == "csv":
        sys.stdout.write(rows_as_csv(names, rows))
    else:
        console = out()
        if not console.is_terminal:
            console.width = _PIPE_WIDTH
        _print_map(console, rows)
    return 0


def _print_map(console: Console, rows: Sequence[tuple[str, str, str, int, int, float, float]]) -> None:
    """A row a group, a column a domain: share of the people coded, and of their observed time."""
    domains = tuple(dict.fromkeys(row[2] for row in rows))
    table = _table("group", people="right", **dict.fromkeys(domains, "right"))
    grouped: dict[tuple[str, str], list[tuple[str, str, str, int, int, float, float]]] = {}
    for row in rows:
        grouped.setdefault(row[:2], []).append(row)
    for (attribute, value), found in grouped.items():
        name = f"{attribute}: {value}" if attribute else "everybody"
        cells = (f"{row[5]:.0%} ({row[6]:.0%})" for row in found)
        table.add_row(*map(Text, (name, str(found[0][3]), *cells)))
    console.print(table)
    console.print(Text("Share of the people coded in each domain (in brackets: of their observed time).",
                       style="dim"))  # fmt: skip


def _table(*left: str, **justified: str) -> Table:
    table = Table(box=None, header_style="bold", pad_edge=False, padding=(0, 2, 0, 0))
    for name in left:
        table.add_column(name, overflow="fold")
    for name, side in justified.items():
        table.add_column(name, justify="right" if side == "right" else "left", no_wrap=True)
    return table
