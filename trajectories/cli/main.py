"""The commands, their arguments and how they end: 0 done, 1 errors in the data, 2 wrong usage or settings."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from trajectories.cli.converting import convert
from trajectories.errors import TrajectoriesError
from trajectories.version import __version__

app = typer.Typer(
    name="trajectories",
    help="Coded migration biographies as sequences: checked, aligned, typed, compared, explored and printed. "
    "Everything happens on this computer; nothing is sent anywhere.",
    epilog="Start with: trajectories explore (opens the sample study). "
    "A STUDY is a study.yaml, or the folder that holds it.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
)


class Format(StrEnum):
    """How results are printed."""

    text = "text"
    json = "json"
    csv = "csv"
    github = "github"


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"trajectories {__version__}")
        raise typer.Exit


StudyPath = Annotated[Path, typer.Argument(metavar="STUDY", help="study.yaml, or the folder that holds it.",
                                           show_default=False)]  # fmt: skip
PlanPath = Annotated[
    Path | None,
    typer.Option("--plan", "-p", metavar="PLAN", show_default=False,
                 help="The analysis (YAML). Without it, the plan that the study names."),
]  # fmt: skip


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and leave.")
    ] = False,
) -> None:
    """Options of the command itself."""


@app.command()
def new(
    study: Annotated[Path, typer.Argument(metavar="STUDY", help="Folder of the new study.",
                                          show_default=False)],
) -> None:  # fmt: skip
    """Make a study to start from: codebook, one example life, plan, README. Never overwrites anything."""
    from trajectories.cli.beginning import make_study

    raise typer.Exit(make_study(study))


@app.command("new-person")
def new_person(
    study: StudyPath,
    person: Annotated[str, typer.Argument(metavar="ID", help="A pseudonym that says nothing, such as P-002.",
                                          show_default=False)],
) -> None:  # fmt: skip
    """Write an empty biography with the codebook's words beside it. Never overwrites anything."""
    from trajectories.cli.beginning import make_person

    raise typer.Exit(make_person(study, person))


@app.command()
def schemas(study: StudyPath) -> None:
    """Write the schemas from which editors complete states and show definitions (after a new codebook)."""
    from trajectories.cli.beginning import renew_schemas

    raise typer.Exit(renew_schemas(study))


@app.command()
def check(
    study: StudyPath,
    format_: Annotated[Format, typer.Option(
        "--format", "-f", case_sensitive=False,
        help="text to read, json or csv for scripts, github for notes in a pull request.")] = Format.text,
    everything: Annotated[bool, typer.Option(
        "--all", help="List everything, not only the first 50 of each severity.")] = False,
    watch: Annotated[bool, typer.Option("--watch", help="Check again whenever a file is saved.")] = False,
    agreement: Annotated[bool, typer.Option(
        "--agreement", help="How far two coders agree: kappa, and the months in dispute.")] = False,
    coverage: Annotated[bool, typer.Option(
        "--coverage", help="How many people of each group are coded in each domain.")] = False,
) -> None:  # fmt: skip
    """Find every mistake in the coding, each with file, line, person and a hint.

    Leaves with 0 when the study can be analysed (warnings are no hindrance), with 1 when there are errors.
    """
    if agreement and coverage:
        raise typer.BadParameter("--agreement and --coverage are two tables; ask for one at a time.")
    if agreement or coverage:
        from trajectories.cli.comparing_codings import show_agreement, show_coverage

        if coverage:
            raise typer.Exit(show_coverage(study, format_.value))
        raise typer.Exit(show_agreement(study, format_.value, everything))
    from trajectories.cli.checking import Asked, check_study

    raise typer.Exit(check_study(study, Asked(format_.value, everything, watch)))


@app.command()
def run(
    study: StudyPath,
    out: Annotated[Path, typer.Option("--out", "-o", metavar="DIR", show_default=False,
                                      help="Folder for figures, tables and report.")],
    plan: PlanPath = None,
    stability: Annotated[bool, typer.Option("--stability", help="Ask also how far the types can be trusted: "
                                            "imprecise dates, other people, lives made by chance, other "
                                            "settings. Takes minutes; interrupted, it is taken up "
                                            "again.")] = False,
) -> None:  # fmt: skip
    """Carry out the plan: every figure (PDF, SVG, PNG), every table (CSV), report.html and manifest.json.

    The same study and plan give the same files, byte for byte. Other files in the folder are left alone.
    """
    from trajectories.cli.running import run_study

    raise typer.Exit(run_study(study, plan, out, stability))


@app.command()
def explore(
    study: Annotated[Path | None, typer.Argument(
        metavar="[STUDY]", help="study.yaml, or the folder that holds it. Without it, the sample study.",
        show_default=False)] = None,
    plan: PlanPath = None,
    port: Annotated[int, typer.Option(
        "--port", metavar="N", min=0, max=65535, help="Port on 127.0.0.1; 0 takes any free one.")] = 8050,
    no_browser: Annotated[bool, typer.Option(
        "--no-browser", help="Print the address only; open no browser.")] = False,
) -> None:  # fmt: skip
    """Open the dashboard on this computer: filters, types and cohorts, and one life with its sources."""
    from trajectories.cli.exploring import explore_study

    explore_study(study, plan, port=port, open_browser=not no_browser)


@app.command()
def explain(
    study: StudyPath,
    one: Annotated[str, typer.Argument(metavar="ID", help="A person of the study.", show_default=False)],
    other: Annotated[str, typer.Argument(metavar="ID", help="Another one.", show_default=False)],
    plan: PlanPath = None,
    picture: Annotated[Path | None, typer.Option(
        "--picture", metavar="FILE", show_default=False,
        help="Draw both lives and what is matched (.pdf, .svg, .png).")] = None,
) -> None:  # fmt: skip
    """Tell how one life is turned into another: which months are kept, substituted, inserted, deleted, and at
    what cost."""
    from trajectories.cli.explaining import explain_lives

    raise typer.Exit(explain_lives(study, one, other, plan, picture))


app.command()(convert)


def main() -> None:
    """Run the command of ``sys.argv``; a TrajectoriesError is one paragraph on stderr, never a traceback."""
    try:
        app(prog_name="trajectories")
    except TrajectoriesError as error:
        from trajectories.cli.console import complain

        complain(str(error))
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(141)
