"""Stability under resampling: types that stand apart are found again, others are not."""

from __future__ import annotations

import numpy as np
import pytest

from tests.typology.material import on_a_line, reference, scattered
from trajectories.errors import SettingError
from trajectories.typology.stability import bootstrap_stability, reading, subsample_stability


def blobs(k=3, size=12, apart=100.0):
    chance = np.random.default_rng(4)
    return on_a_line(np.repeat(np.arange(k) * apart, size) + chance.uniform(0, 8, k * size))


def test_types_that_stand_apart_are_always_found_again():
    found = bootstrap_stability(blobs(), 3, samples=30)
    assert (found.jaccard == 1).all()
    assert found.readings == ("highly stable",) * 3
    table = found.table()
    assert table["recovered"].tolist() == [1, 1, 1]
    assert table["dissolved"].tolist() == [0, 0, 0]
    assert table["samples"].tolist() == [30, 30, 30]
    assert "Type 1 highly stable (1.00)" in found.sentence()


@pytest.mark.parametrize("method", ["pam", "ward"])
def test_types_cut_out_of_one_cloud_are_not(method):
    found = bootstrap_stability(scattered(60, 1), 5, method, samples=25)
    assert found.means.mean() < 0.75
    known = found.jaccard[~np.isnan(found.jaccard)]
    assert ((known > 0) & (known <= 1)).all()


def test_right_number_of_types_is_the_stable_one():
    table = subsample_stability(blobs(4), range(2, 7), samples=20).set_index("k")
    assert table["rand"].idxmax() == 4
    assert table.loc[4, "rand"] == 1
    assert table.loc[6, "rand"] < 0.9
    assert table["samples"].tolist() == [20] * 5
    assert (table["low"] <= table["rand"]).all()


def test_a_type_of_one_person_is_missing_from_some_samples():
    found = bootstrap_stability(on_a_line([*range(10), 500]), 2, samples=60)
    drawn = 60 - np.isnan(found.jaccard[:, 1]).sum()
    assert 25 <= drawn <= 50  # somebody is drawn with probability 1 - (10/11)^11 = 0.65
    assert np.nanmin(found.jaccard[:, 1]) == 1
    assert found.table()["samples"].tolist()[1] == drawn


def test_reading_has_hennigs_bands():
    assert [reading(x) for x in (0.9, 0.85, 0.8, 0.75, 0.7, 0.6, 0.59, float("nan"))] == [
        "highly stable", "highly stable", "stable", "stable", "doubtful", "doubtful", "unstable", "",
    ]  # fmt: skip


def test_same_seed_same_numbers_and_weights_count():
    diss = reference(weighted=True)
    one, again = (bootstrap_stability(diss, 3, samples=5, seed=9) for _ in range(2))
    assert (one.jaccard == again.jaccard).all()
    assert (one.jaccard != bootstrap_stability(diss, 3, samples=5, seed=10).jaccard).any()
    seen = []
    bootstrap_stability(blobs(), 2, samples=2, progress=seen.append)
    assert seen == [0.5, 1]


@pytest.mark.parametrize(
    ("call", "message"),
    [(lambda d: bootstrap_stability(d, 2, samples=0), "at least one sample, not 0"),
     (lambda d: bootstrap_stability(d, 1), "at least 2 types, not 1"),
     (lambda d: subsample_stability(d, [2], share=1), "above 0 and below 1, not 1"),
     (lambda d: subsample_stability(d, [2], samples=0), "at least one sample"),
     (lambda d: subsample_stability(d, [1, 99]), r"of 29 people were asked for 1 and 99 types, and none")],
)  # fmt: skip
def test_refusals(call, message):
    with pytest.raises(SettingError, match=message):
        call(blobs())


def test_samples_of_all_equal_people_do_not_fail():
    found = bootstrap_stability(on_a_line([0] * 30 + [1]), 2, samples=20)
    assert np.nanmax(found.jaccard) == 1
