"""Types as rules: the splits of WeightedCluster, planted rules found and said, what holds of any lives."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.typology.lives import lives, random_lives
from tests.typology.material import made, reference, reference_weights, rows, same_partition
from trajectories.alignment.dissimilarities import Dissimilarities
from trajectories.alignment.measures.basic import Hamming
from trajectories.alignment.pairwise import dissimilarities
from trajectories.errors import SettingError
from trajectories.sequences.grid import Grid
from trajectories.sequences.sequences import Sequences
from trajectories.typology.properties import PropertyKind, properties_of
from trajectories.typology.property_types import property_types
from trajectories.typology.quality import cluster_quality


def sixty() -> Sequences:
    found = rows("s60.csv")
    return lives(["".join(row[1:]) for row in found], ids=[row[0] for row in found])


def hamming(some: Sequences) -> Dissimilarities:
    return dissimilarities(some, Hamming(), precision="double")


def test_splits_are_those_of_weightedcluster() -> None:
    """``seqpropclust(s60, diss, maxcluster = 5, properties = c("state", "duration", "Complexity"))``."""
    found = property_types(sixty(), reference(), 5, ("state", "duration"), smallest=1)
    nodes = [row for row in rows("seqpropclust_nodes.csv") if row[6] != "NA"]
    expected = {(row[6], int(row[3])): float(row[7]) for row in nodes}
    here = {(f"state.t{int(s.at) + 1}" if s.kind == "state" else f"duration.{s.at.upper()}", s.n): s.r2
            for s in found.splits}  # fmt: skip
    assert here == pytest.approx(expected, rel=1e-9)
    explained = np.cumsum([split.explained for split in found.splits])
    r2 = [float(row[7]) for row in rows("seqpropclust_stats.csv")]
    np.testing.assert_allclose(explained, r2, rtol=1e-9)
    four = property_types(sixty(), reference(), 4, ("state", "duration"), smallest=1)
    assert four.typology.ids == tuple(row[0] for row in rows("seqpropclust_cut.csv"))
    assert same_partition(four.typology.types, [row[2] for row in rows("seqpropclust_cut.csv")])


@pytest.mark.parametrize("weighted", [False, True])
def test_share_explained_is_that_of_the_partition(weighted: bool) -> None:
    diss = reference(weighted)
    found = property_types(sixty(), diss, 6)
    assert found.r2 == pytest.approx(cluster_quality(diss, found.typology)["R2"], rel=1e-9)
    assert min(found.typology.sizes) >= 5
    if weighted:
        assert found.r2 != property_types(sixty(), reference(), 6).r2
        assert reference_weights().std() > 0


def planted(*words: str) -> Sequences:
    """Each word five times."""
    return lives([word for word in words for _ in range(5)], letters="ABC")


@pytest.mark.parametrize(("kind", "words", "rules"), [
    ("state", ("AAAA", "ABBB"), ("A at 1", "B at 1")),
    ("state", ("A*AA", "ABBB"), ("not known at 1", "B at 1")),
    ("duration", ("ABBB", "AAAB"), ("A for at most 1 position", "A for more than 1 position")),
    ("duration", ("AAAA", "ABAA"), ("A for more than 3 positions", "A for at most 3 positions")),
    ("duration", ("CCCC", "CBCC"), ("never B", "B at some time")),
    ("start", ("AABB", "ABBB"), ("not B by 1", "B by 1")),
    ("start", ("AAAA", "AAAB"), ("not B by 3", "B by 3")),
    ("pattern", ("ABBC", "ACCB"), ("C at some time after B", "C never after B")),
])  # fmt: skip
def test_a_planted_rule_is_found_and_said(
    kind: PropertyKind, words: tuple[str, str], rules: tuple[str, str]
) -> None:
    some = planted(*words)
    found = property_types(some, hamming(some), 2, (kind,))
    assert found.r2 == pytest.approx(1.0)
    told = [found.rule(found.typology.type_of(person)) for person in ("P0", "P5")]
    assert tuple(told) == rules


def test_rules_speak_of_the_clock_and_of_the_domain() -> None:
    first, second = ["AABB"] * 5 + ["AAAA"] * 5, ["CCCC"] * 10
    some = lives(first, second, letters="ABC")
    object.__setattr__(some, "grid", Grid(since="departure", before=2, after=2))
    object.__setattr__(some, "positions", (-2, -1, 0, 1))
    found = property_types(some, hamming(some), 2, ("state",))
    assert {found.rule(0), found.rule(1)} == {
        "Location: A in month 0 since departure", "Location: B in month 0 since departure"
    }  # fmt: skip
    started = property_types(some, hamming(some), 2, ("start",))
    assert "Location: B by month 0 since departure" in started.table()["rule"].tolist()
    assert started.sentences()[-1] == "These rules account for 100\u00a0% of the differences among lives."


@settings(max_examples=25, deadline=None)
@given(st.integers(12, 30), st.integers(0, 10_000), st.integers(1, 4))
def test_the_first_split_is_the_best_of_all(n: int, seed: int, smallest: int) -> None:
    some = random_lives(n, 6, 3, seed, move=0.4)
    diss = hamming(some)
    found = property_types(some, diss, 2, ("state", "duration"), smallest=smallest)
    square = diss.square()
    total = square.sum() / (2 * n)
    best = 0.0
    for one in properties_of(some, ("state", "duration")):
        values = int(one.levels.max()) + 1
        for chosen in range(1, 2**values - 1):
            parts = np.array([chosen >> int(level) & 1 for level in one.levels], dtype=bool)
            rising = (np.diff([chosen >> value & 1 for value in range(values)]) != 0).sum() == 1
            if (one.ordered and not rising) or min(parts.sum(), n - parts.sum()) < smallest:
                continue
            within = sum(square[np.ix_(p, p)].sum() / (2 * p.sum()) for p in (parts, ~parts))
            best = max(best, 1 - within / total)
    assert found.r2 == pytest.approx(best, abs=1e-9)
    assert min(found.typology.sizes) >= smallest


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000), st.integers(2, 6))
def test_more_types_part_the_same_types_further(seed: int, k: int) -> None:
    some = random_lives(40, 8, 4, seed)
    diss = hamming(some)
    fewer, more = (property_types(some, diss, n, smallest=2) for n in (k, k + 1))
    assert more.splits[:-1] == fewer.splits
    pairs = set(zip(fewer.typology.types.tolist(), more.typology.types.tolist(), strict=True))
    assert len(pairs) == k + 1
    assert len(set(map(fewer.rule, range(k)))) == k


def test_what_cannot_be_is_refused() -> None:
    some = planted("AAAA", "ABBB")
    diss = hamming(some)
    with pytest.raises(SettingError, match="no property 'colour'; there are state, duration"):
        property_types(some, diss, 2, ("colour",))  # type: ignore[arg-type]
    with pytest.raises(SettingError, match="Name at least one property"):
        property_types(some, diss, 2, ())
    with pytest.raises(SettingError, match="not of the same people in the same order"):
        property_types(some, made(diss.square()[:4, :4]), 2)
    with pytest.raises(SettingError, match="only 2 distinct lives"):
        property_types(some, diss, 3)
    with pytest.raises(SettingError, match="into 1 type of at least 6 people, not into 2"):
        property_types(some, diss, 2, smallest=6)
    with pytest.raises(SettingError, match="at least one person, not 0"):
        property_types(some, diss, 2, smallest=0)


@pytest.mark.filterwarnings("error")
def test_people_who_weigh_nothing_spoil_no_rule() -> None:
    """A part that weighs nothing has no discrepancy; the rule was the first of those that made such parts."""
    words = ["AAAA"] * 3 + ["BBBB"] * 3 + ["AABB", "BBAA"]
    some = lives(words, weights=[1, 1, 1, 1, 1, 1, 0, 0])
    found = property_types(some, dissimilarities(some, Hamming()), 2, smallest=1)
    assert found.r2 == pytest.approx(1)
    assert found.typology.types.tolist()[:6] == [0] * 3 + [1] * 3
