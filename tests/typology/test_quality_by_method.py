"""Quality over methods equals wcCmpCluster's; standardised it says which row is best."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from tests.typology.material import REFERENCE, numbers, on_a_line, reference, scattered
from trajectories.errors import SettingError
from trajectories.figures.quality_by_method import plot_quality_by_method
from trajectories.typology.hierarchy import hierarchy
from trajectories.typology.partition import improved, partition
from trajectories.typology.quality import INDICES, cluster_quality, partition_quality
from trajectories.typology.quality_by_method import LOWER, quality_by_method, standardised_quality

TREES = {"ward.D": "ward_d", "ward.D2": "ward", "average": "average", "complete": "complete",
         "single": "single", "mcquitty": "mcquitty", "beta.flexible": "flexible"}  # fmt: skip
EXACT = [name for name in INDICES if name not in ("HG", "HGSD")]


@pytest.mark.parametrize("started", [False, True])
@pytest.mark.parametrize("name", TREES)
def test_trees_and_pam_from_them_equal_wccmpcluster(name, started):
    """Gamma differs by ties, see test_gamma_lies_within_what_ties_can_do_to_it."""
    known = pd.read_csv(REFERENCE / "wcCmpCluster_allstats.csv")
    known = known[known["method"] == f"{'pam.' if started else ''}{name}"].reset_index(drop=True)
    diss = reference()
    tree = hierarchy(diss, TREES[name])
    types = [tree.cut(k) for k in range(2, 7)]
    types = [improved(diss, one) for one in types] if started else types
    found = pd.DataFrame([cluster_quality(diss, one, singletons=1) for one in types])
    np.testing.assert_allclose(found[EXACT], known[EXACT], rtol=1e-8)
    np.testing.assert_allclose(found[["HG", "HGSD"]], known[["HG", "HGSD"]], rtol=0, atol=3e-5)


def test_pam_from_a_tree_equals_wckmedrange_or_is_better():
    """With 8 types a swap helps that WeightedCluster's way does not find."""
    known = pd.read_csv(REFERENCE / "wcKMedRange_stats.csv")
    diss = reference()
    tree = hierarchy(diss, "ward_d")
    found = pd.DataFrame([cluster_quality(diss, improved(diss, tree.cut(k)), singletons=1)
                          for k in range(2, 9)])  # fmt: skip
    np.testing.assert_allclose(found[EXACT][:6], known[EXACT][:6], rtol=1e-8)
    assert not np.allclose(found[EXACT][6:], known[EXACT][6:], rtol=1e-8)
    theirs = numbers("wcKMedoids_random_k6.json")["info"]["Sum of Distances"]
    assert improved(diss, tree.cut(8)).to_medoid.sum() < theirs


@pytest.mark.parametrize("way", ["PAM", "KMedoids"])
def test_other_ways_to_medoids_are_not_better(way):
    known = numbers(f"wcKMedoids_{way}_k4.json")["info"]["Sum of Distances"]
    ours = improved(reference(), hierarchy(reference(), "ward_d").cut(4)).to_medoid.sum()
    assert ours <= known * (1 + 1e-12)


def test_best_numbers_of_types_are_those_of_summary():
    known = pd.read_csv(REFERENCE / "clustrange_summary.csv").set_index("id")
    diss = reference()
    tree = hierarchy(diss, "ward_d")
    quality = pd.DataFrame([{"k": k, **cluster_quality(diss, tree.cut(k), singletons=1)}
                            for k in range(2, 11)])  # fmt: skip
    ranks = standardised_quality(quality, "rank").set_index("k")
    for name in (one for one in INDICES if one not in LOWER):
        for place in (1, 2):
            assert ranks.loc[known.loc[name, f"{place}. N groups"], name] == place
    assert set(known.loc["HC", ["1. N groups", "2. N groups"]]) <= set(quality["k"])


def test_one_row_a_method_and_k_as_partition_quality_has_it():
    diss = scattered(30, 2)
    found = quality_by_method(diss, (2, 3), ("pam", "single", "mcquitty"))
    assert found["method"].tolist() == ["pam", "pam", "single", "single", "mcquitty", "mcquitty"]
    for method in ("pam", "single"):
        own = found[found["method"] == method].drop(columns="method").reset_index(drop=True)
        pd.testing.assert_frame_equal(own, partition_quality(diss, (2, 3), method=method))


def test_standardised_indices_are_on_one_scale_and_turned_round():
    quality = quality_by_method(scattered(30, 2), (2, 3, 4), ("pam", "ward"))
    z, ranged, ranks = (standardised_quality(quality, by) for by in ("z", "range", "rank"))
    np.testing.assert_allclose(z[list(INDICES)].mean(), 0, atol=1e-9)
    np.testing.assert_allclose(z[list(INDICES)].std(), 1)
    assert ranged["ASW"].min() == 0
    assert ranged["ASW"].max() == 1
    assert ranged["HC"].idxmax() == quality["HC"].idxmin()
    assert ranks["HC"].idxmin() == quality["HC"].idxmin()
    same = quality.assign(ASW=0.5, PBC=np.nan)
    assert standardised_quality(same)["ASW"].isna().all()
    assert standardised_quality(same)["PBC"].isna().all()
    assert (standardised_quality(same, "rank")["ASW"] == 1).all()


def test_methods_side_by_side_are_drawn(tmp_path):
    quality = quality_by_method(scattered(30, 2), (2, 3, 4), ("pam", "ward"))
    figure = plot_quality_by_method(quality)
    first = figure.panels[0].marks
    assert [line.label for line in first] == ["pam", "ward"]
    assert first[0].y == tuple(quality["ASW"][:3])
    assert "best" in figure.summary
    one = plot_quality_by_method(quality, standardised="z")
    np.testing.assert_allclose(one.panels[0].marks[0].y, standardised_quality(quality)["ASW"][:3])
    assert figure.save(tmp_path / "a.svg").read_bytes() == figure.save(tmp_path / "b.svg").read_bytes()
    assert len(figure.screen().data) > 0
    with pytest.raises(SettingError, match="no table of quality_by_method"):
        plot_quality_by_method(quality.drop(columns="method"))


def test_what_cannot_be_is_refused():
    with pytest.raises(SettingError, match="There is no method 'kmeans'; there are pam"):
        quality_by_method(scattered(9, 1), (2,), ("kmeans",))
    with pytest.raises(SettingError, match="each once"):
        quality_by_method(scattered(9, 1), (2,), ("pam", "pam"))
    with pytest.raises(SettingError, match="no table of quality"):
        standardised_quality(pd.DataFrame({"x": [1]}))
    with pytest.raises(SettingError, match="standardised by z, range, rank, not 'zero'"):
        standardised_quality(quality_by_method(scattered(9, 1), (2,), ("pam",)), "zero")


@pytest.mark.parametrize("method", ["single", "mcquitty"])
def test_trees_that_do_not_look_at_sizes_do_not_look_at_weights(method):
    places, weights = [0, 1, 5, 9, 20], [1, 7, 1, 2, 1]
    plain, weighted = (hierarchy(on_a_line(places, w), method).heights for w in (None, weights))
    np.testing.assert_allclose(plain, weighted)
    assert partition(on_a_line(places), 2, method=method).sizes == (4, 1)
