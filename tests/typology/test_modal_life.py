"""The modal life: most common states, ties, missing and void, and how common they are."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.typology.lives import lives, random_lives
from trajectories.errors import SettingError
from trajectories.sequences.sequences import MISSING, VOID
from trajectories.typology.modal_life import modal_life, modal_shares
from trajectories.typology.typology import Typology


def typed(types, ids=None):
    people = ids or tuple(f"P{i}" for i in range(len(types)))
    k = max(types) + 1
    names = tuple(f"Type {t + 1}" for t in range(k))
    return Typology(people, np.array(types), names, (people[0],) * k, "given", np.zeros(len(types)))


def test_most_common_state_of_each_position_and_domain():
    found = modal_life(lives(["AAB", "ABB", "CBB", "FFF"], ["AAA", "BBB", "BBB", "CCC"]), typed([0, 0, 0, 1]))
    assert found.ids == ("Type 1", "Type 2")
    assert found.states[0].tolist() == [[0, 1, 1], [1, 1, 1]]
    assert found.states[1].tolist() == [[5, 5, 5], [2, 2, 2]]
    assert found.weights.tolist() == [3, 1]


def test_ties_follow_the_codebook_and_weights_count():
    assert modal_life(lives(["B", "A"]), typed([0, 0])).states.ravel().tolist() == [0]
    assert modal_life(lives(["B", "A"], weights=[2, 1]), typed([0, 0])).states.ravel().tolist() == [1]
    assert modal_life(lives(["B", "A", "B"], weights=[0, 0, 0]), typed([0, 0, 0])).states.item() == 1


def test_missing_and_void_are_not_the_same():
    word = modal_life(lives(["A*%*A", "A*%%%"]), typed([0, 0])).states[0, 0]
    assert word.tolist() == [0, MISSING, VOID, MISSING, 0]
    guarded = modal_life(lives(["A*%*A", "A*%%%"]), typed([0, 0]), at_least=2).states[0, 0]
    assert guarded.tolist() == [0, MISSING, VOID, VOID, VOID]


def test_shares_say_how_common():
    table = modal_shares(lives(["AA%", "AB%", "BB%"], weights=[1, 1, 2]), typed([0, 0, 0]))
    assert table["position"].tolist() == [0, 1]
    assert table["state"].tolist() == ["a", "b"]
    assert table["n"].tolist() == [2, 2]
    assert table["share"].tolist() == [0.5, 0.75]


@given(seed=st.integers(0, 100))
@settings(deadline=None, max_examples=25)
def test_no_state_is_more_common_than_the_modal_one(seed):
    some = random_lives(20, 12, 4, seed)
    types = typed((np.arange(20) % 3).tolist())
    made, shares = modal_life(some, types), modal_shares(some, types)
    for t in range(3):
        inside = some.states[types.types == t, 0, :]
        for place in range(12):
            counts = np.bincount(inside[:, place], minlength=4)
            assert counts[made.states[t, 0, place]] == counts.max()
    assert (shares["n"] <= shares["observed"]).all()
    assert shares["share"].between(1 / 4, 1).all()


def test_people_in_the_typologys_order_and_strangers_refused():
    some = lives(["A", "B"], ids=["x", "y"])
    assert modal_life(some, typed([0, 1], ("y", "x"))).states.ravel().tolist() == [1, 0]
    with pytest.raises(SettingError, match=r"No sequence here for 1 person \(first: 'z'\)"):
        modal_life(some, typed([0, 1], ("y", "z")))
    with pytest.raises(SettingError, match="1 or more, not 0"):
        modal_life(some, typed([0, 1], ("y", "x")), at_least=0)
