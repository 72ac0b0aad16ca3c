"""Which column of an export holds what: German and English headers of the QDA programs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from trajectories.coding.problems import ReadingError
from trajectories.coding.qda.names import folded, split_path
from trajectories.coding.qda.segments import Path
from trajectories.coding.qda.sheets import Row, Sheet

Role = Literal["document", "group", "case", "code", "start", "end", "reference", "extent", "text", "name",
               "comment", "description", "coder", "created", "beside"]  # fmt: skip

HEADERS: dict[Role, tuple[str, ...]] = {
    "document": ("Document name", "Dokumentname", "Document", "Dokument", "Source name", "File name"),
    "group": ("Document group", "Dokumentgruppe", "Document groups", "Dokumentgruppen"),
    "case": ("Case", "Fall"),
    "code": ("Code", "Codes", "Kode", "Kodes", "Hierarchical name", "Code name", "Node"),
    "start": ("Beginning", "Begin", "Start", "Anfang"),
    "end": ("End", "Ende"),
    "reference": ("Reference", "Referenz", "Position"),
    "extent": ("Area", "Fläche"),
    "text": ("Segment", "Quotation content", "Zitatinhalt", "Content", "Coded text"),
    "name": ("Quotation name", "Zitatname", "Zitat-Name"),
    "comment": ("Comment", "Kommentar", "Comments", "Kommentare"),
    "description": ("Memos", "Memo", "Description", "Beschreibung"),
    "coder": ("Created by", "Erstellt von", "Coder", "Coded by"),
    "created": ("Created", "Erstellt am", "Created at", "Creation date", "Erstellt"),
    "beside": ("Other codes assigned to segment", "Other codes assigned to the segment",
               "Weitere am Segment vergebene Codes"),
}
UNUSED = (
    "Color", "Colour", "Farbe", "Weight", "Weight score", "Gewicht", "Modified", "Modified by", "Modified at",
    "Modification date", "Bearbeitet von", "Bearbeitet am", "Geändert von", "Coverage %", "Abdeckungsgrad %",
    "Abdeckungsgrad", "Coverage", "ID", "Density", "Codings", "Hyperlinks", "Quotation groups", "Code groups",
)  # fmt: skip
"""Columns that are known and hold nothing about a life."""
_LOOKED_AT = 20
"""Rows from the top among which the header is looked for."""


@dataclass(frozen=True, slots=True)
class Header:
    """Where each role stands, which columns are variables or codes of their own, and what is left out."""

    places: Mapping[Role, int]
    wide: Mapping[int, Path]
    """``Code: A > B`` columns: a mark in them codes the passage with A > B."""
    variables: Mapping[int, str]
    width: int
    notes: tuple[str, ...]


def find_header(
    sheets: tuple[Sheet, ...], file: str, columns: Mapping[Role, str]
) -> tuple[Header, tuple[Row, ...]]:
    """The header of the coded segments and the rows below it, in whichever sheet they are.

    ``columns`` names the column of a role where a program calls it otherwise. Raises ReadingError when no
    sheet has a column for the document and one for the code.
    """
    for sheet in sheets:
        for i, (_, cells) in enumerate(sheet.rows[:_LOOKED_AT]):
            header = _header(cells, columns)
            if "document" in header.places and ("code" in header.places or header.wide):
                return header, sheet.rows[i + 1 :]
    seen = "; ".join(_first_row(sheet) for sheet in sheets if sheet.rows)[:400] or "nothing"
    what = f"no table of coded segments was found; there is {seen}"
    hint = ("Coded segments need a document and a code ('Document name', 'Code'; 'Dokumentname', 'Code'). "
            "If yours are called otherwise, name them in the mapping: columns: {document: ..., code: ...}.")
    raise ReadingError(file, 1, what, hint, "missing_column")


def _first_row(sheet: Sheet) -> str:
    cells = ", ".join(cell[:40] for cell in sheet.rows[0][1][:12] if cell)
    return f"sheet {sheet.name!r} with {cells}" if sheet.name else cells


def _header(cells: tuple[str, ...], columns: Mapping[Role, str]) -> Header:
    roles = _roles(columns)
    unused = {folded(name) for name in UNUSED}
    places: dict[Role, int] = {}
    wide: dict[int, Path] = {}
    variables: dict[int, str] = {}
    notes = []
    for i, cell in enumerate(cells):
        name = folded(cell)
        role = roles.get(name)
        if role is not None and role not in places:
            places[role] = i
        elif role is not None:
            first = f"column {places[role] + 1} ({cells[places[role]]})"
            notes.append(f"column {i + 1} ({cell}) is not read: {first} stands for the same")
        elif name.startswith("code:"):
            wide[i] = split_path(cell.partition(":")[2])
        elif name and name not in unused:
            variables[i] = cell
    return Header(places, wide, variables, len(cells), tuple(notes))


def _roles(columns: Mapping[Role, str]) -> dict[str, Role]:
    """Role by folded header; a name given in the mapping replaces the usual ones of its role."""
    usual = {folded(name): role for role, names in HEADERS.items() if role not in columns for name in names}
    return usual | {folded(name): role for role, name in columns.items()}
