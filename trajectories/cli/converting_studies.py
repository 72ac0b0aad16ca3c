"""``trajectories convert --to``: a study as tables of sequences, for R, or in other tables."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast, get_args

from trajectories.cli.console import progress_bar
from trajectories.cli.places import open_study
from trajectories.cli.running import plan_of
from trajectories.cli.saying import say, typed
from trajectories.coding.files.study_files import write_new
from trajectories.errors import StudyError
from trajectories.wording import counted

if TYPE_CHECKING:
    from trajectories.coding.study import Study
    from trajectories.plan import Plan
    from trajectories.sequences.exchange.forms import Form
    from trajectories.sequences.sequences import Sequences


def convert_study(path: Path, to: str, folder: Path, *, plan: Path | None, domain: str | None,
                  quotes: bool) -> int:  # fmt: skip
    """Write a study in another form into a new folder; returns the exit code."""
    from trajectories.coding.files.write_study import TableForm, write_study

    if to in get_args(TableForm):
        from trajectories.coding.files.read_study import read_study

        study = read_study(path, quotes=True) if quotes else open_study(path)
        names = write_study(study, folder, to)  # type: ignore[arg-type]
        say(f"{study!r} is written to {folder}: {', '.join(names)}.", "Dates stand as they were written. "
             "Left behind: lines and comments of YAML files, a second coding"
             + ("." if quotes else ", quotes (take them along with --quotes)."),
             f"Next: trajectories check {typed(folder)}")  # fmt: skip
        return 0
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise StudyError(f"{folder}: something is already there, and nothing is overwritten. Choose an empty "
                         "folder.")  # fmt: skip
    study = open_study(path)
    _refuse_errors(study, path)
    chosen = plan_of(study, plan)
    if to == "traminer":
        return _for_traminer(study, chosen, folder)
    return _sequences(study, chosen, to, folder, domain)  # type: ignore[arg-type]


def _refuse_errors(study: Study, path: Path) -> None:
    from trajectories.coding.checking.check import check

    errors = check(study).errors
    if errors:
        raise StudyError(f"The coded data have {counted(len(errors), 'error')}, so nothing was written. "
                         f"Correct them; 'trajectories check {typed(path)}' lists all.")  # fmt: skip


def _for_traminer(study: Study, plan: Plan, folder: Path) -> int:
    from trajectories.findings.stages import run
    from trajectories.report.traminer import write_traminer

    with progress_bar("analysing") as progress:
        script = write_traminer(run(study, plan, progress=progress), folder)
    say(f"{folder} holds the sequences, costs, people and results of the main analysis as CSV, and "
         f"{script.name}, which redoes it in R. These files describe lives month by month: they are personal "
         "data.", f"Next: Rscript {script} (needs TraMineR, WeightedCluster and cluster)")  # fmt: skip
    return 0


def _sequences(study: Study, plan: Plan, form: Form, folder: Path, domain: str | None) -> int:
    from trajectories.sequences.build import build_sequences
    from trajectories.sequences.exchange.forms import LOST
    from trajectories.sequences.grid import Grid

    grid = plan.grid
    if form == "biograph" and (grid.clock != "calendar" or grid.step != "month"):
        grid = Grid()
    lives = build_sequences(study, grid)
    names = (domain,) if domain is not None else plan.domains or tuple(one.name for one in lives.domains)
    tables: dict[str, Any] = {}
    told = [f"{lives!r}: {grid.describe()}."]
    for name in names:
        kept, left = lives, cast("tuple[str, ...]", ())
        lives.domain_index(name)
        if form == "biograph":
            from trajectories.sequences.exchange.forms import without_gaps

            kept, left = without_gaps(lives, name)
        tables |= dict(_tables(study, kept, form, name))
        if left:
            told.append(f"{name}: {counted(len(left), 'life', 'lives')} with months without a state "
                        f"left out (first: {', '.join(left[:3])}).")  # fmt: skip
    told.append(f"A table of {form.upper() if form != 'biograph' else 'Biograph'} loses: {LOST[form]}; and "
                "events, ties, quotes and sources.")  # fmt: skip
    if lives.left_out:
        told.append(f"{counted(len(lives.left_out), 'person has', 'people have')} no place on this clock "
                    f"(first: {lives.left_out[0][0]}, {lives.left_out[0][1]}).")  # fmt: skip
    notes = "\n".join(told) + "\n"
    write_new(folder, {f"{name}.csv": _csv(table) for name, table in tables.items()} | {"notes.txt": notes})
    say(f"{folder}: {', '.join(f'{name}.csv' for name in tables)}, notes.txt", *told,
         f"Next: in R, {_IN_R[form].format(folder=folder, name=next(iter(tables)))}")  # fmt: skip
    return 0


_IN_R = {
    "sts": 'seqdef(read.csv("{folder}/{name}.csv", check.names = FALSE, na.strings = c("*", "%"))[-1])',
    "sps": 'seqdef(read.csv("{folder}/{name}.csv")$sequence, informat = "SPS", SPS.in = list(xfix = "()", '
           'sdsep = ","))',
    "spell": 'seqdef(read.csv("{folder}/{name}.csv"), var = c("id", "begin", "end", "state"), '
             'informat = "SPELL", process = FALSE)',
    "dss": 'seqdef(read.csv("{folder}/{name}.csv")$sequence)',
    "tse": 'e <- read.csv("{folder}/{name}.csv"); seqecreate(id = match(e$id, unique(e$id)), '
           "timestamp = e$time, event = e$event)",
    "biograph": 'read.csv("{folder}/{name}.csv")',
}  # fmt: skip
"""How each table is opened with TraMineR."""


def _tables(study: Study, lives: Sequences, form: Form, domain: str) -> Iterator[tuple[str, Any]]:
    from trajectories.sequences.exchange.forms import letters_table, lives_table

    yield f"{domain}_{form}", lives_table(lives, form, domain, study)
    if form == "biograph":
        yield f"{domain}_letters", letters_table(lives, domain)


def _csv(table: Any) -> str:
    return str(table.to_csv(index=False, lineterminator="\n"))
