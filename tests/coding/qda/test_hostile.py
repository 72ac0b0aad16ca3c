"""Files made to do harm, or damaged: refused in plain words, in little time and memory."""

from __future__ import annotations

import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.coding.qda.material import (
    CODEBOOK,
    ENGLISH,
    MAPPING,
    changed_zip,
    coded,
    project,
    source,
    write_csv,
    write_qdpx,
    write_xlsx,
    write_zip,
)
from trajectories.coding.files.workbook import LONGEST_TEXT
from trajectories.coding.qda.conversion import convert
from trajectories.coding.qda.convert import read_export
from trajectories.coding.qda.qdc import read_qdc
from trajectories.errors import TrajectoriesError

BOMB = ('<?xml version="1.0"?><!DOCTYPE b [<!ENTITY a "aaaaaaaaaa">'
        + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
        + ']><Project xmlns="urn:QDA-XML:project:1.0" name="&i;"/>')
XXE = '<!DOCTYPE p [<!ENTITY x SYSTEM "file:///etc/hostname">]><Project name="&x;"/>'


def refused(path: Path) -> str:
    with pytest.raises(TrajectoriesError) as refusal:
        read_export(path)
    message = str(refusal.value)
    assert path.name in message
    assert "Traceback" not in message
    return message


@pytest.mark.parametrize("text", [BOMB, XXE, "<!DOCTYPE p><Project/>", BOMB.encode("utf-16")])
def test_document_types_and_entities_in_projects(tmp_path: Path, text: str | bytes) -> None:
    assert "declares a document type or entities" in refused(write_qdpx(tmp_path / "p.qdpx", text))
    (tmp_path / "b.qdc").write_bytes(text if isinstance(text, bytes) else text.encode())
    assert "declares a document type or entities" in refused(tmp_path / "b.qdc")


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "[Content_Types].xml"])
def test_document_types_and_entities_in_workbooks(tmp_path: Path, part: str) -> None:
    path = write_xlsx(tmp_path / "e.xlsx", {"x": [["Document name", "Code"], ["D", "A"]]})
    whole = path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        content = archive.read(part)
    body = content[content.index(b"<", 2 if content.startswith(b"<?") else 0) :]
    path.write_bytes(changed_zip(whole, part, content, b'<!DOCTYPE x [<!ENTITY a "b">]>' + body))
    assert "declares a document type or entities" in refused(path)


@pytest.mark.parametrize("name", ["p.qdpx", "e.xlsx"])
def test_zip_bombs(tmp_path: Path, name: str) -> None:
    part = "project.qde" if name.endswith("qdpx") else "xl/worksheets/sheet1.xml"
    parts = {part: b"<a>" + b" " * 60_000_000}
    assert "unpacked it would have 60 MB" in refused(write_zip(tmp_path / name, parts))


def test_a_source_that_grows_out_of_proportion(tmp_path: Path) -> None:
    inside = f'<TextSource guid="s" name="D" plainTextPath="a.txt">{coded("c-ber", 0, 4)}</TextSource>'
    path = write_qdpx(tmp_path / "p.qdpx", project(inside), {"sources/a.txt": b"x" * 20_000_000})
    assert "p.qdpx/sources/a.txt: unpacked it would have 20 MB" in refused(path)


@pytest.mark.parametrize("part", ["../project.qde", "sources/../../x", "/etc/x", "C:/x", "..\\x"])
@pytest.mark.parametrize("name", ["p.qdpx", "e.xlsx"])
def test_parts_that_lead_out_of_the_archive(tmp_path: Path, part: str, name: str) -> None:
    path = write_zip(tmp_path / name, {"project.qde": project(""), part: "x"})
    assert "would lie outside the archive" in refused(path)


@pytest.mark.parametrize("name", ["p.qdpx", "e.xlsx"])
def test_a_part_that_claims_to_be_larger_than_the_archive(tmp_path: Path, name: str) -> None:
    """Two gigabytes of memory would be taken for it at once."""
    path = write_zip(tmp_path / name, {"project.qde": project("")})
    raw = bytearray(path.read_bytes())
    entry = raw.index(b"PK\x01\x02")
    raw[entry + 20 : entry + 24] = (2**31 + 5).to_bytes(4, "little")
    path.write_bytes(raw)
    assert "the file is damaged: it cannot be unpacked. Export it again" in refused(path)


def test_too_many_parts(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "p.qdpx", {f"sources/{i}": "" for i in range(20_001)})
    assert "it has 20,001 parts" in refused(path)


def test_a_cell_of_50_mb_in_csv(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "e.csv", ["●,,RU-001,A,1,1,0," + "x" * 50_000_000 + ",T,"])
    assert "e.csv:2: cell 8 has 50,000,000 characters; at most 2,000,000 are read" in refused(path)


def test_a_very_long_cell_in_a_workbook(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "e.xlsx", {"x": [["Document name", "Code"], ["D", "LONG"]]})
    long = b"".join(b"%09d " % i for i in range(LONGEST_TEXT // 10 + 1))
    parts = [name for name in zipfile.ZipFile(path).namelist() if b"LONG" in zipfile.ZipFile(path).read(name)]
    path.write_bytes(changed_zip(path.read_bytes(), parts[0], b"LONG", long))
    assert f"the cell x!B2 holds 131,080 characters. At most {LONGEST_TEXT:,} are read." in refused(path)


def test_a_row_number_far_away_ends_soon(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "e.xlsx", {"x": [["Document name", "Code"], ["D", "A"]]})
    old, new = b'<row r="2">', b'<row r="999999999">'
    sheet = "xl/worksheets/sheet1.xml"
    far = changed_zip(path.read_bytes(), sheet, old, new)
    path.write_bytes(changed_zip(far, sheet, b'"A2"', b'"A999999999"'))
    assert "damaged at x: a row is numbered '999999999'" in refused(path)


def test_a_code_path_of_thousands_of_steps(tmp_path: Path) -> None:
    place = write_csv(tmp_path / "export.csv", ["x,,RU-001," + " > ".join("abc" * 1000) + ",1,2,0,x,T,@2022"])
    assert "export.csv:2: a code path has 3,000 steps (a > b > c > ...)" in refused(place)


def test_nul_bytes(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "e.csv", ["●,,RU\0-001,A,1,1,0,x,T,"])
    assert "NUL character" in refused(path)
    assert "well-formed" in refused(write_qdpx(tmp_path / "p.qdpx", project("\0")))


def test_deep_nesting(tmp_path: Path) -> None:
    deep = "<Code>" * 100_000 + "</Code>" * 100_000
    path = write_qdpx(tmp_path / "p.qdpx", f"<Project><CodeBook><Codes>{deep}</Codes></CodeBook></Project>")
    assert "nested more than 200 levels" in refused(path)


@pytest.mark.parametrize(("name", "content"), [
    ("e.xlsx", b"PK\x03\x04broken"), ("p.qdpx", b"not a zip"), ("e.xlsx", b""), ("e.csv", b""),
    ("e.xls", b"\xd0\xcf"),
    ("p.qdpx", b""), ("b.qdc", b""), ("b.qdc", b"<CodeBook>"), ("e.docx", b"x"), ("e.csv", b"\xff\xfea\0"),
    ("b.qdc", b'<?xml version="1.0" encoding="none-such"?><a/>'), ("b.qdc", b"<a>\xff</a>"), ("e", b""),
])
def test_damaged_or_other_files(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    refused(tmp_path / name)


@pytest.mark.parametrize("name", ["e.xlsx", "p.qdpx", "b.qdc", "e.csv"])
def test_missing_files_and_folders(tmp_path: Path, name: str) -> None:
    assert "there is no such file" in refused(tmp_path / name)
    (tmp_path / name).mkdir()
    refused(tmp_path / name)


def test_more_elements_or_codes_than_any_project_has(tmp_path: Path) -> None:
    text = f"<Project>{'<a/>' * 1_000_001}</Project>"
    (tmp_path / "b.qde").write_text(text)
    assert "number more than 1,000,000" in refused(tmp_path / "b.qde")
    text = f"<Project><CodeBook><Codes>{'<Code/>' * 50_001}</Codes></CodeBook></Project>"
    (tmp_path / "b.qde").write_text(text)
    assert "more than 50,000 codes" in refused(tmp_path / "b.qde")


def test_long_stretches_of_spaces_take_no_time(tmp_path: Path) -> None:
    spaces = " " * 500_000
    head = ENGLISH + ",Other codes assigned to segment"
    text = f"A{spaces}B"
    path = write_csv(tmp_path / "e.csv", [f"●,,RU-001,{text},1,1,0,x,T,@2022{text}@2023{text},{text}"], head)
    assert len(convert(read_export(path), MAPPING, CODEBOOK).fates) == 1
    about = f"<Description>x{spaces}y</Description>"
    (tmp_path / "b.qdc").write_text(f'<CodeBook><Codes><Code name="A">{about}</Code></Codes></CodeBook>')
    assert read_qdc(tmp_path / "b.qdc").domains


def test_a_locked_archive(tmp_path: Path) -> None:
    path = write_qdpx(tmp_path / "p.qdpx", project(""))
    raw = bytearray(path.read_bytes())
    raw[6] |= 1
    raw[raw.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(raw)
    assert "locked with a password" in refused(path)


PIECES = (b"", b"<", b">", b'"', b",", b";", b"\n", b"\r", b"\0", b"\xff", b"&#0;", b"guid=", b"-1",
          b"99999999999999999999", b"@2022/..", b"<![CDATA[", b"</Code>", b"\xef\xbb\xbf", b"Code", b"A > B",
          b" > ", b"\\\\")  # fmt: skip
change = st.tuples(st.floats(0, 1), st.integers(0, 30), st.sampled_from(PIECES))
changes = st.lists(change, min_size=1, max_size=4)


def damage(raw: bytes, places: list[tuple[float, int, bytes]]) -> bytes:
    for place, length, piece in places:
        at = int(place * len(raw))
        raw = raw[:at] + piece + raw[at + length :]
    return raw


def read_or_refused(path: Path) -> None:
    try:
        conversion = convert(read_export(path), MAPPING, CODEBOOK)
        assert sum(conversion.counts.values()) == conversion.read
    except TrajectoriesError:
        pass


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes)
def test_damaged_projects_are_read_or_plainly_refused(
    tmp_path: Path, places: list[tuple[float, int, bytes]]
) -> None:
    inside = source(coded("c-ber", 0, 4, "@2022/..") + coded("c-left", 2, 8, "@2022"), "one\ntwo three")
    whole = project(inside,
                    before='<Cases><Case guid="q" name="RU-001"><SourceRef targetGUID="s-1"/></Case></Cases>')
    (tmp_path / "p.qde").write_bytes(damage(whole.encode(), places))
    read_or_refused(tmp_path / "p.qde")
    (tmp_path / "p.qdc").write_bytes(damage(whole.encode(), places))
    with suppress(TrajectoriesError):
        read_qdc(tmp_path / "p.qdc")


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes)
def test_damaged_tables_are_read_or_plainly_refused(
    tmp_path: Path, places: list[tuple[float, int, bytes]]
) -> None:
    rows = "\n".join([ENGLISH, '●,W1,RU-001,Location > Germany,1,2,0,"a\nb",T,@2022/..',
                      "●,,RU-2,Left,3,3,0,x,T,@2022"])
    (tmp_path / "e.csv").write_bytes(damage(rows.encode(), places))
    read_or_refused(tmp_path / "e.csv")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_damaged_workbooks_are_read_or_plainly_refused(tmp_path: Path, data: st.DataObject) -> None:
    row = ["", "", "RU-1", "Left", 1, 2.5, 0, "x", "T", "@2022"]
    path = write_xlsx(tmp_path / "e.xlsx", {"x": [ENGLISH.split(","), row]})
    raw = path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        part = data.draw(st.sampled_from(archive.namelist()))
        content = archive.read(part)
    places, inside = data.draw(changes), data.draw(st.booleans())
    within = changed_zip(raw, part, content, damage(content, places))
    path.write_bytes(within if inside else damage(raw, places))
    read_or_refused(path)
