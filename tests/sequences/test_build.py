"""Lives on each clock, and what happens at the edges."""

from __future__ import annotations

import numpy as np
import pytest

from tests.sequences.studies import study
from trajectories.errors import SettingError, StudyError
from trajectories.sequences.build import build_sequences
from trajectories.sequences.grid import Grid

LEAVER = ("A1", {"location": [("origin", "1990/2021-03-01"), ("germany.berlin", "2021-03-01/..")],
                 "legal": [("home", "1990/2021-03-01"), ("pending", "2021-06-01/..")]})  # fmt: skip
STAYER = ("A2", {"location": [("origin", "1991/..")], "legal": [("home", "1991/..")]})


def codes(lives: object, person: str, domain: str = "location") -> list[str]:
    return list(lives.table(domain).loc[person])  # type: ignore[attr-defined]


def test_calendar_months() -> None:
    lives = build_sequences(study(LEAVER, STAYER), Grid(start="2021-01", end="2021-06"))
    assert lives.positions == ("2021-01", "2021-02", "2021-03", "2021-04", "2021-05", "2021-06")
    assert codes(lives, "A1") == ["origin"] * 2 + ["germany"] * 4
    assert codes(lives, "A1", "legal") == ["home", "home", "*", "*", "*", "pending"]
    assert codes(lives, "A2") == ["origin"] * 6
    assert lives.weights.tolist() == [1.0, 1.0]


def test_since_an_event() -> None:
    made = study(LEAVER, STAYER, events=[("A1", "departure", "2021-03-01")])
    lives = build_sequences(made, Grid(since="departure", before=2, after=3))
    assert lives.positions == (-2, -1, 0, 1, 2)
    assert codes(lives, "A1") == ["origin", "origin", "germany", "germany", "germany"]
    assert lives.left_out == (("A2", "no event 'departure'"),)


def test_steps_since_an_event_count_from_its_month() -> None:
    made = study(LEAVER, events=[("A1", "departure", "2021-03-01")])
    quarters = build_sequences(made, Grid(since="departure", before=1, after=2, step="quarter"))
    assert codes(quarters, "A1", "legal") == ["home", "*", "pending"]


def test_by_age() -> None:
    made = study(LEAVER, STAYER, births={"A1": "2000-03-15"}, observed="2020-03/2022-12")
    lives = build_sequences(made, Grid(ages=(20, 23), step="year"))
    assert lives.positions == (20, 21, 22)
    assert codes(lives, "A1") == ["origin", "germany", "germany"]
    assert lives.left_out == (("A2", "birth unknown"),)
    months = build_sequences(made, Grid(ages=(20, 21)))
    assert months.positions == tuple(range(240, 252))


def test_outside_observation_is_void_and_unknown_is_missing() -> None:
    made = study(LEAVER, observed="2021-02-10/2021-07-20")
    lives = build_sequences(made, Grid(start="2021-01", end="2021-09"))
    assert codes(lives, "A1", "legal") == ["%", "home", "*", "*", "*", "pending", "pending", "%", "%"]
    assert lives.censored.tolist() == [True]


@pytest.mark.parametrize(("last_day", "state"), [("2021-06-14", "%"), ("2021-06-15", "germany")])
def test_a_cell_counts_when_half_of_it_is_observed(last_day: str, state: str) -> None:
    made = study(LEAVER, observed=f"2020/{last_day}")
    assert codes(build_sequences(made, Grid(start="2021-05", end="2021-06")), "A1") == ["germany", state]


def test_contested_cells() -> None:
    mover = ("M", {"location": [("origin", "2020/2021-03-10"), ("germany", "2021-03-10/2021-03-29"),
                                ("georgia", "2021-03-29/..")]})  # fmt: skip
    made = study(mover)
    found = {rule: codes(build_sequences(made, Grid(start="2021-03", end="2021-03", contested=rule)), "M")[0]
             for rule in ("longest", "first", "last")}  # fmt: skip
    assert found == {"longest": "germany", "first": "origin", "last": "georgia"}


def test_days_of_a_state_in_one_cell_add_up_and_of_equals_the_later_holds_it() -> None:
    back = ("B", {"location": [("origin", "2020/2021-04-09"), ("germany", "2021-04-09/2021-04-20"),
                               ("origin", "2021-04-20/2021-04-27"), ("georgia", "2021-04-27/..")]}
            )  # fmt: skip
    equal = ("E", {"location": [("origin", "2020/2021-04-16"), ("germany", "2021-04-16/..")]})
    lives = build_sequences(study(back, equal), Grid(start="2021-04", end="2021-04"))
    assert codes(lives, "B") == ["origin"]
    assert codes(lives, "E") == ["germany"]


def test_any_coded_day_beats_days_without_a_state() -> None:
    short = ("S", {"location": [("georgia", "2021-04-30/2021-05-02")]})
    lives = build_sequences(study(short), Grid(start="2021-03", end="2021-06"))
    assert codes(lives, "S") == ["*", "georgia", "georgia", "*"]


def test_an_end_that_nobody_knows_holds_only_its_first_cell() -> None:
    unknown = ("U", {"location": [("origin", "2020/2021-04-01"), ("germany", "2021-04-01/")]})
    lives = build_sequences(study(unknown), Grid(start="2021-03", end="2021-06"))
    assert codes(lives, "U") == ["origin", "germany", "*", "*"]


def test_the_point_rule_of_the_study_decides() -> None:
    vague = ("V", {"location": [("origin", "2020/2021"), ("germany", "2021/..")]})
    grid = Grid(start="2021-01", end="2021-12", step="month")
    early = build_sequences(study(vague, point="earliest"), grid)
    late = build_sequences(study(vague, point="latest"), grid)
    assert codes(early, "V") == ["germany"] * 12
    assert codes(late, "V") == ["origin"] * 12


def test_an_unbounded_calendar_spans_the_observation_of_anybody() -> None:
    lives = build_sequences(study(LEAVER, observed="2020-11-20/2021-02-05"), Grid())
    assert lives.positions == ("2020-12", "2021-01")
    half = build_sequences(study(LEAVER, observed="2020-11/2021-02"), Grid(start="2021-01"))
    assert half.positions == ("2021-01", "2021-02")


def test_an_event_nobody_has() -> None:
    twice = [("A1", "departure", "2021-03-01"), ("A1", "departure", "2021-09")]
    made = study(LEAVER, STAYER, events=twice)
    with pytest.raises(SettingError) as refused:
        build_sequences(made, Grid(since="arrest"))
    assert "Nobody in this study has an event 'arrest'" in str(refused.value)
    assert "departure (1 person), arrest (0 people)" in str(refused.value)


def test_an_event_without_a_date() -> None:
    made = study(LEAVER, STAYER, events=[("A1", "departure", "2021-03"), ("A2", "departure", "")])
    lives = build_sequences(made, Grid(since="departure"))
    assert lives.left_out == (("A2", "event 'departure' has no date"),)


def test_nobody_in_the_window() -> None:
    with pytest.raises(SettingError, match="from 1950 to 1951 by month: 1 person: not observed inside"):
        build_sequences(study(LEAVER), Grid(start="1950", end="1951"))
    with pytest.raises(SettingError, match="1 person: birth unknown"):
        build_sequences(study(LEAVER), Grid(ages=(18, 20)))
    with pytest.raises(StudyError, match="nobody in this study"):
        build_sequences(study(), Grid())


def test_a_person_who_is_there_twice() -> None:
    with pytest.raises(StudyError, match=r"1 ids come more than once .* .first: A2, at .*x.yaml:7 and"):
        build_sequences(study(LEAVER, STAYER, STAYER), Grid())


def test_a_state_that_the_codebook_lacks() -> None:
    wrong = ("W", {"location": [("atlantis", "2020/..")]})
    with pytest.raises(StudyError, match=r"x.yaml:7 .W.: domain 'location' has no state 'atlantis'"):
        build_sequences(study(wrong), Grid(start="2021"))


def test_against_a_day_by_day_reckoning() -> None:
    rng = np.random.default_rng(5)
    people = []
    for number in range(25):
        cuts = np.sort(rng.choice(np.arange("2020-01", "2022-01", dtype="datetime64[D]"), 12, replace=False))
        states = rng.choice(["origin", "germany", "georgia", ""], 11)
        people.append((f"R{number}", {"location": [
            (state, f"{a}/{b}") for state, a, b in zip(states, cuts[:-1], cuts[1:], strict=True) if state
        ]}))  # fmt: skip
    made = study(*people, observed="2020-02-11/2021-11-20")
    lives = build_sequences(made, Grid(start="2020-01", end="2021-12"))
    for id, coded in people:
        expected = [_most_days(coded["location"], month) for month in lives.positions]
        assert codes(lives, id) == expected


def _most_days(stretches: list[tuple[str, str]], month: object) -> str:
    """The state of a month by looking at each of its days."""
    first = np.datetime64(str(month), "D")
    days = np.arange(first, (np.datetime64(str(month), "M") + 1).astype("datetime64[D]"))
    inside = days[(days >= np.datetime64("2020-02-11")) & (days <= np.datetime64("2021-11-20"))]
    if 2 * len(inside) < len(days):
        return "%"
    held: dict[str, list[np.datetime64]] = {}
    for day in inside:
        for state, when in stretches:
            start, end = when.split("/")
            if np.datetime64(start) <= day < np.datetime64(end):
                held.setdefault(state, []).append(day)
    return max(held, key=lambda state: (len(held[state]), held[state][-1])) if held else "*"
