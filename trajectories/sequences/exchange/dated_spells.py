"""SPELL tables as a study: every row an episode, so that nothing two spells say is lost in a grid."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Literal, NamedTuple

from trajectories.errors import SettingError, StudyError
from trajectories.sequences.exchange.calendar import Clock, clock_of
from trajectories.sequences.exchange.given_table import GivenTable
from trajectories.sequences.exchange.spell_rows import Ends
from trajectories.sequences.exchange.tables import PERCENT, STAR, whole_number
from trajectories.sequences.exchange.written_study import FoundStudy, plan_on, write_found
from trajectories.sequences.grid import month_number
from trajectories.wording import counted

Overlapping = Literal["kept", "later", "earlier"]
"""Which spell holds where two of one person overlap; ``kept``: both, for check to ask about."""


class Spell(NamedTuple):
    """One row: positions count from 1 on the clock of the table, both belong to the spell."""

    state: str
    begin: int
    end: int


@dataclass(frozen=True)
class GivenSpells:
    """The spells of each person in order of time, with what else the table says of people."""

    title: str
    spells: Mapping[str, tuple[Spell, ...]]
    clock: Clock
    """Position 1 is its first month."""
    people: Mapping[str, Mapping[str, str]]
    interviews: Mapping[str, int]
    """Positions."""
    notes: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        return sum(map(len, self.spells.values()))


def read_spells(table: GivenTable, first: str | None, step: str, *, ends: Ends = "inclusive",
                overlap: Overlapping = "kept") -> GivenSpells:  # fmt: skip
    """The spells of a table with its clock, births and interviews.

    Positions are numbers, of which ``first`` names the month of position 1, or months and years as they are
    (``2014-03``). Columns with one value for each person are attributes. Raises StudyError with row and
    person for what is no position or ends before it begins; SettingError for numbers without ``first``.
    """
    id, begin, end, state = (table.column(role) for role in ("id", "begin", "end", "state"))
    places = _places(list(table.rows[begin]), first, step)
    people: dict[str, list[Spell]] = {}
    shift = 1 if ends == "exclusive" else 0
    cells = zip(*(table.rows[name] for name in (id, state, begin, end)), strict=True)
    for number, (person, code, start, stop) in enumerate(cells, start=1):
        where = f"row {number} ({person})"
        spell = Spell(code.strip(), places.of(start, f"{where}: the begin"),
                      places.of(stop, f"{where}: the end") - shift)  # fmt: skip
        if spell.end < spell.begin:
            raise StudyError(f"{where}: the spell {code!r} ends ({stop}) before it begins ({start}); ends "
                             f"are read as {ends} (--ends).")  # fmt: skip
        people.setdefault(person.strip(), []).append(spell)
    ordered = {person: sorted(own, key=lambda spell: spell[1:]) for person, own in people.items()}
    settled = {person: tuple(_settled(own, overlap)) for person, own in ordered.items()}
    about, notes = _about(table, places, {id, begin, end, state})
    interviews = _positions(table, "interview", places)
    touching = sum(len(list(_overlaps(own))) for own in ordered.values())
    if touching:
        kept = "both were kept, check asks about them" if overlap == "kept" else f"the {overlap} one holds"
        notes.append(f"{counted(touching, 'time')} two spells of a person overlap; {kept}.")
    return GivenSpells(Path(table.name).stem, settled, places.clock, about, interviews, tuple(notes))


def write_spells_as_study(given: GivenSpells, folder: Path, *, domain: str = "state") -> tuple[str, ...]:
    """Write the spells as a study folder with a plan to run; returns what was assumed.

    Each spell is an episode. Where one spell follows another they share the unit of the change (``2022-03``);
    beside a gap, begin and end are the first and the last day of a position. A spell that lasts until the
    interview, or without one the last spell of a person, is open. Spells of missing (``*``, ``%``, or empty)
    are not coded.
    """
    clock, persons = given.clock, {}
    episodes: list[tuple[str, str, str, str]] = []
    for person, spells in given.spells.items():
        last = max(spell.end for spell in spells)
        seen = max(given.interviews.get(person, last), last)
        begin, end = clock.first_day(spells[0].begin - 1), clock.last_day(seen - 1)
        persons[person] = {"birth": ""} | dict(given.people.get(person, {})) | {
            "interview": end.isoformat(), "observed": f"{begin.isoformat()}/{end.isoformat()}"}  # fmt: skip
        episodes += [(person, *episode) for episode in _episodes(spells, seen, clock)]
    states = _in_order({state for _, state, _, _ in episodes})
    if not states:
        raise StudyError(f"{given.title}: every spell is missing or void; no state was found.")
    first = min(spell.begin for own in given.spells.values() for spell in own)
    length = max(spell.end for own in given.spells.values() for spell in own) - first + 1
    from_first = clock._replace(first=clock.first + (first - 1) * clock.months)
    plan = plan_on(from_first, length, len(persons))
    write_found(FoundStudy(given.title, domain, states, persons, episodes, plan), folder)
    return (*given.notes, f"Changes are known by {clock.step}: each is dated by the {clock.step} in which "
            "the new state began.")  # fmt: skip


def _episodes(spells: Sequence[Spell], seen: int, clock: Clock) -> Iterator[tuple[str, str, str]]:
    """State, start and end of each spell that says something."""
    for i, spell in enumerate(spells):
        if spell.state in (STAR, PERCENT, ""):
            continue
        before, after = (spells[j] if 0 <= j < len(spells) else None for j in (i - 1, i + 1))
        start = clock.first_day(spell.begin - 1).isoformat()
        if before is not None and _follows(before, spell):
            start = clock.unit(spell.begin - 1)
        end = clock.first_day(spell.end).isoformat()
        if after is not None and _follows(spell, after):
            end = clock.unit(after.begin - 1)
        elif after is None and spell.end >= seen:
            end = ".."
        yield spell.state, start, end


def _follows(one: Spell, other: Spell) -> bool:
    """Whether one spell gives way to the other, in the next position or within the same."""
    said = {one.state, other.state} & {STAR, PERCENT, ""}
    return not said and one.end <= other.begin <= one.end + 1


def _overlaps(spells: Sequence[Spell]) -> Iterator[tuple[Spell, Spell]]:
    """Neighbours that share more than the position in which one gives way to the other."""
    return ((one, other) for one, other in pairwise(spells) if other.begin < one.end)


def _settled(spells: list[Spell], overlap: Overlapping) -> Iterator[Spell]:
    """The spells cut so that one holds at a time; nothing is cut where both are kept."""
    if overlap == "kept":
        yield from spells
        return
    reached = 0
    for spell, other in zip(spells, [*spells[1:], None], strict=True):
        begin = max(spell.begin, reached + 1) if overlap == "earlier" else spell.begin
        end = min(spell.end, other.begin - 1) if other is not None and overlap == "later" else spell.end
        reached = max(reached, end)
        if begin <= end:
            yield Spell(spell.state, begin, end)


class _Places(NamedTuple):
    """How the table names positions: by numbers, by months (``2014-03``) or by years."""

    clock: Clock
    named: Literal["number", "month", "year"]

    def of(self, text: str, what: str) -> int:
        """The position of a cell, from 1. Raises StudyError for what is none."""
        year, _, month = text.strip().partition("-")
        if self.named == "month":
            if re.fullmatch(_MONTH, text.strip()) is None:
                raise StudyError(f"{what} is {text!r}; the begins of this table are months such as 2014-03.")
            return (month_number(f"{year}-{month}") - self.clock.first) // self.clock.months + 1
        number = whole_number(text, what) - (1899 if self.named == "year" else 0)
        if not 1 <= number <= 100_000:
            raise StudyError(f"{what} is {text}; positions count from 1.")
        return number


def _places(begins: Sequence[str], first: str | None, step: str) -> _Places:
    """The clock of a table: from the month of position 1, else as its begins name it."""
    if first is not None:
        return _Places(clock_of((1,), first, step), "number")
    if all(re.fullmatch(_MONTH, text.strip()) for text in begins):
        return _Places(clock_of((1,), "1900-01", "month" if step == "year" else step), "month")
    if all(re.fullmatch("(19|20)[0-9]{2}", text.strip()) for text in begins):
        return _Places(clock_of((1,), "1900-01", "year"), "year")
    raise SettingError(f"Begins such as {begins[0]!r} have no place on the calendar, and a study needs dates."
                       " Say which month position 1 is, and whether each is a month, a quarter or a year: "
                       "--first 2014-01 --step month (--first 1900-01 for century month codes).")  # fmt: skip


_MONTH = "[0-9]{4}-(0[1-9]|1[0-2])"


def _positions(table: GivenTable, role: str, places: _Places) -> dict[str, int]:
    """One position for each person, where the table has a column of them."""
    name = table.maybe(role)
    if name is None:
        return {}
    rows = zip(table.rows[table.column("id")], table.rows[name], strict=True)
    return {person.strip(): places.of(text, f"{person}: {role}") for person, text in rows
            if text.strip() not in ("", "NA")}  # fmt: skip


def _about(table: GivenTable, places: _Places, used: set[str]) -> tuple[dict[str, dict[str, str]], list[str]]:
    """Births and attributes: columns with one value for each person. Others are named in a note."""
    id = table.column("id")
    births = {person: places.clock.unit(place - 1)
              for person, place in _positions(table, "birth", places).items()}  # fmt: skip
    known = {name for role in ("birth", "interview") if (name := table.maybe(role)) is not None}
    others = table.others(used | known)
    steady = [name for name in others if (table.rows.groupby(id)[name].nunique() <= 1).all()]
    once = table.rows.drop_duplicates(id)
    about = {str(row[id]).strip(): {name: str(row[name]).strip() for name in steady}
             for _, row in once.iterrows()}  # fmt: skip
    for person, birth in births.items():
        about[person]["birth"] = birth
    varying = [name for name in others if name not in steady]
    notes = [f"Attributes of people: {', '.join(steady)}."] if steady else []
    if varying:
        notes.append(f"Columns that vary within a person were not read: {', '.join(varying)}.")
    return about, notes


def _in_order(states: set[str]) -> list[str]:
    """Numbers by size before words by letters."""
    numbers = {state: int(state) for state in states if re.fullmatch(r"-?[0-9]{1,18}", state)}
    return sorted(states, key=lambda state: (state not in numbers, numbers.get(state, 0), state))
