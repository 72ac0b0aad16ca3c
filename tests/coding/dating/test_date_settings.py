"""How far vague dates reach is a setting of the study, and it reaches every date that is read."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from trajectories.coding.dating.dates import USUAL_WIDTHS, parse_date
from trajectories.coding.files.read_study import read_study
from trajectories.coding.study import DateSettings
from trajectories.errors import SettingError

CODEBOOK = """title: Small
domains:
  location: {label: Location, states: {origin: Origin, georgia: Georgia}}
events: {departure: {label: Departure}, decision: {label: Decision}}
attributes: {}
"""
LIFE = """id: P1
birth: 1989~
interview: 2023-11-04
episodes:
  location:
    - {state: origin, when: 1989~/2022-03-05~}
    - {state: georgia, when: 2022-03-05~/..}
events:
  - {event: departure, when: 2022-03?}
  - {event: decision, when: 2022-22%}
"""
CONTEXT = "date,label\n2022-03~,Something\n"


def made(folder: Path, dates: str) -> Path:
    study = f"title: Made\nbiographies: p.yaml\ncontext_events: context.csv\ndates: {dates}\n"
    for name, text in (("study.yaml", study), ("codebook.yaml", CODEBOOK), ("p.yaml", LIFE),
                       ("context.csv", CONTEXT)):  # fmt: skip
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def days(first: str, last: str) -> tuple[int, int]:
    return dt.date.fromisoformat(first).toordinal(), dt.date.fromisoformat(last).toordinal()


def test_usual_widths_are_the_defaults() -> None:
    assert DateSettings().widths == USUAL_WIDTHS


def test_what_is_not_given_stays_as_usual() -> None:
    widths = DateSettings.model_validate({"approximate": {"year": 24}}).widths
    assert widths.approximate == USUAL_WIDTHS.approximate._replace(year=24)
    assert (widths.uncertain, widths.both) == (USUAL_WIDTHS.uncertain, USUAL_WIDTHS.both)


def test_settings_reach_every_date_of_the_study(tmp_path: Path) -> None:
    folder = made(tmp_path, "{approximate: {day: 3, month: 2, year: 0}, uncertain: {month: 0}, "
                            "both: {season: 5}, before: [[departure, decision]]}")  # fmt: skip
    study = read_study(folder)
    assert study.reading_problems == ()
    assert study.dates.before == (("departure", "decision"),)
    (person,), (origin, georgia), (departure, decision) = study.people, study.episodes, study.events
    assert person.birth.window == origin.start.window == days("1989-01-01", "1989-12-31")
    assert origin.end.window == georgia.start.window == days("2022-03-02", "2022-03-08")
    assert departure.date.window == days("2022-03-01", "2022-03-31")
    assert decision.date.window == days("2022-01-01", "2023-01-31")
    assert study.context_events[0].date.window == days("2022-01-01", "2022-05-31")
    assert parse_date("2022-03~").window == days("2022-02-01", "2022-04-30")


def test_an_order_of_events_that_the_codebook_lacks_is_a_problem(tmp_path: Path) -> None:
    (problem,) = read_study(made(tmp_path, "{before: [[departure, desicion]]}")).reading_problems
    assert problem.line == 4
    assert "no event 'desicion'" in problem.what
    assert "decision" in problem.hint


@pytest.mark.parametrize("wrong", [{"approximate": {"month": -1}}, {"approximate": {"week": 1}},
                                   {"before": [["application"]]}])  # fmt: skip
def test_settings_that_make_no_sense_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(SettingError):
        DateSettings(**wrong)  # type: ignore[arg-type]
