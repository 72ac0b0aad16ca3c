"""Figures of what a typology depends on: they draw their tables, and show nobody."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from trajectories.errors import SettingError
from trajectories.figures.date_stability import PARTS, plot_date_stability
from trajectories.figures.figure import Bars, Figure, Line, Points
from trajectories.figures.multiverse import plot_multiverse
from trajectories.figures.null_models import plot_null_models
from trajectories.figures.type_stability import plot_type_stability

TRIED = pd.DataFrame({
    "setting": range(1, 9),
    "planned": [True] + [False] * 7,
    "measure": ["om", "om", "hamming", "hamming"] * 2,
    "types.k": ["3", "4"] * 4,
    "grid": ["month"] * 4 + ["<quarter>"] * 4,
    "n": 60, "k": [3, 4] * 4,
    "asw": np.linspace(0.4, 0.1, 8),
    "rand": [1.0, 0.9, 0.5, 0.4, 0.8, 0.7, 0.3, np.nan],
    "pseudo_r2": [0.05, 0.05, 0.04, 0.04, 0.03, 0.03, 0.02, 0.02],
    "p_value": [0.01, 0.01, 0.02, 0.02, 0.20, 0.20, 0.30, 0.30],
    "cramers_v": np.linspace(0.5, 0.2, 8),
    "v_p_value": 0.01,
})  # fmt: skip
DRAWS = pd.DataFrame({"draw": [1, 2, 3, 4], "rand": [0.9, 0.4, 1.0, 0.7], "best_k": [2, 2, 5, 0]})
TYPES = pd.DataFrame({"type": ["stayed & <left>", "moved on"], "n": [10, 4], "always": [8, 1],
                      "mostly": [2, 1], "seldom": [0, 2], "share": [0.95, 0.6]})  # fmt: skip


def bars_of(figure: Figure, row: int) -> Bars:
    return next(mark for panel in figure.panels if panel.row == row
                for mark in panel.marks if isinstance(mark, Bars))  # fmt: skip


def test_results_stand_in_order_and_choices_under_them() -> None:
    figure = plot_multiverse(TRIED, "rand")
    assert figure.table["setting"].tolist() == [7, 4, 3, 6, 5, 2, 1]
    line = next(mark for mark in figure.panels[0].marks if isinstance(mark, Line))
    assert list(line.y) == figure.table["rand"].tolist() == sorted(figure.table["rand"])
    titles = ["measure", "number of types (k)", "window and step"]
    assert [panel.title for panel in figure.panels[1:]] == titles
    for row, choice in enumerate(("measure", "types.k", "grid"), start=1):
        bars = bars_of(figure, row)
        taken = {round((bar.start + bar.end) / 2): bars.rows[bar.row] for bar in bars.bars}
        assert [taken[i] for i in range(1, 8)] == figure.table[choice].tolist()
    assert figure.note.endswith("1 more have no such result.")


def test_what_an_effect_does_not_depend_on_is_drawn_once() -> None:
    figure = plot_multiverse(TRIED)
    assert figure.table["pseudo_r2"].tolist() == [0.02, 0.03, 0.04, 0.05]
    assert [panel.title for panel in figure.panels[1:]] == ["measure", "window and step"]
    own = next(mark for mark in figure.panels[0].marks if isinstance(mark, Points)).points
    assert [(point.x, point.row) for point in own] == [(4.0, 0.05)]
    below, beyond = (mark for mark in figure.panels[0].marks if isinstance(mark, Line))
    np.testing.assert_array_equal(below.y, [0.02, 0.03, np.nan, np.nan])
    np.testing.assert_array_equal(beyond.y, [np.nan, np.nan, 0.04, 0.05])
    assert figure.summary.endswith("The permutation p is below 0.05 in 2 of them.")


def test_staying_agreement_and_winners_are_the_tables() -> None:
    figure = plot_date_stability(DRAWS, TYPES)
    for row, one in enumerate(TYPES.to_dict("records")):
        drawn = [bar for bar in bars_of(figure, 0).bars if bar.row == row]
        assert [bar.end - bar.start for bar in drawn] == pytest.approx(
            [one[part] / one["n"] for part in PARTS if one[part]])  # fmt: skip
        assert drawn[-1].end == pytest.approx(1.0)
    line = next(mark for mark in figure.panels[1].marks if isinstance(mark, Line))
    assert list(line.y) == [0.4, 0.7, 0.9, 1.0]
    wins = bars_of(figure, 2)
    assert wins.rows == ("2 types (reported)", "5 types")
    assert [bar.end for bar in wins.bars] == [2.0, 1.0]
    table = figure.table
    assert table.loc[table["panel"] == "people", "value"].tolist() == [8, 2, 0, 1, 1, 2]
    assert table.loc[table["panel"] == "rand", "value"].tolist() == DRAWS["rand"].tolist()
    assert "9 of 14 people (64\u00a0%) are in the same type in all 4 draws" in figure.summary


def test_both_renderers_draw_them_the_same_twice(tmp_path: Path) -> None:
    for make in (lambda: plot_multiverse(TRIED, "rand"), lambda: plot_date_stability(DRAWS, TYPES)):
        one, two = make().save(tmp_path / "one.svg"), make().save(tmp_path / "two.svg")
        assert one.read_bytes() == two.read_bytes()
        assert "<quarter>" not in make().screen().to_html(include_plotlyjs=False)
        assert "<left>" not in make().screen().to_html(include_plotlyjs=False)


def test_other_tables_are_refused() -> None:
    with pytest.raises(SettingError, match=r"has no entropy to draw; .* rand, asw"):
        plot_multiverse(TRIED, "entropy")
    with pytest.raises(SettingError, match="has no results to draw"):
        plot_multiverse(TRIED.drop(columns=["setting"]))
    with pytest.raises(SettingError, match=r"give its table\(\) and its by_type\(\), with always"):
        plot_date_stability(DRAWS, TYPES.drop(columns=["always"]))


CHANCE = pd.DataFrame({
    "model": ["combined"] * 3 + ["markov"] * 3, "repetitions": 99, "k": [2, 3, 4] * 2, "index": "ASW",
    "observed": [0.3, 0.4, 0.2] * 2, "low": [0.0, 0.1, 0.1, 0.2, 0.3, np.nan],
    "high": [0.1, 0.2, 0.3, 0.4, 0.5, np.nan], "p_adjusted": [0.01, 0.01, 0.4, 0.3, 0.2, np.nan],
})  # fmt: skip
AGAIN = pd.DataFrame({
    "type": ["stayed & <left>", "moved on", "nobody"], "n": [10, 4, 1], "jaccard": [0.9, 0.5, np.nan],
    "low": [0.7, 0.2, np.nan], "high": [1.0, 0.8, np.nan], "reading": ["highly stable", "unstable", ""],
})  # fmt: skip
PARTED = pd.DataFrame({"k": [2, 3], "rand": [0.4, 0.8], "low": [-0.1, 0.6], "high": [0.7, 1.0]})


def points_of(figure: Figure, panel: int) -> list[tuple[float, float | None, str]]:
    marks = [mark for mark in figure.panels[panel].marks if isinstance(mark, Points)]
    return [(point.x, point.row, point.colour) for point in marks[0].points]


def test_found_types_stand_beside_those_of_chance() -> None:
    figure = plot_null_models(CHANCE)
    assert [panel.title for panel in figure.panels] == [
        "Order and durations by chance", "Only the state before counts",
    ]  # fmt: skip
    first, second = points_of(figure, 0), points_of(figure, 1)
    assert [x for x, _, _ in first] == [0.3, 0.4, 0.2]
    assert first[0][2] == first[1][2] != first[2][2] == second[0][2]
    bars = next(mark for mark in figure.panels[1].marks if isinstance(mark, Bars))
    assert [(bar.start, bar.end) for bar in bars.bars] == [(0.2, 0.4), (0.3, 0.5)]
    assert "Order and durations by chance: beyond chance with 2 and 3 types" in figure.summary
    assert "only the state before counts: not beyond chance" in figure.summary
    few = plot_null_models(CHANCE.assign(repetitions=19, p_adjusted=0.05))
    assert "chance. Too few repetitions to tell." in few.summary
    assert [key.label for key in few.legends[0].keys] == ["found", "lives made by chance, middle 95 %"]
    for other in (CHANCE.drop(columns="model"), CHANCE.assign(index="PBC")):
        with pytest.raises(SettingError, match="give null_models"):
            plot_null_models(other)


def test_types_found_again_are_drawn_with_their_reading() -> None:
    figure = plot_type_stability(AGAIN, PARTED)
    assert [x for x, _, _ in points_of(figure, 0)] == [0.9, 0.5]
    assert [x for x, _, _ in points_of(figure, 1)] == [0.4, 0.8]
    assert [key.label for key in figure.legends[0].keys] == ["highly stable", "unstable"]
    assert figure.panels[1].x.low == -0.1
    assert figure.summary.startswith("Of 2 types, 1 is highly stable and 1 is unstable.")
    assert "agree most on 3 types (adjusted Rand index 0.80)" in figure.summary
    assert figure.table["mean"].tolist() == [0.9, 0.5, 0.4, 0.8]
    assert len(plot_type_stability(AGAIN).panels) == 1
    with pytest.raises(SettingError, match="they need jaccard"):
        plot_type_stability(AGAIN.drop(columns="jaccard"))


def test_figures_of_trust_are_drawn_on_paper_and_screen(tmp_path: Path) -> None:
    for figure in (plot_null_models(CHANCE), plot_type_stability(AGAIN, PARTED)):
        one, other = (figure.save(tmp_path / name).read_bytes() for name in ("a.svg", "b.svg"))
        assert one == other
        assert len(figure.screen().data) > 0
