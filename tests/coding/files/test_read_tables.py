"""Rows that are read many at a time are read as they would be one by one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.coding.material import MATERIAL
from trajectories.coding.files import read_tables
from trajectories.coding.files.read_study import read_study
from trajectories.coding.files.read_tables import read_table
from trajectories.coding.files.reading import Reading
from trajectories.coding.files.text_files import TextFile

CODEBOOK = read_study(MATERIAL / "valid").codebook
_CELLS = {
    "person": ["RU-1", " RU-2", ""],
    "domain": ["location", ""],
    "state": ["germany", "nowhere ", ""],
    "start": ["2020", "2021-03~", "soon", ""],
    "end": ["2022", "..", "2019-13"],
    "quote": ["“Well, then”", "two\nlines", ""],
}
_SOUND = ("RU-1", "location", "germany", "2020", "2022", "said")
ROWS = st.lists(
    st.one_of(
        st.tuples(*(st.sampled_from(cells) for cells in _CELLS.values())),
        st.sampled_from([_SOUND, ("RU-1", "short"), ("",) * 6]),
    ),
    max_size=12,
)


def _read(rows: list[tuple[str, ...]], batch: int | None, *, quotes: bool, only: str | None) -> Reading:
    text = "\r\n".join(",".join(f'"{cell}"' for cell in row) for row in [tuple(_CELLS), *rows])
    reading = Reading(CODEBOOK, quotes=quotes, only=only)
    with pytest.MonkeyPatch.context() as patch:
        if batch is None:
            patch.setattr(read_tables, "_add_together", lambda *_: False)
        else:
            patch.setattr(read_tables, "_BATCH", batch)
        read_table("episodes", TextFile("episodes.csv", text, ""), reading)
    return reading


@given(ROWS, st.sampled_from([2, 3, 1024]), st.booleans(), st.sampled_from([None, "RU-1"]))
def test_many_rows_at_a_time_are_read_as_one_by_one(
    rows: list[tuple[str, ...]], batch: int, quotes: bool, only: str | None
) -> None:
    singly = _read(rows, None, quotes=quotes, only=only)
    together = _read(rows, batch, quotes=quotes, only=only)
    assert together.episodes == singly.episodes
    assert sorted(map(repr, together.problems)) == sorted(map(repr, singly.problems))


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_an_episode_knows_its_line_though_quotes_have_several(end: str) -> None:
    several = (*_SOUND[:-1], f"two{end}{end}lines")
    reading = _read([_SOUND, several, (), _SOUND, ("RU-1", "short")], 1024, quotes=True, only=None)
    assert [episode.source.line for episode in reading.episodes] == [2, 3, 7]
    assert [episode.quote for episode in reading.episodes] == ["said", several[-1], "said"]
    assert [problem.line for problem in reading.problems] == [8]
