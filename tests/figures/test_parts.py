"""The parts beneath the figures: fades, staggered labels, ticks, legends and words."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trajectories.coding.dating.dates import parse_date
from trajectories.coding.study import ContextEvent
from trajectories.figures import style
from trajectories.figures.clock import clock, year_ticks
from trajectories.figures.fades import slices, weight
from trajectories.figures.figure import Axis, Bar, Key, Legend, Panel, Point, Points
from trajectories.figures.flags import flags
from trajectories.figures.legends import Sizes, legend_lines
from trajectories.figures.parts import context_rules, observed_words, rules_note
from trajectories.figures.words import elided, in_two_lines, sentence, spelt, wrapped
from trajectories.sequences.grid import Grid
from trajectories.sequences.read import read_sequences
from trajectories.sequences.sequences import Sequences
from trajectories.wording import joined, percent


def letters(text: str) -> float:
    return float(len(text))


def test_a_certain_bar_is_one_slice() -> None:
    (piece,) = slices((Bar(0, 10.0, 20.0, "#3f90da"),))
    assert (piece.start, piece.end, piece.colour) == (10.0, 20.0, "#3f90da")


def test_neighbours_that_share_a_fuzzy_boundary_mix_into_each_other() -> None:
    bars = (Bar(0, 0.0, 50.0, "#ff0000", fade_end=20.0), Bar(0, 50.0, 100.0, "#0000ff", fade_start=20.0))
    pieces = slices(bars)
    assert pieces[0].colour == "#ff0000"
    assert pieces[-1].colour == "#0000ff"
    assert all("ff" not in piece.colour[3:5] for piece in pieces), "no white shows through"
    reds = [style.channels(piece.colour)[0] for piece in pieces]
    assert reds == sorted(reds, reverse=True)


def a_bar(start: float, length: float, begun: float, ended: float) -> Bar:
    return Bar(0, start, start + length, "#123456", fade_start=begun, fade_end=ended)


some_bars = st.builds(a_bar, st.floats(0, 100), st.floats(1, 50), st.floats(0, 40), st.floats(0, 40))


@given(st.lists(some_bars, min_size=1, max_size=6))
def test_slices_run_on_and_reach_no_further_than_the_fades(found: list[Bar]) -> None:
    bars = tuple(found)
    pieces = slices(bars)
    assert min(p.start for p in pieces) >= min(b.start - b.fade_start / 2 for b in bars) - 1e-9
    assert max(p.end for p in pieces) <= max(b.end + b.fade_end / 2 for b in bars) + 1e-9
    starts = [piece.start for piece in pieces]
    assert starts == sorted(starts)


def test_half_way_through_a_fade_a_state_holds_by_half() -> None:
    bar = Bar(0, 0.0, 100.0, "#000000", fade_start=10.0)
    assert weight(bar, 0.0) == 0.5
    assert weight(bar, -5.0) == 0.0
    assert weight(bar, 5.0) == 1.0


@given(st.lists(st.tuples(st.floats(0, 100), st.text("abcdefgh ", min_size=1, max_size=30)), max_size=12),
       st.floats(40, 300))  # fmt: skip
def test_labels_never_cover_one_another_and_stay_on_the_panel(
    found: list[tuple[float, str]], width: float
) -> None:
    points = Points(tuple(Point(x, label) for x, label in found))
    row = flags(Panel((points,), Axis(low=0, high=100), Axis()), width, 0.0, 100.0, letters)
    assert len(row) == len(found)
    spans = [(flag.span(flag.x / 100 * width), flag.level) for flag in row]
    for i, ((start, end), level) in enumerate(spans):
        assert start >= -1e-6
        assert end <= width + 1e-6
        for (other_start, other_end), other in spans[:i]:
            assert level != other or start >= other_end or other_start >= end


def test_rightward_labels_are_not_crossed_by_lines() -> None:
    points = Points(tuple(Point(x, "some event") for x in (10.0, 11.0, 13.0, 40.0)))
    row = flags(Panel((points,), Axis(low=0, high=100), Axis()), 200.0, 0.0, 100.0, letters)
    for flag in row:
        start, end = flag.span(flag.x * 2)
        assert all(other.level < flag.level for other in row if start < other.x * 2 < end)


@pytest.mark.parametrize(("low", "high", "most", "expected"), [
    ((2010, 1, 1), (2024, 12, 31), 10, ["2010", "2012", "2014", "2016", "2018", "2020", "2022", "2024"]),
    ((2010, 1, 2), (2013, 6, 1), 10, ["2011", "2012", "2013"]),
    ((1985, 1, 1), (2024, 1, 1), 5, ["1990", "2000", "2010", "2020"]),
    ((2022, 1, 1), (2022, 8, 31), 8, ["Jan 2022", "Mar 2022", "May 2022", "Jul 2022"]),
])  # fmt: skip
def test_year_ticks(
    low: tuple[int, int, int], high: tuple[int, int, int], most: int, expected: list[str]
) -> None:
    ticks = year_ticks(dt.date(*low).toordinal(), dt.date(*high).toordinal(), most)
    assert [label for _, label in ticks] == expected


def lives_on(grid: Grid, positions: tuple[str, ...] | tuple[int, ...]) -> Sequences:
    given = read_sequences([{"id": "A", **{str(p): "x" for p in positions}}])
    return Sequences(given.states, given.ids, given.domains, positions, grid, given.weights)


def test_clocks_say_where_a_position_is() -> None:
    since = clock(lives_on(Grid(since="first_arrest", before=2, after=2), (-2, -1, 0, 1)))
    assert since.names == ("2 months before first arrest", "1 month before first arrest", "at first arrest",
                           "1 month after first arrest")  # fmt: skip
    assert since.label == "months since first arrest"
    assert [rule.x for rule in since.zero] == [0.0]
    calendar = clock(lives_on(Grid(start="2021-12", end="2022-02"), ("2021-12", "2022-01", "2022-02")))
    assert calendar.names == ("in December 2021", "in January 2022", "in February 2022")
    assert calendar.edges[-1] == dt.date(2022, 3, 1).toordinal()
    assert calendar.axis(5).kind == "day"
    age = clock(lives_on(Grid(ages=(18, 20), step="year"), (18, 19)))
    assert age.names == ("at age 18", "at age 19")
    given = clock(read_sequences([{"id": "A", "w1": "x", "w2": "y"}]))
    assert given.names == ("at position w1", "at position w2")


def test_ticks_since_an_event_are_multiples_of_the_year_or_half(lives: Sequences) -> None:
    long = clock(lives_on(Grid(since="departure", before=24, after=36), tuple(range(-24, 36))))
    assert [x for x, _ in long.axis(6).ticks or ()] == [-24, -18, -12, -6, 0, 6, 12, 18, 24, 30, 36]
    assert [label for _, label in long.axis(1.5).ticks or ()] == ["−24", "0", "24"]
    assert [label for _, label in clock(lives).axis(6, labelled=False).ticks or ()] == ["", "", "", ""]


def test_context_is_drawn_on_the_calendar_only_and_wars_before_laws(lives: Sequences) -> None:
    days = [("2022-02-24", "war", "Invasion"), ("2022-03-04", "law", "Law"), ("2031", "war", "Another")]
    events = [ContextEvent(parse_date(day), "RU", kind, label, "press") for day, kind, label in days]
    calendar = clock(lives_on(Grid(start="2022-01", end="2022-03"), ("2022-01", "2022-02", "2022-03")))
    rules = context_rules(events, calendar)
    assert [(rule.label, rule.x) for rule in rules] == [("Invasion", dt.date(2022, 2, 24).toordinal())]
    assert rules_note(rules) == "Vertical line: 24 February 2022, Invasion."
    assert [rule.label for rule in context_rules(events[1:2], calendar)] == ["Law"]
    assert context_rules(events, clock(lives)) == ()


def test_legends_flow_in_order_and_keep_titles_in_a_column() -> None:
    legend = Legend("Location", tuple(Key(f"state {i}", "#000000") for i in range(7)))
    sizes = Sizes(letters, letters, box=2, gap=2, line=1)
    lines = legend_lines((legend, Legend("Law", legend.keys[:1])), 50, sizes)
    assert [line.title for line in lines] == ["Location", "", "", "Law"]
    assert [key.label for line in lines[:3] for _, key in line.keys] == [key.label for key in legend.keys]
    assert {line.keys[0][0] for line in lines} == {10.0}


@given(st.text("abc de", max_size=60), st.integers(3, 30), st.integers(1, 3))
def test_wrapped_lines_fit(text: str, room: int, most: int) -> None:
    lines = wrapped(text, room, letters, most)
    assert len(lines) <= most
    assert all(len(line) <= room for line in lines)
    whole = " ".join(lines)
    assert whole == " ".join(text.split()) or "…" in whole


def test_words() -> None:
    said = [percent(share).replace("\u00a0", " ") for share in (0, 0.001, 0.384, 1)]
    assert said == ["0 %", "under 1 %", "38 %", "100 %"]
    assert joined(["a", "b", "c"]) == "a, b and c"
    assert sentence(spelt("12 months after departure")) == "Twelve months after departure."
    assert spelt("24 months after departure") == "24 months after departure"
    assert in_two_lines("left from 24 February 2022") == "left from 24\nFebruary 2022"
    assert elided("humanitarian permit", 10, letters) == "humanitar…"


def test_n_is_told_with_who_remains() -> None:
    assert observed_words(40, [40, 40, 40]) == "n = 40"
    assert observed_words(40, [40, 40, 12]) == "n = 40 (12 at the end)"
    assert observed_words(40, [38, 40, 12]) == "n = 40 (38 to 12)"


def test_ink_contrasts_with_every_colour() -> None:
    for red, green, blue in np.ndindex(6, 6, 6):
        colour = f"#{red * 51:02x}{green * 51:02x}{blue * 51:02x}"
        light = sorted([style.luminance(colour), style.luminance(style.ink_on(colour))])
        assert (light[1] + 0.05) / (light[0] + 0.05) >= 3.9, colour
