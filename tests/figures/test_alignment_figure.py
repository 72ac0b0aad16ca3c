"""The figure of an alignment draws its steps: every month once, where it lies, with its cost."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from trajectories.alignment.costs.cost_rules import constant_costs
from trajectories.alignment.explaining.alignment import Alignment
from trajectories.alignment.explaining.explanation import explain
from trajectories.alignment.measures.basic import Hamming, OptimalMatching
from trajectories.alignment.measures.distributions import EuclideanDistributions
from trajectories.alignment.measures.events import EventMatching
from trajectories.alignment.measures.warping import TimeWarping
from trajectories.coding.codebook import Domain
from trajectories.errors import SettingError
from trajectories.figures.aligned import ALONE, KEPT, SUBSTITUTED
from trajectories.figures.alignment import plot_alignment
from trajectories.figures.figure import Bars, Figure, Ribbon, Ribbons
from trajectories.figures.style import MISSING_FILL
from trajectories.sequences.event_lives import EventLives, change_events, read_event_lives
from trajectories.sequences.sequences import VOID, Sequences
from trajectories.wording import amount


def ribbons(figure: Figure, panel: int) -> tuple[Ribbon, ...]:
    return next(mark for mark in figure.panels[panel].marks if isinstance(mark, Ribbons)).ribbons


def bars(figure: Figure, panel: int) -> Bars:
    return next(mark for mark in figure.panels[panel].marks if isinstance(mark, Bars))


def ranked(domain: Domain) -> Domain:
    """The domain with its states ranked in their order."""
    states = tuple(state.model_copy(update={"rank": float(i)}) for i, state in enumerate(domain.states))
    return domain.model_copy(update={"states": states})


@pytest.fixture(scope="module")
def aligned(lives: Sequences) -> Alignment:
    return explain(lives, OptimalMatching(constant_costs(lives).weighted(legal=0.5)), "P01", "P08")


@pytest.fixture(scope="module")
def figure(lives: Sequences, aligned: Alignment) -> Figure:
    return plot_alignment(lives, aligned)


def test_every_position_is_in_one_ribbon(lives: Sequences, figure: Figure) -> None:
    for panel in range(len(lives.domains)):
        for person, side in (("P01", "upper"), ("P08", "lower")):
            spans = [getattr(one, side) for one in ribbons(figure, panel)]
            long = sorted(span for span in spans if span[1] > span[0])
            seen = int((lives.select([person]).states[0] != VOID).any(axis=0).sum())
            assert sum(end - start for start, end in long) == seen
            assert all(end <= start for (_, end), (start, _) in pairwise(long))


def test_costs_are_those_of_the_alignment(figure: Figure, aligned: Alignment) -> None:
    for panel, (_, cost) in enumerate(aligned.by_domain().items()):
        told = [float(one.hover.rpartition("cost ")[2]) for one in ribbons(figure, panel)]
        assert sum(told) == pytest.approx(cost, rel=1e-3)
        assert figure.panels[panel].subtitle.startswith(f"costs {amount(cost)}: ")
    assert figure.summary.startswith(f"P01 and P08 are {amount(aligned.cost)} apart (Location ")
    assert figure.table.equals(aligned.table())


def test_colours_say_what_is_done(figure: Figure) -> None:
    for panel in (0, 1):
        for one in ribbons(figure, panel):
            wide = [span[1] > span[0] for span in (one.upper, one.lower)]
            assert (one.colour == ALONE) == (not all(wide))
            assert (one.colour == KEPT) == ("kept: " in one.hover)
            assert bool(one.text) == (one.colour != KEPT)


def test_rows_are_the_two_lives_in_their_states(lives: Sequences, figure: Figure) -> None:
    rows = bars(figure, 0)
    assert rows.rows == ("P01", "", "P08")
    first = [bar for bar in rows.bars if bar.row == 0]
    assert first[0].text == "Origin"
    assert {bar.row for bar in rows.bars} == {0, 2}
    assert first[0].colour == lives.domains[0].colours["origin"]


def test_missing_is_told_and_void_is_not_drawn(lives: Sequences) -> None:
    drawn = plot_alignment(lives, explain(lives, OptimalMatching(constant_costs(lives)), "P00", "P01"))
    legal = bars(drawn, 1).bars
    assert any(bar.colour == MISSING_FILL and bar.text == "not known" for bar in legal if bar.row == 0)
    assert max(bar.end for bar in legal if bar.row == 0) == 9
    assert [key.label for key in drawn.legends[2].keys][-1] == "not known"


def test_position_by_position_nothing_is_slanted(lives: Sequences) -> None:
    window = lives.select(["P01", "P02"])
    drawn = plot_alignment(window, explain(window, Hamming(), "P01", "P02"))
    for panel in (0, 1):
        assert all(one.upper == one.lower for one in ribbons(drawn, panel))
        assert {one.colour for one in ribbons(drawn, panel)} <= {KEPT, SUBSTITUTED}
    assert "Slanted" not in drawn.note
    assert [key.label for key in drawn.legends[0].keys] == ["same state", "one state for another"]


def test_one_domain_of_several(lives: Sequences) -> None:
    legal = lives.only("legal")
    drawn = plot_alignment(lives, explain(legal, OptimalMatching(constant_costs(legal)), "P01", "P08"))
    assert [panel.title for panel in drawn.panels] == ["Legal status"]


def test_a_warping_is_drawn_with_its_pauses(lives: Sequences) -> None:
    legal = lives.only("legal").select(["P01", "P02"])
    pair = replace(legal, domains=(ranked(legal.domains[0]),))
    aligned = explain(pair, TimeWarping(), "P01", "P02")
    drawn = plot_alignment(pair, aligned)
    assert drawn.panels[0].subtitle.startswith(f"costs {amount(aligned.cost)}, the root of ")
    assert " steps " in drawn.panels[0].subtitle
    counted = [int(word) for word in drawn.panels[0].subtitle.split(": ")[1].split() if word.isdigit()]
    assert sum(counted) == len(aligned.steps)
    assert "before the square root is taken" in drawn.note
    told = [float(one.hover.rpartition("cost ")[2]) for one in ribbons(drawn, 0)]
    assert sum(told) == pytest.approx(aligned.added)
    for side in ("upper", "lower"):
        spans = [getattr(one, side) for one in ribbons(drawn, 0)]
        assert all(after[0] in (before[1], before[1] - 1) for before, after in pairwise(spans))


def test_both_renderers_draw_it(tmp_path: Path, figure: Figure) -> None:
    screen = figure.screen(width=700)
    filled = [trace for trace in screen.data if getattr(trace, "fill", None) == "toself"]
    assert len(filled) == sum(len(ribbons(figure, panel)) for panel in (0, 1))
    assert {trace.fillcolor for trace in filled} >= {KEPT}
    first, second = figure.save(tmp_path / "a.svg").read_bytes(), figure.save(tmp_path / "b.svg").read_bytes()
    assert first == second


def test_an_alignment_of_other_lives(lives: Sequences, aligned: Alignment) -> None:
    with pytest.raises(SettingError, match=r"of other lives: they do not have its domains .location"):
        plot_alignment(lives.only("legal"), aligned)
    with pytest.raises(SettingError, match="No sequence here"):
        plot_alignment(lives.select(["P01"]), aligned)


def test_events_are_joined_where_states_are_entered(lives: Sequences) -> None:
    aligned = explain(lives, EventMatching(0.1), "P01", "P08")
    drawn = plot_alignment(lives, aligned)
    assert [panel.title for panel in drawn.panels] == ["Location", "Legal status"]
    entered = change_events(lives.select(["P01", "P08"]))
    for panel, name in enumerate(("location", "legal")):
        told = ribbons(drawn, panel)
        assert sum(float(one.hover.rpartition("cost ")[2]) for one in told) == pytest.approx(
            aligned.by_domain()[name])  # fmt: skip
        for life, side in zip(entered.moments, ("upper", "lower"), strict=True):
            spans = [getattr(one, side) for one in told]
            times = [time for time, kinds in life for kind in kinds if entered.kinds[kind].startswith(name)]
            assert sorted(start + 6 for start, end in spans if end > start) == sorted(times)
    assert {one.colour for one in (*ribbons(drawn, 0), *ribbons(drawn, 1))} == {KEPT, ALONE}
    assert [key.label for key in drawn.legends[0].keys] == ["in both lives", "only in one of the lives"]


def test_coded_events_are_drawn_at_their_times(tmp_path: Path) -> None:
    rows = [("A", 1, "left"), ("A", 4, "visa"), ("A", 4, "work"), ("B", 2, "left"), ("B", 9, "visa")]
    events = read_event_lives(pd.DataFrame(rows, columns=["id", "time", "event"]))
    aligned = explain(events, EventMatching(0.1), "A", "B")
    drawn = plot_alignment(events, aligned)
    assert drawn.title == "How the events of A become those of B"
    assert drawn.panels[0].subtitle == "costs 1.6: 2 events kept, 1 deleted"
    assert drawn.table.equals(aligned.table())
    placed = {(bar.row, bar.hover.split("\n")[0]): (bar.start + bar.end) / 2 for bar in bars(drawn, 0).bars}
    beside = placed.pop((0, "A: work")) - placed[0, "A: visa"]
    assert beside == pytest.approx(bars(drawn, 0).bars[0].end - bars(drawn, 0).bars[0].start)
    times = {(0, "A: left"): 1, (0, "A: visa"): 4, (2, "B: left"): 2, (2, "B: visa"): 9}
    assert placed == pytest.approx(times)
    assert drawn.screen(width=700).data
    assert drawn.save(tmp_path / "events.svg").exists()
    with pytest.raises(SettingError, match="of other lives"):
        plot_alignment(events, replace(aligned, of="positions"))


@pytest.mark.parametrize("overlap", [False, True])
def test_shares_of_time_are_drawn_by_interval(lives: Sequences, overlap: bool) -> None:
    legal = lives.only("legal")
    aligned = explain(legal, EuclideanDistributions(4, overlap=overlap), "P01", "P08")
    drawn = plot_alignment(legal, aligned)
    told = ribbons(drawn, 0)
    costs = [float(one.hover.rpartition("cost ")[2]) for one in told]
    assert sum(costs) == pytest.approx(aligned.added, rel=1e-3)
    assert [one.upper for one in told] == [one.lower for one in told]
    assert [edge for one in told for edge in one.upper][:: len(told) * 2 - 1] == [-6, 12]
    assert all((one.colour == SUBSTITUTED) == bool(one.text) for one in told)
    assert drawn.title == "How the lives of P01 and P08 spread over the states"
    assert drawn.panels[0].subtitle.endswith(" unlike")


def test_lives_without_any_event() -> None:
    empty = EventLives(("A", "B"), ("x",), ((), ()), np.ones(2))
    drawn = plot_alignment(empty, explain(empty, EventMatching(), "A", "B"))
    assert drawn.summary == "A and B are 0 apart: neither has any event."
    assert drawn.panels[0].subtitle == "costs 0: no events"
    assert drawn.screen(width=700).data is not None
