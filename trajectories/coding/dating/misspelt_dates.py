"""The spelling that a date which is no EDTF may have meant: shown, never assumed."""

from __future__ import annotations

import re
from collections.abc import Iterable

from trajectories.coding.dating.date_meanings import Meaning, is_edtf
from trajectories.coding.dating.typed_dates import understand

FORMS = (
    "Write 2022, 2022-03, 2022-03-15, 2022-21 (spring), with ~ for about or ? for uncertain; "
    ".. if it still goes on; nothing if it is not known."
)
_SHAPED = re.compile(r"[0-9X]{4}(-[0-9X]{2}){0,2}[~?%]?")


def suggested(text: str) -> str:
    """A sentence with the EDTF spelling that ``text`` may stand for, or a reminder of the forms there are.

    >>> suggested("15.03.2022")
    "Did you mean '2022-03-15'?"
    """
    start, slash, end = text.partition("/")
    if slash and is_edtf(start) and (end in ("", "..") or is_edtf(end)):
        return f"This is a stretch of time; one date is needed here, such as {start}."
    meanings = readable(meaning for meaning in understand(text).meanings if meaning.edtf != text)
    if len(meanings) > 1:
        told = ", ".join(f"{meaning.edtf} if {meaning.when}" for meaning in meanings)
        return f"Write {told}."
    if meanings:
        return _asked(meanings[0])
    return "" if all(_SHAPED.fullmatch(side) for side in text.split("/") if side) else FORMS


def readable(meanings: Iterable[Meaning]) -> tuple[Meaning, ...]:
    """Meanings whose spelling the library reads."""
    from trajectories.coding.dating.dates import (  # which imports this module
        DateError,
        parse_date,
        parse_interval,
    )

    found = []
    for edtf, when in meanings:
        try:
            _ = parse_interval(edtf) if "/" in edtf else parse_date(edtf)
            found.append(Meaning(edtf, when))
        except DateError:
            continue
    return tuple(found)


def _asked(meaning: Meaning) -> str:
    if meaning.edtf == "..":
        return "Write .. for what still goes on."
    if meaning.edtf == "":
        return "Leave it empty when it is not known."
    kind = "the interval " if "/" in meaning.edtf else ""
    return f"Did you mean {kind}{meaning.edtf!r}?"
