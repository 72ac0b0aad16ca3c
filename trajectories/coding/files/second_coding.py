"""The same people coded once more by somebody else: a folder of biographies or tables beside the first."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from trajectories.coding.biography import Person, Source
from trajectories.coding.dating.dates import UNKNOWN
from trajectories.coding.files.encodings import read_table_text
from trajectories.coding.files.read_biographies import read_biography
from trajectories.coding.files.read_tables import read_table
from trajectories.coding.files.reading import Reading
from trajectories.coding.files.text_files import read_text, shown_as
from trajectories.coding.problems import ReadingError
from trajectories.coding.study import Study, StudyFile, TableName

TABLES: tuple[TableName, ...] = ("episodes", "events")


def read_second_coding(
    place: Path, folder: Path, settings: StudyFile, first: Reading, files: dict[str, str]
) -> Study:
    """The folder ``place`` as a study of its own, with the codebook of the first.

    Birth, interview, observed time and attributes are those of the first coding where the second leaves them
    out, so that both speak of the same stretch of life. Problems of reading go to the first reading; every
    file's hash is kept in ``files``.
    """
    reading = Reading(first.codebook)
    try:
        _read(place, folder, settings.encoding, reading, files)
    except ReadingError as error:
        reading.problems += error.problems
    first.problems += reading.problems
    known = {person.id: person for person in first.people}
    people = {person.id: _like(known.get(person.id), person) for person in reversed(reading.people)}
    for coding in reading.episodes:
        people.setdefault(coding.person, known.get(coding.person) or _stranger(coding.person, coding.source))
    return Study(
        title=settings.title,
        folder=folder,
        codebook=first.codebook,
        people=tuple(people[name] for name in sorted(people)),
        episodes=tuple(reading.episodes),
        events=tuple(reading.events),
        dates=settings.dates,
        encoding=settings.encoding,
    )


def _read(place: Path, folder: Path, encoding: str | None, reading: Reading, files: dict[str, str]) -> None:
    found = sorted(path for ending in ("*.yaml", "*.yml") for path in place.rglob(ending) if path.is_file())
    for path in found:
        file = read_text(path, shown_as(path, folder))
        files[file.name] = file.sha256
        read_biography(file, reading)
    for kind in TABLES:
        path = place / f"{kind}.csv"
        if path.is_file():
            table = read_table_text(path, shown_as(path, folder), encoding)
            files[table.name] = table.sha256
            read_table(kind, table, reading)
            found.append(path)
    if not found:
        source = Source(shown_as(place, folder), 0)
        what = "the folder of the second coding has no biographies and no tables"
        hint = "Put *.yaml there, or episodes.csv; or leave 'second_coding' out."
        reading.report("warning", source, "", what, hint, "missing_file")


def _like(first: Person | None, second: Person) -> Person:
    """The second coder's person, with the first's dates and attributes where nothing was written."""
    if first is None:
        return second
    return replace(
        second,
        birth=second.birth if second.birth.is_known else first.birth,
        interview=first.interview if first.interview.is_known else second.interview,
        observed_from=first.observed_from,
        observed_until=first.observed_until,
        attributes=first.attributes,
    )


def _stranger(person: str, source: Source) -> Person:
    return Person(person, source, UNKNOWN, UNKNOWN, UNKNOWN)
