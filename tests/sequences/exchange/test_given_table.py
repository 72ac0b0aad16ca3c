"""Tables of sequences from CSV files: nothing is filled up, shifted or cut, and what cannot be is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from trajectories.errors import StudyError
from trajectories.sequences.exchange.given_table import open_given
from trajectories.sequences.exchange.strings import read_sts_strings
from trajectories.sequences.read import read_sequences


def written(folder: Path, content: str | bytes) -> Path:
    place = folder / "t.csv"
    place.write_bytes(content if isinstance(content, bytes) else content.encode())
    return place


@pytest.mark.parametrize(("content", "message"), [
    ("id,1,2\nA,x,y,\nB,x,y,\n", "t.csv, row 2: it has 4 cells, the header 3. Put text that contains"),
    ("id,1,2\nA,x\n", "t.csv, row 2: it has 2 cells, the header 3."),
    ("id,1,1\nA,x,y\n", "t.csv: the column '1' stands there twice. Keep one of them."),
    ("id,1\n", "t.csv: there are no rows below the header, so there is nobody to read."),
    ("", "t.csv: there are no rows below the header"),
    ("id,1\nA,x\0\n", "t.csv:2: the file has a NUL character"),
    ("id,1\nA,\"x\n", "t.csv:2: the table cannot be read from here on"),
    ("id,1\nA,Köln\n".encode("cp1252"), r"t.csv:2: the file is not UTF-8; it looks like cp1252"),
])  # fmt: skip
def test_what_is_no_table_is_told(tmp_path: Path, content: str | bytes, message: str) -> None:
    with pytest.raises(StudyError) as refusal:
        open_given(written(tmp_path, content))
    assert message in str(refusal.value)
    assert "study.yaml" not in str(refusal.value)


def test_a_row_longer_than_the_header_no_longer_shifts_the_ids(tmp_path: Path) -> None:
    place = written(tmp_path, "id,1,2\nA,x,y,\nB,x,y,\n")
    with pytest.raises(StudyError, match="row 2: it has 4 cells"):
        read_sequences(place)


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_separators_line_ends_and_row_names(tmp_path: Path, mark: str, ends: str) -> None:
    rows = [["", "id", "1", "2"], ["1", "A", "x", ""], ["2", "B", "NA", "y"]]
    table = open_given(written(tmp_path, ends.join(mark.join(row) for row in rows))).rows
    assert table.to_dict("list") == {"id": ["A", "B"], "1": ["x", "NA"], "2": ["", "y"]}


cells = st.text(st.characters(codec="utf-8", exclude_characters="\0\r\ufeff", exclude_categories=["Cs"]),
                max_size=8)  # fmt: skip


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(cells, min_size=3, max_size=3), min_size=1, max_size=5))
def test_what_python_writes_is_read_as_it_was(tmp_path: Path, rows: list[list[str]]) -> None:
    import csv

    with (tmp_path / "t.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["id", "one", "two"], *rows])
    table = open_given(tmp_path / "t.csv").rows
    assert table.to_numpy().tolist() == rows


def test_a_state_that_is_empty_is_told(tmp_path: Path) -> None:
    place = written(tmp_path, "id,sequence\nA,x-x\nB,x--y\n")
    with pytest.raises(StudyError, match=r"B: state 2 of the sequence is empty. Write \* where"):
        read_sts_strings(place)
