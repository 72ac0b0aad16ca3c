"""Dates as people remember them: an EDTF date kept as written, with the window of days it allows."""

from __future__ import annotations

import datetime as dt
import re
from calendar import month_name, monthrange
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple

from trajectories.coding.dating.date_words import in_words
from trajectories.coding.dating.misspelt_dates import suggested
from trajectories.errors import SettingError, StudyError

PointRule = Literal["midpoint", "earliest", "latest"]


class Widening(NamedTuple):
    """By how much a qualifier widens a date on each side: a day by days, the others by months."""

    day: int
    month: int
    season: int
    year: int


class Widths(NamedTuple):
    """How far ``~``, ``?`` and ``%`` reach in a study."""

    approximate: Widening = Widening(day=7, month=1, season=1, year=12)
    """``~``: around then."""
    uncertain: Widening = Widening(day=7, month=1, season=1, year=6)
    """``?``: then, I think."""
    both: Widening = Widening(day=14, month=2, season=2, year=18)
    """``%``: around then, I think."""

    def of(self, qualifier: str) -> Widening:
        """The widening that ``~``, ``?`` or ``%`` stands for."""
        return self["~?%".index(qualifier)]


USUAL_WIDTHS = Widths()


class DateError(StudyError):
    """A date that cannot be read; ``hint`` says how it might be written instead."""

    def __init__(self, what: str, hint: str = "") -> None:
        super().__init__(f"{what}. {hint}".strip() if hint else what)
        self.what = what
        self.hint = hint


@dataclass(frozen=True, slots=True)
class FuzzyDate:
    """One boundary in time, as written, with the days it may stand for.

    ``earliest`` and ``latest`` are the first and last day it may be, both included, as proleptic ordinals
    (``datetime.date.toordinal``), widened by ``~ ? %``; ``core_earliest`` and ``core_latest`` are the unit as
    written (March 2022 for ``2022-03~``). An open (``..``) or unknown (empty) boundary has no days: all four
    None.

    >>> parse_date("2022-03~").width
    89
    """

    text: str
    kind: Literal["date", "open", "unknown"] = "date"
    earliest: int | None = None
    latest: int | None = None
    core_earliest: int | None = None
    core_latest: int | None = None

    @property
    def is_open(self) -> bool:
        """Written ``..``: goes on until the interview, or has been so since always."""
        return self.kind == "open"

    @property
    def is_unknown(self) -> bool:
        """Left empty: there is such a day, but nobody knows it."""
        return self.kind == "unknown"

    @property
    def is_known(self) -> bool:
        """Has a window of days, however wide."""
        return self.kind == "date"

    @property
    def window(self) -> tuple[int, int]:
        """First and last day it may be, both included. Raises StudyError when open or unknown."""
        if self.earliest is None or self.latest is None:
            raise StudyError(f"A date that is {self} has no days: a point in time cannot be taken from it.")
        return self.earliest, self.latest

    @property
    def width(self) -> int:
        """How many days it may be: 1 for a day, 31 for ``2022-03``; 0 when open or unknown."""
        return 0 if self.earliest is None or self.latest is None else self.latest - self.earliest + 1

    def point(self, rule: PointRule = "midpoint") -> int:
        """One day that stands for the date: the middle of its window (rounded down), its first or its last
        day.

        Returns a proleptic ordinal. Raises StudyError when the date is open or unknown.
        """
        return point_in(*self.window, rule)

    def straddles(self, day: dt.date) -> bool:
        """Whether the date may lie on either side of ``day`` (before it, or on it and later)."""
        if self.earliest is None or self.latest is None:
            return False
        return self.earliest < day.toordinal() <= self.latest

    def __str__(self) -> str:
        if self.kind != "date":
            return "ongoing" if self.is_open else "unknown"
        return in_words(self.text)


UNKNOWN = FuzzyDate("", "unknown")
OPEN = FuzzyDate("..", "open")


def point_in(first: int, last: int, rule: PointRule) -> int:
    """The day that stands for a window of days, by rule."""
    if rule == "midpoint":
        return (first + last) // 2
    if rule == "earliest":
        return first
    if rule == "latest":
        return last
    raise SettingError(f"There is no point rule {rule!r}; it may be midpoint, earliest or latest.")


@lru_cache(maxsize=1 << 16)
def parse_date(text: str, widths: Widths = USUAL_WIDTHS) -> FuzzyDate:
    """Read one EDTF date and keep it as written; ``widths`` say how far its qualifier reaches.

    Years, months, days, seasons (21 to 24; 24 = December to February of the next year), quarters (33 to 36),
    thirds (37 to 39) and halves (40, 41) of a year, unspecified digits (``201X``, ``2022-1X``,
    ``2022-XX``, ``2022-03-XX``), each with ``~`` (approximately), ``?`` (uncertain) or ``%`` (both); ``..``
    is open, empty is unknown; one of several (``[2022-02,2022-05]``) and doubt about a part (``2022-~03``) as
    ``parse_composed`` says (ISO 8601-2:2019). Raises DateError for anything else, with the spelling that
    might be meant; it never guesses.

    >>> parse_date("2022-03").width
    31
    """
    if text == "":
        return UNKNOWN
    if text == "..":
        return OPEN
    found = _EDTF.match(text)
    if found is None:
        return _of_level_two(text, widths)
    year, middle, day, qualifier = found.groups()
    unit, core_first, core_last = _core(text, year, middle, day)
    first, last = _widened(unit, core_first, core_last, qualifier, widths)
    return FuzzyDate(text, "date", first, last, core_first, core_last)


def _of_level_two(text: str, widths: Widths) -> FuzzyDate:
    from trajectories.coding.dating.composed_dates import parse_composed  # which imports this module

    date = parse_composed(text, widths)
    if date is None:
        raise DateError(f"{text!r} is not a date in EDTF", suggested(text))
    return date


def parse_interval(text: str, widths: Widths = USUAL_WIDTHS) -> tuple[FuzzyDate, FuzzyDate]:
    """Read an EDTF interval ``start/end``; either side may be ``..`` (open) or empty (unknown).

    Raises DateError when a side is no date, when the end lies before the start, or when there is no slash.

    >>> parse_interval("2014-03/..")[1].is_open
    True
    """
    start, slash, end = text.partition("/")
    if not slash:
        what = f"{text!r} is one date; a stretch of time needs its start and its end"
        if not parse_date(text).is_known:
            raise DateError(what, "Write 2014/.. if it still goes on, ../2022 if it was always so before.")
        raise DateError(what, f"Write {text}/.. if it still goes on, {text}/ if its end is not known.")
    try:
        return ordered(parse_date(start, widths), parse_date(end, widths))
    except DateError as error:
        whole = suggested(text)
        hint = whole if whole.startswith("Did you mean") else error.hint
        raise DateError(f"{text!r}: {error.what}", hint) from None


def ordered(start: FuzzyDate, end: FuzzyDate) -> tuple[FuzzyDate, FuzzyDate]:
    """The two dates themselves. Raises DateError when the end, as written, lies before the start."""
    if start.core_earliest is None or end.core_latest is None or start.core_earliest <= end.core_latest:
        return start, end
    raise DateError(f"it ends ({end.text}) before it starts ({start.text})",
                    f"Turned round: {end.text}/{start.text}.")


_EDTF = re.compile(
    r"([0-9]{4}|[0-9]{3}X|[0-9]{2}XX)"
    r"(?:-([0-9]{2}|[01X]X)(?:-([0-9]{2}|[0-3X]X))?)?([~?%])?\Z"
)
_MONTHS_OF = {
    21: (3, 3), 22: (6, 3), 23: (9, 3), 24: (12, 3),
    33: (1, 3), 34: (4, 3), 35: (7, 3), 36: (10, 3),
    37: (1, 4), 38: (5, 4), 39: (9, 4), 40: (1, 6), 41: (7, 6),
}  # fmt: skip
_OPEN_MONTHS = {"0X": (1, 9), "1X": (10, 3)}
"""A month of which only the first digit is known: the first month it may be, and how many."""
_Unit = Literal["day", "month", "season", "year"]


def _core(text: str, year: str, middle: str | None, day: str | None) -> tuple[_Unit, int, int]:
    """Unit of precision, first and last day of the date as written, without its qualifier."""
    if "X" in year:
        if middle is not None:
            raise DateError(f"{text!r} leaves the year open but names a month", f"Write {year} alone.")
        return _years(text, int(year.replace("X", "0")), int(year.replace("X", "9")))
    whole = int(year)
    if middle is None or (middle == "XX" and day in (None, "XX")):
        return _years(text, whole, whole)
    if middle == "XX":
        raise DateError(f"{text!r} names a day but leaves the month open", f"Write {year}-XX or {year}.")
    if middle in _OPEN_MONTHS:
        if day not in (None, "XX"):
            raise DateError(f"{text!r} names a day but leaves the month open", f"Write {year}-{middle}.")
        return "season", *_months(text, whole, *_OPEN_MONTHS[middle])
    month = int(middle)
    if month in _MONTHS_OF:
        return _part_of_year(text, whole, month, day)
    if not 1 <= month <= 12:
        raise DateError(f"{text!r}: there is no month {middle}", suggested(text) or _MONTHS_ARE)
    if day is None or day == "XX":
        return "month", *_months(text, whole, month, 1)
    if day.endswith("X"):
        return "day", *_some_days(text, whole, month, int(day[0]))
    return "day", *_one_day(text, whole, month, int(day))


_MONTHS_ARE = "Months are 01 to 12, seasons 21 (spring) to 24 (winter)."


def _years(text: str, first: int, last: int) -> tuple[_Unit, int, int]:
    return "year", *_months(text, first, 1, 12 * (last - first + 1))


def _part_of_year(text: str, year: int, code: int, day: str | None) -> tuple[_Unit, int, int]:
    if day is not None:
        raise DateError(f"{text!r}: a season or part of a year has no days of its own", _MONTHS_ARE)
    return "season", *_months(text, year, *_MONTHS_OF[code])


def _months(text: str, year: int, month: int, count: int) -> tuple[int, int]:
    """First and last day of ``count`` months from a month on."""
    if year < 1:
        raise DateError(f"{text!r}: there is no year 0", "Years are 0001 to 9999.")
    return dt.date(year, month, 1).toordinal(), _day_before(year, month + count)


def _day_before(year: int, month: int) -> int:
    """Day before the first of a month, counted on past December; no later than the year 9999."""
    years, month = divmod(month - 1, 12)
    if year + years > dt.MAXYEAR:
        return dt.date.max.toordinal()
    return dt.date(year + years, month + 1, 1).toordinal() - 1


def _one_day(text: str, year: int, month: int, day: int) -> tuple[int, int]:
    try:
        ordinal = dt.date(year, month, day).toordinal()
    except ValueError:
        if year < 1:
            raise DateError(f"{text!r}: there is no year 0", "Years are 0001 to 9999.") from None
        days = monthrange(year, month)[1]
        raise DateError(
            f"{text!r} is not a day of the calendar",
            f"{month_name[month]} {year} has {days} days; "
            f"write {year:04d}-{month:02d} if the day is not known.",
        ) from None
    return ordinal, ordinal


def _some_days(text: str, year: int, month: int, tens: int) -> tuple[int, int]:
    """First and last day of a month whose number begins with a digit: ``2022-03-1X`` is the 10th to 19th."""
    first, _ = _one_day(text, year, month, max(1, 10 * tens))
    days = monthrange(year, month)[1]
    return first, first + min(10 * tens + 9, days) - max(1, 10 * tens)


def _widened(
    unit: _Unit, first: int, last: int, qualifier: str | None, widths: Widths
) -> tuple[int, int]:
    """The window of days that ``~``, ``?`` or ``%`` opens around the unit as written."""
    if qualifier is None:
        return first, last
    around: int = getattr(widths.of(qualifier), unit)
    if unit == "day":
        return max(1, first - around), min(dt.date.max.toordinal(), last + around)
    start, end = dt.date.fromordinal(first), dt.date.fromordinal(last)
    before = start.year * 12 + start.month - 1 - around
    if before < 12:
        return 1, _day_before(end.year, end.month + 1 + around)
    return (
        dt.date(before // 12, before % 12 + 1, 1).toordinal(),
        _day_before(end.year, end.month + 1 + around),
    )
