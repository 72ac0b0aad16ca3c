"""Codebooks as REFI-QDA, drafts of mappings, and the whole way."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.coding.qda.material import (
    CODEBOOK,
    CODES,
    ENGLISH,
    MATERIAL,
    coded,
    project,
    source,
    write_csv,
    write_qdpx,
)
from trajectories.coding.codebook import Codebook
from trajectories.coding.files.read_study import read_study
from trajectories.coding.qda.convert import convert_qda, read_codebook, read_export, suggest
from trajectories.coding.qda.mapping import Rule
from trajectories.coding.qda.qdc import read_qdc, write_qdc
from trajectories.coding.qda.suggest import exact_mapping, mapping_in, suggest_mapping
from trajectories.errors import SettingError, StudyError

SAMPLE = Path(__file__).parents[3] / "sample_data" / "codebook.yaml"


@pytest.mark.parametrize("path", [SAMPLE, MATERIAL / "valid" / "codebook.yaml"])
def test_a_codebook_comes_back_as_it_was(tmp_path: Path, path: Path) -> None:
    codebook = read_codebook(path)
    write_qdc(codebook, tmp_path / "b.qdc")
    assert read_qdc(tmp_path / "b.qdc") == codebook


words = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=12).map(
    str.strip).filter(bool)


@settings(max_examples=60, deadline=None)
@given(st.lists(words, min_size=1, max_size=4), words, st.none() | st.floats(-5, 5))
def test_any_labels_and_definitions_come_back(
    tmp_path_factory: pytest.TempPathFactory, labels: list[str], definition: str, rank: float | None
) -> None:
    states = [{"code": f"s{i}", "label": label, "rank": rank} for i, label in enumerate(labels)]
    one = {"name": "d", "label": labels[0], "states": states}
    codebook = Codebook.model_validate({"title": definition, "domains": [one]})
    path = tmp_path_factory.mktemp("qdc") / "b.qdc"
    write_qdc(codebook, path)
    assert read_qdc(path) == codebook


def test_written_codebooks_follow_the_specification_and_have_the_same_guids_each_time(tmp_path: Path) -> None:
    for name in ("a.qdc", "b.qdc"):
        write_qdc(CODEBOOK, tmp_path / name)
    assert (tmp_path / "a.qdc").read_bytes() == (tmp_path / "b.qdc").read_bytes()
    root = ET.parse(tmp_path / "a.qdc").getroot()
    space = "{urn:QDA-XML:codebook:1.0}"
    assert root.tag == f"{space}CodeBook"
    codes = list(root.iter(f"{space}Code"))
    assert len({code.get("guid") for code in codes}) == len(codes)
    assert {code.get("isCodable") for code in codes} == {"true"}
    assert all(code[0].tag == f"{space}Description" for code in codes)
    with pytest.raises(StudyError, match="already there"):
        write_qdc(CODEBOOK, tmp_path / "a.qdc")


def test_a_foreign_codebook_gives_domains_and_leaves_nothing_out(tmp_path: Path) -> None:
    path = tmp_path / "b.qdc"
    path.write_text(CODES.replace("<CodeBook>", '<CodeBook xmlns="urn:QDA-XML:codebook:1:0">').strip())
    codebook = read_qdc(path)
    assert [(one.name, one.codes) for one in codebook.domains] == [
        ("location", ("germany", "germany.berlin", "georgia")), ("other", ("left", "theory"))]
    assert codebook.domain("location").definition == "Where the person lives."


def test_a_codebook_without_codes_is_refused(tmp_path: Path) -> None:
    (tmp_path / "b.qdc").write_text('<CodeBook xmlns="urn:QDA-XML:codebook:1.0"><Codes/></CodeBook>')
    with pytest.raises(StudyError, match="there are no codes in it"):
        read_qdc(tmp_path / "b.qdc")


def test_marks_that_somebody_changed_are_refused_plainly(tmp_path: Path) -> None:
    write_qdc(CODEBOOK, tmp_path / "b.qdc")
    text = (tmp_path / "b.qdc").read_text()
    for old, new in (('"code": "berlin"', '"code": "Berlin!"'), ('"rank": 4.0', '"rank": "x"')):
        (tmp_path / "c.qdc").write_text(text.replace(old, new))
        with pytest.raises(StudyError, match=r"c\.qdc: its codes make no codebook"):
            read_qdc(tmp_path / "c.qdc")


def test_a_team_that_codes_with_our_codebook_needs_no_mapping(tmp_path: Path) -> None:
    write_qdc(CODEBOOK, tmp_path / "b.qdc")
    export = read_export(tmp_path / "b.qdc")
    mapping = exact_mapping(export, CODEBOOK)
    berlin = Rule(domain="location", state="germany.berlin")
    assert mapping.rule_for(("Location", "Germany", "Berlin"))[0] == berlin
    assert mapping.rule_for(("Events", "Arrest"))[0] == Rule(event="arrest")
    assert mapping.rule_for(("Attributes", "Gender", "Woman"))[0] == Rule(attribute="gender")
    host = Rule(tie={"counterpart": "host_ngo"})
    assert mapping.rule_for(("Support", "Counterpart", "host ngo"))[0] == host
    lines = suggest_mapping(export, CODEBOOK).split("codes:")[1].splitlines()
    assert not [line for line in lines if line.startswith("  #")]


def test_the_draft_holds_equal_names_and_asks_about_others(tmp_path: Path) -> None:
    rows = [f"●,,RU-001,{code},1,1,0,x,T," for code in (
        "Location > Germany", "Location > Georgai", "Location > Moon", "Legal status > Protection",
        "First departure", "Humour > Irony", "When > 2022-03", "When > 2023", 'Protection: "odd" # name')]
    path = write_csv(tmp_path / "e.csv", [row.replace('"odd"', "odd") for row in rows])
    draft = suggest_mapping(read_export(path), CODEBOOK)
    for line in ('  code: "When"   # its sub-codes are dates',
                 '  "Location": {domain: location}   # 0 segments',
                 '  "Location > Germany": {domain: location, state: germany}   # 1 segment',
                 '  # "Location > Georgai": {domain: location, state: georgia}   # 1 segment; '
                 "is it 'Georgia'?",
                 '  # "Location > Moon": {}   # 1 segment; the codebook has nothing like it',
                 '  "First departure": {event: departure}   # 1 segment',
                 '  # "Humour": {}   # 0 segments; the codebook has nothing like it'):
        assert line in draft.splitlines()
    mapping = mapping_in(draft, "draft")
    assert mapping.dates.code == "When"
    assert mapping.rule_for(("Location", "Georgai"))[0] == Rule(domain="location")


@settings(max_examples=80, deadline=None)
@example([["NULL", ""]], False)
@example([["0"], ["0\x08"]], False)
@given(st.lists(st.lists(st.text(max_size=8), min_size=1, max_size=3), max_size=5), st.booleans())
def test_every_draft_is_a_mapping(codes: list[list[str]], known: bool) -> None:
    from trajectories.coding.qda.segments import Export, Segment, Variable

    found = tuple(Segment("e", i, "D", tuple(code)) for i, code in enumerate(codes))
    paths = {tuple(code[:length]): "" for code in codes for length in range(1, len(code) + 1)}
    variables = tuple(Variable("e", 1, "D", code[0], "x") for code in codes)
    mapping_in(suggest_mapping(Export("e", found, variables, paths), CODEBOOK if known else None), "draft")


def test_the_whole_way_without_a_codebook(tmp_path: Path) -> None:
    inside = source(coded("c-ber", 0, 4, "@2022/..") + coded("c-left", 5, 9, "@2022"), "some text here")
    path = write_qdpx(tmp_path / "p.qdpx", project(inside))
    draft = suggest(path)
    assert '"Location": {domain: location}' in draft
    (tmp_path / "mapping.yaml").write_text(draft.replace('# "Left"', '"Left"'))
    conversion = convert_qda(path, mapping=tmp_path / "mapping.yaml", codebook=None, out=tmp_path / "study")
    study = read_study(tmp_path / "study")
    assert (study.ids, len(study.episodes), len(study.events)) == (("RU-001 interview",), 1, 1)
    assert study.episodes[0].state == "germany.berlin"
    assert study.codebook.domain("location").state("germany.berlin").label == "Berlin"
    assert conversion.folder == tmp_path / "study"
    assert "some text" not in "".join(file.read_text() for file in (tmp_path / "study").iterdir())


def test_the_whole_way_with_a_codebook_and_no_mapping(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "e.csv", ["●,,RU-001,Location > Germany,1,1,0,x,Tea Gogol,@2022/..",
                                          "●,,RU-001,Legal status > Protection,2,2,0,x,Tea Gogol,"])
    write_qdc(CODEBOOK, tmp_path / "b.qdc")
    conversion = convert_qda(path, mapping=None, codebook=tmp_path / "b.qdc", out=tmp_path / "study",
                             quotes=True)
    assert (conversion.counts["episode"], conversion.counts["todo"]) == (1, 1)
    assert read_study(tmp_path / "study", quotes=True).episodes[0].quote == "x"


def test_without_mapping_and_codebook_the_way_out_is_told(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "e.csv", ["●,,RU-001,A,1,1,0,x,T,"], ENGLISH)
    with pytest.raises(SettingError, match=r"trajectories convert e\.csv --suggest"):
        convert_qda(path, mapping=None, codebook=None, out=tmp_path / "s")
    (tmp_path / "m.yaml").write_text("codes: {A: {event: a}}")
    with pytest.raises(SettingError, match="gives no code a domain"):
        convert_qda(path, mapping=tmp_path / "m.yaml", codebook=None, out=tmp_path / "s")
    (tmp_path / "m.yaml").write_text("codes:\n  A: {domian: a}")
    with pytest.raises(SettingError, match=r"m\.yaml:2:.*Did you mean 'domain'"):
        convert_qda(path, mapping=tmp_path / "m.yaml", codebook=None, out=tmp_path / "s")


def test_a_draft_without_a_codebook_knows_what_leaving_is_called(tmp_path: Path) -> None:
    rows = ["●,,RU-1,Ausreise,1,1,0,x,T,@2022", "●,,RU-1,Verhaftung,2,2,0,x,T,@2021"]
    draft = suggest_mapping(read_export(write_csv(tmp_path / "export.csv", rows)))
    assert '  "Ausreise": {event: departure}   # 1 segment\n' in draft
    assert '  # "Verhaftung": {event: verhaftung}   # 1 segment; is it an event?\n' in draft
