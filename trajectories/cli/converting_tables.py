"""``trajectories convert --from``: a table of sequences becomes a study with one domain."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from trajectories.cli.saying import say
from trajectories.errors import SettingError
from trajectories.wording import counted

if TYPE_CHECKING:
    from trajectories.sequences.exchange.dated_lives import Clock
    from trajectories.sequences.exchange.forms import Form
    from trajectories.sequences.sequences import Sequences


def convert_table(path: Path, form: Form, folder: Path, *, first: str | None, step: str, length: int | None,
                  domain: str) -> int:  # fmt: skip
    """Write the study; returns the exit code."""
    from trajectories.sequences.exchange.dated_lives import write_lives_as_study
    from trajectories.sequences.exchange.given_lives import read_lives

    if re.fullmatch(r"[a-z][a-z0-9_]*", domain) is None:
        raise SettingError(f"--domain {domain}: a domain is named by small letters, digits and _, such as "
                           "location.")  # fmt: skip
    given = read_lives(path, form, length=length)
    clock = _clock(given.lives, first, step)
    notes = write_lives_as_study(given.lives, folder, clock, title=path.stem, domain=domain,
                                 people=given.people)  # fmt: skip
    lives = given.lives
    say(f"{folder} is a study now: {counted(lives.n, 'person', 'people')}, one domain ({domain}) with "
         f"{counted(len(lives.alphabets[0]), 'state')}, {clock.unit(0)} to {clock.unit(lives.length - 1)} by "
         f"{clock.step}.", *(f"- {note}" for note in (*given.notes, *notes)),
         f"Next: look over {folder / 'codebook.yaml'} (the states are in order of letters), then",
         f"  trajectories check {folder}", f"  trajectories run {folder} --out report")  # fmt: skip
    return 0


def _clock(lives: Sequences, first: str | None, step: str) -> Clock:
    """The clock of a table: as its positions are named, or counted from the month of position 1."""
    from trajectories.sequences.exchange.dated_lives import clock_of

    clock = clock_of(lives.positions, first, step)
    named = re.fullmatch(r"[A-Za-z_.]*(-?[0-9]+)", str(lives.positions[0]))
    if first is None or named is None:
        return clock
    return clock._replace(first=clock.first + (int(named[1]) - 1) * clock.months)
