"""Numbers that are asked for are taken as they are meant or refused; none is rounded silently."""

from __future__ import annotations

import numpy as np
import pytest

from tests.typology.lives import lives, random_lives
from tests.typology.material import scattered
from trajectories.alignment.measures.basic import Hamming
from trajectories.alignment.pairwise import dissimilarities
from trajectories.errors import SettingError
from trajectories.typology.clara import clara
from trajectories.typology.contrasts import contrasts
from trajectories.typology.crossed_types import types_by_domain
from trajectories.typology.density import density_types
from trajectories.typology.facts import facts_of_lives
from trajectories.typology.fuzzy import fuzzy_partition
from trajectories.typology.hierarchy import hierarchy
from trajectories.typology.null_lives import null_lives
from trajectories.typology.null_models import null_models
from trajectories.typology.partition import partition
from trajectories.typology.property_types import property_types
from trajectories.typology.quality import partition_quality
from trajectories.typology.spectral import spectral_types
from trajectories.typology.stability import bootstrap_stability, subsample_stability

DISS, LIVES = scattered(20, 1), random_lives(20, 8, 3, 1)


@pytest.mark.parametrize("k", [2.5, "3", None, float("nan"), True])
def test_a_number_of_types_that_is_no_whole_one_is_refused_everywhere(k):
    apart = dissimilarities(LIVES, Hamming())
    ways = [
        lambda: partition(DISS, k), lambda: hierarchy(DISS).cut(k), lambda: fuzzy_partition(DISS, k),
        lambda: spectral_types(DISS, k), lambda: partition_quality(DISS, [2, k]),
        lambda: bootstrap_stability(DISS, k), lambda: subsample_stability(DISS, [k]),
        lambda: null_models(LIVES, Hamming(), [k]), lambda: clara(LIVES, Hamming(), k),
        lambda: property_types(LIVES, apart, k),
    ]  # fmt: skip
    for way in ways:
        with pytest.raises(SettingError, match=r"^(k|The number of types) must be a whole number, not"):
            way()


def test_a_whole_number_is_taken_in_any_dress():
    for k in (3, 3.0, np.int64(3), np.float64(3)):
        assert partition(DISS, k).k == hierarchy(DISS).cut(k).k == 3


@pytest.mark.parametrize(("seed", "told"), [(-1, "zero or more, not -1"), ("a", "a whole number, not 'a'"),
                                           (1.5, "a whole number, not 1.5")])
def test_a_seed_that_is_none_is_refused_everywhere(seed, told):
    ways = [
        lambda: partition(DISS, 3, seed=seed), lambda: bootstrap_stability(DISS, 2, seed=seed),
        lambda: subsample_stability(DISS, [2], seed=seed), lambda: null_lives(LIVES, seed=seed),
        lambda: null_models(LIVES, Hamming(), 2, seed=seed, method="ward"),
        lambda: contrasts(facts_of_lives(LIVES, ()), np.arange(20) % 2, 2, 9, seed),
    ]  # fmt: skip
    for way in ways:
        with pytest.raises(SettingError, match=f"seed of chance must be {told}"):
            way()


@pytest.mark.parametrize(("call", "told"), [
    (lambda: partition_quality(DISS, 3), r"Several numbers of types are asked for here.*not 3; put a single"),
    (lambda: partition_quality(DISS, [1]), r"asked for 1 type, but these"),
    (lambda: partition_quality(DISS, [2], method="fame"), r"no method 'fame' to make types; there are pam"),
    (lambda: subsample_stability(DISS, share=0.01), r"A share of 0.01 of 20 people is 0 people"),
    (lambda: density_types(DISS, smallest=2.5), r"smallest.* must be a whole number, not 2.5"),
    (lambda: partition(DISS, 3, starts=1.5), r"random starts must be a whole number, not 1.5"),
    (lambda: fuzzy_partition(DISS, 3, exponent=float("inf")), r"above 1, usually 1.5, not inf"),
])  # fmt: skip
def test_what_else_cannot_be_is_said_in_words(call, told):
    with pytest.raises(SettingError, match=told):
        call()


def test_one_measure_serves_all_domains_as_a_function_of_the_lives_does():
    some = lives(["AAB", "ABB", "BBB", "BAA"], ["CCD", "DDD", "CDC", "CCC"])
    one, each = (types_by_domain(some, measure, 2) for measure in (Hamming(), lambda _: Hamming()))
    assert one.labels().tolist() == each.labels().tolist()
