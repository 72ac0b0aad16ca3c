"""``trajectories convert``: what a team has, into a study; a study, into what others read."""

from __future__ import annotations

from pathlib import Path

import typer

from trajectories.cli import converting_options as options
from trajectories.errors import SettingError


def convert(
    source: options.SourceFile,
    out: options.Out = None,
    suggest: options.Suggest = False,
    mapping: options.Mapping = None,
    codebook: options.Codebook = None,
    quotes: options.Quotes = False,
    to: options.To = None,
    plan: options.PlanFile = None,
    domain: options.DomainName = None,
    from_: options.From = None,
    columns: options.Columns = None,
    first: options.First = None,
    step: options.StepOf = options.Step.month,
    length: options.Length = None,
    ends: options.EndsOf = options.Ends.inclusive,
    overlap: options.OverlapOf = options.Overlap.kept,
    encoding: options.EncodingOf = None,
    typed_dates: options.TypedDates = False,
    day_first: options.DayFirst = None,
    excel_dates: options.ExcelDatesOf = options.ExcelDates.as_shown,
) -> None:
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
        from trajectories.cli.converting_tables import Told, convert_table

        told = Told(first, step.value, length, columns, ends.value, overlap.value, encoding)
        code = convert_table(source, from_.value, needed(out, "--from"), domain or "state", told)
    else:
        from trajectories.cli.converting_exports import convert_export
        from trajectories.cli.converting_own import Told as OwnTold

        own = OwnTold(quotes, encoding, day_first, excel_dates.value)
        code = convert_export(source, out, suggested=suggest, mapping=mapping, codebook=codebook, told=own)
    raise typer.Exit(code)


def needed(out: Path | None, option: str) -> Path:
    """The folder to write to."""
    if out is None:
        raise SettingError(f"{option} needs a folder to write to: --out DIR.")
    return out
