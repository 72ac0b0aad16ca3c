"""``trajectories convert --typed-dates``: what the dates in a study's tables mean, cell by cell."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.table import Table
from rich.text import Text

from trajectories.cli.console import out
from trajectories.cli.places import folder_of
from trajectories.cli.saying import say, typed
from trajectories.wording import counted

if TYPE_CHECKING:
    from trajectories.coding.files.typed_tables import Answers, TypedDate

_STYLES = {"understood": "green", "ambiguous": "yellow", "not understood": "red"}


def convert_dates(path: Path, folder: Path | None, day_first: bool | None, meant: Any) -> int:
    """Show every date that is not EDTF yet; with a folder, write the study with them settled. Returns 1 when
    some are left."""
    from trajectories.coding.files.settings_file import read_settings
    from trajectories.coding.files.study_files import refuse_existing
    from trajectories.coding.files.typed_tables import TypedTables
    from trajectories.coding.study import STUDY_FILE, StudyFile, study_file

    place = study_file(path)
    settings = read_settings(place, StudyFile)
    tables = TypedTables(settings, folder_of(place), day_first=day_first, meant=meant)
    found = tables.found
    _show(found)
    if folder is None:
        say(f"Nothing was written. Write the study with these dates: trajectories convert {typed(path)} "
            "--typed-dates --out DIR" if found else "")  # fmt: skip
        return int(any(date.edtf is None for date in found))
    refuse_existing(folder, (STUDY_FILE, "typed_dates.csv"))
    left = tables.write(folder, answers_to(found))
    say(f"{folder} is written; what became of each date is in {folder / 'typed_dates.csv'}.")
    if left:
        say(f"{counted(len(left), 'date was', 'dates were')} left as typed: correct them there, or answer "
            "in a terminal.",
            f"Next: trajectories check {typed(folder)} (names each that is left)")  # fmt: skip
        return 1
    say(f"Next: trajectories check {typed(folder)}")
    return 0


def answers_to(found: tuple[TypedDate, ...]) -> Answers:
    """What somebody at the terminal says of ambiguous dates; nothing where nobody can be asked."""
    from trajectories.coding.files.typed_tables import asked

    return asked(found, _ask) if sys.stdin.isatty() and out().is_terminal else {}


def _ask(date: TypedDate) -> str | None:
    """One question: each meaning by its number, or nothing to leave it as typed."""
    from rich.prompt import Prompt

    console = out()
    console.print(Text.assemble("\nWhat does ", (date.text, "bold"), f" mean ({_place(date)})?"))
    for number, (edtf, when) in enumerate(date.meanings, start=1):
        console.print(Text(f"  {number}  {edtf or 'unknown'}" + (f"  if {when}" if when else "")))
    numbers = [str(number) for number in range(1, len(date.meanings) + 1)]
    answer = Prompt.ask("Number, or nothing to leave it", choices=[*numbers, ""], default="", console=console,
                        show_choices=False, show_default=False)  # fmt: skip
    return date.meanings[int(answer) - 1].edtf if answer else None


def _show(found: tuple[TypedDate, ...]) -> None:
    console = out()
    if not found:
        say("Every date in the tables is EDTF already.")
        return
    if console.is_terminal:
        console.print(_table(found))
    else:
        for date in found:
            console.print(f"{_place(date)}: {date.text}: {becomes(date)}", soft_wrap=True, markup=False)
    counts = Counter(date.standing for date in found)
    told = ", ".join(f"{counts[standing]:,} {standing}" for standing in _STYLES if counts[standing])
    say(f"{counted(len(found), 'date is', 'dates are')} not EDTF: {told}.")


def _table(found: tuple[TypedDate, ...]) -> Table:
    table = Table(box=None, header_style="bold", pad_edge=False, padding=(0, 2, 0, 0))
    for title in ("where", "typed", "becomes"):
        table.add_column(title, overflow="fold")
    for date in found:
        table.add_row(Text(_place(date)), Text(date.text), Text(becomes(date), style=_STYLES[date.standing]))
    return table


def _place(date: TypedDate) -> str:
    person = f" {date.person}" if date.person else ""
    return f"{date.file}:{date.row}{person} {date.column}"


def becomes(date: TypedDate) -> str:
    if not date.meanings:
        return "not understood; stays as typed"
    if date.edtf is not None:
        return date.edtf or "(unknown)"
    return " or ".join((edtf or "unknown") + (f" if {when}" if when else "")
                       for edtf, when in date.meanings)  # fmt: skip
