"""Several domains as one: expanded alphabet, sums of dissimilarities, association between them."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.stats import rankdata

from tests.alignment.reference import FOLDER, dissimilarity, lives_of, made
from tests.alignment.test_laws import few, lives
from trajectories.alignment.costs.cost_rules import constant_costs, rarity_costs, transition_costs
from trajectories.alignment.costs.costs import Costs
from trajectories.alignment.dissimilarities import Dissimilarities
from trajectories.alignment.domain_association import domain_association, domain_shares
from trajectories.alignment.domains import averaged, fused, joint
from trajectories.alignment.measures.basic import Hamming, Measure, OptimalMatching
from trajectories.alignment.pairwise import dissimilarities
from trajectories.coding.codebook import Domain
from trajectories.errors import SettingError
from trajectories.sequences.read import read_sequences
from trajectories.sequences.sequences import MISSING, VOID, Sequences

NAMES = {"loc": "location", "legal": "legal", "act": "activism"}


def double(sample: Sequences, measure: Measure) -> np.ndarray:
    return dissimilarities(sample, measure, precision="double").condensed


def by_domain(weighted: bool = False) -> dict[str, Dissimilarities]:
    sample = lives_of("mc")
    costs = transition_costs(sample)
    found = {d.name: dissimilarities(sample.only(d.name), OptimalMatching(costs), precision="double")
             for d in sample.domains}  # fmt: skip
    weights = lives_of("mc_weighted").weights
    return {name: replace(d, weights=weights) for name, d in found.items()} if weighted else found


@pytest.mark.parametrize(
    ("name", "measure"),
    [
        ("IDCD_OM_trate", lambda sample: OptimalMatching(transition_costs(sample))),
        ("IDCD_OM_indelslog", lambda sample: OptimalMatching(rarity_costs(sample))),
        ("IDCD_OM_const", lambda sample: OptimalMatching(constant_costs(sample), indel=1)),
        ("IDCD_HAM", lambda sample: Hamming()),
    ],
)
def test_the_expanded_alphabet_equals_the_reference(name: str, measure: object) -> None:
    sample = fused(lives_of("mc"))
    assert len(sample.alphabets[0]) == 38
    found = double(sample, measure(sample))  # type: ignore[operator]
    np.testing.assert_allclose(found, dissimilarity(name), rtol=1e-8, atol=1e-10)


def test_additive_costs_of_other_kinds_equal_the_reference() -> None:
    sample = lives_of("mc")
    found = double(sample, OptimalMatching(rarity_costs(sample)))
    np.testing.assert_allclose(found, dissimilarity("CAT_OM_indelslog"), rtol=1e-8)
    weighted = transition_costs(sample).weighted(location=2, legal=1, activism=0.5)
    found = double(sample, OptimalMatching(averaged(weighted)))
    np.testing.assert_allclose(found, dissimilarity("CAT_OM_trate_mean"), rtol=1e-8)
    np.testing.assert_allclose(double(sample, OptimalMatching(transition_costs(sample))),
                               dissimilarity("seqdistmc_OM_trate"), rtol=1e-8)  # fmt: skip


def test_each_domain_may_have_costs_of_another_kind() -> None:
    sample = lives_of("mc")
    one, two, three = (rule(sample).domains[i] for i, rule in
                       enumerate((transition_costs, constant_costs, rarity_costs)))  # fmt: skip
    fixed = (replace(one, indel=np.full(len(one.states), 1.5)), replace(two, indel=np.ones(len(two.states))),
             replace(three, indel=np.ones(len(three.states))))  # fmt: skip
    found = double(sample, OptimalMatching(Costs(fixed, "mixed")))
    np.testing.assert_allclose(found, dissimilarity("CAT_OM_mixed_sm"), rtol=1e-8)


def test_the_sum_of_domains_equals_the_reference_and_is_never_above_the_additive_way() -> None:
    found = joint(by_domain()).condensed
    np.testing.assert_allclose(found, dissimilarity("DAT_OM_trate"), rtol=1e-8)
    assert (found <= dissimilarity("CAT_OM_trate") + 1e-9).all()


def association(file: str) -> dict[str, Any]:
    return dict(json.loads((FOLDER / f"{file}.json").read_text("utf-8")))


def rows(known: list[dict[str, Any]]) -> np.ndarray:
    """A table of theirs: three domains, and the joint dissimilarity where it is there."""
    return np.array([[v for k, v in row.items() if k not in ("id", "_row")] for row in known], dtype=float)


@pytest.mark.parametrize(("file", "weighted"), [("dissdomassoc", False), ("dissdomassoc_w", True)])
def test_association_equals_the_reference(file: str, weighted: bool) -> None:
    known, found = association(file), domain_association(by_domain(weighted))
    np.testing.assert_allclose(found.pearson, rows(known["Pearson"])[:3, :3], rtol=1e-8)
    shared = list(known["Pearson.Rsquare"].values())[:3]
    assert list(found.mean_r_squared.values()) == pytest.approx(shared, rel=1e-8)
    if not weighted:
        np.testing.assert_allclose(found.spearman, rows(known["Spearman"])[:3, :3], atol=1e-3)


def test_weighted_spearman_of_the_reference_ranks_without_weights() -> None:
    """By default theirs ranks pairs as if all weighed the same, and only then weighs them."""
    domains, known = by_domain(weighted=True), rows(association("dissdomassoc_w")["Spearman"])
    weights = lives_of("mc_weighted").weights
    i, j = np.triu_indices(len(weights), 1)
    ranks = [rankdata(np.round(d.condensed, 8)) for d in domains.values()]
    spread = np.cov(ranks, aweights=weights[i] * weights[j])
    theirs = spread / np.sqrt(np.outer(np.diag(spread), np.diag(spread)))
    np.testing.assert_allclose(theirs, known, atol=1e-3)
    ours = domain_association(domains).spearman
    assert abs(ours - known).max() > 3e-3


def test_reliability_equals_the_reference() -> None:
    known, found = association("dissdomassoc"), domain_association(by_domain())
    alpha = {"location,legal,activism": known["Cronbach"]["(loc,legal,act)"],
             **{",".join(NAMES[d] for d in pair[1:-1].split(",")): value
                for pair, value in known["Cronbach.subsets"].items()}}  # fmt: skip
    assert found.cronbach == pytest.approx(alpha, rel=1e-8)


def test_spearman_gives_equal_dissimilarities_equal_ranks() -> None:
    from scipy.stats import spearmanr

    rounded = np.round([d.condensed for d in by_domain().values()], 8)
    found = domain_association(by_domain()).spearman
    np.testing.assert_allclose(found, spearmanr(rounded.T).statistic, rtol=1e-12)


def test_shares_of_the_joint_dissimilarity() -> None:
    domains, known = by_domain(), association("dissdomassoc")
    found = domain_shares(domains, joint(domains))
    np.testing.assert_allclose(found["pearson"], rows(known["Pearson"])[3, :3], rtol=1e-8)
    np.testing.assert_allclose(found["r_squared"].mean(), known["Pearson.Rsquare"]["jointdiss"], rtol=1e-8)
    means = np.array([one.condensed.mean() for one in domains.values()])
    np.testing.assert_allclose(found["part"], means / means.sum(), rtol=1e-6)


def test_shares_count_the_weights_of_the_sum() -> None:
    domains = by_domain()
    weights = dict(zip(domains, (3.0, 0.0, 0.5), strict=True))
    means = np.array([weights[name] * one.condensed.mean() for name, one in domains.items()])
    for whole in (joint(domains, weights), joint(domains, weights, mean=True)):
        found = domain_shares(domains, whole)
        np.testing.assert_allclose(found["part"], means / means.sum(), rtol=1e-6, atol=1e-9)
    found = domain_shares(domains, joint(domains, equalised=True))
    np.testing.assert_allclose(found["part"], 1 / 3, rtol=1e-6)


def test_shares_where_domains_are_shifted_together_are_close_to_those_of_their_sum() -> None:
    together, domains = lives_of("mc"), by_domain()
    costs = transition_costs(together).weighted(legal=3)
    found = domain_shares(domains, dissimilarities(together, OptimalMatching(costs)))
    expected = domain_shares(domains, joint(domains, {"legal": 3}))
    np.testing.assert_allclose(found["part"], expected["part"], atol=0.05)


def their_states(file: str) -> list[list[str]]:
    return pd.read_csv(FOLDER / f"{file}.csv", index_col="id", dtype=str).to_numpy().tolist()


def given_codes(sample: Sequences) -> list[list[str]]:
    return [["%" if code == "%+%" else code for code in row] for row in sample.table().to_numpy().tolist()]


def different_windows() -> Sequences:
    """Two of the domains, each observed as long as it is."""
    files = [read_sequences(FOLDER / f"mc_{name}_unequal.csv") for name in ("location", "activism")]
    domains = tuple(Domain(name=name, label="", states=lives.domains[0].states)
                    for name, lives in zip("la", files, strict=True))  # fmt: skip
    states = np.concatenate([lives.states for lives in files], axis=1)
    return replace(files[0], states=states, domains=domains)


def test_combinations_are_those_of_the_reference() -> None:
    together = fused(lives_of("mc"))
    alphabet = pd.read_csv(FOLDER / "MDalphabet.csv")["state"].tolist()
    assert sorted(together.alphabets[0]) == sorted(alphabet)
    assert given_codes(together) == their_states("MDseq")
    assert given_codes(fused(different_windows())) == their_states("MDseq_unequal")


def test_domains_cut_to_the_same_window_are_those_of_the_reference() -> None:
    both = different_windows()
    cut = np.where((both.states == VOID).any(axis=1, keepdims=True), VOID, both.states)
    cut_lives = replace(both, states=cut)
    for domain, file in (("l", "seqlength_align_loc"), ("a", "seqlength_align_act")):
        assert given_codes(cut_lives.only(domain)) == their_states(file)
    assert given_codes(fused(cut_lives)) == their_states("MDseq_aligned")


def test_permutation_of_people() -> None:
    domains = by_domain()
    found = domain_association(domains, permutations=99, seed=3)
    again = domain_association(domains, permutations=99, seed=3)
    np.testing.assert_array_equal(found.p_value, again.p_value)
    assert found.table().columns.tolist() == ["one", "other", "pearson", "spearman", "p_value"]
    assert found.p_value[0, 1] < found.p_value[1, 2] <= 1
    same = {"a": domains["legal"], "b": domains["legal"]}
    assert domain_association(same, permutations=99).p_value[0, 1] == pytest.approx(0.01)


@few
@given(lives(domains=2, low=VOID))
def test_fused_lives_differ_where_any_domain_does(sample: Sequences) -> None:
    assume((sample.states >= 0).any())
    together = fused(sample)
    assert together.states.shape[1] == 1
    codes = together.table().to_numpy()
    for i in range(sample.n):
        for j in range(i):
            apart = (sample.states[i] != sample.states[j]).any(axis=0)
            unknown = (sample.states[i] < 0).all(axis=0) & (sample.states[j] < 0).all(axis=0)
            np.testing.assert_array_equal((codes[i] != codes[j])[~unknown], apart[~unknown])


@few
@given(lives(domains=1, low=MISSING))
def test_one_domain_fused_is_itself(sample: Sequences) -> None:
    assert fused(sample) is sample
    costs = OptimalMatching(constant_costs(sample))
    alone = dissimilarities(sample, costs)
    np.testing.assert_array_equal(joint({"d0": alone}, {"d0": 2}, mean=True).condensed, alone.condensed)


@few
@given(lives(domains=2, low=MISSING), st.floats(0.1, 5))
def test_equalised_domains_do_not_depend_on_their_level(sample: Sequences, factor: float) -> None:
    domains = {d.name: dissimilarities(sample.only(d.name), Hamming(), precision="double")
               for d in sample.domains}  # fmt: skip
    scaled = domains | {"d0": replace(domains["d0"], condensed=factor * domains["d0"].condensed)}
    one, other = (joint(found, equalised=True).condensed for found in (domains, scaled))
    np.testing.assert_allclose(one, other, rtol=1e-9, atol=1e-12)


def test_labels_of_combinations() -> None:
    sample = made([[[0, MISSING, 1], [1, 1, VOID]], [[1, 1, 1], [0, 0, 0]]], [2, 2])
    assert fused(sample).alphabets[0] == ("s0+s1", "s1+s0", "s1+%", "*+s1")


def test_what_cannot_be_joined() -> None:
    domains = by_domain()
    with pytest.raises(SettingError, match="at least one domain"):
        joint({})
    with pytest.raises(SettingError, match="other people"):
        joint(domains | {"legal": domains["legal"].select(domains["legal"].ids[1:])})
    with pytest.raises(SettingError, match="no dissimilarities of a domain 'x'"):
        joint(domains, {"x": 1})
    with pytest.raises(SettingError, match="0 or more, not -1"):
        joint(domains, {"legal": -1})
    with pytest.raises(SettingError, match="at least two domains"):
        domain_association({"legal": domains["legal"]})
    with pytest.raises(SettingError, match="Every domain weighs 0"):
        averaged(constant_costs(lives_of("s60")).weighted(state=0))
    flat = replace(domains["legal"], condensed=np.ones_like(domains["legal"].condensed))
    with pytest.raises(SettingError, match="equally unlike"):
        domain_association(domains | {"legal": flat})
