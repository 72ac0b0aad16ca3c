"""How far types can be trusted, as part of a plan: off unless asked for, in tables, figure and report."""

from collections import Counter
from pathlib import Path

import pytest

import trajectories as tj
from trajectories.errors import SettingError

ROOT = Path(__file__).parents[2]
PLAN = tj.Plan(
    grid={"since": "departure", "before": 6, "after": 12},
    people={"where": {"origin_country": "azerbaijan"}},
    types={"k": 3, "names": ["=Blieb", "Zog <weiter>", "Kehrte zurück"], "quality": [2, 4]},
    comparison={"permutations": 99}, figures=["quality"],
)  # fmt: skip
CHOICES = {"types.k": [3, 4], "types.method": ["pam", "ward"]}
ASKED = PLAN.changed(stability={"draws": 4, "bootstrap": 5, "subsamples": 3, "null_models": 3,
                                "multiverse": CHOICES})  # fmt: skip


@pytest.fixture(scope="module")
def findings() -> tj.Findings:
    return tj.run(tj.read_study(ROOT / "sample_data"), ASKED)


def test_nothing_of_it_is_there_unless_asked_for(findings: tj.Findings) -> None:
    off = tj.run(findings.study, PLAN, cache=findings.cache)
    assert off.date_stability is None
    assert off.bootstrap is None
    assert off.trust() == []
    assert off.figure_names == ("quality",)
    assert not [name for name in off.tables() if "stability" in name or name == "bootstrap"]
    assert off.subsamples is None
    assert off.null_models == {}
    assert off.multiverse is None
    asked = {"draws of dates", "bootstrap", "subsamples", "null models", "multiverse"}
    assert set(findings.stages) - set(off.stages) == asked


def test_tables_and_figure_are_those_of_the_functions(findings: tj.Findings) -> None:
    tables, dates, samples = findings.tables(), findings.date_stability, findings.bootstrap
    found = findings.multiverse
    assert dates is not None
    assert samples is not None
    assert found is not None
    assert tables["date_stability"].equals(dates.table())
    assert tables["date_stability_people"].equals(dates.people())
    assert tables["bootstrap"]["type"].tolist() == list(PLAN.types.names)
    expected = tj.bootstrap_stability(findings.dissimilarities, 3, "pam", 5, PLAN.seed)
    assert tables["bootstrap"]["jaccard"].tolist() == expected.means.tolist()
    assert samples.typology.types.tolist() == findings.types.types.tolist()
    assert findings.figure_names == (
        "quality", "null_models", "bootstrap", "date_stability", "multiverse_types",
    )  # fmt: skip
    assert findings.figure("date_stability").table["value"].sum() > 0
    told = len(dates.sentences()) + len(found.sentences()) + len(findings.null_models)
    assert len(findings.trust()) == told + 3
    parts = findings.trust_parts()
    assert list(parts) == ["number", "choices", "chance", "people", "dates"]
    assert parts["choices"][0].plain.startswith("Of the choices, ")
    assert findings.trust() == [one for part in parts.values() for one in part]


def test_the_numbers_of_types_are_held_against_each_other(findings: tj.Findings) -> None:
    (told,), dates, parts = findings.trust_parts()["number"], findings.date_stability, findings.subsamples
    assert dates is not None
    assert parts is not None
    widths = findings.quality.set_index("k")["ASW"]
    votes = Counter(dates.best_k).most_common(1)[0]
    assert f"as reported {widths.idxmax()} types have the largest" in told.plain
    assert f"{votes[0]} have it in {votes[1]} of 4 draws" in told.plain
    assert f"agree most on {parts.set_index('k')['rand'].idxmax()}" in told.plain
    answers = {widths.idxmax(), votes[0], parts.set_index("k")["rand"].idxmax()}
    assert ("not a contradiction" in told.plain) == (len(answers) > 1)
    assert f"as reported {widths.max():.2f}" in told.statistic
    off = tj.run(findings.study, PLAN, cache=findings.cache)
    assert "number" not in off.trust_parts()


def test_subsamples_null_models_and_multiverse_are_those_of_the_functions(findings: tj.Findings) -> None:
    tables, diss = findings.tables(), findings.dissimilarities
    assert tables["subsamples"].equals(tj.subsample_stability(diss, range(2, 5), "pam", 3, PLAN.seed))
    measure = tj.OptimalMatching(tj.transition_costs(findings.aligned))
    expected = tj.null_models(findings.aligned, measure, range(2, 5), "markov", 3, PLAN.seed).table()
    shown = tables["null_models"]
    assert shown[shown["model"] == "markov"].reset_index(drop=True).equals(expected)
    assert list(dict.fromkeys(shown["model"])) == [
        "combined", "duration", "sequencing", "independent", "markov",
    ]  # fmt: skip
    found = tj.multiverse(findings.study, ASKED, CHOICES)
    assert tables["multiverse"].equals(found.table())
    assert tables["multiverse_choices"].equals(found.matters())
    assert len(tables["multiverse"]) == 4


def test_a_multiverse_is_kept_in_the_folder_as_it_is_done(findings: tj.Findings, tmp_path: Path) -> None:
    kept = tmp_path / "settings"
    told: list[tuple[str, int, int]] = []
    plan = PLAN.changed(stability={"multiverse": {"types.k": [3, 4]}})
    found = tj.run(findings.study, plan, folder=kept, progress=lambda *step: told.append(step)).multiverse
    assert found is not None
    assert len(list(kept.glob("*.json"))) == len(found.rows) == 2
    assert ("multiverse", 2, 2) in told


def test_every_question_can_be_asked_at_once() -> None:
    asked = ASKED.stability.all()
    assert asked == ASKED.stability
    usual = tj.Plan().stability.all()
    assert (usual.draws, usual.bootstrap, usual.subsamples, usual.null_models) == (20, 100, 50, 100)
    assert usual.multiverse == "usual"
    assert not tj.Plan().stability.asked()
    assert usual.asked()


def test_choices_read_from_a_file_are_those_of_python(tmp_path: Path) -> None:
    text = "stability:\n  multiverse: {types.k: [3, 4], types.method: [pam, ward]}\n"
    (tmp_path / "plan.yaml").write_text(text)
    read = tj.Plan.read(tmp_path / "plan.yaml")
    assert read.stability == tj.Plan(stability={"multiverse": CHOICES}).stability
    assert tj.Plan.read(read.write(tmp_path / "again.yaml")) == read
    for word, meant in (("yes", "usual"), ("no", "no"), ("usual", "usual")):
        (tmp_path / "plan.yaml").write_text(f"stability: {{multiverse: {word}}}\n")
        assert tj.Plan.read(tmp_path / "plan.yaml").stability.multiverse == meant


@pytest.mark.parametrize(("value", "told"), [
    ("perhaps", "no, usual, or parts of the plan with the values to try, not 'perhaps'"),
    ({"figures": ["index"]}, "'figures' cannot be chosen otherwise; choose parts under grid"),
    ({"types.k": 4}, "types.k needs a list of values to try"),
])  # fmt: skip
def test_other_multiverses_are_refused(value: object, told: str) -> None:
    with pytest.raises(SettingError, match=told):
        tj.Plan(stability={"multiverse": value})


def test_it_is_computed_once(findings: tj.Findings) -> None:
    assert findings.date_stability is findings.date_stability
    other = tj.run(findings.study, ASKED.changed(view={"domain": "legal"}), cache=findings.cache)
    assert other.date_stability is findings.date_stability


def test_the_report_has_a_section_and_names_nobody_in_it(findings: tj.Findings, tmp_path: Path) -> None:
    html = tj.write_report(findings, tmp_path / "out").read_text(encoding="utf-8")
    start = html.index('<section id="trust">')
    section = html[start : html.index("</section>", start)]
    assert "How far this can be trusted" in section
    assert "Zog &lt;weiter&gt;" in section
    for name in ("null_models", "bootstrap", "date_stability", "multiverse_types"):
        assert f"figure-{name}" in section
    assert not [person for person in findings.study.ids if person in section]
    assert '<a href="#trust">' in html
    assert "Hennig, C. (2007)" in html
    assert "repeated on 4 datings" in html
    assert "Steegen, S., Tuerlinckx, F." in html
    assert (tmp_path / "out" / "tables" / "date_stability_people.csv").exists()


def test_plans_refuse_one_draw_and_negative_numbers() -> None:
    with pytest.raises(SettingError, match="one draw cannot be compared with others; give 20"):
        tj.Plan(stability={"draws": 1})
    with pytest.raises(SettingError, match="stability"):
        tj.Plan(stability={"bootstrap": -1})


def test_dates_of_a_draw_are_another_analysis(findings: tj.Findings) -> None:
    from trajectories.sequences.draws import draw_dates

    draw = draw_dates(findings.study, 2, 3)[0]
    drawn = tj.run(findings.study, PLAN, cache=findings.cache, dates=draw)
    assert drawn.key != tj.run(findings.study, PLAN, cache=findings.cache).key
    assert drawn.lives is not findings.lives
    assert (tj.build_sequences(findings.study, PLAN.grid, dates=draw).states == drawn.built.states).all()


def test_typical_lives_are_a_figure_of_the_plan_and_rest_on_five_people(findings: tj.Findings) -> None:
    asked = tj.run(findings.study, PLAN.changed(figures=["typical"]), cache=findings.cache)
    assert asked.figure_names == ("typical",)
    measure = tj.OptimalMatching(tj.transition_costs(asked.aligned))
    expected = tj.barycentres(asked.aligned, asked.types, measure, at_least=5).lives
    assert asked.typical.ids == PLAN.types.names
    assert (asked.typical.states == expected.states).all()
    fused = tj.run(findings.study, PLAN.changed(measure={"together": "fused"}, stability={"null_models": 1}))
    assert (fused.typical.states == tj.modal_life(fused.aligned, fused.types, at_least=5).states).all()
    assert set(fused.null_models) == set(findings.null_models)
