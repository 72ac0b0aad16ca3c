"""Trees equal R's hclust, with and without weights."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.cluster.hierarchy import linkage

from tests.typology.material import REFERENCE, made, numbers, on_a_line, reference, same_partition, scattered
from trajectories.errors import SettingError
from trajectories.typology.hierarchy import hierarchy

TREES = [
    ("ward_d", "ward.D", False),
    ("ward", "ward.D2", False),
    ("average", "average", False),
    ("complete", "complete", False),
    ("single", "single", False),
    ("mcquitty", "mcquitty", False),
    ("ward_d", "ward.D_weighted", True),
]
SCIPY = {"ward": "ward", "ward_d": "ward", "average": "average", "complete": "complete", "single": "single",
         "mcquitty": "weighted"}  # fmt: skip


@pytest.mark.parametrize(("method", "name", "weighted"), TREES)
def test_tree_equals_hclust(method, name, weighted):
    tree = hierarchy(reference(weighted), method)
    heights = pd.read_csv(REFERENCE / f"hclust_{name}_merge.csv")["height"]
    np.testing.assert_allclose(tree.heights, heights, rtol=1e-8, atol=1e-8)
    cuts = pd.read_csv(REFERENCE / f"hclust_{name}_cutree.csv")
    for k in range(2, 9):
        assert same_partition(tree.cut(k).types, cuts[f"k{k}"])


@pytest.mark.parametrize(("method", "name", "weighted"), [tree for tree in TREES if not tree[2]])
def test_lives_stand_from_left_to_right_as_hclust_orders_them(method, name, weighted):
    known = pd.read_csv(REFERENCE / f"hclust_{name}_order.csv")["value"].to_numpy() - 1
    tree = hierarchy(reference(weighted), method)
    assert tree.order().tolist() == known.tolist()
    table = tree.table()
    assert table["n"].iloc[-1] == 60
    assert table["types"].tolist() == list(range(60, 1, -1))
    assert table["height"].tolist() == tree.heights.tolist()


@pytest.mark.parametrize(("method", "name"), SCIPY.items())
@given(n=st.integers(2, 25), seed=st.integers(0, 1000))
def test_with_equal_weights_it_is_the_tree_of_scipy(method, name, n, seed):
    diss = scattered(n, seed)
    tree = hierarchy(diss, method)
    known = linkage(np.sqrt(diss.condensed) if method == "ward_d" else diss.condensed, name)
    heights = known[:, 2] ** 2 if method == "ward_d" else known[:, 2]
    np.testing.assert_allclose(tree.heights, heights, rtol=1e-9, atol=1e-9)
    np.testing.assert_array_equal(tree.merges[:, [0, 1, 3]], known[:, [0, 1, 3]])


def test_weight_of_two_is_a_second_copy_under_average_linkage():
    weighted = hierarchy(on_a_line([0, 1, 5, 9], [2, 1, 1, 3]), "average").heights
    copied = hierarchy(on_a_line([0, 0, 1, 5, 9, 9, 9]), "average").heights
    np.testing.assert_allclose(weighted, copied[copied > 0])


def test_flexible_tree_equals_agnes():
    """People are turned round, because agnes takes the last of several nearest pairs and this the first."""
    known = numbers("agnes_flexible_ac.json")
    tree = hierarchy(reference().select(reversed(reference().ids)), "flexible")
    np.testing.assert_allclose(tree.heights, sorted(known["agnes_flex_height"]), rtol=1e-8, atol=1e-8)
    groups = {-i: {i - 1} for i in range(1, 61)}
    for step, merge in enumerate(known["agnes_merge"], start=1):
        groups[step] = groups.pop(merge["V1"]) | groups.pop(merge["V2"])
        if 60 - step in range(2, 9):
            labels = np.empty(60, dtype=int)
            for label, people in enumerate(groups.values()):
                labels[list(people)] = label
            assert same_partition(tree.cut(60 - step).types[::-1], labels)


@given(n=st.integers(3, 15), seed=st.integers(0, 200), beta=st.sampled_from([-0.5, -0.25, -0.1]))
def test_flexible_tree_is_lance_and_williams_step_by_step(n, seed, beta):
    diss = scattered(n, seed)
    parts, heights = {(i,): row for i, row in enumerate(diss.square())}, []
    apart = {(a, b): diss.square()[a[0], b[0]] for a in parts for b in parts if a < b}
    while apart:
        (one, other), height = min(apart.items(), key=lambda item: item[1])
        heights.append(height)
        names = {name for pair in apart for name in pair} - {one, other}
        new = tuple(sorted(one + other))
        near = {
            name: (1 - beta) / 2 * (apart[min(one, name), max(one, name)]
                                    + apart[min(other, name), max(other, name)]) + beta * height
            for name in names
        }  # fmt: skip
        apart = {pair: d for pair, d in apart.items() if not {one, other} & set(pair)}
        apart |= {(min(new, name), max(new, name)): d for name, d in near.items()}
    np.testing.assert_allclose(hierarchy(diss, "flexible", beta=beta).heights, heights, rtol=1e-9)


def test_lives_without_weight_do_not_break_the_tree():
    tree = hierarchy(on_a_line([0, 1, 5, 9], [0, 0, 1, 1]), "ward")
    assert np.isfinite(tree.heights).all()
    assert same_partition(tree.cut(2).types, [0, 0, 1, 1])


def test_cut_gives_as_many_types_as_asked_for_although_heights_tie():
    tree = hierarchy(on_a_line([0, 1, 10, 11, 20, 21]), "average")
    assert [tree.cut(k).k for k in range(2, 7)] == [2, 3, 4, 5, 6]


def test_tree_says_what_it_is():
    assert "6 people by Ward (D2)" in repr(hierarchy(on_a_line([0, 1, 10, 11, 20, 21])))


def test_refusals():
    with pytest.raises(SettingError, match=r"no tree by 'centroid'; there is ward, ward_d, average"):
        hierarchy(on_a_line([0, 1, 2]), "centroid")
    with pytest.raises(SettingError, match=r"beta lies between -1 and 0, .* not 0.3"):
        hierarchy(on_a_line([0, 1, 2]), "flexible", beta=0.3)
    with pytest.raises(SettingError, match=r"at least two people; there is only one"):
        hierarchy(made([[0.0]]))
    with pytest.raises(SettingError, match=r"at least 2 types, not 1"):
        hierarchy(on_a_line([0, 1, 2])).cut(1)
