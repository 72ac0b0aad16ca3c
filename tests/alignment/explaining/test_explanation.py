"""The alignment of two lives: its steps add up to the dissimilarity, and it can be read."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Literal

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.alignment.reference import FOLDER, lives_of, made
from tests.alignment.test_laws import few, lives, prices
from trajectories.alignment.costs.cost_rules import constant_costs, dynamic_transition_costs, transition_costs
from trajectories.alignment.costs.costs import Costs
from trajectories.alignment.domains import joint
from trajectories.alignment.explaining.explanation import explain
from trajectories.alignment.measures.basic import (
    DynamicHamming,
    Hamming,
    LongestCommonSubsequence,
    Measure,
    OptimalMatching,
)
from trajectories.alignment.measures.edits import LocalizedMatching, TimeWarpEdit
from trajectories.alignment.measures.spells import SpellLengthMatching, SpellMatching
from trajectories.alignment.measures.transitions import TransitionMatching
from trajectories.alignment.pairwise import dissimilarities
from trajectories.coding.codebook import Domain
from trajectories.errors import SettingError
from trajectories.sequences.grid import Grid
from trajectories.sequences.sequences import MISSING, VOID, Sequences


def adds_up(sample: Sequences, measure: Measure) -> None:
    found = explain(sample, measure, "P0", "P1")
    expected = dissimilarities(sample, measure, precision="double").between("P0", "P1")
    whole = expected**2 if found.root else expected
    np.testing.assert_allclose(found.cost, expected, rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(found.table()["cost"].sum(), whole, rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(sum(found.by_domain().values()), expected, rtol=1e-9, atol=1e-9)
    back = explain(sample, measure, "P1", "P0")
    np.testing.assert_allclose(back.cost, found.cost, rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(found.times(0.5).cost, found.cost / 2, rtol=1e-9, atol=1e-9)


def retraced(sample: Sequences, measure: Measure) -> None:
    """Each life is walked through once, in order, by the steps that belong to it."""
    steps = explain(sample, measure, "P0", "P1").steps
    for person, places in ((0, [s.at_one for s in steps]), (1, [s.at_other for s in steps])):
        seen = np.flatnonzero((sample.states[person] != VOID).any(axis=0)).tolist()
        assert [place for place in places if place is not None] == seen


@few
@given(lives(domains=2, low=VOID), prices(("d0", "d1")))
def test_the_steps_of_a_matching_add_up(sample: Sequences, costs: Costs) -> None:
    for measure in (OptimalMatching(costs), OptimalMatching(costs, indel=1.5), LongestCommonSubsequence()):
        adds_up(sample, measure)
        retraced(sample, measure)


@few
@given(lives(domains=2, low=MISSING), prices(("d0", "d1")), st.booleans())
def test_the_steps_by_position_add_up(sample: Sequences, costs: Costs, dynamic: bool) -> None:
    measure = DynamicHamming() if dynamic else Hamming(costs)
    adds_up(sample, measure)
    retraced(sample, measure)


FAMILY: tuple[Callable[[Costs], Measure], ...] = (
    lambda costs: SpellMatching(costs, 0.3),
    lambda costs: SpellMatching(costs, 0.7, power=0.5, per_state={"s0": 0.25}),
    lambda costs: SpellLengthMatching(costs),
    lambda costs: SpellLengthMatching(costs, 0.8, link="gmean"),
    lambda costs: LocalizedMatching(costs, 0.2),
    lambda costs: TimeWarpEdit(costs, 0.1),
    lambda costs: TransitionMatching(costs, 0.4, "rates"),
    lambda costs: TransitionMatching(costs, 0.4, previous=True),
)


@few
@given(lives(domains=1, low=VOID), prices(("d0",)), st.sampled_from(FAMILY))
def test_the_steps_of_every_measure_that_matches_positions_add_up(
    sample: Sequences, costs: Costs, made_of: Callable[[Costs], Measure]
) -> None:
    measure = made_of(costs)
    assume(not isinstance(measure, TransitionMatching) or costs.domains[0].highest > 0)
    adds_up(sample, measure)
    retraced(sample, measure)


def test_positions_left_out_of_a_matching_of_transitions_are_no_steps() -> None:
    sample = made([[[0, 0, 1, 2]], [[0, 1, 2, 2]]], [3])
    measure = TransitionMatching(constant_costs(sample), 0.5, previous=True, ends=False)
    adds_up(sample, measure)
    steps = explain(sample, measure, "P0", "P1").steps
    assert [step.at_one for step in steps if step.at_one is not None] == [1, 2]


def test_spells_are_told_position_by_position() -> None:
    sample = made([[[0, 0, 0, 1, 1]], [[0, 2, 2, 2, 2]]], [3])
    found = explain(sample, SpellMatching(constant_costs(sample), 0.25), "P0", "P1")
    assert found.sentences() == (
        "Kept: 1 position of P0, at 0.",
        "Deleted from P0: 2 positions, from 1 to 2, s0; cost 2 x 0.25 = 0.5.",
        "Substituted: 1 position, at 3 (in P1: at 1), s1 by s2 in d0; cost 2.",
        "Substituted: 1 position, at 4 (in P1: at 2), s1 by s2 in d0; cost 0.5.",
        "Inserted from P1: 2 positions, from 3 to 4, s2; cost 2 x 0.25 = 0.5.",
        "Together 3.5.",
        SpellMatching.rule,
    )


def test_what_keeping_a_state_costs_is_told() -> None:
    sample = made([[[0, 0, 0, 0, 1]], [[0, 1, 1, 1, 1]]], [2])
    found = explain(sample, TransitionMatching(constant_costs(sample), 0.5, indel=9), "P0", "P1")
    assert found.sentences()[0] == "Kept: 1 position of P0, at 0; cost 2.25."
    assert [step.kind for step in found.steps] == ["kept", *["substituted"] * 3, "kept"]


def test_the_alignment_of_the_reference_costs_what_ours_costs() -> None:
    """One of several cheapest ways is theirs: the same cost, and each life walked through once."""
    theirs = json.loads((FOLDER / "s60_seqalign_1_5.json").read_text("utf-8"))
    sample = lives_of("s60")
    one, other = sample.ids[0], sample.ids[4]
    costs = constant_costs(sample)
    found = explain(sample, OptimalMatching(costs, indel=1), one, other)
    assert found.cost == sum(theirs["cost"]) == 28
    price = costs.domains[0].highest
    for what, a, b, cost in zip(*(theirs[key] for key in ("operation", "seq1", "seq2", "cost")), strict=True):
        assert what == ("I" if a == "-" else "D" if b == "-" else "E" if a == b else "S")
        assert cost == {"E": 0, "S": price, "I": 1, "D": 1}[what]
    for person, key in ((one, "seq1"), (other, "seq2")):
        walked = [code for code in theirs[key] if code != "-"]
        assert walked == sample.select([person]).table().to_numpy()[0].tolist()


def test_it_is_told_in_words() -> None:
    sample = made([[[0, 0, 1, 1]], [[0, 1, 1, 2]]], [3])
    found = explain(sample, OptimalMatching(constant_costs(sample)), "P0", "P1")
    assert found.cost == 2
    assert found.sentences()[-1] == "Together 2."
    assert repr(found).startswith("Alignment of P0 and P1 by optimal matching (costs: constant): cost 2")
    assert {step.kind for step in found.steps} == {"kept", "deleted", "inserted"}
    assert any(told.startswith("Deleted from P0: 1 position, at") for told in found.sentences())
    assert any(told == "Inserted from P1: 1 position, at 3, s2; cost 1." for told in found.sentences())


@pytest.mark.parametrize("step", ["month", "quarter", "year"])
def test_positions_are_told_in_the_unit_of_the_grid(step: Literal["month", "quarter", "year"]) -> None:
    on_grid = replace(made([[[0, 0, 0, 1]], [[0, 1, 1, 1]]], [2]), grid=Grid(since="departure", step=step))
    told = explain(on_grid, Hamming(), *on_grid.ids).sentences()
    assert told[1].startswith(f"Substituted: 2 {step}s, ")
    assert told[2].startswith(f"Kept: 1 {step} of ")


def test_runs_are_told_once_and_domains_apart() -> None:
    sample = made([[[0, 0, 0], [1, 1, 1]], [[1, 1, 1], [1, 1, 0]]], [2, 2])
    told = explain(sample, Hamming(), "P0", "P1").sentences()
    assert told == (
        "Substituted: 2 positions, from 0 to 1, s0 by s1 in d0; cost 2 x 1 = 2.",
        "Substituted: 1 position, at 2, s0 by s1 in d0 and s1 by s0 in d1; cost 2.",
        "Together 4 (d0 3; d1 1).",
    )


def test_labels_that_run_into_the_sentence_are_quoted() -> None:
    sample = made([[[0, 1]], [[0, 0]]], [2])
    names = {"s0": "Germany, permit", "s1": "At home"}
    sample = replace(sample, domains=(Domain(name="d0", label="Where, as what", states=names),))
    told = explain(sample, Hamming(), "P0", "P1").sentences()
    assert told[1] == 'Substituted: 1 position, at 1, At home by "Germany, permit" in Where, as what; cost 1.'


def test_missing_is_told() -> None:
    sample = made([[[0, MISSING]], [[0, 1]]], [2])
    found = explain(sample, Hamming(), "P0", "P1")
    assert found.table()["one"].tolist() == ["s0", "missing"]


def test_the_reference_alignment_costs_the_same() -> None:
    lives_ = lives_of("s60")
    found = explain(lives_, OptimalMatching(constant_costs(lives_), indel=1), "S01", "S05")
    assert found.cost == 28


def test_dissimilarities_explain_themselves() -> None:
    sample = lives_of("mc")
    measure = OptimalMatching(transition_costs(sample))
    diss = dissimilarities(sample, measure, precision="double")
    one, other = sample.ids[3], sample.ids[8]
    assert diss.explain(one, other) == explain(sample, measure, one, other)
    assert diss.select([other, one]).explain(one, other).cost == pytest.approx(diss.between(one, other))
    with pytest.raises(SettingError, match="no dissimilarity for 'X'"):
        diss.explain(one, "X")
    assert diss.explain_domains(one, other) == (diss.explain(one, other),)
    with pytest.raises(SettingError, match=r"do not know the lives .* explain\(lives, measure, one, other\)"):
        replace(diss, made_of=None).explain(one, other)


@pytest.mark.parametrize(("mean", "equalised"), [(False, False), (True, False), (True, True)])
def test_joined_domains_are_explained_one_by_one(mean: bool, equalised: bool) -> None:
    sample = lives_of("mc")
    alone = {d.name: dissimilarities(sample.only(d.name), OptimalMatching(transition_costs(sample)),
                                     precision="double") for d in sample.domains}  # fmt: skip
    weights = {"location": 2.0, "legal": 0.0, "activism": 0.5}
    both = joint(alone, weights, mean=mean, equalised=equalised)
    one, other = sample.ids[3], sample.ids[8]
    told = both.select([other, one]).explain_domains(one, other)
    assert [found.steps[0].changes[0].domain for found in told] == ["location", "activism"]
    assert sum(found.cost for found in told) == pytest.approx(both.between(one, other))
    with pytest.raises(SettingError, match=r"take \.explain_domains\(one, other\)"):
        both.explain(one, other)
    with pytest.raises(SettingError, match="no dissimilarity for 'X'"):
        both.explain_domains(one, "X")
    unknown = {**alone, "activism": replace(alone["activism"], made_of=None)}
    with pytest.raises(SettingError, match="do not know the lives"):
        joint(unknown, weights).explain_domains(one, other)


def test_what_cannot_be_explained() -> None:
    sample = lives_of("s60")
    with pytest.raises(SettingError, match="'X'"):
        explain(sample, Hamming(), "S01", "X")
    by_position = OptimalMatching(dynamic_transition_costs(sample))
    with pytest.raises(SettingError, match="take DynamicHamming"):
        explain(sample, by_position, "S01", "S02")
    with pytest.raises(SettingError, match="lives are not observed over the whole window"):
        explain(lives_of("s68"), Hamming(), "S01", "U01")
    assert explain(lives_of("s68"), OptimalMatching(transition_costs(lives_of("s68"))), "S01", "U01").cost > 0
