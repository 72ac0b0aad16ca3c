"""Two typologies side by side: indices as scikit-learn has them, the best matching, who moved."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trajectories.errors import SettingError
from trajectories.typology.agreement import adjusted_rand, compare_typologies, cross_counts, jaccards
from trajectories.typology.typology import Typology

LABELS = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 2)), min_size=2, max_size=25)


def typed(types, ids=None, prefix="T"):
    people = tuple(ids) if ids is not None else tuple(f"P{i}" for i in range(len(types)))
    names = tuple(f"{prefix}{t}" for t in range(max(types) + 1))
    return Typology(people, np.array(types), names, names, "given", np.zeros(len(types)))


@given(LABELS)
@settings(deadline=None)
def test_indices_equal_scikit_learns(pairs):
    from sklearn.metrics import adjusted_rand_score, normalized_mutual_info_score

    one, other = zip(*pairs, strict=True)
    found = compare_typologies(typed(one), typed(other))
    assert found.rand == pytest.approx(adjusted_rand_score(one, other), abs=1e-12)
    if len(set(one)) > 1 or len(set(other)) > 1:  # scikit-learn rounds a zero entropy its own way
        assert found.information == pytest.approx(normalized_mutual_info_score(one, other), abs=1e-9)


@given(LABELS)
@settings(deadline=None)
def test_no_other_matching_shares_more_and_the_moved_are_the_rest(pairs):
    one, other = zip(*pairs, strict=True)
    found = compare_typologies(typed(one), typed(other))
    shared = sum(found.counts[pair] for pair in found.matched)
    wide = np.zeros((4, 4), dtype=int)
    wide[: found.counts.shape[0], : found.counts.shape[1]] = found.counts
    assert shared == max(wide[range(4), p].sum() for p in map(list, itertools.permutations(range(4))))
    assert len(found.moved()) == found.n - shared
    assert found.staying == pytest.approx(shared / found.n)


@given(LABELS)
@settings(deadline=None)
def test_agreement_has_no_direction(pairs):
    one, other = (typed(labels) for labels in zip(*pairs, strict=True))
    there, back = compare_typologies(one, other), compare_typologies(other, one)
    assert there.rand == pytest.approx(back.rand)
    assert there.information == pytest.approx(back.information)
    assert (there.counts == back.counts.T).all()


def test_the_same_under_other_names():
    found = compare_typologies(typed([0, 0, 1, 2]), typed([2, 2, 0, 1]))
    assert (found.rand, found.information, found.staying) == (1, 1, 1)
    assert found.matched == ((0, 2), (1, 0), (2, 1))
    assert found.moved().empty
    assert found.pairs()["jaccard"].tolist() == [1, 1, 1]


def test_who_moved_and_types_without_a_match():
    found = compare_typologies(typed([0, 0, 0, 1, 1, 2]), typed([0, 0, 1, 1, 1, 1], prefix="U"))
    assert found.moved().to_numpy().tolist() == [["P2", "T0", "U1", "U0"], ["P5", "T2", "U1", ""]]
    assert found.pairs().iloc[-1].tolist() == ["T2", "", 1, 0, 0, 0.0]
    assert found.table().loc["T1"].tolist() == [0, 2]
    assert found.sentence().startswith("2 of 6 people are in a type that does not answer to their type")
    one = compare_typologies(typed([0, 0, 0, 1, 1, 1]), typed([0, 0, 1, 1, 1, 1], prefix="U"))
    assert one.sentence().startswith("1 of 6 people is in a type that does not answer")


def test_people_in_only_one_are_left_out_and_named():
    found = compare_typologies(typed([0, 0, 1], "abc"), typed([1, 0, 0], "bxa"))
    assert found.n == 2
    assert found.omitted == ("c", "x")
    assert "in only one of them: 2" in found.sentence()
    assert found.moved()["id"].tolist() == ["b"]
    with pytest.raises(SettingError, match=r"share nobody \(first: 'a' and 'x'\)"):
        compare_typologies(typed([0], "a"), typed([0], "x"))


def test_chance_agrees_on_nothing():
    chance = np.random.default_rng(2)
    tables = [cross_counts(chance.integers(0, 3, 60), chance.integers(0, 4, 60), 3, 4) for _ in range(300)]
    assert np.mean([adjusted_rand(table) for table in tables]) == pytest.approx(0, abs=0.01)
    assert (jaccards(tables[0]) <= 1).all()
