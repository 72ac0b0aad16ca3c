"""Every other measure of the family against TraMineR's numbers."""

from __future__ import annotations

import numpy as np
import pytest

from tests.alignment.reference import dissimilarity, lives_of, table
from trajectories.alignment.common_ends import CommonPrefix, CommonSuffix
from trajectories.alignment.cost_rules import (
    constant_costs,
    future_costs,
    rarity_costs,
    stated_costs,
    transition_costs,
)
from trajectories.alignment.costs import Costs
from trajectories.alignment.distribution_measures import ChiSquared, EuclideanDistributions
from trajectories.alignment.edit_measures import LocalizedMatching, TimeWarpEdit
from trajectories.alignment.measures import DynamicHamming, Hamming, Measure, OptimalMatching
from trajectories.alignment.pairwise import dissimilarities
from trajectories.alignment.spell_measures import SpellLengthMatching, SpellMatching
from trajectories.alignment.subsequence_measures import (
    MatchingSubsequences,
    SharedTimeSubsequences,
    SubsequenceVectors,
)
from trajectories.alignment.transition_matching import TransitionMatching

NORMS = (None, "maxlength", "gmean", "maxdist", "YujianBo", "auto")
THREE = (1.0, 1.0, 1.0)
INVERSE = tuple(1 / k for k in range(1, 49))
STATES = "ABCDEF"


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
            f"s68_OMloc_{named(norm)}": LocalizedMatching(costs, 0.2, norm=norm),
            f"s68_OMslen_{named(norm)}": SpellLengthMatching(costs, indel=2.0, norm=norm),
            f"s68_OMspell_{named(norm)}": SpellMatching(costs, indel=2.0, norm=norm),
            f"s68_OMstran_{named(norm)}": TransitionMatching(costs, 0.3, norm=norm),
            f"s68_TWED_{named(norm)}": TimeWarpEdit(costs, 0.5, 0.5, norm=norm),
        }  # fmt: skip
    return found


CASES: dict[str, Measure] = {
    **unequal(),
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
    "s60_OMstran_trate_previous": TransitionMatching(rates(), 0.3, previous=True),
    "s60_OMstran_trate_noaddcol": TransitionMatching(rates(), 0.3, ends=False),
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
    "s60_SVRspell_prox": SubsequenceVectors(alike=rates()),
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
    **{f"s60_TWED_const_nu{nu:g}_h{h:g}": TimeWarpEdit(same(), nu, h) for nu in (0.1, 0.5, 1) for h in (0, 0.5, 1)},
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
    np.testing.assert_allclose(single, expected, rtol=1e-6, atol=1e-7 * expected.max())
