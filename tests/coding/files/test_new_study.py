"""A study to start from: clean, never written over, completed by editors from schemas that fit the reader."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from tests.coding.material import MATERIAL
from trajectories.coding.checking.check import check
from trajectories.coding.codebook import Codebook
from trajectories.coding.files.biography_schema import biography_schema
from trajectories.coding.files.editor_schemas import settings_schema, write_schemas
from trajectories.coding.files.new_study import codebook_of, new_person, new_study
from trajectories.coding.files.read_study import read_study
from trajectories.coding.study import StudyFile
from trajectories.errors import SettingError, TrajectoriesError
from trajectories.plan import Plan

ROOT = Path(__file__).parents[3]


class _Yaml(yaml.SafeLoader):
    """YAML as editors read it: numbers and truth values, days left as text."""


_Yaml.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in found if not tag.endswith(":timestamp")]
    for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def loaded(text: str) -> Any:
    return yaml.load(text, Loader=_Yaml)


def refusals(schema: dict[str, Any], text: str) -> list[str]:
    validator = jsonschema.Draft7Validator(schema, format_checker=jsonschema.FormatChecker())
    return [error.message for error in validator.iter_errors(loaded(text))]


@pytest.fixture(name="made", scope="module")
def _made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("new") / "my_study"
    new_study(folder)
    write_schemas(folder, codebook_of(folder), Plan)
    return folder


class TestNewStudy:
    """``trajectories new``."""

    def test_it_is_clean_and_says_what_it_is(self, made: Path) -> None:
        study = read_study(made)
        assert study.title == "My study"
        assert check(study).found == ()
        assert Plan.read(made / "plan.yaml").grid.since == "departure"

    def test_the_example_shows_every_form_of_date(self, made: Path) -> None:
        written = (made / "biographies" / "P-001.yaml").read_text(encoding="utf-8")
        for form in ("1988~", "2022-03-05", "2022-24", "2023-08?", "2021%", "201X", "2021-11-XX", "/..",
                     "../", "2022-04/}", "2023-37", "end: .."):  # fmt: skip
            assert form in written

    def test_nothing_is_written_over(self, made: Path) -> None:
        before = {path: path.read_bytes() for path in made.rglob("*") if path.is_file()}
        with pytest.raises(SettingError, match=r"already has study\.yaml, codebook\.yaml"):
            new_study(made)
        assert {path: path.read_bytes() for path in made.rglob("*") if path.is_file()} == before

    def test_a_folder_with_other_things_is_fine(self, tmp_path: Path) -> None:
        (tmp_path / "transcripts").mkdir()
        assert len(new_study(tmp_path)) == 5

    def test_a_folder_that_cannot_be_made(self, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("")
        with pytest.raises(SettingError, match="cannot be written"):
            new_study(tmp_path / "file" / "study")

    @pytest.mark.parametrize("name", ["a: b", "#1", "Ёлка", "-", "'quoted\"", "no"])
    def test_any_name_of_a_folder(self, tmp_path: Path, name: str) -> None:
        new_study(tmp_path / name)
        assert check(read_study(tmp_path / name)).found == ()


class TestNewPerson:
    """``trajectories new-person``."""

    def test_it_can_be_read_and_names_what_is_missing(self, tmp_path: Path) -> None:
        new_study(tmp_path)
        write_schemas(tmp_path, codebook_of(tmp_path), Plan)
        path = new_person(tmp_path, "P-002")
        assert path == tmp_path / "biographies" / "P-002.yaml"
        text = path.read_text(encoding="utf-8")
        first = "# yaml-language-server: $schema=../.schemas/biography.schema.json"
        assert text.startswith(f"{first}\nid: P-002\n")
        assert "origin_country:    # russia, azerbaijan" in text
        problems = check(read_study(tmp_path))
        assert {problem.rule for problem in problems} == {"no_episodes", "missing_event"}

    @pytest.mark.parametrize(
        "person", ["P-001", "p-001", "../x", "", ".", "a/b", "a b", "a:b", "-a", "x" * 90, "a."]
    )
    def test_ids_that_cannot_be(self, tmp_path: Path, person: str) -> None:
        new_study(tmp_path)
        before = sorted(tmp_path.rglob("*"))
        with pytest.raises(SettingError):
            new_person(tmp_path, person)
        assert sorted(tmp_path.rglob("*")) == before

    @pytest.mark.parametrize("person", ["null", "007", "2022-03-05", "yes", "Ж-1", "1.5"])
    def test_ids_that_look_like_something_else(self, tmp_path: Path, person: str) -> None:
        new_study(tmp_path)
        new_person(tmp_path, person)
        assert person in read_study(tmp_path).ids

    def test_a_study_of_tables_alone_says_what_to_add(self) -> None:
        with pytest.raises(SettingError, match=r"Add: biographies: biographies/\*\.yaml"):
            new_person(MATERIAL / "semicolon_bom_csv", "X-1")

    def test_a_file_that_is_there_is_not_touched(self, tmp_path: Path) -> None:
        new_study(tmp_path)
        (tmp_path / "biographies" / "Q.yaml").write_text("id: R\n")
        with pytest.raises(SettingError, match="it was not touched"):
            new_person(tmp_path, "Q")


class TestSchemas:
    """What editors are told agrees with what the reader takes."""

    @pytest.mark.parametrize("name", ["study", "codebook", "plan"])
    def test_the_new_files_fit_their_schemas(self, made: Path, name: str) -> None:
        schema = json.loads((made / ".schemas" / f"{name}.schema.json").read_text(encoding="utf-8"))
        jsonschema.Draft7Validator.check_schema(schema)
        text = (made / f"{name}.yaml").read_text(encoding="utf-8")
        assert refusals(schema, text) == []
        assert text.startswith(f"# yaml-language-server: $schema=.schemas/{name}.schema.json\n")

    def test_the_example_fits_the_schema_of_its_codebook(self, made: Path) -> None:
        schema = json.loads((made / ".schemas" / "biography.schema.json").read_text(encoding="utf-8"))
        jsonschema.Draft7Validator.check_schema(schema)
        path = made / "biographies" / "P-001.yaml"
        assert refusals(schema, path.read_text(encoding="utf-8")) == []
        first = "# yaml-language-server: $schema=../.schemas/biography.schema.json\n"
        assert path.read_text(encoding="utf-8").startswith(first)

    def test_states_have_their_definitions(self, made: Path) -> None:
        schema = biography_schema(codebook_of(made))
        episode = schema["properties"]["episodes"]["properties"]["legal"]["items"]
        state = episode["properties"]["state"]
        told = dict(zip(state["enum"], state["enumDescriptions"], strict=True))
        assert told["short_stay"] == "Short stay: Stays without a visa or on a short one."
        assert told["temporary.ikamet"] == "Ikamet (Turkey)"

    @pytest.mark.parametrize("folder", ["sample_data", "tests/material/valid", "tests/material/one_person"])
    def test_every_sound_file_at_hand_fits(self, folder: str) -> None:
        place = ROOT / folder
        for name, model in (("study.yaml", StudyFile), ("codebook.yaml", Codebook)):
            assert refusals(settings_schema(model), (place / name).read_text(encoding="utf-8")) == []
        schema = biography_schema(codebook_of(place))
        lives = sorted((place / "biographies").glob("*.yaml"))
        assert {path.name: refusals(schema, path.read_text(encoding="utf-8")) for path in lives} == {
            path.name: [] for path in lives
        }
        assert lives

    @pytest.mark.parametrize(
        "date", ["2022", "2022-03-05", "2022-21", "2022-03~", "~2022-03", "2022-~01", "201X", "2021-11-XX",
                 '"[2022-02..2022-05]"', '"[2022-02,2022-05]"', "..", ""]
    )  # fmt: skip
    def test_every_form_of_date_fits(self, made: Path, date: str) -> None:
        schema = biography_schema(codebook_of(made))
        stretch = date.strip('"') + "/.."
        text = f"id: A\nbirth: {date}\nepisodes: {{location: [{{state: origin, when: '{stretch}'}}]}}"
        assert refusals(schema, text) == []

    def test_the_plans_at_hand_fit(self) -> None:
        for path in (ROOT / "sample_data" / "plan.yaml", MATERIAL / "plans" / "small.yaml"):
            assert refusals(settings_schema(Plan), path.read_text(encoding="utf-8")) == []
        assert refusals(settings_schema(Plan), Plan().yaml()) == []

    @pytest.mark.parametrize(
        "wrong",
        [
            "birth: 1989",
            "id: A\nepisodes: {location: [{state: germny, when: 2020/..}]}",
            "id: A\nepisodes: {location: [{when: 2020/..}]}",
            "id: A\nepisodes: {place: []}",
            "id: A\nepisodes: {location: [{state: origin, when: March 2020/..}]}",
            "id: A\nepisodes: {location: [{state: origin, when: 2020-03}]}",
            "id: A\nepisodes: {location: [{state: origin, when: 2020/.., start: 2020}]}",
            "id: A\nepisodes: {location: [{state: origin, when: 2020/.., confidence: hihg}]}",
            "id: A\nepisodes: {location: [{state: origin, when: 2020/.., source: interview}]}",
            "id: A\nepisodes: {location: {state: origin}}",
            "id: A\nevents: [{event: depature, when: 2020}]",
            "id: A\nattributes: {origin_country: rusia}",
            "id: A\nattributes: {hobby: chess}",
            "id: A\nties: [{direction: recieved, resource: housing}]",
            "id: A\nbirthday: 1989",
        ],
    )
    def test_what_the_reader_complains_of_the_schema_refuses(self, made: Path, wrong: str) -> None:
        assert refusals(biography_schema(codebook_of(made)), wrong) != []

    @pytest.mark.parametrize(
        ("model", "wrong"),
        [
            (StudyFile, "codebook: c.yaml"),
            (StudyFile, "title: T\nbigraphies: x"),
            (StudyFile, "title: T\ndates: {point: middle}"),
            (StudyFile, "title: T\ncohorts: {a: {label: A, cuts: [24.02.2022], labels: [a, b]}}"),
            (StudyFile, "title: T\ntables: {people: p.csv}"),
            (Codebook, "title: T"),
            (Codebook, "domains: {}"),
            (Codebook, "domains: {Place: {label: P, states: {a: A}}}"),
            (Codebook, "domains: {place: {label: P, states: {a: {label: A, colour: red}}}}"),
            (Codebook, "domains: {place: {label: P, states: {a: {label: A, rank: high}}}}"),
            (Codebook, "domains: {place: {label: P, states: {a: {label: A, color: '#000000'}}}}"),
            (Plan, "types: {k: many}"),
            (Plan, "measure: {name: optimal}"),
            (Plan, "typs: {k: 4}"),
        ],
    )
    def test_settings_that_are_refused_do_not_fit(self, tmp_path: Path, model: Any, wrong: str) -> None:
        from trajectories.coding.files.settings_file import read_settings

        (tmp_path / "wrong.yaml").write_text(wrong)
        with pytest.raises(TrajectoriesError):
            read_settings(tmp_path / "wrong.yaml", model)
        assert refusals(settings_schema(model), wrong) != []

    @pytest.mark.parametrize(
        ("model", "short"),
        [
            (StudyFile, "title: 2022\nbiographies: [a/*.yaml, b/*.yaml]\ntables: study.xlsx\nplan:"),
            (StudyFile, "title: T\ncohorts: {a: {label: A, cuts: [2022-02-24], labels: [1, 2], "
                        "where: {g: 1}}}"),
            (Codebook, "domains: {a: {label: A, states: {x: X, y: {label: Y, only_in: z}}}, b: {label: B, "
                       "fill_limit: 2, states: {z: 1}}}\nattributes: {g: {label: G, values: [1, 2]}}"),
            (Plan, "people: {where: {gender: woman}}\nmeasure: {indel: 1.5, weights: {location: 2}}\ngrid:"),
        ],
    )  # fmt: skip
    def test_short_forms_that_the_reader_takes_fit(self, tmp_path: Path, model: Any, short: str) -> None:
        from trajectories.coding.files.settings_file import read_settings

        (tmp_path / "short.yaml").write_text(short)
        read_settings(tmp_path / "short.yaml", model)
        assert refusals(settings_schema(model), short) == []

    def test_fields_are_described_in_the_words_of_the_models(self) -> None:
        told = settings_schema(StudyFile)["properties"]["second_coding"]["description"]
        assert told.startswith("Folder in which a second coder")
        assert settings_schema(Codebook)["definitions"]["State"]["properties"]["only_in"]["description"]
