"""Files to take along: the types figure for paper, and the plan that the controls describe."""

from __future__ import annotations

from base64 import b64encode
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from typing import TYPE_CHECKING, Any

from dashboard.panes import types

if TYPE_CHECKING:
    from dashboard.session import Board

_drawing = Lock()


def file(board: Board, ending: str, person: str | None) -> dict[str, Any]:
    """What the browser is to save; the folder it is made in is private to the user and gone afterwards."""
    if ending == "yaml":
        return _download("plan.yaml", board.plan.yaml().encode())
    name = f"types_{board.choices.domain}.{ending}"
    figure = types.figure(board, person)
    with TemporaryDirectory(prefix="trajectories-") as folder, _drawing:
        return _download(name, figure.save(Path(folder) / name).read_bytes())


def _download(name: str, content: bytes) -> dict[str, Any]:
    return {"filename": name, "content": b64encode(content).decode(), "base64": True, "type": None}
