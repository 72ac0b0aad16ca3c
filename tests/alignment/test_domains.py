"""Several domains as one: expanded alphabet, sums of dissimilarities, association between them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.alignment.reference import dissimilarity, lives_of, made
from tests.alignment.test_laws import few, lives
from trajectories.alignment.costs.cost_rules import constant_costs, rarity_costs, transition_costs
from trajectories.alignment.costs.costs import Costs
from trajectories.alignment.dissimilarities import Dissimilarities
from trajectories.alignment.domain_association import domain_association, domain_shares
from trajectories.alignment.domains import averaged, fused, joint
from trajectories.alignment.measures.basic import Hamming, Measure, OptimalMatching
from trajectories.alignment.pairwise import dissimilarities
from trajectories.errors import SettingError
from trajectories.sequences.sequences import MISSING, VOID, Sequences


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


def test_association_equals_the_reference() -> None:
    plain = domain_association(by_domain())
    expected = [[1, 0.188519235052025, 0.0527356140022954], [0.188519235052025, 1, 0.0120759751050506],
                [0.0527356140022954, 0.0120759751050506, 1]]  # fmt: skip
    np.testing.assert_allclose(plain.pearson, expected, rtol=1e-8)
    weighted = domain_association(by_domain(weighted=True)).pearson[np.triu_indices(3, 1)]
    expected = [0.167675241508896, 0.0170318248450954, 0.00146721841720659]
    np.testing.assert_allclose(weighted, expected, rtol=1e-8)
    alpha = {"location,legal,activism": 0.216728201548184, "location,legal": 0.317233797303706,
             "location,activism": 0.100187764716736, "legal,activism": 0.0238637718947874}  # fmt: skip
    assert plain.cronbach == pytest.approx(alpha, rel=1e-8)
    mean = {"location": 0.0191602734843997, "legal": 0.0178426655796686, "activism": 0.00146343707946839}
    assert plain.mean_r_squared == pytest.approx(mean, rel=1e-8)


def test_spearman_gives_equal_dissimilarities_equal_ranks() -> None:
    from scipy.stats import spearmanr

    rounded = np.round([d.condensed for d in by_domain().values()], 8)
    found = domain_association(by_domain()).spearman
    np.testing.assert_allclose(found, spearmanr(rounded.T).statistic, rtol=1e-6)
    np.testing.assert_allclose(found[0, 1], 0.186168518424686, atol=2e-4)


def test_shares_of_the_joint_dissimilarity() -> None:
    domains = by_domain()
    found = domain_shares(domains, joint(domains))
    expected = [0.806309436844375, 0.672218836827787, 0.306498068187382]
    np.testing.assert_allclose(found["pearson"], expected, rtol=1e-8)
    np.testing.assert_allclose(found["r_squared"].mean(), 0.39865137944433, rtol=1e-8)
    assert found["part"].sum() == pytest.approx(1)


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
    with pytest.raises(SettingError, match="zero or more"):
        joint(domains, {"legal": -1})
    with pytest.raises(SettingError, match="at least two domains"):
        domain_association({"legal": domains["legal"]})
    with pytest.raises(SettingError, match="Every domain weighs 0"):
        averaged(constant_costs(lives_of("s60")).weighted(state=0))
    flat = replace(domains["legal"], condensed=np.ones_like(domains["legal"].condensed))
    with pytest.raises(SettingError, match="equally unlike"):
        domain_association(domains | {"legal": flat})
