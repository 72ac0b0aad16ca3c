"""Every figure draws its table: the arrays of the marks are the numbers of the public table functions."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from trajectories.coding.study import Study
from trajectories.comparison.cross_table import TypesByGroup, type_by_group
from trajectories.comparison.groups import Groups
from trajectories.errors import SettingError, StudyError
from trajectories.figures.cohort_types import plot_cohort_types
from trajectories.figures.cohorts import plot_cohorts
from trajectories.figures.distribution import plot_distribution
from trajectories.figures.figure import Bars, Figure, Line, Points, Rule, Stack, Tiles
from trajectories.figures.index import plot_index
from trajectories.figures.life import timeline_table
from trajectories.figures.quality import best, plot_quality
from trajectories.figures.timeline import plot_timeline
from trajectories.figures.types import columns_for, plot_types
from trajectories.sequences.description import state_distribution
from trajectories.sequences.order import sort_order
from trajectories.sequences.sequences import MISSING, Sequences
from trajectories.typology.typology import Typology


def marks(figure: Figure, kind: type) -> list:  # type: ignore[type-arg]
    return [mark for panel in figure.panels for mark in panel.marks if isinstance(mark, kind)]


def shares(table: pd.DataFrame) -> np.ndarray:  # type: ignore[type-arg]
    states = table["state"].nunique()
    return table["share"].to_numpy(dtype=float).reshape(-1, states).T


def test_every_figure_says_what_is_to_be_seen_and_holds_its_table(figures: dict[str, Figure]) -> None:
    for name, figure in figures.items():
        assert len(figure.summary) > 40, name
        assert figure.summary.endswith("."), name
        assert len(figure.table), name
        assert figure.title, name


def test_n_is_on_every_panel_of_people(figures: dict[str, Figure]) -> None:
    for name in ("distribution", "index", "cohorts", "cohort_types"):
        assert all(panel.subtitle.startswith("n = ") for panel in figures[name].panels), name
    assert [p.subtitle for p in figures["types"].panels if p.title][:3] == [
        "n = 18 (13 at the end)", "n = 12 (9 at the end)", "n = 10 (8 at the end)"
    ]  # fmt: skip


def test_distribution_draws_the_table_of_each_domain(lives: Sequences) -> None:
    figure = plot_distribution(lives)
    expected = state_distribution(lives)
    pd.testing.assert_frame_equal(figure.table, expected)
    for stack, domain in zip(marks(figure, Stack), lives.domains, strict=True):
        rows = expected[expected["domain"] == domain.name]
        np.testing.assert_array_equal(stack.shares, shares(rows))
        np.testing.assert_allclose(stack.shares.sum(axis=0), 1.0)
        assert stack.labels == tuple(state.label for state in domain.states)
        assert stack.edges == tuple(float(x) for x in range(-6, 13))


def test_summary_of_a_distribution_is_its_numbers(lives: Sequences) -> None:
    table = state_distribution(lives, "location")
    last = table[table["position"] == 11].sort_values("share", ascending=False).iloc[0]
    sentence = plot_distribution(lives, "location").summary
    said = f"location is {last['label']} for {last['share'] * 100:.0f}\u00a0%"
    assert sentence.startswith(f"Eleven months after departure, {said}")
    assert sentence.endswith(f"(n = {int(last['observed'])}).")


def test_index_rows_are_people_in_order(lives: Sequences) -> None:
    figure = plot_index(lives, sort="end", selected="P04")
    order = sort_order(lives, "location", "end")
    for i, tiles in enumerate(marks(figure, Tiles)):
        assert tiles.rows == order
        assert tiles.selected == "P04"
        np.testing.assert_array_equal(tiles.cells, lives.select(order).states[:, i, :])
    assert list(figure.table["id"]) == [*order, *order]
    legal = figure.table[figure.table["domain"] == "legal"]
    assert (legal == "*").sum().sum() == (lives.states == MISSING).sum()


def test_not_known_is_in_the_legend_only_where_tiles_show_it(lives: Sequences) -> None:
    assert [key.label for key in plot_index(lives, "legal").legends[0].keys][-1] == "not known"
    assert plot_index(lives, "legal").legends[0].keys[-1].hatched
    assert "not known" not in [key.label for key in plot_index(lives, "location").legends[0].keys]
    assert "not known" not in [key.label for key in plot_distribution(lives, "legal").legends[0].keys]


def test_types_are_columns_of_distribution_lives_and_medoid(lives: Sequences, types: Typology) -> None:
    figure = plot_types(lives, types, sort="typical")
    expected = state_distribution(lives, "location", {n: types.members(t) for t, n in enumerate(types.names)})
    pd.testing.assert_frame_equal(figure.table, expected)
    near = dict(zip(types.ids, types.to_medoid, strict=True))
    for t, name in enumerate(types.names):
        column = [panel for panel in figure.panels if panel.column == t]
        assert [panel.row for panel in column] == [0, 1, 2]
        stack, tiles, medoid = (panel.marks[0] for panel in column)
        assert isinstance(stack, Stack)
        assert isinstance(tiles, Tiles)
        assert isinstance(medoid, Tiles)
        np.testing.assert_array_equal(stack.shares, shares(expected[expected["group"] == name]))
        assert set(tiles.rows) == set(types.members(t))
        assert list(tiles.rows) == sorted(tiles.rows, key=near.__getitem__)
        assert medoid.rows == (types.medoids[t],)


@pytest.mark.parametrize(("k", "columns"), [(2, 2), (4, 4), (5, 5), (6, 6), (7, 4), (8, 4), (9, 5), (10, 5)])
def test_many_types_stand_in_even_rows(k: int, columns: int) -> None:
    assert columns_for(k) == columns


def test_types_stand_in_the_columns_asked_for(lives: Sequences, types: Typology) -> None:
    figure = plot_types(lives, types, columns=2)
    places = [(panel.row, panel.column) for panel in figure.panels if panel.title]
    assert places == [(0, 0), (0, 1), (3, 0)]
    assert [columns_for(7, 7), columns_for(7, 6), columns_for(7, 3), columns_for(5, 1)] == [7, 4, 3, 1]
    with pytest.raises(SettingError, match="cannot stand in 0 columns"):
        plot_types(lives, types, columns=0)


def test_the_words_of_types_are_few_and_their_numbers_the_tables(lives: Sequences) -> None:
    codes = np.arange(40) % 7
    seven = Typology(lives.ids, codes, tuple(f"way {t}" for t in range(7)), lives.ids[:7], "by hand",
                     np.zeros(40))  # fmt: skip
    figure = plot_types(lives, seven)
    assert len(figure.summary.split()) <= 60
    assert figure.summary.startswith(
        "40 people in 7 types, and their commonest location 11 months after departure: way 0 (6), "
    )
    rows = figure.table.query("group == 'way 3' and position == 11").sort_values("share")
    top = rows.iloc[-1]
    assert f"way 3 (6), {top['label']} {top['share'] * 100:.0f}\u00a0%" in figure.summary


def test_cohorts_share_their_axes_and_count_who_is_left_out(lives: Sequences, groups: Groups) -> None:
    figure = plot_cohorts(lives, groups)
    assert {(panel.row, panel.column) for panel in figure.panels} == {(r, c) for r in (0, 1) for c in (0, 1)}
    assert len({(panel.x.low, panel.x.high, panel.y.low, panel.y.high) for panel in figure.panels}) == 1
    assert figure.note == "Left out: 1 with dates that do not decide, 1 outside the scheme."
    first = figure.table[(figure.table["domain"] == "location") & (figure.table["group"] == "early")]
    np.testing.assert_array_equal(marks(figure, Stack)[0].shares, shares(first))


def test_cohorts_without_anybody_are_not_drawn_but_named(
    lives: Sequences, types: Typology, groups: Groups
) -> None:
    three = replace(groups, labels=("early", "between", "late"), codes=np.array([0, 2] * 19 + [-1, -1]))
    figure = plot_cohorts(lives, three, "location")
    assert [panel.title for panel in figure.panels] == ["early", "late"]
    assert figure.note.endswith("outside the scheme. Nobody shown is in “between”.")
    assert set(figure.table["group"]) == {"early", "late"}
    crossed = plot_cohort_types(type_by_group(types, three, permutations=9))
    assert crossed.note.endswith("Nobody shown is in “between”.")
    assert set(crossed.table["group"]) == {"early", "late"}


def test_cohort_types_bars_are_the_shares(figures: dict[str, Figure], comparison: TypesByGroup) -> None:
    table = comparison.table()
    pd.testing.assert_frame_equal(figures["cohort_types"].table, table)
    groups = list(dict.fromkeys(table["group"]))
    for panel in figures["cohort_types"].panels:
        (bars,) = panel.marks
        assert isinstance(bars, Bars)
        rows = table[table["type"] == panel.title]
        assert [bar.end for bar in bars.bars] == list(rows["share"])
        assert [groups[bar.row] for bar in bars.bars] == list(rows["group"])


def test_no_bar_is_marked_where_the_table_as_a_whole_is_what_chance_makes(
    types: Typology, groups: Groups
) -> None:
    apart = replace(groups, codes=np.array([0] * 19 + [1] * 19 + [-1, -1]))
    chance = replace(type_by_group(types, apart, permutations=99), p_permutation=0.2)
    figure = plot_cohort_types(chance)
    assert np.nanmax(np.abs(chance.residuals)) > 1.96
    assert not [bar.text for bars in marks(figure, Bars) for bar in bars.bars if bar.text[-1] in "▲▼"]
    assert figure.note.startswith("No cell is marked")


def test_residuals_are_signed_beyond_1_96(types: Typology, groups: Groups) -> None:
    sorted_codes = np.array([0] * 19 + [1] * 19 + [-1, -1])
    figure = plot_cohort_types(type_by_group(types, replace(groups, codes=sorted_codes), permutations=99))
    residuals = figure.table["residual"].to_numpy()
    signs = [bar.text[-1] for bars in marks(figure, Bars) for bar in bars.bars]
    assert len(signs) == len(residuals)
    for row in figure.table.itertuples():
        bars = next(panel for panel in figure.panels if panel.title == row.type).marks[0]
        text = bars.bars[["early", "late"].index(str(row.group))].text  # type: ignore[union-attr]
        assert ("▲" in text) <= (float(row.residual) >= 1.96)  # type: ignore[arg-type]
        assert ("▼" in text) <= (float(row.residual) <= -1.96)  # type: ignore[arg-type]
        assert (text[-1] in "▲▼") == (abs(float(row.residual)) > 2.4)  # type: ignore[arg-type]


def test_quality_lines_are_the_columns_with_their_direction() -> None:
    indices = {"ASW": [0.3, 0.5, 0.4], "HC": [0.1, 0.2, 0.3], "R2": [0.1, 0.2, 0.3]}
    table = pd.DataFrame({"k": [2, 3, 4], **indices})
    figure = plot_quality(table)
    assert [line.y for line in marks(figure, Line)] == [tuple(table[name]) for name in ("ASW", "HC", "R2")]
    directions = [panel.subtitle.split(";")[0] for panel in figure.panels]
    assert directions == ["higher is better", "lower is better", "grows with k"]
    assert (best(table, "ASW"), best(table, "HC"), best(table, "R2")) == (3, 2, None)
    assert [rule.x for rule in marks(figure, Rule)] == [3.0, 2.0]
    assert figure.summary.startswith("Of 2 to 4 types, the indices prefer 3 types by ASW and 2 types by HC.")


def test_timeline_draws_each_episode_where_its_table_has_it(study: Study) -> None:
    for person in study.ids[:30]:
        figure = plot_timeline(study, person)
        table = timeline_table(study, person)
        pd.testing.assert_frame_equal(figure.table, table)
        episodes = table[table["kind"] == "episode"].to_dict("records")
        (bars,) = marks(figure, Bars)
        assert [bar.text for bar in bars.bars] == [row["label"] for row in episodes]
        assert [bar.start for bar in bars.bars] == [row["start"].toordinal() for row in episodes]
        for bar, row in zip(bars.bars, episodes, strict=True):
            assert bar.fade_start == (row["start_days"] if row["start_days"] > 1 else 0)
            if isinstance(row["end"], dt.date):
                assert bar.end == row["end"].toordinal()
        (points,) = marks(figure, Points)
        assert [point.label for point in points.points] == list(table.loc[table["kind"] == "event", "label"])


def test_timeline_has_a_legend_for_each_domain_with_the_states_of_this_life(study: Study) -> None:
    figure = plot_timeline(study, study.ids[0])
    for legend in figure.legends:
        domain = next(d for d in study.codebook.domains if d.label == legend.title)
        codes = figure.table.loc[figure.table["domain"] == domain.name, "state"]
        used = {domain.top(code) for code in codes}
        states = [state for state in domain.states if state.code in used]
        assert [key.label for key in legend.keys] == [state.label for state in states]
        assert [key.colour for key in legend.keys] == [domain.colours[state.code] for state in states]


def test_quotes_are_in_hovers_only_when_asked_for(study: Study) -> None:
    biography = study.biography(study.ids[0])
    spoken = biography.episodes[0]._replace(quote="Nobody hears this")
    others = tuple(e for e in study.episodes if e is not biography.episodes[0])
    with_quote = replace(study, episodes=(spoken, *others))
    hovers = lambda figure: "".join(bar.hover for bars in marks(figure, Bars) for bar in bars.bars)  # noqa: E731
    assert "Nobody" not in hovers(plot_timeline(with_quote, study.ids[0]))
    assert "“Nobody hears this”" in hovers(plot_timeline(with_quote, study.ids[0], quotes=True))
    assert "Nobody" not in plot_timeline(with_quote, study.ids[0], quotes=True).table.to_string()


def test_refusals_name_the_way_out(lives: Sequences, types: Typology, groups: Groups, study: Study) -> None:
    with pytest.raises(SettingError, match="use plot_types"):
        plot_index(lives, sort="typical")
    with pytest.raises(SettingError, match="cannot be sorted by 'age'"):
        plot_index(lives, sort="age")
    with pytest.raises(SettingError, match="no domain 'work'"):
        plot_distribution(lives, "work")
    with pytest.raises(SettingError, match="same people"):
        plot_types(replace(lives, ids=tuple(f"Q{i}" for i in range(40))), types)
    with pytest.raises(SettingError, match="belongs to a group of 'Wave'"):
        plot_cohorts(lives, replace(groups, codes=np.full(40, -1)))
    with pytest.raises(SettingError, match="no table of quality"):
        plot_quality(pd.DataFrame({"n": [1]}))
    with pytest.raises(StudyError, match="no person 'XX'"):
        plot_timeline(study, "XX")
