"""Types of many lives from samples: as good as PAM of all, criteria as WeightedCluster has them."""

from __future__ import annotations

import itertools

import numpy as np
import pandas as pd
import pytest

from tests.typology.lives import lives, random_lives
from tests.typology.material import REFERENCE, numbers, same_partition
from trajectories.alignment.costs.cost_rules import constant_costs, dynamic_transition_costs, transition_costs
from trajectories.alignment.measures.basic import DynamicHamming, Hamming, OptimalMatching
from trajectories.alignment.measures.distributions import ChiSquared
from trajectories.alignment.measures.fixing import fixed, witnesses
from trajectories.alignment.measures.transitions import TransitionMatching
from trajectories.alignment.pairwise import dissimilarities
from trajectories.errors import SettingError
from trajectories.typology import clara_criteria
from trajectories.typology.clara import clara
from trajectories.typology.clara_criteria import criteria, joined_by
from trajectories.typology.partition import partition


def s60():
    return lives(["".join(row) for row in pd.read_csv(REFERENCE / "s60.csv").iloc[:, 1:].to_numpy()])


def test_criteria_equal_seqclararange():
    """R tells the clusters of its best sample but not the medoids: one pair that makes them has them."""
    known = numbers("seqclararange_crisp.json")
    square = dissimilarities(s60(), OptimalMatching(constant_costs(s60()), indel=1.0)).square()
    labels, row = np.array([person["cluster2"] for person in known["clustering"]]), known["stats"][0]
    found = []
    for pair in itertools.product(np.flatnonzero(labels == 1), np.flatnonzero(labels == 2)):
        reach = square[:, pair]
        if same_partition(reach.argmin(axis=1), labels):
            all_of = joined_by(reach, np.array([[0, 1]]), np.ones(60))
            one = criteria(all_of.weight, all_of.inside, all_of.widths, square[np.ix_(pair, pair)][None])
            found.append([float(value[0]) for value in one.values()])
    theirs = (row["Avg dist"], row["DB"], row["XB"], row["PBM"], row["AMS"])
    assert any(one == pytest.approx(theirs, rel=1e-6) for one in found)


def test_with_samples_of_all_it_is_pam():
    some = random_lives(40, 12, 4, 2)
    found = clara(some, Hamming(), 3, samples=3, size=40)
    pam = partition(dissimilarities(some, Hamming()), 3)
    assert found.typology.to_medoid.sum() == pytest.approx(pam.to_medoid.sum())
    assert found.found_again == 1
    assert found.values["distance"].tolist() == pytest.approx([pam.to_medoid.mean()] * 3)


def test_everybody_is_with_the_nearest_medoid_and_planted_types_are_found():
    chance = np.random.default_rng(1)
    words = ["AAAAAABBBBBB", "CCCCDDDDDDDD", "EEEEEEEEFFFF"] * 150
    noisy = ["".join(x if chance.random() > 0.1 else "ABCDEF"[chance.integers(6)] for x in w) for w in words]
    some = lives(noisy)
    measure = OptimalMatching(transition_costs(some))
    found = clara(some, measure, 3, samples=5, size=40)
    assert same_partition(found.typology.types, np.arange(450) % 3)
    assert found.found_again == 1
    assert found.typology.sizes == (150, 150, 150)
    diss = dissimilarities(some, measure)
    for person, t, far in zip(some.ids[:20], found.typology.types, found.typology.to_medoid, strict=False):
        assert far == pytest.approx(diss.between(person, found.typology.medoids[t]), rel=1e-5)
        assert far == pytest.approx(min(diss.between(person, m) for m in found.typology.medoids), rel=1e-5)


@pytest.mark.parametrize("criterion", ["distance", "davies_bouldin", "xie_beni", "pbm", "silhouette"])
def test_best_is_best_by_its_criterion(criterion):
    found = clara(random_lives(200, 15, 5, 3), Hamming(), 4, samples=6, size=30, criterion=criterion, seed=2)
    values = found.values[criterion]
    assert values[found.best] == (values.max() if criterion in ("pbm", "silhouette") else values.min())
    assert found.rand[found.best] == 1
    table = found.table()
    assert table.loc[table["best"], "sample"].tolist() == [found.best + 1]


def test_weights_decide_who_is_drawn_and_what_counts():
    some = lives(["AAAA", "AAAB", "BBBB", "BBBA", "CCCC"] * 4, weights=[1, 1, 1, 1, 0] * 4)
    found = clara(some, Hamming(), 2, samples=2)
    assert all(some.weights[some.ids.index(medoid)] > 0 for medoid in found.typology.medoids)


def test_same_seed_same_types_and_progress_runs_to_the_end():
    seen = []
    some = random_lives(120, 10, 4, 5)
    one = clara(some, Hamming(), 3, samples=4, size=30, seed=8, progress=seen.append)
    assert (one.typology.types == clara(some, Hamming(), 3, samples=4, size=30, seed=8).typology.types).all()
    assert seen == sorted(seen)
    assert seen[-1] == pytest.approx(1)


def test_costs_taken_from_the_lives_are_taken_from_all_of_them():
    some = random_lives(150, 10, 4, 6)
    found = clara(some, DynamicHamming(), 3, samples=3, size=30)
    given = clara(some, DynamicHamming(dynamic_transition_costs(some)), 3, samples=3, size=30)
    assert (found.typology.types == given.typology.types).all()


def test_best_by_several_criteria_is_of_the_same_samples():
    some = random_lives(200, 15, 5, 3)
    found = clara(some, Hamming(), 4, samples=6, size=30, seed=2)
    for criterion in found.values:
        other = clara(some, Hamming(), 4, samples=6, size=30, criterion=criterion, seed=2)
        assert (found.by(criterion).typology.types == other.typology.types).all()
        assert found.by(criterion).typology.medoids == other.typology.medoids
    with pytest.raises(SettingError, match="no criterion 'fame'"):
        found.by("fame")


def test_stability_reports_types_and_people():
    chance = np.random.default_rng(1)
    words = ["AAAAAABBBBBB", "CCCCDDDDDDDD", "EEEEEEEEFFFF"] * 60
    words = ["".join(x if chance.random() > 0.05 else "ABCDEF"[chance.integers(6)] for x in w) for w in words]
    found = clara(lives([*words, "AAAACCCCDDDD"]), Hamming(), 3, samples=8, size=30)
    told = found.stability()
    assert told.table()["samples"].tolist() == [7, 7, 7]
    assert (told.means > 0.9).all()
    assert "highly stable" in told.sentence()
    steady = found.steadiness()
    assert steady.shape == (181,)
    assert steady[:180].mean() > 0.95
    by_hand = [(found.labels[i] == found.labels[found.best][180]).mean() for i in range(8)]
    assert all(0 < share < 1 for share in by_hand)
    assert np.isnan(clara(lives(words), Hamming(), 3, samples=1, size=30).steadiness()).all()


def test_parts_of_the_people_change_nothing(monkeypatch):
    words = ["".join(np.random.default_rng(i).choice(list("ABC*"), 12)) for i in range(90)]
    some = lives([word[: 12 - i % 4] + "%" * (i % 4) for i, word in enumerate(words)], letters="ABC")
    costs = transition_costs(some)
    whole = clara(some, OptimalMatching(costs, norm="auto"), 3, samples=4, size=20)
    monkeypatch.setattr(clara_criteria, "CHUNK", 7)
    parts = clara(some, OptimalMatching(costs, norm="auto"), 3, samples=4, size=20)
    assert (parts.labels == whole.labels).all()
    assert (parts.reach == whole.reach).all()
    assert parts.values["silhouette"] == pytest.approx(whole.values["silhouette"])


def test_measures_are_fixed_for_all_lives():
    some = random_lives(150, 10, 4, 6)
    few = some.select(some.ids[::3])
    for measure in (ChiSquared(step=3), ChiSquared(step=3, shares="overall", normalised=True)):
        given = dissimilarities(few, fixed(measure, some), precision="double")
        assert given.condensed == pytest.approx(
            dissimilarities(some, measure, precision="double").select(few.ids).condensed)  # fmt: skip
        assert given.condensed != pytest.approx(
            dissimilarities(few, measure, precision="double").condensed)  # fmt: skip
    with pytest.raises(SettingError, match="a row for each of the 4 intervals, not 1"):
        dissimilarities(few, ChiSquared(step=3, shares=[[0.2, 0.3, 0.3, 0.2]]))


def test_witnesses_are_a_longest_life_and_one_with_gaps():
    some = lives(["AB%%", "ABC%", "A*B%", "BBBB"])
    assert witnesses(some).tolist() == [2, 3]


@pytest.mark.parametrize(
    ("settings", "message"),
    [({"k": 1}, "at least 2 types"), ({"samples": 0}, "at least one sample, not 0"),
     ({"size": 3}, r"more lives than there are types \(3\), not 3"),
     ({"criterion": "fame"}, "'fame'; there are distance, davies_bouldin"),
     ({"k": 31}, "30 people cannot be parted into 31 types"),
     ({"k": 2.5}, "k must be a whole number, not 2.5"),
     ({"size": "all"}, "size must be a whole number, not 'all'"),
     ({"measure": "om"}, "'om' is no measure"),
     ({"lives": lives(["AAAA"] * 20)}, "holds only 1 different ones, from which 3 types cannot be made"),
     ({"lives": lives(["AAAA", "AAAB", "BBBB", "BBBA"], weights=[1, 1, 1, 0])}, "Only 3 people have"),
     ({"lives": lives(["AAAA", "AAAB", "BBBB", "BBBA"], weights=[1, 1, -1, 1])}, "zero or more"),
     ({"measure": TransitionMatching(constant_costs(random_lives(30, 10, 4, 1)), 0.5, "rates")},
      "transitions='substitution'")],
)  # fmt: skip
def test_refusals(settings, message):
    with pytest.raises(SettingError, match=message):
        clara(**{"lives": random_lives(30, 10, 4, 1), "measure": Hamming(), "k": 3, **settings})
