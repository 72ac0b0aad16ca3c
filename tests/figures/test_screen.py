"""On screen: the traces are the marks, a click knows the person, and nothing is asked of another machine."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import TypeGuard

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest
from plotly.io.json import to_json_plotly

from tests.dashboard.conftest import find_browser
from trajectories.coding.study import Study
from trajectories.figures import style
from trajectories.figures.figure import Axis, Bars, Figure, Panel, Rule, Stack, Tiles
from trajectories.figures.index import plot_index
from trajectories.figures.life import coding_key
from trajectories.figures.screen import CONFIG, html
from trajectories.figures.timeline import plot_timeline
from trajectories.figures.types import plot_types
from trajectories.sequences.sequences import Sequences
from trajectories.typology.typology import Typology


def test_stacked_traces_are_the_shares(figures: dict[str, Figure]) -> None:
    for name in ("distribution", "types", "cohorts"):
        drawn = figures[name].screen()
        layers = [trace for trace in drawn.data if trace.type == "scatter" and trace.stackgroup]
        stacks = [mark for panel in figures[name].panels for mark in panel.marks if isinstance(mark, Stack)]
        expected = [pair for stack in stacks for pair in zip(stack.shares, stack.colours, strict=True)]
        assert len(layers) == len(expected)
        for trace, (layer, colour) in zip(layers, expected, strict=True):
            np.testing.assert_array_equal(np.asarray(trace.y)[:-1], layer)
            assert trace.fillcolor == colour
            assert trace.line.shape == "hv"


def test_what_a_page_is_given_is_what_plotly_would_accept(figures: dict[str, Figure]) -> None:
    for figure in figures.values():
        plain = figure.plain(width=700, height=300)
        checked = go.Figure(plain["data"], {**plain["layout"], "template": "none"})
        assert checked.to_json() == figure.screen(width=700, height=300).to_json()
        assert json.loads(to_json_plotly(plain))["layout"]["height"] == checked.layout.height


def test_heatmaps_are_the_cells_with_people_as_rows(figures: dict[str, Figure]) -> None:
    for name in ("index", "types"):
        maps = [trace for trace in figures[name].screen().data if trace.type == "heatmap"]
        tiles = [mark for panel in figures[name].panels for mark in panel.marks if isinstance(mark, Tiles)]
        for trace, mark in zip(maps, tiles, strict=True):
            z, k = np.asarray(trace.z), len(mark.colours)
            assert z.dtype == np.uint8
            np.testing.assert_array_equal(np.array([*range(k), -1, -2])[z], mark.cells)
            assert tuple(trace.y) == mark.rows
            scale = [colour for _, colour in trace.colorscale]
            assert scale[::2] == scale[1::2] == [*mark.colours, style.MISSING_FILL, style.PAPER]


def test_not_known_cells_are_hatched_and_only_they(lives: Sequences) -> None:
    (hatched,) = [trace for trace in plot_index(lives, "legal").screen().data if trace.type == "bar"]
    assert hatched.marker.pattern.shape == "/"
    assert sum(hatched.x) == (lives.states[:, 1] == -1).sum()
    assert not [trace for trace in plot_index(lives, "location").screen().data if trace.type == "bar"]


def test_selected_row_is_outlined_not_covered(figures: dict[str, Figure]) -> None:
    shapes = figures["index"].screen().layout.shapes
    boxes = [shape for shape in shapes if shape.type == "rect" and shape.yref == "y"]
    assert len(boxes) == 2
    row = next(m for m in figures["index"].panels[0].marks if isinstance(m, Tiles)).rows.index("P10")
    for box in boxes:
        assert box.fillcolor == "rgba(0,0,0,0)"
        assert box.y0 < row - 0.5
        assert box.y1 > row + 0.5


def test_colours_on_screen_are_those_of_the_description(figures: dict[str, Figure]) -> None:
    for figure in figures.values():
        keys = [key.colour for legend in figure.legends for key in legend.keys]
        boxes = [shape.fillcolor for shape in figure.screen().layout.shapes if shape.xsizemode == "pixel"]
        assert [colour for colour in boxes if colour is not None] == keys


def test_text_is_eleven_pixels_or_more(figures: dict[str, Figure]) -> None:
    for name, figure in figures.items():
        drawn = figure.screen()
        fonts = list(_fonts(drawn.to_plotly_json()))
        assert len(fonts) > 5, name
        assert min(fonts) >= 11, name
        spans = re.findall(r"font-size:(\d+)px", drawn.to_json())
        assert all(int(size) >= 11 for size in spans), name


def _fonts(part: object) -> Iterator[float]:
    """Every size in anything called a font."""
    for key, value in part.items() if isinstance(part, dict) else enumerate(part) if _listed(part) else ():
        if isinstance(value, dict) and str(key).endswith("font") and "size" in value:
            yield value["size"]
        yield from _fonts(value)


def _listed(part: object) -> TypeGuard[list[object]]:
    return isinstance(part, list | tuple) and not (part and isinstance(part[0], int | float | str))


def test_nothing_outside_is_named_and_nothing_can_be_sent(figures: dict[str, Figure]) -> None:
    assert CONFIG["showSendToCloud"] is False
    for name, figure in figures.items():
        page = html(figure, library=False)
        assert '"showSendToCloud": false' in page, name
        assert not re.findall(r"https?://[^\s\"']+", page), name
        assert "cdn" not in page.lower(), name


def test_names_are_text_not_markup(lives: Sequences, types: Typology) -> None:
    drawn = plot_types(lives, types).screen().to_json()
    assert "\\u003cagain" not in drawn.replace("&lt;", "")
    assert "&lt;again&gt;" in drawn


def test_width_wraps_titles_and_height_sets_the_axes(lives: Sequences, types: Typology) -> None:
    long = types.named("left early and stayed on a humanitarian permit", "onward", "returned")
    figure = plot_types(lives, long)
    lines = lambda drawn: max(a.text.count("<br>") for a in drawn.layout.annotations)  # noqa: E731
    assert lines(figure.screen(width=500)) > lines(figure.screen(width=2000))
    drawn = figure.screen(width=900, height=400)
    margin = drawn.layout.margin
    area = drawn.layout.height - margin.t - margin.b
    spans = {tuple(drawn.layout[f"yaxis{n or ''}"].domain) for n in ("", 2, 3)}
    assert sum(end - start for start, end in spans) * area == pytest.approx(400, abs=2)
    assert figure.screen(title=False).layout.title.text is None


def test_axes_do_not_overlap(figures: dict[str, Figure]) -> None:
    for name, figure in figures.items():
        for width in (380, 960, 1600):
            layout = figure.screen(width=width).layout
            tails = [str(i + 1) if i else "" for i in range(len(figure.panels))]
            boxes = [(layout[f"xaxis{tail}"].domain, layout[f"yaxis{tail}"].domain) for tail in tails]
            for i, (x, y) in enumerate(boxes):
                assert 0 <= x[0] < x[1] <= 1, name
                assert 0 <= y[0] < y[1] <= 1, name
                assert all(_apart(x, p) or _apart(y, q) for p, q in boxes[:i]), (name, width)


def _apart(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return one[0] >= other[1] or other[0] >= one[1]


def test_the_timeline_is_dated(study: Study) -> None:
    drawn = plot_timeline(study, study.ids[0]).screen()
    assert drawn.layout.xaxis.type == "date"
    assert all(re.match(r"\d{4}-\d\d-\d\d", str(base)) for base in drawn.data[-2].base)


def test_a_click_on_the_timeline_is_the_episode(study: Study) -> None:
    figure = plot_timeline(study, study.ids[0])
    bars = next(mark for mark in figure.panels[0].marks if isinstance(mark, Bars)).bars
    first = figure.table.iloc[0]
    assert bars[0].key == coding_key(first["domain"], first["state"], first["written"])
    carried = [trace.customdata for trace in figure.screen().data if trace.customdata is not None]
    assert list(carried[0]) == [bar.key for bar in bars]


def test_a_click_is_the_person(lives: Sequences) -> None:
    numbered = replace(lives, ids=tuple(f"{i:03d}" for i in range(lives.n)))
    drawn = plot_index(numbered, "location").screen()
    assert drawn.layout.yaxis.type == "category"
    assert all(isinstance(row, str) for row in drawn.data[0].y)


@pytest.mark.browser
def test_a_browser_asks_nobody_and_finds_no_share_button(figures: dict[str, Figure], tmp_path: Path) -> None:
    page_file = tmp_path / "types.html"
    page_file.write_text(html(figures["types"]), encoding="utf-8")
    with ThreadPoolExecutor(1) as own:
        asked, buttons, who, said = own.submit(_seen, page_file).result(timeout=120)
    assert [url for url in asked if not url.startswith(("file:", "data:", "blob:"))] == []
    assert not [title for title in buttons if "hare" in title or "loud" in title]
    assert re.fullmatch(r"P\d\d", who)
    assert said.startswith(who)
    assert said.endswith("months since departure")


def _seen(page_file: Path) -> tuple[list[str], list[str], str, str]:
    """What the page asks for, its buttons, who a click on an index plot is, and what the hover says.

    In a thread of its own: another test's browser may be running in this one.
    """
    from playwright.sync_api import sync_playwright

    asked: list[str] = []
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=find_browser(play), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1000, "height": 700})
        page.on("request", lambda request: asked.append(request.url))
        page.goto(page_file.as_uri())
        page.wait_for_selector(".modebar", state="attached")
        page.evaluate("document.querySelector('.plotly-graph-div').on('plotly_click', "
                      "click => window.who = click.points[0].y)")  # fmt: skip
        where = page.locator(".subplot.x2y2 .hm image, .heatmaplayer image").first.bounding_box()
        assert where is not None
        page.mouse.move(where["x"] + where["width"] * 0.7, where["y"] + where["height"] * 0.5)
        page.wait_for_selector(".hovertext")
        said = page.locator(".hovertext").first.text_content()
        page.mouse.click(where["x"] + where["width"] * 0.7, where["y"] + where["height"] * 0.5)
        who = page.evaluate("window.who")
        buttons = page.eval_on_selector_all(".modebar-btn", "all => all.map(one => one.dataset.title)")
        browser.close()
    return asked, buttons, str(who), said or ""


def test_a_panel_without_marks_has_a_trace_for_its_axes() -> None:
    """Plotly draws the axes of a panel that no trace lies on at "NaN"."""
    empty = Panel((Rule(0.0),), Axis("months", low=0.0, high=12.0), Axis(""))
    (trace,) = Figure("", "", (empty,), pd.DataFrame()).screen().data
    assert (trace.xaxis, trace.yaxis, trace.opacity) == ("x", "y", 0)
