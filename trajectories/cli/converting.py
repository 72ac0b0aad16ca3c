"""``trajectories convert``: what a team has, into a study; a study, into what others read."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from trajectories.errors import SettingError


class Target(StrEnum):
    """What a study can be written as."""

    csv = "csv"
    xlsx = "xlsx"
    parquet = "parquet"
    sts = "sts"
    sps = "sps"
    spell = "spell"
    dss = "dss"
    tse = "tse"
    biograph = "biograph"
    traminer = "traminer"


class Origin(StrEnum):
    """Formats of sequences that can be read."""

    sts = "sts"
    sps = "sps"
    spell = "spell"
    dss = "dss"
    tse = "tse"
    biograph = "biograph"


class ExcelDates(StrEnum):
    """Which part of Excel's own dates was typed."""

    as_shown = "as_shown"
    day = "day"
    month = "month"
    year = "year"


class Step(StrEnum):
    """What one position of a sequence is."""

    month = "month"
    quarter = "quarter"
    year = "year"


_QDA = "From a QDA program"
_STUDY = "From a study"
_TABLE = "From a table of sequences"
_DATES = "Dates as typed"


def convert(
    source: Annotated[Path, typer.Argument(
        metavar="SOURCE", show_default=False,
        help="An export (.xlsx, .csv, .qdpx), a codebook (.qdc, .yaml), a study, or a table of sequences.")],
    out: Annotated[Path | None, typer.Option(
        "--out", "-o", metavar="DIR", show_default=False,
        help="Folder (or file, for a codebook or a mapping) to write. Nothing is ever overwritten.")] = None,
    suggest: Annotated[bool, typer.Option(
        "--suggest", rich_help_panel=_QDA, help="Draft a mapping file from the codes of an export.")] = False,
    mapping: Annotated[Path | None, typer.Option(
        "--mapping", "-m", metavar="FILE", rich_help_panel=_QDA, show_default=False,
        help="What the codes mean (YAML).")] = None,
    codebook: Annotated[Path | None, typer.Option(
        "--codebook", "-c", metavar="FILE", rich_help_panel=_QDA, show_default=False,
        help="The study's codebook (.yaml or .qdc). Without it, one is drafted from the codes.")] = None,
    quotes: Annotated[bool, typer.Option(
        "--quotes", help="Take quotes along: passages of an export, quotes of a study.")] = False,
    to: Annotated[Target | None, typer.Option(
        "--to", rich_help_panel=_STUDY, show_default=False, help="Write a study in this form.")] = None,
    plan: Annotated[Path | None, typer.Option(
        "--plan", "-p", metavar="PLAN", rich_help_panel=_STUDY, show_default=False,
        help="The clock of the sequences; for traminer, the analysis. Without it, the study's plan.")] = None,
    domain: Annotated[str | None, typer.Option(
        "--domain", "-d", metavar="NAME", show_default=False,
        help="Only this domain of a study; or the name for the states of a table.")] = None,
    from_: Annotated[Origin | None, typer.Option(
        "--from", rich_help_panel=_TABLE, show_default=False, help="The format of a table.")] = None,
    first: Annotated[str | None, typer.Option(
        "--first", metavar="MONTH", rich_help_panel=_TABLE, show_default=False,
        help="The month of position 1 (2014-01; 1900-01 for century month codes).")] = None,
    step: Annotated[Step, typer.Option("--step", rich_help_panel=_TABLE, help="What one position is.")
                    ] = Step.month,
    length: Annotated[int | None, typer.Option(
        "--length", metavar="N", min=1, rich_help_panel=_TABLE, show_default=False,
        help="How many positions there are; TSE does not say.")] = None,
    typed_dates: Annotated[bool, typer.Option(
        "--typed-dates", rich_help_panel=_DATES,
        help="Show what the dates in a study's tables mean (03/2022, spring 2022, Excel's own); with --out, "
             "write the study with them as EDTF.")] = False,
    day_first: Annotated[bool | None, typer.Option(
        "--day-first/--month-first", rich_help_panel=_DATES, show_default=False,
        help="What 03/04/2022 means: 3 April, or March 4. Without it, such dates are asked about.")] = None,
    excel_dates: Annotated[ExcelDates, typer.Option(
        "--excel-dates", rich_help_panel=_DATES, help="What Excel's own dates mean.")] = ExcelDates.as_shown,
) -> None:  # fmt: skip
    """Exports of QDA programs, codebooks, typed dates and tables of sequences into a study, and back.

    Leaves with 0 when done, with 1 when something in the data is left for you to settle.
    """
    asked = {"--suggest": suggest, "--mapping or --codebook": (mapping or codebook) and not suggest,
             "--to": to, "--from": from_, "--typed-dates": typed_dates}
    given = [name for name, value in asked.items() if value]
    if len(given) > 1:
        raise SettingError(f"{' and '.join(given)} are different conversions; ask for one at a time.")
    if typed_dates:
        from trajectories.cli.converting_dates import convert_dates

        raise typer.Exit(convert_dates(source, out, day_first, excel_dates.value))
    if to is not None:
        from trajectories.cli.converting_studies import convert_study

        code = convert_study(source, to.value, needed(out, "--to"), plan=plan, domain=domain, quotes=quotes)
    elif from_ is not None:
        from trajectories.cli.converting_tables import convert_table

        code = convert_table(source, from_.value, needed(out, "--from"), first=first, step=step.value,
                             length=length, domain=domain or "state")
    else:
        from trajectories.cli.converting_exports import convert_export

        code = convert_export(source, out, suggested=suggest, mapping=mapping, codebook=codebook,
                              quotes=quotes)
    raise typer.Exit(code)


def needed(out: Path | None, option: str) -> Path:
    """The folder to write to."""
    if out is None:
        raise SettingError(f"{option} needs a folder to write to: --out DIR.")
    return out
