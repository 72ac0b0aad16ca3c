"""A figure for others' eyes: distributions of groups, rounded, and nothing of a single life."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from trajectories.comparison.groups import Groups
from trajectories.figures.cohorts import plot_cohorts
from trajectories.figures.figure import Stack, Tiles
from trajectories.figures.group_view import distributions_only
from trajectories.figures.types import plot_types
from trajectories.sequences.sequences import VOID, Sequences
from trajectories.typology.typology import Typology


def test_no_life_no_count_no_exact_share(lives: Sequences, types: Typology, groups: Groups) -> None:
    for figure in (plot_types(lives, types), plot_cohorts(lives, groups, "location")):
        seen = distributions_only(figure)
        marks = [mark for panel in seen.panels for mark in panel.marks]
        assert not any(isinstance(mark, Tiles) for mark in marks)
        stacks = [mark for mark in marks if isinstance(mark, Stack)]
        assert len(stacks) == len(seen.panels)
        for stack in stacks:
            assert stack.counts is None
            np.testing.assert_allclose(stack.shares * 20, np.rint(stack.shares * 20), atol=1e-9)
        drawn = np.concatenate([stack.shares.T.ravel() for stack in stacks])
        np.testing.assert_allclose(seen.table["share"], drawn)
        assert "n = " not in seen.summary + "".join(panel.subtitle for panel in seen.panels)
        assert "P0" not in str((seen.summary, seen.note, seen.table.to_csv()))


def test_few_at_the_end_are_not_told(lives: Sequences, types: Typology) -> None:
    states = lives.states.copy()
    states[18:30, :, -2:] = VOID
    states[[18, 19], :, -2:] = 0
    seen = distributions_only(plot_types(replace(lives, states=states), types))
    assert [panel.subtitle for panel in seen.panels] == [f"about {n} people" for n in (20, 10, 10)]
    onward = next(mark for mark in seen.panels[1].marks if isinstance(mark, Stack))
    assert np.isnan(onward.shares[:, -2:]).all()
    assert not np.isnan(onward.shares[:, :-3]).any()
    assert "onward: 9 months after departure, about " in seen.summary


def test_it_is_drawn_with_the_axes_of_the_lowest_row(lives: Sequences, types: Typology) -> None:
    seen = distributions_only(plot_types(lives, types))
    assert {panel.row for panel in seen.panels} == {0}
    assert any(panel.x.label for panel in seen.panels)
    assert seen.screen().data
