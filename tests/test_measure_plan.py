"""Every measure and every kind of costs can be asked for in a plan, and is the library's own."""

from __future__ import annotations

import json
from dataclasses import MISSING as NO_DEFAULT
from dataclasses import fields
from pathlib import Path
from typing import Any

import jsonschema
import numpy as np
import pandas as pd
import pytest
import yaml

import trajectories as tj
from trajectories.alignment.measures.names import MEASURES
from trajectories.coding.files.editor_schemas import settings_schema
from trajectories.errors import SettingError
from trajectories.findings.fitting import require_fit
from trajectories.findings.measures import compared, compared_to, costs_of
from trajectories.measure_plan import MeasurePlan, MeasureSettings
from trajectories.report.measure_words import MEASURE_WORDS
from trajectories.report.methods import methods
from trajectories.report.references import REFERENCES

ROOT = Path(__file__).parents[1]
MATERIAL = ROOT / "tests" / "material"
SMALL = tj.Plan.read(MATERIAL / "plans" / "small.yaml")
HOME = "home: {short_stay: 1, temporary: 2.5}"
NEEDED: dict[str, dict[str, Any]] = {
    "transition_matching": {"states": 0.5}, "time_warp_edit": {"stiffness": 0.1},
}  # fmt: skip


@pytest.fixture(scope="module")
def sample() -> tj.Study:
    return tj.read_study(ROOT / "sample_data")


@pytest.fixture(scope="module")
def lives(sample: tj.Study) -> tj.Sequences:
    built = tj.build_sequences(sample, tj.Grid(since="departure", before=6, after=12)).complete()
    return built.select(built.ids[:25])


def near(found: tj.Dissimilarities, expected: tj.Dissimilarities) -> None:
    np.testing.assert_allclose(found.condensed, expected.condensed, rtol=2e-6)


@pytest.mark.parametrize("name", MEASURES)
def test_the_table_of_measures_is_that_of_the_classes(name: str) -> None:
    named = MEASURES[name]  # type: ignore[index]
    kind = named.load()
    assert getattr(tj, named.kind) is kind
    have = {field.name: field for field in fields(kind)}
    shared = {"norm": named.norm, "missing": named.missing, "costs": named.costs, "indel": named.indel}
    expected = {*named.settings, *(name for name, there in shared.items() if there)}
    assert set(have) == expected
    usual = {name: field.default for name, field in have.items()}
    assert set(named.needed) == {name for name in named.settings if usual[name] is NO_DEFAULT}
    assert set(named.settings) <= set(MeasureSettings.model_fields)


def test_no_measure_is_left_out() -> None:
    public = {name for name in tj.__all__ if hasattr(getattr(tj, name), "compare")}
    assert {named.kind for named in MEASURES.values()} == public
    assert set(MEASURE_WORDS) == set(MEASURES)
    assert {key for _, keys in MEASURE_WORDS.values() for key in keys} <= set(REFERENCES)


@pytest.mark.parametrize("name", MEASURES)
def test_every_measure_of_a_plan_is_the_library_s(lives: tj.Sequences, name: str) -> None:
    named, own = MEASURES[name], NEEDED.get(name, {})  # type: ignore[index]
    domain = "activism" if named.module == "warping" else "legal"
    one = lives.only(domain)
    asked: dict[str, Any] = {"name": name, "costs": "transition", "settings": own}
    plan = MeasurePlan(**asked)
    costs = costs_of(one, plan)
    assert (costs is not None) == named.costs
    rule = tj.dynamic_transition_costs if name == "dynamic_hamming" else tj.transition_costs
    by_hand = named.load()(**own, **({"costs": rule(one)} if named.costs else {}))
    near(compared(one, costs, plan), tj.dissimilarities(one, by_hand))


def test_settings_norm_and_missing_reach_the_measure(lives: tj.Sequences) -> None:
    one = lives.only("legal")
    plan = MeasurePlan(name="spell_matching", settings={"expansion": 0.25, "power": 0.5}, indel=3,
                       norm="maxlength", missing="refuse", costs="constant")  # fmt: skip
    by_hand = tj.SpellMatching(tj.constant_costs(one), 0.25, 0.5, indel=3, norm="maxlength", missing="refuse")
    assert plan.made(costs_of(one, plan)).describe() == by_hand.describe()
    near(compared(one, costs_of(one, plan), plan), tj.dissimilarities(one, by_hand))
    alike = MeasurePlan(name="subsequence_vectors", settings={"alike": True}, costs="ranks")
    ranked = lives.only("activism")
    near(compared(ranked, costs_of(ranked, alike), alike),
         tj.dissimilarities(ranked, tj.SubsequenceVectors(alike=tj.rank_costs(ranked))))  # fmt: skip


RULES = [
    ("constant", lambda s: tj.constant_costs(s)),
    ({"by": "constant", "value": 3}, lambda s: tj.constant_costs(s, 3)),
    ("transition", lambda s: tj.transition_costs(s)),
    ({"by": "transition", "lag": 3}, lambda s: tj.transition_costs(s, lag=3)),
    ({"by": "future", "lag": 2}, lambda s: tj.future_costs(s, lag=2)),
    ("rarity", lambda s: tj.rarity_costs(s)),
    ({"by": "rarity", "log": False}, lambda s: tj.rarity_costs(s, log=False)),
    ("ranks", lambda s: tj.rank_costs(s)),
    ("code_tree", lambda s: tj.code_tree_costs(s)),
]


@pytest.mark.parametrize(("asked", "rule"), RULES)
def test_every_kind_of_costs_is_the_library_s(lives: tj.Sequences, asked: Any, rule: Any) -> None:
    one = lives.only("activism")
    plan = MeasurePlan(costs=asked)
    near(compared(one, costs_of(one, plan), plan), tj.dissimilarities(one, tj.OptimalMatching(rule(one))))


def test_costs_at_each_position(lives: tj.Sequences) -> None:
    for asked, rule in (
        ({"by": "transition", "steps": "next"}, tj.dynamic_transition_costs(lives, steps="next")),
        ("rarity", tj.rarity_costs(lives, dynamic=True)),
    ):
        plan = MeasurePlan(name="dynamic_hamming", costs=asked)
        near(compared(lives, costs_of(lives, plan), plan), tj.dissimilarities(lives, tj.DynamicHamming(rule)))


def test_features_may_be_numbers_or_words(lives: tj.Sequences) -> None:
    one = lives.only("activism")
    codes = one.alphabets[0]
    where = ["street" if i % 2 else "net" for i in range(len(codes))]
    described = {code: {"loud": str(i), "where": where[i]} for i, code in enumerate(codes)}
    plan = MeasurePlan(costs={"by": "features", "features": described, "feature_weights": {"loud": 2}})
    table = pd.DataFrame({"loud": range(len(codes)), "where": where}, codes)
    by_hand = tj.feature_costs(one, {"activism": table}, {"loud": 2})
    near(compared(one, costs_of(one, plan), plan), tj.dissimilarities(one, tj.OptimalMatching(by_hand)))


def test_each_domain_its_own_costs(lives: tj.Sequences) -> None:
    two = lives.only("legal", "activism", "location")
    pending = two.alphabets[0][0]
    asked = {"activism": "ranks", "legal": {"by": "stated", "table": {pending: {two.alphabets[0][1]: 0.5}},
                                            "otherwise": 3, "indel": {pending: 0.25}}}  # fmt: skip
    plan = MeasurePlan(costs=asked, weights={"legal": 2})
    costs = costs_of(two, plan)
    assert costs is not None
    legal, activism, location = costs.domains
    stated = tj.stated_costs(two.only("legal"), {"legal": {pending: {two.alphabets[0][1]: 0.5}}},
                             {"legal": {pending: 0.25}}, otherwise=3).domains[0]  # fmt: skip
    np.testing.assert_array_equal(legal.substitution, stated.substitution)
    np.testing.assert_array_equal(legal.indel, stated.indel)
    assert legal.indel[0] == 0.25
    assert legal.indel[1] == 1.5
    assert (legal.weight, activism.weight) == (2, 1)
    np.testing.assert_array_equal(activism.substitution,
                                  tj.rank_costs(two.only("activism")).domains[0].substitution)  # fmt: skip
    expected = tj.transition_costs(two.only("location")).domains[0].substitution
    np.testing.assert_array_equal(location.substitution, expected)
    assert costs.rule.startswith("legal stated by hand; activism ranks of states; location transition")


@pytest.mark.parametrize("together", ["added", "summed"])
def test_a_mean_is_the_sum_divided_by_the_weights(together: str) -> None:
    study = tj.read_study(MATERIAL / "valid")
    plan = SMALL.changed(measure={"together": together, "weights": {"legal": 3}})
    summed = tj.run(study, plan).dissimilarities
    found = tj.run(study, plan.changed(measure={"link": "mean"}))
    whole = sum(found.plan.measure.weight(name) for name in found.domains)
    assert whole > 3
    np.testing.assert_allclose(found.dissimilarities.condensed, summed.condensed / whole, rtol=1e-5)


@pytest.mark.parametrize("together", ["fused", "summed"])
def test_domains_come_together_in_other_ways(lives: tj.Sequences, together: str) -> None:
    two = lives.only("location", "legal")
    weights = {"legal": 0.5} if together == "summed" else {}
    plan = MeasurePlan(name="spell_matching", together=together, weights=weights, costs="constant")
    costs = costs_of(two, plan)
    found = compared(two, costs, plan)
    if together == "fused":
        one = tj.fused(two)
        expected = tj.dissimilarities(one, tj.SpellMatching(tj.constant_costs(one)))
    else:
        alone = {name: tj.dissimilarities(two.only(name), tj.SpellMatching(tj.constant_costs(two.only(name))))
                 for name in ("location", "legal")}  # fmt: skip
        expected = tj.joint(alone, {"legal": 0.5})
    near(found, expected)
    few = two.select(two.ids[3:6])
    to = compared_to(two, few, costs, plan)
    np.testing.assert_allclose(to, found.square()[:, 3:6], rtol=2e-6, atol=1e-9)


def test_a_whole_analysis_of_fused_domains() -> None:
    study = tj.read_study(MATERIAL / "valid")
    plan = SMALL.changed(measure={"together": "fused"}, stability={"draws": 2})
    findings = tj.run(study, plan).compute()
    assert "costs_together" in findings.tables()
    said = methods(findings).paragraph
    assert "fused into one, whose states are the observed combinations" in said
    summed = methods(tj.run(study, SMALL.changed(measure={"together": "summed", "weights": {"legal": 2}})))
    assert "compared on its own and the dissimilarities were added" in summed.paragraph
    assert "weights of 1 for place and 2 for legal status" in summed.paragraph


def test_costs_that_break_the_triangle_are_told_in_the_methods() -> None:
    study = tj.read_study(MATERIAL / "valid")
    stated = {"by": "stated", "table": {"home": {"short_stay": 1, "temporary": 5},
                                        "short_stay": {"temporary": 1}}}  # fmt: skip
    said = methods(tj.run(study, SMALL.changed(measure={"costs": {"legal": stated}}))).paragraph
    assert "(most: Citizen at home for Temporary permit 5, by way of Short stay 2), so the diss" in said
    assert "detour" not in methods(tj.run(study, SMALL.changed(measure={"costs": "constant"}))).paragraph


def test_only_what_the_script_for_r_knows_is_written_for_it(tmp_path: Path) -> None:
    study = tj.read_study(MATERIAL / "valid")
    refused = {"domains that are summed": {"together": "summed"}, "a normalisation": {"norm": "gmean"},
               "indel costs by state": {"costs": "rarity"}, "the common prefix": {"name": "common_prefix"}}
    for said, measure in refused.items():
        with pytest.raises(SettingError, match=f"not for .*{said}"):
            tj.write_traminer(tj.run(study, SMALL.changed(measure=measure)), tmp_path)


@pytest.mark.parametrize(
    ("measure", "said"),
    [
        ({"name": "spell_matchin"}, "measure.name"),
        ({"name": "spell_matching", "settings": {"window": 2}},
         "spell matching has no setting 'window'; it has expansion, power, per_state"),
        ({"name": "hamming", "settings": {"power": 2}}, "the hamming has no setting 'power'; it has none"),
        ({"name": "time_warp_edit"}, "time warp edit needs a setting: settings: {stiffness: ...}"),
        ({"name": "spell_matching", "settings": {"expansion": -1}}, "expansion must be a number, 0 or more"),
        ({"name": "chi_squared", "norm": "gmean"}, "the chi squared has no norm"),
        ({"name": "event_matching", "norm": "gmean"}, "no normalisation 'gmean' of events"),
        ({"name": "spell_matching", "missing": "ignore"}, "exists only where lives are compared position by"),
        ({"name": "time_warping", "missing": "refuse"}, "cannot be told about missing"),
        ({"name": "dynamic_hamming", "costs": "ranks"}, "differ from position to position: transition or"),
        ({"costs": {"by": "transition", "steps": "next"}}, "those at each position .dynamic_hamming. steps"),
        ({"costs": "rank"}, "measure.costs"),
        ({"costs": {"by": "ranks", "lag": 2}}, "ranks costs have no lag; they have missing"),
        ({"costs": {"by": "stated"}}, "stated costs need a table, a line for each state"),
        ({"costs": {"by": "constant", "value": -1}}, "greater than or equal to 0"),
        ({"costs": {"legal": "stated"}}, "stated costs need a table"),
        ({"costs": "features"}, "costs: features costs need features, a line for each state"),
        ({"together": "fused", "costs": "ranks"}, "fused domains take costs of their combinations"),
        ({"together": "fused", "weights": {"legal": 2}}, "fused domains have no weights"),
        ({"name": "common_prefix", "weights": {"legal": 2}}, "the common prefix knows no weights"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused(measure: dict[str, Any], said: str) -> None:
    with pytest.raises(SettingError, match=said):
        tj.Plan(measure=measure)


BAD = """\
measure:
  costs:
    location: code_tre
    legal:
      by: stated
      table:
        home: {short_stay: -1, temporary: .nan}
        temporary: {protection: dear}
      othrwise: 2
"""


def test_every_wrong_cost_of_a_file_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "plan.yaml"
    path.write_text(BAD)
    with pytest.raises(SettingError) as error:
        tj.Plan.read(path)
    told = str(error.value).replace(f"{path}:", "").split("\n")
    assert told[0].startswith("3: measure.costs.location may be")
    assert told[0].endswith("Did you mean 'code_tree'?")
    assert told[1].startswith("7: measure.costs.legal.table.home.short_stay must be greater than or equal")
    assert told[2] == "7: measure.costs.legal.table.home.temporary must be a number; it is '.nan'."
    assert told[3] == "8: measure.costs.legal.table.temporary.protection must be a number; it is 'dear'."
    assert told[4].startswith("9: there is no key 'othrwise' here.")
    assert told[4].endswith("Did you mean 'otherwise'?")


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("{home: {temporary: 1}, temporary: {home: 2}}",
         "home for temporary costs 1, but temporary for home 2"),
        ("{home: {home: 1}}", "home for home costs 1; keeping a state must cost 0"),
        ("[[0, 1], [1, 0]]", "must be keys with values"),
    ],
)
def test_tables_that_cannot_be(tmp_path: Path, table: str, said: str) -> None:
    path = tmp_path / "plan.yaml"
    path.write_text(f"measure:\n  costs:\n    by: stated\n    table: {table}\n")
    with pytest.raises(SettingError, match=rf"plan.yaml:4: measure.costs.table:? .*{said}"):
        tj.Plan.read(path)


ODD = """\
grid: {since: departure, before: 6, after: 12}
types: {k: 2}
measure:
  costs:
    legal:
      by: stated
      table:
        home: {short_stay: 1, temprary: 2}
      indel: {protecton: 1}
    feelings: ranks
    location: ranks
"""


def test_states_and_domains_that_the_study_lacks_are_told_with_their_line(tmp_path: Path) -> None:
    path = tmp_path / "plan.yaml"
    path.write_text(ODD)
    with pytest.raises(SettingError) as error:
        require_fit(tj.read_study(MATERIAL / "valid"), tj.Plan.read(path))
    said = str(error.value)
    assert f"{path}:8: measure.costs.legal.table.home.temprary: domain 'legal' has no state" in said
    assert "Did you mean 'temporary'?" in said
    assert f"{path}:9: measure.costs.legal.indel.protecton" in said
    assert f"{path}:10: measure.costs.feelings: no domain 'feelings' is aligned" in said
    assert f"{path}:11: measure.costs.location: the states of domain 'location' have no ranks" in said


def test_a_measure_of_one_domain_says_what_to_do_with_several() -> None:
    study = tj.read_study(MATERIAL / "valid")
    with pytest.raises(SettingError, match=r"compares lives in one domain, the plan aligns 2 \(location"):
        tj.run(study, SMALL.changed(measure={"name": "spell_matching"}))
    described = {"home": {"abroad": "0"}}
    with pytest.raises(SettingError, match="no line: short_stay, temporary, protection"):
        tj.run(study, SMALL.changed(domains=["legal"], measure={"costs": {"by": "features",
                                                                          "features": described}}))


PLANS = [
    "measure: {costs: ranks}",
    f"measure: {{costs: {{legal: {{by: stated, table: {{{HOME}}}, indel: 1}}, location: code_tree}}}}",
    "measure: {costs: {by: future, lag: 2}, together: summed, norm: gmean}",
    "measure: {name: time_warp_edit, settings: {stiffness: 0.5}, costs: {by: rarity, log: false}}",
    "measure: {name: event_matching, settings: {shift: 0.2, indel: {'legal: home': 2}, by: gap}}",
    "measure: {weights: information, costs: constant}",
    "{measure: {weights: equalised}, stability: {multiverse: {measure.weights: [information, {legal: 2}]}}}",
    "measure: {name: chi_squared, settings: {intervals: [[0, 5], [6, 11]], shares: overall}}",
]


@pytest.mark.parametrize("text", PLANS)
def test_written_and_read_again_and_known_to_editors(tmp_path: Path, text: str) -> None:
    path = tmp_path / "plan.yaml"
    path.write_text(text)
    plan = tj.Plan.read(path)
    again = tj.Plan.read(plan.write(tmp_path / "again.yaml"))
    assert again == plan
    assert again.key == plan.key
    schema = settings_schema(tj.Plan)
    jsonschema.Draft7Validator(json.loads(json.dumps(schema))).validate(yaml.safe_load(text))


def test_editors_know_the_rules_for_weights() -> None:
    validator = jsonschema.Draft7Validator(json.loads(json.dumps(settings_schema(tj.Plan))))
    assert [validator.is_valid({"measure": {"weights": value}})
            for value in ("information", "equalised", {"legal": 2}, "informaton", [1])] == [
                True, True, True, False, False]  # fmt: skip


def test_a_rule_with_nothing_told_is_the_word() -> None:
    assert tj.Plan(measure={"costs": {"by": "ranks"}}).key == tj.Plan(measure={"costs": "ranks"}).key
    by_domain = [tj.Plan(measure={"costs": {"legal": one}}) for one in ("ranks", {"by": "ranks"})]
    assert by_domain[0] == by_domain[1]


def test_another_measure_keeps_what_it_can() -> None:
    plan = MeasurePlan(name="spell_matching", settings={"expansion": 0.2}, norm="gmean", costs="rarity",
                       weights={"legal": 2})  # fmt: skip
    assert plan.called("hamming") == MeasurePlan(name="hamming", norm="gmean", costs="rarity",
                                                 weights={"legal": 2})  # fmt: skip
    ruled = MeasurePlan(weights="information")
    assert ruled.called("hamming").rule == "information"
    assert ruled.called("longest_common_subsequence") == MeasurePlan(name="longest_common_subsequence")
    assert plan.called("time_warping") == MeasurePlan(name="time_warping", costs="rarity")
    assert plan.called("spell_matching") == plan
    ranked = MeasurePlan(costs="ranks")
    assert ranked.called("dynamic_hamming").costs == "transition"
