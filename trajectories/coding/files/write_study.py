"""A study written anew: everything that was read of it, in CSV tables, one workbook, or Parquet."""

from __future__ import annotations

import importlib
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

from trajectories.coding.biography import Episode, Event, Tie
from trajectories.coding.files.read_tables import COLUMNS
from trajectories.coding.files.study_files import as_yaml, plain_codebook, table_text, write_new
from trajectories.coding.files.write_workbook import workbook_bytes
from trajectories.coding.study import Study, TableName
from trajectories.errors import SettingError, StudyError

TableForm = Literal["csv", "xlsx", "parquet"]
Table = tuple[list[str], list[dict[str, str]]]
_CONTEXT = ["date", "country", "kind", "label", "source"]


def write_study(study: Study, folder: Path, form: TableForm = "csv") -> tuple[str, ...]:
    """Write ``study.yaml``, ``codebook.yaml`` and the tables of a study into a new folder; returns the names
    of the files.

    Biographies in YAML become rows of the tables; dates stay as they were written. Quotes are written only
    when the study was read with them. Left behind: the lines in which things stood, comments in YAML, and
    the second coding; a study with rows that could not be read is refused. In a workbook every cell is
    text, so that Excel makes no dates of ``2022-03``.

    Raises StudyError for rows that could not be read and for files that are already there, SettingError when
    Parquet is asked for without pyarrow.
    """
    lost = [problem for problem in study.reading_problems if problem.severity == "error"]
    if lost:
        more = f" and {len(lost) - 1} more" if lost[1:] else ""
        raise StudyError(f"{lost[0]}\nThis{more} could not be read and would be lost; correct it first "
                         "(trajectories check lists all).")  # fmt: skip
    tables = tables_of(study)
    files = dict(_files(study, tables, form))
    write_new(folder, files)
    return tuple(files)


def tables_of(study: Study) -> dict[str, Table]:
    """Columns and rows of ``persons``, ``episodes``, ``events``, ``ties`` and ``context_events``."""
    attributes = [attribute.name for attribute in study.codebook.attributes]
    context = [{"date": f"{one.date.text}/{one.until.text}" if not one.until.is_unknown else one.date.text,
                "country": one.country, "kind": one.kind, "label": one.label, "source": one.source}
               for one in study.context_events]  # fmt: skip
    people = [dict(person.attributes) | {"id": person.id, "birth": person.birth.text,
              "interview": person.interview.text, "observed": _observed(person)} for person in study.people]
    named = list(dict.fromkeys(["id", "birth", "interview", "observed", *attributes]))
    return {
        "persons": (named, people),
        "episodes": (_columns("episodes"), [_episode(one) for one in study.episodes]),
        "events": (_columns("events"), [_event(one) for one in study.events]),
        "ties": (_columns("ties"), [_tie(one) for one in study.ties]),
        "context_events": (_CONTEXT, context),
    }


def _files(study: Study, tables: dict[str, Table], form: TableForm) -> Iterator[tuple[str, str | bytes]]:
    kept = {name: table for name, table in tables.items() if table[1] or name in ("persons", "episodes")}
    file = {name: f"study.xlsx#{name}" if form == "xlsx" else f"{name}.{form}" for name in kept}
    whole: dict[str, Any] = {"title": study.title, "codebook": "codebook.yaml"}
    whole["tables"] = {name: file[name] for name in kept if name != "context_events"}
    whole |= {"context_events": file["context_events"]} if "context_events" in file else {}
    if study.plan_path is not None and study.plan_path.is_file():
        whole["plan"] = "plan.yaml"
        yield "plan.yaml", study.plan_path.read_bytes()
    dates = study.dates.model_dump(mode="json", exclude_defaults=True)
    whole |= {"dates": dates} if dates else {}
    schemes = {name: scheme.model_dump(mode="json", exclude_defaults=True)
               for name, scheme in study.cohorts.items()}
    whole |= {"cohorts": schemes} if schemes else {}
    yield "study.yaml", as_yaml(whole)
    yield "codebook.yaml", as_yaml(plain_codebook(study.codebook))
    if form == "xlsx":
        sheets = {name: [cols, *([row.get(one, "") for one in cols] for row in rows)]
                  for name, (cols, rows) in kept.items()}
        yield "study.xlsx", workbook_bytes(sheets)
    else:
        for name, (columns, rows) in kept.items():
            written = table_text(columns, rows) if form == "csv" else _parquet(columns, rows)
            yield f"{name}.{form}", written


def _parquet(columns: list[str], rows: list[dict[str, str]]) -> bytes:
    try:
        pyarrow: Any = importlib.import_module("pyarrow")
        importlib.import_module("pyarrow.parquet")
    except ImportError:
        raise SettingError("Writing Parquet needs the package pyarrow, which is not installed. Install it "
                           "(pip install 'migration-trajectories[parquet]'), or write CSV.") from None
    table = pyarrow.table({name: [row.get(name, "") for row in rows] for name in columns},
                          schema=pyarrow.schema([(name, pyarrow.string()) for name in columns]))  # fmt: skip
    into = io.BytesIO()
    pyarrow.parquet.write_table(table, into)
    return into.getvalue()


def _columns(kind: TableName) -> list[str]:
    needed, allowed = COLUMNS[kind]
    return [*needed, *allowed]


def _observed(person: Any) -> str:
    start, end = person.observed_from.text, person.observed_until.text
    return f"{start}/{end}" if end else start


def _coded(one: Episode | Event | Tie) -> dict[str, str]:
    return {"person": one.person, "quote": one.quote or "", "document": one.source.document,
            "paragraph": one.source.paragraph}  # fmt: skip


def _episode(one: Episode) -> dict[str, str]:
    return _coded(one) | {
        "domain": one.domain, "state": one.state, "start": one.start.text, "end": one.end.text,
        "event_id": one.event_id, "coder": one.coder, "confidence": one.confidence,
    }  # fmt: skip


def _event(one: Event) -> dict[str, str]:
    return _coded(one) | {"event": one.kind, "date": one.date.text, "event_id": one.event_id,
                          "label": one.label, "coder": one.coder, "confidence": one.confidence}


def _tie(one: Tie) -> dict[str, str]:
    return _coded(one) | {
        "date": one.date.text, "direction": one.direction, "resource": one.resource,
        "counterpart": one.counterpart, "infrastructure": one.infrastructure, "terms": one.terms,
    }  # fmt: skip
