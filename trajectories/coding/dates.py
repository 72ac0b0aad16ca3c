"""Dates as people remember them: an EDTF date kept as written, with the window of days it allows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

PointRule = Literal["midpoint", "earliest", "latest"]


@dataclass(frozen=True, slots=True)
class FuzzyDate:
    """One boundary in time, as written, with the days it may stand for.

    ``earliest`` and ``latest`` are the first and last day it may be, both included, as proleptic ordinals
    (``datetime.date.toordinal``), widened by ``~ ? %``; ``core_earliest`` and ``core_latest`` are the unit as
    written (March 2022 for ``2022-03~``). An open (``..``) or unknown (empty) boundary has no days: all four None.
    """

    text: str
    kind: Literal["date", "open", "unknown"] = "date"
    earliest: int | None = None
    latest: int | None = None
    core_earliest: int | None = None
    core_latest: int | None = None
