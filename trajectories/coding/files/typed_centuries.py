"""Which century a year of two digits is in, where the person's own life leaves only one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from trajectories.coding.dating.date_meanings import Meaning


class Life(NamedTuple):
    """The years between which somebody's dates can lie: of birth, and of the interview."""

    first: int = 0
    last: int = 9999

    @classmethod
    def of(cls, births: Iterable[Meaning], interviews: Iterable[Meaning]) -> Life:
        """What the meanings of both leave: nobody is interviewed before birth."""
        born = sorted(filter(None, map(_year, births))) or [0]
        asked = sorted(filter(None, map(_year, interviews))) or [9999]
        pairs = [(one, other) for one in born for other in asked if one <= other]
        if not pairs:
            return cls()
        return cls(min(one for one, _ in pairs), max(other for _, other in pairs))

    def possible(self, meanings: tuple[Meaning, ...]) -> tuple[Meaning, ...]:
        """The meanings inside the life, where they differ by a hundred years; all when none is inside, and
        where something else is open."""
        years = {year for meaning in meanings if (year := _year(meaning))}
        if not any(year - 100 in years for year in years):
            return meanings
        inside = tuple(m for m in meanings if self.first <= _year(m) <= self.last)
        return inside or meanings


def _year(meaning: Meaning) -> int:
    """The first year that is told, with unknown digits as 0; 0 where none is."""
    digits = meaning.edtf.lstrip("[~?%.,/")[:4].replace("X", "0")
    return int(digits) if digits.isdigit() else 0
