"""What a clock may be."""

from __future__ import annotations

import pytest

from trajectories.errors import SettingError
from trajectories.sequences.grid import Grid, month_name, month_number


def test_positions_of_each_clock() -> None:
    calendar = Grid(start="2021-11", end="2022-02")
    assert (calendar.first_month, calendar.last_month) == (622, 625)
    assert calendar.positions(622, 625) == ("2021-11", "2021-12", "2022-01", "2022-02")
    quarters = Grid(start="2021", end="2021", step="quarter")
    assert quarters.positions(612, 623) == ("2021-01", "2021-04", "2021-07", "2021-10")
    assert Grid(since="departure", before=2, after=1).positions(0, 0) == (-2, -1, 0)
    assert Grid(ages=(18, 20), step="year").positions(0, 0) == (18, 19)
    assert Grid(ages=(1, 2), step="quarter").positions(0, 0) == (4, 5, 6, 7)


def test_months_are_numbered_from_1970() -> None:
    for month in (-25, 0, 11, 12, 640):
        assert month_number(month_name(month)) == month
    assert month_number("2022", last=True) == month_number("2022-12")


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"start": "2022-13"}, "'2022-13' is not a month; write 2022-03"),
        ({"start": "spring"}, "is not a month"),
        ({"start": "2022-03", "end": "2022-02"}, "a window runs forwards"),
        ({"start": "1000", "end": "2020"}, "12,252 positions are more than 1,200"),
        ({"since": "departure", "before": 10**9}, "1,000,000,024 positions are more than 1,200"),
        ({"since": "departure", "before": 10**30}, "positions are more than 1,200"),
        ({"ages": (0, 10**12)}, "12,000,000,000,000 positions are more than 1,200"),
        ({"since": "departure", "before": 5000}, "more than 1,200"),
        ({"since": ""}, "kind of event"),
        ({"start": "2020", "since": "departure"}, "choose one clock"),
        ({"ages": (40, 18)}, "ages must rise"),
        ({"ages": (-3, 18)}, "ages must rise"),
        ({"since": "departure", "after": 0}, "after"),
        ({"step": "week"}, "step"),
        ({"weeks": 3}, "weeks: unknown key"),
    ],
)
def test_refusals(settings: dict[str, object], said: str) -> None:
    with pytest.raises(SettingError, match=said):
        Grid(**settings)  # type: ignore[arg-type]


def test_a_clock_in_words() -> None:
    assert Grid(since="departure").describe() == "from 12 months before to 24 months after departure"
    assert Grid(start="2020").describe() == "from 2020 to the last observation by month"
    assert Grid(ages=(18, 40), step="year").describe() == "from age 18 to before age 40 by year"
