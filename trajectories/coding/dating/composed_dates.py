"""Dates that are one of several (``[2022-02,2022-05]``), and dates of which only a part is in doubt
(``2022-~03``)."""

from __future__ import annotations

import datetime as dt
import re
from calendar import monthrange
from typing import NamedTuple

from trajectories.coding.dating.dates import DateError, FuzzyDate, Widths, parse_date


def parse_composed(text: str, widths: Widths) -> FuzzyDate | None:
    """Read a date of EDTF's level 2; None for text that has not the form of one.

    ``[a,b]`` and ``[a..b]``: one of these, nobody knows which. The window runs from the first day that any
    of them may be to the last (the hull: days between two choices count as possible), and so does the core.

    A qualifier to the left of a part speaks of this part alone, to the right of it of this part and all to
    its left. A part in doubt moves as far as the qualifier reaches, and the parts without doubt hold it:
    ``2022-~01`` is January or February of 2022. A year in doubt under a month that is certain moves by whole
    years: ``?2022-03`` is March of 2021, 2022 or 2023 (again the hull).

    Raises DateError for a choice that is empty, reversed, without a first or last date, or not of dates.
    """
    if text[:1] == "[" and text[-1:] == "]":
        return _one_of(text, widths)
    if text[:1] == "{" and text[-1:] == "}":
        hint = f"One date is needed: write [{text[1:-1]}] if it was one of them."
        raise DateError(f"{text!r} means all of these dates", hint)
    found = _PARTS.match(text)
    return None if found is None else _with_doubtful_parts(text, found.groupdict(""), widths)


# one of several ----------------------------------------------------------------------------------------


def _one_of(text: str, widths: Widths) -> FuzzyDate:
    if " " in text:
        raise DateError(f"{text!r} has spaces", f"Write {text.replace(' ', '')}.")
    inside = text[1:-1]
    choices = [_choice(text, part, widths) for part in inside.split(",")]
    if len(choices) == 1 and ".." not in inside:
        raise DateError(f"{text!r} is a choice of one", f"Write {inside} without brackets." if inside else "")
    dates = [date for choice in choices for date in choice]
    windows = [date.window for date in dates]
    cores = [(date.core_earliest, date.core_latest) for date in dates]
    return FuzzyDate(
        text, "date", min(first for first, _ in windows), max(last for _, last in windows),
        min(first for first, _ in cores if first is not None),
        max(last for _, last in cores if last is not None),
    )  # fmt: skip


def _choice(text: str, part: str, widths: Widths) -> tuple[FuzzyDate, ...]:
    """One date, or the first and last of a range."""
    first, dots, last = part.partition("..")
    if dots and not (first and last):
        side, example = ("first", f"[2014..{last or '2022'}]") if not first else ("last", f"[{first}..2024]")
        raise DateError(f"{text!r} has no {side} date, so nothing can be drawn or counted from it",
                        f"Write the {side} date it can be, such as {example}; the years of birth and of the "
                        "interview will do.")  # fmt: skip
    dates = tuple(_plain(text, one, widths) for one in ((first, last) if dots else (part,)))
    if (dates[0].core_earliest or 0) > (dates[-1].core_latest or 0):
        raise DateError(f"{text!r} goes backwards", f"Write {last}..{first}.")
    return dates


def _plain(text: str, part: str, widths: Widths) -> FuzzyDate:
    if part[:1] in "[{":
        what = "an empty place" if part == "" else "brackets within brackets"
        hint = "Write the dates with a comma between them: [2022-02,2022-05]."
        raise DateError(f"{text!r} has {what}", hint)
    if "/" in part:
        hint = f"Write {part.replace('/', '..')} for one moment in it."
        raise DateError(f"{text!r} holds a stretch of time", hint)
    try:
        return parse_date(part, widths)
    except DateError as error:
        raise DateError(f"{text!r}: {error.what}", error.hint) from None


# doubt about a part ------------------------------------------------------------------------------------

_Q = "[~?%]?"
_PARTS = re.compile(
    rf"(?P<year_alone>{_Q})(?P<year>[0-9]{{4}})(?P<to_year>{_Q})"
    rf"(?:-(?P<middle_alone>{_Q})(?P<middle>[0-9]{{2}})(?P<to_middle>{_Q})"
    rf"(?:-(?P<day_alone>{_Q})(?P<day>[0-9]{{2}})(?P<to_day>{_Q}))?)?\Z"
)


class _Doubts(NamedTuple):
    """By how much each part may be off; None for a part that is certain."""

    years: int | None
    months: int | None
    days: int | None


def _with_doubtful_parts(text: str, part: dict[str, str], widths: Widths) -> FuzzyDate:
    for name in ("year", "middle", "day"):
        if part[f"{name}_alone"] and part[f"to_{name}"]:
            raise DateError(f"{text!r} has two marks of doubt on one part", "Write % for both.")
    plain = parse_date("-".join(filter(None, (part["year"], part["middle"], part["day"]))), widths)
    first, last = plain.window
    doubts = _doubts(part, widths)
    named = int(part["year"]), bool(part["day"])
    earliest, latest = _moved(first, doubts, -1, *named), _moved(last, doubts, 1, *named)
    if doubts.years is None:
        year = parse_date(part["year"], widths).window
        earliest, latest = max(earliest, min(first, year[0])), min(latest, max(last, year[1]))
    return FuzzyDate(text, "date", earliest, latest, first, last)


def _doubts(part: dict[str, str], widths: Widths) -> _Doubts:
    """What the qualifiers say of each part; one to the right of a part reaches as far as it does on a whole
    date of that unit, and leaves nothing to its left certain."""
    year, month, day = (part[f"{name}_alone"] or part[f"to_{name}"] for name in ("year", "middle", "day"))
    years = widths.of(year).year if year else None
    if not part["middle"]:
        return _Doubts(0, years, None)
    years = None if years is None else -(-years // 12)
    months = None
    if month:
        around = widths.of(month)
        months = around.season if int(part["middle"]) > 12 else around.month
    days = widths.of(day).day if day else None
    if part["to_day"]:
        return _Doubts(years or 0, months or 0, days)
    return _Doubts(years or 0 if part["to_middle"] else years, months, days)


def _moved(day: int, doubts: _Doubts, way: int, year_named: int, day_named: bool) -> int:
    """A day moved as far back (-1) or on (1) as the doubts allow; a year that is certain holds its months, a
    month that is certain its days."""
    date = dt.date.fromordinal(day)
    here = date.year * 12 + date.month - 1
    months = here + way * (12 * (doubts.years or 0) + (doubts.months or 0))
    if doubts.years is None:
        within = max(12 * year_named, min(12 * year_named + 11, months))
        months = within if date.year == year_named else here
    if not 12 <= months < 12 * (dt.MAXYEAR + 1):
        return 1 if way < 0 else dt.date.max.toordinal()
    year, month = months // 12, months % 12 + 1
    length = monthrange(year, month)[1]
    end_of_month = way > 0 and not day_named
    there = dt.date(year, month, length if end_of_month else min(date.day, length)).toordinal()
    there += way * (doubts.days or 0)
    if doubts.months is None and doubts.days:
        begins = dt.date(year, month, 1).toordinal()
        there = max(begins, min(begins + length - 1, there))
    return max(1, min(dt.date.max.toordinal(), there))
