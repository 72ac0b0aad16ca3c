"""The generator writes the committed sample again, byte for byte, and blurred dates keep the true day."""

from __future__ import annotations

from pathlib import Path

import pytest

from sample_data.generate import HERE, generate
from sample_data.making.days import day, middle, season, window, written
from sample_data.making.lives import Life, Moment
from sample_data.making.study import make_lives


@pytest.fixture(scope="module")
def lives() -> list[Life]:
    return make_lives()


def moments(life: Life) -> list[Moment]:
    boundaries = [m for s in life.stretches for m in (s.start, s.end) if m is not None]
    return [life.birth, life.observed, *boundaries, *(h.at for h in life.happenings),
            *(f.at for f in life.flows)]


def test_generating_again_gives_the_committed_bytes(tmp_path: Path) -> None:
    generate(tmp_path)
    made = {path.relative_to(tmp_path): path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert len(made) == 60 + 8 + 6
    differing = [str(path) for path, content in made.items() if (HERE / path).read_bytes() != content]
    assert differing == []


def test_no_biography_is_left_over_from_an_earlier_version(tmp_path: Path) -> None:
    (tmp_path / "biographies").mkdir()
    (tmp_path / "biographies" / "RU-999.yaml").write_text("id: RU-999\n")
    generate(tmp_path)
    made, committed = (sorted(p.name for p in (f / "biographies").iterdir()) for f in (tmp_path, HERE))
    assert made == committed


def test_line_ends_are_lf() -> None:
    assert not [p for p in HERE.rglob("*") if p.suffix in (".csv", ".yaml") and b"\r" in p.read_bytes()]


def test_every_written_date_allows_the_true_day(lives: list[Life]) -> None:
    for life in lives:
        for moment in moments(life):
            low, high = window(moment.text)
            assert low <= moment.day <= high, (life.id, moment.text)


def test_point_estimates_keep_the_true_order(lives: list[Life]) -> None:
    for life in lives:
        for name in ("location", "legal", "activism", "emotion"):
            points = [middle(s.start.text) for s in life.domain(name)]
            assert points == sorted(points), (life.id, name)


def test_dates_are_as_mixed_as_people_tell_them(lives: list[Life]) -> None:
    texts = [m.text for life in lives for m in {id(m): m for m in moments(life)}.values()]
    share = {form: sum(match(t) for t in texts) / len(texts) for form, match in {
        "qualified": lambda t: t[-1] in "~?", "day": lambda t: t.count("-") == 2 and t[-1].isdigit(),
        "season": lambda t: t[-3:-1] == "-2" and t.count("-") == 1,
        "year": lambda t: len(t) == 4}.items()}  # fmt: skip
    assert 0.08 < share["qualified"] < 0.18
    assert 0.12 < share["day"] < 0.26
    assert 0.07 < share["season"] < 0.18
    assert 0.05 < share["year"] < 0.16


@pytest.mark.parametrize(("when", "form", "text"), [
    (day(2022, 1, 15), "season", "2021-24"), (day(2022, 12, 1), "season", "2022-24"),
    (day(2022, 3, 5), "month~", "2022-03~"), (day(2022, 3, 5), "year", "2022"),
    (day(2022, 3, 5), "day", "2022-03-05"),
])  # fmt: skip
def test_forms_of_dates(when: int, form: str, text: str) -> None:
    assert written(when, form) == text


@pytest.mark.parametrize(("text", "low", "high"), [
    ("2022-24", day(2022, 12, 1), day(2023, 2, 28)), ("2023-24", day(2023, 12, 1), day(2024, 2, 29)),
    ("2022-03~", day(2022, 2, 1), day(2022, 4, 30)), ("2022~", day(2021, 1, 1), day(2023, 12, 31)),
    ("2022-03-05~", day(2022, 2, 26), day(2022, 3, 12)), ("2022-03%", day(2022, 1, 1), day(2022, 5, 31)),
])  # fmt: skip
def test_windows(text: str, low: int, high: int) -> None:
    assert window(text) == (low, high)


def test_winter_belongs_to_the_year_of_its_december() -> None:
    assert season(day(2022, 2, 28)) == "2021-24"
    assert season(day(2022, 3, 1)) == "2022-21"
