"""What typed text may stand for, and what a well-written date is."""

from __future__ import annotations

import re
from calendar import monthrange
from typing import NamedTuple


class Meaning(NamedTuple):
    """One thing that typed text may stand for: its EDTF spelling, and what must be so for it to be meant."""

    edtf: str
    when: str = ""
    """Completes "if ...": ``the day is 3``; empty when there is no other meaning."""


_EDTF = re.compile(r"([0-9]{4}|[0-9]{3}x|[0-9]{2}xx)(?:-([0-9]{2}|xx)(?:-([0-9]{2}|xx))?)?([~?%])?")


def is_edtf(text: str) -> bool:
    """Whether text is one well-written date (X in capitals or small)."""
    found = _EDTF.fullmatch(text.lower())
    if found is None:
        return _is_composed(text.upper())
    year, middle, day, _ = found.groups()
    if "x" in year:
        return middle is None
    if middle in (None, "xx"):
        return int(year) > 0 and day in (None, "xx")
    month = int(middle)
    if month in _PARTS_OF_YEAR:
        return day is None and int(year) > 0
    return is_day(int(year), month, 1 if day in (None, "xx") else int(day))


def _is_composed(text: str) -> bool:
    from trajectories.coding.dating.composed_dates import parse_composed  # which rests on this module
    from trajectories.coding.dating.dates import USUAL_WIDTHS, DateError

    try:
        return parse_composed(text, USUAL_WIDTHS) is not None
    except DateError:
        return False


_PARTS_OF_YEAR = (*range(21, 25), *range(33, 42))


def is_day(year: int, month: int, day: int) -> bool:
    return year > 0 and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]


def both(*conditions: str) -> str:
    return " and ".join(dict.fromkeys(condition for condition in conditions if condition))
