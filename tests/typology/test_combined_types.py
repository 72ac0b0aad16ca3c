"""Typologies of domains crossed, and their combinations merged as TraMineR's dissmergegroups does."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from tests.typology.lives import lives
from tests.typology.material import REFERENCE, made, numbers, on_a_line, same_partition
from trajectories.alignment.costs.cost_rules import transition_costs
from trajectories.alignment.dissimilarities import Dissimilarities
from trajectories.alignment.measures.basic import OptimalMatching
from trajectories.alignment.pairwise import dissimilarities
from trajectories.errors import SettingError
from trajectories.sequences.sequences import Sequences
from trajectories.typology.combined_types import combined_types
from trajectories.typology.crossed_types import CrossedTypes, cross_types, types_by_domain
from trajectories.typology.hierarchy import hierarchy
from trajectories.typology.partition import partition
from trajectories.typology.quality import cluster_quality

DOMAINS = ("loc", "legal", "act")


def of_domains() -> tuple[dict[str, Dissimilarities], Dissimilarities]:
    """The reference dissimilarities of three domains, and their sum."""
    squares = {name: pd.read_csv(REFERENCE / f"dom_{name}_OM_trate.csv", index_col=0) for name in DOMAINS}
    each = {name: made(table.to_numpy(), ids=table.index) for name, table in squares.items()}
    return each, made(sum(table.to_numpy() for table in squares.values()), ids=squares["loc"].index)


def crossed() -> CrossedTypes:
    return cross_types({name: hierarchy(diss, "ward_d").cut(2) for name, diss in of_domains()[0].items()})


def test_combinations_are_those_of_the_reference() -> None:
    known = pd.read_csv(REFERENCE / "CombT_clusters.csv", dtype=str)
    found = crossed()
    for name, types in found.typologies.items():
        assert same_partition(types.types, known[name])
    combined = combined_types(of_domains()[1], found, fewest=8)
    assert same_partition(combined.typology.types, known["comb"])
    assert combined.merges == ()


def test_merging_equals_dissmergegroups() -> None:
    known = numbers("dissmergegroups.json")
    found = combined_types(of_domains()[1], crossed(), small=0.1, fewest=3, loss=0.5, singletons=1)
    assert same_partition(found.typology.types, known["group_out"])
    assert found.quality == pytest.approx(known["ASW"], rel=1e-10)


def test_quality_is_that_of_cluster_quality_and_steps_lead_to_the_groups() -> None:
    diss, combined = of_domains()[1], combined_types(of_domains()[1], crossed(), small=0.1, fewest=3, loss=1)
    for index in ("ASW", "ASWw"):
        found = combined_types(diss, crossed(), small=0.1, fewest=3, loss=1, index=index)
        assert found.quality == pytest.approx(cluster_quality(diss, found.typology)[index], rel=1e-12)
    assert len(combined.merges) == len(crossed().table()) - combined.typology.k
    assert combined.steps()["quality"].iloc[-1] == combined.quality
    told = [name for group in combined.groups for name in group]
    assert len(told) == len(set(told)) == len(crossed().table())
    assert combined.table()["combination"].tolist() == told
    last = combined.merges[-1]
    assert any(set(last.one) | set(last.other) == set(group) for group in combined.groups)


def test_small_groups_go_first_and_quality_bounds_the_rest() -> None:
    diss = on_a_line([0, 1, 2, 3, 50, 51, 52, 53, 100])
    one = partition(diss, 3, seed=1)
    halves = cross_types({"thirds": one, "again": one})
    found = combined_types(diss, halves, small=0.2, fewest=2, loss=1)
    assert len(found.merges) == 1
    assert {len(found.merges[0].one), len(found.merges[0].other)} == {1}
    assert found.typology.sizes == (5, 4)
    assert combined_types(diss, halves, small=0.2, fewest=2, loss=0.0).merges == ()
    assert found.typology.names[0].endswith("and others")


def test_crossed_tables_count_people() -> None:
    found, known = crossed(), pd.read_csv(REFERENCE / "CombT_clusters.csv", dtype=str)
    assert sorted(found.table()["n"]) == sorted(known["comb"].value_counts())
    assert found.table()["share"].sum() == pytest.approx(1)
    table = found.pairs()
    loc, legal = found.typologies["loc"], found.typologies["legal"]
    for row in table[(table["domain"] == "loc") & (table["other"] == "legal")].to_dict("records"):
        a, b = loc.names.index(row["type"]), legal.names.index(row["other_type"])
        assert row["n"] == ((loc.types == a) & (legal.types == b)).sum()
        assert row["share"] == row["n"] / loc.sizes[a]
    from scipy.stats.contingency import association

    by_hand = pd.crosstab(loc.types, legal.types).to_numpy()
    v = found.association().set_index(["domain", "other"]).loc[("loc", "legal"), "cramers_v"]
    assert v == pytest.approx(association(by_hand, method="cramer"))


def test_types_of_each_domain_are_those_of_that_domain_alone() -> None:
    both = lives(["AAAA", "AAAB", "BBBB", "BBBA", "AABA"], ["CCCC", "DDDD", "CCCD", "DDDC", "CCDC"])

    def measure(one: Sequences) -> OptimalMatching:
        return OptimalMatching(transition_costs(one))

    found = types_by_domain(both, measure, {"location": 2, "legal": 3}, seed=4)
    for name, k in (("location", 2), ("legal", 3)):
        one = both.only(name)
        alone = partition(dissimilarities(one, measure(one)), k, seed=4)
        assert found.typologies[name].types.tolist() == alone.types.tolist()
    assert found.typologies["legal"].names == ("Legal 1", "Legal 2", "Legal 3")
    with pytest.raises(SettingError, match="k names no number of types for 'legal'"):
        types_by_domain(both, measure, {"location": 2})
    with pytest.raises(SettingError, match="at least two typologies"):
        types_by_domain(both.only("legal"), measure, 2)


def test_only_people_in_all_typologies_count() -> None:
    diss = on_a_line([0, 1, 2, 50, 51, 52])
    one = partition(diss, 2)
    part = one.select(one.ids[1:])
    found = cross_types({"a": one, "b": part})
    assert found.ids == one.ids[1:]
    assert found.omitted == (one.ids[0],)
    with pytest.raises(SettingError, match="Nobody is in all"):
        cross_types({"a": one.select(one.ids[:2]), "b": one.select(one.ids[2:])})


@pytest.mark.parametrize(("settings", "told"), [
    ({"small": 2}, "small is a share"), ({"loss": -1}, "loss is a share"), ({"fewest": 1}, "at least 2"),
    ({"index": "HC"}, "index is one of ASW, ASWw"), ({"against": "worst"}, "against is one of best"),
])  # fmt: skip
def test_settings_that_cannot_be_are_refused(settings: dict[str, object], told: str) -> None:
    with pytest.raises(SettingError, match=told):
        combined_types(of_domains()[1], crossed(), **settings)


def test_other_people_are_refused() -> None:
    with pytest.raises(SettingError, match=r"take both of the same people with select\(ids\)"):
        combined_types(of_domains()[1].select(crossed().ids[:20]), crossed())


def test_combinations_of_equal_lives_stop_before_quality_is_lost() -> None:
    """All lives equal: no merge has a quality above 0, so nothing is merged."""
    diss = made(np.zeros((6, 6)))
    halves = on_a_line([0, 1, 2, 50, 51, 52])
    one = partition(halves, 2)
    assert combined_types(diss, cross_types({"a": one, "b": one}), fewest=2).merges == ()
