"""From a QDA export to a study, in one step; and the draft of the mapping that it needs."""

from __future__ import annotations

from pathlib import Path

from trajectories.coding.codebook import Codebook
from trajectories.coding.files.settings_file import read_settings
from trajectories.coding.problems import ReadingError
from trajectories.coding.qda.conversion import Conversion
from trajectories.coding.qda.drafted_codebook import drafted_codebook
from trajectories.coding.qda.mapping import Mapping, read_mapping
from trajectories.coding.qda.qdc import read_qdc
from trajectories.coding.qda.read_refi import read_refi
from trajectories.coding.qda.read_segments import read_segments
from trajectories.coding.qda.segments import Export
from trajectories.coding.qda.study_folder import to_study_folder
from trajectories.coding.qda.suggest import exact_mapping, suggest_mapping
from trajectories.errors import SettingError

_REFI = (".qdpx", ".qde", ".qdc")
_TABLES = (".xlsx", ".xlsm", ".xls", ".csv", ".txt", ".tsv")


def read_export(source: Path, mapping: Mapping | None = None, *, text: bool = False,
                encoding: str | None = None) -> Export:  # fmt: skip
    """Read what a QDA program exports: a REFI-QDA project or codebook, or a table of coded segments.

    ``text`` keeps the coded passages themselves. Raises ReadingError for another kind of file.
    """
    if source.suffix.lower() in _REFI:
        return read_refi(source, text=text)
    if source.suffix.lower() in _TABLES:
        return read_segments(source, mapping, text=text, encoding=encoding)
    what = f"files ending in {source.suffix or 'nothing'!r} are no QDA export that can be read"
    raise ReadingError(source.name, 0, what, f"There are {', '.join((*_REFI, *_TABLES))}.", "wrong_type")


def convert_qda(
    source: Path, *, mapping: Path | None, codebook: Path | None, out: Path, quotes: bool = False,
    encoding: str | None = None,
) -> Conversion:
    """Turn an export into a study folder ``out``; returns what became of each segment.

    Without a mapping, only codes called exactly as in the codebook are taken; without a codebook, one is
    drafted from the mapped codes. Passages go into the study as quotes only with ``quotes``. Raises
    SettingError when both are missing or do not fit each other, StudyError when a file is already there.
    """
    if mapping is None and codebook is None:
        raise SettingError(
            f"{source.name}: a mapping is needed, to know what the codes mean. Draft one with "
            f"'trajectories convert {source.name} --suggest', or name the codebook you coded with."
        )
    settings = read_mapping(mapping) if mapping is not None else None
    export = read_export(source, settings, text=quotes, encoding=encoding)
    book = read_codebook(codebook) if codebook is not None else None
    if settings is None and book is not None:
        settings = exact_mapping(export, book)
    settings = settings or Mapping()
    return to_study_folder(export, settings, book or drafted_codebook(export, settings), out)


def suggest(source: Path, codebook: Path | None = None, encoding: str | None = None) -> str:
    """The draft of a mapping file for an export, as commented YAML."""
    export = read_export(source, encoding=encoding)
    return suggest_mapping(export, read_codebook(codebook) if codebook is not None else None)


def read_codebook(path: Path) -> Codebook:
    """A codebook from ``codebook.yaml`` or from a REFI-QDA codebook (``.qdc``)."""
    return read_qdc(path) if path.suffix.lower() in _REFI else read_settings(path, Codebook)
