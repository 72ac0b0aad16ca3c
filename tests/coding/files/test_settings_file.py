from __future__ import annotations

from pathlib import Path
from typing import Literal

import pytest
from pydantic import Field

from tests.coding.material import MATERIAL
from trajectories.coding.files.settings_file import read_settings
from trajectories.coding.study import StudyFile
from trajectories.errors import SettingError
from trajectories.settings import Settings


class Clock(Settings):
    step: Literal["month", "year"] = "month"
    before: int = Field(default=12, ge=0)


class Analysis(Settings):
    title: str = ""
    clock: Clock = Field(default_factory=Clock)
    indel: float | Literal["auto"] = "auto"
    k: tuple[int, int] = (2, 10)
    weights: dict[str, float] = Field(default_factory=dict)
    complete: bool = True


def written(folder: Path, text: str) -> Path:
    path = folder / "plan.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_reads_values_as_the_settings_need_them(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "title: 2022\nclock: {before: 24}\nindel: 0.5\nk: [3, 5]\nweights: {location: 2}\ncomplete: false\n",
    )
    assert read_settings(path, Analysis) == Analysis(
        title="2022", clock=Clock(before=24), indel=0.5, k=(3, 5), weights={"location": 2.0}, complete=False
    )


def test_keys_left_empty_keep_their_defaults(tmp_path: Path) -> None:
    assert read_settings(written(tmp_path, "clock:\nk: ~\n"), Analysis) == Analysis()
    assert read_settings(written(tmp_path, ""), Analysis) == Analysis()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("titel: x\n", ":1: there is no key 'titel' here. There may be title, clock, indel, k, weights, "
                       "complete. "
         "Did you mean 'title'?"),
        ("title: x\nclock:\n  stap: year\n", ":3: there is no key 'stap' here. There may be step, before. "
         "Did you mean 'step'?"),
        ("clock: {step: "
         "yaer}\n", ":1: clock.step may be 'month' or 'year'; it is 'yaer'. Did you mean 'year'?"),
        ("clock:\n  before: many\n", ":2: clock.before must be a whole number; it is 'many'."),
        ("clock:\n  before: -1\n", ":2: clock.before must be greater than or equal to 0; it is '-1'."),
        ("clock: month\n", ":1: clock must be keys with values, indented below it; it is 'month'."),
        ("indel: some\n", ":1: indel must be a number; it is 'some'."),
        ("k: 4\n", ":1: k must be a list ([a, b] or lines that begin with '-'); it is '4'."),
        ("weights: {location: heavy}\n", ":1: weights.location must be a number; it is 'heavy'."),
        ("weights: {location: '2,5'}\n", ":1: weights.location must be a number; it is '2,5'. Write it with "
                                         "a point: 2.5."),
        ("complete: perhaps\n", ":1: complete must be true or false; it is 'perhaps'."),
        ("- a\n", ":1: this file must hold keys with values ('title: ...'), not a list."),
        ("just words\n", ":1: this file must hold keys with values ('title: ...'), not text alone."),
        ("a: [\n", ":2: this is not valid YAML (did not find expected node content). Check the "
                   "indentation and "
         "the brackets here and in the line before; put text with ': ' or ' #' in quotes."),
    ],
)  # fmt: skip
def test_refuses_with_file_and_line(tmp_path: Path, text: str, message: str) -> None:
    path = written(tmp_path, text)
    with pytest.raises(SettingError) as refused:
        read_settings(path, Analysis)
    assert str(refused.value) == f"{path}{message}"


def test_tells_everything_at_once_in_order_of_lines(tmp_path: Path) -> None:
    path = written(tmp_path, "complete: perhaps\nclock:\n  before: many\n  stap: year\n")
    with pytest.raises(SettingError) as refused:
        read_settings(path, Analysis)
    places = [line.split(": ")[0] for line in str(refused.value).splitlines()]
    assert places == [f"{path}:1", f"{path}:3", f"{path}:4"]


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match="there is no such file"):
        read_settings(tmp_path / "plan.yaml", Analysis)


def test_the_settings_of_a_study() -> None:
    study = read_settings(MATERIAL / "valid" / "study.yaml", StudyFile)
    assert study.biographies == ("biographies/*.yaml",)
    assert study.cohorts["binary_2022"].cuts[0].isoformat() == "2022-02-24"


def test_text_after_a_comma_without_quotation_marks_is_no_empty_key(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match="there is no key 'and no more' here"):
        read_settings(written(tmp_path, "clock: {step: month, and no more}\n"), Analysis)
