"""The committed sample opens, and the check finds nothing wrong in it and everything in the dirty one."""

from __future__ import annotations

import csv
import itertools

import yaml

from sample_data.generate import HERE
from trajectories.coding.checking.check import check
from trajectories.coding.files.read_study import read_study


def test_the_sample_has_no_errors() -> None:
    study = read_study(HERE / "study.yaml")
    problems = list(check(study))
    assert len(study.people) == 240
    assert [p for p in problems if p.severity == "error"] == []
    assert len(problems) < 50


def test_the_dirty_study_is_full_of_errors() -> None:
    study = read_study(HERE / "dirty" / "study.yaml")
    errors = [p for p in check(study) if p.severity == "error"]
    assert len(errors) >= 10


def test_colours_of_a_domain_can_be_told_apart() -> None:
    domains = yaml.safe_load((HERE / "codebook.yaml").read_text())["domains"]
    for name, domain in domains.items():
        colours = {code: tuple(int(body["colour"][i : i + 2], 16) for i in (1, 3, 5)) for code,
                   body in domain["states"].items()}
        for one, other in itertools.combinations(colours, 2):
            distance = sum((a - b) ** 2 for a, b in zip(colours[one], colours[other], strict=True)) ** 0.5
            assert distance > 35, (name, one, other, distance)


def test_context_events_have_sources() -> None:
    with (HERE / "context_events.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) > 25
    assert all(row["source"] and row["label"] for row in rows)


def test_no_file_reveals_a_machine() -> None:
    for path in HERE.rglob("*"):
        if path.suffix in (".py", ".yaml", ".csv", ".md"):
            assert "/home/" not in path.read_text(encoding="utf-8"), path
