"""A team's own tables with their mapping files, and Excel's dates settled."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.coding.qda.material import write_xlsx
from tests.fuzz.formats import ARCHIVE, Format, as_is, bare
from trajectories.coding.files.typed_tables import TypedTables
from trajectories.coding.own_tables.draft import draft_own
from trajectories.coding.own_tables.mapping import is_own_mapping, own_mapping_in, read_own_mapping
from trajectories.coding.own_tables.study import read_own, settle_own
from trajectories.coding.study import StudyFile

STAYS = ("Projekt X;;;;;;\n\nFall-Nr.;Geburtsjahr;Ausreise;Land;Status;von;bis\n"
         "F01;1989;Frühjahr 2022;Russland;Bürgerin;1989;03/04/2022\n;;;Georgien;k.A.;seit März 2022;heute\n"
         "F02;ca. 1975;2022;Russland;Bürger;1975;irgendwann\n")  # fmt: skip
PEOPLE = ("Nr,Land 1,Zeit 1,Land 2,Zeit 2,geb.,Name\nA,Georgia,2014-2022,Serbia,2022 - today,1980,x\n"
          "B,Georgia,1999,,,um 1980,y\n")  # fmt: skip
MAPPING = """title: "Lives"
tables:
  - header: 3
    person: "Fall-Nr."
    columns: {Geburtsjahr: birth, Ausreise: event departure, Land: domain land, Status: attribute status,
              von: start, bis: end}
missing: ["-", "k.A."]
"""
_HEAD = ["Fall", "Wohnort", "", "Papiere", ""]
_LIVES = [["Fall-Nr.", "Ort", "von", "Status", "von"], ["F1", "Baku", dt.date(1990, 1, 1), "Bürger", 1990],
          [None, "Tbilisi", "Mai 2022", "Visum", dt.date(2022, 5, 1)]]  # fmt: skip
_EPISODES = [["person", "domain", "state", "start", "end"],
             ["P1", "place", "home", dt.date(2020, 3, 1), "heute"],
             ["P1", "place", "away", "03/2022", 2023.5]]  # fmt: skip


def _drafted(path: Path) -> None:
    """As ``--suggest`` drafts, and as the draft itself converts; whole studies for one file in eight."""
    text = draft_own(path)
    mapping = own_mapping_in(text, "draft.yaml")
    turn = path.stat().st_size % 8
    found = read_own(path, mapping, quotes=turn == 1)
    if turn == 0:
        with tempfile.TemporaryDirectory(dir=path.parent) as folder:
            settle_own(found, mapping, None, Path(folder), lambda dates: {}, day_first=True)


def _mapped(path: Path) -> None:
    if is_own_mapping(path):
        read_own(path.parent / "stays.csv", read_own_mapping(path))


def _beside(folder: Path) -> tuple[bytes, ...]:
    (folder / "stays.csv").write_text(STAYS, encoding="utf-8")
    return (MAPPING.encode(), draft_own(folder / "stays.csv").encode())


def _workbook(*sheets: list[list[object]]) -> Callable[[Path], tuple[bytes, ...]]:
    """A workbook for each sheet, since 1900 and since 1904."""
    def prepare(folder: Path) -> tuple[bytes, ...]:
        made = []
        for i, rows in enumerate(sheets):
            place = write_xlsx(folder / "made.xlsx", {"episodes": rows}, since_1904=bool(i % 2))
            made.append(bare(place.read_bytes()))
            place.unlink()
        return tuple(made)

    return prepare


def _settled(path: Path) -> None:
    """As ``--typed-dates`` settles the dates in a workbook; written for one file in four."""
    turn = path.stat().st_size % 4
    settings = StudyFile(title="T", codebook="none.yaml", tables={"episodes": path.name})
    tables = TypedTables(settings, path.parent, meant=("as_shown", "month", "year", "day")[turn])
    for date in tables.found:
        str(date)
    if turn == 0:
        (path.parent / "none.yaml").touch()
        with tempfile.TemporaryDirectory(dir=path.parent) as folder:
            tables.write(Path(folder))


FORMATS = (
    Format("own_table", "stays.csv", as_is(STAYS, PEOPLE), _drafted),
    Format("own_workbook", "stays.xlsx", _workbook([_HEAD, *_LIVES], _LIVES), _drafted, ARCHIVE),
    Format("own_mapping", "mapping.yaml", _beside, _mapped),
    Format("typed_workbook", "episodes.xlsx", _workbook(_EPISODES, _EPISODES), _settled, ARCHIVE),
)
