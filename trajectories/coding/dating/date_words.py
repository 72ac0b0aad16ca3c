"""EDTF dates as one would say them."""

from __future__ import annotations

import re
from calendar import month_name

_NAME_OF = {
    21: "spring", 22: "summer", 23: "autumn", 24: "winter",
    33: "first quarter of", 34: "second quarter of", 35: "third quarter of", 36: "fourth quarter of",
    37: "first third of", 38: "second third of", 39: "last third of",
    40: "first half of", 41: "second half of",
}  # fmt: skip
_TENS = {"0X": "1st to 9th", "1X": "10th to 19th", "2X": "20s", "3X": "last days"}
_DOUBT = {"~": "about ", "?": "probably ", "%": "perhaps about ", "": ""}


def in_words(text: str) -> str:
    """A well-written EDTF date in words.

    >>> in_words("2022-03~")
    'about March 2022'
    """
    if text.startswith("["):
        return " or ".join(map(_choice, text[1:-1].split(",")))
    if parts := _doubtful_parts(text):
        return f"{in_words(re.sub('[~?%]', '', text))}, {parts}"
    doubt = _DOUBT[text[-1] if text[-1] in "~?%" else ""]
    year, _, rest = text.rstrip("~?%").partition("-")
    middle, _, day = rest.partition("-")
    if "X" in year:
        if year.endswith("XX"):
            return f"{doubt}{year[:2]}00 to {year[:2]}99"
        return f"{doubt}the {year[:3]}0s"
    if not middle or middle == "XX":
        return doubt + year
    if middle in ("0X", "1X"):
        return f"{doubt}{'January to September' if middle == '0X' else 'October to December'} {year}"
    if int(middle) > 12:
        into = f"/{(int(year) + 1) % 100:02d}" if middle == "24" else ""
        return f"{doubt}{_NAME_OF[int(middle)]} {year}{into}"
    month = f"{month_name[int(middle)]} {year}"
    if day.endswith("X") and day != "XX":
        return f"{doubt}{_TENS[day]} of {month}"
    return f"{doubt}{month}" if day in ("", "XX") else f"{doubt}{int(day)} {month}"


def _choice(part: str) -> str:
    first, dots, last = part.partition("..")
    return f"some time from {in_words(first)} to {in_words(last)}" if dots else in_words(part)


def _doubtful_parts(text: str) -> str:
    """What is said of the parts of a date in doubt as such (``2022-~03``); nothing for others."""
    parts = text.split("-")
    if not re.search("[~?%].", text):
        return ""
    names = ("year", "season" if len(parts) == 2 and int(parts[1].strip("~?%")) > 12 else "month", "day")
    doubts = {"~": "approximate", "?": "uncertain", "%": "approximate and uncertain"}
    told = []
    for i, part in enumerate(parts):
        if part[0] in doubts:
            told.append(f"the {names[i]} {doubts[part[0]]}")
        if part[-1] in doubts:
            told.append(f"the {' and '.join(names[: i + 1])} {doubts[part[-1]]}")
    return ", ".join(told)
