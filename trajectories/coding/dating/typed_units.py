"""One unit of time as people type it: a day, month, season, quarter, half or decade."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from re import Match

from trajectories.coding.dating.date_meanings import Meaning, both, is_day
from trajectories.coding.dating.date_vocabulary import HALVES, MONTHS, ORDINALS, QUARTERS, SEASONS


def units_in(text: str, day_first: bool | None) -> Iterator[Meaning]:
    """The meanings of text that is one unit of time, in small letters; none for anything else."""
    for pattern, read in _UNITS:
        if (found := pattern.fullmatch(text)) and (meanings := tuple(read(found, day_first))):
            yield from meanings
            return


def _month(year: str, month: int) -> Iterator[Meaning]:
    if 1 <= month <= 12 and int(year) > 0:
        yield Meaning(f"{year}-{month:02d}")


def _day(year: str, month: int, day: int, when: str = "") -> Iterator[Meaning]:
    if is_day(int(year), month, day):
        yield Meaning(f"{year}-{month:02d}-{day:02d}", when)


def _numbers(found: Match[str], day_first: bool | None) -> Iterator[Meaning]:
    """Day, month and year as numbers: both orders of day and month, unless only one can be."""
    one, other = int(found["one"]), int(found["other"])
    for year, century in _years(found["year"]):
        if day_first is not False:
            yield from _day(year, other, one, both(f"the day is {one}", century))
        if day_first is not True and one != other:
            yield from _day(year, one, other, both(f"the day is {other}", century))


def _years(written: str) -> Iterator[tuple[str, str]]:
    """A year, or with two digits the years it may be."""
    if len(written) == 4:
        yield written, ""
    else:
        yield from ((f"{century}{written}", f"the year is {century}{written}") for century in (20, 19))


def _year_first(found: Match[str], day_first: bool | None) -> Iterator[Meaning]:
    year, one, other = found["year"], int(found["one"]), int(found["other"])
    yield from _day(year, one, other) if one <= 12 else _day(year, other, one)


def _named_month(found: Match[str], day_first: bool | None) -> Iterator[Meaning]:
    month = MONTHS.get(found["name"].rstrip("."))
    if month is None:
        return
    day = found["day"] if "day" in found.re.groupindex else None
    for year, century in _years(found["year"]):
        if day:
            yield from _day(year, month, int(day), century)
        else:
            yield from (Meaning(m.edtf, century) for m in _month(year, month))


def _season(found: Match[str], day_first: bool | None) -> Iterator[Meaning]:
    code, end = SEASONS.get(found["name"]), found["end"]
    for year, century in _years(found["year"]) if code is not None else ():
        if int(year) < 2:
            return
        if end is not None:
            if code == 24 and int(end[-2:]) == (int(year) + 1) % 100:
                yield Meaning(f"{year}-24", century)
        elif code == 24:
            before, after = int(year) - 1, int(year) + 1
            yield Meaning(f"{year}-24", f"December {year} to February {after} is meant")
            yield Meaning(f"{before:04d}-24", f"December {before} to February {year} is meant")
        else:
            yield Meaning(f"{year}-{code}", century)


def _ordinal(found: Match[str], day_first: bool | None) -> Iterator[Meaning]:
    number, unit = ORDINALS.get(found["number"]), found["unit"].rstrip(".")
    if number and (unit in QUARTERS or unit == "q"):
        yield Meaning(f"{found['year']}-{32 + number}")
    elif number in (1, 2) and (unit in HALVES or unit == "h"):
        yield Meaning(f"{found['year']}-{39 + number}")


def _decade(found: Match[str], day_first: bool | None) -> Iterator[Meaning]:
    yield Meaning(f"{found['decade']}X")


_Y = r"(?P<year>[0-9]{4})"
_D = r"(?:(?P<day>[0-9]{1,2})(?:st|nd|rd|th|-?го|-?е)?[. -]? ?)?"
_TIME = r"(?:[t ][0-9:.]+(?:z|[+-][0-9:]+)?)?"
_WORD = r"[^\W\d_]+\.?"
_UNITS: tuple[tuple[re.Pattern[str], Callable[[Match[str], bool | None], Iterator[Meaning]]], ...] = tuple(
    (re.compile(pattern), read)
    for pattern, read in (
        (r"(?P<month>[0-9]{1,2}) ?[./-] ?" + _Y, lambda m, _: _month(m["year"], int(m["month"]))),
        (_Y + r" ?[./-] ?(?P<month>[0-9]{1,2})", lambda m, _: _month(m["year"], int(m["month"]))),
        (r"(?P<year>[12][0-9]{3})(?P<month>[01][0-9])", lambda m, _: _month(m["year"], int(m["month"]))),
        (r"(?P<one>[0-9]{1,2})[./-] ?(?P<other>[0-9]{1,2})[./-] ?(?P<year>[0-9]{4}|[0-9]{2})" + _TIME,
         _numbers),
        (_Y + r"[./-](?P<one>[0-9]{1,2})[./-](?P<other>[0-9]{1,2})" + _TIME, _year_first),
        (r"(?P<year>[12][0-9]{3})(?P<one>[01][0-9])(?P<other>[0-3][0-9])", _year_first),
        (rf"{_D}(?:of )?(?P<name>{_WORD}),?[ -]?(?:of )?{_Y}", _named_month),
        (rf"(?:(?P<day>[0-9]{{1,2}})[. -] ?)?(?P<name>{_WORD})[ -]'?(?P<year>[0-9]{{2}})", _named_month),
        (rf"(?P<name>{_WORD}) (?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?,? {_Y}", _named_month),
        (rf"{_Y},?[ -](?P<name>{_WORD})", _named_month),
        (rf"(?P<name>{_WORD}),? (?:of |des jahres )?'?(?P<year>[0-9]{{4}}|[0-9]{{2}})"
         r"(?: ?[/-] ?(?P<end>[0-9]{4}|[0-9]{2}))?", _season),
        (rf"(?P<number>[\w.-]+?) ?(?P<unit>q|{_WORD}) ?(?:of |des jahres |im jahr |in )?{_Y}", _ordinal),
        (rf"(?P<unit>[qh])(?P<number>[1-4])[ /-]?{_Y}", _ordinal),
        (rf"{_Y}[ /-]?(?P<unit>[qh])(?P<number>[1-4])", _ordinal),
        (rf"{_Y},? (?P<number>[\w.-]+) (?P<unit>{_WORD})", _ordinal),
        (r"(?:the )?(?P<decade>[0-9]{3})0(?:'?s|er|er jahre|-е|-х|-е годы)", _decade),
    )
)
