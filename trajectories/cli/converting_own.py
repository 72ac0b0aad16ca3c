"""``trajectories convert`` for a team's own tables: a draft of what the columns hold, then a study."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from trajectories.cli.converting_dates import answers_to, becomes
from trajectories.cli.saying import say, typed
from trajectories.coding.files.study_files import refuse_existing, write_new
from trajectories.errors import SettingError
from trajectories.wording import counted

if TYPE_CHECKING:
    from trajectories.coding.files.typed_tables import TypedDate
    from trajectories.coding.own_tables.study import Found

SHOWN = 5
WRITTEN = ("study.yaml", "codebook.yaml", "persons.csv", "episodes.csv", "events.csv", "plan.yaml",
           "typed_dates.csv", "notes.txt")  # fmt: skip
"""What a study is written as: told before anybody is asked anything."""


class Told(NamedTuple):
    """What somebody says of a table besides its mapping."""

    quotes: bool = False
    encoding: str | None = None
    day_first: bool | None = None
    excel_dates: Any = "as_shown"


def draft_table(source: Path, place: Path | None, encoding: str | None) -> int:
    """Print a draft of what the columns hold, or write it to a file."""
    from trajectories.cli.console import out
    from trajectories.coding.own_tables.draft import draft_own

    text = draft_own(source, encoding)
    if place is None:
        out().print(text, end="", soft_wrap=True, markup=False, highlight=False)
        return 0
    write_new(place.parent, {place.name: text})
    say(f"{place} is a draft of what the columns of {source.name} hold: look over every line. Then:",
        f"  trajectories convert {typed(source)} --mapping {typed(place)} --out mystudy")  # fmt: skip
    return 0


def convert_own(source: Path, folder: Path | None, mapping: Path, codebook: Path | None, told: Told) -> int:
    """Write the study and say what was understood; returns 1 when dates are left as typed."""
    from trajectories.coding.own_tables.mapping import read_own_mapping
    from trajectories.coding.own_tables.study import read_own, settle_own
    from trajectories.coding.qda.convert import read_codebook

    if folder is None:
        raise SettingError("Name the folder for the study: --out DIR.")
    refuse_existing(folder, WRITTEN)
    settings = read_own_mapping(mapping)
    book = read_codebook(codebook) if codebook is not None else None
    found = read_own(source, settings, book, quotes=told.quotes, encoding=told.encoding,
                     meant=told.excel_dates)  # fmt: skip

    def answers(dates: tuple[TypedDate, ...]) -> Any:
        say(*_dates(dates, found))
        return answers_to(dates)

    left = settle_own(found, settings, book, folder, answers, day_first=told.day_first)
    say(*_told(found, folder))
    if left:
        say(f"{counted(len(left), 'date was', 'dates were')} left as typed: correct what is left in "
            f"{source.name} and convert again into a new folder, or in the tables of {folder}.",
            "03/04/2022 is 3 April with --day-first, March 4 with --month-first."
            if any(len(date.meanings) > 1 for date in left) else "")  # fmt: skip
    say(f"Next: look over {folder / 'codebook.yaml'} (names, order and spellings of the states), then",
        f"  trajectories check {typed(folder)}", f"  trajectories explore {typed(folder)}",
        f"To compare people by when they left, add cohorts to {folder / 'study.yaml'} (docs/coding.md)."
        if any(event["event"] == "departure" for event in found.events) else "")  # fmt: skip
    return int(bool(left))


def _dates(dates: tuple[TypedDate, ...], found: Found) -> list[str]:
    """What each text was taken for, once, with how often it stands there or where; what is left to settle
    last, where it is read."""
    lines = []
    once: dict[str, TypedDate] = {}
    for date in sorted(dates, key=lambda date: date.edtf is not None):
        once.setdefault(date.text, date)
    for date in sorted(once.values(), key=lambda date: (date.edtf is None, not date.meanings)):
        cells = found.typed.get(date.text, [])
        where = f"{cells[0]}" + (f" and {len(cells) - 1} more" if cells[1:] else "") if cells else date.column
        lines.append(f"{date.text}: {becomes(date)} ({where})")
    understood = sum(date.edtf is not None for date in dates)
    return [*lines, f"{counted(len(dates), 'date')} as typed, {understood:,} of them understood."]


def _told(found: Found, folder: Path) -> list[str]:
    people, episodes = counted(len(found.people), "person", "people"), counted(len(found.episodes), "episode")
    events = counted(len(found.events), "event")
    lines = [f"{folder} is a study now: {people}, {episodes}, {events}. What became "
             f"of each date is in {folder / 'typed_dates.csv'}."]  # fmt: skip
    if found.excel:
        cells = counted(len(found.excel), "cell")
        lines.append(f"Excel had made dates of {cells} (first: {found.excel[0]}). If "
                     "something else was typed: --excel-dates month, year or day.")  # fmt: skip
    more = len(found.notes) - SHOWN
    lines += [f"- {note}" for note in found.notes[:SHOWN]]
    return [*lines, f"- and {more} more: {folder / 'notes.txt'}"] if more > 0 else lines
