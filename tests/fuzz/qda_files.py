"""What QDA programs export: tables of coded segments, REFI-QDA projects and codebooks; and mapping files."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from tests.coding.qda.material import (
    CODEBOOK,
    ENGLISH,
    MAPPING,
    coded,
    project,
    source,
    write_qdpx,
    write_xlsx,
)
from tests.fuzz.formats import ARCHIVE, Format, as_is, bare
from trajectories.coding.files.study_files import as_yaml, plain_codebook
from trajectories.coding.qda.conversion import convert
from trajectories.coding.qda.convert import read_codebook, read_export
from trajectories.coding.qda.mapping import Mapping, read_mapping
from trajectories.coding.qda.qdc import write_qdc
from trajectories.coding.qda.segments import Export
from trajectories.coding.qda.study_folder import files_of
from trajectories.coding.qda.suggest import exact_mapping, suggest_mapping

MAXQDA = f"""{ENGLISH},Other codes assigned to segment,Gender
●,W1,RU-001,Location > Germany > Berlin,12,14,0,"We
moved",TG,@2022-03/.. #d1 !high,Date > 2022-03 (Weight: 0),woman
●,W1,RU-001,Left,3,3,0,x,T,@2022-03~ #d1,,woman
●,,RU-2,Support > Got,5,6,0,y,T,@2022,Housing,
"""
GERMAN = ("Farbe;Dokumentgruppe;Dokumentname;Code;Anfang;Ende;Segment;Erstellt von;Erstellt am;Kommentar\n"
          "●;W;RU-001;Left;1;2;a;Tea;06.05.24 07:08:32;@2022-03\n")  # fmt: skip
ATLAS = ("ID,Document,Quotation Name,Quotation Content,Codes,Reference,Comment,Created by\n"
         '1:3,RU-001,left home,text,"Location: Germany\nLeft",12 - 14,@2022-03/..,Tea Gogol\n')  # fmt: skip
NVIVO = "File,Hierarchical name,Annotation\nRU-001,Codes\\\\Location\\\\Germany,@2022/..\n"
WRITTEN = """title: Converted
person: {source: document, pattern: '[A-Z]{2}-[0-9]+', rename: {Anna: RU-017}}
dates: {places: [comment, name], code: Date, single: start}
codes:
  Location: {domain: location}
  Location > Germany: {domain: location, state: germany.berlin}
  Left: {event: departure}
  Support: {tie: {}}
  Support > Got: {tie: {direction: received}}
  Gender: {attribute: gender, value: woman}
ignore: [Theory]
variables: {Gender: gender, Born: birth}
coders: {Tea Gogol: TG}
columns: {comment: Comment}
"""


def _project(comment: str = "@2022/..") -> str:
    inside = source(coded("c-ber", 0, 4, comment) + coded("c-left", 2, 8, "@2022"), "one\ntwo three")
    case = '<Cases><Case guid="q" name="RU-001"><VariableValue><VariableRef targetGUID="v"/>' \
           '<TextValue>woman</TextValue></VariableValue><SourceRef targetGUID="s-1"/></Case></Cases>'
    variable = '<Variables><Variable guid="v" name="Gender" typeOfVariable="Text"/></Variables>'
    return project(inside, before=variable + case)


def _export(mapping: Mapping = MAPPING) -> Callable[[Path], None]:
    def read(path: Path) -> None:
        export = read_export(path, mapping, text=True)
        turn = path.stat().st_size % 12
        if turn == 0:
            suggest_mapping(export)
        elif turn == 1:
            _converted(export, exact_mapping(export, CODEBOOK), written=False)
        else:
            _converted(export, mapping, written=turn == 2)

    return read


def _converted(export: Export, mapping: Mapping, written: bool) -> None:
    """Every segment has its fate, and the study can be written."""
    conversion = convert(export, mapping, CODEBOOK)
    assert sum(conversion.counts.values()) == conversion.read
    if written:
        dict(files_of(conversion))


@lru_cache(maxsize=1)
def _an_export(folder: Path) -> Export:
    (folder / "export.csv").write_text(MAXQDA, encoding="utf-8")
    return read_export(folder / "export.csv", text=True)


def _mapping(path: Path) -> None:
    mapping = read_mapping(path)
    _converted(_an_export(path.parent), mapping, written=path.stat().st_size % 8 == 0)


def _codebook(path: Path) -> None:
    """A codebook that was read can be written down."""
    plain = plain_codebook(read_codebook(path))
    if path.stat().st_size % 8 == 0:
        as_yaml(plain)


def _workbooks(folder: Path) -> tuple[bytes, ...]:
    rows = [line.split(",") for line in MAXQDA.replace('"We\nmoved"', "We").splitlines()]
    made = write_xlsx(folder / "made.xlsx", {"Pivot": [["Codes", 3]], "Coded": rows}).read_bytes()
    (folder / "made.xlsx").unlink()
    return (bare(made),)


def _projects(folder: Path) -> tuple[bytes, ...]:
    outside = '<TextSource guid="s-2" name="RU-2" plainTextPath="internal://a.txt">' \
              f'{coded("c-left", 0, 4, "@2022-03")}</TextSource>'
    first = write_qdpx(folder / "made.qdpx", _project()).read_bytes()
    second = write_qdpx(folder / "made.qdpx", project(outside), {"sources/a.txt": "She left."}).read_bytes()
    (folder / "made.qdpx").unlink()
    return (first, second)


def _codebooks(folder: Path) -> tuple[bytes, ...]:
    write_qdc(CODEBOOK, folder / "made.qdc")
    made = (folder / "made.qdc").read_bytes()
    return (made, _project().encode())


_ATLAS = Mapping(separator=":", codes=MAPPING.codes, person=MAPPING.person)
_NVIVO = Mapping(columns={"document": "File", "comment": "Annotation"}, codes=MAPPING.codes)

FORMATS = (
    Format("mapping", "mapping.yaml", as_is(WRITTEN), _mapping),
    Format("maxqda", "export.csv", as_is(MAXQDA, GERMAN), _export()),
    Format("maxqda_workbook", "export.xlsx", _workbooks, _export(), ARCHIVE),
    Format("atlas", "export.csv", as_is(ATLAS), _export(_ATLAS)),
    Format("nvivo", "export.csv", as_is(NVIVO), _export(_NVIVO)),
    Format("qdpx", "project.qdpx", _projects, _export(), ARCHIVE),
    Format("qde", "project.qde", as_is(_project()), _export()),
    Format("qdc", "codebook.qdc", _codebooks, _codebook),
)
