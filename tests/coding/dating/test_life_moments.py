"""Which dates of a life are one moment, which comes before which, and what contradicts itself."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from tests.coding.material import life
from trajectories.coding.biography import Biography, Source
from trajectories.coding.dating.life_moments import Moments, moments_of
from trajectories.errors import StudyError


def in_domains(**domains: Biography) -> Biography:
    """Lives in ``location`` put together as one life in several domains, each line of code its own."""
    first = next(iter(domains.values()))
    episodes = [
        episode._replace(domain=domain, source=Source("p.yaml", 10 * (i + 1) + line))
        for i, (domain, lived) in enumerate(domains.items()) for line, episode in enumerate(lived.episodes)
    ]  # fmt: skip
    return replace(first, episodes=tuple(episodes))


def found(biography: Biography, *domains: str, before: tuple[tuple[str, str], ...] = ()) -> Moments:
    return moments_of(biography, domains or ("location",), before)


def windows(lived: Moments, domain: str = "location") -> list[tuple[str, str]]:
    """First and last day of each boundary of a domain in turn."""
    numbers = [span.start for span in lived.spans[domain]] + [
        span.end for span in lived.spans[domain][-1:] if span.end is not None
    ]
    days = [lived.moments[i].window for i in numbers]
    return [(f"{dt.date.fromordinal(a)}", f"{dt.date.fromordinal(b)}") for a, b in days]


def test_neighbours_share_one_moment_and_windows_are_narrowed_to_the_order() -> None:
    lived = found(life("a 2019/2020", "b 2020/2020-03", "c 2020-03/..", interview="2022-05-01"))
    spans = lived.spans["location"]
    assert [span.end for span in spans[:-1]] == [span.start for span in spans[1:]]
    assert windows(lived)[1:3] == [("2020-01-01", "2020-03-31"), ("2020-03-01", "2020-03-31")]
    assert lived.order == ((spans[0].end, spans[1].end),)


def test_one_event_is_one_moment_in_every_domain_with_the_days_that_all_allow() -> None:
    lived = in_domains(
        location=life("origin ../2022-03", "georgia 2022-03/.. dep", interview="2023",
                      events=("departure 2022-02~ dep", "arrest 2021")),
        legal=life("home ../2022-21", "short_stay 2022-21/.. dep"),
    )  # fmt: skip
    made = found(lived, "location", "legal")
    (kind, departure), _ = made.events
    assert kind == "departure"
    assert made.spans["location"][1].start == made.spans["legal"][1].start == departure
    assert windows(made)[1] == ("2022-03-01", "2022-03-31")
    assert {date.text for date in made.moments[departure].dates} == {"2022-03", "2022-21", "2022-02~"}


def test_an_end_written_inclusively_does_not_make_an_event_more_certain() -> None:
    plain = found(life("a ../2022-02", "b 2022-03/..", interview="2023"))
    assert windows(plain)[1] == ("2022-03-01", "2022-03-01")
    event = found(life("a ../2022-02", "b 2022-03/.. e", interview="2023"))
    assert windows(event)[1] == ("2022-03-01", "2022-03-31")


def test_a_life_told_from_birth_begins_on_the_day_of_birth() -> None:
    made = found(life("a 1989~/2000", "b 2000/..", birth="1989~", interview="2022"))
    assert made.birth == made.spans["location"][0].start
    later = found(life("a 1989/2000", "b 2000/..", birth="1989~", interview="2022"))
    assert later.birth is not None
    assert (later.birth, later.spans["location"][0].start) in later.order


def test_nothing_told_lies_after_the_interview() -> None:
    made = found(life("a ../2023-11", "b 2023-11/..", interview="2023-11-04", events=("arrest 2023",)))
    assert windows(made)[1] == ("2023-11-01", "2023-11-04")
    (_, arrest), = made.events
    assert made.moments[arrest].window[1] == dt.date(2023, 11, 4).toordinal()


def test_what_nobody_told_binds_nothing_or_lies_between_its_neighbours() -> None:
    made = found(life("a ../", "b 2010/2011", observed="2014", interview="2022"))
    assert windows(made)[1] == ("2010-01-01", "2010-12-31")
    unknown = found(life("a 2010/", "b /2012", interview="2022"))
    assert windows(unknown)[1] == ("2010-01-01", "2012-12-31")
    assert unknown.moments[unknown.spans["location"][1].start].dates == ()


EVENTS = ("application 2020 a1", "decision 2020-06 d1", "application 2021 a2", "decision 2021~ d2",
          "decision 2021-22 d3")  # fmt: skip


def test_an_event_comes_after_the_one_told_last_before_it() -> None:
    made = found(life(events=EVENTS), before=(("application", "decision"),))
    number = dict(zip(["a1", "d1", "a2", "d2", "d3"], [i for _, i in made.events], strict=True))
    pairs = {("a1", "d1"), ("a2", "d2"), ("a2", "d3")}
    assert set(made.order) == {(number[one], number[other]) for one, other in pairs}
    assert made.moments[number["a1"]].window[1] == made.moments[number["d1"]].window[1]
    assert found(life(events=EVENTS)).order == ()


def test_without_one_told_before_it_the_first_that_may_be() -> None:
    rule = (("application", "decision"),)
    late = found(life(events=("decision 2020-03", "application 2020")), before=rule)
    assert late.moments[dict(late.events)["application"]].window[1] == dt.date(2020, 3, 31).toordinal()
    assert found(life(events=("decision 2020-03", "application 2021")), before=rule).order == ()


def test_pairs_that_follow_from_others_are_left_out() -> None:
    lived = in_domains(
        location=life("a ../2020", "b 2020/2020 e1", "c 2020/.. e2", interview="2022"),
        legal=life("a ../2020", "b 2020/2020 e1", "x 2020/2020", "c 2020/.. e2"),
    )
    made = found(lived, "location", "legal")
    first, last = made.spans["location"][1].start, made.spans["location"][2].start
    between = made.spans["legal"][2].start
    assert set(made.order) == {(first, between), (between, last)}


def test_moments_each_coded_before_the_other_are_on_one_day() -> None:
    lived = in_domains(
        location=life("a ../2020", "b 2020/2020-05 e1", "c 2020-05/.. e2", interview="2022"),
        legal=life("a ../2020", "b 2020/2020-05 e2", "c 2020-05/.. e1"),
    )
    made = found(lived, "location", "legal")
    assert made.spans["location"][1].start == made.spans["location"][2].start
    assert windows(made)[1] == ("2020-05-01", "2020-05-31")


def test_one_event_with_two_dates_is_refused_with_both_places() -> None:
    lived = in_domains(
        location=life("a ../2022-03", "b 2022-03/.. dep", interview="2023"),
        legal=life("home ../2022-05", "pending 2022-05/.. dep"),
    )
    with pytest.raises(StudyError) as refused:
        found(lived, "location", "legal")
    assert str(refused.value) == (
        "p.yaml:21 (P): legal: home to pending (2022-05) and location: a to b (2022-03), p.yaml:11, are on "
        "one day (one event, or each before the other) but have no day in common. Correct one of the two, or "
        "write the less certain one with ~ or ?."
    )


def test_an_order_that_no_days_allow_is_refused_with_both_places() -> None:
    lived = in_domains(
        location=life("a ../2022-06", "b 2022-06/2022-06~ e1", "c 2022-06~/.. e2", interview="2023"),
        legal=life("home ../2022-05", "pending 2022-05/.. e2"),
    )
    with pytest.raises(StudyError) as refused:
        found(lived, "location", "legal")
    assert str(refused.value) == (
        "p.yaml:11 (P): location: a to b (2022-06) and legal: home to pending (2022-06~, 2022-05), "
        "p.yaml:21, come in this order but can only be the other way round. Correct one of the two, or write "
        "the less certain one with ~ or ?."
    )
