"""Findings written to a folder that a colleague can open, print and check."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from trajectories.errors import SettingError
from trajectories.findings.stages import Findings, Progress
from trajectories.report.csv_files import csv_text
from trajectories.report.manifest import manifest
from trajectories.report.page import page
from trajectories.report.pictures import Drawn

if TYPE_CHECKING:
    import pandas as pd

FORMATS = ("pdf", "svg", "png")


def write_report(findings: Findings, folder: str | Path, *, progress: Progress | None = None) -> Path:
    """Write everything that was found; returns the path of ``report.html``.

    ``figures/<name>.pdf``, ``.svg`` and ``.png``; ``tables/<name>.csv`` (UTF-8); ``report.html``, which holds
    its pictures and needs neither network nor scripts; ``manifest.json`` with versions, plan, seed and the
    hashes of all files read and written. The same findings give the same bytes. Files of these names are
    replaced, all others left alone. Raises SettingError when the folder cannot be written.

    Nobody is quoted. The tables and the index plots hold one row a person under their pseudonym, so the
    folder is personal data.
    """
    root = Path(folder)
    try:
        for place in (root / "figures", root / "tables"):
            place.mkdir(parents=True, exist_ok=True)
        return _write(findings, root, progress or (lambda stage, done, total: None))
    except OSError as error:
        where = error.filename or root
        raise SettingError(
            f"The report cannot be written: {where}: {error.strerror}. Close the files of an earlier report "
            "that are open in another program, make room and give yourself permission there, or choose "
            "another folder with --out."
        ) from None


def _write(findings: Findings, root: Path, progress: Progress) -> Path:
    from trajectories.figures.paper import rendered

    findings.compute()
    names, written = findings.figure_names, dict[str, bytes]()
    drawn = []
    for done, name in enumerate(names):
        progress(f"figure {name}", done, len(names))
        figure = findings.figure(name)
        files = rendered(figure, *FORMATS)
        for ending, content in files.items():
            written[f"figures/{name}.{ending}"] = content
            (root / "figures" / f"{name}.{ending}").write_bytes(content)
        drawn.append(Drawn(name, figure, files["svg"], files["png"]))
    progress("tables", len(names), len(names))
    for name, table in _tables(findings, drawn).items():
        written[f"tables/{name}.csv"] = csv_text(table).encode()
        (root / "tables" / f"{name}.csv").write_bytes(written[f"tables/{name}.csv"])
    written["report.html"] = page(findings, drawn).encode()
    (root / "report.html").write_bytes(written["report.html"])
    (root / "manifest.json").write_bytes(manifest(findings, written).encode())
    return root / "report.html"


def _tables(findings: Findings, drawn: list[Drawn]) -> dict[str, pd.DataFrame]:
    """The tables of the analysis, and for each figure the table that it draws."""
    return {**findings.tables(), **{f"figure_{one.name}": one.figure.table for one in drawn}}
