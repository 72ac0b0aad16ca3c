"""The lives hold together: papers that were possible, planted effects that are there."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest

from sample_data.making.codebook import codebook
from sample_data.making.days import day
from sample_data.making.lives import Life
from sample_data.making.permits.stay import ADMISSION, VISA_RUN_ENDS
from sample_data.making.population import COHORTS, QUOTAS
from sample_data.making.study import in_yaml, make_lives

INVASION = day(2022, 2, 24)
WHERE = {
    "short_stay.visa_free_365": {"georgia"}, "short_stay.visa_free_180": {"armenia"},
    "short_stay.iin": {"kazakhstan"},
    "short_stay.schengen_c": {"germany", "eu_other"}, "pending.rvp_applied": {"kazakhstan"},
    "temporary.rvp": {"kazakhstan"},
    "temporary.ikamet": {"turkey"}, "temporary.blue_card": {"germany"}, "protection.hum_22": {"germany"},
    "protection.refugee_25_2": {"germany"}, "irregular.duldung": {"germany"},
    "settled.niederlassung": {"germany"},
    "pending.fiktion": {"germany"}, "temporary.opportunity_104c": {"germany"},
    "temporary.residence_property": {"georgia"},
    "protection.humanitarian": {"eu_other"}, "home": {"origin"}, "home_threat": {"origin"},
}  # fmt: skip
NOT_BEFORE = {"protection.hum_22": ADMISSION, "temporary.opportunity_104c": day(2022, 12, 31),
              "home_threat.foreign_agent": day(2020, 12, 28),
              "home_threat.mobilisation": day(2022, 9, 21)}  # fmt: skip


@pytest.fixture(scope="module")
def lives() -> list[Life]:
    return make_lives()


def quoted(life: Life) -> list[str]:
    return [t.quote for t in (*life.stretches, *life.happenings, *life.flows) if t.quote]


def test_numbers_of_people(lives: list[Life]) -> None:
    assert Counter(life.origin for life in lives) == {"russia": 180, "azerbaijan": 60}
    cohorts = Counter(life.cohort for life in lives)
    assert [cohorts[c] for c in COHORTS] == [12, 26, 22, 75, 41, 4, 25, 15, 10, 10]
    assert sum(n for *_, n in QUOTAS) == 240
    assert Counter(life.id[:2] for life in lives if life.id in in_yaml(lives)) == {"RU": 45, "AZ": 15}


def test_departures_lie_in_their_cohort(lives: list[Life]) -> None:
    for life in lives:
        _, first, last = COHORTS[life.cohort]
        assert first <= life.departure.day <= last + 3, life.id


def test_interviews(lives: list[Life]) -> None:
    """Late enough to see a year and a half of most, while some remain censored."""
    months = [(life.interview - life.departure.day) / 30.44 for life in lives]
    assert min(months) >= 3
    assert 0.85 * len(months) <= sum(m >= 18 for m in months) <= 0.95 * len(months)
    assert all(day(2022, 6, 1) <= life.interview <= day(2024, 12, 31) for life in lives)


def test_domains_are_contiguous(lives: list[Life]) -> None:
    for life in lives:
        for name in ("location", "legal", "activism"):
            stretches = life.domain(name)
            assert stretches[-1].end is None, (life.id, name)
            for one, other in pairwise(stretches):
                assert one.end is other.start, (life.id, name, one.state, other.state)
        assert life.domain("location")[0].start is life.birth
        assert life.domain("legal")[0].start is life.birth
        assert life.domain("activism")[0].start is life.observed


def test_moods_are_nearly_contiguous(lives: list[Life]) -> None:
    gaps = sum(one.end is not other.start for life in lives
               for one,
               other in pairwise(life.domain("emotion")))  # fmt: skip
    assert 5 <= gaps <= 60


def test_papers_fit_the_place(lives: list[Life]) -> None:
    for life in lives:
        for stretch in life.domain("legal"):
            countries = {life.place_on(d).partition(".")[0] for d in
                         (stretch.start.day,
                          (stretch.end.day if stretch.end else life.interview) - 1)}  # fmt: skip
            allowed = WHERE.get(stretch.state, WHERE.get(stretch.state.partition(".")[0]))
            if allowed is not None:
                assert countries <= allowed, (life.id, stretch.state, countries)
            else:
                assert "origin" not in countries, (life.id, stretch.state)


def test_papers_fit_the_law(lives: list[Life]) -> None:
    for life in lives:
        for stretch in life.domain("legal"):
            assert stretch.start.day >= NOT_BEFORE.get(stretch.state, 0), (life.id, stretch.state)
            country = life.place_on(stretch.start.day).partition(".")[0]
            if country == "kazakhstan" and stretch.state == "short_stay.visa_run":
                assert stretch.start.day < VISA_RUN_ENDS + 5, life.id
                assert (stretch.end.day if stretch.end else life.interview) < VISA_RUN_ENDS + 92, life.id
            days = {"short_stay.visa_free_365": 366, "short_stay.visa_free_180": 181,
                    "short_stay.visa_free_60": 61,
                    "short_stay.visa_free_90": 91,
                    "short_stay.visa_free_30": 31}.get(stretch.state)  # fmt: skip
            if days:
                assert (stretch.end.day if stretch.end
                        else life.interview) - stretch.start.day <= days, (life.id, stretch.state)


def test_nobody_is_where_they_could_not_be(lives: list[Life]) -> None:
    for life in lives:
        countries = {stop.country for stop in life.stops}
        assert not (life.origin == "azerbaijan" and "armenia" in countries), life.id
        for stop in life.stops:
            if stop.place == "exsoviet_other.ua":
                assert stop.leave is not None, life.id
                assert stop.leave.day < day(2022, 3, 20), life.id


def test_moves_share_their_moment(lives: list[Life]) -> None:
    for life in lives:
        starts = {id(s.start) for s in life.domain("location")}
        legal = {id(s.start) for s in life.domain("legal")}
        for event in life.happenings:
            if event.kind in ("departure", "onward_move", "return"):
                assert id(event.at) in starts & legal, (life.id, event.kind)


def test_everybody_leaves_once(lives: list[Life]) -> None:
    assert all(sum(h.kind == "departure" for h in life.happenings) == 1 for life in lives)


def test_whoever_goes_back_had_no_case(lives: list[Life]) -> None:
    for life in lives:
        if life.kind == "returned":
            kinds = {h.kind for h in life.happenings}
            assert not kinds & {"criminal_case", "foreign_agent_label", "search"}, life.id


def test_codes_are_in_the_codebook(lives: list[Life]) -> None:
    book = codebook()
    codes = {name: {code for top, body in domain["states"].items() for code in
                    (top, *(f"{top}.{sub}" for sub in body.get("states", {})))} for name,
             domain in book["domains"].items()}  # fmt: skip
    for life in lives:
        for stretch in life.stretches:
            assert stretch.state in codes[stretch.domain], stretch.state
        for event in life.happenings:
            assert event.kind in book["events"], event.kind
        for name, value in life.attributes.items():
            assert value in book["attributes"][name]["values"], (name, value)
        for flow in life.flows:
            for name in ("direction", "resource", "counterpart", "infrastructure", "terms"):
                assert getattr(flow, name) in book["ties"][name], (name, flow)


def test_quotes_are_hardly_repeated(lives: list[Life]) -> None:
    for life in lives:
        assert len(quoted(life)) == len(set(quoted(life))), life.id
    said = Counter(quote for life in lives for quote in quoted(life))
    assert max(said.values()) <= 3
    assert len(said) > 3500


def test_quotes_are_there(lives: list[Life]) -> None:
    full = in_yaml(lives)
    told = [bool(s.quote) for life in lives if life.id in full for s in life.stretches]
    others = [bool(s.quote) for life in lives if life.id not in full for s in life.stretches]
    assert sum(told) > 0.93 * len(told)
    assert sum(others) > 0.5 * len(others)


def test_quotes_are_finished_sentences_from_the_right_country(lives: list[Life]) -> None:
    russian = ("Navalny", "mobilisation", " rouble", "Kharkiv", "Mariupol", "Ukrainian", "FSB")
    for life in lives:
        for quote in quoted(life):
            assert not set("{}[]") & set(quote), quote
            assert quote[0].isupper() or not quote[0].isalpha(), quote
            assert quote[-1] in ".?!", quote
            in_kyiv = any(stop.place == "exsoviet_other.ua" for stop in life.stops)
            if life.origin == "azerbaijan" and not in_kyiv:
                assert not any(word in quote for word in russian), (life.id, quote)
            else:
                assert "Karabakh" not in quote, (life.id, quote)


def test_ties(lives: list[Life]) -> None:
    counts = [len(life.flows) for life in lives]
    assert min(counts) >= 3
    assert max(counts) <= 15


def months_to(life: Life, when: int) -> float:
    return (when - life.departure.day) / 30.44


def of_kind(lives: list[Life], kind: str) -> list[Life]:
    return [life for life in lives if life.kind == kind]


def share(values: list[bool]) -> float:
    return sum(values) / len(values)


def test_the_planted_first_stop_of_those_who_go_on_is_short(lives: list[Life]) -> None:
    group = of_kind(lives, "onward")
    first = [months_to(life, life.stops[0].leave.day) for life in group if life.stops[0].leave]
    assert len(first) == len(group)
    assert share([2 <= months <= 14.5 for months in first]) > 0.75
    assert all(life.stops[-1].country in ("germany", "eu_other") for life in group)


def test_planted_returns_come_within_fourteen_months(lives: list[Life]) -> None:
    back = [next(months_to(life, stop.arrive.day) for stop in life.stops if stop.country == "origin")
            for life in of_kind(lives, "returned")]  # fmt: skip
    assert share([3.7 <= months <= 14.5 for months in back]) > 0.8


def test_planted_serial_movers_move_every_few_months(lives: list[Life]) -> None:
    for life in of_kind(lives, "serial"):
        if "noise" not in life.planted:
            stays = [months_to(life, stop.leave.day) - months_to(life, stop.arrive.day)
                     for stop in life.stops if stop.leave]  # fmt: skip
            assert len(stays) >= 2, life.id
            assert sum(1.5 <= months <= 6.5 for months in stays) >= len(stays) - 1, (life.id, stays)


def test_planted_long_stays_are_long(lives: list[Life]) -> None:
    staying = []
    for life in of_kind(lives, "caucasus"):
        left = next((after.arrive.day for before, after in pairwise(life.stops)
                     if after.country != before.country), life.interview)  # fmt: skip
        staying.append(left == life.interview or months_to(life, left) >= 18)
    assert share(staying) > 0.85


def test_those_who_settle_have_a_permit_within_the_year(lives: list[Life]) -> None:
    group = of_kind(lives, "settled")
    in_time = [any(s.state.startswith(("temporary", "protection", "settled"))
                   and 0 <= months_to(life, s.start.day) <= 12 for s in life.domain("legal"))
               for life in group]  # fmt: skip
    stayed = [all(stop.country == life.stops[0].country or months_to(life, stop.arrive.day) > 18
                  for stop in life.stops) for life in group]  # fmt: skip
    assert share(in_time) > 0.9
    assert share(stayed) > 0.95


def test_the_planted_difference_between_cohorts(lives: list[Life]) -> None:
    settled = {side: [life.kind == "settled" for life in lives if (life.departure.day >= INVASION) is side]
               for side in (True, False)}
    assert sum(settled[False]) / len(settled[False]) > 0.4
    assert sum(settled[True]) / len(settled[True]) < 0.25


def test_the_planted_pause(lives: list[Life]) -> None:
    months = sorted(float(str(life.planted["pause_months"])) for life in lives
                    if "pause_months" in life.planted)
    assert len(months) >= 12
    assert 4 <= months[len(months) // 2] <= 6.5


def test_planted_support_precedes_organising(lives: list[Life]) -> None:
    share = {}
    for early in (True, False):
        group = [life for life in lives if life.planted["early_support"] is early]
        share[early] = sum("first_organised_month" in life.planted for life in group) / len(group)
    assert share[True] > 2 * share[False]
    for life in lives:
        if life.planted["early_support"] and "first_organised_month" in life.planted:
            supported, organised = life.planted["first_support_month"], life.planted["first_organised_month"]
            assert float(str(supported)) < float(str(organised)), life.id


@pytest.mark.parametrize("name", ["siblings", "music_school", "transcriber"])
def test_independent_attributes_tell_nothing_about_type(lives: list[Life], name: str) -> None:
    from scipy.stats import chi2_contingency

    values, kinds = sorted({life.attributes[name] for life in lives}), sorted({life.kind for life in lives})
    table = [[sum(life.attributes[name] == v and life.kind == k for life in lives) for k in kinds]
             for v in values]
    assert chi2_contingency(table).pvalue > 0.05


def test_some_departures_are_ambiguous(lives: list[Life]) -> None:
    ambiguous = [life for life in lives if life.departure.text in ("2022-02", "2021-24")]
    assert 4 <= len(ambiguous) <= 8
