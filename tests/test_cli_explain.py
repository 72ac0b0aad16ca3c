"""``trajectories explain``: one alignment told in words, and drawn."""

from __future__ import annotations

from pathlib import Path

import pytest

import trajectories as tj
from tests.commands import in_process as trajectories
from tests.test_cli import HEAVY, MATERIAL, PLANS, loaded_by

STUDY = MATERIAL / "valid"
SMALL = PLANS / "small.yaml"


def test_the_steps_are_told_and_drawn(tmp_path: Path) -> None:
    picture = tmp_path / "both.svg"
    done = trajectories("explain", STUDY, "RU-001", "RU-002", "--plan", SMALL, "--picture", picture)
    assert done.returncode == 0, done.stderr
    lines = done.stdout.strip().split("\n")
    assert lines[0] == ("How the life of RU-001 becomes that of RU-002, by optimal matching (costs: "
                        "transition rates). Time: months since departure.")  # fmt: skip
    assert lines[2].startswith(("Kept: ", "Substituted: ", "Deleted from", "Inserted from"))
    assert any(line.startswith("Together ") and "Place" in line for line in lines)
    assert lines[-1] == f"Picture: {picture}"
    assert "<svg" in picture.read_text(encoding="utf-8")


@pytest.mark.parametrize("link", ["sum", "mean"])
def test_domains_compared_alone_are_told_one_by_one(tmp_path: Path, link: str) -> None:
    plan = tmp_path / "plan.yaml"
    plan.write_text("grid: {since: departure, before: 6, after: 12}\ntypes: {k: 2}\n"
                    f"measure: {{together: summed, link: {link}, weights: {{location: 3}}}}\n")  # fmt: skip
    picture = tmp_path / "why.svg"
    done = trajectories("explain", STUDY, "RU-001", "RU-002", "--plan", plan, "--picture", picture)
    assert done.returncode == 0, done.stderr
    parts = [float(line.split()[1].rstrip(".")) for line in done.stdout.splitlines()
             if line.startswith("Together ")]  # fmt: skip
    whole = next(line for line in done.stdout.splitlines() if line.startswith("All domains together "))
    findings = tj.run(tj.read_study(STUDY), tj.Plan.read(plan))
    assert len(parts) == len(findings.domains) > 1
    assert float(whole.split()[-1].rstrip(".")) == pytest.approx(sum(parts), rel=1e-4)
    assert sum(parts) == pytest.approx(findings.dissimilarities.between("RU-001", "RU-002"), rel=1e-4)
    assert len(list(tmp_path.glob("why_*.svg"))) == len(parts)


@pytest.mark.parametrize(
    ("measure", "first"),
    [
        ("{name: event_matching, norm: YujianBo, settings: {shift: 0.2}}", "How the life of RU-001 becomes"),
        ("{name: chi_squared, settings: {step: 6}}", "How unlike the lives of RU-001 and RU-002 are"),
        ("{name: common_suffix, norm: auto}", "How the life of RU-001 becomes"),
    ],
)
def test_what_is_told_is_the_number_of_the_analysis(tmp_path: Path, measure: str, first: str) -> None:
    plan, picture = tmp_path / "plan.yaml", tmp_path / "why.svg"
    plan.write_text("grid: {since: departure, before: 6, after: 12}\ntypes: {k: 2}\ndomains: [legal]\n"
                    f"measure: {measure}\n")  # fmt: skip
    done = trajectories("explain", STUDY, "RU-001", "RU-002", "--plan", plan, "--picture", picture)
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert lines[0].startswith(first)
    whole = next(line for line in lines if line.startswith("Together "))
    told = next((line for line in lines if line.startswith("Normalised, that is ")), whole)
    findings = tj.run(tj.read_study(STUDY), tj.Plan.read(plan))
    expected = findings.dissimilarities.between("RU-001", "RU-002")
    assert float(told.split()[-1].rstrip(".")) == pytest.approx(expected, abs=6e-4)
    assert expected > 0
    assert "<svg" in picture.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("plan", "people", "said"),
    [
        ("", ("RU-001", "RU-999"), "There is nobody called 'RU-999' in this study. Analysed are RU-001, "),
        ("grid: {since: departure, before: 6, after: 15}", ("RU-001", "AZ-002"),
         "AZ-002 is not analysed by this plan: observed for only part of the window"),
        ("domains: [legal]\nmeasure: {name: matching_subsequences}", ("RU-001", "RU-002"),
         "no alignment of two lives by matching subsequences. It counts every"),
    ],
)
def test_what_cannot_be_explained_is_said_plainly(tmp_path: Path, plan: str, people: tuple[str, str],
                                                  said: str) -> None:  # fmt: skip
    path = tmp_path / "plan.yaml"
    grid = "" if "grid" in plan else "grid: {since: departure, before: 6, after: 12}\n"
    path.write_text(f"{grid}types: {{k: 2}}\n{plan}\n")
    done = trajectories("explain", STUDY, *people, "--plan", path)
    assert done.returncode == 2
    assert said in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr


def test_help_starts_fast() -> None:
    assert not loaded_by("explain", "--help") & HEAVY
