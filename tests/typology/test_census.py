"""Every stored reference value of typology is looked at by a test, or listed as a difference."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase

import numpy as np
import pandas as pd
import pytest

from tests.typology.lives import lives
from tests.typology.material import REFERENCE, numbers, reference, reference_weights, rows, same_partition
from trajectories.typology.checks import distinct_lives
from trajectories.typology.hierarchy import hierarchy
from trajectories.typology.medoids import with_medoids
from trajectories.typology.properties import properties_of

TESTS = REFERENCE.parents[1]
LISTED = (TESTS.parent / "docs" / "differences.md").read_text("utf-8")


def named_in_tests() -> list[str]:
    """Whatever stands in quotes in the tests, with * for what is put in."""
    found: set[str] = set()
    for file in (TESTS / "typology").glob("*.py"):
        for text in re.findall(r'"([\w.{}\[\]\' ]+\.(?:csv|json))"', file.read_text("utf-8")):
            found.add(re.sub(r"\{.*?\}", "*", text))
    return sorted(found)


def test_every_stored_file_is_looked_at_or_listed() -> None:
    listed = [name for name in re.findall(r"`([\w.*]+)`", LISTED) if "_" in name]
    patterns = [*named_in_tests(), *listed]
    assert not [pattern for pattern in patterns if pattern.startswith("*")]
    files = [file.name for file in REFERENCE.iterdir() if file.suffix in (".csv", ".json")]
    forgotten = [name for name in files if not any(
        fnmatchcase(name, p) or fnmatchcase(name.rpartition(".")[0], p) for p in patterns)]  # fmt: skip
    assert not forgotten
    assert len(files) > 80


def test_the_range_that_is_bootstrapped_is_that_of_the_tree() -> None:
    known = pd.read_csv(REFERENCE / "as.clustrange_boot.csv")
    tree = hierarchy(reference(), "ward_d")
    for k in range(2, 6):
        assert same_partition(tree.cut(k).types, known[f"clustering.cluster{k}"])


def test_types_are_named_after_their_medoid_as_seqclustname_does() -> None:
    known = pd.read_csv(REFERENCE / "seqclustname.csv")["name"]
    types = hierarchy(reference(), "ward_d").cut(4)
    words = {row[0]: "".join(row[1:]) for row in rows("s60.csv")}
    for t, person in enumerate(types.medoids):
        spells = [f"{run.group()[0]}/{len(run.group())}" for run in re.finditer(r"(.)\1*", words[person])]
        assert set(known[types.types == t]) == {"-".join(spells)}


@pytest.mark.parametrize("weighted", [False, True])
def test_medoids_of_given_groups_are_those_of_disscenter(weighted: bool) -> None:
    known = numbers("medoids.json")
    cohort = pd.read_csv(REFERENCE / "s60_covariates.csv")["cohort"]
    diss, codes = reference(weighted), (cohort == "pre2022").to_numpy().astype(np.int64)
    found = with_medoids(diss, diss.square(), codes, "given")
    expected = known["weighted" if weighted else "group"]
    named = {cohort[diss.ids.index(person)]: diss.ids.index(person) + 1 for person in found.medoids}
    assert named == expected
    everybody = with_medoids(diss, diss.square(), np.zeros(60, dtype=np.int64), "given")
    if not weighted:
        assert diss.ids.index(everybody.medoids[0]) + 1 in known["all_all"]


def test_equal_lives_are_those_of_wcaggregatecases() -> None:
    known = numbers("wcAggregateCases.json")
    first = distinct_lives(reference().square())
    assert len(first) == len(known["aggIndex"])
    group = (reference().square() == 0).argmax(axis=1)
    assert same_partition(group, known["disaggIndex"])
    total = np.bincount(group, reference_weights(), minlength=60)[group]
    theirs = np.array(known["aggWeights"])[np.array(known["disaggIndex"]) - 1]
    np.testing.assert_allclose(total, theirs, rtol=1e-10)
    np.testing.assert_allclose(reference_weights(), known["disaggWeights"], rtol=1e-10)


def test_properties_are_those_of_seqpropclust() -> None:
    """State at each position, and duration of each state."""
    known = pd.read_csv(REFERENCE / "seqpropclust_props.csv", dtype=str)
    found = rows("s60.csv")
    sixty = lives(["".join(row[1:]) for row in found], ids=[row[0] for row in found])
    states = {one.at: one.levels for one in properties_of(sixty, ("state",))}
    for place, position in enumerate(sixty.positions):
        if str(position) in states:
            assert same_partition(states[str(position)], known[f"state.t{place + 1}"])
    durations = {one.at: one.levels for one in properties_of(sixty, ("duration",))}
    for letter in "ABCDEF":
        assert same_partition(durations[letter.lower()], known[f"duration.{letter}"])
