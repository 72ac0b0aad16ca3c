"""Measures of ranks are those of tslearn."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tslearn import metrics

from tests.alignment.explaining.test_explained_family import RANKS as LEVELS
from tests.alignment.explaining.test_explained_family import with_ranks
from tests.alignment.explaining.test_explanation import adds_up, retraced
from tests.alignment.reference import made
from tests.alignment.test_laws import few, lives
from trajectories.alignment.explaining.explanation import explain
from trajectories.alignment.measures.basic import Measure
from trajectories.alignment.measures.events import EventMatching
from trajectories.alignment.measures.warping import (
    GlobalAlignment,
    RankedCommonSubsequence,
    SoftTimeWarping,
    TimeWarping,
)
from trajectories.alignment.pairwise import dissimilarities, dissimilarities_to
from trajectories.coding.codebook import Domain, State
from trajectories.errors import SettingError
from trajectories.sequences.sequences import MISSING, VOID, Sequences

RANKS = (1.0, 2.0, 4.0, 3.0)


def ranked(ranks: tuple[float | None, ...] = RANKS) -> Sequences:
    states = np.random.default_rng(5).integers(len(ranks), size=(7, 1, 9))
    states[2:4, :, 6:] = VOID
    sample = made(states, [len(ranks)])
    known = tuple(State(code=f"s{i}", label="", rank=rank) for i, rank in enumerate(ranks))
    return replace(sample, domains=(Domain(name="legal", label="", states=known),))


def series(sample: Sequences) -> list[np.ndarray]:
    return [np.array(RANKS)[states[states >= 0]][:, None] for states in sample.states[:, 0]]


CASES = {
    "dtw": (TimeWarping(), lambda a, b: metrics.dtw(a, b)),
    "dtw in a window": (TimeWarping(2), lambda a, b: metrics.dtw(a, b, sakoe_chiba_radius=2,
                                                                 global_constraint="sakoe_chiba")),
    "soft": (SoftTimeWarping(0.5), lambda a, b: metrics.soft_dtw(a, b, gamma=0.5)
             - (metrics.soft_dtw(a, a, gamma=0.5) + metrics.soft_dtw(b, b, gamma=0.5)) / 2),
    "gak": (GlobalAlignment(2.0), lambda a, b: 1 - metrics.gak(a, b, sigma=2.0)),
    "lcss": (RankedCommonSubsequence(1.0), lambda a, b: 1 - metrics.lcss(a, b, eps=1.0)),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_equal_to_tslearn(name: str) -> None:
    measure, other = CASES[name]
    sample = ranked()
    found = dissimilarities(sample, measure, precision="double").square()  # type: ignore[arg-type]
    lives = series(sample)
    expected = [[0.0 if i == j else other(a, b) for j, b in enumerate(lives)] for i, a in enumerate(lives)]
    np.testing.assert_allclose(found, expected, rtol=1e-6, atol=1e-7)
    to = dissimilarities_to(sample, sample.select(["P4", "P2"]), measure)  # type: ignore[arg-type]
    np.testing.assert_allclose(to.values, found[:, [4, 2]], rtol=1e-6, atol=1e-7)


@pytest.mark.parametrize("measure", [TimeWarping(), RankedCommonSubsequence()])
def test_states_need_ranks_and_positions_states(measure: Measure) -> None:
    with pytest.raises(SettingError, match="States without a rank occur in domain 'legal': s1"):
        dissimilarities(ranked((1.0, None, 3.0, 4.0)), measure)
    gaps = ranked()
    gaps.states[0, 0, 0] = MISSING
    with pytest.raises(SettingError, match=r"have missing positions.* a missing position has no rank"):
        dissimilarities(gaps, measure)


def test_settings_that_are_not_allowed() -> None:
    for call in (lambda: TimeWarping(-1), lambda: SoftTimeWarping(0), lambda: GlobalAlignment(0.0)):
        with pytest.raises(SettingError, match=r"must be a (whole )?number"):
            call()


@pytest.mark.parametrize("measure", [EventMatching(), RankedCommonSubsequence()])
def test_progress_row_by_row_reaches_the_end(measure: Measure) -> None:
    sample, told, to = ranked(), list[float](), list[float]()
    dissimilarities(sample, measure, progress=told.append)
    dissimilarities_to(sample, sample.select(["P4", "P2"]), measure, progress=to.append)
    for shares in (told, to):
        assert shares == sorted(shares)
        assert shares[-1] == 1.0


@few
@given(lives(low=VOID), st.none() | st.integers(0, 4))
def test_a_warping_is_a_way_through_both_lives(sample: Sequences, window: int | None) -> None:
    sample = with_ranks(sample)
    adds_up(sample, TimeWarping(window))
    steps = explain(sample, TimeWarping(window), "P0", "P1").steps
    places = [np.flatnonzero(sample.states[person, 0] != VOID).tolist() for person in (0, 1)]
    path = [(places[0].index(step.at_one), places[1].index(step.at_other)) for step in steps]
    assert path[0] == (0, 0)
    assert path[-1] == (len(places[0]) - 1, len(places[1]) - 1)
    assert all((b[0] - a[0], b[1] - a[1]) in ((0, 1), (1, 0), (1, 1)) for a, b in pairwise(path))
    for (i, j), step in zip(path, steps, strict=True):
        ranks = [LEVELS[sample.states[person, 0, places[person][at]]] for person, at in ((0, i), (1, j))]
        assert step.cost == (ranks[0] - ranks[1]) ** 2


@few
@given(lives(low=VOID), st.sampled_from([0.0, 0.5, 1.0, 2.5]))
def test_what_of_ranks_is_not_in_common_adds_up(sample: Sequences, tolerance: float) -> None:
    sample = with_ranks(sample)
    measure = RankedCommonSubsequence(tolerance)
    adds_up(sample, measure)
    retraced(sample, measure)
    steps = explain(sample, measure, "P0", "P1").steps
    series = [np.array(LEVELS)[row[row >= 0]][:, None] for row in sample.states[:2, 0]]
    matched = sum(step.at_one is not None and step.at_other is not None for step in steps)
    shared = metrics.lcss(*series, eps=tolerance) * min(map(len, series))
    assert matched == pytest.approx(shared)
