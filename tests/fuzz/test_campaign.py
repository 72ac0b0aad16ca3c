"""The campaign, short: a few hundred damaged files, the same ones each time."""

from __future__ import annotations

import random
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fuzz.campaign import FORMATS, Outcome, damage_files, prepare
from tests.fuzz.damage import damaged


@pytest.fixture(autouse=True)
def _limits() -> Iterator[None]:
    before = signal.getsignal(signal.SIGALRM)
    prepare(memory=0)
    yield
    signal.signal(signal.SIGALRM, before)


@pytest.mark.parametrize("name", FORMATS)
def test_damaged_files_are_read_or_plainly_refused(name: str) -> None:
    outcome = damage_files(name, range(40), seed=2026)
    assert outcome.found == []
    assert outcome.read + outcome.refused == 40


def test_the_damage_is_the_same_each_time_and_is_damage() -> None:
    whole = b"id: RU-001\nbirth: 1989\n"
    made = [damaged(whole, random.Random(f"1:{number}")) for number in range(200)]
    assert made == [damaged(whole, random.Random(f"1:{number}")) for number in range(200)]
    assert sum(one != whole for one in made) > 180


def test_what_must_not_happen_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise KeyError("nobody caught this")

    monkeypatch.setattr("tests.fuzz.campaign.read_study", broken)
    outcome = damage_files("persons", range(3), seed=1, keep=tmp_path / "found")
    assert len(outcome.found) == 3
    assert "KeyError" in outcome.found[0]
    assert len(list((tmp_path / "found").iterdir())) == 3
    assert "3 files" in " ".join(str(Outcome("x") + outcome).split())
