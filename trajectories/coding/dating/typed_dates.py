"""What people type for a date, understood as EDTF: every meaning it may have, and never one picked in
silence."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from trajectories.coding.dating.date_meanings import Meaning, both, is_edtf
from trajectories.coding.dating.date_vocabulary import (
    ABOUT,
    BETWEEN,
    EITHER,
    FILLERS,
    FROM_TO,
    MONTHS,
    OF_THE_YEAR,
    OPEN,
    PARTS,
    SINCE,
    UNCERTAIN,
    UNKNOWN,
    UNTIL,
)
from trajectories.coding.dating.typed_units import units_in


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
    ``early 2022`` (its first third), ``Q1 2022``, ``since 2015``, ``from March to May 2022``, ``2021 or
    2022``. Where the order of day and month, the century or the year of a winter is open, every possibility
    is a meaning; ``day_first`` settles the order of day and month for the team's own habit. Text that is EDTF
    already is itself.

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
    for read in (_as_edtf, _as_word, _as_stretch, _as_choice, _with_doubt, _as_part, units_in,
                 _without_filler):  # fmt: skip
        if found := tuple(read(text, day_first)):
            return found
    return ()


# already well written, or a word alone -----------------------------------------------------------------


def _as_edtf(text: str, day_first: bool | None) -> Iterator[Meaning]:
    start, slash, end = text.partition("/")
    if slash and all(side in ("", "..") or is_edtf(side) for side in (start, end)) and text != "/":
        yield Meaning(text.upper())
    elif text in ("", ".."):
        yield Meaning(text)
    elif is_edtf(text) and text[0] in "~?%":
        yield from _marked_before(text)
    elif is_edtf(text):
        season = _SEASON_OR_YEAR.get(text[2:])
        yield Meaning(text.upper(), f"the {season} of {text[:4]} is meant" if season else "")
        if season:
            after = int(text[:4]) + 1
            yield Meaning(f"{text[:4]}/{after}", f"{text[:4]} to {after} is meant")


def _marked_before(text: str) -> Iterator[Meaning]:
    """``?2022-03`` is a doubtful year in EDTF, but people who type it doubt the whole date."""
    whole = f"{text[1:]}{text[0]}"
    if not is_edtf(whole):
        yield Meaning(text.upper())
        return
    if "-" in text:
        yield Meaning(text.upper(), "only the year is in doubt")
    yield Meaning(whole.upper(), "the whole date is in doubt")


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
        at_one_time = both(start.when, end.when, "it was at one time in between")
        first, last = (re.split(r",|\.\.", side.edtf.strip("[]")) for side in (start, end))
        yield Meaning(f"[{first[0]}..{last[-1]}]", at_one_time)


def _as_choice(text: str, day_first: bool | None) -> Iterator[Meaning]:
    """``2021 or 2022``, ``Februar/März 2022``: one of the two, nobody knows which."""
    found = re.fullmatch(rf"(.+?) (?:{'|'.join(EITHER)}) (.+)", text)
    if found is None:
        found = re.fullmatch(r"([^\W\d_]+)\.? ?/ ?([^\W\d_]+\.? [0-9]{4})", text)
        if found is None or not {found[1], found[2].split()[0].rstrip(".")} <= MONTHS.keys():
            return
    for one, other in _pairs(found[1], found[2], day_first):
        chosen = f"[{','.join(sorted((one.edtf, other.edtf)))}]"
        if one.edtf != other.edtf and is_edtf(chosen):
            yield Meaning(chosen, both(one.when, other.when))


def _pairs(one: str, other: str, day_first: bool | None) -> Iterator[tuple[Meaning, Meaning]]:
    """Both ends of a stretch; the first may leave its year to the second (``March to May 2022``)."""
    ends = [Meaning("..")] if other in OPEN else list(_dates(other, day_first))
    for end in ends:
        starts = list(_dates(one, day_first)) or list(_dates(f"{one} {end.edtf[:4]}", day_first))
        yield from ((start, end) for start in starts)


def _interval(start: Meaning, end: Meaning, when: str = "") -> Meaning:
    return Meaning(f"{start.edtf}/{end.edtf}", both(start.when, end.when, when))


def _dates(text: str, day_first: bool | None) -> Iterator[Meaning]:
    """Meanings that are one date, not a stretch, and known."""
    return (m for m in _meanings(text.strip(), day_first) if m.edtf not in ("", "..") and "/" not in m.edtf)


# doubt, and parts of a year or month -------------------------------------------------------------------


def _with_doubt(text: str, day_first: bool | None) -> Iterator[Meaning]:
    for mark, pattern in _DOUBTS:
        if found := pattern.fullmatch(text):
            inner = _dates(found["after"] or found["before"], day_first)
            yield from (Meaning(_doubted(m.edtf, mark), m.when) for m in inner
                        if not re.search(r"\[|[~?%].", m.edtf))  # fmt: skip
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


def _without_filler(text: str, day_first: bool | None) -> Iterable[Meaning]:
    """Small words around a date: ``in``, ``im``, ``в``, ``года``."""
    for word in FILLERS:
        if text.startswith(f"{word} "):
            return _meanings(text[len(word) + 1 :], day_first)
    for word in OF_THE_YEAR:
        if found := re.fullmatch(rf"(.*[0-9]) ?{word}\.?", text):
            return _meanings(found[1], day_first)
    return ()
