"""``trajectories run``: a plan carried out on a study, written to a folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from rich.text import Text

from trajectories.cli.console import complain, out, progress_bar, tell
from trajectories.cli.places import folder_of, located, one_line, open_study
from trajectories.cli.saying import typed
from trajectories.coding.study import Study

if TYPE_CHECKING:
    from trajectories.findings.stages import Findings
    from trajectories.plan import Plan

SETTINGS = "settings"
"""Folder inside the report's for the settings of the multiverse that are done: numbers only, nobody in it."""
SHOWN = 5
"""How many errors in the data are named before pointing to ``check``."""


def run_study(path: Path, plan_path: Path | None, folder: Path, stability: bool = False) -> int:
    """Check, analyse, write; returns the exit code. With ``stability`` every question of trust is asked."""
    study = open_study(path)
    if not _sound(study, path):
        return 1
    plan = plan_of(study, plan_path)
    if stability:
        plan = plan.changed(stability=plan.stability.all().model_dump(mode="json"))
    tell(f"{study!r}", "dim")
    with progress_bar("reading") as progress:
        from trajectories.findings.stages import run
        from trajectories.report.write import write_report

        findings = run(study, plan, progress=progress, folder=folder / SETTINGS)
        report = write_report(findings, folder, progress=progress)
    _tell(findings)
    out().print(f"\nReport: {report}", soft_wrap=True, markup=False)
    return 0


def _tell(findings: Findings) -> None:
    """What was found: the sentence, and the statistic behind it, dimmed on a terminal."""
    from trajectories.findings.statements import statements

    console = out()
    for one in statements(findings):
        statistic = f" ({one.statistic})" if one.statistic else ""
        console.print(Text.assemble(one.plain, (statistic, "dim")), soft_wrap=not console.is_terminal)


def plan_of(study: Study, path: Path | None) -> Plan:
    """The plan given, or the one the study names, or the usual one."""
    from trajectories.plan import Plan

    if path is not None:
        return Plan.read(path)
    if study.plan_path is not None:
        return Plan.read(study.plan_path)
    tell("The study names no plan, so the usual one is followed (12 months before to 24 after departure, "
         "4 types); give another with --plan.", "yellow")  # fmt: skip
    return Plan()


def _sound(study: Study, path: Path) -> bool:
    """Whether the study has no errors; the first of them are told."""
    from trajectories.coding.checking.check import check

    errors = check(study).errors
    if not errors:
        return True
    first = "\n".join(f"  {one_line(located(problem, folder_of(path)), severity=False)}"
                      for problem in errors[:SHOWN])  # fmt: skip
    more = f"\n  and {len(errors) - SHOWN} more" if len(errors) > SHOWN else ""
    noun = "1 error" if len(errors) == 1 else f"{len(errors)} errors"
    complain(f"The coded data have {noun}, so nothing was analysed.\n{first}{more}\n"
             f"Correct them; 'trajectories check {typed(path)}' lists all.")  # fmt: skip
    return False
