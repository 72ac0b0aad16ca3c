"""Wide tables that others bring."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from trajectories.errors import SettingError, StudyError, TrajectoriesError
from trajectories.sequences.read import read_sequences
from trajectories.sequences.sequences import MISSING, VOID

ROWS = [
    {"id": "P1", "t1": "B", "t2": "A", "t3": "*", "t4": "C"},
    {"id": "P2", "t1": "", "t2": "A", "t3": "", "t4": ""},
    {"id": "P3", "t1": "C", "t2": "%", "t3": "A", "t4": "%"},
]
STATES = [[1, 0, MISSING, 2], [MISSING, 0, VOID, VOID], [2, VOID, 0, VOID]]


def test_rows_and_their_gaps() -> None:
    lives = read_sequences(ROWS)
    assert lives.states[:, 0, :].tolist() == STATES
    assert lives.ids == ("P1", "P2", "P3")
    assert lives.positions == ("t1", "t2", "t3", "t4")
    assert lives.alphabets == (("A", "B", "C"),)
    assert lives.domains[0].name == "state"
    assert lives.grid.clock == "given"
    assert repr(lives) == "Sequences: 3 people, 1 domain (state), t1 to t4, 2 right-censored, 0 left out"


def test_the_same_from_a_file_a_frame_or_rows(tmp_path: Path) -> None:
    frame = pd.DataFrame(ROWS)
    frame.to_csv(tmp_path / "lives.csv", index=False)
    for source in (tmp_path / "lives.csv", str(tmp_path / "lives.csv"), frame, frame.set_index("id")):
        assert read_sequences(source).states[:, 0, :].tolist() == STATES
    again = read_sequences(read_sequences(ROWS).table())
    assert again.states[:, 0, :].tolist() == STATES


def test_numbers_as_codes_and_columns() -> None:
    frame = pd.DataFrame({"case": [1, 2], 2000: [10, 2], 2001: [2, np.nan], 2002: [np.nan, 10]})
    lives = read_sequences(frame, id="case")
    assert lives.alphabets == (("2", "10"),)
    assert lives.positions == (2000, 2001, 2002)
    assert lives.ids == ("1", "2")
    assert lives.states[:, 0, :].tolist() == [[1, 0, VOID], [0, MISSING, 1]]


def test_the_alphabet_as_given_keeps_its_order() -> None:
    lives = read_sequences(ROWS, alphabet=["C", "A", "B", "D"])
    assert lives.alphabets == (("C", "A", "B", "D"),)
    assert lives.states[0, 0].tolist() == [2, 1, MISSING, 0]
    assert lives.domains[0].colours.keys() == {"A", "B", "C", "D"}


def test_other_codes_for_missing_and_void() -> None:
    rows = [{"id": "a", "1": "-99", "2": "x", "3": "-98"}]
    assert read_sequences(rows, missing="-99", void="-98").states.tolist() == [[[MISSING, 0, VOID]]]


def test_weights_by_column_or_by_themselves() -> None:
    frame = pd.DataFrame(ROWS).assign(w=[1.5, 0.0, 2.0])
    named, given = read_sequences(frame, weights="w"), read_sequences(ROWS, weights=[1.5, 0, 2])
    assert named.weights.tolist() == given.weights.tolist() == [1.5, 0.0, 2.0]
    assert named.positions == given.positions


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"alphabet": ["A", "B"]}, r"row 1, column 't4' \(P1\): there is no state 'C' .* \(A, B\); 2 cells"),
        ({"alphabet": []}, "it is empty"),
        ({"alphabet": ["A", "A", "B", "C"]}, "look at 'A'"),
        ({"alphabet": ["A", "*"]}, r"look at '\*'"),
        ({"id": "person"}, "no column 'person' with the people's ids; it has id, t1, t2, t3, t4"),
        ({"weights": "w"}, "no column 'w' of weights"),
        ({"weights": [1, 2]}, "3 people need 3 weights, not 2"),
        ({"weights": [1, -2, 3]}, "zero or more"),
        ({"weights": [1, np.nan, 3]}, "finite"),
        ({"weights": ["a", "b", "c"]}, "must be numbers"),
    ],
)
def test_refusals(settings: dict[str, object], said: str) -> None:
    with pytest.raises(TrajectoriesError, match=said):
        read_sequences(ROWS, **settings)  # type: ignore[arg-type]


def test_tables_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(StudyError, match=r"2 more than once|come more than once .first: 'P1', rows 1, 4"):
        read_sequences([*ROWS, ROWS[0]])
    with pytest.raises(StudyError, match="row 2: this person has no id"):
        read_sequences([ROWS[0], {**ROWS[1], "id": ""}])
    with pytest.raises(StudyError, match="no rows"):
        read_sequences([])
    with pytest.raises(StudyError, match="no positions beside 'id'"):
        read_sequences([{"id": "P1"}])
    with pytest.raises(StudyError, match="no state was found"):
        read_sequences([{"id": "P1", "t1": "*"}])
    with pytest.raises(StudyError, match="there is no such file"):
        read_sequences(tmp_path / "none.csv")
    (tmp_path / "empty.csv").write_text("")
    with pytest.raises(StudyError, match=r"empty\.csv: there are no rows below the header"):
        read_sequences(tmp_path / "empty.csv")
    (tmp_path / "broken.csv").write_bytes(b"id,t1\nP1,\xff\xfe")
    with pytest.raises(StudyError, match="UTF-8"):
        read_sequences(tmp_path / "broken.csv")


def test_a_stranger_in_select() -> None:
    with pytest.raises(SettingError, match="P9"):
        read_sequences(ROWS).select(["P9"])
