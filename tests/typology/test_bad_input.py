"""What cannot be typed is refused in plain words, and what can be is typed as it is; nothing is repaired."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from tests.typology.lives import lives
from tests.typology.material import made, on_a_line, scattered
from trajectories.alignment.given import given_dissimilarities
from trajectories.errors import SettingError
from trajectories.typology.density import density_types
from trajectories.typology.fuzzy import fuzzy_partition
from trajectories.typology.hierarchy import hierarchy
from trajectories.typology.partition import partition
from trajectories.typology.quality import cluster_quality, partition_quality
from trajectories.typology.representatives import representatives
from trajectories.typology.silhouettes import silhouette
from trajectories.typology.spectral import spectral_types
from trajectories.typology.stability import bootstrap_stability, subsample_stability
from trajectories.typology.typology import Typology

METHODS = ["pam", "ward", "ward_d", "average", "complete", "flexible", "single", "mcquitty"]
SQUARE = np.array([[0, 1, 4], [1, 0, 2], [4, 2, 0]], dtype=float)
NAMES = ("A", "B", "C")


def ways(k: int) -> list[object]:
    """Every way to make k types."""
    found = [lambda d, m=m: partition(d, k, method=m) for m in METHODS]
    return [*found, lambda d: fuzzy_partition(d, k), lambda d: spectral_types(d, k)]


def test_k_of_one_and_above_n_are_refused_by_every_method() -> None:
    for way in ways(1):
        with pytest.raises(SettingError, match="at least 2 types, not 1"):
            way(on_a_line([0, 1, 5, 9]))
    for way in ways(5):
        with pytest.raises(SettingError, match="4 people cannot be parted into 5 types"):
            way(on_a_line([0, 1, 5, 9]))


def test_lives_that_are_all_equal_are_refused_by_every_method() -> None:
    equal = made(np.zeros((6, 6)))
    for way in ways(2):
        with pytest.raises(SettingError, match="only 1 distinct life"):
            way(equal)
    with pytest.raises(SettingError, match="1 distinct life"):
        partition_quality(equal)
    with pytest.raises(SettingError, match="No two groups"):
        density_types(equal, smallest=2)


@pytest.mark.parametrize("method", METHODS)
def test_ties_everywhere_are_typed_the_same_each_time(method: str) -> None:
    """All lives equally far apart: any parting is as good; the same one is made again."""
    tied = made(1.0 - np.eye(8))
    one, other = (partition(tied, 3, method=method) for _ in range(2))
    assert one.types.tolist() == other.types.tolist()
    assert sorted(set(one.types.tolist())) == [0, 1, 2]
    quality = cluster_quality(tied, one)
    assert -1 <= quality["ASW"] <= 1
    assert len(silhouette(tied, one)) == 8


@pytest.mark.parametrize("method", METHODS)
def test_one_outlier_is_a_type_of_its_own_and_rewarded_with_nothing(method: str) -> None:
    far = on_a_line([0, 0.1, 0.2, 0.3, 0.4, 1000])
    types = partition(far, 2, method=method)
    assert types.sizes == (5, 1)
    assert silhouette(far, types)["width"].to_numpy()[-1] == 0
    found = bootstrap_stability(far, 2, method, samples=10)
    assert len(found.readings) == 2


def test_a_number_that_is_none_is_named_with_its_people() -> None:
    broken = scattered(5, 1)
    condensed = broken.condensed.copy()
    condensed[4] = np.nan
    odd = type(broken)(condensed, broken.ids, "made up", broken.weights)
    for use in (lambda: partition(odd, 2), lambda: hierarchy(odd), lambda: partition_quality(odd),
                lambda: subsample_stability(odd), lambda: density_types(odd)):  # fmt: skip
        with pytest.raises(SettingError, match="first: nan between 'P1' and 'P2'"):
            use()


def test_other_people_are_refused_wherever_types_meet_dissimilarities() -> None:
    diss, types = scattered(8, 1), partition(scattered(8, 1), 2)
    fewer = diss.select(diss.ids[:7])
    for use in (cluster_quality, silhouette, representatives):
        with pytest.raises(SettingError, match=r"take both of the same people with select\(ids\)"):
            use(fewer, types)


def test_a_matrix_from_outside_is_taken_as_it_is(tmp_path: Path) -> None:
    table = pd.DataFrame(SQUARE, index=NAMES, columns=NAMES)
    table.to_csv(tmp_path / "diss.csv")
    for given in (given_dissimilarities(SQUARE, NAMES), given_dissimilarities(table),
                  given_dissimilarities(tmp_path / "diss.csv")):  # fmt: skip
        np.testing.assert_array_equal(given.square(), SQUARE)
        assert given.ids == NAMES
    some = lives(["AB", "BA", "AA"], ids=("C", "A", "B"), weights=[3, 1, 2])
    ordered = given_dissimilarities(table, lives=some, source="seqdist")
    assert ordered.ids == ("C", "A", "B")
    assert ordered.weights.tolist() == [3, 1, 2]
    assert ordered.between("A", "C") == 4
    assert ordered.measure == "seqdist"
    assert partition(ordered, 2).sizes == (2, 1)


def test_ids_of_digits_keep_their_zeros(tmp_path: Path) -> None:
    for head in ("", "id", '""'):
        (tmp_path / "diss.csv").write_text(f"{head},001,002\n001,0,1\n002,1,0\n")
        assert given_dissimilarities(tmp_path / "diss.csv").ids == ("001", "002")


def _with(value: float, i: int = 0, j: int = 1) -> np.ndarray:  # type: ignore[type-arg]
    square = SQUARE.copy()
    square[i, j] = value
    return square


@pytest.mark.parametrize(("square", "ids", "told"), [
    (_with(np.nan), NAMES, "1 of 9 entries are no number .* .first: nan between 'A' and 'B'"),
    (_with(-2.0), NAMES, "first: -2.0 between 'A' and 'B'"),
    (_with(3.0), NAMES, "The two halves of the matrix"),
    (_with(1.0, 1, 1), NAMES, "'B' is 1 away from themselves"), (SQUARE, ("A", "B"), "2 ids for 3 rows"),
    (SQUARE, ("A", "B", "A"), "The id 'A' stands for two rows"), (SQUARE, None, "needs ids"),
    (SQUARE[:2], NAMES, "square matrix, not one of shape .2, 3."), ([["x"]], ("A",), "must be numbers"),
])  # fmt: skip
def test_a_matrix_from_outside_that_is_none_is_refused(square: object, ids: object, told: str) -> None:
    with pytest.raises(SettingError, match=told):
        given_dissimilarities(square, ids)


def test_a_number_too_large_for_any_is_refused(tmp_path: Path) -> None:
    (tmp_path / "diss.csv").write_text(f",A,B\nA,0,{'9' * 400}\nB,1,0\n")
    with pytest.raises(SettingError, match="must be numbers"):
        given_dissimilarities(tmp_path / "diss.csv")


def test_ids_that_do_not_match_are_named(tmp_path: Path) -> None:
    table = pd.DataFrame(SQUARE, index=NAMES, columns=NAMES)
    told = "1 only in the lives .first: 'D'.; 1 only in the matrix .first: 'C'"
    with pytest.raises(SettingError, match=told):
        given_dissimilarities(table, lives=lives(["AB", "BA", "AA"], ids=("A", "B", "D")))
    with pytest.raises(SettingError, match=r"not named alike .first: 'A' and 'B'"):
        given_dissimilarities(table[["B", "A", "C"]])
    with pytest.raises(SettingError, match="2 weights for 3 people"):
        given_dissimilarities(table, weights=[1, 2])
    with pytest.raises(SettingError, match="no table of dissimilarities can be read"):
        given_dissimilarities(tmp_path / "nowhere.csv")


def test_the_same_seed_gives_the_same_types_whatever_the_number_of_threads(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    diss, found = scattered(60, 3), []
    for cpus in (1, 4):
        monkeypatch.setattr("os.cpu_count", lambda cpus=cpus: cpus)
        quality = partition_quality(diss, range(2, 7))
        found.append((quality.to_csv(), bootstrap_stability(diss, 3, samples=5).jaccard.tolist()))
    assert found[0] == found[1]
    assert isinstance(partition(diss, 3, seed=2), Typology)


@pytest.mark.parametrize(("scale", "word"), [(1e200, "large"), (1e-200, "small")])
def test_numbers_that_cannot_be_squared_are_refused_by_every_method(scale: float, word: str) -> None:
    """1e200 between all people is a mistake in a matrix from outside; its square would be infinite."""
    for way in [*ways(2), lambda d: density_types(d, smallest=2), partition_quality]:
        with pytest.raises(SettingError, match=f"too {word} to compute"):
            way(made(scale * scattered(5, 1).square()))


def test_the_way_out_is_one_number_where_there_is_one() -> None:
    with pytest.raises(SettingError, match="Choose k = 2, or"):
        partition(on_a_line([0, 0, 1]), 3)
