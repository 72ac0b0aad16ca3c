"""A study: the codebook and everything coded with it, in one frozen value."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

from pydantic import Field, field_validator, model_validator

from trajectories.coding.biography import Biography, Episode, Event, Person, Tie
from trajectories.coding.codebook import Codebook
from trajectories.coding.dating.dates import UNKNOWN, USUAL_WIDTHS, FuzzyDate, PointRule, Widening, Widths
from trajectories.coding.files.encodings import Encoding, spelt
from trajectories.coding.problems import Problem
from trajectories.coding.strands import Strand, strands_of
from trajectories.errors import StudyError
from trajectories.settings import Settings
from trajectories.wording import counted, people

if TYPE_CHECKING:
    import pandas as pd

TableName = Literal["persons", "episodes", "events", "ties"]
WORKBOOKS = (".xlsx", ".xlsm")
STUDY_FILE = "study.yaml"
"""What the file is called that says what belongs to a study."""


def study_file(path: str | Path) -> Path:
    """The file that says what belongs to a study, which may be given by its folder."""
    place = Path(path)
    return place / STUDY_FILE if place.is_dir() else place


class CohortScheme(Settings):
    """A named way to divide people into cohorts by the date of an event (``cuts`` open a new cohort on that
    day)."""

    label: str
    event: str = "departure"
    cuts: tuple[dt.date, ...] = Field(min_length=1)
    labels: tuple[str, ...]
    where: dict[str, str] = Field(default_factory=dict)
    """Only people with these attribute values belong to the scheme (``origin: russia``)."""

    @model_validator(mode="after")
    def _fits(self) -> CohortScheme:
        if list(self.cuts) != sorted(set(self.cuts)):
            raise ValueError("cuts must rise from the earliest to the latest day")
        if len(self.labels) != len(self.cuts) + 1:
            needed = len(self.cuts) + 1
            raise ValueError(f"{len(self.cuts)} cuts need {needed} labels, there are {len(self.labels)}")
        return self


class Around(Settings):
    """How far a qualifier reaches on each side: of a day in days, of the others in months. What is not given
    stays as usual."""

    day: int | None = Field(default=None, ge=0, le=3660)
    month: int | None = Field(default=None, ge=0, le=120)
    season: int | None = Field(default=None, ge=0, le=120)
    year: int | None = Field(default=None, ge=0, le=1200)

    def over(self, usual: Widening) -> Widening:
        """The usual widening with what is given here in its place."""
        return usual._replace(**self.model_dump(exclude_none=True))


class DateSettings(Settings):
    """How imprecise dates are read in this study."""

    point: PointRule = "midpoint"
    """Which day stands for a window of days."""
    approximate: Around = Field(default_factory=Around)
    """How far ``~`` reaches: usually 7 days, 1 month, a season by 1 month, a year by 12."""
    uncertain: Around = Field(default_factory=Around)
    """How far ``?`` reaches: usually 7 days, 1 month, a season by 1 month, a year by 6."""
    both: Around = Field(default_factory=Around)
    """How far ``%`` reaches: usually 14 days, 2 months, a season by 2 months, a year by 18."""
    before: tuple[tuple[str, str], ...] = ()
    """Kinds of event of which the first comes before the second (``[application, decision]``), in draws."""

    @property
    def widths(self) -> Widths:
        return Widths(self.approximate.over(USUAL_WIDTHS.approximate),
                      self.uncertain.over(USUAL_WIDTHS.uncertain), self.both.over(USUAL_WIDTHS.both))


class StudyFile(Settings):
    """What ``study.yaml`` says: what belongs to the study. Paths are relative to its folder."""

    title: str
    codebook: str = "codebook.yaml"
    biographies: tuple[str, ...] = ()
    """Glob patterns of YAML biographies."""
    tables: dict[TableName, str] = Field(default_factory=dict)
    """``persons``, ``episodes``, ``events``, ``ties``: the file of each: CSV, Parquet, or a sheet of a
    workbook (``study.xlsx#persons``). One workbook alone (``tables: study.xlsx``) has a sheet for each."""
    encoding: Encoding | None = None
    """How CSV tables are encoded when they are not UTF-8 (``cp1251``, ``utf-16``); never guessed."""
    context_events: str | None = None
    second_coding: str | None = None
    """Folder in which a second coder has coded some of the same people again: biographies (``*.yaml``), or
    ``episodes.csv`` and ``events.csv``. For ``check --agreement``; the analysis never reads it."""
    plan: str | None = None
    dates: DateSettings = Field(default_factory=DateSettings)
    cohorts: dict[str, CohortScheme] = Field(default_factory=dict)

    @model_validator(mode="before")
    @classmethod
    def _one_pattern(cls, value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        if isinstance(value.get("biographies"), str):
            value = {**value, "biographies": [value["biographies"]]}
        if str(value.get("tables")).lower().endswith(WORKBOOKS):
            value = {**value, "tables": dict.fromkeys(get_args(TableName), value["tables"])}
        return value

    @field_validator("encoding", mode="before")
    @classmethod
    def _encoding(cls, value: Any) -> Any:
        return spelt(value) if isinstance(value, str) else value


@dataclass(frozen=True, slots=True)
class ContextEvent:
    """Something that happened to everybody: an invasion, a law, a rule change, with its source."""

    date: FuzzyDate
    country: str
    kind: str
    label: str
    source: str
    until: FuzzyDate = UNKNOWN
    """Its last day, when it lasted (``2020-09-27/2020-11-10``); open when it still goes on."""


@dataclass(frozen=True)
class Study:
    """The codebook, the people, and everything coded about them, as read from files; nothing is computed
    yet."""

    title: str
    folder: Path
    codebook: Codebook
    people: tuple[Person, ...]
    episodes: tuple[Episode, ...]
    events: tuple[Event, ...]
    ties: tuple[Tie, ...] = ()
    context_events: tuple[ContextEvent, ...] = ()
    cohorts: Mapping[str, CohortScheme] = field(default_factory=dict)
    dates: DateSettings = field(default_factory=DateSettings)
    plan_path: Path | None = None
    encoding: Encoding | None = None
    """How its CSV tables are encoded; None is UTF-8."""
    files: Mapping[str, str] = field(default_factory=dict)
    """SHA-256 of every file read, by path relative to ``folder``."""
    reading_problems: tuple[Problem, ...] = ()
    """Problems met while reading (rows that could not become an episode); ``check`` reports them with the
    rest."""
    second_coding: Study | None = None
    """The same people coded once more by somebody else, as a study of its own."""

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(person.id for person in self.people)

    @cached_property
    def strands(self) -> tuple[Strand, ...]:
        """The episodes of everybody, domain by domain, in time order."""
        return tuple(strands_of(self.episodes, self.ids, [domain.name for domain in self.codebook.domains]))

    @cached_property
    def _views(self) -> dict[str, Biography]:
        episodes: dict[str, list[Episode]] = defaultdict(list)
        events, ties = defaultdict(list), defaultdict(list)
        for strand in self.strands:
            episodes[strand.person] += strand.episodes
        for event in self.events:
            events[event.person].append(event)
        for tie in self.ties:
            ties[tie.person].append(tie)
        return {
            person.id: Biography(
                person,
                tuple(episodes[person.id]),
                tuple(sorted(events[person.id], key=lambda e: e.date.earliest or 0)),
                tuple(sorted(ties[person.id], key=lambda t: t.date.earliest or 0)),
            )
            for person in self.people
        }

    def biography(self, person: str) -> Biography:
        """One person's whole coded life. Raises StudyError for an id the study does not have."""
        try:
            return self._views[person]
        except KeyError:
            raise StudyError(f"{self.title}: there is no person {person!r} in this study.") from None

    def __repr__(self) -> str:
        domains = ", ".join(domain.name for domain in self.codebook.domains)
        domains = f"{counted(len(self.codebook.domains), 'domain')} ({domains})"
        coded = f"{counted(len(self.episodes), 'episode')} in {domains}"
        beside = f"{counted(len(self.events), 'event')}, {counted(len(self.ties), 'support tie')}"
        return f"Study {self.title!r}: {people(len(self.people))}, {coded}, {beside}"

    def attributes_table(self) -> pd.DataFrame:
        """One row a person: id and every attribute of the codebook (missing = empty)."""
        import pandas as pd

        names = [attribute.name for attribute in self.codebook.attributes]
        rows = [{"id": p.id, **{name: p.attributes.get(name, "") for name in names}} for p in self.people]
        return pd.DataFrame(rows, columns=["id", *names])
