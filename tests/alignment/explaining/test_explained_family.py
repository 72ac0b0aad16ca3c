"""Measures beyond plain matching explain themselves too, or say why they cannot and what to take."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.alignment.explaining.test_explanation import adds_up, retraced
from tests.alignment.reference import lives_of, made
from tests.alignment.test_laws import SIZE, few, lives, prices
from trajectories.alignment.costs.cost_rules import constant_costs, transition_costs
from trajectories.alignment.costs.costs import Costs
from trajectories.alignment.explaining.explanation import explain
from trajectories.alignment.measures.basic import DynamicHamming, Hamming, Measure, OptimalMatching
from trajectories.alignment.measures.common_ends import CommonPrefix, CommonSuffix
from trajectories.alignment.measures.edits import LocalizedMatching
from trajectories.alignment.measures.names import MEASURES
from trajectories.alignment.measures.subsequences import (
    MatchingSubsequences,
    SharedTimeSubsequences,
    SubsequenceVectors,
)
from trajectories.alignment.measures.warping import (
    GlobalAlignment,
    SoftTimeWarping,
    TimeWarping,
)
from trajectories.alignment.pairwise import dissimilarities
from trajectories.coding.codebook import Domain, State
from trajectories.errors import SettingError
from trajectories.sequences.sequences import VOID, Sequences

RANKS = (1.0, 2.0, 2.0, 4.5)


def with_ranks(sample: Sequences) -> Sequences:
    """Made lives with ranks, nobody missing."""
    states = tuple(State(code=f"s{i}", label=f"Level {i}", rank=rank) for i, rank in enumerate(RANKS))
    sample.states[:, :, 0] = np.maximum(sample.states[:, :, 0], 0)
    sample.states[sample.states == -1] = VOID
    return replace(sample, domains=(Domain(name="activism", label="Activism", states=states),))


@few
@given(lives(domains=2, low=VOID), st.booleans())
def test_what_lies_outside_common_ends_adds_up(sample: Sequences, ends: bool) -> None:
    measure = CommonSuffix() if ends else CommonPrefix()
    adds_up(sample, measure)
    retraced(sample, measure)


@pytest.mark.parametrize(
    ("measure", "kinds"),
    [(CommonPrefix(), "kkddddii"), (CommonSuffix(), "ddddiikk"), (CommonPrefix("auto"), "kkddddii")],
)
def test_common_ends_are_kept_and_all_else_is_alone(measure: Measure, kinds: str) -> None:
    sample = made([[[0, 0, 1, 2, 0, 0]], [[0, 0, 0, 0, VOID, VOID]]], [3])
    assert "".join(step.kind[0] for step in explain(sample, measure, "P0", "P1").steps) == kinds


def test_common_ends_say_what_counts() -> None:
    sample = made([[[0, 1, 1]], [[0, 2, 1]]], [3])
    assert explain(sample, CommonPrefix(), "P0", "P1").sentences() == (
        "Kept: 1 position of P0, at 0.",
        "Deleted from P0: 2 positions, from 1 to 2, s1; cost 2 x 1 = 2.",
        "Inserted from P1: 1 position, at 1, s2; cost 1.",
        "Inserted from P1: 1 position, at 2, s1; cost 1.",
        "Together 4.",
        "From where the lives first part, each position of either counts 1, even where both are in the same "
        "state again.",
    )


def test_a_warping_is_told_with_its_pauses() -> None:
    sample = with_ranks(made([[[0, 0, 3, 3]], [[0, 1, 1, 3]]], [SIZE]))
    found = explain(sample, TimeWarping(), "P0", "P1")
    assert found.sentences() == (
        "Kept: 1 position of P0, at 0.",
        "Substituted: 2 positions, from 0 to 1 (in P1: from 1 to 2), Level 0 by Level 1 in Activism; "
        "cost 2 x 1 = 2.",
        "Kept: 2 positions of P0, from 2 to 3 (in P1: 1 position, at 3).",
        "Together 2; the dissimilarity is the square root of that, 1.414.",
        TimeWarping.rule,
    )
    longer = with_ranks(made([[[0, 0, VOID]], [[1, 1, 1]]], [SIZE]))
    assert explain(longer, TimeWarping(), "P0", "P1").sentences()[0] == (
        "Substituted: 2 positions, from 0 to 1 (in P1: 3 positions, from 0 to 2), Level 0 by Level 1 in "
        "Activism; cost 3 steps x 1 = 3."
    )
    assert found.times(3).cost == pytest.approx(3 * 2**0.5)
    assert found.by_domain() == {"activism": pytest.approx(2**0.5)}


REFUSED: dict[str, tuple[Measure, str, str]] = {
    "soft": (SoftTimeWarping(), "all ways of aligning two lives at once", "Take TimeWarping()"),
    "kernel": (GlobalAlignment(), "on all ways of aligning them", "Take TimeWarping()"),
    "nms": (MatchingSubsequences(), "counts every subsequence", "Take LongestCommonSubsequence()"),
    "nmsmst": (SharedTimeSubsequences(), "adds up the time", "Take SpellMatching(costs)"),
    "svrspell": (SubsequenceVectors(), "how often, and for how long", "Take SpellMatching(costs)"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_measures_without_an_alignment_say_why_and_what_to_take(name: str) -> None:
    measure, why, instead = REFUSED[name]
    with pytest.raises(SettingError) as refused:
        explain(lives_of("s60"), measure, "S01", "S02")
    said = str(refused.value)
    assert said.startswith(f"There is no alignment of two lives by {measure.describe()}. It ")
    assert why in said
    assert instead in said


def test_every_measure_explains_itself_or_says_why_not() -> None:
    by_name = ("OptimalMatching", "LongestCommonSubsequence", "Hamming", "DynamicHamming", "EventMatching",
               "ChiSquared", "EuclideanDistributions")  # fmt: skip
    for named in MEASURES.values():
        kind = named.load()
        assert kind.__name__ in by_name or hasattr(kind, "walk") != hasattr(kind, "unaligned"), kind


@few
@given(lives(low=-1), prices(), st.sampled_from(["maxlength", "gmean", "maxdist", "YujianBo", "auto"]))
def test_what_the_norm_makes_of_it_is_told(sample: Sequences, costs: Costs, norm: str) -> None:
    for measure in (OptimalMatching(costs, norm=norm), Hamming(costs, norm=norm), DynamicHamming(norm=norm),
                    LocalizedMatching(costs, norm=norm), CommonPrefix(norm=norm)):  # type: ignore[arg-type]
        found = explain(sample, measure, "P0", "P1")  # type: ignore[arg-type]
        expected = dissimilarities(sample, measure, precision="double").between("P0", "P1")  # type: ignore[arg-type]
        assert found.normalised == pytest.approx(expected, rel=1e-9, abs=1e-12, nan_ok=True)


def test_the_norm_is_told_in_words() -> None:
    sample = made([[[0, 0, 1, 1]], [[0, 1, 1, 2]]], [3])
    told = explain(sample, OptimalMatching(constant_costs(sample), norm="maxlength"), "P0", "P1").sentences()
    assert told[-2:] == ("Together 2.", "Normalised, that is 0.5.")
    assert explain(sample, OptimalMatching(transition_costs(sample)), "P0", "P1").normalised is None
