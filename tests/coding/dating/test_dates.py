from __future__ import annotations

import datetime as dt
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trajectories.coding.dating.dates import DateError, FuzzyDate, parse_date, parse_interval
from trajectories.errors import TrajectoriesError


def days(first: int | None, last: int | None) -> tuple[str, str]:
    assert first is not None
    assert last is not None
    return dt.date.fromordinal(first).isoformat(), dt.date.fromordinal(last).isoformat()


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2022", "2022-01-01", "2022-12-31"),
        ("2022-03", "2022-03-01", "2022-03-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2022-03-15", "2022-03-15", "2022-03-15"),
        ("2022-21", "2022-03-01", "2022-05-31"),
        ("2022-22", "2022-06-01", "2022-08-31"),
        ("2022-23", "2022-09-01", "2022-11-30"),
        ("2023-24", "2023-12-01", "2024-02-29"),
        ("2022-36", "2022-10-01", "2022-12-31"),
        ("2022-37", "2022-01-01", "2022-04-30"),
        ("2022-41", "2022-07-01", "2022-12-31"),
        ("201X", "2010-01-01", "2019-12-31"),
        ("20XX", "2000-01-01", "2099-12-31"),
        ("2022-1X", "2022-10-01", "2022-12-31"),
        ("2022-0X-XX", "2022-01-01", "2022-09-30"),
        ("2022-1X~", "2022-09-01", "2023-01-31"),
        ("2022-02-0X", "2022-02-01", "2022-02-09"),
        ("2022-03-1X", "2022-03-10", "2022-03-19"),
        ("2022-02-2X", "2022-02-20", "2022-02-28"),
        ("2022-03-3X", "2022-03-30", "2022-03-31"),
        ("2022-XX", "2022-01-01", "2022-12-31"),
        ("2022-XX-XX", "2022-01-01", "2022-12-31"),
        ("2022-03-XX", "2022-03-01", "2022-03-31"),
        ("2022~", "2021-01-01", "2023-12-31"),
        ("2022?", "2021-07-01", "2023-06-30"),
        ("2022%", "2020-07-01", "2024-06-30"),
        ("2022-03~", "2022-02-01", "2022-04-30"),
        ("2022-03?", "2022-02-01", "2022-04-30"),
        ("2022-03%", "2022-01-01", "2022-05-31"),
        ("2022-01~", "2021-12-01", "2022-02-28"),
        ("2022-03-15~", "2022-03-08", "2022-03-22"),
        ("2022-21~", "2022-02-01", "2022-06-30"),
        ("2022-24?", "2022-11-01", "2023-03-31"),
        ("9999-24~", "9999-11-01", "9999-12-31"),
        ("0001-01-03~", "0001-01-01", "0001-01-10"),
        ("[2022-02,2022-03]", "2022-02-01", "2022-03-31"),
        ("[2022-05,2022-02]", "2022-02-01", "2022-05-31"),
        ("[2022-02..2022-05]", "2022-02-01", "2022-05-31"),
        ("[2022-02~,2022-05..2022-06-03]", "2022-01-01", "2022-06-03"),
        ("[2021-24,201X]", "2010-01-01", "2022-02-28"),
        ("?2022", "2021-07-01", "2023-06-30"),
        ("~2022-03", "2021-03-01", "2023-03-31"),
        ("?2022-03", "2021-03-01", "2023-03-31"),
        ("2022%-02", "2020-02-01", "2024-02-29"),
        ("2022-~03", "2022-02-01", "2022-04-30"),
        ("2022-~01", "2022-01-01", "2022-02-28"),
        ("2022-%12", "2022-10-01", "2022-12-31"),
        ("2022-~24", "2022-11-01", "2023-02-28"),
        ("2022-03~-15", "2022-02-15", "2022-04-15"),
        ("2022-01~-31", "2021-12-31", "2022-02-28"),
        ("2022-~01-31", "2022-01-31", "2022-02-28"),
        ("2022~-03-15", "2021-03-15", "2023-03-15"),
        ("2022-03-~28", "2022-03-21", "2022-03-31"),
        ("2022-~03-~15", "2022-02-08", "2022-04-22"),
        ("~2022-03-15?", "2021-03-08", "2023-03-22"),
        ("?9999-12", "9998-12-01", "9999-12-31"),
        ("?0001-02", "0001-01-01", "0002-02-28"),
    ],
)
def test_window_of_each_form(text: str, first: str, last: str) -> None:
    date = parse_date(text)
    assert date.text == text
    assert days(date.earliest, date.latest) == (first, last)


def test_doubt_widens_the_window_and_leaves_the_core() -> None:
    date = parse_date("2022-03~")
    assert days(date.core_earliest, date.core_latest) == ("2022-03-01", "2022-03-31")


def test_open_and_unknown_have_no_days() -> None:
    assert parse_date("..").is_open
    assert parse_date("").is_unknown
    assert parse_date("..").width == parse_date("").width == 0
    with pytest.raises(TrajectoriesError, match="ongoing has no days"):
        parse_date("..").point()


@pytest.mark.parametrize(
    ("text", "rule", "day"),
    [
        ("2022-03", "midpoint", "2022-03-16"),
        ("2022-03", "earliest", "2022-03-01"),
        ("2022-03", "latest", "2022-03-31"),
        ("2022", "midpoint", "2022-07-02"),
    ],
)
def test_point_by_rule(text: str, rule: str, day: str) -> None:
    assert dt.date.fromordinal(parse_date(text).point(rule)).isoformat() == day  # type: ignore[arg-type]


def test_point_refuses_another_rule() -> None:
    with pytest.raises(TrajectoriesError, match="may be midpoint, earliest or latest"):
        parse_date("2022").point("middle")  # type: ignore[arg-type]


def test_straddles_the_day_of_the_invasion() -> None:
    day = dt.date(2022, 2, 24)
    assert parse_date("2022-02").straddles(day)
    assert not parse_date("2022-02-24").straddles(day)
    assert not parse_date("2022-02-23").straddles(day)
    assert parse_date("2022-02-23~").straddles(day)
    assert not parse_date("2022-03").straddles(day)
    assert not parse_date("").straddles(day)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2022-03-05", "5 March 2022"),
        ("2022-03~", "about March 2022"),
        ("2022?", "probably 2022"),
        ("2022-24", "winter 2022/23"),
        ("2022-21%", "perhaps about spring 2022"),
        ("201X", "the 2010s"),
        ("20XX", "2000 to 2099"),
        ("2022-1X", "October to December 2022"),
        ("2022-03-1X~", "about 10th to 19th of March 2022"),
        ("2022-XX", "2022"),
        ("2022-40", "first half of 2022"),
        ("[2022-02,2022-05~]", "February 2022 or about May 2022"),
        ("[2022-02..2022-05]", "some time from February 2022 to May 2022"),
        ("2022-~03", "March 2022, the month approximate"),
        ("?2022-21", "spring 2022, the year uncertain"),
        ("2022-%21", "spring 2022, the season approximate and uncertain"),
        ("2022-03~-15", "15 March 2022, the year and month approximate"),
        ("..", "ongoing"),
        ("", "unknown"),
    ],
)
def test_said_in_words(text: str, words: str) -> None:
    assert str(parse_date(text)) == words


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("03/2022", "'03/2022' is not a date in EDTF. Did you mean '2022-03'?"),
        ("2022/03", "'2022/03' is not a date in EDTF. Did you mean '2022-03'?"),
        ("March 2022", "'March 2022' is not a date in EDTF. Did you mean '2022-03'?"),
        ("15 March 2022", "'15 March 2022' is not a date in EDTF. Did you mean '2022-03-15'?"),
        ("15.03.2022", "'15.03.2022' is not a date in EDTF. Did you mean '2022-03-15'?"),
        ("03/04/2022", "'03/04/2022' is not a date in EDTF. "
                       "Write 2022-04-03 if the day is 3, 2022-03-04 if the day is 4."),
        ("2022-3", "'2022-3' is not a date in EDTF. Did you mean '2022-03'?"),
        ("ca. 2015", "'ca. 2015' is not a date in EDTF. Did you mean '2015~'?"),
        ("2013/2014", "'2013/2014' is not a date in EDTF. "
                      "This is a stretch of time; one date is needed here, such as 2013."),
        ("spring 2022", "'spring 2022' is not a date in EDTF. Did you mean '2022-21'?"),
        ("now", "'now' is not a date in EDTF. Write .. for what still goes on."),
        ("unknown", "'unknown' is not a date in EDTF. Leave it empty when it is not known."),
        ("2023-02-29", "'2023-02-29' is not a day of the calendar. "
                       "February 2023 has 28 days; write 2023-02 if the day is not known."),
        ("2022-13", "'2022-13': there is no month 13. Months are 01 to 12, seasons 21 (spring) to 24 "
                    "(winter)."),
        ("2022-15-03", "'2022-15-03': there is no month 15. Did you mean '2022-03-15'?"),
        ("0000", "'0000': there is no year 0. Years are 0001 to 9999."),
        ("2022-21-05", "'2022-21-05': a season or part of a year has no days of its own. "
                       "Months are 01 to 12, seasons 21 (spring) to 24 (winter)."),
        ("201X-03", "'201X-03' leaves the year open but names a month. Write 201X alone."),
        ("2022-XX-05", "'2022-XX-05' names a day but leaves the month open. Write 2022-XX or 2022."),
        ("[..2022-03]", "'[..2022-03]' has no first date, so nothing can be drawn or counted from it. Write "
                        "the first date it can be, such as [2014..2022-03]; the years of birth and of the "
                        "interview will do."),
        ("[2022,2022-03..]", "'[2022,2022-03..]' has no last date, so nothing can be drawn or counted from "
                             "it. Write the last date it can be, such as [2022-03..2024]; the years of "
                             "birth and of the interview will do."),
        ("[2022-05..2022-02]", "'[2022-05..2022-02]' goes backwards. Write 2022-02..2022-05."),
        ("[2022, 2023]", "'[2022, 2023]' has spaces. Write [2022,2023]."),
        ("[2022]", "'[2022]' is a choice of one. Write 2022 without brackets."),
        ("[2022,]", "'[2022,]' has an empty place. Write the dates with a comma between them: "
                    "[2022-02,2022-05]."),
        ("[[2022],2023]", "'[[2022],2023]' has brackets within brackets. Write the dates with a comma "
                          "between them: [2022-02,2022-05]."),
        ("[2022/2023,2024]", "'[2022/2023,2024]' holds a stretch of time. Write 2022..2023 for one moment "
                             "in it."),
        ("[2022-13,2023]", "'[2022-13,2023]': '2022-13': there is no month 13. Months are 01 to 12, seasons "
                           "21 (spring) to 24 (winter)."),
        ("{2022,2023}", "'{2022,2023}' means all of these dates. One date is needed: write [2022,2023] if it "
                        "was one of them."),
        ("?2022~-03", "'?2022~-03' has two marks of doubt on one part. Write % for both."),
    ],
)  # fmt: skip
def test_refuses_with_the_spelling_that_may_be_meant(text: str, message: str) -> None:
    with pytest.raises(DateError) as refused:
        parse_date(text)
    assert str(refused.value) == message


@pytest.mark.parametrize("text", [" 2022", "2022 ", "2022-2X", "2022-1X-03", "2022-02-3X", "2022-21-1X",
                                  "2022-03-4X", "2022-~1X", "2022-03-15T10:00", "２０２２", "2022\n",
                                  "[2022,2023", "2022-~XX", "2022--03", "~~2022", "[2022;2023]", "?", "[]"])
def test_is_strict(text: str) -> None:
    with pytest.raises(DateError):
        parse_date(text)


WELL_WRITTEN = ["2014/2022", "2014-03/2022-02~", "2022-09/..", "../2022", "2022/", "/2022", "201X/..",
                "[2022-02,2022-03]/2022-~09", "2014/[2022..2023]"]


@pytest.mark.parametrize("text", WELL_WRITTEN)
def test_interval(text: str) -> None:
    start, end = parse_interval(text)
    assert f"{start.text}/{end.text}" == text


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("2022-03/2022-01", "'2022-03/2022-01': it ends (2022-01) before it starts (2022-03). "
                            "Turned round: 2022-01/2022-03."),
        ("2022", "'2022' is one date; a stretch of time needs its start and its end. "
                 "Write 2022/.. if it still goes on, 2022/ if its end is not known."),
        ("03/2022", "'03/2022': '03' is not a date in EDTF. Did you mean '2022-03'?"),
        ("2022/03", "'2022/03': '03' is not a date in EDTF. Did you mean '2022-03'?"),
        ("2021/2022-02-30", "'2021/2022-02-30': '2022-02-30' is not a day of the calendar. "
                            "February 2022 has 28 days; write 2022-02 if the day is not known."),
    ],
)  # fmt: skip
def test_refuses_intervals(text: str, message: str) -> None:
    with pytest.raises(DateError) as refused:
        parse_interval(text)
    assert str(refused.value) == message


years = st.integers(1, 9999).map(lambda year: f"{year:04d}")
parts = st.sampled_from([*range(1, 13), *range(21, 25), *range(33, 42)])
months = st.builds("{}-{:02d}".format, years, parts)
some_days = st.dates().map(dt.date.isoformat)
others = st.sampled_from(["201X", "19XX", "2022-XX", "2022-03-XX", "2022-1X", "2022-03-2X"])
doubts = st.sampled_from(["", "~", "?", "%"])
plain_dates = st.builds("{}{}".format, st.one_of(years, months, some_days, others), doubts)


@st.composite
def part_doubts(draw: st.DrawFn) -> str:
    """A month, part of a year, or day with doubt about parts of it."""
    parts = draw(st.one_of(months, some_days)).split("-")
    marked = [draw(st.sampled_from(["{}", "~{}", "?{}", "%{}", "{}~", "{}?", "{}%"])) for _ in parts]
    return "-".join(mark.format(part) for mark, part in zip(marked, parts, strict=True))


@st.composite
def sets(draw: st.DrawFn) -> str:
    """One of several dates or ranges."""
    dated = sorted(draw(st.lists(plain_dates, min_size=2, max_size=6)),
                   key=lambda text: (parse_date(text).core_earliest, parse_date(text).core_latest))
    marks = [draw(st.sampled_from([",", ".."])) if i % 2 else "," for i in range(1, len(dated))]
    return "[" + dated[0] + "".join(m + d for m, d in zip(marks, dated[1:], strict=True)) + "]"


dates = st.one_of(plain_dates, part_doubts(), sets())


@given(dates)
def test_keeps_the_text_and_orders_the_window(text: str) -> None:
    date = parse_date(text)
    assert date.text == text
    assert date.earliest is not None
    assert date.core_earliest is not None
    assert date.core_latest is not None
    assert date.latest is not None
    assert 1 <= date.earliest <= date.core_earliest <= date.core_latest <= date.latest
    assert date.earliest <= date.point() <= date.latest
    assert date.width == date.latest - date.earliest + 1
    assert str(date)


@given(dates, dates)
def test_an_interval_is_its_two_dates_or_is_refused_as_reversed(one: str, other: str) -> None:
    start, end = parse_date(one), parse_date(other)
    assert start.core_earliest is not None
    assert end.core_latest is not None
    if start.core_earliest > end.core_latest:
        with pytest.raises(DateError, match="before it starts"):
            parse_interval(f"{one}/{other}")
    else:
        assert parse_interval(f"{one}/{other}") == (start, end)


@given(sets())
def test_the_window_of_a_choice_is_the_hull_of_its_dates(text: str) -> None:
    date = parse_date(text)
    parts = [parse_date(part) for part in re.split(r",|\.\.", text[1:-1])]
    assert date.window == (min(p.window[0] for p in parts), max(p.window[1] for p in parts))
    assert date.core_earliest == min(p.core_earliest or 0 for p in parts)
    assert date.core_latest == max(p.core_latest or 0 for p in parts)


@given(part_doubts())
def test_parts_without_doubt_hold(text: str) -> None:
    date, plain = parse_date(text), parse_date(re.sub("[~?%]", "", text))
    first, last = (dt.date.fromordinal(day) for day in date.window)
    assert (date.core_earliest, date.core_latest) == plain.window
    *before, day = text.split("-")
    if not re.search("[~?%]", text[:-1].replace(day, "")) and day[-1] not in "~?%":
        assert (first.year, last.year - first.year) in [(int(text[:4]), 0), (int(text[:4]), 1)]
        assert len(before) == 1 or first.month == last.month == int(text[5:7])


@given(st.text("0123456789-~?%X[],./ ", max_size=20) | st.text(max_size=20))
def test_any_text_is_a_date_or_plainly_refused(text: str) -> None:
    try:
        date = parse_date(text)
    except DateError:
        return
    assert isinstance(date, FuzzyDate)
