"""Small exports built in tests from readable text: tables, workbooks, REFI-QDA projects."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from trajectories.coding.codebook import Codebook
from trajectories.coding.qda.mapping import Mapping as QdaMapping

MATERIAL = Path(__file__).parent.parent.parent / "material"

CODEBOOK = Codebook.model_validate({
    "title": "For testing",
    "domains": {
        "location": {"label": "Location", "states": {
            "origin": {"label": "Origin country", "states": {"moscow": "Moscow"}},
            "germany": {"label": "Germany", "definition": "Lives in Germany.", "colour": "#92dadd",
                        "states": {"berlin": "Berlin"}},
            "georgia": {"label": "Georgia", "states": {"tbilisi": "Tbilisi"}},
        }},
        "legal": {"label": "Legal status", "states": {
            "home": "Citizen at home",
            "short_stay": {"label": "Short or visa-free stay", "rank": 1},
            "protection": {"label": "Protection", "rank": 4},
        }},
    },
    "events": {"departure": {"label": "First departure"}, "arrest": {"label": "Arrest"}},
    "attributes": {
        "gender": {"label": "Gender", "values": {"woman": "Woman", "man": "Man"}},
        "education": {"label": "Education"},
    },
    "ties": {"direction": ["received", "given"], "resource": ["housing", "money"],
             "counterpart": ["compatriot", "host_ngo"]},
})

MAPPING = QdaMapping.model_validate({
    "person": {"pattern": "[A-Z]{2}-[0-9]+"},
    "dates": {"code": "Date"},
    "codes": {
        "Location": {"domain": "location"},
        "Status": {"domain": "legal"},
        "Status > Asylum granted": {"domain": "legal", "state": "protection"},
        "Left": {"event": "departure"},
        "Support": {"tie": {}},
        "Support > Got": {"tie": {"direction": "received"}},
        "Gender": {"attribute": "gender"},
    },
    "ignore": ["Theory"],
    "variables": {"Gender": "gender", "Cases:Age": "education", "Born": "birth", "Interviewed": "interview"},
})

ENGLISH = "Color,Document group,Document name,Code,Beginning,End,Weight score,Segment,Created by,Comment"


def write_csv(path: Path, rows: Iterable[str], head: str = ENGLISH) -> Path:
    """A CSV export: a header, then lines as they stand."""
    path.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    return path


def write_xlsx(
    path: Path, sheets: Mapping[str, Iterable[Iterable[Any]]], *, since_1904: bool = False
) -> Path:
    """A workbook with these sheets, in order."""
    from openpyxl import Workbook
    from openpyxl.utils.datetime import CALENDAR_MAC_1904

    book = Workbook()
    book.remove(book.active)
    if since_1904:
        book.epoch = CALENDAR_MAC_1904
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    book.save(path)
    return path


def write_zip(path: Path, parts: Mapping[str, bytes | str]) -> Path:
    """A zip archive with these parts."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


CODES = """
  <CodeBook><Codes>
    <Code guid="c-loc" name="Location" isCodable="true">
      <Description>Where the person lives.</Description>
      <Code guid="{C-GER}" name="Germany" isCodable="true">
        <Code guid="c-ber" name="Berlin" isCodable="true"/>
      </Code>
      <Code guid="c-geo" name="Georgia" isCodable="true"/>
    </Code>
    <Code guid="c-left" name="Left" isCodable="true"/>
    <Code guid="c-theory" name="Theory" isCodable="true"/>
  </Codes></CodeBook>
"""


def project(
    sources: str, *, before: str = "", after: str = "", codes: str = CODES, attributes: str = 'name="p"',
    declaration: str = '<?xml version="1.0" encoding="utf-8"?>', space: str = "urn:QDA-XML:project:1.0",
) -> str:
    """A REFI-QDA project as XML; ``before`` stands before the sources, ``after`` behind them."""
    users = '<Users><User guid="u-1" name="Tea Gogol" id="TG"/></Users>'
    return (f'{declaration}<Project xmlns="{space}" {attributes}>{users}{codes}{before}'
            f"<Sources>{sources}</Sources>{after}</Project>")


def source(content: str, text: str = "", *, guid: str = "s-1", name: str = "RU-001 interview") -> str:
    """A text source with its text inside."""
    return (f'<TextSource guid="{guid}" name="{name}"><PlainTextContent>{text}</PlainTextContent>'
            f"{content}</TextSource>")


def coded(code: str, start: int, end: int, description: str = "", *, name: str = "", guid: str = "") -> str:
    """A selection with one coding."""
    about = f"<Description>{description}</Description>" if description else ""
    key = guid or f"p-{start}-{end}"
    return (f'<PlainTextSelection guid="{key}" startPosition="{start}" endPosition="{end}" '
            f'name="{name}" creatingUser="u-1">{about}<Coding guid="k-{code}-{start}" creatingUser="u-1">'
            f'<CodeRef targetGUID="{code}"/></Coding></PlainTextSelection>')


def write_qdpx(path: Path, qde: str | bytes, parts: Mapping[str, bytes | str] | None = None) -> Path:
    """A project archive as the specification has it."""
    return write_zip(path, {"project.qde": qde, **(parts or {})})


def changed_zip(raw: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """The same archive with bytes of one part replaced."""
    into = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as copy:
        for name, content in parts.items():
            copy.writestr(name, content.replace(old, new) if name == part else content)
    return into.getvalue()
