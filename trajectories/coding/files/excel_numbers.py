"""Numbers in Excel: which of them are shown as dates, which day they stand for, and how they are shown."""

from __future__ import annotations

import datetime as dt
import math
import re
from calendar import day_abbr, day_name, month_abbr, month_name
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

_BUILT_IN = {
    14: "", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm", 19: "h:mm:ss", 20: "h:mm", 21: "h:mm:ss",
    22: "", 45: "mm:ss", 46: "h:mm:ss", 47: "mm:ss",
    **dict.fromkeys((*range(27, 37), *range(50, 59)), ""),
}  # fmt: skip
"""Formats that Excel knows by number; empty: a date in the form usual where Excel runs."""


Precision = Literal["day", "month", "year", ""]
"""How much of a date its format shows."""


def as_number(text: str) -> float | None:
    """The number a cell holds, or None when it holds none."""
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


@dataclass(frozen=True)
class Formats:
    """How the cells of a workbook are shown: format codes by number, and the format of each cell style."""

    codes: dict[int, str]
    styles: tuple[int, ...]
    date1904: bool = False

    def code(self, style: str) -> str | None:
        """The date format of a style, empty when it follows the computer's region; None when it shows no
        date."""
        index = int(style) if re.fullmatch(r"[0-9]{1,6}", style) else 0
        number = self.styles[index] if index < len(self.styles) else 0
        if number in self.codes:
            code = _bare(self.codes[number])
            return code if re.search("[dmyhs]", code) else None
        return _BUILT_IN.get(number)

    def is_date(self, style: str) -> bool:
        return self.code(style) is not None

    def dated(self, number: float, style: str) -> tuple[str, str, Precision] | None:
        """The moment a number stands for in ISO form, as Excel shows it, and how precisely; None when Excel
        cannot show it.

        >>> Formats({}, (17,)).dated(44621, "0")
        ('2022-03-01', 'Mar-22', 'month')
        """
        moment = moment_of(number, self.date1904)
        if moment is None:
            return None
        midnight = moment.time() == dt.time()
        text = moment.date().isoformat() if midnight else moment.isoformat(timespec="seconds")
        code = self.code(style)
        return text, in_format(moment, code) if code else text, _precision(code or "")


def moment_of(number: float, date1904: bool) -> dt.datetime | None:
    """The moment a serial number stands for; None before day 0 or after the year 9999.

    Day 1 is 1 January 1900, and 29 February 1900, which never was, is counted; in the 1904 system day 0 is
    1 January 1904.
    """
    if not 0 <= number < 2_958_466:
        return None
    base = dt.datetime(1904, 1, 1) if date1904 else dt.datetime(1899, 12, 30 if number >= 60 else 31)
    try:
        moment = base + dt.timedelta(days=number)
    except OverflowError:
        return None
    return (moment + dt.timedelta(microseconds=500_000)).replace(microsecond=0)


def in_format(moment: dt.datetime, code: str) -> str:
    """A moment in one of Excel's date formats, month names in English."""
    words = {
        "yyyy": f"{moment.year:04d}", "yy": f"{moment.year % 100:02d}",
        "mmmmm": month_name[moment.month][0], "mmmm": month_name[moment.month],
        "mmm": month_abbr[moment.month],
        "mm": f"{moment.month:02d}", "m": str(moment.month),
        "dddd": day_name[moment.weekday()], "ddd": day_abbr[moment.weekday()],
        "dd": f"{moment.day:02d}", "d": str(moment.day),
        "hh": f"{moment.hour:02d}", "h": str(moment.hour),
        "ss": f"{moment.second:02d}", "s": str(moment.second),
        "minute": f"{moment.minute:02d}",
    }  # fmt: skip
    code = re.sub(r"(?<=h:)m{1,2}|(?<=hh:)m{1,2}|m{1,2}(?=:s)", "minute", code)
    return re.sub(r"minute|y{2,4}|m+|d+|h+|s+", lambda found: words.get(found[0], found[0]), code).strip()


def _precision(code: str) -> Precision:
    """``mmm-yy`` shows the month, ``yyyy`` the year; a format of the region shows the day."""
    if code == "" or "d" in code or "y" not in code:
        return "day"
    return "month" if "m" in code else "year"


@lru_cache(maxsize=256)
def _bare(code: str) -> str:
    """A format code without its quoted words, colours and conditions, only the part for positive numbers."""
    code = re.sub(r'"[^"]*"|\\.|_.|\*.', lambda found: found[0][1] if found[0][0] == "\\" else "", code)
    return re.sub(r"\[(?!h+\]|m+\]|s+\])[^\]]*\]", "", code).partition(";")[0].lower().replace("general", "")
