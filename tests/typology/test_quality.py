"""Quality indices equal WeightedCluster's, brute force, and the laws they obey."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from tests.typology.as_in_r import to_the_last_bit
from tests.typology.material import REFERENCE, made, numbers, on_a_line, reference, rows, scattered
from trajectories.errors import SettingError
from trajectories.typology.hierarchy import hierarchy
from trajectories.typology.kernels.pairs import row_of
from trajectories.typology.medoids import with_medoids
from trajectories.typology.partition import partition
from trajectories.typology.quality import INDICES, cluster_quality, partition_quality
from trajectories.typology.silhouettes import badly_placed, silhouette

RANKED = ("HG", "HGSD")


def of_labels(diss, labels):
    return with_medoids(diss, diss.square(), np.asarray(labels), "given")


def ward_d_cut(k):
    return pd.read_csv(REFERENCE / "hclust_ward.D_cutree.csv")[f"k{k}"].to_numpy()


@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("k", range(2, 7))
def test_indices_equal_wcclusterquality(k, weighted):
    diss = reference(weighted)
    found = cluster_quality(diss, of_labels(diss, ward_d_cut(k)))
    known = numbers(f"wcClusterQuality_ward_k{k}{'_w' if weighted else ''}.json")["stats"]
    assert list(found) == list(INDICES) == list(known)
    for name in set(INDICES) - set(RANKED):
        assert found[name] == pytest.approx(known[name], rel=1e-8), name


@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("k", range(2, 7))
def test_gamma_equals_wcclusterquality_on_dissimilarities_to_the_last_bit(k, weighted):
    """R breaks ties by rounding noise that it does not print: with the noise, its gamma is ours."""
    noisy, printed = to_the_last_bit(weighted), reference(weighted)
    np.testing.assert_allclose(noisy.condensed, printed.condensed, rtol=1e-14, atol=1e-13)
    known = numbers(f"wcClusterQuality_ward_k{k}{'_w' if weighted else ''}.json")["stats"]
    found, without = (cluster_quality(diss, of_labels(diss, ward_d_cut(k))) for diss in (noisy, printed))
    for name in RANKED:
        assert found[name] == pytest.approx(known[name], rel=1e-8)
        assert without[name] == pytest.approx(known[name], abs=3e-5)


def test_ties_are_ties_in_single_precision():
    """Dissimilarities are kept in 32 bits, in which what differs by rounding only is equal again."""
    noisy, printed = to_the_last_bit(), reference()
    single = replace(noisy, condensed=noisy.condensed.astype(np.float32))
    assert len(np.unique(noisy.condensed)) > len(np.unique(printed.condensed.round(9)))
    assert len(np.unique(single.condensed)) == len(np.unique(printed.condensed.round(9)))


@pytest.mark.parametrize(
    ("method", "name", "weighted"),
    [("ward_d", "ward.D", False), ("ward", "ward.D2", False), ("average", "average", False),
     ("complete", "complete", False), ("single", "single", False), ("mcquitty", "mcquitty", False),
     ("ward_d", "ward.D_weighted", True)],
)  # fmt: skip
def test_quality_over_a_tree_equals_as_clustrange(method, name, weighted):
    known = pd.read_csv(REFERENCE / f"clustrange_{name}_stats.csv")
    diss = reference(weighted)
    tree = hierarchy(diss, method)
    found = pd.DataFrame([cluster_quality(diss, tree.cut(k), singletons=1) for k in range(2, 11)])
    exact = [index for index in INDICES if index not in RANKED]
    np.testing.assert_allclose(found[exact], known[exact], rtol=1e-8)
    noisy = to_the_last_bit(weighted)
    types = [with_medoids(noisy, noisy.square(), tree.cut(k).types, "the same") for k in range(2, 11)]
    ranked = pd.DataFrame([cluster_quality(noisy, one, singletons=1) for one in types])
    np.testing.assert_allclose(ranked[list(RANKED)], known[list(RANKED)], rtol=1e-8)


def test_people_alone_in_a_type_count_nothing_unless_asked():
    known = numbers("singleton_ASW.json")
    diss = reference()
    types = of_labels(diss, known["cluster"])
    assert cluster_quality(diss, types)["ASW"] == pytest.approx(known["cluster_ASW"], rel=1e-8)
    assert cluster_quality(diss, types, singletons=1)["ASW"] == pytest.approx(known["wc_ASW"], rel=1e-8)
    np.testing.assert_allclose(silhouette(diss, types)["width"], known["cluster_sil"], rtol=1e-8, atol=1e-12)
    np.testing.assert_allclose(silhouette(diss, types, singletons=1)["width"], known["wc_sil"], rtol=1e-8)


@pytest.mark.parametrize("k", range(2, 7))
def test_silhouettes_equal_wcsilhouetteobs(k):
    table = np.array([row[3:] for row in rows(f"silhouette_ward_k{k}.csv")], dtype=float)
    for weighted, columns in ((False, (0, 1)), (True, (2, 3))):
        diss = reference(weighted)
        found = silhouette(diss, of_labels(diss, ward_d_cut(k)))
        np.testing.assert_allclose(found["width"], table[:, columns[0]], rtol=1e-8, atol=1e-12)
        np.testing.assert_allclose(found["weighted_width"], table[:, columns[1]], rtol=1e-8, atol=1e-12)


def brute_force(diss, types, diagonal):
    """The four indices over pairs as they are defined, over every ordered pair and couple of pairs."""
    square, w = diss.square(), diss.weights
    pairs = [(square[i, j], types[i] != types[j], w[i] * w[j])
             for i, j in itertools.product(range(diss.n), repeat=2) if diagonal or i != j]  # fmt: skip
    d, apart, mass = (np.array(column, dtype=float) for column in zip(*pairs, strict=True))
    mean_d, mean_a = np.average(d, weights=mass), np.average(apart, weights=mass)
    covariance = np.average((d - mean_d) * (apart - mean_a), weights=mass)
    spread = np.average((d - mean_d) ** 2, weights=mass) * np.average((apart - mean_a) ** 2, weights=mass)
    inside, across = apart == 0, apart == 1
    couples = mass[inside][:, None] * mass[across]
    gap = np.sign(d[across][None] - d[inside][:, None])
    c, e, t = ((couples * (gap == sign)).sum() for sign in (1, -1, 0))
    counts = np.repeat(np.sort(d), mass[np.argsort(d)].astype(int))
    many = int(mass[inside].sum())
    low, high = counts[:many].sum(), counts[len(counts) - many :].sum()
    return {"PBC": covariance / np.sqrt(spread), "HG": (c - e) / (c + e), "HGSD": (c - e) / (c + e + t / 2),
            "HC": ((d * mass)[inside].sum() - low) / (high - low)}  # fmt: skip


@pytest.mark.parametrize("diagonal", [True, False])
@given(
    places=st.lists(st.integers(0, 6), min_size=5, max_size=9),
    weights=st.lists(st.integers(1, 3), min_size=9, max_size=9),
    labels=st.lists(st.integers(0, 2), min_size=9, max_size=9),
)
@example(places=[0, 0, 0, 0, 1], weights=[2] * 9, labels=[0, 0, 0, 0, 1, 0, 0, 0, 0])
@settings(deadline=None, max_examples=60)
def test_indices_over_pairs_equal_brute_force_with_ties_and_weights(diagonal, places, weights, labels):
    n = len(places)
    diss = on_a_line(places, weights[:n])
    types = of_labels(diss, labels[:n])
    assume(types.k > 1 and types.sizes[0] > 1 and len(set(places)) > 1)
    found = cluster_quality(diss, types, diagonal=diagonal)
    with np.errstate(invalid="ignore", divide="ignore"):
        known = brute_force(diss, types.types, diagonal)
    for name, value in known.items():
        if np.isfinite(value):
            assert found[name] == pytest.approx(value, rel=1e-9, abs=1e-9), name


@given(weights=st.lists(st.integers(1, 3), min_size=8, max_size=8), seed=st.integers(0, 200))
@example(weights=[2] * 8, seed=0)
@settings(deadline=None, max_examples=25)
def test_weights_are_copies_for_every_index_that_reads_them_so(weights, seed):
    plain = scattered(8, seed, weights)
    copies = np.repeat(np.arange(8), weights)
    labels = np.arange(8) % 3
    copied = made(plain.square()[np.ix_(copies, copies)])
    weighted = cluster_quality(plain, of_labels(plain, labels))
    repeated = cluster_quality(copied, of_labels(copied, labels[copies]))
    for name in INDICES:
        assert weighted[name] == pytest.approx(repeated[name], rel=1e-9), name


@given(seed=st.integers(0, 200), factor=st.floats(0.01, 100))
@settings(deadline=None, max_examples=25)
def test_scale_of_dissimilarities_and_names_of_types_change_nothing(seed, factor):
    diss = scattered(20, seed)
    labels = np.random.default_rng(seed).integers(0, 3, 20)
    assume(len(set(labels.tolist())) == 3)
    plain = cluster_quality(diss, of_labels(diss, labels))
    scaled = made(diss.square() * factor)
    for other in (cluster_quality(scaled, of_labels(scaled, labels)),
                  cluster_quality(diss, of_labels(diss, 7 - labels))):  # fmt: skip
        assert other == pytest.approx(plain, rel=1e-9)


def test_every_index_points_the_way_it_says():
    blobs = np.repeat([0, 1, 2], 10)
    diss = on_a_line(blobs * 100 + np.random.default_rng(1).uniform(0, 10, 30))
    right = cluster_quality(diss, of_labels(diss, blobs))
    wrong = cluster_quality(diss, of_labels(diss, np.random.default_rng(2).permutation(blobs)))
    assert all(right[name] > wrong[name] for name in INDICES if name != "HC")
    assert right["HC"] < wrong["HC"]
    assert right["HG"] == right["HGSD"] == 1
    assert right["HC"] == pytest.approx(0, abs=1e-12)


def test_single_precision_gives_the_same_table():
    diss = reference()
    single = made(diss.square().astype(np.float32), ids=diss.ids)
    np.testing.assert_allclose(
        partition_quality(single, [2, 4], method="ward"),
        partition_quality(diss, [2, 4], method="ward"),
        rtol=1e-3,
    )


def test_table_over_k_shows_the_number_of_blobs():
    places = np.repeat([0, 100, 200, 300], 8) + np.random.default_rng(5).uniform(0, 8, 32)
    table = partition_quality(on_a_line(places), range(2, 8))
    assert list(table.columns) == ["k", *INDICES]
    assert table["k"].tolist() == [2, 3, 4, 5, 6, 7]
    assert table.loc[table["ASW"].idxmax(), "k"] == 4
    assert table.loc[table["HC"].idxmin(), "k"] == 4
    assert table["R2"].is_monotonic_increasing


def test_table_is_that_of_partition():
    diss = scattered(25, 2)
    row = partition_quality(diss, [3], seed=4).iloc[0]
    assert cluster_quality(diss, partition(diss, 3, seed=4)) == pytest.approx(row.drop("k").to_dict())


def test_numbers_of_types_that_cannot_be_have_no_row():
    assert partition_quality(on_a_line([0, 1, 1, 5]), range(2, 11))["k"].tolist() == [2, 3]
    with pytest.raises(SettingError, match=r"for 5 and 6 types, but these 4 people have 3 distinct lives"):
        partition_quality(on_a_line([0, 1, 1, 5]), [5, 6])
    with pytest.raises(SettingError, match="4 people have 1 distinct life: no types can"):
        partition_quality(on_a_line([1, 1, 1, 1]), [2, 3])
    with pytest.raises(SettingError, match=r"asked for no number of types"):
        partition_quality(on_a_line([0, 1, 1, 5]), [])


def test_other_people_are_refused():
    diss = scattered(6, 1)
    types = partition(diss, 2)
    with pytest.raises(SettingError, match=r"typology is of 6 people and the dissimilarities are of 4"):
        cluster_quality(diss.select(diss.ids[:4]), types)
    with pytest.raises(SettingError, match=r"another order"):
        silhouette(diss.select(diss.ids[::-1]), types)


def test_silhouette_names_the_neighbour():
    diss = on_a_line([0, 1, 2, 50, 51, 200, 201])
    table = silhouette(diss, partition(diss, 3).named("left", "middle", "right"))
    assert table["neighbour"].tolist() == ["middle"] * 3 + ["left"] * 2 + ["middle"] * 2
    assert (table["width"] > 0.9).all()


@pytest.mark.parametrize("n", [2, 3, 7, 60, 401])
def test_place_in_the_condensed_matrix_gives_its_row(n):
    upper = np.triu_indices(n, 1)[0]
    assert [row_of(p, n) for p in range(len(upper))] == upper.tolist()


@given(st.lists(st.floats(0, 1e6, width=32), min_size=1, max_size=60))
def test_places_in_order_are_those_of_a_stable_sort(values):
    from trajectories.typology.ordered_pairs import _in_order

    single = np.array(values, dtype=np.float32)
    order, rising = _in_order(single)
    assert order.tolist() == np.argsort(single + np.float32(0), kind="stable").tolist()
    assert rising.tolist() == sorted(values)


def test_a_tree_judged_at_once_is_judged_as_each_of_its_cuts():
    diss = scattered(60, 4, np.random.default_rng(1).uniform(0.5, 2, 60))
    for method in ("ward", "average"):
        found = partition_quality(diss, range(2, 9), method=method)
        tree = hierarchy(diss, method)
        for row in found.to_dict("records"):
            for name, value in cluster_quality(diss, tree.cut(int(row["k"]))).items():
                assert row[name] == pytest.approx(value, rel=1e-10), name


def test_the_badly_placed_are_named_worst_first():
    diss = scattered(40, 2)
    types = of_labels(diss, np.arange(40) % 3)
    found, widths = badly_placed(diss, types), silhouette(diss, types).set_index("id")["width"]
    assert set(found["id"]) == set(widths[widths < 0].index)
    assert found["width"].is_monotonic_increasing
    assert len(found) > 0
    assert len(badly_placed(diss, types, below=2)) == 40


@pytest.mark.parametrize("weights", [[1.0] * 5, [0.1] * 5, [0.3, 1.7, 0.2, 0.9, 1.1]])
@pytest.mark.parametrize("tied", [1.0, 0.3, 0.7, 123.456])
def test_among_pairs_that_are_all_as_unlike_nothing_is_measured_on_rounding(weights, tied):
    """Without the pairs with oneself there is one dissimilarity only: no correlation, no range to lie in."""
    found = cluster_quality(made(tied * (1 - np.eye(5)), weights), of_labels(
        made(tied * (1 - np.eye(5)), weights), [0, 0, 0, 1, 1]), diagonal=False)  # fmt: skip
    assert np.isnan([found[name] for name in ("PBC", "HG", "HC")]).all()
    assert found["HGSD"] == 0


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("diagonal", [False, True])
def test_types_that_weigh_nothing_leave_nothing_to_compare(diagonal):
    """All weight is in one type: no pair across types counts, nor is another type near."""
    weights = [1.4178, 0.69, 2.3, 0.0, 0.0]
    diss = on_a_line([0.1, 1.3, 2.9, 7.7, 9.1], weights)
    typology = of_labels(diss, [0, 0, 0, 1, 1])
    found = cluster_quality(diss, typology, diagonal=diagonal)
    assert np.isnan([found[name] for name in ("PBC", "HG", "HGSD", "HC", "ASW", "ASWw")]).all()
    assert found["R2"] == pytest.approx(0, abs=1e-12)
    placed = silhouette(diss, typology)
    assert placed["neighbour"].tolist() == ["", "", "", "Type 1", "Type 1"]
    assert np.isnan(placed["width"].iloc[:3]).all()
