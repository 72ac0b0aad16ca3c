"""The plan that a study made of other files gets to begin with, so that it can be opened at once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

_LONGEST = 30
"""Years up to which a calendar is laid out by month."""


def first_plan(people: int, left: int, changes: Iterable[str], others: Iterable[str]) -> dict[str, Any]:
    """Around departure where most of the people have one (``left``), else on the calendar: from the year
    before the first of the ``changes`` to the last of all dates.

    Nobody is left out for being observed in part of the window; as many types as so few people allow.
    """
    plan: dict[str, Any] = {"people": {"complete": False},
                            "types": {"k": max(2, min(4, people // 5)),
                                      "quality": [2, max(2, min(10, people - 1))]}}  # fmt: skip
    if 2 * left > people:
        return {"grid": {"since": "departure", "before": 12, "after": 24}} | plan
    changed, told = _years(changes), _years(others)
    if not changed and not told:
        return plan
    first, last = min(changed or told) - 1, max(changed + told)
    step = "month" if last - first <= _LONGEST else "year"
    return {"grid": {"start": f"{first}-01", "end": f"{last}-12", "step": step}} | plan


def _years(dates: Iterable[str]) -> list[int]:
    """The years named in dates, as typed or as EDTF."""
    return [int(year) for year in re.findall(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])", " ".join(dates))]
