"""What the terminal shows: messages, tables and progress, on any width, in colour only where colour is
understood."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

if TYPE_CHECKING:
    from trajectories.findings.stages import Progress

NARROWEST = 40


def out() -> Console:
    """The console for results."""
    return _wide_enough(Console(highlight=False, soft_wrap=False))


def err() -> Console:
    """The console for messages and progress."""
    return _wide_enough(Console(stderr=True, highlight=False, soft_wrap=False))


def _wide_enough(console: Console) -> Console:
    if console.width < NARROWEST:
        console.width = NARROWEST
    return console


def complain(message: str) -> None:
    """Print an error to stderr. Only a terminal gets wrapped lines; a file gets the message as it is."""
    console = err()
    text = Text.assemble(("Error: ", "bold red"), message)
    console.print(text, soft_wrap=not console.is_terminal)


def tell(message: str, style: str = "") -> None:
    """Print a line about what is going on to stderr."""
    console = err()
    console.print(Text(message, style=style), soft_wrap=not console.is_terminal)


@contextmanager
def progress_bar(title: str) -> Iterator[Progress]:
    """A bar on stderr for work that takes more than a moment; nothing where stderr is no terminal."""
    console = err()
    if not console.is_terminal or console.is_dumb_terminal:
        yield lambda stage, done, total: None
        return
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        SpinnerColumn,
        TextColumn,
        TimeElapsedColumn,
    )

    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(bar_width=None),
               MofNCompleteColumn(), TimeElapsedColumn())  # fmt: skip
    with Progress(*columns, console=console, transient=True) as bars:
        task = bars.add_task(title, total=None)
        yield lambda stage, done, total: bars.update(task, description=stage, completed=done, total=total)
