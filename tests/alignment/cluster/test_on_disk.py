"""Blocks in a folder: kept, found again, refused when they are another's, computed anew when damaged."""

from __future__ import annotations

import json
import os
import stat
import sys
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pyarrow.parquet as parquet
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import trajectories as tj
from tests.typology.lives import lives, random_lives
from trajectories.alignment.cluster import to_disk
from trajectories.alignment.cluster.comparison import Comparison
from trajectories.alignment.cluster.fingerprint import fingerprint
from trajectories.alignment.cluster.pairs_apart import put
from trajectories.alignment.cluster.rectangles import rectangles, side_for
from trajectories.alignment.cluster.to_disk import dissimilarities_on_disk
from trajectories.alignment.computing.lives import Compared
from trajectories.alignment.computing.pairs import Pairs
from trajectories.alignment.pairwise import dissimilarities, of_people
from trajectories.errors import SettingError, StudyError

some = random_lives(260, 12, 4, 1)
om = tj.OptimalMatching(tj.transition_costs(some), norm="auto")
MEASURES = [
    om,
    tj.LongestCommonSubsequence(norm="auto"),
    tj.Hamming(norm="gmean"),
    tj.DynamicHamming(),
    tj.CommonPrefix(norm="auto"),
    tj.LocalizedMatching(tj.constant_costs(some)),
    tj.TimeWarpEdit(tj.constant_costs(some), 0.5, 0.5),
    tj.SpellMatching(tj.constant_costs(some)),
    tj.SpellLengthMatching(tj.constant_costs(some)),
    tj.TransitionMatching(tj.constant_costs(some), 0.5, "rates"),
    tj.MatchingSubsequences(),
    tj.SharedTimeSubsequences(),
    tj.SubsequenceVectors(),
    tj.ChiSquared(step=4),
    tj.EuclideanDistributions(step=3, normalised=True),
    tj.EventMatching(norm="YujianBo"),
]


@pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: type(measure).__name__)
def test_the_parts_of_every_measure_are_those_of_the_whole(measure):
    comparison = Comparison(some, measure, "single")
    begun = comparison.nothing()
    whole = np.full(Pairs(begun.lives.n).size, np.nan, dtype=begun.found.dtype)
    for part in rectangles(begun.lives.n, 100):
        put(whole, part, comparison.part(part))
    assert (of_people(Compared(begun.lives, whole)) == dissimilarities(some, measure).condensed).all()


@settings(deadline=None, max_examples=25)
@given(st.integers(1, 300), st.integers(9, 150))
def test_every_pair_is_in_one_part(number, side):
    seen = np.zeros((number, number), dtype=int)
    for part in rectangles(number, side):
        for i, others, row in part.each(np.ones(part.shape)):
            seen[i, others] += row.astype(int)
        assert len(part.values(np.ones(part.shape))) == part.pairs
    assert (seen == np.triu(np.ones((number, number), dtype=int), 1)).all()


def test_parts_grow_with_the_lives_up_to_a_bound():
    assert side_for(2) == 64
    assert side_for(10_000) == 896
    assert side_for(10**7) == 4096


def test_all_some_and_two_people_are_read_back(tmp_path):
    found = dissimilarities_on_disk(some, om, tmp_path / "blocks", precision="double")
    alone = dissimilarities(some, om, precision="double")
    assert (found.all().condensed == alone.condensed).all()
    ids = [*some.ids[200:20:-7], some.ids[3]]
    assert (found.select(ids).condensed == alone.select(ids).condensed).all()
    assert found.between("P3", "P40") == alone.between("P3", "P40")
    assert found.between("P3", "P3") == 0
    assert (found.measure, found.numbers, found.n) == (alone.measure, alone.numbers, 260)


def test_lives_that_are_lived_twice_are_compared_once(tmp_path):
    twice = lives(["AAB", "ABB", "AAB", "BBB", "ABB"])
    found = dissimilarities_on_disk(twice, tj.Hamming(), tmp_path / "blocks")
    assert found.lives == 3
    assert (found.all().condensed == dissimilarities(twice, tj.Hamming()).condensed).all()


def test_blocks_that_are_there_are_not_computed_again(tmp_path):
    seen: list[float] = []
    first = dissimilarities_on_disk(some, om, tmp_path / "blocks", progress=seen.append)
    assert (seen == sorted(seen), seen[-1]) == (True, 1)
    number = len(list(first.blocks()))
    assert first.computed == number
    assert dissimilarities_on_disk(some, om, tmp_path / "blocks").computed == 0
    gone = sorted((tmp_path / "blocks").glob("*.parquet"))[:2]
    for path in gone:
        path.unlink()
    with pytest.raises(StudyError, match="a block is gone"):
        first.all()
    again = dissimilarities_on_disk(some, om, tmp_path / "blocks")
    assert (again.computed, again.replaced) == (2, ())
    assert "2 computed now" in repr(again)


def test_other_names_of_people_are_the_same_lives(tmp_path):
    dissimilarities_on_disk(some, om, tmp_path / "blocks")
    renamed = replace(some, ids=tuple(f"Q{i}" for i in range(some.n)))
    assert dissimilarities_on_disk(renamed, om, tmp_path / "blocks").computed == 0


def test_damaged_and_foreign_blocks_are_computed_again_and_told(tmp_path):
    folder, other = tmp_path / "blocks", tmp_path / "other"
    dissimilarities_on_disk(some, om, folder)
    dissimilarities_on_disk(some, tj.Hamming(), other)
    names = [path.name for path in sorted(folder.glob("*.parquet"))]
    (folder / names[0]).write_bytes((folder / names[0]).read_bytes()[:-300])
    (folder / names[1]).write_bytes((other / names[1]).read_bytes())
    (folder / names[2]).write_bytes((folder / names[3]).read_bytes())
    values = parquet.read_table(folder / names[5])
    wrong = values.set_column(0, "dissimilarity", [values["dissimilarity"].to_numpy() + 1])
    parquet.write_table(wrong, folder / names[5])
    found = dissimilarities_on_disk(some, om, folder)
    assert found.computed == 4
    told = " ".join(found.replaced)
    assert "cannot be read" in told
    assert told.count("is another block, or of other lives or another measure") == 2
    assert f"{names[5]} is damaged" in told
    assert (found.all().condensed == dissimilarities(some, om).condensed).all()


@pytest.mark.parametrize("other", [
    (some, tj.OptimalMatching(tj.transition_costs(some), norm="gmean"), "single"),
    (some, om, "double"),
    (random_lives(260, 12, 4, 2), om, "single"),
    (replace(some, weights=np.arange(260.0)), om, "single"),
])  # fmt: skip
def test_a_folder_of_something_else_is_refused(tmp_path, other):
    dissimilarities_on_disk(some, om, tmp_path / "blocks")
    lives, measure, precision = other
    with pytest.raises(SettingError, match="holds dissimilarities of other lives or weights, by another"):
        dissimilarities_on_disk(lives, measure, tmp_path / "blocks", precision=precision)


def test_folders_that_hold_or_are_something_else_are_refused(tmp_path):
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "thesis.txt").write_text("mine")
    with pytest.raises(SettingError, match="not empty and holds no dissimilarities"):
        dissimilarities_on_disk(some, om, tmp_path / "full")
    with pytest.raises(SettingError, match="is a file"):
        dissimilarities_on_disk(some, om, tmp_path / "full" / "thesis.txt")
    dissimilarities_on_disk(some, om, tmp_path / "blocks")
    (tmp_path / "blocks" / to_disk.MANIFEST).write_text("{")
    with pytest.raises(SettingError, match="damaged or not ours"):
        dissimilarities_on_disk(some, om, tmp_path / "blocks")


def test_a_full_disk_and_a_missing_package_are_told(tmp_path, monkeypatch):
    monkeypatch.setattr(to_disk.shutil, "disk_usage", lambda folder: SimpleNamespace(free=1000))
    with pytest.raises(SettingError, match=r"GB are free.*tj\.clara"):
        dissimilarities_on_disk(some, om, tmp_path / "blocks")
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(SettingError, match=r"\[cluster\]"):
        dissimilarities_on_disk(some, om, tmp_path / "blocks")


@pytest.mark.skipif(os.name == "nt", reason="Windows has other permissions")
def test_only_the_owner_may_read_and_nobody_is_named(tmp_path):
    named = replace(some, ids=tuple(f"Anna-{i}" for i in range(some.n)))
    dissimilarities_on_disk(named, om, tmp_path / "blocks")
    assert stat.S_IMODE((tmp_path / "blocks").stat().st_mode) == 0o700
    for path in (tmp_path / "blocks").iterdir():
        assert b"Anna" not in path.read_bytes()
        if path.suffix == ".parquet":
            assert stat.S_IMODE(path.stat().st_mode) == 0o600
    about = json.loads((tmp_path / "blocks" / to_disk.MANIFEST).read_text())
    assert about["people"] == 260


def test_blocks_are_plain_parquet(tmp_path):
    found = dissimilarities_on_disk(some, om, tmp_path / "blocks")
    part, table = next(found.blocks())
    read = parquet.read_table(tmp_path / "blocks" / "block_00000000_00000000.parquet")
    assert read.column_names == ["dissimilarity"]
    assert (read["dissimilarity"].to_numpy() == table[np.triu_indices(part.shape[0], 1)]).all()


def test_fingerprints_tell_settings_apart_and_refuse_what_has_none():
    events = tj.change_events(some)
    assert fingerprint(events, tj.EventMatching(), "single") != fingerprint(
        events, tj.EventMatching(indel={"a": 2.0}), "single"
    )
    assert fingerprint(some, om, "single") == fingerprint(replace(some), om, "single")
    with pytest.raises(SettingError, match="no number, text or array"):
        fingerprint(some, object(), "single")


def test_a_refusal_for_memory_names_clara_and_the_cluster(monkeypatch):
    from trajectories.alignment.computing import blocks

    monkeypatch.setattr(blocks, "available_memory", lambda: 1000)
    with pytest.raises(SettingError, match=r"tj\.clara\(lives, measure, k=6\).*tj\.dissimilarities_on_disk"):
        dissimilarities(some, om)
