"""Dates, one a line: EDTF as it is coded, and what people type."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from tests.fuzz.formats import Format, as_is
from trajectories.coding.dating.dates import DateError, parse_date, parse_interval
from trajectories.coding.dating.misspelt_dates import readable
from trajectories.coding.dating.typed_dates import understand

EDTF = ("2022-03~/2022-09\n2022\n", "../2022-03-05\n201X-XX", "[2022-02,2022-05..2022-07]\n2022-37",
        "2022-21?/2023-03-1X\n", "~2022-?03/%2023-24\n2022-40~")  # fmt: skip
TYPED = ("03/04/2022\nAnfang März 2022", "between March and May 2022", "since spring 2015\nca. 2015 (?)",
         "в марте 2022 года\nWinter 2021/22", "from 15.03.2022 to 1 June 2023\nQ1 2022")  # fmt: skip


def _lines(path: Path) -> list[str]:
    return path.read_bytes().decode("utf-8", "surrogateescape").splitlines()


def _as_edtf(path: Path) -> None:
    for line in _lines(path):
        with suppress(DateError):
            date = parse_date(line)
            if date.is_known:
                first, last = date.window
                assert first <= date.point() <= last
            assert date.text == line
            assert str(date)
        with suppress(DateError):
            parse_interval(line)


def _as_typed(path: Path) -> None:
    for number, line in enumerate(_lines(path)):
        readable(understand(line, day_first=(None, True, False)[number % 3]).meanings)


FORMATS = (
    Format("edtf", "dates.txt", as_is(*EDTF), _as_edtf),
    Format("typed_dates", "typed.txt", as_is(*TYPED), _as_typed),
)
