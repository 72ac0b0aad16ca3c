"""How far types can be trusted, as part of a plan: off unless asked for, in tables, figure and report."""

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
ASKED = PLAN.changed(stability={"draws": 4, "bootstrap": 5})


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
    assert set(findings.stages) - set(off.stages) == {"draws of dates", "bootstrap"}


def test_tables_and_figure_are_those_of_the_functions(findings: tj.Findings) -> None:
    tables, dates, samples = findings.tables(), findings.date_stability, findings.bootstrap
    assert dates is not None
    assert samples is not None
    assert tables["date_stability"].equals(dates.table())
    assert tables["date_stability_people"].equals(dates.people())
    assert tables["bootstrap"]["type"].tolist() == list(PLAN.types.names)
    expected = tj.bootstrap_stability(findings.dissimilarities, 3, "pam", 5, PLAN.seed)
    assert tables["bootstrap"]["jaccard"].tolist() == expected.means.tolist()
    assert samples.typology.types.tolist() == findings.types.types.tolist()
    assert findings.figure_names == ("quality", "date_stability")
    assert findings.figure("date_stability").table["value"].sum() > 0
    assert len(findings.trust()) == len(dates.sentences()) + 1


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
    assert "figure-date_stability" in section
    assert not [person for person in findings.study.ids if person in section]
    assert '<a href="#trust">' in html
    assert "Hennig, C. (2007)" in html
    assert "repeated on 4 datings" in html
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
