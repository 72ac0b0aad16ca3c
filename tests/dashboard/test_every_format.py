"""Whatever format lives come in, the dashboard opens them; where they are too few, it opens and says so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

import trajectories as tj
from dashboard.app import make_app
from dashboard.panes.fill import fill
from dashboard.session import Session
from tests.coding.qda.material import CODES, coded, project, source, write_csv, write_qdpx, write_xlsx
from trajectories.cli.converting import options
from trajectories.cli.converting_own import Told as OwnTold
from trajectories.cli.converting_own import convert_own, draft_table
from trajectories.cli.converting_studies import convert_study
from trajectories.cli.converting_tables import Told, convert_table
from trajectories.coding.files.new_study import new_study
from trajectories.coding.qda.convert import convert_qda
from trajectories.errors import TrajectoriesError
from trajectories.plan import Plan

ROOT = Path(__file__).parents[2]
VALID, FORMAT = ROOT / "tests" / "material" / "valid", ROOT / "tests" / "reference" / "format"
SMALL = ROOT / "tests" / "material" / "plans" / "small.yaml"
MAPPING = "person: {pattern: 'P[0-9]'}\ncodes: {Location: {domain: location}, Left: {event: departure}}\n"
PEOPLE = ("P1", "P2", "P3", "P4")


def yaml(folder: Path) -> Path:
    return VALID


def _tables(form: str) -> Callable[[Path], Path]:
    def made(folder: Path) -> Path:
        convert_study(VALID, form, folder / "s", plan=None, domain=None, quotes=False)
        return folder / "s"

    return made


def _sequences(form: str) -> Callable[[Path], Path]:
    def made(folder: Path) -> Path:
        convert_study(VALID, form, folder / form, plan=SMALL, domain="location", quotes=False)
        told = Told(None if form == "biograph" else "2020-01", length=37 if form == "tse" else None)
        table = folder / form / f"location_{form}.csv"
        convert_table(table, form, folder / "s", "location", told)  # type: ignore[arg-type]
        return folder / "s"

    return made


def traminer_spells(folder: Path) -> Path:
    convert_table(FORMAT / "s60_SPELL.csv", "spell", folder / "s", "state", Told("1990", "year"))
    return folder / "s"


def _qda(export: Callable[[Path], Path]) -> Callable[[Path], Path]:
    def made(folder: Path) -> Path:
        (folder / "mapping.yaml").write_text(MAPPING)
        convert_qda(export(folder), mapping=folder / "mapping.yaml", codebook=None, out=folder / "s")
        return folder / "s"

    return made


def _passages() -> list[tuple[str, str, str]]:
    """Person, code, comment."""
    rows = []
    for i, person in enumerate(PEOPLE):
        month = f"2022-0{i + 2}"
        rows += [(person, "Location > Origin", f"@1980/{month}"), (person, "Left", f"@{month} #d"),
                 (person, f"Location > {'Georgia' if i % 2 else 'Germany'}", f"@{month}/2024-06 #d")]
    return rows


def maxqda(folder: Path) -> Path:
    rows = [[person, code, "1", "1", token] for person, code, token in _passages()]
    head = ["Dokumentname", "Code", "Anfang", "Ende", "Kommentar"]
    return write_xlsx(folder / "s.xlsx", {"Segmente": [head, *rows]})


def atlas(folder: Path) -> Path:
    rows = [[person, code, "1 - 1", token] for person, code, token in _passages()]
    return write_xlsx(folder / "q.xlsx", {"Q": [["Document", "Codes", "Reference", "Comment"], *rows]})


def nvivo(folder: Path) -> Path:
    rows = [",".join([person, "Codes\\\\" + code.replace(" > ", "\\\\"), token])
            for person, code, token in _passages()]  # fmt: skip
    return write_csv(folder / "n.csv", rows, "File name,Hierarchical name,Comment")


def refi(folder: Path) -> Path:
    guids = {"Location > Origin": "c-ori", "Location > Germany": "c-ger", "Location > Georgia": "c-geo",
             "Left": "c-left"}  # fmt: skip
    geo = '<Code guid="c-geo"'
    book = CODES.replace(geo, f'<Code guid="c-ori" name="Origin" isCodable="true"/>{geo}')
    sources = "".join(
        source("".join(coded(guids[code], i, i + 1, token, guid=f"p-{person}-{i}")
                       for i, (who, code, token) in enumerate(_passages()) if who == person),
               "some words of text", guid=f"s-{person}", name=person)
        for person in PEOPLE)  # fmt: skip
    return write_qdpx(folder / "p.qdpx", project(sources, codes=book))


def own_table(folder: Path) -> Path:
    rows = [[person, "Russland", "1980", f"0{i + 2}/2022"] for i, person in enumerate(PEOPLE)]
    rows += [[person, "Georgien" if i % 2 else "Armenien", f"0{i + 2}/2022", "heute"]
             for i, person in enumerate(PEOPLE)]  # fmt: skip
    made = write_xlsx(folder / "t.xlsx", {"Tab": [["Fall", "Land", "von", "bis"], *rows]})
    draft_table(made, folder / "m.yaml", None)
    convert_own(made, folder / "s", folder / "m.yaml", None, OwnTold())
    return folder / "s"


OPENED = {
    "yaml": yaml, "csv": _tables("csv"), "xlsx": _tables("xlsx"), "parquet": _tables("parquet"),
    "sts": _sequences("sts"), "sps": _sequences("sps"), "spell": _sequences("spell"),
    "tse": _sequences("tse"), "biograph": _sequences("biograph"), "traminer_spells": traminer_spells,
    "maxqda": _qda(maxqda), "atlas": _qda(atlas), "nvivo": _qda(nvivo), "refi": _qda(refi),
    "own_table": own_table,
}  # fmt: skip
NO_STUDY = {"dss"}
"""Formats of sequences without time, of which no study can be made."""


def test_no_format_is_forgotten() -> None:
    assert {*options.Origin} - NO_STUDY <= set(OPENED)


@pytest.mark.parametrize("made", [pytest.param(made, id=name) for name, made in OPENED.items()])
def test_it_opens_with_its_lives(made: Callable[[Path], Path], tmp_path: Path,
                                 capsys: pytest.CaptureFixture[str]) -> None:  # fmt: skip
    study = tj.read_study(made(tmp_path))
    capsys.readouterr()
    plan = Plan.read(study.plan_path) if study.plan_path and study.plan_path.is_file() else Plan.read(SMALL)
    session = Session(study, plan)
    board = session.board(session.start)
    assert board.findings.shown.n == len(study.people) >= 4
    assert fill(board, None, 800)["alert"] is None
    client = make_app(study, plan).server.test_client()
    assert [client.get(path).status_code for path in ("/", "/_dash-layout")] == [200, 200]


def _few(people: int) -> tj.Study:
    study = tj.read_study(VALID)
    ids = study.ids[:people]
    return replace(study, people=tuple(one for one in study.people if one.id in ids), plan_path=None,
                   episodes=tuple(one for one in study.episodes if one.person in ids),
                   events=tuple(one for one in study.events if one.person in ids))  # fmt: skip


@pytest.mark.parametrize(("study", "message"), [
    (_few(0), "there is nobody in this study"),
    (_few(1), "Only 1 person can be analysed; types of trajectory need at least 3 lives"),
    (_few(2), "Only 2 people can be analysed; types of trajectory need at least 3 lives"),
    (_few(3), "types.k is 4, but only 3 people are analysed. The only k for them is 2."),
])  # fmt: skip
def test_too_few_lives_are_told_of_in_the_page(study: tj.Study, message: str) -> None:
    plan = Plan(people={"complete": False})
    session = Session(study, plan)
    with pytest.raises(TrajectoriesError, match=message):
        session.board(session.start)
    client = make_app(study, plan).server.test_client()
    assert [client.get(path).status_code for path in ("/", "/_dash-layout")] == [200, 200]


def test_a_new_study_opens(tmp_path: Path) -> None:
    new_study(tmp_path / "s")
    study = tj.read_study(tmp_path / "s")
    client = make_app(study).server.test_client()
    assert client.get("/_dash-layout").status_code == 200
