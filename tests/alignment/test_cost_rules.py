"""Costs of every kind against TraMineR's, from the states themselves, and where they break the triangle."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from tests.alignment.reference import lives_of, made, table
from trajectories.alignment.costs.by_hand import stated_costs
from trajectories.alignment.costs.cost_rules import (
    constant_costs,
    dynamic_transition_costs,
    future_costs,
    rarity_costs,
    transition_costs,
)
from trajectories.alignment.costs.costs import Costs, DomainCosts
from trajectories.alignment.costs.state_costs import code_tree_costs, feature_costs, rank_costs
from trajectories.alignment.costs.triangles import triangle_report
from trajectories.coding.codebook import Domain, State
from trajectories.errors import SettingError
from trajectories.sequences.read import read_sequences
from trajectories.sequences.sequences import MISSING, Sequences

RULES: dict[str, Callable[[Sequences], Costs]] = {
    "CONSTANT": constant_costs,
    "TRATE": transition_costs,
    "FUTURE": future_costs,
    "INDELS": lambda sample: rarity_costs(sample, log=False),
    "INDELSLOG": rarity_costs,
}
FEATURES = pd.DataFrame({"abroad": [0, 0, 1, 1, 1, 0], "risk": [1, 2, 2, 5, 4, 3], "kind": list("xxyyzz")},
                        index=list("ABCDEF"))  # fmt: skip


@pytest.mark.parametrize("sample", ["s60", "sw60", "s68", "s70"])
@pytest.mark.parametrize("rule", RULES)
def test_costs_equal_the_reference(rule: str, sample: str) -> None:
    costs = RULES[rule](lives_of(sample)).domains[0]
    substitution, indel = table(f"seqcost_{rule}_{sample}_sm"), table(f"seqcost_{rule}_{sample}_indel")
    if sample == "s68" and rule.startswith("INDELS"):
        observed = (lives_of("s68").states >= 0).mean()
        share = 1 / indel if rule == "INDELS" else 2 / np.exp(indel) - 1
        indel = 1 / (share / observed) if rule == "INDELS" else np.log(2 / (1 + share / observed))
        substitution = np.add.outer(indel, indel) * (1 - np.eye(6))
    found = costs.with_missing()[: len(substitution), : len(substitution)]
    np.testing.assert_allclose(found, substitution, rtol=1e-11, atol=1e-11)
    own = costs.indel_with_missing() if indel.size > 1 else costs.indel[:1]
    np.testing.assert_allclose(own[: indel.size], indel, rtol=1e-11)


@pytest.mark.parametrize(
    ("name", "costs"),
    [
        ("TRATE_s70_missfree_sm", lambda: transition_costs(lives_of("s70"), missing=None)),
        ("CONSTANT_cval3_miss1_s70_sm", lambda: constant_costs(lives_of("s70"), 3, 1)),
        ("TRATE_lag3_s60_sm", lambda: transition_costs(lives_of("s60"), lag=3)),
        ("FUTURE_lag3_s60_sm", lambda: future_costs(lives_of("s60"), lag=3)),
        ("FEATURES_s60_sm", lambda: feature_costs(lives_of("s60"), {"state": FEATURES})),
        ("FEATURES_w_s60_sm",
         lambda: feature_costs(lives_of("s60"), {"state": FEATURES}, {"abroad": 2, "kind": 0.5})),
        ("TRATE_tv_both_s60", lambda: dynamic_transition_costs(lives_of("s60"))),
        ("TRATE_tv_previous_s60", lambda: dynamic_transition_costs(lives_of("s60"), steps="previous")),
        ("TRATE_tv_next_s60", lambda: dynamic_transition_costs(lives_of("s60"), steps="next")),
        ("INDELS_tv_s60", lambda: rarity_costs(lives_of("s60"), log=False, dynamic=True)),
    ],
)  # fmt: skip
def test_other_costs_equal_the_reference(name: str, costs: Callable[[], Costs]) -> None:
    expected = table(f"seqcost_{name}")
    found = costs().domains[0].with_missing()
    size = expected.shape[-1]
    np.testing.assert_allclose(found[..., :size, :size], expected, rtol=1e-11, atol=1e-11)


def test_likeness_by_rates_equals_the_reference() -> None:
    costs = transition_costs(lives_of("s60")).domains[0]
    alike = 1 - costs.substitution / costs.highest
    np.testing.assert_allclose(alike, table("seqcost_TRATE_prox_s60"), atol=1e-12)


def test_additive_costs_of_combinations_equal_the_reference() -> None:
    from itertools import product

    from trajectories.alignment.domains import fused

    sample = lives_of("mc")
    parts = transition_costs(sample).domains
    codes = [code.split("+") for code in fused(sample).alphabets[0]]
    found = np.array([[sum(p.substitution[p.states.index(a), p.states.index(b)]
                           for p, a, b in zip(parts, x, y, strict=True)) for y in codes] for x in codes])
    expected = table("CAT_cost_trate")
    np.testing.assert_allclose(np.sort(found, axis=None), np.sort(expected, axis=None), atol=1e-11)
    assert sum(float(p.indel[0]) for p in parts) == pytest.approx(table("CAT_indel_trate")[0], rel=1e-12)
    assert len(list(product(codes, codes))) == expected.size


def ranked(*ranks: float | None) -> Sequences:
    sample = made([[list(range(len(ranks)))], [[0] * len(ranks)]], [len(ranks)])
    states = tuple(State(code=f"s{i}", label="", rank=rank) for i, rank in enumerate(ranks))
    return replace(sample, domains=(Domain(name="d0", label="", states=states),))


def test_ranks() -> None:
    found = rank_costs(ranked(1, 2, 5, None)).table()
    np.testing.assert_allclose(found, [[0, 0.5, 2, 2], [0.5, 0, 1.5, 2], [2, 1.5, 0, 2], [2, 2, 2, 0]])
    with pytest.raises(SettingError, match="no two states of different rank"):
        rank_costs(ranked(1, None, 1))


def test_code_tree() -> None:
    rows = [{"id": "A", "1": "de.berlin", "2": "de.munich", "3": "ge"},
            {"id": "B", "1": "de", "2": "ge", "3": "ge"}]  # fmt: skip
    found = code_tree_costs(read_sequences(rows)).table()
    assert found.loc["de.berlin", "ge"] == 2
    assert found.loc["de.berlin", "de.munich"] == pytest.approx(4 / 3)
    assert found.loc["de", "de.berlin"] == pytest.approx(2 / 3)
    assert triangle_report(code_tree_costs(read_sequences(rows))).empty


def test_triangles() -> None:
    found = triangle_report(stated_costs(lives_of("s60"), {"state": table("custom_sm")}))
    assert found[["one", "through", "other", "direct", "detour"]].to_numpy().tolist() == [
        ["A", "C", "D", 3.0, 2.5], ["A", "C", "E", 3.5, 3.0],
        ["B", "D", "F", 6.0, 3.0], ["C", "D", "F", 2.0, 1.5],
    ]  # fmt: skip
    assert "no metric" in found["effect"][0]
    cheap = DomainCosts("legal", ("a", "b"), np.array([[0.0, 3], [3, 0]]), np.ones(2), 2.0)
    row = triangle_report(Costs((cheap,), "stated by hand")).iloc[0]
    assert (row["through"], row["detour"]) == ("", 2.0)
    assert "never used" in row["effect"]
    for rule in (constant_costs, rarity_costs):
        assert triangle_report(rule(lives_of("s60"))).empty


def test_triangles_at_each_position() -> None:
    table_ = np.array([np.zeros((3, 3)), [[0, 1, 4], [1, 0, 1], [4, 1, 0]]])
    costs = Costs((DomainCosts("d", ("a", "b", "c"), table_, np.ones(3), 2.0),), "made")
    assert triangle_report(costs)["position"].tolist() == [1]


def test_missing_is_a_state_of_its_own_where_rarity_counts() -> None:
    sample = made([[[0, 0, MISSING]], [[0, 1, 1]]], [2])
    costs = rarity_costs(sample, log=False).domains[0]
    np.testing.assert_allclose(costs.indel_with_missing(), [2, 3, 6])
    np.testing.assert_allclose(costs.with_missing()[2], [8, 9, 0])


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda s: transition_costs(s, lag=0), "lag must be a whole number"),
        (lambda s: dynamic_transition_costs(s, steps="late"),  # type: ignore[arg-type]
         "steps must be 'both'"),
        (lambda s: feature_costs(s, {}), "no features of the states of domain 'd0'"),
        (lambda s: feature_costs(s, {"d0": pd.DataFrame({"x": [1]}, index=["s0"])}), "lack a row s1"),
        (lambda s: feature_costs(s, {"d0": pd.DataFrame({"x": [1, 2]}, index=["s0", "s1"])}, {"y": 1}),
         "have no feature 'y'; they have x"),
        (lambda s: DomainCosts("d0", ("a", "b"), np.zeros((2, 2)), np.ones(2), np.ones(3)),
         "need one cost of missing, or 2"),
        (lambda s: DomainCosts("d0", ("a", "b"), np.zeros((2, 2)), np.ones(2), 1.0, missing_indel=-1.0),
         "negative cost of missing"),
    ],
)  # fmt: skip
def test_costs_that_cannot_be_made(call: Callable[[Sequences], object], said: str) -> None:
    with pytest.raises(SettingError, match=said):
        call(made([[[0, 1]], [[1, 1]]], [2]))
