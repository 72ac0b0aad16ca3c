"""The campaign, short: a few thousand damaged files, the same ones each time."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fuzz.campaign import HEAD, Outcome, damage_files, time_limit
from tests.fuzz.damage import damaged
from tests.fuzz.formats import Format, as_is, formats
from tests.fuzz.guide import Guide
from trajectories.errors import StudyError, TrajectoriesError


@pytest.fixture(autouse=True)
def _limits() -> Iterator[None]:
    with time_limit():
        yield


@pytest.mark.parametrize("name", formats())
def test_damaged_files_are_read_or_plainly_refused(name: str) -> None:
    outcome = damage_files(formats()[name], 60, seed=2026, every=0)
    assert outcome.found == {}
    assert outcome.read + outcome.refused == 60


@pytest.mark.parametrize("name", formats())
def test_every_format_has_sound_examples(name: str, tmp_path: Path) -> None:
    one = formats()[name]
    read = 0
    for sample in one.prepare(tmp_path):
        (tmp_path / one.file).write_bytes(sample)
        try:
            one.read(tmp_path / one.file)
            read += 1
        except TrajectoriesError:
            continue
    assert read > 0


def test_the_damage_is_the_same_each_time_and_is_damage() -> None:
    whole = b"id: RU-001\nbirth: 1989\n"
    made = [damaged(whole, random.Random(f"1:{number}"), b"other") for number in range(200)]
    assert made == [damaged(whole, random.Random(f"1:{number}"), b"other") for number in range(200)]
    assert sum(one != whole for one in made) > 180


def _of(read: object) -> Format:
    return Format("toy", "toy.txt", as_is("id: RU-001\n"), read)  # type: ignore[arg-type]


def test_what_must_not_happen_is_found_and_kept_once(tmp_path: Path) -> None:
    def broken(path: Path) -> None:
        raise KeyError(f"nobody caught {path.stat().st_size}")

    outcome = damage_files(_of(broken), 3, seed=1, keep=tmp_path / "found")
    (told, count), = outcome.found.items()
    assert (told.partition(" at ")[0], count) == ("KeyError", 3)
    assert [place.name for place in (tmp_path / "found").iterdir()] == ["toy-1-0.txt"]
    assert "| toy | 3 | 0 | 0 | 3 |" in str(outcome)
    assert HEAD.splitlines()[0].count("|") == str(Outcome("x")).count("|")


def test_reading_that_does_not_end_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.fuzz.campaign.SECONDS", 0.2)

    def endless(path: Path) -> None:
        while path.read_bytes() != b"id: RU-001\n":
            pass

    (told,) = damage_files(_of(endless), 1, seed=1).found
    assert told.startswith("more than 0.2 s at ")


def test_the_guide_keeps_what_led_somewhere_new() -> None:
    here = Guide([b"a"], folder=str(Path(__file__).parent))

    def branching(file: bytes) -> str:
        if file == b"b":
            return "new"
        return "known"

    for file in (b"a", b"a", b"b", b"b", b"a"):
        with here.watching(file):
            branching(file)
    assert here.kept == [b"a", b"b"]
    assert here.reached >= 3


def test_refusals_are_told_apart_from_answers() -> None:
    def refusing(path: Path) -> None:
        if path.stat().st_size % 2:
            raise StudyError("odd")

    outcome = damage_files(_of(refusing), 50, seed=1)
    assert outcome.read > 0
    assert outcome.refused > 0
    assert outcome.read + outcome.refused == outcome.files == 50
