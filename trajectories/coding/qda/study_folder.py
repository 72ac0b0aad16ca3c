"""Write a converted export as a study folder that can be read, checked and completed at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from trajectories.coding.codebook import Codebook
from trajectories.coding.dating.dates import parse_date
from trajectories.coding.files.first_plan import first_plan
from trajectories.coding.files.read_tables import COLUMNS
from trajectories.coding.files.study_files import as_yaml, plain_codebook, table_text, write_new
from trajectories.coding.qda.conversion import LISTED, Conversion, Row, convert
from trajectories.coding.qda.fates import Fate
from trajectories.coding.qda.mapping import PERSON_FIELDS, Mapping
from trajectories.coding.qda.segments import Export


def to_study_folder(export: Export, mapping: Mapping, codebook: Codebook, folder: Path) -> Conversion:
    """Write ``study.yaml``, ``codebook.yaml``, ``plan.yaml``, four tables, ``todo.csv``, ``discarded.csv``,
    ``notes.txt``.

    Every coding keeps its document and paragraph. Raises StudyError when one of these files is already there
    (nothing is ever overwritten), SettingError when the mapping does not fit the codebook.
    """
    conversion = convert(export, mapping, codebook)
    write_new(folder, dict(files_of(conversion)))
    return replace(conversion, folder=folder)


def files_of(conversion: Conversion) -> Iterator[tuple[str, str]]:
    tables = {kind: f"{kind}.csv" for kind in ("persons", "episodes", "events", "ties")}
    study = {"title": conversion.mapping.title, "codebook": "codebook.yaml", "tables": tables,
             "plan": "plan.yaml"}
    yield "study.yaml", as_yaml(study)
    yield "codebook.yaml", as_yaml(plain_codebook(conversion.codebook))
    yield "plan.yaml", as_yaml(_plan(conversion))
    yield "persons.csv", table_text(_people_columns(conversion.codebook), _people(conversion))
    short = _short_names(conversion)
    rows = {kind: [_coded(fate, short) for fate in conversion.fates if fate.kind == kind]
            for kind in ("episode", "event", "tie")}
    order = {person: i for i, person in enumerate(conversion.people)}
    domains = {domain.name: i for i, domain in enumerate(conversion.codebook.domains)}
    rows["episode"].sort(key=lambda row: (order[row["person"]], domains[row["domain"]], _near(row["start"])))
    for kind in ("event", "tie"):
        rows[kind].sort(key=lambda row: (order[row["person"]], _near(row["date"])))
    yield "episodes.csv", table_text(_columns("episodes"), rows["episode"])
    yield "events.csv", table_text(_columns("events"), rows["event"])
    yield "ties.csv", table_text(_columns("ties"), rows["tie"])
    yield "todo.csv", table_text([*LISTED, "missing"], conversion.todo)
    yield "discarded.csv", table_text([*LISTED, "why"], conversion.discarded)
    yield "notes.txt", "\n".join([repr(conversion) + ".", *(f"- {note}" for note in conversion.notes)]) + "\n"


def _plan(conversion: Conversion) -> dict[str, Any]:
    rows = [(fate, dict(fate.row)) for fate in conversion.fates if fate.kind in ("episode", "event")]
    left = {fate.person for fate, row in rows if row.get("event") == "departure"}
    starts, ends = ([row.get(side, "") for _, row in rows] for side in ("start", "end"))
    told = [*starts, *(row.get("interview", "") for row in _people(conversion))]
    return first_plan(len(conversion.people), len(left), ends, told)


def _columns(kind: Any) -> list[str]:
    needed, allowed = COLUMNS[kind]
    return [*needed, *allowed]


def _people_columns(codebook: Codebook) -> list[str]:
    names = ["id", *PERSON_FIELDS, *(attribute.name for attribute in codebook.attributes)]
    return list(dict.fromkeys(names))


def _people(conversion: Conversion) -> list[Row]:
    rows: dict[str, Row] = {person: {"id": person} for person in conversion.people}
    for fate in conversion.fates:
        if fate.kind == "attribute":
            written = dict(fate.row)
            rows[fate.person][written["attribute"]] = written["value"]
    return list(rows.values())


def _coded(fate: Fate, short: dict[str, str]) -> Row:
    segment = fate.segment
    rests_on = {"document": segment.document, "paragraph": segment.paragraph}
    return {"person": fate.person, **dict(fate.row), **rests_on, "coder": short.get(segment.coder, ""),
            "quote": segment.text or ""}


def _short_names(conversion: Conversion) -> dict[str, str]:
    """Coders by the mapping's short forms, else by initials: full names do not belong in a study."""
    given = conversion.mapping.coders
    short: dict[str, str] = {}
    for name in sorted({segment.coder for segment in conversion.export.segments} - {""}):
        words = name.partition("@")[0].replace(".", " ").split()
        initials = "".join(word[0].upper() for word in words) or "C"
        initials = name if words == [name] and len(name) <= 3 else initials
        taken = set(short.values()) | set(given.values())
        free = (f"{initials}{i}" for i in range(2, len(taken) + 3))
        short[name] = given.get(name) or (initials if initials not in taken else next(free))
    return short


def _near(text: str) -> float:
    date = parse_date(text)
    return date.core_earliest if date.core_earliest is not None else (-1.0 if date.is_open else float("inf"))
