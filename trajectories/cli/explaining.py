"""``trajectories explain``: why two lives are as unlike as they are."""

from __future__ import annotations

from pathlib import Path

from trajectories.cli.console import out
from trajectories.cli.places import open_study
from trajectories.cli.running import plan_of
from trajectories.errors import SettingError


def explain_lives(path: Path, one: str, other: str, plan_path: Path | None, picture: Path | None) -> int:
    """Tell the alignment of two people's lives, and draw it if a file is named; returns the exit code."""
    from trajectories.figures.alignment import plot_alignment
    from trajectories.findings.measures import explained
    from trajectories.findings.stages import run

    study = open_study(path)
    findings = run(study, plan_of(study, plan_path))
    aligned, reasons = findings.aligned, dict(findings.lives.left_out)
    for person in (one, other):
        if person in reasons:
            raise SettingError(f"{person} is not analysed by this plan: {reasons[person]}.")
        if person not in aligned.ids:
            raise SettingError(f"There is nobody called {person!r} in this study; 'trajectories check {path} "
                               "--coverage' tells who is.")  # fmt: skip
    lives, alignment = explained(aligned, findings.costs, findings.plan.measure, one, other)
    for sentence in alignment.sentences():
        out().print(sentence, markup=False, soft_wrap=not out().is_terminal)
    if picture is not None:
        saved = plot_alignment(lives, alignment).save(picture)
        out().print(f"\nPicture: {saved}", soft_wrap=True, markup=False)
    return 0
