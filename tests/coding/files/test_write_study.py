"""A study written anew in any form is the same study."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.coding.material import MATERIAL, changed
from trajectories.coding.biography import Source
from trajectories.coding.checking.check import check
from trajectories.coding.files.read_study import read_study
from trajectories.coding.files.workbook import workbook_in
from trajectories.coding.files.write_study import TableForm, write_study
from trajectories.coding.files.write_workbook import workbook_bytes
from trajectories.coding.study import Study
from trajectories.errors import SettingError, StudyError

FORMS: tuple[TableForm, ...] = ("csv", "xlsx", "parquet")


def without_places(study: Study) -> tuple[object, ...]:
    """Everything that is coded, without the files and lines it was read from."""

    def bare(one: object) -> str:
        source = getattr(one, "source")  # noqa: B009
        here = Source("", 0, source.document, source.paragraph)
        return repr(changed(one, source=here))

    codings = (study.people, study.episodes, study.events, study.ties)
    return (study.title, study.codebook, study.cohorts, study.dates, study.context_events,
            *(sorted(map(bare, coded)) for coded in codings))


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("quotes", [True, False])
@pytest.mark.parametrize("name", ["valid", "one_person", "semicolon_bom_csv"])
def test_written_and_read_again_it_is_the_same(
    tmp_path: Path, name: str, form: TableForm, quotes: bool
) -> None:
    study = read_study(MATERIAL / name, quotes=quotes)
    names = write_study(study, tmp_path / "again", form)
    again = read_study(tmp_path / "again", quotes=True)
    assert sorted(names) == sorted(p.name for p in (tmp_path / "again").iterdir())
    expected = study if quotes else replace(
        study, episodes=tuple(e._replace(quote="") for e in study.episodes),
        events=tuple(replace(e, quote="") for e in study.events),
        ties=tuple(replace(t, quote="") for t in study.ties))
    assert without_places(again) == without_places(expected)
    assert {p.what for p in check(again)} <= {p.what for p in check(study)}


def test_nothing_is_overwritten_and_nothing_is_lost_in_silence(tmp_path: Path) -> None:
    study = read_study(MATERIAL / "valid")
    write_study(study, tmp_path)
    with pytest.raises(StudyError, match=r"are already there, and nothing is overwritten"):
        write_study(study, tmp_path)
    with pytest.raises(StudyError, match=r"could not be read and would be lost; correct it first"):
        write_study(read_study(MATERIAL / "bad_dates"), tmp_path / "bad")
    assert not (tmp_path / "bad").exists()


@given(st.lists(st.lists(st.text(max_size=8), min_size=1, max_size=4), max_size=4))
def test_a_workbook_gives_back_every_text(rows: list[list[str]]) -> None:
    (read,) = workbook_in(workbook_bytes({"a&b": rows}), "x.xlsx").values()
    clean = [[cell.replace("\x00", "") for cell in row] for row in rows]
    found = {row.number: list(row.texts) for row in read}
    for number, row in enumerate(clean, start=1):
        while row and row[-1] == "":
            row.pop()
        assert found.get(number, []) == row
    assert all(cell.kind == "text" for row in read for cell in row.cells)


def test_excel_itself_finds_text_cells() -> None:
    from openpyxl import load_workbook

    raw = workbook_bytes({"persons": [["id", "birth"], ["P1", "2022-03"]]})
    sheet = load_workbook(io.BytesIO(raw))["persons"]
    assert (sheet["B2"].value, sheet["B2"].number_format) == ("2022-03", "@")
    assert raw == workbook_bytes({"persons": [["id", "birth"], ["P1", "2022-03"]]})
    with pytest.raises(SettingError, match=r"s!A1 would hold 40,000 characters; Excel allows 32,767"):
        workbook_bytes({"s": [["x" * 40_000]]})
