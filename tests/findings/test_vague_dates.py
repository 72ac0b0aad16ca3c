"""What depends on vague dates: a life whose one date decides, and lives whose dates are certain."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sequences.studies import study
from trajectories.coding.biography import Source
from trajectories.coding.dating.moments import Moment
from trajectories.coding.study import Study
from trajectories.errors import SettingError
from trajectories.findings.dated_types import UNTYPED
from trajectories.findings.stages import run
from trajectories.findings.telling_dates import telling_date
from trajectories.findings.vague_dates import DateStability, date_stability
from trajectories.plan import Plan

PLAN = Plan(
    grid={"start": "2020-01", "end": "2022-12"}, domains=["location"],
    measure={"name": "hamming", "costs": "constant"}, types={"k": 2, "quality": [2, 4]},
)  # fmt: skip


def moved(person: str, when: str) -> tuple[str, dict[str, list[tuple[str, str]]]]:
    return person, {"location": [("origin", f"2019/{when}"), ("germany", f"{when}/..")]}


@pytest.fixture(scope="module")
def made() -> Study:
    """Five who leave early, five who leave late, and one who left at some time in 2021."""
    early = [moved(f"E{i}", f"2020-07-0{i + 1}") for i in range(5)]
    late = [moved(f"L{i}", f"2022-07-0{i + 1}") for i in range(5)]
    found = study(*early, *late, moved("X", "2021"))
    lines = {episode: episode._replace(source=Source("biographies/x.yaml", 10 + i))
             for i, episode in enumerate(found.episodes)}  # fmt: skip
    return replace(found, episodes=tuple(lines.values()))


@pytest.fixture(scope="module")
def stability(made: Study) -> DateStability:
    return date_stability(made, PLAN, draws=30, seed=4)


def test_only_the_life_with_a_vague_date_moves(stability: DateStability) -> None:
    shares = dict(zip(stability.typology.ids, stability.shares.tolist(), strict=True))
    assert 0.2 < shares.pop("X") < 0.8
    assert set(shares.values()) == {1.0}


def test_the_date_that_does_it_is_named_with_its_place(made: Study, stability: DateStability) -> None:
    table = stability.people()
    first = table.iloc[0]
    line = next(e.source.line for e in made.episodes if e.person == "X" and e.state == "germany")
    assert (first["id"], first["date"], first["place"]) == ("X", "2021", f"biographies/x.yaml:{line}")
    assert (first["earliest"], first["latest"]) == ("2021-01-01", "2021-12-31")
    assert first["separation"] == 1.0
    assert first["p_value"] < 0.05
    assert set(table["date"].iloc[1:]) == {""}
    assert first["other"] != first["type"]
    early = stability.typology.type_of("E0") == stability.typology.type_of("X")
    assert first["side"] == ("late" if early else "early")


def test_own_dates_alone_do_it_here(stability: DateStability) -> None:
    assert stability.own_shares.tolist() == stability.shares.tolist()
    assert stability.nearest.tolist() == stability.typology.types.tolist()


def test_somebody_may_move_because_others_do() -> None:
    """P stands between two groups and is certain; the vague dates of one group move the border."""
    early = [moved(f"E{i}", "2020") for i in range(3)]
    late = [moved(f"L{i}", f"2022-07-0{i + 1}") for i in range(5)]
    found = date_stability(study(*early, *late, moved("P", "2021-08-01")), PLAN, draws=20, seed=2)
    p = found.typology.ids.index("P")
    assert found.shares[p] < 1.0
    assert found.own_shares[p] == 1.0
    assert not found.dates
    assert "nobody would be nearer to another type in some draws; those who move" in found.sentences()[-1]


def test_a_tree_has_people_nearer_to_another_medoid(made: Study) -> None:
    found = date_stability(made, PLAN.changed(types={"method": "ward", "k": 3}), draws=6)
    assert set(found.nearest.tolist()) <= {0, 1, 2}
    assert ((found.own_shares >= 0) & (found.own_shares <= 1)).all()


def test_rows_of_draws_are_what_the_typologies_say(stability: DateStability) -> None:
    table = stability.table()
    x = stability.typology.ids.index("X")
    stays = stability.answers[:, x] == stability.typology.types[x]
    assert (table["rand"] == 1.0).tolist() == stays.tolist()
    np.testing.assert_allclose(table["staying"], np.where(stays, 1.0, 10 / 11))
    assert set(table["analysed"]) == {11}
    assert set(table["best_k"]) <= {2, 3, 4}
    assert (table["best_asw"] >= table["asw"]).all()
    assert stability.by_type()[["always", "mostly", "seldom"]].to_numpy().sum() == 11


def test_people_share_a_type_as_often_as_counted(stability: DateStability) -> None:
    ids, together = stability.typology.ids, stability.together
    assert (together == together.T).all()
    assert (np.diag(together) == 1).all()
    e, late, x = (ids.index(person) for person in ("E0", "L0", "X"))
    assert together[e, late] == 0
    assert together[e, x] + together[late, x] == pytest.approx(1)
    own = e if stability.typology.type_of("E0") == stability.typology.type_of("X") else late
    assert together[own, x] == pytest.approx(stability.shares[x])


def test_same_seed_same_result_and_sentences_name_nobody(made: Study, stability: DateStability) -> None:
    again = date_stability(made, PLAN, draws=30, seed=4)
    assert again.people().equals(stability.people())
    assert again.sentences() == stability.sentences()
    text = " ".join(stability.sentences())
    assert "10 (91\u00a0%) are in the same type in every draw" in text
    assert "1 would be nearer to another type in some draws; for 1 of them it is one date" in text
    assert "; location 1)" in text
    assert "germany" not in text
    assert not [person for person in stability.typology.ids if f"{person} " in text]


def test_dates_that_are_certain_change_nothing() -> None:
    made = study(*(moved(f"P{i}", f"202{i % 3}-0{i + 1}-01") for i in range(8)))
    found = date_stability(made, PLAN, draws=3)
    assert found.rand.tolist() == [1.0] * 3
    assert found.shares.tolist() == [1.0] * 8
    assert not found.dates
    assert found.vague == 0
    told = "No date in these 8 people's lives that counts here may be another day than the one reported"
    assert found.sentences() == [f"{told}: types depend on none."]
    asked = PLAN.changed(stability={"draws": 2})
    assert list(run(made, asked).trust_parts()) == ["dates"]  # the draws say nothing of the number of types


def test_somebody_who_falls_out_of_the_window_has_no_type_in_that_draw() -> None:
    stays = [(f"P{i}", f"2020-0{i + 1}-01", f"202{i % 2}-08-01") for i in range(6)]
    made = study(
        *((person, {"location": [("origin", f"2019/{left}"), ("georgia", f"{left}/{on}"),
                                 ("germany", f"{on}/..")]}) for person, left, on in stays),
        moved("X", "2021"),
        events=[*((person, "departure", left) for person, left, _ in stays), ("X", "departure", "2021")],
    )  # fmt: skip
    made = replace(made, episodes=tuple(
        e._replace(event_id="x") if e.person == "X" and e.state == "germany" else e for e in made.episodes
    ), events=tuple(replace(e, event_id="x") if e.person == "X" else e for e in made.events))
    plan = Plan(grid={"since": "departure", "before": 0, "after": 17}, domains=["location"],
                types={"k": 2, "quality": [2, 3]})  # fmt: skip
    found = date_stability(made, plan, draws=12)
    x = found.typology.ids.index("X")
    out = found.answers[:, x] == UNTYPED
    assert 0 < out.sum() < 12
    assert (found.analysed == found.analysed.max() - out).all()
    assert found.people().set_index("id").loc["X", "draws"] == 12 - out.sum()


def test_too_few_draws_are_refused(made: Study) -> None:
    with pytest.raises(SettingError, match="at least 2 draws, not 1; 20 to 50"):
        date_stability(made, PLAN, draws=1)


def test_progress_counts_draws(made: Study) -> None:
    told: list[tuple[str, int, int]] = []
    date_stability(made, PLAN, draws=3, progress=lambda *args: told.append(args))
    assert told == [("draws of dates", done, 3) for done in range(4)]


MOMENTS = [Moment((0, 99), (), name, Source("b.yaml", i)) for i, name in enumerate(("one", "two", "three"))]


@given(st.integers(2, 18), st.integers(0, 2), st.booleans(), st.integers(0, 99))
def test_a_date_that_parts_the_draws_wholly_is_found(n: int, which: int, late: bool, seed: int) -> None:
    chance = np.random.default_rng(seed)
    days = chance.integers(1, 100, size=(20, 3))
    elsewhere = np.arange(20) < n
    days[:, which] = np.where(elsewhere, 200, 100) if late else np.where(elsewhere, 50, 100)
    found = telling_date(days, MOMENTS, elsewhere, seed)
    assert found is not None
    assert found.separation == 1.0
    assert found.side == ("late" if late else "early") or found.moment is not MOMENTS[which]


def test_dates_that_tell_nothing_are_sure_no_more_often_than_chance() -> None:
    sure = 0
    for seed in range(200):
        chance = np.random.default_rng(seed)
        days = chance.integers(0, 30, size=(20, 3))
        found = telling_date(days, MOMENTS, chance.random(20) < 0.4, seed, permutations=199)
        sure += found is not None and found.sure
    assert sure <= 22  # 10 expected; 22 or more once in 2,500 times


def test_one_draw_elsewhere_is_never_enough() -> None:
    days = np.tile(np.arange(20)[:, None], (1, 3))
    found = telling_date(days, MOMENTS, np.arange(20) == 19, 1)
    assert found is not None
    assert found.separation == 1.0
    assert not found.sure


def test_without_vague_dates_there_is_none_to_tell() -> None:
    assert telling_date(np.zeros((20, 0), dtype=np.int64), [], np.arange(20) < 5, 1) is None


def test_people_with_a_date_that_may_be_several_days_are_counted(stability: DateStability) -> None:
    assert stability.vague == 1  # not the "2019" in which all begin: it lies before the window
