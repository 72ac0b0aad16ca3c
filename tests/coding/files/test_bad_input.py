"""Whatever happens to a file, the reader tells it in its own words: no traceback, no other exception."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.coding.material import MATERIAL
from trajectories.coding.checking.check import check
from trajectories.coding.dating.chronology import event_day, observed_window, timeline
from trajectories.coding.files.read_study import read_quotes, read_study
from trajectories.errors import TrajectoriesError

FILES = (
    "study.yaml", "codebook.yaml", "biographies/RU-001.yaml",
    "persons.csv", "episodes.csv", "events.csv", "ties.csv", "context_events.csv",
)  # fmt: skip
PIECES = (
    b"", b":", b"\n", b"- ", b"[", b"{", b"}", b'"', b",", b";", b"\t", b"..", b"/", b"2022-13", b"&a ",
    b"*a", b"\xff", b"\x00", b"null", b"\xef\xbb\xbf", b"  ", b"#", b"|", b"9999", b"~", b"origin.",
    b"RU-001",
)  # fmt: skip

changes = st.lists(
    st.tuples(st.floats(0, 1), st.integers(0, 12), st.sampled_from(PIECES)), min_size=1, max_size=4
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(MATERIAL / "valid", tmp_path_factory.mktemp("bad") / "study"))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(FILES), changes)
def test_a_damaged_file_is_read_or_plainly_refused(
    folder: Path, name: str, damage: list[tuple[float, int, bytes]]
) -> None:
    whole = (MATERIAL / "valid" / name).read_bytes()
    damaged = whole
    for place, length, piece in damage:
        at = int(place * len(damaged))
        damaged = damaged[:at] + piece + damaged[at + length :]
    (folder / name).write_bytes(damaged)
    try:
        study = read_study(folder)
        assert check(study).table() is not None
        for person in study.ids:
            biography = study.biography(person)
            first, last = observed_window(biography)
            assert first <= last
            event_day(biography, "departure")
            for domain in study.codebook.domains:
                timeline(biography, domain.name)
            read_quotes(study, person)
    except TrajectoriesError:
        pass
    finally:
        (folder / name).write_bytes(whole)
