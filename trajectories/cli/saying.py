"""Plain lines on the terminal, never wrapped into a file and never read as markup."""

from __future__ import annotations

from trajectories.cli.console import out


def say(*lines: str) -> None:
    """Print lines for people; empty ones are left out."""
    console = out()
    for line in filter(None, lines):
        console.print(line, soft_wrap=True, markup=False)
