"""Strands of episodes: in order, and unbroken only where no rule about time could find anything."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from trajectories.coding.biography import Episode, Person, Source
from trajectories.coding.checking import time_rules
from trajectories.coding.checking.contradictions import contradictions
from trajectories.coding.codebook import Codebook
from trajectories.coding.dating.dates import UNKNOWN, DateError, ordered, parse_date
from trajectories.coding.strands import Strand, in_order, strands_of
from trajectories.coding.study import Study

HERE = Source("here.csv", 1)
BOOK = Codebook.model_validate({"domains": {"place": {"label": "Place", "states": {"a": "A", "b": "B"}}}})
DATES = ("..", "", "2010", "2010-03", "2010-03~", "2011", "2011-06", "2012?", "2012-01-05", "2013", "201X",
         "2010-21")  # fmt: skip


def episode(start: str, end: str) -> Episode:
    return Episode("P", "place", "a", parse_date(start), parse_date(end), HERE)


def study(*episodes: Episode, birth: str = "", interview: str = "") -> Study:
    person = Person("P", HERE, parse_date(birth), parse_date(interview), UNKNOWN)
    return Study("T", Path(), BOOK, (person,), episodes, ())


def strand(*written: str) -> Strand:
    coded = [episode(*one.split("/")) for one in written]
    return next(strands_of(coded, ["P"], ["place"]))


def test_which_are_unbroken() -> None:
    assert strand("2010/2011", "2011/2013").unbroken
    assert strand("../2010-03~", "2010-03~/..").unbroken
    assert strand("2011/2013", "2010/2011").unbroken
    assert not strand("2010/2011", "2012?/2013").unbroken
    assert not strand("2010/2011", "2011/").unbroken
    assert not strand("/2011", "2011/2013").unbroken
    assert not strand("../..").unbroken
    assert not strand("2010/..", "../2013").unbroken
    assert not strand("2012-01-05/2012-01-05").unbroken


def test_the_order_is_that_of_domains_in_the_codebook_then_of_time() -> None:
    other = episode("2009", "2010")._replace(domain="other")
    stranger = episode("2009", "2010")._replace(person="Q")
    coded = [other, episode("2011", "2013"), stranger, episode("2010", "2011")]
    found = list(strands_of(coded, ["P"], ["place"]))
    assert [(one.domain, len(one.episodes)) for one in found] == [("place", 2), ("other", 1)]
    assert [one.start.text for one in found[0].episodes] == ["2010", "2011"]
    assert found[0].outer_dates == (parse_date("2010"), parse_date("2013"))


@given(st.lists(st.tuples(st.sampled_from(DATES), st.sampled_from(DATES)), min_size=1, max_size=4),
       st.sampled_from(DATES), st.sampled_from(DATES))  # fmt: skip
def test_nothing_is_to_be_found_in_an_unbroken_strand(told: list[tuple[str, str]], birth: str,
                                                      interview: str) -> None:  # fmt: skip
    coded = [episode(*one) for one in told if _possible(*one)]
    assert in_order(coded) == tuple(sorted(coded, key=lambda one: one.begins_near))
    made = study(*coded, birth=birth.strip("."), interview=interview.strip("."))
    if not coded or not made.strands[0].unbroken:
        return
    broken = study(*coded, birth=birth.strip("."), interview=interview.strip("."))
    broken.__dict__["strands"] = tuple(one._replace(unbroken=False) for one in broken.strands)
    for rule in (time_rules.overlaps, time_rules.gaps, time_rules.undated):
        assert list(rule(broken)) == []
    for rule in (time_rules.outside_life, contradictions):
        assert list(rule(made)) == list(rule(broken))


def _possible(start: str, end: str) -> bool:
    try:
        return bool(ordered(parse_date(start), parse_date(end)))
    except DateError:
        return False


def test_many_unbroken_strands_are_tried() -> None:
    """The property above is not empty: chains of these dates are unbroken often enough."""
    dates = [text for text in DATES if text[:2] == "20"]
    chains = [strand(f"{a}/{b}", f"{b}/{c}").unbroken for a, b, c in combinations(dates, 3) if
              _possible(a, b) and _possible(b, c)]  # fmt: skip
    assert sum(chains) > 20
