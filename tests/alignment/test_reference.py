"""The four measures and their costs against TraMineR's numbers."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

from tests.alignment.reference import FOLDER, dissimilarity, lives_of, table
from trajectories.alignment.costs.by_hand import stated_costs
from trajectories.alignment.costs.cost_rules import (
    constant_costs,
    dynamic_transition_costs,
    transition_costs,
)
from trajectories.alignment.measures.basic import (
    DynamicHamming,
    Hamming,
    LongestCommonSubsequence,
    Measure,
    OptimalMatching,
)
from trajectories.alignment.measures.common_ends import CommonPrefix
from trajectories.alignment.pairwise import dissimilarities
from trajectories.coding.codebook import Domain
from trajectories.sequences.read import read_sequences
from trajectories.sequences.sequences import VOID

NORMS = ("maxlength", "gmean", "maxdist", "YujianBo", "auto")


def custom(sample: str, indel: object = None) -> OptimalMatching:
    costs = stated_costs(lives_of(sample), {"state": table("custom_sm")},
                         indel={"state": table("custom_indel")} if indel == "each" else None)  # fmt: skip
    return OptimalMatching(costs, indel=None if indel == "each" else indel)  # type: ignore[arg-type]


def const(sample: str, indel: float | None = 1, **settings: object) -> OptimalMatching:
    return OptimalMatching(constant_costs(lives_of(sample)), indel=indel, **settings)  # type: ignore[arg-type]


def rates(sample: str, **settings: object) -> OptimalMatching:
    return OptimalMatching(transition_costs(lives_of(sample)), **settings)  # type: ignore[arg-type]


CASES: dict[str, tuple[str, Measure]] = {
    **{f"{s}_OM_const_indel1_{n}": (s, const(s, norm=n)) for s in ("s60", "s68", "s70") for n in NORMS},
    **{f"{s}_OM_const_indel1_none": (s, const(s)) for s in ("s60", "s68", "s70", "s78")},
    **{f"s78_OM_const_indel1_{n}": ("s78", const("s78", norm=n)) for n in ("maxlength", "YujianBo")},
    "s60_OM_const_indel0.4": ("s60", const("s60", 0.4)),
    "s60_OM_const_indel3": ("s60", const("s60", 3)),
    **{f"s60_OM_trate_auto_{n}": ("s60", rates("s60", norm=n)) for n in NORMS},
    **{name: ("s60", rates("s60")) for name in ("s60_OM_trate_auto_none", "REF_s60_OM_trate")},
    "s60_OM_trate_indel1": ("s60", rates("s60", indel=1)),
    "s68_OM_trate": ("s68", rates("s68")),
    "s70_OM_trate": ("s70", rates("s70")),
    "sw60_OM_trate_auto": ("sw60", rates("sw60")),
    "sw60_OM_trate_auto_unweighted": ("sw60", rates("s60")),
    "s60_OM_custom_indel1.5": ("s60", custom("s60", 1.5)),
    "s60_OM_custom_indelauto": ("s60", custom("s60", "auto")),
    "s60_OM_custom_indelvec": ("s60", custom("s60", "each")),
    "s60_LCS": ("s60", LongestCommonSubsequence()),
    "s70_LCS": ("s70", LongestCommonSubsequence()),
    "s78_LCS_auto": ("s78", LongestCommonSubsequence(norm="auto")),
    "s68_LCS_none": ("s68", LongestCommonSubsequence()),
    **{f"s68_LCS_{n}": ("s68", LongestCommonSubsequence(norm=n)) for n in NORMS},  # type: ignore[arg-type]
    "s60_HAM_none": ("s60", Hamming()),
    **{f"s60_HAM_{n}": ("s60", Hamming(norm=n)) for n in NORMS},  # type: ignore[arg-type]
    "s60_HAM_trate": ("s60", Hamming(transition_costs(lives_of("s60")))),
    "s60_HAM_custom": ("s60", Hamming(custom("s60").costs)),
    "s70_HAM": ("s70", Hamming()),
    "s60_DHD_none": ("s60", DynamicHamming()),
    **{f"s60_DHD_{n}": ("s60", DynamicHamming(norm=n)) for n in NORMS},  # type: ignore[arg-type]
    "s70_DHD": ("s70", DynamicHamming()),
    "sw60_DHD_weighted": ("sw60", DynamicHamming()),
    "CAT_OM_default": ("mc", const("mc", None)),
    "CAT_OM_trate": ("mc", rates("mc")),
    "CAT_OM_trate_cw": ("mc", OptimalMatching(rates("mc").costs.weighted(location=2, activism=0.5))),
    "CAT_OM_trate_weighted": ("mc_weighted", rates("mc_weighted")),
    "CAT_OM_const_maxlength": ("mc", const("mc", norm="maxlength")),
    "CAT_OM_const_missing": ("mc_missing", const("mc_missing")),
    "CAT_LCS_default": ("mc", LongestCommonSubsequence()),
}


@pytest.mark.parametrize("name", CASES)
def test_dissimilarities_equal_the_reference(name: str) -> None:
    sample, measure = CASES[name]
    expected = dissimilarity(name)
    double = dissimilarities(lives_of(sample), measure, precision="double")
    single = dissimilarities(lives_of(sample), measure)
    np.testing.assert_allclose(double.condensed, expected, rtol=1e-12, atol=1e-12 * expected.max())
    np.testing.assert_allclose(single.condensed, expected, rtol=1e-5, atol=1e-7 * expected.max())


def test_what_two_lives_have_in_common() -> None:
    """TraMineR's seqLLCS, seqLLCP and seqmpos are lengths; the dissimilarities count what is left over."""
    known = json.loads((FOLDER / "seqLLCS_seqLLCP.json").read_text("utf-8"))
    sample = lives_of("s60")

    def apart(measure: Measure, other: int) -> float:
        found = dissimilarities(sample, measure, precision="double")
        return float(found.between(sample.ids[0], sample.ids[other - 1]))

    whole = 2 * sample.length
    assert apart(LongestCommonSubsequence(), 5) == whole - 2 * known["LLCS_1_5"]
    assert apart(LongestCommonSubsequence(), 58) == whole - 2 * known["LLCS_1_58"]
    assert apart(CommonPrefix(), 5) == whole - 2 * known["LLCP_1_5"]
    assert apart(Hamming(), 5) == sample.length - known["seqmpos_1_5"]


def test_custom_costs_of_unequal_lives_normalised() -> None:
    measure = OptimalMatching(custom("s60", "each").costs, norm="YujianBo")
    found = dissimilarities(lives_of("s68"), measure, precision="double").condensed
    expected = dissimilarity("s68_OM_custom_indelvec_YujianBo")
    np.testing.assert_allclose(found, expected, rtol=1e-12, atol=1e-13)


def test_domains_cut_to_what_is_observed_in_both() -> None:
    files = [read_sequences(FOLDER / f"mc_{name}_unequal.csv") for name in ("location", "activism")]
    states = np.concatenate([lives.states for lives in files], axis=1)
    states = np.where((states == VOID).any(axis=1, keepdims=True), VOID, states)
    domains = tuple(Domain(name=f"d{k}", label="", states=lives.domains[0].states)
                    for k, lives in enumerate(files))  # fmt: skip
    sample = replace(files[0], states=states, domains=domains)
    measure = OptimalMatching(constant_costs(sample), indel=1)
    found = dissimilarities(sample, measure, precision="double").condensed
    np.testing.assert_allclose(found, dissimilarity("CAT_OM_const_aligned"), rtol=1e-12)
    assert (states == VOID).any()


@pytest.mark.parametrize(("file", "domain"), [("loc", "location"), ("legal", "legal"), ("act", "activism")])
def test_one_domain_of_several_is_compared_as_if_alone(file: str, domain: str) -> None:
    costs = transition_costs(lives_of("mc"))
    lives = lives_of("mc").only(domain)
    matched = dissimilarities(lives, OptimalMatching(costs), precision="double").condensed
    np.testing.assert_allclose(matched, dissimilarity(f"dom_{file}_OM_trate"), rtol=1e-12, atol=1e-12)
    apart = dissimilarities(lives, Hamming()).condensed
    np.testing.assert_array_equal(apart, dissimilarity(f"dom_{file}_HAM"))


def test_hamming_of_domains_is_their_sum_and_half_of_seqmd() -> None:
    lives = lives_of("mc")
    found = dissimilarities(lives, Hamming()).condensed
    np.testing.assert_array_equal(found, sum(dissimilarity(f"dom_{d}_HAM") for d in ("loc", "legal", "act")))
    np.testing.assert_array_equal(2 * found, dissimilarity("CAT_HAM_default"))
    weighted = Hamming(constant_costs(lives, value=1, missing=1).weighted(location=2, activism=0.5))
    np.testing.assert_array_equal(2 * dissimilarities(lives, weighted).condensed, dissimilarity("CAT_HAM_cw"))


def test_dynamic_hamming_of_domains_is_their_sum_and_two_a_difference_above_seqmd() -> None:
    lives = lives_of("mc")
    found = dissimilarities(lives, DynamicHamming(), precision="double").condensed
    apart = [dissimilarities(lives.only(d.name), DynamicHamming(), precision="double").condensed
             for d in lives.domains]  # fmt: skip
    np.testing.assert_allclose(found, sum(apart), rtol=1e-12)
    differences = dissimilarities(lives, Hamming(), precision="double").condensed
    np.testing.assert_allclose(found - 2 * differences, dissimilarity("CAT_DHD_default"), rtol=1e-11)


@pytest.mark.parametrize("sample", ["s60", "sw60", "s68", "s70"])
def test_transition_costs_equal_the_reference(sample: str) -> None:
    costs = transition_costs(lives_of(sample)).domains[0]
    expected = table(f"seqcost_TRATE_{sample}_sm")
    found = costs.with_missing()[: len(expected), : len(expected)]
    np.testing.assert_allclose(found, expected, rtol=1e-13, atol=1e-13)
    np.testing.assert_allclose(costs.indel, table(f"seqcost_TRATE_{sample}_indel")[0], rtol=1e-13)


def test_dynamic_costs_equal_the_reference() -> None:
    found = dynamic_transition_costs(lives_of("s60")).domains[0].substitution
    np.testing.assert_allclose(found, table("seqcost_TRATE_tv_both_s60"), rtol=1e-13, atol=1e-13)
