"""Weights of domains found by a rule: the numbers, what they change, what they do not, and what is told."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, Literal

import numpy as np
import pandas as pd
import pytest

import trajectories as tj
from trajectories.errors import SettingError
from trajectories.findings.measures import compared_alone, costs_of
from trajectories.findings.weights import found_weights
from trajectories.measure_plan import MeasurePlan
from trajectories.report.methods import methods
from trajectories.sequences.read import read_sequences

ROOT = Path(__file__).parents[2]
RULES: tuple[Literal["information", "equalised"], ...] = ("information", "equalised")
PLAN = tj.Plan(
    title="Sixty people", grid={"since": "departure", "before": 6, "after": 12},
    people={"where": {"origin_country": "azerbaijan"}}, types={"k": 3, "quality": [2, 3]},
    comparison={"cohorts": ["az_waves"], "permutations": 99}, figures=["quality"],
)  # fmt: skip


@pytest.fixture(scope="module")
def sample() -> tj.Study:
    return tj.read_study(ROOT / "sample_data")


@pytest.fixture(scope="module", params=RULES)
def found(request: pytest.FixtureRequest, sample: tj.Study) -> tj.Findings:
    return tj.run(sample, weighed(request.param))


def weighed(weights: Any, **parts: Any) -> tj.Plan:
    """The plan with other weights."""
    measure = {"weights": weights} | parts.pop("measure", {})
    return PLAN.changed(measure=measure, **parts)


def test_the_numbers_are_those_of_the_library(sample: tj.Study, found: tj.Findings) -> None:
    weights = found.plan.measure.by_hand
    assert tuple(weights) == found.domains
    assert sum(weights.values()) / len(weights) == pytest.approx(1, abs=1e-3)
    if found.rule == "information":
        expected = tj.information_weights(found.aligned)
    else:
        alone = {name: tj.dissimilarities(found.aligned.only(name),
                                          tj.OptimalMatching(tj.transition_costs(found.aligned.only(name))))
                 for name in found.domains}  # fmt: skip
        expected = tj.equalising_weights(alone)
    assert weights == pytest.approx(expected, rel=5e-4)
    assert weights == {name: float(f"{weight:.4g}") for name, weight in weights.items()}


def test_a_rule_is_the_same_as_its_numbers(sample: tj.Study, found: tj.Findings) -> None:
    trust = {"draws": 2, "bootstrap": 3}
    ruled = tj.run(sample, found.asked.changed(stability=trust)).compute()
    typed = tj.run(sample, weighed(dict(found.plan.measure.by_hand), stability=trust)).compute()
    assert ruled.plan == typed.plan
    assert (ruled.dissimilarities.condensed == typed.dissimilarities.condensed).all()
    for name, table in typed.tables().items():
        pd.testing.assert_frame_equal(ruled.tables()[name], table, check_exact=True)
    assert ruled.sentences() == typed.sentences()


def test_draws_of_dates_keep_the_weights_found_once(
    sample: tj.Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []
    original = found_weights
    monkeypatch.setattr("trajectories.findings.weights.found_weights",
                        lambda *given: made.append("once") or original(*given))  # fmt: skip
    tj.run(sample, weighed("information", stability={"draws": 2, "bootstrap": 2, "subsamples": 2})).compute()
    assert made == ["once"]


def test_equalised_domains_contribute_the_same(sample: tj.Study) -> None:
    found = tj.run(sample, weighed("equalised", measure={"together": "summed"}))
    alone = compared_alone(found.aligned, found.plan.measure, found.domains)
    each = [found.plan.measure.weight(name) * diss.condensed.mean() for name, diss in alone.items()]
    assert each == pytest.approx([each[0]] * len(each), rel=1e-3)
    whole = tj.joint(alone, equalised=True).condensed
    np.testing.assert_allclose(found.dissimilarities.condensed / found.dissimilarities.condensed.mean(),
                               whole / whole.mean(), rtol=2e-3)  # fmt: skip


def test_domains_that_add_up_are_equalised_before_they_are_normalised(sample: tj.Study) -> None:
    plain, normed = (tj.run(sample, weighed("equalised", measure={"norm": norm})).plan.measure.by_hand
                     for norm in (None, "YujianBo"))  # fmt: skip
    assert plain == normed


@pytest.mark.parametrize(("measure", "types", "told"), [
    ({"weights": "informaton"}, {}, r"measure\.weights: a number for each domain, such as .* or one of the "
                                    r"rules information and equalised, not 'informaton'"),
    ({"weights": [2, 1]}, {}, r"measure\.weights: a number for each domain, .* not a list"),
    ({"weights": {"legal": "heavy"}}, {}, r"measure\.weights\.legal must be a number; it is 'heavy'"),
    ({"weights": {"legal": -1}}, {}, r"the weight of legal must be zero or more, not -1"),
    ({"weights": "information", "together": "fused"}, {}, "fused domains have no weights; leave them out"),
    ({"weights": "equalised", "name": "chi_squared"}, {}, "the chi squared knows no weights"),
])  # fmt: skip
def test_what_cannot_be_is_refused_with_its_line(
    tmp_path: Path, measure: dict[str, Any], types: dict[str, Any], told: str
) -> None:
    file = tmp_path / "plan.yaml"
    file.write_text(json.dumps({"measure": measure, "types": types}))
    with pytest.raises(SettingError, match=rf"plan\.yaml:1: .*{told}"):
        tj.Plan.read(file)


def test_from_python_the_refusal_names_no_branch() -> None:
    with pytest.raises(SettingError, match=r"^MeasurePlan: weights: a number for each domain"):
        MeasurePlan(weights="rule")
    with pytest.raises(SettingError, match=r"^MeasurePlan: weights\.legal: "):
        MeasurePlan(weights={"legal": "heavy"})


def test_one_domain_needs_no_rule(sample: tj.Study, found: tj.Findings) -> None:
    with pytest.raises(SettingError, match=rf"measure\.weights: {found.rule} weighs domains against each "
                                           r"other, and only one is aligned \(legal\)"):  # fmt: skip
        tj.run(sample, found.asked.changed(domains=["legal"]))


def test_weights_not_found_yet_are_not_taken_for_ones(sample: tj.Study, found: tj.Findings) -> None:
    with pytest.raises(SettingError, match="are found on lives: carry the plan out"):
        costs_of(found.aligned, found.asked.measure)


@pytest.mark.parametrize("rule", RULES)
def test_people_who_are_all_alike_cannot_be_weighed(rule: str) -> None:
    alike = read_sequences([{"id": "A", "1": "x", "2": "x"}, {"id": "B", "1": "x", "2": "x"}])
    with pytest.raises(SettingError, match="give weights by hand"):
        found_weights(alike, MeasurePlan(weights=rule))


def test_the_report_tells_rule_and_numbers(found: tj.Findings, tmp_path: Path) -> None:
    text = methods(found)
    told = {"information": "by the information in each domain", "equalised": "but equalised"}
    assert found.rule is not None
    assert told[found.rule] in text.paragraph
    assert "this is a choice" in text.paragraph
    for name, weight in found.plan.measure.by_hand.items():
        assert f"{weight:g} for {found.study.codebook.domain(name).label.lower()}" in text.paragraph
    assert any("Struffolino" in work for work in text.references)
    page = tj.write_report(found, tmp_path).read_text(encoding="utf-8")
    numbers = re.search(r"weights: (\{[^}]+\})</code>", page)
    assert numbers is not None
    assert f"weights: {found.rule}" in page
    manifest = json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["weights"] == found.plan.measure.by_hand
    assert tj.Plan(**manifest["plan"]) == found.asked
    assert manifest["plan_key"] == found.asked.key


def test_weights_by_hand_are_told_without_a_rule(sample: tj.Study) -> None:
    found = tj.run(sample, weighed({"legal": 2}))
    assert found.rule is None
    assert found.asked is found.plan
    assert "by hand but" not in methods(found).paragraph


def test_weights_do_not_change_crossed_types_and_this_is_said(sample: tj.Study) -> None:
    types = {"method": "crossed", "k": 3, "by_domain": {"location": 2, "legal": 2}}
    one, other = (tj.run(sample, weighed(weights, types=types)) for weights in ("information", {}))
    assert one.types.table()["type"].tolist() == other.types.table()["type"].tolist()
    assert "The weights of the domains change none of these types" in methods(one).paragraph
    assert "The weights of the domains change none of these types" not in methods(other).paragraph


def test_a_plan_with_a_rule_is_read_and_written(tmp_path: Path, found: tj.Findings) -> None:
    again = tj.Plan.read(found.asked.write(tmp_path / "plan.yaml"))
    assert again == found.asked
    assert again.measure.rule == found.rule
    assert again.key != found.plan.key


class TestMultiverse:
    """Rules among the settings that are tried."""

    def test_rules_are_options_of_a_choice(self, sample: tj.Study, found: tj.Findings) -> None:
        choices = {"measure.weights": ["information", "equalised"], "types.k": [3, 4]}
        plan = found.asked.changed(stability={"multiverse": choices})
        tried = tj.run(sample, plan).multiverse
        assert tried is not None
        table = tried.table()
        assert table["measure.weights"].tolist() == ["information"] * 2 + ["equalised"] * 2
        own = table[table["planned"]]
        assert own["measure.weights"].tolist() == [found.rule]
        assert own["rand"].tolist() == [1.0]
        typed = tj.run(sample, weighed(dict(found.plan.measure.by_hand)))
        quality = tj.cluster_quality(typed.dissimilarities, typed.types)
        assert own["asw"].tolist() == pytest.approx([quality["ASW"]], rel=1e-9)

    def test_usual_settings_keep_the_numbers_found(self, sample: tj.Study, found: tj.Findings) -> None:
        ruled = tj.multiverse(sample, found.asked, {"grid.step": ["month", "quarter"]})
        typed = tj.multiverse(sample, found.plan, {"grid.step": ["month", "quarter"]})
        pd.testing.assert_frame_equal(ruled.table(), typed.table(), check_exact=True)
        assert {one.plan.measure.rule for one in ruled.settings} == {None}
        assert "all alike" in tj.usual_choices(sample, found.asked)["measure.weights"]

    def test_other_domains_take_their_own_weights_along(self, sample: tj.Study) -> None:
        plan = weighed({"emotion": 0.25, "legal": 2})
        found = tj.multiverse(sample, plan, {"domains": {"two": ["location", "legal"], "one": ["location"]}})
        assert found.left_out == ()
        assert [one.plan.measure.by_hand for one in found.settings] == [{"legal": 2.0}, {}]
