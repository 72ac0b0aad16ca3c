"""Open a study: its settings, its codebook, and everything coded with it, from YAML biographies and CSV tables."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from trajectories.coding.biography import Episode, Event, Tie
from trajectories.coding.codebook import Codebook
from trajectories.coding.problems import Problem, Refusal, choices
from trajectories.coding.read_biographies import read_biography
from trajectories.coding.read_tables import read_context_events, read_table
from trajectories.coding.reading import Reading
from trajectories.coding.settings_file import validated
from trajectories.coding.study import ContextEvent, Study, StudyFile, TableName
from trajectories.coding.text_files import TextFile, read_text, shown_as
from trajectories.coding.yaml_lines import line_of, parse_yaml

Model = TypeVar("Model", bound=BaseModel)

STUDY_FILE = "study.yaml"
_ORDER: tuple[TableName, ...] = ("persons", "episodes", "events", "ties")


def read_study(path: str | Path, *, quotes: bool = False) -> Study:
    """Open a study by its ``study.yaml`` or the folder that holds it.

    Quotes stay on disk unless asked for (``read_quotes`` fetches one person's). A row or entry that cannot be read is
    kept as a problem in ``Study.reading_problems``, which ``check`` reports; reading goes on. Raises StudyError, with
    file and line, when there is nothing to read: a missing file, broken YAML or wrong keys in study or codebook, a
    table without its columns.

    >>> study = read_study("sample_data")  # doctest: +SKIP
    """
    place = _study_file(path)
    folder = place.parent
    file = read_text(place, place.name if place.exists() else str(path))
    settings, document = _settings(file, StudyFile)
    book = _part(folder, settings.codebook, document, ("codebook",), file.name)
    codebook, _ = _settings(book, Codebook)
    reading = Reading(codebook, quotes, files={file.name: file.sha256, book.name: book.sha256})
    for biography in _biographies(folder, settings, document, reading, file.name):
        reading.files[biography.name] = biography.sha256
        read_biography(biography, reading)
    for kind in sorted(settings.tables, key=_ORDER.index):
        table = _part(folder, settings.tables[kind], document, ("tables", kind), file.name)
        reading.files[table.name] = table.sha256
        read_table(kind, table, reading)
    context: tuple[ContextEvent, ...] = ()
    if settings.context_events is not None:
        table = _part(folder, settings.context_events, document, ("context_events",), file.name)
        reading.files[table.name] = table.sha256
        context = read_context_events(table, reading)
    reading.problems += _scheme_problems(settings, codebook, document, file.name)
    return Study(
        title=settings.title,
        folder=folder,
        codebook=codebook,
        people=tuple(reading.people),
        episodes=tuple(reading.episodes),
        events=tuple(reading.events),
        ties=tuple(reading.ties),
        context_events=context,
        cohorts=settings.cohorts,
        dates=settings.dates,
        plan_path=folder / settings.plan if settings.plan else None,
        files=reading.files,
        reading_problems=tuple(reading.problems),
    )


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
        file = read_text(study.folder / name, name)
        if name.endswith((".yaml", ".yml")):
            read_biography(file, reading)
        else:
            read_table(kind, file, reading)
    found: tuple[Episode | Event | Tie, ...] = (*reading.episodes, *reading.events, *reading.ties)
    return {(coding.source.file, coding.source.line): coding.quote for coding in found if coding.quote}


def _study_file(path: str | Path) -> Path:
    place = Path(path)
    try:
        return place / STUDY_FILE if place.is_dir() else place
    except ValueError:
        raise Refusal(str(path)[:60], 0, "this is not the name of a file", "Give the path of a study.yaml.") from None


def _settings(file: TextFile, model: type[Model]) -> tuple[Model, object]:
    document = parse_yaml(file.text, file.name)
    return validated(document, model, file.name), document


def _part(folder: Path, written: str, document: object, steps: tuple[str, ...], study_file: str) -> TextFile:
    """A file that the study names. Raises Refusal at the line that names it when it is not there."""
    path = folder / written
    if not written or not os.path.exists(path):
        there = sorted(entry.name for entry in folder.iterdir() if entry.suffix == Path(written).suffix)
        raise Refusal(
            study_file, line_of(document, steps), f"there is no file {written!r} beside this one",
            choices(written, there, "There are") if there else "Check its name; paths are relative to study.yaml.",
            "missing_file",
        )  # fmt: skip
    return read_text(path, shown_as(path, folder))


def _biographies(
    folder: Path, settings: StudyFile, document: object, reading: Reading, study_file: str
) -> Iterator[TextFile]:
    """The files of all patterns, each once, in order of name; a pattern that matches none is reported."""
    matched: set[Path] = set()
    for i, pattern in enumerate(settings.biographies):
        line = line_of(document, ("biographies", i))
        try:
            found = {path for path in folder.glob(pattern) if path.is_file()}
        except (ValueError, NotImplementedError, IndexError):
            raise Refusal(study_file, line, f"biographies: {pattern!r} is not a pattern of files in this folder",
                          "Write a relative pattern such as biographies/*.yaml.", "wrong_type") from None  # fmt: skip
        if not found:
            what = f"no file matches {pattern!r}"
            reading.problems.append(
                Problem("warning", study_file, line, "", what, "Check the folder and the ending.", "missing_file")
            )
        matched |= found
    for path in sorted(matched):
        name = shown_as(path, folder)
        try:
            yield read_text(path, name)
        except Refusal as refusal:
            reading.problems.append(refusal.problem)


def _scheme_problems(settings: StudyFile, codebook: Codebook, document: object, file: str) -> Iterator[Problem]:
    """Cohort schemes that ask for an event or an attribute value which the codebook does not have."""
    kinds = [kind.name for kind in codebook.events]
    attributes = {attribute.name: attribute for attribute in codebook.attributes}
    for name, scheme in settings.cohorts.items():
        steps = ("cohorts", name)
        if scheme.event not in kinds:
            yield Problem("error", file, line_of(document, (*steps, "event")), "",
                          f"cohorts {name!r}: the codebook has no event {scheme.event!r}",
                          choices(scheme.event, kinds), "unknown_event")  # fmt: skip
        for key, value in scheme.where.items():
            line = line_of(document, (*steps, "where", key))
            if key not in attributes:
                yield Problem("error", file, line, "", f"cohorts {name!r}: the codebook has no attribute {key!r}",
                              choices(key, attributes), "unknown_attribute")  # fmt: skip
            elif (values := attributes[key].values) is not None and value not in values:
                yield Problem("error", file, line, "", f"cohorts {name!r}: attribute {key!r} has no value {value!r}",
                              choices(value, values), "unknown_value")  # fmt: skip
