"""Controls to plan, plan to controls, controls to an address and back."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.callbacks import CONTROLS
from dashboard.controls import Choices, choices_in, choices_of, plan_of, query_of
from dashboard.offers import (
    BY_HAND,
    COSTS,
    MEASURES,
    METHODS,
    RULES,
    SORTS,
    Filter,
    Offers,
    costs_with,
    measures_with,
    weights_with,
)
from trajectories.plan import Plan

OFFERS = Offers(
    domains=(("location", "Location"), ("legal", "Legal status")),
    events=(("departure", "Departure"), ("arrest", "Arrest")),
    schemes=(("binary_2022", "Before or after"), ("waves", "Waves")),
    filters=(Filter("gender", "Gender", (("woman", "woman"), ("man", "man"))),
             Filter("origin", "Origin", (("russia", "Russia"), ("azerbaijan", "Azerbaijan")))),
    states=(Filter("location", "Location", (("origin", "Origin"), ("georgia", "Georgia"))),
            Filter("legal", "Legal status", (("home", "At home"), ("pending", "Pending")))),
    years=(2010, 2024),
    usual_years=(2017, 2022),
)  # fmt: skip
BASE = Plan(grid={"since": "departure", "before": 12, "after": 18}, comparison={"cohorts": ["binary_2022"]},
            types={"k": 3, "names": ["early", "late", "back"]})  # fmt: skip
START = choices_of(BASE, OFFERS)


def one_of(choices: tuple[tuple[str, str], ...]) -> st.SearchStrategy[str]:
    return st.sampled_from([value for value, _ in choices])


def rising(low: int, high: int) -> st.SearchStrategy[tuple[int, int]]:
    pairs = st.tuples(st.integers(low, high), st.integers(low, high))
    return pairs.filter(lambda pair: pair[0] < pair[1])


def subset(*values: Any) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.sets(st.sampled_from(values)).map(lambda chosen: tuple(v for v in values if v in chosen))




def by_name(**values: tuple[str, ...]) -> st.SearchStrategy[Any]:
    """Some of the values of some of the names."""
    found = st.tuples(*(subset(*some) for some in values.values()))
    return found.map(lambda some: tuple(pair for pair in zip(values, some, strict=True) if pair[1]))


choices = st.builds(
    Choices,
    domain=one_of(OFFERS.domains),
    clock=st.sampled_from(["calendar", "since", "age"]),
    since=one_of(OFFERS.events),
    around=rising(-60, 60),
    years=rising(2010, 2024),
    ages=rising(0, 80),
    aligned=subset("location", "legal").filter(bool),
    complete=st.booleans(),
    measure=one_of(MEASURES),
    costs=one_of(COSTS),
    weights=st.sampled_from([BY_HAND, *(value for value, _ in RULES)]),
    method=one_of(METHODS),
    k=st.integers(2, 10),
    scheme=one_of(OFFERS.schemes),
    where=by_name(gender=("woman", "man"), origin=("russia", "azerbaijan")),
    ever=by_name(location=("origin", "georgia"), legal=("home", "pending")),
    types=subset(1, 2, 3),
    sort=one_of(SORTS),
    privacy=st.booleans(),
    uncertain=st.booleans(),
)


def test_untouched_controls_are_the_plan_itself() -> None:
    plan = plan_of(START, BASE, START)
    assert plan.changed(view={"scheme": None, "domain": None}) == BASE
    assert plan.types.names == ("early", "late", "back")
    assert query_of(START, START) == ""


@settings(deadline=None)
@given(choices)
def test_an_address_gives_back_the_choices(chosen: Choices) -> None:
    assert choices_in(query_of(chosen, START), START, OFFERS) == chosen


@settings(deadline=None)
@given(choices)
def test_every_choice_makes_a_plan(chosen: Choices) -> None:
    plan = plan_of(chosen, BASE, START)
    assert plan.types.k == chosen.k
    assert plan.grid.clock == chosen.clock
    assert plan.measure.name == chosen.measure
    assert plan.view.where == dict(chosen.where)
    assert plan.view.ever == dict(chosen.ever)
    assert plan.comparison.cohorts == (chosen.scheme,)


@settings(deadline=None)
@given(st.text())
def test_a_strange_address_still_opens(query: str) -> None:
    assert isinstance(choices_in(query, START, OFFERS), Choices)


@pytest.mark.parametrize("query", [
    "domain=taste", "k=1", "k=many", "clock=moon", "years=2024,2010", "years=2010", "aligned=",
    "aligned=taste", "types=0", "types=one", "privacy=perhaps", "scheme=none", "person=RU-001",
    "ever.location=moon", "ever.taste=origin",
])  # fmt: skip
def test_what_cannot_be_chosen_is_ignored(query: str) -> None:
    assert choices_in(query, START, OFFERS) == START


def test_names_of_types_go_when_the_types_change() -> None:
    def names(**change: Any) -> tuple[str, ...]:
        return plan_of(replace(START, **change), BASE, START).types.names

    assert names(k=4) == names(measure="hamming") == names(aligned=("legal",)) == names(clock="age") == ()
    assert names(complete=False) == names(method="ward") == names(around=(-6, 18)) == ()
    assert names(domain="legal") == names(scheme="waves") == names(sort="end") == ("early", "late", "back")
    assert names(where=(("gender", ("man",)),)) == ("early", "late", "back")


def test_what_the_plan_states_of_its_measure_is_kept() -> None:
    stated = {"legal": {"by": "stated", "table": {"home": {"away": 1}}}}
    own = {"name": "spell_matching", "together": "summed", "settings": {"expansion": 0.1}, "costs": stated}
    base = BASE.changed(measure=own)
    start = choices_of(base, OFFERS)
    assert (start.measure, start.costs) == ("spell_matching", "planned")
    assert ("spell_matching", "Spell matching") in measures_with(start.measure)
    assert [value for value, _ in costs_with(start.costs)][-1] == "planned"
    assert plan_of(start, base, start).measure == base.measure
    assert choices_in(query_of(replace(start, k=4), start), start, OFFERS).costs == "planned"
    other = plan_of(replace(start, measure="hamming", costs="constant"), base, start).measure
    assert (other.name, other.costs, other.together) == ("hamming", "constant", "summed")
    assert other.settings.said() == {}
    alone = plan_of(replace(start, aligned=("location",)), base, start).measure
    assert alone.costs == {}


def test_each_clock_has_its_window() -> None:
    def grid(**change: Any) -> Any:
        return plan_of(replace(START, **change), BASE, START).grid

    calendar = grid(clock="calendar", years=(2019, 2022))
    assert (calendar.start, calendar.end, calendar.since) == ("2019-01", "2022-12", None)
    since = grid(since="arrest", around=(-6, 12))
    assert (since.since, since.before, since.after) == ("arrest", 6, 12)
    assert grid(clock="age", ages=(20, 30)).ages == (20, 30)


def test_numbers_from_the_controls_keep_their_type() -> None:
    values = {"k": 5, "types": ["1", "3"], "around": [-6, 12], "privacy": True, "scheme": None}
    chosen = START.with_values(values, {"gender": ["man"], "origin": []}, {"legal": ["home"]})
    assert (chosen.k, chosen.types, chosen.around, chosen.privacy) == (5, (1, 3), (-6, 12), True)
    assert chosen.scheme == "binary_2022"
    assert chosen.where == (("gender", ("man",)),)
    assert chosen.ever == (("legal", ("home",)),)


def test_every_choice_has_a_control() -> None:
    assert {field.name for field in fields(Choices)} == {*CONTROLS, "where", "ever"}


def test_weights_by_hand_or_by_a_rule() -> None:
    def weights(base: Plan, **change: Any) -> Any:
        start = choices_of(base, OFFERS)
        return plan_of(replace(start, **change), base, start).measure.weights

    by_hand = BASE.changed(measure={"weights": {"location": 2}})
    ruled = BASE.changed(measure={"weights": "information"})
    assert weights(by_hand) == weights(by_hand, aligned=("location",)) == {"location": 2}
    assert weights(by_hand, weights="equalised") == "equalised"
    assert weights(ruled) == weights(ruled, aligned=("legal", "location")) == "information"
    assert weights(ruled, weights="hand") == weights(ruled, aligned=("legal",)) == {}
    assert weights(ruled, measure="longest_common_subsequence") == {}
    start = choices_of(ruled, OFFERS)
    chosen = replace(start, weights="hand")
    assert query_of(chosen, start) == "weights=hand"
    assert choices_in("weights=hand", start, OFFERS) == chosen
    assert choices_in("weights=heavy", start, OFFERS) == start


def test_weights_by_hand_are_told_where_they_differ() -> None:
    assert weights_with({"location": 2}, OFFERS.domains)[0] == ("hand", "By hand: Location 2, Legal status 1")
    assert weights_with({}, OFFERS.domains)[0] == ("hand", "All alike")
