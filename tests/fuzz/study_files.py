"""The files of a study: settings, codebook, plan, biographies, tables in every dress."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from tests.coding.files.test_plain_yaml import by_libyaml, told
from tests.fuzz.formats import ARCHIVE, Format, as_is, bare
from trajectories.cli.problem_forms import as_annotations, as_csv, as_json
from trajectories.coding.checking.check import check
from trajectories.coding.codebook import Codebook
from trajectories.coding.dating.chronology import timeline
from trajectories.coding.files.encodings import read_table_text
from trajectories.coding.files.new_study import new_study
from trajectories.coding.files.plain_yaml import plain_document
from trajectories.coding.files.read_biographies import read_biography
from trajectories.coding.files.read_study import read_quotes, read_study
from trajectories.coding.files.read_tables import Table, read_context_events, read_table
from trajectories.coding.files.reading import Reading
from trajectories.coding.files.second_coding import read_second_coding
from trajectories.coding.files.settings_file import validated
from trajectories.coding.files.sheets import open_parquet, open_workbook
from trajectories.coding.files.text_files import read_text
from trajectories.coding.files.typed_tables import TypedTables
from trajectories.coding.files.yaml_lines import parse_yaml
from trajectories.coding.study import Study, StudyFile, TableName
from trajectories.plan import Plan

MATERIAL = Path(__file__).parents[1] / "material"
VALID = MATERIAL / "valid"
CODEBOOK = """title: Short
domains:
  place: {label: Place, colour: "#3f90da", states: [home, away, {code: else, label: Elsewhere, rank: 2}]}
events: {move: A move}
attributes: {sex: {label: Sex, values: [f, m]}}
ties: {direction: [received]}
"""
LIFE = VALID / "biographies" / "RU-001.yaml"


@lru_cache(maxsize=1)
def _base() -> Study:
    """A sound study; what was read from a damaged file takes the place of its own."""
    return read_study(VALID, quotes=True)


def _judge(study: Study, path: Path) -> None:
    """What ``trajectories check`` does with a study, in one of its forms, and the lives laid on a line; for
    one file in four (it takes longer than reading)."""
    turn = path.stat().st_size % 12
    if turn > 2:
        return
    problems = check(study)
    _ = as_json(study, problems) if turn == 0 else as_csv(problems) if turn == 1 else as_annotations(problems)
    for person in study.ids[:2]:
        for domain in study.codebook.domains:
            timeline(study.biography(person), domain.name)


def _of(reading: Reading) -> Study:
    base = _base()
    return replace(base, people=tuple(reading.people) or base.people, episodes=tuple(reading.episodes),
                   events=tuple(reading.events), ties=tuple(reading.ties),
                   reading_problems=tuple(reading.problems))  # fmt: skip


def _whole(path: Path) -> None:
    """The whole study that a damaged ``study.yaml`` belongs to."""
    study = read_study(path.parent)
    _judge(study, path)
    for person in study.ids[:1]:
        read_quotes(study, person)


def _codebook(path: Path) -> None:
    codebook = validated(parse_yaml(read_text(path, path.name).text, path.name), Codebook, path.name)
    _judge(replace(_base(), codebook=codebook), path)


def _plan(path: Path) -> None:
    """A plan, with the line of one of its parts as messages name it."""
    Plan.read(path).place("measure.indel")


def _copied(folder: Path, name: str) -> tuple[bytes, ...]:
    shutil.copytree(VALID, folder, dirs_exist_ok=True)
    return ((VALID / name).read_bytes(), (MATERIAL / "one_person" / name).read_bytes())


def _begun(folder: Path, name: str) -> tuple[bytes, ...]:
    """The file that ``trajectories new`` writes, with the codebook beside it."""
    new_study(folder)
    return ((folder / name).read_bytes(),)


def _biography(path: Path) -> None:
    reading = Reading(_base().codebook, quotes=True)
    file = read_text(path, path.name)
    read_biography(file, reading)
    if path.stat().st_size % 4 == 0 and (quick := plain_document(file.text)) is not None:
        assert told(quick) == told(by_libyaml(file.text))
    _judge(_of(reading), path)


def _second(path: Path) -> None:
    base = _base()
    first = Reading(base.codebook, people=list(base.people), episodes=list(base.episodes),
                    events=list(base.events))  # fmt: skip
    second = read_second_coding(path.parent, path.parent, StudyFile(title="T"), first, {})
    _judge(replace(base, second_coding=second, reading_problems=tuple(first.problems)), path)


def _table(kind: TableName, encoding: str | None = None) -> Callable[[Path], None]:
    def read(path: Path) -> None:
        _read_table(kind, read_table_text(path, path.name, encoding), path)

    return read


def _read_table(kind: TableName, table: Table, path: Path) -> None:
    reading = Reading(_base().codebook)
    read_table(kind, table, reading)
    _judge(_of(reading), path)


def _context(path: Path) -> None:
    reading = Reading(_base().codebook)
    events = read_context_events(read_table_text(path, path.name, None), reading)
    _judge(replace(_base(), context_events=events, reading_problems=tuple(reading.problems)), path)


def _workbook(path: Path) -> None:
    reading = Reading(_base().codebook)
    sheets = open_workbook(path, path.name)
    for kind in ("persons", "episodes", "events"):
        if kind in sheets:
            read_table(kind, sheets[kind], reading)
    _judge(_of(reading), path)


def _parquet(path: Path) -> None:
    _read_table("episodes", open_parquet(path, path.name), path)


def _typed(path: Path) -> None:
    settings = StudyFile(title="T", tables={"episodes": path.name})
    for date in TypedTables(settings, path.parent).found:
        str(date)


def _plain(path: Path) -> str:
    return path.read_text(encoding="utf-8-sig")


_PEOPLE = [["id", "birth", "interview", "gender"], ["RU-1", 1989, "2023-11", "woman"]]
_EPISODES = [["person", "domain", "state", "start", "end"],
             ["RU-1", "location", "origin.baku", "..", "2022-03~"],
             ["RU-1", "location", "germany", "2022-03~", "=A1"],
             ["RU-1", "legal", "home", 44621.5, ""]]  # fmt: skip
_EVENTS = [["person", "event", "date"], ["RU-1", "departure", "2022-03"]]


def _workbooks(folder: Path) -> tuple[bytes, ...]:
    """Two small workbooks, in either of Excel's date systems, with dates and numbers."""
    import datetime as dt

    from tests.coding.qda.material import write_xlsx

    place = folder / "made.xlsx"
    dated = ["RU-1", "legal", "home", dt.date(2022, 3, 1), ".."]
    sheets = {"persons": _PEOPLE, "episodes": [*_EPISODES, dated], "events": _EVENTS}
    made = []
    for since_1904 in (False, True):
        made.append(bare(write_xlsx(place, sheets, since_1904=since_1904).read_bytes()))
        place.unlink()
    return tuple(made)


def _parquets(folder: Path) -> tuple[bytes, ...]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    columns = {str(name): [str(row[i]) for row in _EPISODES[1:]] for i, name in enumerate(_EPISODES[0])}
    made = []
    for compression in ("none", "snappy"):
        into = io.BytesIO()
        pq.write_table(pa.table(columns), into, compression=compression)
        made.append(into.getvalue())
    return tuple(made)


_TYPED = """person,domain,state,start,end
RU-1,location,origin,..,03/2022
RU-1,location,georgia,März 2022,spring 2023
RU-1,legal,home,01/02/2022,since 2015
"""

FORMATS = (
    Format("study", "study.yaml", lambda folder: _copied(folder, "study.yaml"), _whole),
    Format("codebook", "codebook.yaml", as_is(VALID / "codebook.yaml", CODEBOOK), _codebook),
    Format("plan", "plan.yaml", lambda folder: (*_begun(folder, "plan.yaml"),
                                                (MATERIAL / "plans" / "small.yaml").read_bytes()), _plan),
    Format("biography", "RU-001.yaml", as_is(LIFE, VALID / "biographies" / "RU-002.yaml"), _biography),
    Format("second_coding", "RU-001.yaml", as_is(LIFE), _second),
    Format("second_tables", "episodes.csv", as_is(VALID / "episodes.csv"), _second),
    Format("persons", "persons.csv", as_is(VALID / "persons.csv"), _table("persons")),
    Format("episodes", "episodes.csv", as_is(VALID / "episodes.csv",
                                             MATERIAL / "semicolon_bom_csv" / "episodes.csv"),
           _table("episodes")),
    Format("events", "events.csv", as_is(VALID / "events.csv", MATERIAL / "semicolon_bom_csv" / "events.csv"),
           _table("events")),
    Format("ties", "ties.csv", as_is(VALID / "ties.csv"), _table("ties")),
    Format("context_events", "context.csv", as_is(VALID / "context_events.csv"), _context),
    Format("cp1251", "persons.csv", as_is("id;birth;education\nRU-1;1989;высшее\n".encode("cp1251")),
           _table("persons", "cp1251")),
    Format("utf16", "events.csv", as_is("person\tevent\tdate\nRU-1\tdeparture\t2022-03\n".encode("utf-16")),
           _table("events", "utf-16")),
    Format("workbook", "study.xlsx", _workbooks, _workbook, ARCHIVE),
    Format("parquet", "episodes.parquet", _parquets, _parquet),
    Format("typed_table", "episodes.csv", as_is(_TYPED), _typed),
)  # fmt: skip
