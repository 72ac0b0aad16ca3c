"""Days as ordinals, and the words in which people date things (EDTF), with the window each wording allows."""

from __future__ import annotations

import calendar
import datetime as dt

MONTH = 30.44
SEASONS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 14)}


def day(year: int, month: int = 1, date: int = 1) -> int:
    """The ordinal of a calendar day."""
    return dt.date(year, month, date).toordinal()


def iso(ordinal: int) -> str:
    """``2022-03-05``."""
    return dt.date.fromordinal(ordinal).isoformat()


def year_of(ordinal: int) -> int:
    return dt.date.fromordinal(ordinal).year


def shift(ordinal: int, months: float) -> int:
    """A day so many months later (fractions allowed)."""
    return ordinal + round(months * MONTH)


def _month_span(year: int, first: int, last: int) -> tuple[int, int]:
    """First and last day of a run of months; above 12 means the next year, below 1 the one before."""
    start_year, start = divmod(year * 12 + first - 1, 12)
    end_year, end = divmod(year * 12 + last - 1, 12)
    return day(start_year, start + 1), day(end_year, end + 1, calendar.monthrange(end_year, end + 1)[1])


def window(text: str) -> tuple[int, int]:
    """First and last day that a written date may stand for, after the rules of the study's files."""
    mark = text[-1] if text[-1] in "~?%" else ""
    parts = [int(part) for part in text.rstrip("~?%").split("-")]
    if len(parts) == 3:
        wide = 7 if mark else 0
        return day(*parts) - wide, day(*parts) + wide
    if len(parts) == 1:
        wide = {"": 0, "~": 12, "?": 6, "%": 18}[mark]
        return _month_span(parts[0], 1 - wide, 12 + wide)
    wide = {"": 0, "~": 1, "?": 1, "%": 2}[mark]
    first, last = SEASONS.get(parts[1], (parts[1], parts[1]))
    return _month_span(parts[0], first - wide, last + wide)


def middle(text: str) -> float:
    """The middle of a written date's window."""
    low, high = window(text)
    return (low + high) / 2


def season(ordinal: int) -> str:
    """``2021-24`` for a day in January 2022: a winter belongs to the year of its December."""
    date = dt.date.fromordinal(ordinal)
    code = {12: 24, 1: 24, 2: 24, 3: 21, 4: 21, 5: 21, 6: 22, 7: 22, 8: 22}.get(date.month, 23)
    return f"{date.year - (code == 24 and date.month < 3)}-{code}"


def written(ordinal: int, form: str) -> str:
    """A day in one of the forms people use: ``day month season year month~ month? year~ season~``."""
    date = dt.date.fromordinal(ordinal)
    base, mark = form.rstrip("~?%"), form[len(form.rstrip("~?%")):]
    plain = {"day": date.isoformat(), "month": f"{date:%Y-%m}", "year": f"{date.year}",
             "season": season(ordinal)}
    return plain[base] + mark
