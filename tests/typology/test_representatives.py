"""Representatives equal TraMineR's seqrep; covering, coverage and refusals."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.typology.material import REFERENCE, made, numbers, on_a_line, reference, scattered
from trajectories.errors import SettingError
from trajectories.typology.medoids import with_medoids
from trajectories.typology.partition import partition
from trajectories.typology.representatives import representatives

SEQREP = {"dist": "centrality", "density": "density", "freq": "frequency"}


def everybody(diss):
    return with_medoids(diss, diss.square(), np.zeros(diss.n, dtype=int), "given")


def same(stand, known, weighted=False):
    assert stand.weight == pytest.approx(known["na"], rel=1e-8)
    assert stand.near == pytest.approx(known["nb"], rel=1e-8)
    assert stand.mean_distance == pytest.approx(known["MD"], rel=1e-8, abs=1e-8)
    assert stand.mean_distance * stand.weight == pytest.approx(known["SD"], rel=1e-8, abs=1e-8)
    assert 100 * stand.quality == pytest.approx(known["Q"], rel=1e-8)
    if not weighted:
        assert stand.discrepancy == pytest.approx(known["V"], rel=1e-8, abs=1e-8)


@pytest.mark.parametrize(
    ("name", "more"),
    [("dist", {}), ("density", {}), ("freq", {}),
     ("dist_nrep3", {"radius": 0.2, "coverage": 1, "at_most": 3}),
     ("density_nrep3", {"radius": 0.2, "coverage": 1, "at_most": 3}),
     ("freq_nrep3", {"radius": 0.2, "coverage": 1, "at_most": 3}),
     ("density_cov60", {"radius": 0.25, "coverage": 0.6})],
)  # fmt: skip
def test_equal_to_seqrep(name, more):
    diss, known = reference(), numbers(f"s60_seqrep_{name}.json")
    found = representatives(diss, everybody(diss), SEQREP[name.partition("_")[0]], **more)
    assert [diss.ids.index(person) + 1 for person in found.ids[0]] == known["index"]
    *each, total = known["statistics"]
    for stand, row in zip(found.stands[0], each, strict=True):
        same(stand, row)
    same(found.together[0], total)
    assert found.together[0].quality == pytest.approx(known["quality"], rel=1e-8)


def test_equal_to_seqrep_with_weights():
    """But for the discrepancy: seqrep takes the plain mean of weighted distances to the centre."""
    diss, known = reference(weighted=True), numbers("sw60_seqrep_density.json")
    found = representatives(diss, everybody(diss), "density", radius=0.25, coverage=0.6)
    chosen = [diss.ids.index(person) for person in found.ids[0]]
    assert [place + 1 for place in chosen] == known["index"]
    square, weights = diss.square(), diss.weights
    nearest = square[:, chosen].argmin(axis=1)
    for place, row in enumerate(known["statistics"][:-1]):
        same(found.stands[0][place], row, weighted=True)
        own = nearest == place
        inside, w = square[np.ix_(own, own)], weights[own] / weights[own].sum()
        assert (inside @ w).mean() - found.stands[0][place].discrepancy == pytest.approx(row["V"], abs=1e-8)
    same(found.together[0], known["statistics"][-1])


def test_equal_to_seqrep_grp_by_cohort():
    diss, known = reference(), numbers("s60_seqrep_grp.json")
    cohort = pd.read_csv(REFERENCE / "s60_covariates.csv")["cohort"]
    types = with_medoids(diss, diss.square(), pd.factorize(cohort)[0], "cohort").named(*cohort.unique())
    found = representatives(diss, types, at_most=1, coverage=1)
    for name, stand in zip(found.names, found.together, strict=True):
        group = next(key for key in known if key.strip() == name.strip())
        row = known[group][-1]
        assert stand.mean_distance == pytest.approx(row["MD"], rel=1e-8)
        assert stand.discrepancy == pytest.approx(row["V"], rel=1e-8)
        assert 100 * stand.quality == pytest.approx(row["Q"], rel=1e-8)
    assert found.ids == tuple((medoid,) for medoid in types.medoids)


@given(seed=st.integers(0, 200), criterion=st.sampled_from(["centrality", "density", "neighbourhood"]),
       coverage=st.sampled_from([0.2, 0.5, 1.0]), weighted=st.booleans())  # fmt: skip
@settings(deadline=None, max_examples=40)
def test_wanted_share_is_covered_and_representatives_are_apart(seed, criterion, coverage, weighted):
    weights = np.random.default_rng(seed).uniform(0.1, 3, 30) if weighted else None
    diss = scattered(30, seed, weights)
    types = partition(diss, 3)
    found = representatives(diss, types, criterion, coverage=coverage, radius=0.3)
    assert min(found.coverage) >= coverage - 1e-9
    assert sum(s.weight for stands in found.stands for s in stands) == pytest.approx(diss.weights.sum())
    for t, ids in enumerate(found.ids):
        assert set(ids) <= set(types.members(t))
        apart = [diss.between(a, b) for a in ids for b in ids if a != b]
        assert criterion == "neighbourhood" or min(apart, default=found.radius) >= found.radius - 1e-12


@given(seed=st.integers(0, 200))
@settings(deadline=None, max_examples=30)
def test_neighbourhood_is_the_greedy_cover(seed):
    diss = scattered(25, seed)
    found = representatives(diss, everybody(diss), "neighbourhood", coverage=1, radius=0.25)
    near, left = diss.square() < found.radius, np.ones(25, dtype=bool)
    for person in found.ids[0]:
        gained = (near & left).sum(axis=1)
        assert gained[diss.ids.index(person)] == gained.max()
        left &= ~near[diss.ids.index(person)]
    assert not left.any()


def test_first_by_centrality_is_the_medoid_and_tables_tell():
    diss = on_a_line([0, 1, 2, 50, 51], [1, 1, 1, 3, 1])
    types = partition(diss, 2).named("near", "far")
    found = representatives(diss, types, radius=0.05)
    assert tuple(ids[0] for ids in found.ids) == types.medoids
    table, summary = found.table(), found.summary()
    assert table["id"].tolist() == ["P1", "P3"]
    assert table["share"].tolist() == [1.0, 1.0]
    assert summary["near"].tolist() == [3.0, 4.0]
    assert summary["mean_distance"].tolist() == pytest.approx([2 / 3, 1 / 4])
    assert "near: 1 for 100%" in repr(found)


def test_alone_or_all_equal_needs_one():
    diss = on_a_line([0, 0, 0, 9])
    found = representatives(diss, partition(diss, 2), "neighbourhood", coverage=1)
    assert found.ids == (("P0",), ("P3",))
    assert np.isnan(found.together[1].quality)


@pytest.mark.parametrize(
    ("settings_", "message"),
    [({"criterion": "fame"}, "'fame'; there are centrality, density, neighbourhood, frequency"),
     ({"coverage": 0}, "coverage is a share of each type"), ({"radius": 1.5}, "radius is a share"),
     ({"at_most": 0}, "At least one life")],
)  # fmt: skip
def test_refusals(settings_, message):
    diss = on_a_line([0, 1, 9])
    with pytest.raises(SettingError, match=message):
        representatives(diss, partition(diss, 2), **settings_)


def test_other_people_are_refused():
    with pytest.raises(SettingError, match="stand in another order"):
        representatives(made(1.0 - np.eye(3), ids="abc"), partition(on_a_line([0, 1, 9]), 2))
