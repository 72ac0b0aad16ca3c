from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.coding.material import life
from trajectories.coding.biography import Biography
from trajectories.coding.dating.chronology import event_date, event_day, observed_window, timeline
from trajectories.coding.dating.dates import DateError, PointRule, parse_interval


def iso(day: int | None) -> str | None:
    return None if day is None else dt.date.fromordinal(day).isoformat()


def told(biography: Biography, rule: PointRule = "midpoint") -> list[tuple[str, str | None, str | None]]:
    return [(s.episode.state, iso(s.start), iso(s.end)) for s in timeline(biography, "location", rule)]


def test_neighbours_that_name_the_same_month_share_its_middle() -> None:
    lived = life("a ../2022-03", "b 2022-03/..", birth="1989", interview="2023-11-04")
    assert told(lived) == [("a", "1989-01-01", "2022-03-16"), ("b", "2022-03-16", "2023-11-05")]
    assert told(lived, "earliest")[0][2] == "2022-03-01"
    assert told(lived, "latest")[0][2] == "2022-03-31"


@pytest.mark.parametrize(
    ("end", "start", "boundary"),
    [
        ("2022-02", "2022-03", "2022-03-01"),  # written inclusively: they touch
        ("2017", "2018", "2018-01-01"),
        ("2017~", "2018", "2018-01-01"),
        ("2022-03-04", "2022-03-05", "2022-03-05"),
        ("2022", "2022-03-05", "2022-03-05"),  # the narrower one decides
        ("2022-03", "2022-21", "2022-03-16"),
        ("2022-04", "2022-03-20", "2022-03-20"),  # an overlap: cut where the next begins
        ("", "2022-03-05", "2022-03-05"),
        ("..", "2022-03-05", "2022-03-05"),
        ("2022-03-05", "", "2022-03-05"),
    ],
)
def test_one_boundary_for_both(end: str, start: str, boundary: str) -> None:
    first, second = told(life(f"a 2010/{end}", f"b {start}/2023", interview="2023"))
    assert first[2] == second[1] == boundary


def test_a_certain_gap_stays_a_gap() -> None:
    assert told(life("a 2010/2018-03-04", "b 2018-03-06/..", interview="2020-01-01")) == [
        ("a", "2010-07-02", "2018-03-04"),
        ("b", "2018-03-06", "2020-01-02"),
    ]


def test_an_unknown_end_that_nothing_follows_is_unknown() -> None:
    assert told(life("a 2010-01-01/", interview="2020")) == [("a", "2010-01-01", None)]


def test_an_open_start_is_the_beginning_of_the_observed_time() -> None:
    assert told(life("a ../2018-03-04", observed="2014", birth="1989", interview="2020")) == [
        ("a", "2014-01-01", "2018-03-04")
    ]


def test_a_wide_boundary_is_narrowed_by_its_neighbours() -> None:
    lived = life("a 2010-01-01/2022", "b 2022/2022-03-01", "c 2022-03-01/..", interview="2023")
    assert told(lived)[0][2] == "2022-01-30"


def test_an_event_that_begins_an_episode_dates_it_when_narrower() -> None:
    lived = life("a ../2022-03", "b 2022-03/.. d1", birth="1989", interview="2023",
                 events=("departure 2022-03-05 d1",))  # fmt: skip
    assert told(lived)[1][1] == "2022-03-05"
    wider = life("a ../2022-03-07", "b 2022-03-07/.. d1", birth="1989", interview="2023",
                 events=("departure 2022-03 d1",))  # fmt: skip
    assert told(wider)[1][1] == "2022-03-07"


def test_first_event_of_a_kind() -> None:
    lived = life(events=("departure 2022-05", "departure 2021", "arrest 2020", "departure "))
    assert iso(event_day(lived, "departure")) == "2021-07-02"
    assert iso(event_day(lived, "departure", "latest")) == "2021-12-31"
    found = event_date(lived, "departure")
    assert found is not None
    assert found.text == "2021"
    assert event_day(lived, "wedding") is None
    assert event_date(life(events=("departure ",)), "departure") is None


@pytest.mark.parametrize(
    ("given_dates", "window"),
    [
        ({"birth": "1989~", "interview": "2023-11-04"}, ("1989-01-01", "2023-11-05")),
        ({"birth": "1989", "observed": "2014-03", "interview": "2023-11"}, ("2014-03-01", "2023-12-01")),
        ({}, ("2010-01-01", "2019-01-01")),
    ],
)
def test_observed_window(given_dates: dict[str, str], window: tuple[str, str]) -> None:
    first, last = observed_window(life("a 2010/2018", **given_dates))
    assert (iso(first), iso(last)) == window


def test_a_life_without_any_date_has_no_timeline() -> None:
    lived = life("a ../..", "b /")
    assert observed_window(lived) == (0, 0)
    assert timeline(lived, "location") == ()


boundaries = st.one_of(
    st.dates(dt.date(2005, 1, 1), dt.date(2022, 12, 31)).flatmap(
        lambda day: st.sampled_from(
            [f"{day}", f"{day:%Y-%m}", f"{day:%Y}", f"{day:%Y-%m}~", f"{day:%Y}?", f"{day}%"]
        )
    ),
    st.sampled_from(["", ".."]),
)
rules: st.SearchStrategy[PointRule] = st.sampled_from(["midpoint", "earliest", "latest"])


@given(st.lists(st.tuples(boundaries, boundaries), max_size=6), rules, st.sampled_from(["", "2014", "1989"]))
def test_stretches_rise_and_never_reach_into_the_next(
    written: list[tuple[str, str]], rule: PointRule, birth: str
) -> None:
    episodes = []
    for start, end in written:
        try:
            parse_interval(f"{start}/{end}")
        except DateError:
            continue
        episodes.append(f"s {start}/{end}")
    stretches = timeline(life(*episodes, birth=birth, interview="2023-06"), "location", rule)
    days = [day for stretch in stretches for day in (stretch.start, stretch.end)]
    assert None not in days[:-1]
    known = [day for day in days if day is not None]
    assert known == sorted(known)


@given(st.lists(st.integers(0, 200), min_size=1, max_size=8, unique=True), rules)
def test_months_that_meet_cover_the_life_without_gap(cuts: list[int], rule: PointRule) -> None:
    months = ["..", *(f"{2005 + cut // 12}-{cut % 12 + 1:02d}" for cut in sorted(cuts)), ".."]
    episodes = [f"s {start}/{end}" for start, end in pairwise(months)]
    lived = life(*episodes, birth="1989", interview="2023-06-30")
    stretches = timeline(lived, "location", rule)
    assert len(stretches) == len(episodes)
    assert (stretches[0].start, stretches[-1].end) == observed_window(lived)
    assert all(one.end == other.start for one, other in pairwise(stretches))
