"""Figures of trees and of crossed typologies: they draw their tables, and show nobody."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.comparison.material import typed
from tests.typology.material import on_a_line, scattered
from trajectories.errors import SettingError
from trajectories.figures.crossed_types import plot_combined_types, plot_crossed_types
from trajectories.figures.figure import Bars, Figure, Line
from trajectories.figures.tree import plot_tree
from trajectories.typology.combined_types import combined_types
from trajectories.typology.crossed_types import CrossedTypes, cross_types
from trajectories.typology.hierarchy import hierarchy
from trajectories.typology.partition import partition


def lines_of(figure: Figure) -> list[Line]:
    return [mark for mark in figure.panels[0].marks if isinstance(mark, Line)]


def crossed() -> CrossedTypes:
    diss = scattered(40, 3)
    names = {"place": "abc", "law": "xy", "mood": "stuv"}
    found = {name: partition(diss, len(of), seed=i).named(*(f"{name} {x}" for x in of))
             for i, (name, of) in enumerate(names.items())}  # fmt: skip
    return cross_types(found)


def test_a_tree_is_drawn_merge_by_merge() -> None:
    tree = hierarchy(on_a_line([0, 1, 5, 6.5, 20]), "complete")
    figure = plot_tree(tree)
    (line,) = lines_of(figure)
    tops = sorted(set(np.array(line.y)[np.isfinite(line.y)]) - {0.0})
    assert tops == pytest.approx(tree.heights)
    assert line.marker == "none"
    assert figure.panels[0].x.ticks is not None
    assert [label for _, label in figure.panels[0].x.ticks] == ["1"] * 5


def test_branches_below_the_cut_have_the_types_colours() -> None:
    tree = hierarchy(scattered(50, 1), "ward")
    figure = plot_tree(tree, tree.cut(4), ends=20)
    named = {line.label: line for line in lines_of(figure)}
    assert next(iter(named)) == "above the cut"
    above = np.array(named["above the cut"].y)
    cut = named["cut into 4 types"].y[0]
    assert sum(np.isnan(above)) == 3
    for name in ("Type 1", "Type 2", "Type 3", "Type 4"):
        if name in named:
            assert np.nanmax(named[name].y) < cut
    ticks = figure.panels[0].x.ticks or ()
    assert len(ticks) == 20
    assert sum(int(label) for _, label in ticks) == 50
    assert len(figure.table) == 49


def test_a_tree_needs_its_own_types_and_ends_enough() -> None:
    tree = hierarchy(scattered(20, 1), "ward")
    with pytest.raises(SettingError, match="no cut of this tree"):
        plot_tree(tree, hierarchy(scattered(20, 2), "ward").cut(3))
    with pytest.raises(SettingError, match="at least 5 ends, not 4"):
        plot_tree(tree, tree.cut(5), ends=4)


def test_each_other_domain_is_laid_across_the_first() -> None:
    found = crossed()
    figure = plot_crossed_types(found.pairs())
    assert [panel.title for panel in figure.panels] == ["law", "mood"]
    place, law = found.typologies["place"], found.typologies["law"]
    bars = next(mark for mark in figure.panels[0].marks if isinstance(mark, Bars)).bars
    for bar in bars:
        name = bar.hover.split("\n")[1].split(":")[0]
        both = (place.types == bar.row) & (law.types == law.names.index(name))
        assert bar.end - bar.start == pytest.approx(both.sum() / place.sizes[bar.row])


def test_any_domain_can_be_the_rows() -> None:
    figure = plot_crossed_types(crossed().pairs(), "mood")
    assert [panel.title for panel in figure.panels] == ["place", "law"]
    assert figure.table.groupby(["other", "type"])["share"].sum().round(9).eq(1).all()
    with pytest.raises(SettingError, match="There is no domain 'legal' here; there are place"):
        plot_crossed_types(crossed().pairs(), "legal")
    with pytest.raises(SettingError, match="no table of crossed types"):
        plot_crossed_types(crossed().table())


def test_one_person_is_no_mark_whatever_the_residual() -> None:
    place, law = typed([0] * 40 + [1, 1]), typed([0] * 41 + [1])
    pairs = cross_types({"place": place, "law": law}).pairs()
    alone = pairs[(pairs["type"] == "Type 2") & (pairs["other_type"] == "Type 2")].iloc[0]
    assert alone["residual"] > 4
    assert alone["exact_p"] > 0.025
    hovers = [bar.hover for mark in plot_crossed_types(pairs).panels[0].marks
              if isinstance(mark, Bars) for bar in mark.bars]  # fmt: skip
    assert not any("▲" in hover or "▼" in hover for hover in hovers)


def test_combinations_have_the_colour_of_their_type() -> None:
    found = crossed()
    combined = combined_types(scattered(40, 3), found, small=0.1)
    figure = plot_combined_types(combined.table(), found.table())
    bars = next(mark for mark in figure.panels[0].marks if isinstance(mark, Bars)).bars
    assert sum(bar.end for bar in bars) == 40
    assert len({bar.colour for bar in bars}) == combined.typology.k
    with pytest.raises(SettingError, match="do not hold the combination"):
        plot_combined_types(combined.table().assign(combination="x"), found.table())
    with pytest.raises(SettingError, match="no tables of combined types"):
        plot_combined_types(found.table(), found.table())


def test_they_are_drawn_on_paper_and_screen(tmp_path: Path) -> None:
    tree, found = hierarchy(scattered(30, 5), "average"), crossed()
    combined = combined_types(scattered(40, 3), found)
    for figure in (plot_tree(tree, tree.cut(3)), plot_crossed_types(found.pairs()),
                   plot_combined_types(combined.table(), found.table())):  # fmt: skip
        one, other = (figure.save(tmp_path / name).read_bytes() for name in ("a.svg", "b.svg"))
        assert one == other
        assert len(figure.screen().data) > 0
        assert figure.summary.endswith(".")
