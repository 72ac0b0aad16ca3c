"""Tables of coded segments as MAXQDA, ATLAS.ti and NVivo write them."""

from __future__ import annotations

import datetime as dt
import warnings
from pathlib import Path

import pytest

from tests.coding.qda.material import ENGLISH, write_csv, write_xlsx
from trajectories.coding.qda.mapping import Mapping
from trajectories.coding.qda.read_segments import as_iso, read_segments
from trajectories.errors import StudyError

GERMAN = ["Farbe", "Dokumentgruppe", "Dokumentname", "Code", "Anfang", "Ende", "Gewicht", "Segment",
          "Bearbeitet von", "Bearbeitet am", "Erstellt von", "Erstellt am", "Memos", "Kommentar", "Fläche",
          "Abdeckungsgrad %", "Weitere am Segment vergebene Codes"]  # fmt: skip


def german_row(**cells: str) -> list[str]:
    return [cells.get(name, "\u00a0" if name == "Memos" else "") for name in GERMAN]


def test_german_workbook_with_a_pivot_sheet_first(tmp_path: Path) -> None:
    others = "Datum > 2022-03 (Gewicht: 0)\nTheorie (Gewicht: 0)"
    row = german_row(Farbe="●", Dokumentname="RU-001", Dokumentgruppe="Welle 1",
                     Code="Ort > Deutschland > Berlin", Anfang="12", Ende="14",
                     Segment="erste Zeile\nzweite", Kommentar="@2022-03/..",
                     **{"Erstellt von": "Tea", "Erstellt am": "06.05.24 07:08:32", GERMAN[-1]: others})
    sheets = {"Tabelle1": [["Zeilenbeschriftungen", "Anzahl von Code"], ["Ort", 3]],
              "Segmente": [GERMAN, row]}
    export = read_segments(write_xlsx(tmp_path / "e.xlsx", sheets))
    (one,) = export.segments
    assert (one.document, one.group, one.code) == ("RU-001", "Welle 1", ("Ort", "Deutschland", "Berlin"))
    assert (one.paragraph, one.comment, one.coder, one.description) == ("12-14", "@2022-03/..", "Tea", "")
    assert one.created == "2024-05-06T07:08:32"
    assert one.beside == (("Datum", "2022-03"), ("Theorie",))
    assert one.text is None
    assert export.variables == ()
    assert list(export.codes) == [("Ort",), ("Ort", "Deutschland"), ("Ort", "Deutschland", "Berlin")]


def test_passages_are_kept_only_when_asked_for_and_never_shown(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "e.csv", ["●,,RU-001,A,1,1,0,A secret,TG,another secret"])
    assert read_segments(path).segments[0].text is None
    kept = read_segments(path, text=True)
    assert kept.segments[0].text == "A secret"
    assert "secret" not in repr(kept) + repr(kept.segments[0])


@pytest.mark.parametrize("mark", [",", ";", "\t"])
@pytest.mark.parametrize("bom", ["", "\ufeff"])
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_csv_with_any_separator_bom_and_line_ends(tmp_path: Path, mark: str, bom: str, ends: str) -> None:
    rows = [ENGLISH.replace(",", mark), mark.join(["●", "", "RU-001", "A > B", "3", "3", "0",
                                                   f'"he said ""go""{ends}and{mark}went"', "TG", ""])]
    (tmp_path / "e.csv").write_bytes((bom + ends.join(rows)).encode())
    (one,) = read_segments(tmp_path / "e.csv", text=True).segments
    assert (one.code, one.paragraph, one.text) == (("A", "B"), "3", f'he said "go"\nand{mark}went')


def test_mixed_line_ends_keep_rows_and_their_lines(tmp_path: Path) -> None:
    lines = [ENGLISH + "\r\n", '●,,D1,A,1,1,0,"a\nb",T,\r', "●,,D2,A,1,1,0,x,T,\n", "\n",
             "●,,D3,A,1,1,0,x,T,"]
    (tmp_path / "e.csv").write_bytes("".join(lines).encode())
    found = [(one.document, one.row) for one in read_segments(tmp_path / "e.csv").segments]
    assert found == [("D1", 2), ("D2", 4), ("D3", 6)]


def test_other_order_fewer_columns_and_header_not_in_the_first_row(tmp_path: Path) -> None:
    rows = [["Coded segments of the project"], [], ["Code", "Dokumentname"], ["A > B", "RU-001"]]
    (one,) = read_segments(write_xlsx(tmp_path / "e.xlsx", {"x": rows})).segments
    assert (one.code, one.document, one.row, one.paragraph) == (("A", "B"), "RU-001", 4, "")


def test_duplicated_headers_are_told_and_variables_are_read_once_a_document(tmp_path: Path) -> None:
    head = ["Dokumentname", "Code", "Erstellt am", "Dokumentname", "Erstellt am", "Geschlecht"]
    rows = [["RU-001", "A", "01.02.2023 10:00", "RU-001", "x", "Frau"],
            ["RU-001", "B", "", "RU-001", "x", "Frau"],
            ["RU-002", "A", "", "RU-002", "x", None]]
    export = read_segments(write_xlsx(tmp_path / "e.xlsx", {"x": [head, *rows]}))
    assert [(v.document, v.name, v.value) for v in export.variables] == [("RU-001", "Geschlecht", "Frau")]
    assert [note.split(" is not read")[0] for note in export.notes] == [
        "column 4 (Dokumentname)", "column 5 (Erstellt am)"]


def test_wide_variant_gives_a_segment_for_each_marked_code(tmp_path: Path) -> None:
    head = "Document name,Beginning,End,Code: Location > Germany,Code: Left,Segment"
    path = write_csv(tmp_path / "e.csv", ["RU-001,1,2,1,0,x", "RU-001,3,3,1,1,x", "RU-001,4,4,,,x"], head)
    found = [(one.row, one.code) for one in read_segments(path).segments]
    both = [("Location", "Germany"), ("Left",)]
    assert found == [(2, both[0]), (3, both[0]), (3, both[1]), (4, ())]


def test_atlas_quotations_give_a_segment_for_each_code(tmp_path: Path) -> None:
    head = ["ID", "Document", "Quotation Name", "Quotation Content", "Codes", "Reference", "Comment",
            "Created by", "Creation Date"]
    row = ["1:3", "RU-001", "left home", "text", "Location: Germany\nLeft", "12 - 14", "@2022-03/..",
           "Tea Gogol", dt.datetime(2024, 5, 6, 7, 8)]
    mapping = Mapping(separator=":")
    export = read_segments(write_xlsx(tmp_path / "e.xlsx", {"Quotations": [head, row]}), mapping)
    assert [one.code for one in export.segments] == [("Location", "Germany"), ("Left",)]
    assert {(one.paragraph, one.name, one.comment, one.created) for one in export.segments} == {
        ("12 - 14", "left home", "@2022-03/..", "2024-05-06 07:08:00")}
    assert export.segments[0].beside == (("Left",),)


def test_nvivo_table_through_columns_of_the_mapping(tmp_path: Path) -> None:
    head = "File,Hierarchical name,Annotation"
    path = write_csv(tmp_path / "e.csv", [r"RU-001,Codes\\Location\\Germany,@2022/.."], head)
    mapping = Mapping(columns={"document": "File", "comment": "Annotation"})
    (one,) = read_segments(path, mapping).segments
    assert (one.document, one.code, one.comment) == ("RU-001", ("Location", "Germany"), "@2022/..")


@pytest.mark.parametrize("since_1904", [False, True])
def test_numbers_and_days_of_excel_in_either_date_system(tmp_path: Path, since_1904: bool) -> None:
    head = ["Document name", "Code", "Beginning", "End", "Interviewed", "Born"]
    rows = [["RU-001", "A", 12.0, 14, dt.date(2023, 11, 4), 1989]]
    path = write_xlsx(tmp_path / "e.xlsx", {"x": [head, *rows]}, since_1904=since_1904)
    export = read_segments(path)
    assert export.segments[0].paragraph == "12-14"
    assert [v.value for v in export.variables] == ["2023-11-04", "1989"]


def test_a_table_without_the_columns_says_what_it_has_and_the_way_out(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "matrix.csv", ["Fear,3,4"], "Name,RU-001,RU-002")
    with pytest.raises(StudyError) as refusal:
        read_segments(path)
    told = "matrix.csv:1: no table of coded segments was found; there is Name, RU-001, RU-002."
    assert told in str(refusal.value)
    assert "columns: {document: ..., code: ...}" in str(refusal.value)


def test_a_row_longer_than_the_header_is_refused_with_its_line(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "e.csv", ["●,,RU-001,A,1,1,0,well, you know,TG,x"])
    with pytest.raises(StudyError, match=r"e\.csv:2: this row has 11 cells, the header has 10"):
        read_segments(path)


def test_an_open_quotation_mark_is_refused_with_its_line(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "e.csv", ["●,,D,A,1,1,0,x,TG,", '●,,D,A,1,1,0,"x,TG,'])
    with pytest.raises(StudyError, match=r"e\.csv:3: a quotation mark is not closed"):
        read_segments(path)


@pytest.mark.parametrize(("written", "iso"), [
    ("06.05.24 07:08:32", "2024-05-06T07:08:32"), ("20.05.2025 15:04", "2025-05-20T15:04:00"),
    ("5/6/24 7:08 AM", "5/6/24 7:08 AM"), ("31.02.2024", "31.02.2024"), ("", ""),
])  # fmt: skip
def test_times_of_coding_are_read_only_where_they_are_certain(written: str, iso: str) -> None:
    assert as_iso(written) == iso


def test_a_pattern_that_python_has_doubts_about_is_taken_in_silence() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert Mapping.model_validate({"person": {"pattern": "[[a]--b]"}}).person.pattern == "[[a]--b]"
