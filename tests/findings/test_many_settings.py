"""Other settings of one plan: what is tried, what is told of it, and that it can be taken up again."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import trajectories as tj
from trajectories.errors import SettingError
from trajectories.findings import many_settings as module
from trajectories.findings.many_settings import RESULTS, Multiverse, multiverse
from trajectories.findings.settings_tried import Setting, bare, settings, usual_choices, with_step
from trajectories.sequences.grid import Grid

ROOT = Path(__file__).parents[2]
CHOICES = {
    "measure.weights": {"as planned": {"emotion": 0.25},
                        "place only": {"legal": 0, "activism": 0, "emotion": 0}},
    "types.method": ["pam", "ward"],
    "types.k": [3, 4],
}


@pytest.fixture(scope="module")
def sample() -> tj.Study:
    return tj.read_study(ROOT / "sample_data")


@pytest.fixture(scope="module")
def plan() -> tj.Plan:
    return tj.Plan(
        title="Sixty people", grid={"since": "departure", "before": 6, "after": 12},
        people={"where": {"origin_country": "azerbaijan"}}, measure={"weights": {"emotion": 0.25}},
        types={"k": 3, "names": ["a", "b", "c"], "quality": [2, 3]},
        comparison={"cohorts": ["az_waves"], "permutations": 99},
    )  # fmt: skip


@pytest.fixture(scope="module")
def tried(sample: tj.Study, plan: tj.Plan) -> Multiverse:
    return multiverse(sample, plan, CHOICES)


def test_each_row_is_what_the_plan_of_its_setting_finds(
    sample: tj.Study, plan: tj.Plan, tried: Multiverse
) -> None:
    table = tried.table()
    assert list(table.columns) == ["setting", "planned", *CHOICES, *RESULTS]
    assert len(table) == 8
    own = tj.run(sample, plan)
    for setting, row in zip(tried.settings, table.to_dict("records"), strict=True):
        found = tj.run(sample, setting.plan)
        assert row["n"] == found.lives.n
        assert row["k"] == int(row["types.k"]) == found.types.k
        assert row["pseudo_r2"] == found.discrepancy("az_waves").pseudo_r2
        assert row["v_p_value"] == found.type_table("az_waves").p_permutation
        assert row["rand"] == tj.compare_typologies(own.types, found.types).rand
        asw = tj.cluster_quality(found.dissimilarities, found.types)["ASW"]
        assert row["asw"] == pytest.approx(asw, rel=1e-9)


def test_the_plans_own_setting_is_among_them(tried: Multiverse) -> None:
    table = tried.table()
    assert table.index[table["planned"]].tolist() == [tried.planned] == [0]
    assert table["rand"][0] == 1.0
    without = [setting.plan.types.names for setting in tried.settings]
    assert set(without) == {()}


def test_sentences_are_the_numbers_of_the_table(tried: Multiverse) -> None:
    table, told = tried.table(), tried.sentences()
    alike = (table["rand"] >= 0.65).sum()
    top = tried.matters().set_index("choice")["rand"]
    first = {"measure.weights": "the weights of the domains (measure.weights) decide",
             "types.method": "the method (types.method) decides",
             "types.k": "the number of types (types.k) decides"}  # fmt: skip
    begun = first[str(top.idxmax())]
    assert told[0].startswith(f"Of the choices, {begun} most about")
    assert f"which types are found ({top.max() * 100:.0f}" in told[0]
    told = told[next(i for i, one in enumerate(told) if one.startswith("In 8")):]
    assert told[0].startswith("In 8 settings (measure.weights, types.method and types.k), types agree")
    assert told[0].endswith(f"at 0.65 or above in {alike} of them.")
    survive = (table.groupby("measure.weights")["p_value"].first() < 0.05).sum()
    assert f"permutation p below 0.05 in {survive} of 2 settings of the alignment" in told[1]
    assert f"under the plan {table['pseudo_r2'][0]:.3f}" in told[1]
    assert f"Cramér's V {table['cramers_v'].median():.2f} in the median" in told[2]


def test_shares_of_variance_are_those_of_an_analysis_of_variance(tried: Multiverse) -> None:
    table, found = tried.table(), tried.matters().set_index("choice")
    total = table["rand"].var(ddof=0)
    means = table.groupby("types.k")["rand"].mean()
    assert found.loc["types.k", "rand"] == pytest.approx(means.var(ddof=0) / total)
    assert found.loc["types.k", "pseudo_r2"] == pytest.approx(0, abs=1e-12)
    assert found["options"].tolist() == [2, 2, 2]


def test_it_can_be_interrupted_and_taken_up_again(
    sample: tj.Study, plan: tj.Plan, tried: Multiverse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(stage: str, done: int, total: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        multiverse(sample, plan, CHOICES, folder=tmp_path, progress=stop, threads=1)
    kept = sorted(tmp_path.glob("*.json"))
    assert 2 <= len(kept) < 8
    assert set(json.loads(kept[0].read_text(encoding="utf-8"))) == set(RESULTS)
    kept[0].write_text('{"n": 3', encoding="utf-8")
    made: list[int] = []
    original = module._row
    monkeypatch.setattr(module, "_row", lambda *args: made.append(1) or original(*args))
    again = multiverse(sample, plan, CHOICES, folder=tmp_path)
    assert len(made) == 8 - len(kept) + 1
    pd.testing.assert_frame_equal(again.table(), tried.table())
    assert not list(tmp_path.glob("*.part"))


def test_rows_in_the_cache_are_not_computed_again(
    sample: tj.Study, plan: tj.Plan, tried: Multiverse, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = tj.Cache()
    choices = {"types.k": [3, 4]}
    first = multiverse(sample, plan, choices, cache=cache, threads=2)
    pd.testing.assert_frame_equal(multiverse(sample, plan, choices, threads=1).table(), first.table())
    monkeypatch.setattr(module, "_row", None)
    second = multiverse(sample, plan, choices, cache=cache, threads=1)
    pd.testing.assert_frame_equal(first.table(), second.table())


def test_combinations_that_cannot_be_are_listed_with_the_reason(sample: tj.Study, plan: tj.Plan) -> None:
    found = multiverse(sample, plan, {"measure.name": ["hamming", "longest_common_subsequence"],
                                      "types.k": [3, 500]})  # fmt: skip
    assert len(found.rows) == 1
    assert len(found.left_out) == 3
    reasons = dict(found.left_out)
    assert "knows no weights" in reasons["measure.name: longest common subsequence; types.k: 3"]
    assert "types.k is 500" in reasons["measure.name: hamming; types.k: 500"]
    assert found.planned is None
    assert "3 combinations could not be carried out" in found.sentences()[-1]


def test_without_cohorts_only_types_are_told(sample: tj.Study, plan: tj.Plan) -> None:
    found = multiverse(sample, plan.changed(comparison={"cohorts": []}), {"types.k": [3, 4]})
    assert np.isnan(found.values("pseudo_r2")).all()
    assert found.matters()["pseudo_r2"].isna().all()
    assert len(found.sentences()) == 1


def test_what_cannot_be_chosen_is_refused(sample: tj.Study, plan: tj.Plan, tmp_path: Path) -> None:
    with pytest.raises(SettingError, match=r"'colour' cannot be chosen otherwise; .* such as types\.k"):
        multiverse(sample, plan, {"colour": ["red"]})
    with pytest.raises(SettingError, match=r"'types\.k' needs a list of values"):
        multiverse(sample, plan, {"types.k": []})
    with pytest.raises(SettingError, match="at least one choice"):
        multiverse(sample, plan, {})
    with pytest.raises(SettingError, match=r"None of the 1 combinations .* types.k: 1\. "):
        multiverse(sample, plan, {"types.k": [1]})
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(SettingError, match="the settings that are done cannot be kept there"):
        multiverse(sample, plan, {"types.k": [3]}, folder=tmp_path / "file")


def test_usual_choices_begin_with_the_plans_own(sample: tj.Study, plan: tj.Plan) -> None:
    choices = usual_choices(sample, plan)
    assert set(choices) == {"measure", "measure.weights", "grid", "types.method", "types.k"}
    assert list(choices["measure.weights"]) == [
        "as planned", "all alike", "without location", "without legal", "without activism", "without emotion"
    ]  # fmt: skip
    assert list(choices["types.k"]) == ["3", "2", "4"]
    first = next(settings(plan, choices))
    assert isinstance(first, Setting)
    assert first.plan.key == bare(plan).key
    plans = [one.plan.key for one in settings(plan, choices) if isinstance(one, Setting)]
    assert len(plans) == len(set(plans)) == 4 * 6 * 3 * 2 * 3


def test_longer_steps_keep_the_window() -> None:
    quarterly = with_step(Grid(since="departure", before=12, after=20), "quarter")
    assert (quarterly.before, quarterly.after, quarterly.step) == (4, 7, "quarter")
    calendar = with_step(Grid(start="2020-01", end="2022-12"), "year")
    assert (calendar.start, calendar.end, calendar.step) == ("2020-01", "2022-12", "year")
