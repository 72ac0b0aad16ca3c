"""From segments to a study: every segment has a fate, and the study can be read."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.coding.qda.material import CODEBOOK, MAPPING
from trajectories.coding.checking.check import check
from trajectories.coding.files.read_study import read_quotes, read_study
from trajectories.coding.qda.conversion import Conversion, convert
from trajectories.coding.qda.mapping import Mapping
from trajectories.coding.qda.segments import Export, Segment, Variable
from trajectories.coding.qda.study_folder import to_study_folder
from trajectories.errors import SettingError, StudyError


def segment(code: str, comment: str = "", place: str = "", **more: object) -> Segment:
    path = tuple(step for step in code.split(" > ") if step)
    return Segment("e.xlsx", 2, str(more.pop("document", "interview RU-001")), path, place=place,
                   paragraph="12", comment=comment, **more)  # type: ignore[arg-type]


def converted(
    *segments: Segment, mapping: Mapping = MAPPING, variables: tuple[Variable, ...] = ()
) -> Conversion:
    return convert(Export("e.xlsx", segments, variables), mapping, CODEBOOK)


def fate(*segments: Segment, mapping: Mapping = MAPPING) -> tuple[str, dict[str, str], str]:
    first = converted(*segments, mapping=mapping).fates[0]
    return first.kind, {key: value for key, value in first.row if value}, first.why


def test_a_state_by_the_names_below_its_domain() -> None:
    kind, row, _ = fate(segment("Location > Germany > Berlin", "@2022-03~/2022-09 #dep1 !low"))
    assert (kind, row) == ("episode", {"domain": "location", "state": "germany.berlin", "start": "2022-03~",
                                       "end": "2022-09", "event_id": "dep1", "confidence": "low"})


def test_a_state_by_a_rule_of_its_own_and_names_that_differ_in_case_only() -> None:
    assert fate(segment("STATUS > asylum  granted", "@2022/.."))[1]["state"] == "protection"
    assert fate(segment("Status > short_stay", "@2022/.."))[1]["state"] == "short_stay"


def test_an_event_keeps_its_id_and_finer_codes_as_label() -> None:
    kind, row, _ = fate(segment("Left > by train", "@2022-03 #dep1"))
    assert (kind, row) == ("event", {"event": "departure", "date": "2022-03", "event_id": "dep1",
                                     "label": "by train"})


@pytest.mark.parametrize(("code", "comment", "missing"), [
    ("Location > Germany", "", "a date: write @start/end (or @date for an event) in its comment"),
    ("Location > Germany", "@2022-03",
     "the end: @2022-03 is one date; write @2022-03/.. if it still goes on, @2022-03/ if its end is not"),
    ("Location > Germany", "@2022-13/..",
     "a date that can be read: '2022-13/..': '2022-13': there is no month 13"),
    ("Location > Germany", "@2022/2020",
     "a date that can be read: '2022/2020': it ends (2020) before it starts"),
    ("Location > Germany", "@2022/2023 @2024/..", "one date: it has several (2022/2023, 2024/..)"),
    ("Location > Germany", "@/", "a start or an end: @/ says neither"),
    ("Location > Germany", "@March2022", "a date that can be read: 'March2022' is not a date in EDTF"),
    ("Location", "@2022/..", "a state: only the domain (Location) is coded"),
    ("Location > Germoney", "@2022/..",
     "a state: the codebook's domain 'location' has none called 'Germoney'"),
    ("Left", "", "a date: write @start/end"),
    ("Left", "@2022/2023", "one date: @2022/2023 is a stretch of time, an event has one date"),
    ("Left", "@..", "a date: @.. is none"),
    ("Support > Got", "@2022", "the resource of the tie"),
    ("Support > Lodging", "@2022", "the field of the tie that 'Lodging' belongs to: say so in the mapping"),
    ("Gender", "", "a value: only the attribute (Gender) is coded"),
    ("Gender > Other", "", "a value: attribute 'gender' has none called 'Other'"),
    ("Date > 2022-03", "", "a mapped code on the same passage: this date stands alone"),
])  # fmt: skip
def test_what_is_missing_is_a_question_not_a_loss(code: str, comment: str, missing: str) -> None:
    kind, _, why = fate(segment(code, comment))
    assert kind == "todo"
    assert missing in why


@pytest.mark.parametrize(("single", "start", "end"),
                         [("start", "2022-03", ""), ("during", "2022-03", "2022-03")])
def test_a_single_date_of_a_state_as_the_mapping_says(single: str, start: str, end: str) -> None:
    mapping = MAPPING.model_copy(update={"dates": MAPPING.dates.model_copy(update={"single": single})})
    row = fate(segment("Location > Germany", "@2022-03"), mapping=mapping)[1]
    assert (row["start"], row.get("end", "")) == (start, end)


def test_dates_in_description_and_name_and_as_a_code_beside() -> None:
    for more in ({"description": "@2022/.."}, {"name": "@2022/.."}, {"beside": (("Date", "2022/.."),)}):
        assert fate(segment("Location > Germany", **more))[1]["start"] == "2022"  # type: ignore[arg-type]


def test_a_date_code_dates_the_codes_of_its_passage_and_only_those() -> None:
    found = converted(segment("Location > Germany", place="12"), segment("Date > 2022/..", place="12"),
                      segment("Location > Georgia", place="13"), segment("Theory", place="13"),
                      segment("Date > 2023/..", place="14")).fates
    assert [one.kind for one in found] == ["episode", "beside", "todo", "discarded", "todo"]


def test_a_token_and_a_date_code_that_disagree_are_a_question() -> None:
    found = converted(segment("Location > Germany", "@2021/..", place="1"),
                      segment("Date > 2022/..", place="1"))
    assert found.fates[0].why == "one date: it has several (2021/.., 2022/..)"


def test_codes_of_one_passage_make_one_tie_and_contradictions_make_two() -> None:
    words = [segment("Support > Got", "@2022-04", place="1"), segment("Support > housing", place="1"),
             segment("Support > compatriot", place="1")]
    one = converted(*words)
    assert one.counts == {"episode": 0, "event": 0, "tie": 1, "attribute": 0, "beside": 2, "todo": 0,
                          "discarded": 0}
    assert dict(one.fates[0].row) == {"date": "2022-04", "direction": "received", "resource": "housing",
                                      "counterpart": "compatriot"}
    two = converted(*words, segment("Support > money", place="1"))
    assert [dict(found.row)["resource"] for found in two.fates if found.kind == "tie"] == ["housing", "money"]


def test_whose_life_is_asked_when_the_name_does_not_fit() -> None:
    kind, _, why = fate(segment("Location > Germany", "@2022/..", document="Focus group"))
    assert (kind, why.split(":")[0]) == ("todo", "whose life it is")


def test_people_by_case_group_rename_and_named_group() -> None:
    rule = Mapping.model_validate({"person": {"source": "document", "pattern": "(?P<id>[A-Z]+)[ _]x",
                                              "rename": {"Interview  Anna": "RU-9"}}}).person
    assert rule.id_of("Case", "interview anna", "") == "RU-9"
    assert rule.id_of("Case", "AB_x", "") == "AB"
    assert rule.id_of("Case", "AB", "") == ""
    assert Mapping().person.id_of("", "AB", "G") == "AB"
    assert Mapping().person.id_of("Case", "AB", "G") == "Case"


def test_variables_are_attributes_and_dates_of_people_and_contradictions_are_questions() -> None:
    values = [("Gender", "WOMAN"), ("Gender", "Woman"), ("gender", "Man"), ("Cases:Age", "30-39"),
              ("Born", "1989~"), ("Interviewed", "2023-11-04 00:00:00"), ("Interviewed", "4.11.2023"),
              ("Gender", "x"), ("Shoe", "42")]
    variables = tuple(Variable("e", i, "RU-001", *pair) for i, pair in enumerate(values))
    found = converted(variables=variables)
    assert found.counts == {"episode": 0, "event": 0, "tie": 0, "attribute": 5, "beside": 0, "todo": 3,
                            "discarded": 1}
    missing = [one["missing"].split(":")[0] for one in found.todo]
    assert missing == ["one value", "a date that can be read", "a value"]


def test_ignored_and_unknown_codes_are_listed_with_the_reason() -> None:
    found = converted(segment("Theory > Exit"), segment("Humour"), segment("")).discarded
    assert [(one["code"], one["why"]) for one in found] == [
        ("Theory > Exit", "the mapping ignores this code"), ("Humour", "the mapping does not have this code"),
        ("", "it has no code that could be read")]


def test_a_mapping_that_does_not_fit_the_codebook_is_refused_with_everything_at_once() -> None:
    mapping = Mapping.model_validate({
        "codes": {"A": {"domain": "locaton"}, "B": {"domain": "legal", "state": "protecton"},
                  "C": {"event": "arest"}, "D": {"attribute": "gendr"},
                  "E": {"attribute": "gender", "value": "x"},
                  "F": {"tie": {"resource": "houses"}}}, "variables": {"V": "educaton"}})
    with pytest.raises(SettingError) as refusal:
        converted(mapping=mapping)
    for meant in ("location", "protection", "arrest", "gender", "housing", "education"):
        assert f"Did you mean {meant!r}?" in str(refusal.value)


@pytest.mark.parametrize(("wrong", "said"), [
    ({"codes": {"A": {}}}, "a code means one thing"),
    ({"codes": {"A": {"domain": "x", "event": "y"}}}, "a code means one thing"),
    ({"codes": {"A": {"event": "x", "state": "y"}}}, "a state needs its domain"),
    ({"codes": {"A": {"event": "x", "value": "y"}}}, "a value needs its attribute"),
    ({"codes": {"A > B": {"event": "x"}, "a >  b": {"event": "y"}}}, "is mapped or ignored twice"),
    ({"codes": {"A": {"event": "x"}}, "ignore": ["a"]}, "is mapped or ignored twice"),
    ({"person": {"pattern": "(["}}, "is not a regular expression"),
    ({"separator": " "}, "the separator of code paths cannot be empty"),
    ({"dates": {"single": "guess"}}, "single"),
])  # fmt: skip
def test_mistakes_in_a_mapping_are_told_plainly(wrong: dict[str, object], said: str) -> None:
    with pytest.raises(SettingError, match=said.replace("(", r"\(")):
        Mapping(**wrong)


# --- laws -------------------------------------------------------------------------------------------------

codes = st.sampled_from(["Location > Germany > Berlin", "Location > Georgia", "Location", "Location > Mars",
                         "Left", "Support > Got > housing", "Support > money", "Gender > Woman",
                         "Gender > Man", "Theory", "Nothing", "", "Date > 2022-03", "Date > 2022/2023",
                         "Date"])
comments = st.sampled_from(["", "@2022/..", "@2022-03", "@2023-13", "@2022-03/2022-09 #d1 !low", "hello",
                            "@/"])
segments = st.builds(
    segment, codes, comments, st.sampled_from(["", "1", "2"]),
    document=st.sampled_from(["RU-001", "AZ-002 talk", "nobody", ""]),
)
variables = st.builds(
    Variable, st.just("e"), st.integers(1, 9), st.sampled_from(["RU-001", "nobody"]),
    st.sampled_from(["Gender", "Born", "Shoe"]), st.sampled_from(["Woman", "Man", "1989", "x"]),
)


@settings(max_examples=200, deadline=None)
@given(st.lists(segments, max_size=12), st.lists(variables, max_size=4))
def test_nothing_is_lost(found: list[Segment], values: list[Variable]) -> None:
    conversion = converted(*found, variables=tuple(values))
    assert sum(conversion.counts.values()) == conversion.read == len(found) + len(values)
    assert len(conversion.todo) == conversion.counts["todo"]
    assert len(conversion.discarded) == conversion.counts["discarded"]
    assert all(one["missing"] for one in conversion.todo)
    assert all(one["why"] for one in conversion.discarded)


@settings(max_examples=40, deadline=None)
@given(st.lists(segments, max_size=10), st.lists(variables, max_size=3))
def test_the_study_written_has_every_coding(
    tmp_path_factory: pytest.TempPathFactory, found: list[Segment], values: list[Variable]
) -> None:
    folder = tmp_path_factory.mktemp("converted") / "study"
    conversion = to_study_folder(Export("e", tuple(found), tuple(values)), MAPPING, CODEBOOK, folder)
    study = read_study(folder)
    assert study.codebook == CODEBOOK
    assert (len(study.episodes), len(study.events), len(study.ties)) == tuple(
        conversion.counts[kind] for kind in ("episode", "event", "tie"))
    assert set(study.ids) == set(conversion.people)
    assert not [problem for problem in check(study) if problem.severity == "error" and problem.rule in
                ("unknown_state", "unknown_domain", "unknown_event", "stranger", "date", "missing_value")]
    for name, count in (("todo", conversion.counts["todo"]), ("discarded", conversion.counts["discarded"])):
        with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            assert len(list(csv.DictReader(file))) == count


# --- the folder -------------------------------------------------------------------------------------------

def test_codings_keep_document_paragraph_coder_and_the_quote_only_when_read(tmp_path: Path) -> None:
    one = segment("Location > Germany", "@2022/..", coder="Tea Gogol", text="=I left")
    to_study_folder(Export("e", (one,)), MAPPING, CODEBOOK, tmp_path / "s")
    study = read_study(tmp_path / "s")
    (episode,) = study.episodes
    assert (episode.source.document, episode.source.paragraph) == ("interview RU-001", "12")
    assert episode.coder == "TG"
    assert list(read_quotes(study, "RU-001").values()) == ["'=I left"]


def test_coders_with_the_same_initials_stay_apart_and_the_mapping_may_name_them(tmp_path: Path) -> None:
    names = ("Tea Gogol", "Tim Gross", "LD", "Max M.", "x@y.z")
    found = [segment("Left", "@2022", coder=name) for name in names]
    mapping = MAPPING.model_copy(update={"coders": {"Max M.": "mm"}})
    to_study_folder(Export("e", tuple(found)), mapping, CODEBOOK, tmp_path / "s")
    coders = sorted(event.coder for event in read_study(tmp_path / "s").events)
    assert coders == ["LD", "TG", "TG2", "X", "mm"]


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    folder = tmp_path / "s"
    folder.mkdir()
    (folder / "episodes.csv").write_text("mine")
    with pytest.raises(StudyError, match=r"episodes\.csv is already there, and nothing is overwritten"):
        to_study_folder(Export("e"), MAPPING, CODEBOOK, folder)
    assert [path.name for path in folder.iterdir()] == ["episodes.csv"]
    (tmp_path / "file").write_text("")
    with pytest.raises(StudyError, match="this is a file; a study is a folder"):
        to_study_folder(Export("e"), MAPPING, CODEBOOK, tmp_path / "file")


def test_cells_that_a_spreadsheet_would_run_are_made_harmless(tmp_path: Path) -> None:
    strange = segment("=HYPERLINK(1)", document="@RU-001")
    to_study_folder(Export("e", (strange,)), MAPPING, CODEBOOK, tmp_path / "s")
    row = (tmp_path / "s" / "discarded.csv").read_text().splitlines()[1]
    assert "'@RU-001" in row
    assert "'=HYPERLINK(1)" in row


def test_the_conversion_says_what_became_of_everything() -> None:
    found = converted(segment("Left", "@2022"), segment("Left"), segment("Theory"))
    assert repr(found) == ("Conversion of e.xlsx: 3 segments and values read = 0 episodes + 1 event + "
                           "0 ties + 0 attributes + 0 beside them + 1 to do + 1 discarded; 1 person, 0 notes")
    assert list(found.todo_table().columns) == ["file", "row", "document", "paragraph", "person", "code",
                                                "missing"]
