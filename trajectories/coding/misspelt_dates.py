"""What people type instead of an EDTF date, and the spelling they may have meant: shown, never assumed."""

from __future__ import annotations

import re
from collections.abc import Callable
from re import Match

_MONTHS = ("january", "february", "march", "april", "may", "june", "july",
           "august", "september", "october", "november", "december")  # fmt: skip
_SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}


def suggested(text: str) -> str:
    """A sentence with the EDTF spelling that ``text`` may stand for, or a reminder of the forms there are.

    >>> suggested("15.03.2022")
    "Did you mean '2022-03-15'?"
    """
    typed = re.sub(r"[\u2010-\u2015]", "-", " ".join(text.split())).rstrip(".,;") or text
    if typed != text and _WRITTEN_WELL.fullmatch(typed):
        return f"Did you mean {typed!r}?"
    for pattern, meant in _HABITS:
        found = pattern.fullmatch(typed)
        if found and (answer := meant(found)):
            return answer
    start, slash, end = text.partition("/")
    if slash and _WRITTEN_WELL.fullmatch(start) and (end in ("", "..") or _WRITTEN_WELL.fullmatch(end)):
        return f"This is a stretch of time; one date is needed here, such as {start}."
    return "" if slash or _WRITTEN_WELL.fullmatch(text) else FORMS


FORMS = (
    "Write 2022, 2022-03, 2022-03-15, 2022-21 (spring), with ~ for about or ? for uncertain; "
    ".. if it still goes on; nothing if it is not known."
)

_WRITTEN_WELL = re.compile(r"[0-9X]{4}(-[0-9X]{2}){0,2}[~?%]?")


def _mean(year: str, month: str | int | None = None, day: str | int | None = None, mark: str = "") -> str:
    parts = [year, *(f"{int(part):02d}" for part in (month, day) if part is not None)]
    return f"Did you mean '{'-'.join(parts)}{mark}'?"


def _month_and_year(found: Match[str]) -> str:
    month, year = found["month"], found["year"]
    return _mean(year, month) if 1 <= int(month) <= 12 else ""


def _day_month_year(found: Match[str]) -> str:
    one, two, year = int(found["one"]), int(found["two"]), found["year"]
    if not (1 <= one <= 31 and 1 <= two <= 31) or min(one, two) > 12:
        return ""
    if one > 12:
        return _mean(year, two, one)
    if two > 12:
        return _mean(year, one, two)
    if one == two:
        return _mean(year, one, two)
    return (f"Write {year}-{two:02d}-{one:02d} if the day is {one}, "
            f"{year}-{one:02d}-{two:02d} if the day is {two}.")  # fmt: skip


def _year_month_day(found: Match[str]) -> str:
    month, day, year = int(found["month"]), found["day"], found["year"]
    if month > 12 and day and 1 <= int(day) <= 12 and month <= 31:
        return _mean(year, int(day), month)
    if not 1 <= month <= 12 or (day and not 1 <= int(day) <= 31):
        return ""
    return _mean(year, month, day)


def _named_month(found: Match[str]) -> str:
    name = found["name"].lower().rstrip(".")
    numbers = [i for i, month in enumerate(_MONTHS, start=1) if len(name) > 2 and month.startswith(name)]
    numbers += [9] if name == "sept" and not numbers else []
    return _mean(found["year"], numbers[0], found["day"]) if numbers else ""


def _season(found: Match[str]) -> str:
    return _mean(found["year"], _SEASONS[found["name"].lower()])


def _about(found: Match[str]) -> str:
    return f"Did you mean '{found['date']}{'?' if found['mark'] == '?' else '~'}'?"


_HABITS: tuple[tuple[re.Pattern[str], Callable[[Match[str]], str]], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), meant)
    for pattern, meant in (
        (r"(?P<month>[0-9]{1,2})[./-](?P<year>[0-9]{4})", _month_and_year),
        (r"(?P<year>[0-9]{4})[./](?P<month>[0-9]{1,2})", _month_and_year),
        (r"(?P<one>[0-9]{1,2})[./-] ?(?P<two>[0-9]{1,2})[./-] ?(?P<year>[0-9]{4})", _day_month_year),
        (r"(?P<year>[0-9]{4})[./-](?P<month>[0-9]{1,2})(?:[./-](?P<day>[0-9]{1,2}))?(?:T.*)?",
         _year_month_day),
        (r"(?P<day>[0-9]{1,2})?(?:st|nd|rd|th)?\.? ?(?P<name>[a-z]{3,9}\.?),? (?P<year>[0-9]{4})",
         _named_month),
        (r"(?P<name>[a-z]{3,9}\.?) (?P<day>[0-9]{1,2})?(?:st|nd|rd|th)?,? ?(?P<year>[0-9]{4})", _named_month),
        (r"(?P<name>spring|summer|autumn|fall|winter),? (?:of )?(?P<year>[0-9]{4})", _season),
        (r"(?P<mark>about|around|approximately|ca?\.?|circa|~|\?) ?(?P<date>[0-9]{4}(?:-[0-9]{2}){0,2})",
         _about),
        (r"(?P<from>[0-9]{4}) ?- ?(?P<to>[0-9]{4})",
         lambda m: f"Did you mean the interval '{m['from']}/{m['to']}'?"),
        (r"(?P<decade>[0-9]{3})0s", lambda m: f"Did you mean '{m['decade']}X'?"),
        (r"now|today|present|ongoing|still|open|\.{3,}", lambda m: "Write .. for what still goes on."),
        (r"unknown|n/?a|none|-+|\?+|x+|nan|null", lambda m: "Leave it empty when it is not known."),
    )
)
