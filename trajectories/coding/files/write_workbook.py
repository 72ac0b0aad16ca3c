"""Excel workbooks (.xlsx) in which every cell is text, so that ``2022-03`` stays what somebody wrote."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

from trajectories.coding.files.workbook import cell_name
from trajectories.errors import SettingError

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_LONGEST = 32_767
"""Characters that Excel allows in a cell."""
_WHEN = (1980, 1, 1, 0, 0, 0)


def workbook_bytes(sheets: Mapping[str, Sequence[Sequence[str]]]) -> bytes:
    """A workbook with these sheets, their rows and cells; the same content gives the same bytes.

    Cells and whole columns have the format Text: what is typed later stays as it is typed. Raises
    SettingError for a cell longer than Excel allows.
    """
    names = list(sheets)
    numbers = range(1, len(names) + 1)
    parts = {
        "[Content_Types].xml": _content_types(numbers),
        "_rels/.rels": _relations([("officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": _workbook(names),
        "xl/_rels/workbook.xml.rels": _relations(
            [("worksheet", f"worksheets/sheet{i}.xml") for i in numbers] + [("styles", "styles.xml")]),
        "xl/styles.xml": _STYLES,
    } | {f"xl/worksheets/sheet{i}.xml": _sheet(name, sheets[name]) for i, name in zip(numbers, names,
                                                                                       strict=True)}
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as archive:
        for place, text in parts.items():
            archive.writestr(zipfile.ZipInfo(place, _WHEN), (_HEAD + text).encode("utf-8"),
                             zipfile.ZIP_DEFLATED)  # fmt: skip
    return into.getvalue()


_STYLES = (
    f'<styleSheet xmlns="{_MAIN}"><fonts count="1"><font/></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders>'
    '<cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="2"><xf xfId="0"/><xf numFmtId="49" xfId="0" applyNumberFormat="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


def _content_types(numbers: Iterable[int]) -> str:
    sheets = "".join(f'<Override PartName="/xl/worksheets/sheet{i}.xml" '
                     f'ContentType="{_TYPE}.worksheet+xml"/>' for i in numbers)  # fmt: skip
    return (f'<Types xmlns="{_PACKAGE}/content-types">'
            '<Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
            f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/>{sheets}</Types>')


def _relations(targets: Iterable[tuple[str, str]]) -> str:
    listed = "".join(f'<Relationship Id="r{i}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
                     for i, (kind, target) in enumerate(targets, start=1))  # fmt: skip
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{listed}</Relationships>'


def _workbook(names: Sequence[str]) -> str:
    listed = "".join(f'<sheet name={quoteattr(name)} sheetId="{i}" r:id="r{i}"/>'
                     for i, name in enumerate(names, start=1))  # fmt: skip
    return f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{listed}</sheets></workbook>'


def _sheet(name: str, rows: Sequence[Sequence[str]]) -> str:
    width = max((len(row) for row in rows), default=0)
    columns = f'<cols><col min="1" max="{max(width, 1)}" width="16" style="1" customWidth="1"/></cols>'
    lines = "".join(f'<row r="{number}">{_cells(name, number, row)}</row>'
                    for number, row in enumerate(rows, start=1))  # fmt: skip
    return f'<worksheet xmlns="{_MAIN}">{columns}<sheetData>{lines}</sheetData></worksheet>'


def _cells(sheet: str, number: int, row: Sequence[str]) -> str:
    written = []
    for column, text in enumerate(row):
        if len(text) > _LONGEST:
            raise SettingError(f"{sheet}!{cell_name(number, column)} would hold {len(text):,} characters; "
                               f"Excel allows {_LONGEST:,}. Write CSV instead.")  # fmt: skip
        if text:
            written.append(f'<c r="{cell_name(number, column)}" s="1" t="inlineStr">'
                           f'<is><t xml:space="preserve">{_as_xml(text)}</t></is></c>')  # fmt: skip
    return "".join(written)


def _as_xml(text: str) -> str:
    """Text as Excel stores it: control characters, and what looks like one of them, as ``_x000D_``."""
    text = re.sub(r"_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", text)
    return escape(re.sub(r"[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]",
                         lambda found: f"_x{ord(found[0]):04X}_", text))  # fmt: skip
