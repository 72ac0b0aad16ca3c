"""The worked example of docs/dates.md is what the library does."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest

from trajectories.coding.dating.chronology import event_day
from trajectories.coding.files.read_study import read_study
from trajectories.coding.study import DateSettings, Study
from trajectories.comparison.cohorts import cohorts
from trajectories.sequences.draws import draw_dates, state_probabilities
from trajectories.sequences.grid import Grid

PAGE = (Path(__file__).parents[2] / "docs" / "dates.md").read_text(encoding="utf-8")
SETTINGS, LIFE = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
STUDY = """title: Worked example
biographies: RU-017.yaml
cohorts:
  binary_2022: {label: Two, event: departure, cuts: [2022-02-24], labels: [before, from]}
"""
CODEBOOK = """title: Worked example
domains:
  location: {label: Location, states: {origin: Origin, georgia: Georgia, germany: Germany}}
  legal: {label: Legal status, states: {home: At home, short_stay: Short stay, pending: Pending}}
events: {departure: {label: Departure}, application: {label: Application}, decision: {label: Decision}}
"""


@pytest.fixture
def study(tmp_path: Path) -> Study:
    for name, text in (("study.yaml", STUDY), ("codebook.yaml", CODEBOOK), ("RU-017.yaml", LIFE)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return read_study(tmp_path)


def test_probabilities_of_the_page(study: Study) -> None:
    table = state_probabilities(study, Grid(start="2022-01", end="2022-04"), draw_dates(study, draws=50))
    found = [f"{p:.2f}" for p in table.sort_values(["domain", "state", "position"])["probability"]]
    rows = re.findall(r"^\| (?:location|legal|) ?\| (\w+) \|(.*)\|$", PAGE, re.MULTILINE)
    printed = {state: re.findall(r"\d\.\d\d", cells) for state, cells in rows}
    ordered = ["home", "short_stay", "georgia", "germany", "origin"]
    assert found == [cell for state in ordered for cell in printed[state]]


def test_cohorts_of_the_page(study: Study) -> None:
    biography, cut = study.biography("RU-017"), dt.date(2022, 2, 24).toordinal()
    assert event_day(biography, "departure") == dt.date(2022, 2, 14).toordinal()
    days = [draw.event_day(biography, "departure") or 0 for draw in draw_dates(study, draws=4000)]
    assert round(sum(day < cut for day in days) / 4000, 2) == pytest.approx(0.68, abs=0.011)
    assert round(cohorts(study, "binary_2022").probabilities[0, 0], 2) == 0.65


def test_settings_of_the_page(tmp_path: Path, study: Study) -> None:
    (tmp_path / "study.yaml").write_text(STUDY + SETTINGS, encoding="utf-8")
    dates = read_study(tmp_path).dates
    assert dates != DateSettings() == study.dates
    assert dates.widths.approximate == (7, 2, 1, 24)
    assert dates.before == (("application", "decision"),)
