"""The options of ``trajectories convert``, under the headings of its help."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


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


class Ends(StrEnum):
    """Whether the last position of a spell belongs to it."""

    inclusive = "inclusive"
    exclusive = "exclusive"


class Overlap(StrEnum):
    """Which of two spells holds where they overlap."""

    kept = "kept"
    later = "later"
    earlier = "earlier"


_QDA = "From a QDA program, or a table of your own"
_STUDY = "From a study"
_TABLE = "From a table of sequences"
_DATES = "Dates as typed"

SourceFile = Annotated[Path, typer.Argument(
    metavar="SOURCE", show_default=False,
    help="An export (.xlsx, .csv, .qdpx), a codebook (.qdc, .yaml), a table of your own or of sequences, a "
    "study.")]
Out = Annotated[Path | None, typer.Option(
    "--out", "-o", metavar="DIR", show_default=False,
    help="Folder (or file, for a codebook or a mapping) to write. Nothing is ever overwritten.")]
Suggest = Annotated[bool, typer.Option(
    "--suggest", rich_help_panel=_QDA,
    help="Draft a mapping file: what the codes of an export, or the columns of a table of your own, mean.")]
Mapping = Annotated[Path | None, typer.Option(
    "--mapping", "-m", metavar="FILE", rich_help_panel=_QDA, show_default=False,
    help="What the codes, or the columns, mean (YAML).")]
Codebook = Annotated[Path | None, typer.Option(
    "--codebook", "-c", metavar="FILE", rich_help_panel=_QDA, show_default=False,
    help="The study's codebook (.yaml or .qdc). Without it, one is drafted from the codes.")]
Quotes = Annotated[bool, typer.Option(
    "--quotes", help="Take quotes along: passages of an export, quotes of a study.")]
To = Annotated[Target | None, typer.Option(
    "--to", rich_help_panel=_STUDY, show_default=False, help="Write a study in this form.")]
PlanFile = Annotated[Path | None, typer.Option(
    "--plan", "-p", metavar="PLAN", rich_help_panel=_STUDY, show_default=False,
    help="The clock of the sequences; for traminer, the analysis. Without it, the study's plan.")]
DomainName = Annotated[str | None, typer.Option(
    "--domain", "-d", metavar="NAME", show_default=False,
    help="Only this domain of a study; or the name for the states of a table.")]
From = Annotated[Origin | None, typer.Option(
    "--from", rich_help_panel=_TABLE, show_default=False, help="The format of a table.")]
Columns = Annotated[str | None, typer.Option(
    "--columns", metavar="ROLE=NAME,...", rich_help_panel=_TABLE, show_default=False,
    help="What columns hold, where they are called otherwise: id=ID,begin=TS,end=TF,state=JOB,birth=TB,"
    "interview=TI. By numbers (id=1,begin=3) where there is no line of headers.")]
First = Annotated[str | None, typer.Option(
    "--first", metavar="MONTH", rich_help_panel=_TABLE, show_default=False,
    help="The month of position 1 (2014-01; 1900-01 for century month codes).")]
StepOf = Annotated[Step, typer.Option("--step", rich_help_panel=_TABLE, help="What one position is.")]
Length = Annotated[int | None, typer.Option(
    "--length", metavar="N", min=1, rich_help_panel=_TABLE, show_default=False,
    help="How many positions there are; TSE does not say.")]
EndsOf = Annotated[Ends, typer.Option(
    "--ends", rich_help_panel=_TABLE,
    help="Spells: whether the last position belongs to the spell, or is the first of the next.")]
OverlapOf = Annotated[Overlap, typer.Option(
    "--overlap", rich_help_panel=_TABLE,
    help="Spells of one person at the same time: keep both for check to ask about, or which one holds.")]
EncodingOf = Annotated[str | None, typer.Option(
    "--encoding", metavar="NAME", show_default=False,
    help="How a table in CSV is encoded, where it is not UTF-8: cp1252, cp1251, utf-16, ...")]
TypedDates = Annotated[bool, typer.Option(
    "--typed-dates", rich_help_panel=_DATES,
    help="Show what the dates in a study's tables mean (03/2022, spring 2022, Excel's own); with --out, "
    "write the study with them as EDTF.")]
DayFirst = Annotated[bool | None, typer.Option(
    "--day-first/--month-first", rich_help_panel=_DATES, show_default=False,
    help="What 03/04/2022 means: 3 April, or March 4. Without it, such dates are asked about.")]
ExcelDatesOf = Annotated[ExcelDates, typer.Option(
    "--excel-dates", rich_help_panel=_DATES, help="What Excel's own dates mean.")]
