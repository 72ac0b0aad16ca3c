"""How long groups are observed."""

from __future__ import annotations

import numpy as np
import pytest

from tests.comparison.material import CODEBOOK, groups
from trajectories.comparison.window import observed_share
from trajectories.errors import SettingError
from trajectories.sequences.grid import Grid
from trajectories.sequences.sequences import MISSING, VOID, Sequences


def lives(*rows):
    states = np.array(rows, dtype=np.int16)[:, None, :]
    ids = tuple(f"P{i}" for i in range(len(rows)))
    length = states.shape[2]
    grid = Grid(since="departure", before=0, after=length)
    return Sequences(states, ids, CODEBOOK.domains, tuple(range(length)), grid, np.ones(len(rows)))


def test_counts_by_position_and_from_the_start():
    sequences = lives([0, 1, 1], [0, MISSING, VOID], [0, 0, 0], [VOID, 0, 0])
    found = observed_share(sequences, groups([0, 0, 1, 1], ("early", "late")))
    early, late = found.query("group == 'early'"), found.query("group == 'late'")
    assert early["observed"].tolist() == [2, 2, 1]
    assert early["share"].tolist() == [1, 1, 0.5]
    assert late["observed"].tolist() == [1, 2, 2]
    assert late["throughout"].tolist() == [1, 1, 1]
    assert late["share_throughout"].tolist() == [0.5, 0.5, 0.5]
    assert found["position"].tolist() == [0, 1, 2, 0, 1, 2]


def test_the_last_row_is_what_complete_lives_leave():
    sequences = lives([0, 1, 1], [0, 1, VOID], [0, 0, 0], [VOID, 0, 0])
    found = observed_share(sequences, groups([0, 0, 1, 1]))
    assert found.query("position == 2")["throughout"].sum() == sequences.complete().n


def test_one_group_is_refused():
    with pytest.raises(SettingError, match=r"at least two groups"):
        observed_share(lives([0, 1], [0, 1]), groups([0, 0]))
