"""What people type for a date, understood as EDTF: every meaning it may have, and never one picked in
silence."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from re import Match
from typing import NamedTuple

from trajectories.coding.date_vocabulary import (
    ABOUT,
    BETWEEN,
    FILLERS,
    FROM_TO,
    HALVES,
    MONTHS,
    OF_THE_YEAR,
    OPEN,
    ORDINALS,
    PARTS,
    QUARTERS,
    SEASONS,
    SINCE,
    UNCERTAIN,
    UNKNOWN,
    UNTIL,
)


class Meaning(NamedTuple):
    """One thing that typed text may stand for: its EDTF spelling, and what must be so for it to be meant."""

    edtf: str
    when: str = ""
    """Completes "if ...": ``the day is 3``; empty when there is no other meaning."""


@dataclass(frozen=True)
class DateReading:
    """What was typed and every meaning it may have: none (not understood), one, or several (ambiguous)."""

    text: str
    meanings: tuple[Meaning, ...]

    @property
    def edtf(self) -> str | None:
        """The EDTF spelling when there is exactly one meaning, else None. Empty text stands for unknown."""
        return self.meanings[0].edtf if len(self.meanings) == 1 else None

    @property
    def is_understood(self) -> bool:
        """Whether it has at least one meaning."""
        return bool(self.meanings)

    @property
    def is_ambiguous(self) -> bool:
        """Whether somebody has to say which of several meanings is right."""
        return len(self.meanings) > 1

    def __str__(self) -> str:
        if not self.meanings:
            return f"{self.text!r} is not understood"
        told = [(m.edtf or "(unknown)") + (f" (if {m.when})" if m.when else "") for m in self.meanings]
        return f"{self.text!r} is {' or '.join(told)}"


@lru_cache(maxsize=1 << 14)
def understand(text: str, *, day_first: bool | None = None) -> DateReading:
    """What typed text may mean as a date or stretch of time in EDTF.

    English, German and Russian names of months and seasons, ``03/2022``, ``15.03.2022``, ``ca. 2015``,
    ``early 2022`` (its first third), ``Q1 2022``, ``since 2015``, ``from March to May 2022``. Where the order
    of day and month, the century or the year of a winter is open, every possibility is a meaning;
    ``day_first`` settles the order of day and month for the team's own habit. Text that is EDTF already is
    itself.

    >>> understand("Anfang 2022").edtf, understand("в марте 2022 года").edtf
    ('2022-37', '2022-03')
    >>> [meaning.edtf for meaning in understand("03/04/2022").meanings]
    ['2022-04-03', '2022-03-04']
    >>> understand("03/04/2022", day_first=True).edtf
    '2022-04-03'
    """
    found = dict.fromkeys(_meanings(_plain(text), day_first)) if len(text) <= _LONGEST else {}
    by_spelling: dict[str, Meaning] = {}
    for meaning in found:
        by_spelling.setdefault(meaning.edtf, meaning)
    meanings = tuple(by_spelling.values())
    return DateReading(text, (Meaning(meanings[0].edtf),) if len(meanings) == 1 else meanings)


_LONGEST = 80


def _plain(text: str) -> str:
    """Small letters, single spaces, one kind of dash, no stop at the end."""
    text = re.sub("[\u2010-\u2015\u2212]", "-", " ".join(text.split())).casefold().replace("ё", "е")
    return text if text in ("..", "...") else text.rstrip(".,;")


@lru_cache(maxsize=1 << 14)
def _meanings(text: str, day_first: bool | None) -> tuple[Meaning, ...]:
    """The first kind of reading that finds a meaning."""
    for read in (_as_edtf, _as_word, _as_stretch, _with_doubt, _as_part, _as_unit, _without_filler):
        if found := tuple(read(text, day_first)):
            return found
    return ()


# already well written, or a word alone -----------------------------------------------------------------


_EDTF = re.compile(r"([0-9]{4}|[0-9]{3}x|[0-9]{2}xx)(?:-([0-9]{2}|xx)(?:-([0-9]{2}|xx))?)?([~?%])?")


def is_edtf(text: str) -> bool:
    """Whether text is one well-written date (X in capitals or small)."""
    found = _EDTF.fullmatch(text.lower())
    if found is None:
        return False
    year, middle, day, _ = found.groups()
    if "x" in year:
        return middle is None
    if middle in (None, "xx"):
        return int(year) > 0 and day in (None, "xx")
    month = int(middle)
    if month in _PARTS_OF_YEAR:
        return day is None and int(year) > 0
    return _is_day(int(year), month, 1 if day in (None, "xx") else int(day))


_PARTS_OF_YEAR = (*range(21, 25), *range(33, 42))


def _is_day(year: int, month: int, day: int) -> bool:
    return year > 0 and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]


def _as_edtf(text: str, day_first: bool | None) -> Iterator[Meaning]:
    start, slash, end = text.partition("/")
    if slash and all(side in ("", "..") or is_edtf(side) for side in (start, end)) and text != "/":
        yield Meaning(text.upper())
    elif text in ("", ".."):
        yield Meaning(text)
    elif is_edtf(text):
        season = _SEASON_OR_YEAR.get(text[2:])
        yield Meaning(text.upper(), f"the {season} of {text[:4]} is meant" if season else "")
        if season:
            after = int(text[:4]) + 1
            yield Meaning(f"{text[:4]}/{after}", f"{text[:4]} to {after} is meant")


_SEASON_OR_YEAR = {"20-21": "spring", "21-22": "summer", "22-23": "autumn", "23-24": "winter"}
"""``2021-22`` is the summer of 2021 in EDTF, but is also how two years are written."""


def _as_word(text: str, day_first: bool | None) -> Iterator[Meaning]:
    if text in OPEN or re.fullmatch(r"\.{3,}", text):
        yield Meaning("..")
    elif text in UNKNOWN or re.fullmatch(r"[-?x]+|n\.?/?a", text):
        yield Meaning("")


# stretches of time -------------------------------------------------------------------------------------


def _as_stretch(text: str, day_first: bool | None) -> Iterator[Meaning]:
    for opening, middle in BETWEEN:
        if found := re.fullmatch(rf"{opening} (.+?) {middle} (.+)", text):
            yield from _between(found[1], found[2], day_first)
            return
    for opening, middle in FROM_TO:
        lead = f"{opening} " if opening else ""
        found = re.fullmatch(rf"{lead}(.+?) {re.escape(middle)} (.+)", text)
        if found and (sides := tuple(_pairs(found[1], found[2], day_first))):
            yield from (_interval(one, other) for one, other in sides)
            return
    if found := re.fullmatch(r"([0-9]{4})-([0-9]{4}|[0-9]{2})", text):
        end = found[2] if len(found[2]) == 4 else found[1][:2] + found[2]
        if int(end) > int(found[1]):
            yield Meaning(f"{found[1]}/{end}")
            return
    yield from _one_sided(text, day_first)


def _one_sided(text: str, day_first: bool | None) -> Iterator[Meaning]:
    for word in SINCE:
        if text.startswith(f"{word} "):
            rest = re.sub(r" (?:on|onwards?|an|года?)$", "", text[len(word) + 1 :])
            yield from (Meaning(f"{m.edtf}/..", m.when) for m in _dates(rest, day_first))
            return
    for word in UNTIL:
        if text.startswith(f"{word} "):
            rest = text[len(word) + 1 :]
            if rest in OPEN or text in OPEN:
                yield Meaning("..")
            yield from (Meaning(f"../{m.edtf}", m.when) for m in _dates(rest, day_first))
            return


def _between(one: str, other: str, day_first: bool | None) -> Iterator[Meaning]:
    """``between A and B`` may be a stretch that lasted, or one moment somewhere in it."""
    for start, end in _pairs(one, other, day_first):
        if end.edtf == "..":
            continue
        yield _interval(start, end, "it lasted from the one to the other")
        at_one_time = _both(start.when, end.when, "it was at one time in between")
        yield Meaning(f"[{start.edtf}..{end.edtf}]", at_one_time)


def _pairs(one: str, other: str, day_first: bool | None) -> Iterator[tuple[Meaning, Meaning]]:
    """Both ends of a stretch; the first may leave its year to the second (``March to May 2022``)."""
    ends = [Meaning("..")] if other in OPEN else list(_dates(other, day_first))
    for end in ends:
        starts = list(_dates(one, day_first)) or list(_dates(f"{one} {end.edtf[:4]}", day_first))
        yield from ((start, end) for start in starts)


def _interval(start: Meaning, end: Meaning, when: str = "") -> Meaning:
    return Meaning(f"{start.edtf}/{end.edtf}", _both(start.when, end.when, when))


def _both(*conditions: str) -> str:
    return " and ".join(dict.fromkeys(condition for condition in conditions if condition))


def _dates(text: str, day_first: bool | None) -> Iterator[Meaning]:
    """Meanings that are one date, not a stretch, and known."""
    return (m for m in _meanings(text.strip(), day_first) if m.edtf not in ("", "..") and "/" not in m.edtf)


# doubt, and parts of a year or month -------------------------------------------------------------------


def _with_doubt(text: str, day_first: bool | None) -> Iterator[Meaning]:
    for mark, pattern in _DOUBTS:
        if found := pattern.fullmatch(text):
            inner = _dates(found["after"] or found["before"], day_first)
            yield from (Meaning(_doubted(m.edtf, mark), m.when) for m in inner if not m.edtf.startswith("["))
            return


def _doubt(mark: str, words: Iterable[str]) -> re.Pattern[str]:
    """Words of doubt before a date, or in brackets after it; the mark itself on either side."""
    named, sign = "|".join(map(re.escape, words)), re.escape(mark)
    return re.compile(rf"(?:{sign} ?|(?:{named})(?:\. ?| ))(?P<after>.+)"
                      rf"|(?P<before>.+?) ?(?:{sign}|\((?:{named}|{sign})\.?\))")  # fmt: skip


_DOUBTS = (("~", _doubt("~", ABOUT)), ("?", _doubt("?", UNCERTAIN)))


def _doubted(edtf: str, mark: str) -> str:
    """A date with one more doubt: about and uncertain together are ``%``."""
    if edtf[-1] not in "~?%":
        return edtf + mark
    return edtf if edtf[-1] == mark else f"{edtf[:-1]}%"


def _as_part(text: str, day_first: bool | None) -> Iterator[Meaning]:
    for word in sorted(PARTS, key=len, reverse=True):
        if found := re.fullmatch(rf"{word}[ -](.+)", text):
            for meaning in _dates(found[1], day_first):
                if re.fullmatch("[0-9]{4}", meaning.edtf):
                    yield Meaning(f"{meaning.edtf}-{37 + PARTS[word]}", meaning.when)
                elif re.fullmatch("[0-9]{4}-(0[1-9]|1[0-2])", meaning.edtf):
                    yield Meaning(_third_of_month(meaning.edtf, PARTS[word]), meaning.when)
            return


def _third_of_month(month: str, part: int) -> str:
    last = monthrange(int(month[:4]), int(month[5:]))[1]
    first, end = ((1, 10), (11, 20), (21, last))[part]
    return f"[{month}-{first:02d}..{month}-{end:02d}]"


# one unit of time --------------------------------------------------------------------------------------


def _as_unit(text: str, day_first: bool | None) -> Iterator[Meaning]:
    for pattern, read in _UNITS:
        if (found := pattern.fullmatch(text)) and (meanings := tuple(read(found, day_first))):
            yield from meanings
            return


def _without_filler(text: str, day_first: bool | None) -> Iterable[Meaning]:
    """Small words around a date: ``in``, ``im``, ``в``, ``года``."""
    for word in FILLERS:
        if text.startswith(f"{word} "):
            return _meanings(text[len(word) + 1 :], day_first)
    for word in OF_THE_YEAR:
        if found := re.fullmatch(rf"(.*[0-9]) ?{word}\.?", text):
            return _meanings(found[1], day_first)
    return ()


def _month(year: str, month: int) -> Iterator[Meaning]:
    if 1 <= month <= 12 and int(year) > 0:
        yield Meaning(f"{year}-{month:02d}")


def _day(year: str, month: int, day: int, when: str = "") -> Iterator[Meaning]:
    if _is_day(int(year), month, day):
        yield Meaning(f"{year}-{month:02d}-{day:02d}", when)


def _numbers(found: Match[str], day_first: bool | None) -> Iterator[Meaning]:
    """Day, month and year as numbers: both orders of day and month, unless only one can be."""
    one, other = int(found["one"]), int(found["other"])
    for year, century in _years(found["year"]):
        if day_first is not False:
            yield from _day(year, other, one, _both(f"the day is {one}", century))
        if day_first is not True and one != other:
            yield from _day(year, one, other, _both(f"the day is {other}", century))


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
    code, year = SEASONS.get(found["name"]), found["year"]
    if code is None or int(year) < 2:
        return
    if (end := found["end"]) is not None:
        if code == 24 and int(end[-2:]) == (int(year) + 1) % 100:
            yield Meaning(f"{year}-24")
    elif code == 24:
        before, after = int(year) - 1, int(year) + 1
        yield Meaning(f"{year}-24", f"December {year} to February {after} is meant")
        yield Meaning(f"{before:04d}-24", f"December {before} to February {year} is meant")
    else:
        yield Meaning(f"{year}-{code}")


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
        (rf"(?P<name>{_WORD}),? (?:of |des jahres )?{_Y}(?: ?[/-] ?(?P<end>[0-9]{{4}}|[0-9]{{2}}))?",
         _season),
        (rf"(?P<number>[\w.-]+?) ?(?P<unit>q|{_WORD}) ?(?:of |des jahres |im jahr |in )?{_Y}", _ordinal),
        (rf"(?P<unit>[qh])(?P<number>[1-4])[ /-]?{_Y}", _ordinal),
        (rf"{_Y}[ /-]?(?P<unit>[qh])(?P<number>[1-4])", _ordinal),
        (rf"{_Y},? (?P<number>[\w.-]+) (?P<unit>{_WORD})", _ordinal),
        (r"(?:the )?(?P<decade>[0-9]{3})0(?:'?s|er|er jahre|-е|-х|-е годы)", _decade),
    )
)
