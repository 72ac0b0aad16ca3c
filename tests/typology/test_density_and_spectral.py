"""Types by density and by the graph of similar lives."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.typology.material import made, on_a_line, same_partition, scattered
from trajectories.errors import SettingError
from trajectories.typology.density import density_types
from trajectories.typology.partition import partition
from trajectories.typology.spectral import similarities, spectral_types


def blobs_and_a_stranger():
    chance = np.random.default_rng(3)
    places = np.concatenate([chance.uniform(0, 5, 15), chance.uniform(100, 105, 10), [400.0]])
    return on_a_line(places)


def rings():
    """Two rings, one around the other: no medoid stands for the outer one."""
    angle = np.linspace(0, 2 * np.pi, 40, endpoint=False)
    points = np.concatenate([np.c_[np.cos(angle), np.sin(angle)], 6 * np.c_[np.cos(angle), np.sin(angle)]])
    return made(np.sqrt(((points[:, None] - points) ** 2).sum(axis=2)))


def test_who_fits_nowhere_is_in_no_type():
    found = density_types(blobs_and_a_stranger())
    assert found.outside == ("P25",)
    assert found.typology.sizes == (15, 10)
    assert set(found.typology.ids) | set(found.outside) == set(blobs_and_a_stranger().ids)
    assert found.strength.shape == (25,)
    assert ((found.strength > 0) & (found.strength <= 1)).all()
    assert all(found.typology.type_of(m) == t for t, m in enumerate(found.typology.medoids))
    assert "in no type: 1" in repr(found)


def test_one_cloud_has_no_dense_groups():
    with pytest.raises(SettingError, match=r"No two groups of at least 20 lives .* take partition"):
        density_types(scattered(40, 1), smallest=20)
    with pytest.raises(SettingError, match="at least 2 and at most 40 people, not 1"):
        density_types(scattered(40, 1), smallest=1)


def test_rings_are_found_by_the_graph_and_not_by_medoids():
    truth = np.repeat([0, 1], 40)
    assert same_partition(spectral_types(rings(), 2).types, truth)
    assert not same_partition(partition(rings(), 2).types, truth)


@given(seed=st.integers(0, 100))
@settings(deadline=None, max_examples=15)
def test_order_of_people_does_not_matter_to_blobs(seed):
    chance = np.random.default_rng(seed)
    blobs = np.repeat([0, 1, 2], [9, 12, 7])
    order = chance.permutation(len(blobs))
    diss = on_a_line((blobs * 100 + chance.uniform(0, 9, len(blobs)))[order])
    assert same_partition(spectral_types(diss, 3).types, blobs[order])
    assert (spectral_types(diss, 3).types == spectral_types(diss, 3).types).all()


@pytest.mark.filterwarnings("error")
def test_as_many_types_as_people_leave_everybody_in_their_own():
    assert spectral_types(on_a_line([0, 1, 5, 1e6]), 4).sizes == (1, 1, 1, 1)


@pytest.mark.filterwarnings("error")
def test_somebody_far_from_all_others_is_a_type_and_never_put_with_some_of_them():
    """Nothing links the ninth: of two parts one is this life, and of three too."""
    far = on_a_line([0, 1, 2, 3, 4, 5, 6, 7, 1e6])
    assert spectral_types(far, 2).types.tolist() == [0] * 8 + [1]
    assert spectral_types(far, 3).sizes[-1] == 1
    with pytest.raises(SettingError, match=r"falls into 3 parts that nothing links.*Choose k = 3"):
        spectral_types(on_a_line([0, 1, 2, 3, 4, 5, 6, 7, 1e6, 1e12]), 2)


def test_similarities_are_scaled_by_each_lifes_neighbourhood():
    near = similarities(on_a_line([0, 1, 2, 100, 110, 120]).square(), 1)
    assert near[0, 1] == pytest.approx(near[3, 4])
    assert (np.diag(near) == 1).all()
    assert (near == near.T).all()
    assert np.isfinite(similarities(on_a_line([0, 0, 0, 5]).square(), 2)).all()


@pytest.mark.parametrize(
    ("k", "neighbours", "message"),
    [(1, 7, "at least 2 types"), (9, 7, "cannot be parted into 9"), (2, 0, "at least one neighbour")],
)  # fmt: skip
def test_refusals(k, neighbours, message):
    with pytest.raises(SettingError, match=message):
        spectral_types(on_a_line([0, 1, 5, 9]), k, neighbours=neighbours)
