"""Barycentres: near everybody of the type, nobody's, and resting on enough people at each position."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from pathlib import Path

import numpy as np
import pytest

from tests.typology.lives import lives, random_lives
from trajectories.alignment.costs.cost_rules import constant_costs
from trajectories.alignment.measures.basic import Hamming, OptimalMatching
from trajectories.alignment.pairwise import dissimilarities, dissimilarities_to
from trajectories.errors import SettingError
from trajectories.figures.figure import Tiles
from trajectories.figures.typical_lives import plot_typical_lives
from trajectories.sequences.sequences import MISSING, Sequences
from trajectories.typology.barycentre import barycentres
from trajectories.typology.modal_life import modal_life
from trajectories.typology.partition import partition
from trajectories.typology.typology import Typology


@pytest.fixture(scope="module")
def forty() -> Sequences:
    return random_lives(40, 12, 4, 3)


@pytest.fixture(scope="module")
def measure(forty: Sequences) -> OptimalMatching:
    return OptimalMatching(constant_costs(forty), indel=1.5)


@pytest.fixture(scope="module")
def types(forty: Sequences, measure: OptimalMatching) -> Typology:
    return partition(dissimilarities(forty, measure), 3)


def test_it_is_nobody_and_its_distances_are_true(
    forty: Sequences, measure: OptimalMatching, types: Typology
) -> None:
    found = barycentres(forty, types, measure)
    assert found.lives.ids == types.names
    assert found.lives.weights.tolist() == list(types.sizes)
    lived = {life.tobytes() for life in forty.states}
    assert not [life for life in found.lives.states if life.tobytes() in lived]
    for t in range(types.k):
        people = forty.select(types.members(t))
        apart = dissimilarities_to(people, found.lives.select([types.names[t]]), measure).values
        assert found.apart[t] == pytest.approx(apart.mean())
        medoid = dissimilarities_to(people, forty.select([types.medoids[t]]), measure).values
        assert found.to_medoid[t] == pytest.approx(medoid.mean())
    assert found.table()["barycentre"].tolist() == found.apart.tolist()


def test_it_is_nearer_than_medoid_and_modal_life(measure: OptimalMatching) -> None:
    restless = random_lives(40, 16, 4, 5, move=0.5)
    types = partition(dissimilarities(restless, measure), 3)
    found, modal = barycentres(restless, types, measure), modal_life(restless, types).states
    lived = {life.tobytes() for life in restless.states}
    assert not [life for life in modal if life.tobytes() in lived]
    assert (found.apart <= found.to_modal + 1e-12).all()
    assert (found.apart < found.to_medoid).all()


def test_by_hamming_it_is_the_best_of_all_lives_that_nobody_lived() -> None:
    """Three positions, three states: all 27 lives tried by hand."""
    few = lives(["AAB", "AAC", "ABA", "BAA", "AAB"], letters="ABC")
    types = Typology(few.ids, np.zeros(5, dtype=np.int64), ("all",), ("P0",), "by hand", np.zeros(5))
    found = barycentres(few, types, Hamming())
    lived = {life.tobytes() for life in few.states}
    best = min(
        float((few.states[:, 0, :] != np.array(word)).sum(axis=1).mean())
        for word in product(range(3), repeat=3)
        if np.array([word], dtype=np.int16).tobytes() not in lived
    )
    assert found.apart[0] == pytest.approx(best)
    assert found.lives.states[0, 0].tolist() == [0, 0, 0]


def test_every_position_rests_on_enough_people(
    forty: Sequences, measure: OptimalMatching, types: Typology
) -> None:
    found = barycentres(forty, types, measure, at_least=5)
    for t in range(types.k):
        states = forty.select(types.members(t)).states[:, 0, :]
        for place, state in enumerate(found.lives.states[t, 0].tolist()):
            if state != MISSING:
                assert (states[:, place] == state).sum() >= 5
    wide = barycentres(forty, types, measure, at_least=41).lives
    assert (wide.states < 0).all()


def test_weights_pull_it(forty: Sequences, measure: OptimalMatching) -> None:
    all_in_one = np.zeros(40, dtype=np.int64)
    one = Typology(forty.ids, all_in_one, ("all",), (forty.ids[0],), "by hand", np.zeros(40))
    heavy = replace(forty, weights=np.where(np.arange(40) == 7, 1000.0, 1.0))
    near = barycentres(heavy, one, measure).lives
    apart = dissimilarities_to(forty.select([forty.ids[7]]), near, measure).values[0, 0]
    even = barycentres(forty, one, measure).lives
    assert 0 < apart <= dissimilarities_to(forty.select([forty.ids[7]]), even, measure).values[0, 0]


def test_the_same_whoever_asks_twice(forty: Sequences, measure: OptimalMatching, types: Typology) -> None:
    one, other = (barycentres(forty, types, measure).lives.states for _ in range(2))
    np.testing.assert_array_equal(one, other)


def test_a_function_may_stand_for_the_measure(
    forty: Sequences, measure: OptimalMatching, types: Typology
) -> None:
    told = barycentres(forty, types, lambda people, made: dissimilarities_to(people, made, measure).values)
    np.testing.assert_array_equal(told.lives.states, barycentres(forty, types, measure).lives.states)


def test_what_cannot_be_is_refused(forty: Sequences, measure: OptimalMatching, types: Typology) -> None:
    with pytest.raises(SettingError, match="at_least is a number of people"):
        barycentres(forty, types, measure, at_least=0)
    with pytest.raises(SettingError, match="so it has no barycentre"):
        barycentres(forty, types.select(types.members(0)), measure)
    alike = lives(["A", "A", "B"], letters="AB")
    one = Typology(alike.ids, np.zeros(3, dtype=np.int64), ("all",), ("P0",), "by hand", np.zeros(3))
    assert barycentres(alike, one, Hamming()).lives.states.tolist() == [[[MISSING]]]
    unknown = lives(["A", "B", "*"], letters="AB")
    with pytest.raises(SettingError, match="Every life near the middle of 'all' is somebody's"):
        barycentres(unknown, one, Hamming())


def test_typical_lives_are_drawn_by_type(
    forty: Sequences, measure: OptimalMatching, types: Typology, tmp_path: Path
) -> None:
    found = barycentres(forty, types, measure, at_least=5).lives
    figure = plot_typical_lives(found)
    tiles = [mark for mark in figure.panels[0].marks if isinstance(mark, Tiles)]
    np.testing.assert_array_equal(tiles[0].cells, found.states[:, 0, :])
    assert figure.table["type"].tolist() == list(types.names)
    assert "One synthetic life for each of 3 types." in figure.summary
    shown = figure.screen().to_json() + figure.summary + figure.table.to_csv()
    assert not [person for person in forty.ids if f'"{person}"' in shown]
    assert figure.save(tmp_path / "a.svg").read_bytes() == figure.save(tmp_path / "b.svg").read_bytes()


def test_a_medoid_need_not_be_among_the_people_asked_for(forty: Sequences, measure: OptimalMatching,
                                                         types: Typology) -> None:  # fmt: skip
    """Of some of the people: the medoids of all are still who stands for the types, if they have a life."""
    some = types.select(person for person in types.ids if person not in types.medoids)
    found = barycentres(forty, some, measure)
    assert np.isfinite(found.to_medoid).all()
    with pytest.raises(SettingError, match="No sequence here for"):
        barycentres(forty.select(some.ids), some, measure)
