"""Draws of a study's dates: in order, inside their windows, and what follows from them."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.sequences.studies import study
from trajectories.coding.biography import Event
from trajectories.coding.checking.contradictions import all_moments, contradictions
from trajectories.coding.dating.dates import DateError, parse_date, parse_interval
from trajectories.coding.study import CohortScheme, DateSettings, Study
from trajectories.comparison.cohorts import cohorts
from trajectories.errors import SettingError, StudyError
from trajectories.sequences.build import build_sequences
from trajectories.sequences.draws import draw_dates, state_probabilities
from trajectories.sequences.grid import Grid

DRAWS = 5_000
BOUND = (np.log(2 / 1e-9) / (2 * DRAWS)) ** 0.5
"""A share of DRAWS strays further than this (0.046) from its probability once in 10**9 times (Hoeffding)."""

MOVER = ("M", {"location": [("origin", "2019/2021-03"), ("georgia", "2021-03/2021-22~"),
                            ("germany", "2021-22~/..")],
               "legal": [("home", "2019/2021-03"), ("pending", "2021-03/..")]})  # fmt: skip
EXACT = ("E", {"location": [("origin", "2019-05-06/2021-03-05"), ("georgia", "2021-03-05/..")],
               "legal": [("home", "2019-05-06/2021-03-05"), ("pending", "2021-03-05/..")]})  # fmt: skip


def with_departure(made: Study) -> Study:
    """The same study in which the second episode of everybody's domains begins with the departure."""
    begun = {(e.person, e.domain): e for e in reversed(made.episodes) if e.start.text[:4] == "2021"}
    episodes = [
        e._replace(event_id="dep") if begun.get((e.person, e.domain)) is e else e for e in made.episodes
    ]
    departures = tuple(
        Event(p.id, "departure", begun[p.id, "location"].start, p.source, "dep") for p in made.people
    )
    return replace(made, episodes=tuple(episodes), events=departures)


def test_days_that_are_certain_stay_where_they_are() -> None:
    made = with_departure(study(EXACT))
    for grid in (Grid(), Grid(since="departure", before=3, after=4)):
        point = build_sequences(made, grid)
        for draw in draw_dates(made, draws=3):
            assert (build_sequences(made, grid, dates=draw).states == point.states).all()


def test_one_event_has_one_day_in_every_domain_and_starts_the_clock() -> None:
    made = with_departure(study(MOVER))
    biography = made.biography("M")
    seen = set()
    for draw in draw_dates(made, draws=40):
        location, legal = draw.timeline(biography, "location"), draw.timeline(biography, "legal")
        departure = draw.event_day(biography, "departure")
        assert location[0].end == location[1].start == legal[0].end == legal[1].start == departure
        assert location[1].end is not None
        assert departure is not None
        seen.add(dt.date.fromordinal(departure).day)
        lives = build_sequences(made, Grid(since="departure", before=2, after=2, step="year"), dates=draw)
        assert lives.ids == ("M",)
    assert len(seen) > 15
    assert draw.event_day(biography, "arrest") is None


def test_without_an_event_the_domains_have_days_of_their_own() -> None:
    made = study(MOVER)
    both = [(draw.timeline(made.biography("M"), "location")[1].start,
             draw.timeline(made.biography("M"), "legal")[1].start) for draw in draw_dates(made)]  # fmt: skip
    assert len({one == other for one, other in both}) == 2 or len(set(both)) > 10


def test_the_same_seed_draws_the_same_whoever_else_is_there() -> None:
    alone, together = study(MOVER), study(EXACT, MOVER)
    one, other, next_seed = draw_dates(alone), draw_dates(together), draw_dates(alone, seed=2)
    assert [draw.days["M"] for draw in one] == [draw.days["M"] for draw in other]
    assert [draw.days["M"] for draw in one] != [draw.days["M"] for draw in next_seed]
    assert [draw.number for draw in one] == list(range(20))
    assert repr(one[0]) == "DateDraw 0 (seed 1): 1 people, 5 moments drawn within their windows"


def test_draws_do_not_hang_on_the_order_of_sets() -> None:
    code = ("from tests.sequences.test_draws import *; "
            "print(hash('x'), [d.days['M'] for d in draw_dates(with_departure(study(MOVER)), draws=3)])")
    told = []
    for seed in ("1", "2"):
        done = subprocess.run([sys.executable, "-c", code], env={**os.environ, "PYTHONHASHSEED": seed},
                              capture_output=True, text=True, check=True)  # fmt: skip
        told.append(done.stdout.split(" ", 1))
    assert told[0][0] != told[1][0]
    assert told[0][1] == told[1][1]


boundaries = st.dates(dt.date(2019, 1, 1), dt.date(2022, 12, 31)).flatmap(
    lambda day: st.sampled_from([f"{day}", f"{day:%Y-%m}", f"{day:%Y}", f"{day:%Y-%m}~", f"{day:%Y}?",
                                 f"{day}%", "", ".."])
)  # fmt: skip
told = st.lists(st.tuples(boundaries, boundaries, st.sampled_from(["", "", "e1", "e2"])), max_size=5)


@settings(max_examples=150, deadline=None)
@given(told, told, st.sampled_from(["2018", "2019~", ""]))
def test_order_and_windows_are_kept_in_whatever_is_coded(
    location: list[tuple[str, str, str]], legal: list[tuple[str, str, str]], birth: str
) -> None:
    coded: dict[str, list[tuple[str, str]]] = {"location": [], "legal": []}
    ids: list[str] = []
    for domain, written in (("location", location), ("legal", legal)):
        for start, end, event_id in written:
            try:
                parse_interval(f"{start}/{end}")
            except DateError:
                continue
            coded[domain].append(("origin" if domain == "location" else "home", f"{start}/{end}"))
            ids.append(event_id)
    made = study(("P", coded), births={"P": birth})
    made = replace(made, episodes=tuple(
        episode._replace(event_id=id) for episode, id in zip(made.episodes, ids, strict=True)))  # fmt: skip
    try:
        draws = draw_dates(made, draws=4)
    except StudyError as error:
        contradiction = str(error)
        assert "x.yaml:7 (P): " in contradiction
        return
    biography, lived = made.biography("P"), all_moments(made)["P"]
    for draw in draws:
        for moment, day in zip(lived.moments, draw.days["P"], strict=True):
            assert moment.window[0] <= day <= moment.window[1]
            assert all(date.window[0] <= day <= date.window[1] for date in moment.dates)
        for domain in ("location", "legal"):
            stretches = draw.timeline(biography, domain)
            days = [day for s in stretches for day in (s.start, s.end) if day is not None]
            assert days == sorted(days)
        begins: dict[str, set[int]] = {}
        for domain in ("location", "legal"):
            for stretch in draw.timeline(biography, domain)[1:]:
                if stretch.episode.event_id:
                    begins.setdefault(stretch.episode.event_id, set()).add(stretch.start)
        assert all(len(days) == 1 for days in begins.values())


def test_stated_orders_hold_in_every_draw() -> None:
    made = study(MOVER, events=[("M", "departure", "2021"), ("M", "arrest", "2021~")])
    made = replace(made, dates=DateSettings(before=(("arrest", "departure"),)))
    life = made.biography("M")
    days = [(draw.event_day(life, "arrest"), draw.event_day(life, "departure")) for draw in draw_dates(made)]
    assert all(one is not None and other is not None and one <= other for one, other in days)


def test_every_contradiction_is_counted_and_the_first_is_told() -> None:
    other = ("N", MOVER[1])
    made = with_departure(study(MOVER, other))
    early = tuple(replace(event, date=parse_date("2020")) for event in made.events)
    with pytest.raises(StudyError, match=r"^biographies/x.yaml:7 \(M\): .* same holds for 1 more of 2 p"):
        draw_dates(replace(made, events=early))
    problems = list(contradictions(replace(made, events=early)))
    assert [(problem.person, problem.line, problem.severity) for problem in problems] == [
        ("M", 7, "error"), ("N", 7, "error")]  # fmt: skip
    assert "origin to georgia (2021-03) and event 'departure' (2020)" in problems[0].what


@pytest.mark.parametrize("wrong", [{"draws": 0}, {"seed": -1}])
def test_no_draws_and_negative_seeds_are_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(SettingError, match="at least 1 draw"):
        draw_dates(study(MOVER), **wrong)


def test_a_draw_of_another_study_is_refused() -> None:
    draw = draw_dates(study(MOVER), draws=1)[0]
    with pytest.raises(StudyError, match="E is not in these draws"):
        build_sequences(study(EXACT), Grid(), dates=draw)


SCHEME = CohortScheme(label="Before or after", cuts=(dt.date(2021, 3, 11),), labels=("before", "after"))


@pytest.mark.parametrize("written", ["2021-03", "2021-03~", "2021-03?", "2021%", "2021-21", "2021-03-14%"])
def test_shares_of_draws_agree_with_the_probability_of_each_cohort(written: str) -> None:
    """Where no other date bears on the departure, by less than BOUND."""
    lived = {"location": [("origin", f"1990/{written}"), ("germany", f"{written}/..")]}
    made = replace(with_departure(study(("P", lived), observed="1990/2024")), cohorts={"cut": SCHEME})
    found = cohorts(made, "cut").probabilities[0]
    assert 0 < found[0] < 1
    days = [draw.event_day(made.biography("P"), "departure") or 0 for draw in draw_dates(made, draws=DRAWS)]
    before = np.mean([day < dt.date(2021, 3, 11).toordinal() for day in days])
    assert abs(before - found[0]) < BOUND


def test_what_else_is_known_moves_the_shares_of_draws() -> None:
    """Georgia from March, Germany from mid-March: the departure is more probably before the cut."""
    lived = {"location": [("origin", "1990/2021-03"), ("georgia", "2021-03/2021-03-15"),
                          ("germany", "2021-03-15/..")]}  # fmt: skip
    made = replace(with_departure(study(("P", lived))), cohorts={"cut": SCHEME})
    days = [draw.event_day(made.biography("P"), "departure") or 0 for draw in draw_dates(made, draws=DRAWS)]
    before = np.mean([day < dt.date(2021, 3, 11).toordinal() for day in days])
    assert cohorts(made, "cut").probabilities[0, 0] == pytest.approx(10 / 31)
    assert abs(before - 10 / 15) < BOUND


def test_probabilities_of_states_are_the_days_of_the_boundary() -> None:
    """March 2021 is Georgia when the boundary lies on 1 to 16 March: 16 days of 31."""
    lived = {"location": [("origin", "1990/2021-03"), ("georgia", "2021-03/..")], "legal": []}
    table = state_probabilities(study(("P", lived)), Grid(start="2021-02", end="2021-04"),
                                draw_dates(study(("P", lived)), draws=DRAWS))  # fmt: skip
    found = table.set_index(["domain", "position", "state"])["probability"]
    assert found["location", "2021-02", "origin"] == found["location", "2021-04", "georgia"] == 1
    assert abs(found["location", "2021-03", "georgia"] - 16 / 31) < BOUND
    assert set(table["domain"]) == {"location"}
    assert (table["observed"] == 1).all()
    assert table["label"].tolist() == ["Origin", "Origin", "Georgia", "Georgia"]


def test_probabilities_are_the_shares_of_the_lives_built() -> None:
    made = with_departure(study(MOVER, EXACT))
    draws, grid = draw_dates(made, draws=12), Grid(since="departure", before=4, after=8)
    table = state_probabilities(made, grid, draws)
    built = [build_sequences(made, grid, dates=draw) for draw in draws]
    for row in table.itertuples():
        lives = [lives.table(row.domain).loc[row.id, row.position] for lives in built]
        assert row.probability == pytest.approx(np.mean([state == row.state for state in lives]))
        assert row.observed == pytest.approx(np.mean([state not in "*%" for state in lives]))
    sums = table.groupby(["id", "domain", "position"])[["probability"]].sum()["probability"]
    assert np.allclose(sums, table.groupby(["id", "domain", "position"])["observed"].first())


def test_probabilities_need_draws() -> None:
    with pytest.raises(SettingError, match="no draws"):
        state_probabilities(study(MOVER), Grid(), [])


def test_the_sample_is_drawn_in_order() -> None:
    from trajectories.coding.files.read_study import read_study

    sample = read_study("sample_data")
    first, last = draw_dates(sample, draws=2)
    for person, lived in all_moments(sample).items():
        for draw in (first, last):
            days = draw.days[person]
            assert all(days[i] <= days[j] for i, j in lived.order)
            for domain in lived.spans:
                at = [s.start for s in draw.timeline(sample.biography(person), domain)]
                assert all(one <= other for one, other in pairwise(at))
