"""Open a study: its settings, its codebook, and everything coded with it, from YAML and tables."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from trajectories.coding.biography import Episode, Event, Source, Tie
from trajectories.coding.codebook import Codebook
from trajectories.coding.collection import no_collection
from trajectories.coding.files.lined import Lined, line_of, place_of
from trajectories.coding.files.open_tables import OpenTables, file_of, open_table
from trajectories.coding.files.read_biographies import read_biography
from trajectories.coding.files.read_tables import read_context_events, read_table
from trajectories.coding.files.reading import Reading
from trajectories.coding.files.second_coding import read_second_coding
from trajectories.coding.files.settings_file import validated
from trajectories.coding.files.text_files import TextFile, files_like, read_text, shown_as
from trajectories.coding.files.yaml_lines import parse_yaml
from trajectories.coding.problems import Problem, ReadingError, choices
from trajectories.coding.study import ContextEvent, Study, StudyFile, TableName, study_file

_ORDER: tuple[TableName, ...] = ("persons", "episodes", "events", "ties")


def read_study(path: str | Path, *, quotes: bool = False) -> Study:
    """Open a study by its ``study.yaml`` or the folder that holds it.

    Quotes stay on disk unless asked for (``read_quotes`` fetches one person's). A row or entry that cannot be
    read is kept as a problem in ``Study.reading_problems``, which ``check`` reports; reading goes on. Raises
    StudyError, with file and line, when there is nothing to read: a missing file, broken YAML or wrong keys
    in study or codebook, a table without its columns.

    >>> study = read_study("sample_data")  # doctest: +SKIP
    """
    with no_collection():
        return _read_study(path, quotes)


def _read_study(path: str | Path, quotes: bool) -> Study:
    place = study_file(path)
    file = read_text(place, place.name if place.exists() else str(place))
    document = parse_yaml(file.text, file.name)
    settings = validated(document, StudyFile, file.name)
    parts = _Parts(place.parent, file, document)
    book = parts.open(settings.codebook, "codebook")
    codebook = validated(parse_yaml(book.text, book.name), Codebook, book.name)
    reading = Reading(codebook, quotes, widths=settings.dates.widths)
    for biography in parts.biographies(settings.biographies, reading):
        read_biography(biography, reading)
    context = _read_tables(settings, parts, reading)
    reading.problems += _scheme_problems(settings, codebook, document, file.name)
    second = None
    if settings.second_coding is not None:
        second = read_second_coding(parts.path(settings.second_coding, "second_coding"), parts.folder,
                                    settings, reading, parts.files)  # fmt: skip
    return Study(
        title=settings.title,
        folder=parts.folder,
        codebook=codebook,
        people=tuple(reading.people),
        episodes=tuple(reading.episodes),
        events=tuple(reading.events),
        ties=tuple(reading.ties),
        context_events=context,
        cohorts=settings.cohorts,
        dates=settings.dates,
        plan_path=parts.folder / settings.plan if settings.plan else None,
        encoding=settings.encoding,
        files=parts.files,
        reading_problems=tuple(reading.problems),
        second_coding=second,
    )


def _read_tables(settings: StudyFile, parts: _Parts, reading: Reading) -> tuple[ContextEvent, ...]:
    """Add every table of the study to ``reading``; what happened to everybody is returned."""
    named = settings.tables
    tables = OpenTables(parts.folder, parts.files, settings.encoding, shared=len(set(named.values())) == 1)
    for kind in sorted(named, key=_ORDER.index):
        table = tables.open(parts.path(file_of(named[kind]), "tables", kind), named[kind], kind)
        if table is not None:
            read_table(kind, table, reading)
    written = settings.context_events
    if written is None:
        return ()
    table = tables.open(parts.path(file_of(written), "context_events"), written, "context_events")
    return () if table is None else read_context_events(table, reading)


def read_quotes(study: Study, person: str) -> dict[tuple[str, int], str]:
    """The quotes of one person, by file and line of what they belong to; reads only the files that hold them.

    Raises StudyError for an id the study does not have, or when a file has gone since.
    """
    life = study.biography(person)
    places: dict[str, TableName] = {tie.source.file: "ties" for tie in life.ties}
    places |= {event.source.file: "events" for event in life.events}
    places |= {episode.source.file: "episodes" for episode in life.episodes}
    reading = Reading(study.codebook, quotes=True, only=person)
    for name, kind in places.items():
        if name.endswith((".yaml", ".yml")):
            read_biography(read_text(study.folder / name, name), reading)
        else:
            read_table(kind, open_table(study.folder, name, study.encoding), reading)
    found: tuple[Episode | Event | Tie, ...] = (*reading.episodes, *reading.events, *reading.ties)
    return {(coding.source.file, coding.source.line): coding.quote for coding in found if coding.quote}


class _Parts:
    """The files a study names, relative to its folder; remembers the hash of each that was opened."""

    def __init__(self, folder: Path, study_file: TextFile, document: Lined) -> None:
        self.folder = folder
        self.study_file = study_file.name
        self.document = document
        self.files = {study_file.name: study_file.sha256}

    def open(self, written: str, *steps: str) -> TextFile:
        """The file named at ``steps``. Raises ReadingError at that line if it is missing."""
        return self._read(self.path(written, *steps))

    def path(self, written: str, *steps: str) -> Path:
        """Where the file named at ``steps`` is. Raises ReadingError at that line if it is missing."""
        path = self.folder / written
        if not os.path.exists(path):
            there = sorted(entry.name for entry in self.folder.iterdir() if entry.suffix == path.suffix)
            hint = choices(written, there, "There are") if there else ""
            line, column = place_of(self.document, steps)
            raise ReadingError(
                self.study_file, line, f"there is no file {written!r}",
                f"Paths are relative to this file. {hint}".strip(), "missing_file", column,
            )
        return path

    def biographies(self, patterns: tuple[str, ...], reading: Reading) -> Iterator[TextFile]:
        """The files of all patterns, each once, in order of name; a pattern that matches none is reported."""
        matched: set[Path] = set()
        for i, pattern in enumerate(patterns):
            source = Source(self.study_file, line_of(self.document, ("biographies", i)))
            found = self._matching(pattern, source.line)
            if not found:
                reading.report("warning", source, "", f"no file matches {pattern!r}",
                               "Check the folder and the ending.", "missing_file")
            matched |= found
        for path in sorted(matched):
            try:
                yield self._read(path)
            except ReadingError as error:
                reading.problems.append(error.problem)

    def _matching(self, pattern: str, line: int) -> set[Path]:
        try:
            return files_like(self.folder, pattern)
        except ValueError:
            what = f"biographies: {pattern!r} is not a pattern of files in this folder"
            hint = "Write a relative pattern such as biographies/*.yaml, ** for folders below once."
            raise ReadingError(self.study_file, line, what, hint, "wrong_type") from None

    def _read(self, path: Path) -> TextFile:
        file = read_text(path, shown_as(path, self.folder))
        self.files[file.name] = file.sha256
        return file


def _scheme_problems(
    settings: StudyFile, codebook: Codebook, document: Lined, file: str
) -> Iterator[Problem]:
    """Cohort schemes and orders of events that name an event or an attribute value which the codebook does
    not have."""
    kinds = [kind.name for kind in codebook.events]
    for i, pair in enumerate(settings.dates.before):
        for kind in set(pair) - set(kinds):
            line = line_of(document, ("dates", "before", i))
            yield Problem("error", file, line, "", f"dates: before: the codebook has no event {kind!r}",
                          choices(kind, kinds), "unknown_event")
    attributes = {attribute.name: attribute for attribute in codebook.attributes}
    for name, scheme in settings.cohorts.items():
        steps, lead = ("cohorts", name), f"cohorts {name!r}: the codebook has no"
        if scheme.event not in kinds:
            line, column = place_of(document, (*steps, "event"))
            hint = choices(scheme.event, kinds)
            yield Problem("error", file, line, "", f"{lead} event {scheme.event!r}", hint, "unknown_event",
                          column)  # fmt: skip
        for key, value in scheme.where.items():
            line, column = place_of(document, (*steps, "where", key))
            if key not in attributes:
                yield Problem("error", file, line, "", f"{lead} attribute {key!r}", choices(key, attributes),
                              "unknown_attribute", column)
            elif (values := attributes[key].values) is not None and value not in values:
                yield Problem("error", file, line, "", f"{lead} value {value!r} for attribute {key!r}",
                              choices(value, values), "unknown_value", column)
