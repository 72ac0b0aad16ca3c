"""Every other measure of the family against TraMineR's numbers."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.spatial.distance import squareform

from tests.alignment.reference import dissimilarity, lives_of, table
from trajectories.alignment.computing.single import single_lives, spells_of
from trajectories.alignment.costs.by_hand import stated_costs
from trajectories.alignment.costs.cost_rules import (
    constant_costs,
    future_costs,
    rarity_costs,
    transition_costs,
)
from trajectories.alignment.costs.costs import Costs
from trajectories.alignment.measures.basic import DynamicHamming, Hamming, Measure, OptimalMatching
from trajectories.alignment.measures.common_ends import CommonPrefix, CommonSuffix
from trajectories.alignment.measures.distributions import ChiSquared, EuclideanDistributions
from trajectories.alignment.measures.edits import LocalizedMatching, TimeWarpEdit
from trajectories.alignment.measures.spells import SpellLengthMatching, SpellMatching
from trajectories.alignment.measures.subsequences import (
    MatchingSubsequences,
    SharedTimeSubsequences,
    SubsequenceVectors,
)
from trajectories.alignment.measures.transitions import TransitionMatching
from trajectories.alignment.pairwise import dissimilarities, dissimilarities_to

NORMS = (None, "maxlength", "gmean", "maxdist", "YujianBo", "auto")
THREE = (1.0, 1.0, 1.0)
INVERSE = tuple(1 / k for k in range(1, 49))
STATES = "ABCDEF"
Life = tuple[NDArray[np.int32], NDArray[np.float64]]


def rates(sample: str = "s60") -> Costs:
    return transition_costs(lives_of(sample))


def same(sample: str = "s60") -> Costs:
    return constant_costs(lives_of(sample))


def rare(log: bool = True, dynamic: bool = False, sample: str = "s60") -> Costs:
    return rarity_costs(lives_of(sample), log=log, dynamic=dynamic)


def custom() -> Costs:
    return stated_costs(lives_of("s60"), {"state": table("custom_sm")})


def featured() -> Costs:
    return stated_costs(lives_of("s60"), {"state": table("seqcost_FEATURES_s60_sm")})


def named(norm: str | None) -> str:
    return norm or "none"


def unequal() -> dict[str, Measure]:
    costs, found = rates("s68"), {}
    for norm in NORMS:
        found |= {
            f"s68_LCP_{named(norm)}": CommonPrefix(norm),
            f"s68_RLCP_{named(norm)}": CommonSuffix(norm),
            f"s68_OMslen_{named(norm)}": SpellLengthMatching(costs, indel=2.0, norm=norm),
            f"s68_OMspell_{named(norm)}": SpellMatching(costs, indel=2.0, norm=norm),
            f"s68_OMstran_{named(norm)}": TransitionMatching(costs, 0.3, norm=norm),
            f"s68_TWED_{named(norm)}": TimeWarpEdit(costs, 0.5, 0.5, norm=norm),
        }  # fmt: skip
    return found


CASES: dict[str, Measure] = {
    **unequal(),
    **{f"s68_OMloc_{named(norm)}": LocalizedMatching(rates("s68"), 0.2, norm=norm) for norm in NORMS[:4]},
    "s60_OM_future": OptimalMatching(future_costs(lives_of("s60"))),
    "s60_OM_features": OptimalMatching(featured()),
    "s60_OM_indels": OptimalMatching(rare(log=False)),
    "s60_OM_indels_maxlength": OptimalMatching(rare(log=False), norm="maxlength"),
    "s60_OM_indelslog": OptimalMatching(rare()),
    "s60_OM_indelslog_YujianBo": OptimalMatching(rare(), norm="YujianBo"),
    "s60_OM_indelslog_maxdist": OptimalMatching(rare(), norm="maxdist"),
    "s70_OM_indelslog": OptimalMatching(rare(sample="s70")),
    "s60_HAM_indelslog": Hamming(rare()),
    "s60_DHD_indelslog": DynamicHamming(rare(dynamic=True)),
    "s60_OMloc_default": LocalizedMatching(same()),
    "s60_OMloc_trate_e0": LocalizedMatching(rates(), 0.0),
    "s60_OMloc_trate_e.1": LocalizedMatching(rates(), 0.1),
    "s60_OMloc_trate_e.25_c.3": LocalizedMatching(rates(), 0.25, 0.3),
    "s60_OMloc_custom_e.2": LocalizedMatching(custom(), 0.2),
    "s70_OMloc_trate_e.2": LocalizedMatching(rates("s70"), 0.2),
    **{f"s60_OMslen_trate_{link}_h{h:g}": SpellLengthMatching(rates(), h, link)  # type: ignore[arg-type]
       for link in ("mean", "gmean") for h in (0, 0.5, 1)},
    "s60_OMslen_const_indel1": SpellLengthMatching(same(), indel=1.0),
    "s60_OMslen_indelslog": SpellLengthMatching(rare()),
    "s70_OMslen_trate": SpellLengthMatching(rates("s70")),
    **{f"s60_OMspell_trate_e{e:g}_tpow{p:g}": SpellMatching(rates(), e, p)
       for e in (0, 0.1, 0.5, 1) for p in (0.5, 1)},
    "s60_OMspell_const_indel1": SpellMatching(same(), indel=1.0),
    "s60_OMspell_indelslog": SpellMatching(rare()),
    "s60_OMspell_const_tokdep": SpellMatching(
        same(), per_state=dict(zip(STATES, (1, 0.5, 2, 1, 1.5, 0), strict=True)), indel=1.0),
    "s70_OMspell_trate": SpellMatching(rates("s70")),
    "s78_OMspell_trate": SpellMatching(rates("s78")),
    **{f"s60_OMstran_trate_otto{o:g}": TransitionMatching(rates(), o) for o in (0.1, 0.5, 1)},
    "s60_OMstran_const_subcost": TransitionMatching(same(), 0.3, "substitution"),
    "s60_OMstran_trate_prob": TransitionMatching(rates(), 0.3, "rates"),
    "s60_OMstran_trate_noaddcol": TransitionMatching(rates(), 0.3, ends=False),
    "s60_OMstran_trate_previous": TransitionMatching(rates(), 0.3, previous=True),
    "s60_OMstran_indelslog": TransitionMatching(rare(), 0.3),
    "s70_OMstran_trate": TransitionMatching(rates("s70"), 0.3),
    "s60_LCP": CommonPrefix(), "s70_LCP": CommonPrefix(),
    "s60_RLCP": CommonSuffix(), "s70_RLCP": CommonSuffix(),
    **{f"{s}_NMS": MatchingSubsequences() for s in ("s60", "s68", "s70")},
    **{f"{s}_NMSMST": SharedTimeSubsequences() for s in ("s60", "s68", "s70")},
    **{f"{s}_SVRspell": SubsequenceVectors() for s in ("s68", "s70")},
    "s60_NMS_kw3": MatchingSubsequences(THREE),
    "s60_NMS_prox_kw3": MatchingSubsequences(THREE, rates()),
    "s60_NMSMST_kw3": SharedTimeSubsequences(weights=THREE),
    "s60_NMSMST_tpow.5": SharedTimeSubsequences(0.5),
    **{f"s60_SVRspell_tpow{p:g}": SubsequenceVectors(p) for p in (0, 0.5, 1)},
    "s60_SVRspell_kw3": SubsequenceVectors(weights=THREE),
    "s60_SVRspell_kwinv": SubsequenceVectors(weights=INVERSE),
    **{f"s60_CHI2_step{n}": ChiSquared(n) for n in (1, 6, 12, 48)},
    "s60_CHI2_step6_norm": ChiSquared(6, normalised=True),
    "s60_CHI2_step12_overlap": ChiSquared(12, overlap=True),
    "s60_CHI2_breaks": ChiSquared(intervals=[(0, 9), (10, 29), (30, 47)]),
    "s60_CHI2_step6_pdotj": ChiSquared(6, shares="overall"),
    "s60_CHI2_step6_pdotjvec": ChiSquared(6, shares=(0.3, 0.2, 0.1, 0.1, 0.2, 0.1)),
    **{f"{s}_CHI2_step6": ChiSquared(6) for s in ("sw60", "s68", "s70")},
    **{f"s60_EUCLID_step{n}": EuclideanDistributions(n) for n in (1, 6, 12, 48)},
    "s60_EUCLID_step6_norm": EuclideanDistributions(6, normalised=True),
    "s60_EUCLID_step12_overlap": EuclideanDistributions(12, overlap=True),
    "s60_EUCLID_breaks": EuclideanDistributions(intervals=[(0, 9), (10, 29), (30, 47)]),
    **{f"{s}_EUCLID_step6": EuclideanDistributions(6) for s in ("sw60", "s68", "s70")},
    **{f"s60_TWED_const_nu{nu:g}_h{h:g}": TimeWarpEdit(same(), nu, h)
       for nu in (0.1, 0.5, 1) for h in (0, 0.5, 1)},
    "s60_TWED_trate_indel3": TimeWarpEdit(rates(), 0.5, 0.5, indel=3.0),
    "s60_TWED_custom": TimeWarpEdit(custom(), 0.5, 0.5),
    "s70_TWED_const": TimeWarpEdit(same("s70"), 0.5, 0.5),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_dissimilarities_equal_the_reference(name: str) -> None:
    lives, expected = lives_of(name.split("_")[0]), dissimilarity(name)
    double = dissimilarities(lives, CASES[name], precision="double").condensed
    np.testing.assert_allclose(double, expected, rtol=1e-8, atol=1e-11 * expected.max())
    single = dissimilarities(lives, CASES[name]).condensed
    np.testing.assert_allclose(single, expected, rtol=1e-5, atol=1e-7 * expected.max())


def test_localized_by_yujian_and_bo_changes_the_dissimilarity_itself_in_the_reference() -> None:
    """There, this normalisation also puts 2 (expansion * dearest + context) for the dearest substitution."""
    lives, costs = lives_of("s68"), rates("s68")
    dearest = costs.domains[0].highest
    indel = 0.2 * dearest + 0.6
    raised = LocalizedMatching(costs, 0.2 * 2 * indel / dearest, 0.6)
    changed = dissimilarities(lives, raised, precision="double").condensed
    one, other = np.triu_indices(lives.n, 1)
    lengths = lives.lengths[:, 0]
    both = indel * (lengths[one] + lengths[other])
    for norm in ("YujianBo", "auto"):
        expected = dissimilarity(f"s68_OMloc_{norm}")
        np.testing.assert_allclose(2 * changed / (changed + both), expected, rtol=1e-8)
    plain = LocalizedMatching(costs, 0.2)
    found = dissimilarities(lives, replace(plain, norm="YujianBo"), precision="double").condensed
    own = dissimilarities(lives, plain, precision="double").condensed
    np.testing.assert_allclose(found, 2 * own / (own + both), rtol=1e-12)


def test_subsequence_vectors_of_likeness_count_some_matches_twice_in_the_reference() -> None:
    """There, what is multiplied by both times is the number of ways *after* it was multiplied by how far the
    spells match, so that this counts twice; except in the time of subsequences of one spell."""
    lives = lives_of("s60")
    single = single_lives(lives, "", "state")
    spells, time = spells_of(single)
    alike = 1 - rates().domains[0].substitution / rates().domains[0].highest
    given = [(spells.codes[k, : spells.lengths[k], 0], time[k, : spells.lengths[k]].astype(float))
             for k in range(spells.n)]  # fmt: skip
    people = range(0, lives.n, 6)
    expected = squareform(dissimilarity("s60_SVRspell_prox"))
    own = dissimilarities(lives, SubsequenceVectors(alike=rates()), precision="double").square()
    for i in people:
        for j in people:
            a, b = given[single.which[i]], given[single.which[j]]
            for twice, found in ((True, expected[i, j]), (False, own[i, j])):
                one, other, both = (in_words(alike, *pair, twice) for pair in ((a, a), (b, b), (a, b)))
                assert np.sqrt(max(one + other - 2 * both, 0)) == pytest.approx(found, rel=1e-8, abs=1e-6)


def in_words(alike: NDArray[np.float64], a: Life, b: Life, twice: bool) -> float:
    """What two lives have in common by the recursion as it is written down, length by length."""
    match, (d, e) = alike[np.ix_(a[0], b[0])], np.ix_(a[1], b[1])
    again = match if twice else 1.0
    number, one, other = match, match * d, match * e
    both = again * match * d * e
    total = both.sum()
    for _ in range(min(match.shape) - 1):
        number, one, other, both = (later(table) for table in (number, one, other, both))
        number = match * number
        both = match * (both + d * other + e * one) + again * number * d * e
        one, other = match * one + again * number * d, match * other + again * number * e
        total += both.sum()
    return float(total)


def later(table: NDArray[np.float64]) -> NDArray[np.float64]:
    """The sum of all cells after each in both directions."""
    whole = np.cumsum(np.cumsum(table[::-1, ::-1], axis=0), axis=1)[::-1, ::-1]
    return np.pad(whole, [(0, 1), (0, 1)])[1:, 1:]


def test_rarity_of_right_censored_lives_differs_by_what_void_counts() -> None:
    lives = lives_of("s68")
    indel = {"state": table("seqcost_INDELSLOG_s68_indel")}
    costs = stated_costs(lives, {"state": table("seqcost_INDELSLOG_s68_sm")}, indel=indel)
    found = dissimilarities(lives, OptimalMatching(costs), precision="double").condensed
    np.testing.assert_allclose(found, dissimilarity("s68_OM_indelslog"), rtol=1e-8)


@pytest.mark.parametrize(
    ("name", "references"),
    [("refseq1", ["S01"]), ("refseq_mostfreq", ["S02"]), ("refsets", [f"S{k}" for k in range(41, 61)])],
)
def test_dissimilarities_to_references_equal_the_reference(name: str, references: list[str]) -> None:
    lives = lives_of("s60")
    people = lives if len(references) == 1 else lives.select(lives.ids[:10])
    measure = OptimalMatching(same(), indel=1)
    found = dissimilarities_to(people, lives.select(references), measure)
    np.testing.assert_allclose(found.values, dissimilarity(f"s60_OM_const_{name}"), rtol=1e-8)


@pytest.mark.parametrize(
    "measure",
    [
        OptimalMatching(transition_costs(lives_of("s60"))), Hamming(), DynamicHamming(), ChiSquared(6),
        CommonSuffix("auto"), SpellMatching(transition_costs(lives_of("s60")), norm="gmean"),
        TransitionMatching(transition_costs(lives_of("s60")), 0.3, norm="YujianBo"), SubsequenceVectors(),
    ],
    ids=lambda measure: type(measure).__name__,
)  # fmt: skip
def test_to_references_is_a_part_of_all_pairs(measure: Measure) -> None:
    lives = lives_of("s60")
    whole = dissimilarities(lives, measure, precision="double").square()
    part = dissimilarities_to(lives, lives.select(["S05", "S58", "S01"]), measure)
    np.testing.assert_allclose(part.values, whole[:, [4, 57, 0]], rtol=1e-12, atol=1e-12)
    assert part.table().loc["S07", "S58"] == part.values[6, 1]
    assert part.nearest()[57] == "S58"
