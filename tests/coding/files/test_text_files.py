"""Files that cannot be opened, or are of another kind: what to do is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from trajectories.coding.files.text_files import read_bytes, read_text
from trajectories.coding.problems import ReadingError


def test_a_file_that_another_program_holds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "study.xlsx"
    place.write_text("x")

    def held(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "read_bytes", held)
    with pytest.raises(ReadingError, match=r"study\.xlsx: the file cannot be opened \(Permission denied\)\. "
                                           "If it is open in another program, close it there"):  # fmt: skip
        read_bytes(place, place.name)


@pytest.mark.parametrize(("name", "hint"), [
    ("plan.yaml", "Let its name end in .xlsx"), ("lives.xlsx", "Give a text file here"),
])  # fmt: skip
def test_a_workbook_in_the_place_of_text(tmp_path: Path, name: str, hint: str) -> None:
    place = tmp_path / name
    place.write_bytes(b"PK\x03\x04")
    with pytest.raises(ReadingError, match=f"an Excel workbook or a zip archive, not text. {hint}"):
        read_text(place, name)
