"""No reader without a format: whatever opens a file in the library is met by the examples of the campaign."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

import trajectories
from tests.fuzz.formats import formats
from trajectories.cli.converting_options import Origin
from trajectories.errors import TrajectoriesError

LIBRARY = Path(trajectories.__file__).parent
OPENERS = frozenset({
    "read_text", "read_bytes", "read_table_text", "read_settings", "read_workbook", "open_workbook",
    "workbook_in", "open_parquet", "open_given", "open_table", "open_archive", "archive_in", "read_csv",
    "parse_yaml", "parse_xml", "read_sheets",
})  # fmt: skip
"""What the library opens files of others with."""
NOT_FROM_OUTSIDE = {
    "alignment/computing/blocks.py": "what the system says of its memory",
    "alignment/cluster/to_disk.py": "blocks that were computed here",
    "sequences/compiling.py": "Python files of the package",
    "findings/known_rows.py": "results that were computed here",
    "report/page.py": "a part of the package",
    "report/write.py": "figures that were drawn just before",
    "figures/browser.py": "a page that was written just before",
    "coding/files/new_study.py": "templates of the package, and a study that other formats read",
    "cli/converting_dates.py": "hands a study on to TypedTables",
    "coding/files/write_study.py": "hands the plan of a study that was read on",
    "cli/converting_exports.py": "hands codebook.yaml on to write_qdc",
}
"""Files of the library whose readers need no format, with the reason."""


def _readers() -> Iterator[tuple[str, str]]:
    """File and name of each function that opens a file of others."""
    for path in sorted(LIBRARY.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                called = {_name(one.func) for one in ast.walk(node) if isinstance(one, ast.Call)}
                if called & OPENERS:
                    yield path.relative_to(LIBRARY).as_posix(), node.name


def _name(called: ast.expr) -> str:
    return called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")


def _entered(folder: Path) -> set[tuple[str, str]]:
    """File and name of every function of the library that the sound examples of all formats lead into."""
    codes: set[CodeType] = set()

    def trace(frame: FrameType, event: str, argument: Any) -> None:
        codes.add(frame.f_code)

    for one in formats().values():
        place = folder / one.name
        place.mkdir()
        for sample in one.prepare(place):
            archive = sample.startswith(b"PK")
            for spare in range(1 if archive else 12):  # what is done with a file goes by its size
                (place / one.file).write_bytes(sample + b"\n" * spare)
                sys.settrace(trace)
                try:
                    one.read(place / one.file)
                except TrajectoriesError:
                    pass
                finally:
                    sys.settrace(None)
    home = str(LIBRARY)
    return {(Path(code.co_filename).relative_to(LIBRARY).as_posix(), code.co_name)
            for code in codes if code.co_filename.startswith(home)}  # fmt: skip


def test_every_reader_is_met_by_some_format(tmp_path: Path) -> None:
    readers = set(_readers())
    assert len(readers) > 40
    entered = _entered(tmp_path)
    assert {(file, name) for file, name in readers - entered if file not in NOT_FROM_OUTSIDE} == set()
    assert set(NOT_FROM_OUTSIDE) >= {file for file, _ in readers - entered}


def test_every_format_that_convert_offers_has_one() -> None:
    assert {origin.value for origin in Origin} <= set(formats())
    endings = {Path(one.file).suffix for one in formats().values()}
    assert {".yaml", ".csv", ".xlsx", ".parquet", ".qdpx", ".qde", ".qdc"} <= endings
