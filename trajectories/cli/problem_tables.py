"""Problems to read: a table on a wide terminal, blocks on a narrow one, one line each into a file or pipe."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from trajectories.cli.console import out
from trajectories.cli.places import one_line, where
from trajectories.coding.problems import SEVERITIES, Problem, Problems
from trajectories.coding.study import Study
from trajectories.wording import counted

STYLES = {"error": "bold red", "warning": "yellow", "note": "cyan"}
WIDE = 110
"""Columns from which on a table is easier to read than blocks."""
SHOWN = 50
"""Problems of one severity that are listed unless all are asked for."""
NAMED = 5
"""People with errors who are named at the end."""


def show(study: Study, problems: Problems, everything: bool = False) -> None:
    """Print the problems, the first of each severity unless ``everything``, and what is usable as it is."""
    console = out()
    for severity in SEVERITIES:
        found = [problem for problem in problems if problem.severity == severity]
        shown = found if everything else found[:SHOWN]
        if not shown:
            continue
        if not console.is_terminal:
            for problem in shown:
                console.print(Text(one_line(problem)), soft_wrap=True)
        elif console.width >= WIDE and max(len(where(problem)) for problem in shown) <= console.width // 2:
            console.print(_table(shown))
        else:
            _print_blocks(console, shown)
        if len(shown) < len(found):
            rest = counted(len(found) - len(shown), f"more {severity}")
            console.print(Text(f"... and {rest}; --all lists them", style="dim"), soft_wrap=True)
    if problems and console.is_terminal:
        console.print()
    console.print(summary(study, problems), soft_wrap=not console.is_terminal)


def summary(study: Study, problems: Problems) -> Text:
    """What was found, and what of the study can be used as it is."""
    who = (f"{counted(len(study.people), 'person', 'people')}, {counted(len(study.episodes), 'episode')}, "
           f"{counted(len(study.events), 'event')}")  # fmt: skip
    if not problems.errors:
        found = f"{problems!r}" if problems else "no problems"
        return Text.assemble(("usable as it is: ", "bold green"), f"{found} in {study.title} ({who}).")
    return Text.assemble(
        ("not usable yet: ", "bold red"), f"{problems!r} in {study.title} ({who}). Correct the errors; "
        "warnings and notes are no hindrance. ", *_sound_people(study, problems),
    )  # fmt: skip


def _sound_people(study: Study, problems: Problems) -> Iterator[str]:
    """Who has no errors, and who has."""
    troubled = dict.fromkeys(problem.person for problem in problems.errors if problem.person)
    ids = set(study.ids)
    sound = len(ids - set(troubled))
    if ids:
        yield f"Usable as they are: {sound:,} of {counted(len(ids), 'person', 'people')}"
        yield f"; errors are with {_named(tuple(troubled))}." if troubled else "."


def _named(people: Sequence[str]) -> str:
    rest = len(people) - NAMED
    return ", ".join(people[:NAMED]) + (f" and {rest:,} more" if rest > 0 else "")


def _said(problem: Problem) -> Text:
    text, told_in = Text(f"{problem.what}."), f"Told in {problem.told_in}." if problem.told_in else ""
    below = " ".join(filter(None, (problem.hint, told_in)))
    return text.append(f"\n{below}", style="dim") if below else text


def _table(problems: Sequence[Problem]) -> Table:
    table = Table(box=None, header_style="bold", pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column("severity", no_wrap=True)
    table.add_column("where", no_wrap=True, overflow="ignore")
    table.add_column("person", no_wrap=True, overflow="fold")
    table.add_column("what, and what to do", ratio=1)
    for problem in problems:
        severity = Text(problem.severity, style=STYLES[problem.severity])
        table.add_row(severity, Text(where(problem)), Text(problem.person), _said(problem))
    return table


def _print_blocks(console: Console, problems: Sequence[Problem]) -> None:
    """The place on a line of its own that is never cut or broken, so that it can be copied or clicked."""
    for problem in problems:
        severity = (problem.severity, STYLES[problem.severity])
        head = Text.assemble(severity, f"  {where(problem)}  {problem.person}".rstrip())
        console.print(head, soft_wrap=True)
        console.print(Padding(_said(problem), (0, 0, 0, 2)))
