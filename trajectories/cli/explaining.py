"""``trajectories explain``: why two lives are as unlike as they are."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from trajectories.cli.console import out
from trajectories.cli.places import open_study
from trajectories.cli.running import plan_of
from trajectories.coding.problems import choices
from trajectories.errors import SettingError

if TYPE_CHECKING:
    from trajectories.sequences.sequences import Sequences


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
            raise SettingError(f"There is nobody called {person!r} in this study. "
                               f"{choices(person, aligned.ids, 'Analysed are')}")  # fmt: skip
    found = explained(aligned, findings.costs, findings.plan.measure, one, other)
    for lives, alignment in found:
        if len(found) > 1:
            out().print(f"{lives.domains[0].label or lives.domains[0].name}:", markup=False)
        for sentence in alignment.sentences():
            out().print(sentence, markup=False, soft_wrap=not out().is_terminal)
    if len(found) > 1:
        out().print(f"All domains together {sum(alignment.cost for _, alignment in found):g}.", markup=False)
    for lives, alignment in found:
        if picture is None:
            break
        saved = plot_alignment(lives, alignment).save(_for(picture, lives) if len(found) > 1 else picture)
        out().print(f"\nPicture: {saved}", soft_wrap=True, markup=False)
    return 0


def _for(picture: Path, lives: Sequences) -> Path:
    """The picture of one domain among several: ``why.pdf`` becomes ``why_legal.pdf``."""
    return picture.with_stem(f"{picture.stem}_{lives.domains[0].name}")
