"""REFI-QDA projects, and each way in which the programs differ from the specification."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.coding.qda.material import CODEBOOK, CODES, MAPPING, coded, project, source, write_qdpx, write_zip
from trajectories.coding.qda.read_refi import read_refi
from trajectories.coding.qda.segments import Export, Segment
from trajectories.coding.qda.study_folder import to_study_folder
from trajectories.errors import StudyError

TEXT = "Born in Moscow.\n\nLeft for Berlin.\nStayed."


def read(
    tmp_path: Path, qde: str, parts: dict[str, bytes | str] | None = None, *, text: bool = True
) -> Export:
    return read_refi(write_qdpx(tmp_path / "p.qdpx", qde, parts), text=text)


def text_part(content: str, path: str) -> str:
    """A text source whose text is a part of the archive."""
    return f'<TextSource guid="s" name="D" plainTextPath="{path}">{content}</TextSource>'


def only(export: Export) -> Segment:
    assert len(export.segments) == 1
    return export.segments[0]


def test_a_coding_becomes_a_segment_with_paragraph_texts_and_coder(tmp_path: Path) -> None:
    inside = coded("c-ber", 17, 33, "@2022-03/..", name="left")
    export = read(tmp_path, project(source(inside, TEXT)))
    one = only(export)
    assert (one.document, one.code) == ("RU-001 interview", ("Location", "Germany", "Berlin"))
    assert (one.paragraph, one.text) == ("2", "Left for Berlin.")
    assert (one.description, one.name, one.coder) == ("@2022-03/..", "left", "Tea Gogol")
    assert export.codes["Location",] == "Where the person lives."
    assert export.notes == ()


def test_passages_are_kept_only_when_asked_for(tmp_path: Path) -> None:
    assert only(read(tmp_path, project(source(coded("c-ber", 17, 33), TEXT)), text=False)).text is None


def test_positions_count_unicode_characters(tmp_path: Path) -> None:
    assert only(read(tmp_path, project(source(coded("c-left", 2, 4), "🙂🙂да, Ж")))).text == "да"


def test_guids_are_compared_without_braces_and_case(tmp_path: Path) -> None:
    assert only(read(tmp_path, project(source(coded("C-GER", 0, 4), TEXT)))).code == ("Location", "Germany")


def test_several_codes_of_a_selection_and_a_coded_document(tmp_path: Path) -> None:
    two = ('<PlainTextSelection guid="x" startPosition="0" endPosition="4"><Description>@2022</Description>'
           '<Coding guid="k1"><CodeRef targetGUID="c-ber"/></Coding>'
           '<Coding guid="k2"><CodeRef targetGUID="c-left"/></Coding></PlainTextSelection>'
           '<Coding guid="k3"><CodeRef targetGUID="c-geo"/></Coding>')
    found = read(tmp_path, project(source(two, TEXT))).segments
    assert {(one.code[-1], one.paragraph, one.description) for one in found} == {
        ("Berlin", "1", "@2022"), ("Left", "1", "@2022"), ("Georgia", "", "")}
    assert len({one.place for one in found}) == 2


# --- what the programs do otherwise -----------------------------------------------------------------------

def test_atlas_names_the_project_after_itself(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "p.qdpx", {"My study.qde": project(source(coded("c-ber", 0, 4), TEXT))})
    export = read_refi(path)
    assert len(export.segments) == 1
    unusual = "the project inside is called 'My study.qde', not 'project.qde'; read all the same"
    assert export.notes == (unusual,)


def test_two_projects_in_an_archive_are_refused(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "p.qdpx", {"a.qde": project(""), "b.qde": project("")})
    with pytest.raises(StudyError, match=r"must hold one project \(project\.qde\); there is a\.qde, b\.qde"):
        read_refi(path)


@pytest.mark.parametrize(("folder", "written"), [
    ("sources", "internal://AB.txt"), ("Sources", "internal://ab.txt"), ("Sources", "ab.txt"), ("", "AB.txt"),
])
@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"])
def test_texts_are_found_in_either_folder_with_or_without_scheme_and_bom(
    tmp_path: Path, folder: str, written: str, bom: bytes
) -> None:
    inside = text_part(coded("c-ber", 17, 33), written)
    part = f"{folder}/ab.txt".lstrip("/")
    one = only(read(tmp_path, project(inside), {part: bom + TEXT.encode()}))
    assert (one.text, one.paragraph) == ("Left for Berlin.", "2")


def test_a_source_without_a_name_is_called_after_its_file(tmp_path: Path) -> None:
    inside = text_part(coded("c-ber", 0, 4), "internal://board_2017.txt").replace(' name="D"', "")
    export = read(tmp_path, project(inside))
    assert only(export).document == "board_2017.txt"
    assert only(export).paragraph == "characters 0-4"
    assert "1 sources have no name; their file stands for it" in export.notes
    assert any("its text is not inside the project" in note for note in export.notes)


def test_files_of_the_computer_are_never_opened(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text(TEXT)
    for written in (f"absolute://{tmp_path}/secret.txt", "relative:///secret.txt", f"{tmp_path}/secret.txt"):
        inside = text_part(coded("c-ber", 0, 4), written)
        assert only(read(tmp_path, project(inside))).text is None


@pytest.mark.parametrize("declaration", ["", "\ufeff"])
def test_no_xml_declaration_or_a_bom(tmp_path: Path, declaration: str) -> None:
    assert only(read(tmp_path, project(source(coded("c-ber", 0, 4), TEXT), declaration=declaration))).code


@pytest.mark.parametrize(("origin", "start"), [("ATLAS.ti 24", 4), ("MAXQDA 24", 5)])
def test_line_ends_of_two_characters_as_each_program_counts_them(
    tmp_path: Path, origin: str, start: int
) -> None:
    inside = text_part(coded("c-ber", start, start + 4), "a.txt")
    qde = project(inside, attributes=f'name="p" origin="{origin}"')
    one = only(read(tmp_path, qde, {"sources/a.txt": "one\r\nleft\r\n"}))
    assert (one.text, one.paragraph) == ("left", "2")


def test_positions_that_fit_only_the_other_way_are_read_so_and_told(tmp_path: Path) -> None:
    inside = text_part(coded("c-ber", 8, 12), "a.txt")
    qde = project(inside, attributes='name="p" origin="ATLAS.ti"')
    export = read(tmp_path, qde, {"sources/a.txt": "a\r\nb\r\nc\r\nd\r\nlast"})
    assert export.notes == ()
    inside = inside.replace('"8"', '"12"', 1).replace('endPosition="12"', 'endPosition="16"')
    export = read(tmp_path, project(inside, attributes='name="p" origin="ATLAS.ti"'),
                  {"sources/a.txt": "a\r\nb\r\nc\r\nd\r\nlast"})
    assert only(export).text == "last"
    assert export.notes == ("source 'D': positions fit if line ends count twice; read so",)


def test_positions_beyond_the_text_are_told(tmp_path: Path) -> None:
    notes = read(tmp_path, project(source(coded("c-ber", 0, 400), "short"))).notes
    assert notes == ("source 'RU-001 interview': positions run to 400, the text has 5 characters; "
                     "paragraphs are not certain",)


def test_an_empty_passage_is_read_and_told(tmp_path: Path) -> None:
    export = read(tmp_path, project(source(coded("c-ber", 4, 4, "@2022/.."), TEXT)))
    assert (only(export).text, only(export).description) == ("", "@2022/..")
    assert export.notes == ("1 coded passages are empty (start and end are the same)",)


def test_a_case_without_a_name_is_its_document_with_its_variables(tmp_path: Path) -> None:
    before = ('<Variables><Variable guid="v" name="Gender" typeOfVariable="Text"/></Variables>'
              '<Cases><Case guid="q"><VariableValue><VariableRef targetGUID="v"/>'
              "<TextValue>woman</TextValue></VariableValue>"
              '<SourceRef targetGUID="s-1"/></Case></Cases>')
    export = read(tmp_path, project(source(coded("c-ber", 0, 4), TEXT), before=before))
    assert (only(export).case, only(export).document) == ("", "RU-001 interview")
    (value,) = export.variables
    assert (value.document, value.case) == ("RU-001 interview", "")
    assert (value.name, value.value) == ("Gender", "woman")
    assert export.notes == ("1 cases have no name; their document stands for the person",)


def test_cases_by_source_and_by_selection(tmp_path: Path) -> None:
    before = ('<Cases><Case guid="q1" name="Anna"><SourceRef targetGUID="s-1"/></Case>'
              '<Case guid="q2" name="Boris"><SelectionRef targetGUID="p-5-9"/></Case></Cases>')
    inside = coded("c-ber", 0, 4) + coded("c-geo", 5, 9)
    found = read(tmp_path, project(source(inside, TEXT), before=before)).segments
    assert [(one.code[-1], one.case) for one in found] == [("Berlin", "Anna"), ("Georgia", "Boris")]


def test_nvivo_codes_the_text_of_a_case_with_the_case(tmp_path: Path) -> None:
    before = '<Cases><Case guid="q1" name="Anna"/><Case guid="q2" name="Boris"/></Cases>'
    inside = coded("q1", 0, 10) + coded("q2", 10, 30) + coded("c-ber", 2, 6) + coded("c-geo", 12, 16)
    export = read(tmp_path, project(source(inside, TEXT), before=before))
    assert [(one.code[-1], one.case) for one in export.segments] == [("Berlin", "Anna"), ("Georgia", "Boris")]
    assert export.notes == ("2 codings name a case instead of a code; they tell whose passage it is",)


@pytest.mark.parametrize("value", ["<TextValue>30-39</TextValue>", "<IntegerValue>30</IntegerValue>",
                                   "<DateValue>2023-11-04</DateValue>", "<BooleanValue>true</BooleanValue>"])
def test_values_of_variables_of_every_type(tmp_path: Path, value: str) -> None:
    before = ('<Variables><Variable guid="{V}" name="Cases:Age group" typeOfVariable="Text"/></Variables>'
              '<Cases><Case guid="q" name="Anna">'
              f'<VariableValue><VariableRef targetGUID="v"/>{value}</VariableValue><VariableValue>'
              '<VariableRef targetGUID="v"/><TextValue/></VariableValue></Case></Cases>')
    (found,) = read(tmp_path, project("", before=before)).variables
    assert (found.case, found.name) == ("Anna", "Cases:Age group")
    assert found.value in value


def test_maxqda_comments_are_selections_without_a_code(tmp_path: Path) -> None:
    comment = ('<PlainTextSelection guid="m" startPosition="{}" endPosition="{}">'
               "<Description>@2022/..</Description></PlainTextSelection>")
    inside = coded("c-ber", 0, 4) + comment.format(0, 4) + comment.format(5, 9)
    export = read(tmp_path, project(source(inside, TEXT)))
    assert only(export).comment == "@2022/.."
    assert export.notes == ("1 passages without a code have a text that goes to the codes of their place",
                            "1 passages have no code (annotations); they are not read")


def test_notes_by_reference_and_by_link_are_comments(tmp_path: Path) -> None:
    note = '<Note guid="n{0}"><PlainTextContent>note {0}</PlainTextContent></Note>'
    notes = "".join(note.format(i) for i in range(4))
    links = ('<Links><Link guid="l" originGUID="n2" targetGUID="p-0-4" direction="OneWay"/>'
             '<Link guid="l2" originGUID="c-ber" targetGUID="c-geo"/></Links>')
    inside = coded("c-ber", 0, 4).replace("</Coding>", '<NoteRef targetGUID="n0"/></Coding>').replace(
        "</PlainTextSelection>", '<NoteRef targetGUID="n1"/></PlainTextSelection>')
    export = read(tmp_path, project(source(inside, TEXT), after=f"<Notes>{notes}</Notes>{links}"))
    assert only(export).comment == "note 0\nnote 1\nnote 2"
    assert export.notes == ("1 memos that no passage refers to: not read", "1 links: not read")


def test_sets_are_document_groups_and_other_sets_and_graphs_are_told(tmp_path: Path) -> None:
    after = ('<Sets><Set guid="g" name="Wave 1"><MemberSource targetGUID="s-1"/></Set><Set guid="h" name="x">'
             '<MemberCode targetGUID="c-ber"/></Set></Sets><Graphs><Graph guid="y"/></Graphs>')
    export = read(tmp_path, project(source(coded("c-ber", 0, 4), TEXT), after=after))
    assert only(export).group == "Wave 1"
    assert export.notes == ("1 graphs: not read", "1 sets of codes or notes: not read")


def test_pdf_pages_pdf_text_and_times_of_recordings(tmp_path: Path) -> None:
    coding = '<Coding guid="k"><CodeRef targetGUID="c-ber"/></Coding>'
    inside = ('<PDFSource guid="a" name="A"><PDFSelection guid="a1" page="3" firstX="1" firstY="2" '
              f'secondX="3" secondY="4">{coding}</PDFSelection><Representation guid="r" name="r">'
              f"<PlainTextContent>{TEXT}</PlainTextContent>{coded('c-geo', 17, 21)}</Representation>"
              "</PDFSource>"
              f'<AudioSource guid="b" name="B"><AudioSelection guid="b1" begin="65000" end="3680000">{coding}'
              f'</AudioSelection><Transcript guid="t"><SyncPoint guid="y1" timeStamp="1000"/>'
              f'<SyncPoint guid="y2" timeStamp="2000"/><TranscriptSelection guid="t1" fromSyncPoint="y1" '
              f'toSyncPoint="y2">{coding}</TranscriptSelection></Transcript></AudioSource>')
    found = read(tmp_path, project(inside)).segments
    assert [(one.document, one.paragraph) for one in found] == [
        ("A", "page 3"), ("A", "2"), ("B", "00:01:05-01:01:20"), ("B", "00:00:01-00:00:02")]


def test_other_namespaces_are_read_and_told(tmp_path: Path) -> None:
    export = read(tmp_path, project(source(coded("c-ber", 0, 4), TEXT), space="urn:QDA-XML:project:1:0"))
    assert only(export).code
    assert export.notes == (
        "the namespace is 'urn:QDA-XML:project:1:0', not 'urn:QDA-XML:project:1.0'; read all the same",)


def test_a_code_that_the_code_book_lacks_is_told_and_kept_as_a_segment_without_code(tmp_path: Path) -> None:
    export = read(tmp_path, project(source(coded("c-none", 0, 4), TEXT)))
    assert only(export).code == ()
    assert export.notes == ("1 codings name a code that the code book does not have",)


def test_a_codebook_alone_has_codes_and_no_segments(tmp_path: Path) -> None:
    inside = CODES.replace("<CodeBook>", '<CodeBook xmlns="urn:QDA-XML:codebook:1:0">')
    (tmp_path / "b.qdc").write_text(inside.strip())
    export = read_refi(tmp_path / "b.qdc")
    assert export.segments == ()
    assert list(export.codes)[:2] == [("Location",), ("Location", "Germany")]
    assert "urn:QDA-XML:codebook:1:0" in export.notes[0]


def test_a_bare_project_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "project.qde").write_text(project(source(coded("c-ber", 0, 4), TEXT)))
    assert only(read_refi(tmp_path / "project.qde")).paragraph == "1"


def test_new_guids_at_each_export_change_nothing(tmp_path: Path) -> None:
    """ATLAS.ti gives everything new guids each time: persons, places and codes come from names and texts."""
    made = project(source(coded("c-ger", 0, 4, "@2022-03/.."), "some words"),
                   attributes='name="p" basePath="C:/Users/Tea Gogol/interviews"')  # fmt: skip
    others = made
    for guid in ("c-loc", "{C-GER}", "c-ger", "c-ber", "c-geo", "c-left", "c-theory", "s-1", "p-0-4", "u-1"):
        others = others.replace(f'"{guid}"', f'"x{guid.strip("{}").lower()}"')
    assert others != made
    written = []
    for i, qde in enumerate((made, others)):
        write_qdpx(tmp_path / f"{i}.qdpx", qde)
        to_study_folder(read_refi(tmp_path / f"{i}.qdpx"), MAPPING, CODEBOOK, tmp_path / str(i))
        files = {path.name: path.read_text() for path in (tmp_path / str(i)).iterdir()}
        written.append({name: text.replace(f"{i}.qdpx", "p.qdpx") for name, text in files.items()})
    assert written[0] == written[1]
    assert "germany" in written[0]["episodes.csv"]
    assert "Users" not in "".join(written[0].values())
