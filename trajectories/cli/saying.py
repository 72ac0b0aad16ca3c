"""Plain lines on the terminal, never wrapped into a file and never read as markup."""

from __future__ import annotations

from pathlib import Path

from trajectories.cli.console import out


def say(*lines: str) -> None:
    """Print lines for people; empty ones are left out."""
    console = out()
    for line in filter(None, lines):
        console.print(line, soft_wrap=True, markup=False)


def typed(path: str | Path) -> str:
    """A path as it is typed in a command, in every shell: in quotation marks where it has blanks."""
    return f'"{path}"' if set(str(path)) & set(" &();") else str(path)
