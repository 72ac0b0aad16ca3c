"""``trajectories explain``: why two lives are as unlike as they are."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from trajectories.cli.console import out
from trajectories.cli.places import open_study
from trajectories.cli.running import plan_of
from trajectories.coding.problems import choices
from trajectories.errors import SettingError
from trajectories.wording import amount

if TYPE_CHECKING:
    from trajectories.alignment.explaining.alignment import Alignment
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
    _say(_headline(*found[0]))
    for lives, alignment in found:
        if len(found) > 1:
            _say(f"\n{lives.domains[0].label or lives.domains[0].name}:")
        for sentence in alignment.sentences():
            _say(sentence)
    if len(found) > 1:
        whole = sum(alignment.cost if alignment.normalised is None else alignment.normalised
                    for _, alignment in found)  # fmt: skip
        _say(f"\nAll domains together {amount(whole)}.")
    for lives, alignment in found:
        if picture is None:
            break
        saved = plot_alignment(lives, alignment).save(_for(picture, lives) if len(found) > 1 else picture)
        out().print(f"\nPicture: {saved}", soft_wrap=True, markup=False)
    return 0


def _headline(lives: Sequences, alignment: Alignment) -> str:
    """Who becomes whom, by what, and what is counted as time."""
    from trajectories.figures.clock import clock

    label = clock(lives).label
    time = f" Time: {label}." if label not in ("", "position") else ""
    what = f"How the life of {alignment.one} becomes that of {alignment.other}"
    if alignment.of == "shares":
        what = f"How unlike the lives of {alignment.one} and {alignment.other} are"
    return f"{what}, by {alignment.measure}.{time}\n"


def _say(text: str) -> None:
    out().print(text, markup=False, soft_wrap=not out().is_terminal)


def _for(picture: Path, lives: Sequences) -> Path:
    """The picture of one domain among several: ``why.pdf`` becomes ``why_legal.pdf``."""
    return picture.with_stem(f"{picture.stem}_{lives.domains[0].name}")
