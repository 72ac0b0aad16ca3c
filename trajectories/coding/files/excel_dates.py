"""What the dates that Excel made of typed text are settled as."""

from __future__ import annotations

from typing import Literal

from trajectories.coding.files.workbook import Cell
from trajectories.errors import SettingError

Settling = Literal["as_shown", "day", "month", "year"]
"""Which part of Excel's dates was meant: what their format shows, or always the day, the month, the year."""


def settled(cell: Cell, meant: Settling) -> str:
    """The text that one of Excel's dates becomes: with ``as_shown``, ``Mar-22`` is ``2022-03`` and
    ``15.03.2022`` is ``2022-03-15``."""
    if meant not in ("as_shown", "day", "month", "year"):
        raise SettingError(f"Excel's dates may be meant as_shown, as day, month or year, not {meant!r}.")
    precision = cell.precision if meant == "as_shown" else meant
    return cell.text[: {"year": 4, "month": 7}.get(precision, 10)]
