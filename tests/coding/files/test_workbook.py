"""Excel workbooks as other programs write them, and as nobody should."""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import random
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trajectories.coding.files.excel_dates import settled
from trajectories.coding.files.excel_numbers import Formats, moment_of
from trajectories.coding.files.workbook import Cell, cell_name, read_workbook, workbook_in
from trajectories.coding.problems import ReadingError
from trajectories.errors import SettingError


def made(date1904: bool = False) -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    if date1904:
        book.epoch = openpyxl.utils.datetime.MAC_EPOCH
    sheet = book.active
    sheet.title = "persons"
    sheet.append(["id", "birth", "note"])
    sheet.append(["RU-1", 1989, True])
    sheet.append(["RU-2", dt.date(2022, 3, 1), 0.1])
    sheet["B3"].number_format = "mmm-yy"
    sheet["A6"] = "a\nb ü \u00a0"
    sheet["C6"] = dt.date(2022, 3, 15)
    sheet["C6"].number_format = "dd\\.mm\\.yyyy"
    sheet["E6"] = "#REF!"
    sheet["F6"] = "=1+1"
    book.create_sheet("empty")
    return book


def saved(book: openpyxl.Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.mark.parametrize("date1904", [False, True])
def test_cells_as_text(date1904: bool) -> None:
    sheets = workbook_in(saved(made(date1904)), "b.xlsx")
    assert list(sheets) == ["persons", "empty"]
    assert sheets["empty"] == []
    rows = {row.number: row for row in sheets["persons"]}
    assert list(rows) == [1, 2, 3, 6]
    assert rows[2].cells == (Cell("RU-1"), Cell("1989", "number"), Cell("TRUE", "truth"))
    assert rows[3].cells[1:] == (Cell("2022-03-01", "date", "Mar-22", "month"), Cell("0.1", "number"))
    assert rows[6].texts == ("a\nb ü \u00a0", "", "2022-03-15", "", "", "")
    assert rows[6].cells[2] == Cell("2022-03-15", "date", "15.03.2022", "day")
    assert rows[6].cells[4:] == (Cell("", "error", "#REF!"), Cell("", "uncomputed"))


def test_the_calendar_of_1900_counts_a_day_that_never_was() -> None:
    assert moment_of(1, False) == dt.datetime(1900, 1, 1)
    assert moment_of(59, False) == dt.datetime(1900, 2, 28)
    assert moment_of(61, False) == dt.datetime(1900, 3, 1)
    assert moment_of(0, True) == dt.datetime(1904, 1, 1)
    assert moment_of(44621, False) == moment_of(44621 - 1462, True) == dt.datetime(2022, 3, 1)
    assert moment_of(-1, False) is None
    assert moment_of(1e300, False) is None


@pytest.mark.parametrize(("code", "date"), [
    ("General", False), ("0.00", False), ('"days" 0', False), ("[Red]0", False), ("@", False),
    ("yyyy", True), ("[$-407]mmm yyyy;@", True), ("d/m", True), ("[h]:mm", True), ("mmm-yy", True),
])  # fmt: skip
def test_which_formats_show_dates(code: str, date: bool) -> None:
    assert Formats({200: code}, (200,)).is_date("0") is date


def test_names_of_cells() -> None:
    names = [cell_name(1, column) for column in (0, 25, 26, 701, 702, 16383)]
    assert names == ["A1", "Z1", "AA1", "ZZ1", "AAA1", "XFD1"]


def _changed(name: str, old: bytes, new: bytes) -> bytes:
    source, target = zipfile.ZipFile(io.BytesIO(saved(made()))), io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry in source.namelist():
            data = source.read(entry)
            archive.writestr(entry, data.replace(old, new) if entry == name else data)
    return target.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
BAD = [
    (b"", "the file is no Excel workbook, or it is damaged"),
    (b"id,birth\n", "the file is no Excel workbook, or it is damaged"),
    (b"\xd0\xcf\x11\xe0rest", "an old Excel file \\(.xls\\) or a workbook protected by a password"),
    (_changed(SHEET, b"<sheetData>", b"<sheetData><oops>"), "'xl/worksheets/sheet1.xml' is not well-formed"),
    (_changed(SHEET, b"<worksheet", b'<!DOCTYPE a [<!ENTITY e "x">]><worksheet'),
     "declares a document type or entities"),
    (_changed(SHEET, b'r="A2"', b'r="ZZZZ2"'), "damaged at persons: a cell has the place 'ZZZZ2'"),
    (_changed(SHEET, b'<row r="3"', b'<row r="1"'), "damaged at persons: a row is numbered '1'"),
    (_changed(SHEET, b'<row r="3"', b'<row r="99999999"'), "a row is numbered '99999999'"),
    (_changed(SHEET, b"<v>1989</v>", b"<v>1e999</v>"), "damaged at persons!B2: it holds the number '1e999'"),
    (_changed(SHEET, b't="n"><v>1989</v>', b't="s"><v>777</v>'),
     "damaged at persons!B2: it points to a text '777'"),
    (_changed("xl/workbook.xml", b"<sheet ", b"<shoot "), "the workbook has no sheets"),
    (_changed("_rels/.rels", b"xl/workbook.xml", b"xl/gone.xml"),
     "^b.xlsx: the workbook is damaged: it has no part 'xl/gone.xml'. Open it in Excel and save it again"),
]  # fmt: skip


@pytest.mark.parametrize(("raw", "message"), BAD, ids=range(len(BAD)))
def test_damage_is_told(raw: bytes, message: str) -> None:
    with pytest.raises(ReadingError, match=message):
        workbook_in(raw, "b.xlsx")


def test_bombs_are_not_opened(tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/a.xml", "w") as part:
        for _ in range(310):
            part.write(b" " * 1_000_000)
    assert bomb.stat().st_size < 1_000_000
    with pytest.raises(ReadingError, match=r"unpacked, the file would have more than 300 MB\. It is not"):
        read_workbook(bomb, "bomb.xlsx")
    wide = b"".join(b'<row><c r="XFD%d"><v>1</v></c></row>' % i for i in range(1, 400))
    with pytest.raises(ReadingError, match="more than 5,000,000 cells"):
        workbook_in(_changed(SHEET, b"<sheetData>", b"<sheetData>" + wide), "wide.xlsx")


@settings(deadline=None, max_examples=150)
@given(st.integers(0, 2**32))
def test_changed_bytes_never_end_in_a_traceback(seed: int) -> None:
    chance = random.Random(seed)
    if seed % 2:
        raw = bytearray(saved(made()))
        for _ in range(chance.randint(1, 6)):
            raw[chance.randrange(len(raw))] = chance.randrange(256)
        data = bytes(raw)
    else:
        with zipfile.ZipFile(io.BytesIO(saved(made()))) as source:
            name = chance.choice([part for part in source.namelist() if part.startswith("xl/")])
            part = source.read(name)
        place = chance.randrange(len(part))
        old = part[place : place + chance.randint(1, 8)]
        data = _changed(name, old, chance.randbytes(chance.randint(0, 4)))
    with contextlib.suppress(ReadingError):
        workbook_in(data, "b.xlsx")


def test_settling_what_excel_made_dates() -> None:
    dates = [cell for row in workbook_in(saved(made()), "b.xlsx")["persons"] for cell in row.cells
             if cell.kind == "date"]  # fmt: skip
    assert [(cell.shown, settled(cell, "as_shown")) for cell in dates] == [
        ("Mar-22", "2022-03"), ("15.03.2022", "2022-03-15")]  # fmt: skip
    assert [settled(cell, "year") for cell in dates] == ["2022", "2022"]
    with pytest.raises(SettingError, match="may be meant as_shown, as day, month or year, not 'week'"):
        settled(dates[0], "week")  # type: ignore[arg-type]


def test_shared_texts_as_excel_writes_them() -> None:
    spreadsheet = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
    parts = {
        "_rels/.rels": f'<Relationships {package}><Relationship Id="r" Type="{kind}/officeDocument" '
                       'Target="/xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook {spreadsheet} xmlns:r="{kind}"><sheets><sheet name="S" sheetId="1" '
                           'r:id="a"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships {package}>'
        f'<Relationship Id="a" Type="{kind}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="b" Type="{kind}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
        "xl/sharedStrings.xml": f'<sst {spreadsheet}><si><t>plain</t></si><si><r><rPr/><t>bold </t></r><r>'
        '<t>and not</t></r><rPh sb="0" eb="1"><t>no</t></rPh></si><si><t>a_x000D_b</t></si></sst>',
        "xl/worksheets/sheet1.xml": f'<worksheet {spreadsheet}><sheetData><row><c t="s"><v>0</v></c>'
        '<c t="s"><v>1</v></c></row><row r="4"><c r="C4" t="s"><v>2</v></c><c t="d"><v>2022-03-15T00:00:00'
        '</v></c><c t="str"><f>A1</f><v>x</v></c></row></sheetData></worksheet>',
    }  # fmt: skip
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    rows = workbook_in(target.getvalue(), "s.xlsx")["S"]
    assert [(row.number, row.texts) for row in rows] == [
        (1, ("plain", "bold and not")), (4, ("", "", "a\rb", "2022-03-15", "x"))]  # fmt: skip
    assert rows[1].cells[3].kind == "date"
