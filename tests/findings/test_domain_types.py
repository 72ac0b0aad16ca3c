"""Types of domains each on its own, crossed, as part of a plan: found, judged, told and refused."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

import trajectories as tj
from trajectories.errors import SettingError
from trajectories.findings.settings_tried import settings
from trajectories.report.methods import methods
from trajectories.report.page import page
from trajectories.typology.gathered_types import GATHERED

ROOT = Path(__file__).parents[2]
TYPES: dict[str, Any] = {"method": "combined", "k": 5, "by_domain": {"legal": 3, "location": 4},
                         "quality": [2, 6]}  # fmt: skip
PLAN = tj.Plan(
    grid={"since": "departure", "before": 6, "after": 12}, domains=["location", "legal", "activism"],
    people={"where": {"origin_country": "azerbaijan"}}, measure={"weights": {"activism": 0.5}},
    types=TYPES, comparison={"permutations": 99}, figures=["types", "quality"],
)  # fmt: skip


@pytest.fixture(scope="module")
def study() -> tj.Study:
    return tj.read_study(ROOT / "sample_data")


@pytest.fixture(scope="module")
def merged(study: tj.Study) -> tj.Findings:
    return tj.run(study, PLAN)


@pytest.fixture(scope="module")
def gathered(study: tj.Study, merged: tj.Findings) -> tj.Findings:
    return tj.run(study, PLAN.changed(types={"method": "crossed"}), cache=merged.cache)


def by_hand(findings: tj.Findings) -> tj.CrossedTypes:
    lives = findings.aligned.only("location", "legal")
    return tj.types_by_domain(lives, lambda one: tj.OptimalMatching(tj.transition_costs(one)),
                              {"location": 4, "legal": 3}, seed=PLAN.seed)  # fmt: skip


def test_the_plan_finds_what_the_functions_find(merged: tj.Findings, gathered: tj.Findings) -> None:
    crossed, diss = by_hand(merged), merged.dissimilarities
    assert merged.crossed is not None
    assert np.array_equal(merged.crossed.labels(), crossed.labels())
    assert list(merged.crossed.typologies) == ["location", "legal"]
    found = tj.combined_types(diss, crossed, 5)
    assert merged.types.types.tolist() == found.typology.types.tolist()
    assert merged.types.k == 5
    assert merged.types.names[0] == _called(merged, found.groups[0])
    assert merged.quality.equals(tj.combined_quality(diss, crossed, range(2, 7)))
    assert gathered.types.types.tolist() == tj.gathered_types(diss, crossed, 5).types.tolist()
    assert gathered.quality.equals(tj.gathered_quality(diss, crossed, range(2, 7)))


def _called(findings: tj.Findings, group: tuple[str, ...]) -> str:
    """The name of a type by the plan: its most common combination, in the words of the domains' types."""
    assert findings.crossed is not None
    places = [int(name.rpartition(" ")[2]) - 1 for name in group[0].split(" + ")]
    words = [one.names[t] for one, t in zip(findings.crossed.typologies.values(), places, strict=True)]
    return " + ".join(words) + (" and others" if len(group) > 1 else "")


def test_common_combinations_are_types_and_the_others_are_gathered(gathered: tj.Findings) -> None:
    table, types = gathered.tables()["combinations"], gathered.types
    assert table["n"].sum() == gathered.lives.n
    assert table["n"].tolist() == sorted(table["n"], reverse=True)
    assert list(types.sizes[:4]) == table["n"].tolist()[:4]
    assert types.sizes[4] == table["n"][4:].sum()
    assert types.names[4] == GATHERED
    assert table["type"].tolist()[4:] == [GATHERED] * (len(table) - 4)
    every = tj.gathered_types(gathered.dissimilarities, by_hand(gathered), len(table))
    assert GATHERED not in every.names
    assert list(every.sizes) == table["n"].tolist()


def test_quality_of_each_number_is_that_of_its_types(merged: tj.Findings, gathered: tj.Findings) -> None:
    crossed, diss = by_hand(merged), merged.dissimilarities
    for row in merged.quality.to_dict("records"):
        _is_that_of(row, tj.combined_types(diss, crossed, int(row["k"])).typology, diss)
    for row in gathered.quality.to_dict("records"):
        _is_that_of(row, tj.gathered_types(diss, crossed, int(row["k"])), diss)


def _is_that_of(row: dict[Any, Any], types: tj.Typology, diss: tj.Dissimilarities) -> None:
    assert types.k == row["k"]
    found = tj.cluster_quality(diss, types)
    assert row["ASW"] == pytest.approx(found["ASW"], rel=1e-10)
    assert row["HC"] == pytest.approx(found["HC"], rel=1e-10)


def test_merged_types_are_nested(merged: tj.Findings) -> None:
    crossed = by_hand(merged)
    fine, coarse = (tj.combined_types(merged.dissimilarities, crossed, k).typology.types for k in (5, 4))
    assert all(len(set(coarse[fine == t])) == 1 for t in range(5))


def test_the_report_tells_of_the_domains_and_their_combinations(
    merged: tj.Findings, gathered: tj.Findings
) -> None:
    table = merged.tables()["types_by_domain"]
    assert table.groupby("domain")["n"].sum().tolist() == [merged.lives.n] * 2
    assert table["type"].tolist()[:4] == table["mostly"].tolist()[:4]
    for _, one in table.groupby("domain"):
        assert one["type"].is_unique
    told = " ".join(merged.sentences())
    occurring = len(merged.tables()["combinations"])
    assert f"4 of location and 3 of legal status, of which {occurring} combinations occur" in told
    text = methods(merged)
    assert "4 types in location and 3 types in legal status" in text.paragraph
    assert "CombT; Ritschard, Liao and Struffolino 2023" in text.paragraph
    assert any("Ritschard" in work for work in text.references)
    kept = "The 4 most common combinations were taken as types and people with any other"
    assert kept in methods(gathered).paragraph
    html = page(gathered, [])
    assert "How they go together" in html
    assert " + ".join(gathered.tables()["combinations"][["location", "legal"]].iloc[0]) in html


def test_stability_is_that_of_the_same_way(study: tj.Study, merged: tj.Findings) -> None:
    asked = PLAN.changed(stability={"draws": 2, "bootstrap": 3, "subsamples": 2, "null_models": 2,
                                    "multiverse": {"types.method": ["combined", "crossed", "pam"]},
                                    })  # fmt: skip
    findings = tj.run(study, asked, cache=merged.cache)
    samples, dates, tried = findings.bootstrap, findings.date_stability, findings.multiverse
    assert samples is not None
    assert samples.typology.types.tolist() == merged.types.types.tolist()
    assert 0 < np.nanmean(samples.jaccard) < 1
    assert dates is not None
    assert dates.draws == 2
    assert tried is not None
    assert tried.table()["rand"][0] == 1.0
    assert len(tried.rows) == 3
    assert not tried.left_out
    table = findings.tables()["null_models"]
    assert (table["model"] == "markov").any()
    observed = table[(table["model"] == "markov") & (table["index"] == "ASW")].set_index("k")["observed"]
    assert observed[5] == pytest.approx(merged.quality.set_index("k")["ASW"][5])
    assert len(findings.trust()) > 5


def test_whole_lives_are_tried_without_types_of_domains() -> None:
    found = list(settings(PLAN, {"types.method": ["combined", "ward"], "types": [{"method": "pam"}]}))
    assert not [one for one in found if isinstance(one, tuple)]


@pytest.mark.parametrize(("types", "told"), [
    ({"by_domain": {}}, "method: combined needs by_domain"),
    ({"by_domain": {"location": 4}}, "by_domain has one domain only (location), and nothing"),
    ({"by_domain": {"location": 1, "legal": 3}}, "types.by_domain.location: input should be greater"),
    ({"method": "pam"}, "by_domain goes with method: combined or crossed, and the method is pam"),
    ({"k": 13}, "k is 13, but 3 by 4 types have no more than 12 combinations"),
])  # fmt: skip
def test_what_no_plan_allows_is_refused(types: dict[str, Any], told: str) -> None:
    with pytest.raises(SettingError) as refusal:
        tj.Plan(types={**TYPES, **types})
    assert told in str(refusal.value)


@pytest.mark.parametrize(("parts", "told"), [
    ({"types": {"by_domain": {"location": 4, "legel": 3}}},
     "types.by_domain: no domain 'legel' is aligned. Aligned are location, legal, activism. Did you mean "),
    ({"types": {"by_domain": {"location": 4, "emotion": 3}}}, "by_domain: no domain 'emotion' is aligned"),
    ({"measure": {"weights": {"legal": 0}}}, "what weighs 0 in measure.weights is not crossed (legal)"),
    ({"types": {"k": 12}}, "12 types were asked for, but of 4 types in location crossed with 3 in"),
    ({"types": {"by_domain": {"location": 50, "legal": 3}}}, "types.by_domain.location is 50, but the"),
])  # fmt: skip
def test_what_the_study_does_not_have_is_refused(study: tj.Study, parts: dict[str, Any], told: str) -> None:
    whole = {name: {**PLAN.model_dump()[name], **value} for name, value in parts.items()}
    with pytest.raises(SettingError) as refusal:
        _ = tj.run(study, PLAN.changed(**whole)).types
    assert told in str(refusal.value)


def test_a_file_is_refused_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "plan.yaml"
    file.write_text("types:\n  method: combined\n  k: 3\n  by_domain: {location: 1, legal: 3}\n")
    with pytest.raises(SettingError, match=r"plan.yaml:4: types.by_domain.location must be .* 2"):
        tj.Plan.read(file)
    plan = PLAN
    assert tj.Plan.read(plan.write(tmp_path / "again.yaml")) == plan


def test_the_script_for_r_says_what_it_cannot(merged: tj.Findings, tmp_path: Path) -> None:
    with pytest.raises(SettingError, match="not types of domains that are combined"):
        tj.write_traminer(merged, tmp_path)
