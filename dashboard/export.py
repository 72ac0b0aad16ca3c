"""Files to take along: the types figure for paper, and the plan that the controls describe."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from typing import TYPE_CHECKING, Any

from dash import dcc

from dashboard.panes import types

if TYPE_CHECKING:
    from dashboard.session import Board

_drawing = Lock()


def file(board: Board, ending: str, person: str | None) -> dict[str, Any]:
    """What the browser is to save. The folder that it is made in is private to the user and gone afterwards."""
    if ending == "yaml":
        return dcc.send_string(board.findings.plan.yaml(), "plan.yaml")
    name = f"types_{board.choices.domain}.{ending}"
    figure = types.figure(board, person)
    with TemporaryDirectory(prefix="trajectories-") as folder, _drawing:
        return dcc.send_bytes(figure.save(Path(folder) / name).read_bytes(), name)
