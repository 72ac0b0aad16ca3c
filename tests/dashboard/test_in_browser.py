"""The dashboard in a real browser: every control changes what is seen, nothing leaves, nothing breaks."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from dashboard.session import Board, Session
from tests.dashboard.conftest import SAMPLE, Running, Watched, opened, slow_processor, start, stop
from trajectories.plan import Plan

pytestmark = pytest.mark.browser


# helpers --------------------------------------------------------------------------------------------------


def board_of(session: Session, **change: Any) -> Board:
    """What the library finds when the controls stand elsewhere."""
    return session.board(replace(session.start, **change))


def choose(page: Page, label: str, *options: str) -> None:
    """Choose in a list by the words that are read there."""
    page.get_by_role("textbox", name=label, exact=True).click()
    for option in options:
        page.get_by_role("option", name=option, exact=True).click()


def unfold(page: Page, title: str) -> None:
    """Open a part of the settings, unless an earlier test has left it open."""
    page.locator(".settings details", has_text=title).evaluate("part => part.open = true")


def segment(page: Page, group: str, label: str) -> None:
    page.get_by_role("group", name=group).get_by_text(label, exact=True).click()


def switch(page: Page, label: str) -> None:
    page.get_by_role("switch", name=label).click()


def shows(page: Page, board: Board) -> None:
    """The panes show a board: its n, its types with their sizes, and its cohorts' statistic."""
    expect(page.locator("#count")).to_have_text(
        f"{board.findings.shown.n:,} of {len(board.study.people):,} people"
    )
    expect(page.locator("#types-statistic")).to_contain_text(f"n = {len(board.findings.types.ids)}")
    page.wait_for_function(
        "sizes => JSON.stringify(document.querySelector('#types-graph .js-plotly-plot').data"
        ".filter(t => t.type === 'heatmap' && t.y.length > 1).map(t => t.y.length)) === sizes",
        arg=str([n for n in board.findings.shown_types.sizes if n > 1]).replace(" ", ""),
    )
    statistic = page.locator("#cohorts-statistic")
    test = board.findings.discrepancy(board.choices.scheme)
    expect(statistic).to_contain_text(f"n = {test.n}")
    expect(statistic).to_contain_text(f"{test.pseudo_r2:.3f}")


def drawn_people(page: Page) -> list[str]:
    """Everybody who has a row in an index plot."""
    found: list[str] = page.evaluate(
        "document.querySelector('#types-graph .js-plotly-plot').data.filter(t => t.type === 'heatmap')"
        ".flatMap(t => [...t.y])"
    )
    return found


def click_row(page: Page) -> str:
    """Click a row in the middle of the first index plot; returns whose row it is."""
    page.locator("#types-graph").scroll_into_view_if_needed()
    place = page.evaluate(
        """() => {
          const plot = document.querySelector('#types-graph .js-plotly-plot');
          const trace = plot._fullData.find(t => t.type === 'heatmap' && t.y.length > 5);
          const box = plot.getBoundingClientRect(), layout = plot._fullLayout;
          const x = layout[trace.xaxis.replace('x', 'xaxis')], y = layout[trace.yaxis.replace('y', 'yaxis')];
          const row = Math.floor(trace.y.length / 2);
          const left = box.left + x._offset + x._length * 0.6, top = box.top + y._offset + y.c2p(row);
          return {x: left, y: top, who: trace.y[row]};
        }"""
    )
    page.mouse.move(place["x"] - 3, place["y"])
    page.mouse.move(place["x"], place["y"])
    page.mouse.click(place["x"], place["y"])
    return str(place["who"])


# coming in ------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("context")
def test_without_the_token_there_is_nothing(browser: Browser, serving: Running) -> None:
    stranger = browser.new_context()
    page = stranger.new_page()
    for address in (serving.origin, serving.address, f"{serving.origin}/_dash-layout"):
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 403
    stranger.close()


def test_it_opens_filled_and_silent(
    new_page: Page, serving: Running, session: Session, watched: Watched
) -> None:
    page = opened(new_page, serving.origin)
    shows(page, session.board(session.start))
    expect(page.get_by_text("local only · offline")).to_be_visible()
    assert watched.outside == []
    assert watched.errors == []
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    assert page.evaluate("document.cookie") == ""


def test_no_chart_can_be_shared(page: Page) -> None:
    click_row(page)
    expect(page.locator("#person-graph .main-svg").first).to_be_visible()
    page.locator("#types-graph").hover()
    assert page.locator(".modebar-btn").count() == 0
    assert "Share" not in page.inner_text("body")
    configs = page.evaluate(
        "[...document.querySelectorAll('.js-plotly-plot')].map(p => p._context.showSendToCloud)"
    )
    assert len(configs) >= 3
    assert not any(configs)


def test_trust_is_looked_into_when_asked(page: Page, session: Session) -> None:
    page.locator("#trust-card > summary").click()
    page.get_by_role("button", name=re.compile("^Analyse again with 20 draws")).click()
    expect(page.locator("#trust-findings li")).not_to_have_count(0, timeout=120_000)
    found = session.trusted(session.start).date_stability
    assert found is not None
    expect(page.locator("#trust-findings")).to_contain_text(found.sentences()[0])
    people = found.people()
    telling = people[(people["own_share"] < 1) & (people["p_value"] < 0.05)]["id"].tolist()
    buttons = page.locator("#trust-people button")
    expect(buttons).to_have_count(min(len(telling), 12))
    buttons.first.click()
    expect(page.get_by_role("textbox", name="Person", exact=True)).to_have_value(telling[0])
    switch(page, "Only lives observed throughout")
    expect(page.locator("#trust-findings")).to_be_empty()
    expect(page.locator("#trust-graph")).to_be_hidden()


def test_each_type_is_told_in_words_when_unfolded(page: Page, session: Session) -> None:
    texts = page.locator("#descriptions section")
    expect(texts).to_have_count(0)
    page.locator("#descriptions-ask").focus()
    page.keyboard.press("Enter")
    expect(texts).to_have_count(session.start.k)
    first = session.described(session.start).courses[0]
    expect(texts.first.get_by_role("listitem").nth(1)).to_have_text(first[1])
    page.locator("#k [role=slider]").focus()
    page.keyboard.press("ArrowLeft")
    expect(texts).to_have_count(session.start.k - 1)
    page.get_by_role("switch", name="Privacy view").click()
    expect(texts).to_have_count(0)
    expect(page.locator("#descriptions")).to_contain_text("Not shown in the privacy view")


# one person -----------------------------------------------------------------------------------------------


def test_a_click_on_a_row_opens_that_person(page: Page) -> None:
    who = click_row(page)
    expect(page.get_by_role("textbox", name="Person", exact=True)).to_have_value(who)
    expect(page.locator("#person-graph .main-svg").first).to_be_visible()
    expect(page.locator("#person-body .badge.type")).to_be_visible()
    page.wait_for_function(
        "() => document.querySelector('#types-graph .js-plotly-plot').layout.shapes"
        ".some(shape => shape.type === 'rect')"
    )


def test_the_most_typical_life_opens_with_its_quotes(page: Page, session: Session) -> None:
    types = session.board(session.start).findings.types
    page.locator("#person-body .medoids button").first.click()
    expect(page.get_by_role("textbox", name="Person", exact=True)).to_have_value(types.medoids[0])
    expect(page.locator("#person-body .badge.type")).to_have_text(types.names[0])
    expect(page.get_by_text("medoid: the most typical life")).to_be_visible()
    quotes = page.locator("#quotes .quote")
    expect(quotes.first).to_be_visible()
    expect(quotes.first.locator(".source")).to_contain_text("¶")
    page.locator(".quotes-head label").nth(1).click()
    page.wait_for_function("() => [...document.querySelectorAll('#quotes .quote')].some(q => q.hidden)")
    tags = set(page.locator("#quotes .quote:visible .tag").all_inner_texts())
    assert len(tags) == 1


def test_an_episode_and_its_quote_show_each_other(page: Page) -> None:
    page.locator("#person-body .medoids button").first.click()
    expect(page.locator("#person-graph .main-svg").first).to_be_visible()
    page.locator("#quotes .shows").last.focus()
    expect(page.locator("#person-graph .outlined")).to_have_count(1)
    last = page.locator("#quotes .quote[aria-current]").get_attribute("data-key")
    page.locator(".quotes-head label").nth(1).click()
    page.wait_for_function("() => [...document.querySelectorAll('#quotes .quote')].some(q => q.hidden)")
    place = page.evaluate(
        """last => {
          const plot = document.querySelector('#person-graph .js-plotly-plot');
          const trace = plot._fullData.find(t => t.type === 'bar' && t.customdata);
          const keys = [...trace.customdata];
          const quoted = [...document.querySelectorAll('#quotes .quote[hidden]')].map(q => q.dataset.key);
          const drawn = [...plot.querySelectorAll('.trace')].find(one => one.__data__[0].trace === trace);
          const boxes = [...drawn.querySelectorAll('.point')].map(one => one.getBoundingClientRect());
          const i = keys.findIndex((key, i) => quoted.includes(key) && key !== last && boxes[i].width > 20);
          return {x: boxes[i].x + boxes[i].width / 2, y: boxes[i].y + boxes[i].height / 2, key: keys[i]};
        }""",
        last,
    )
    page.mouse.move(place["x"] - 2, place["y"])
    page.mouse.move(place["x"], place["y"])
    page.mouse.click(place["x"], place["y"])
    card = page.locator("#quotes .quote[aria-current]")
    expect(card).to_have_attribute("data-key", place["key"])
    expect(card).to_be_in_viewport()
    expect(card.locator("button")).to_be_focused()
    expect(page.locator("#person-graph")).to_be_in_viewport()
    expect(page.locator("#person-graph .outlined")).to_have_count(1)


def test_a_life_is_set_beside_the_most_typical_one(page: Page) -> None:
    click_row(page)
    page.locator("#beside-ask").click()
    expect(page.locator("#beside-0-graph .main-svg").first).to_be_visible()
    page.locator("#beside").get_by_text("Step by step").click()
    expect(page.locator("#beside-summary-0 li").last).to_contain_text("Together")
    page.locator("#beside-ask").click()
    expect(page.locator("#beside-0-graph")).to_have_count(0)


def test_the_keyboard_reaches_and_opens_a_person(page: Page, session: Session) -> None:
    who = session.board(session.start).members[1][-1]
    field = page.get_by_role("textbox", name="Person", exact=True)
    field.focus()
    page.keyboard.type(who)
    expect(page.get_by_role("option", name=who, exact=True, selected=True)).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator("#quotes .source").first).to_contain_text(who)
    expect(page.locator("#person-graph .main-svg").first).to_be_visible()
    expect(field).to_have_value(who)


def test_on_a_slow_laptop_enter_opens_whoever_is_marked(page: Page, session: Session) -> None:
    """The list must not lose its mark when letters are typed faster than it opens."""
    who = session.board(session.start).members[1][-1]
    with slow_processor(page, times=6):
        page.get_by_role("textbox", name="Person", exact=True).focus()
        page.keyboard.type(who)
        expect(page.get_by_role("option", name=who, exact=True, selected=True)).to_be_visible()
        page.keyboard.press("Enter")
    expect(page.locator("#quotes .source").first).to_contain_text(who)


# every control --------------------------------------------------------------------------------------------


def test_domain(page: Page, session: Session) -> None:
    legal = session.study.codebook.domain("legal")
    segment(page, "Domain of life", legal.label)
    expect(page.locator("#legend strong")).to_have_text(legal.label)
    expect(page.locator("#legend")).to_contain_text(legal.states[0].label)
    shows(page, board_of(session, domain="legal"))
    assert "domain=legal" in page.url


def test_clock_and_window(page: Page, session: Session) -> None:
    segment(page, "Clock", "Calendar")
    shows(page, board_of(session, clock="calendar"))
    expect(page.locator("#years-box")).to_be_visible()
    expect(page.locator("#around-box")).to_be_hidden()
    page.locator("#years [role=slider]").first.focus()
    page.keyboard.press("ArrowRight")
    first, last = session.start.years
    shows(page, board_of(session, clock="calendar", years=(first + 1, last)))
    segment(page, "Clock", "Age")
    shows(page, board_of(session, clock="age", years=(first + 1, last), complete=False))


def test_number_of_types(page: Page, session: Session) -> None:
    page.locator("#k [role=slider]").focus()
    page.keyboard.press("ArrowLeft")
    board = board_of(session, k=session.start.k - 1)
    shows(page, board)
    expect(page.locator("#types-sentence")).to_contain_text(f"{session.start.k - 1} types")
    options = page.locator("#by-cohort-table .ag-center-cols-container [role=row]")
    expect(options).to_have_count(session.start.k - 1)


def test_measure_and_costs(page: Page, session: Session) -> None:
    unfold(page, "How lives are compared")
    choose(page, "Measure", "Hamming (same state, same moment)")
    shows(page, board_of(session, measure="hamming"))
    expect(page.locator("#types-statistic")).to_contain_text("Hamming")
    choose(page, "Costs of changing states", "The same for every change")
    shows(page, board_of(session, measure="hamming", costs="constant"))
    choose(page, "Measure", "Dynamic Hamming (timing weighs most)")
    expect(page.get_by_role("textbox", name="Costs of changing states")).to_be_disabled()


def test_how_much_each_domain_counts(page: Page, session: Session) -> None:
    unfold(page, "How lives are compared")
    choose(page, "How much each domain counts", "The same share for each")
    board = board_of(session, weights="equalised")
    shows(page, board)
    location = board.findings.plan.measure.by_hand["location"]
    expect(page.locator("#types-statistic")).to_contain_text(f"domains count by rule: location {location:g}")
    choose(page, "Measure", "Longest common subsequence (order)")
    expect(page.get_by_role("textbox", name="How much each domain counts")).to_be_disabled()
    shows(page, board_of(session, weights="equalised", measure="longest_common_subsequence"))


def test_cohort_scheme(page: Page, session: Session) -> None:
    name, label = next(one for one in session.offers.schemes if one[0] != session.start.scheme)
    choose(page, "Cohorts", label)
    board = board_of(session, scheme=name)
    shows(page, board)
    expect(page.locator("#cohorts-sentence")).to_contain_text(label)


def test_filter_types_and_reset(page: Page, session: Session) -> None:
    gender = next(one for one in session.offers.filters if one.name == "gender")
    value, label = gender.values[0]
    choose(page, gender.label, label)
    page.keyboard.press("Escape")
    shows(page, board_of(session, where=(("gender", (value,)),)))
    everybody = len(session.study.people)
    shown = board_of(session, where=(("gender", (value,)),)).findings.shown.n
    expect(page.locator("#left-out summary")).to_have_text(f"{everybody - shown:,} not shown: why?")
    choose(page, "Show types", session.board(session.start).findings.types.names[0])
    page.keyboard.press("Escape")
    shows(page, board_of(session, where=(("gender", (value,)),), types=(1,)))
    page.get_by_role("button", name="Reset").click()
    shows(page, session.board(session.start))
    assert "?" not in page.url


def test_who_was_ever_in_a_state(page: Page, session: Session) -> None:
    page.get_by_text("Ever in these states", exact=True).click()
    domain = session.offers.states[0]
    value, label = domain.values[2]
    choose(page, domain.label, label)
    page.keyboard.press("Escape")
    shows(page, board_of(session, ever=((domain.name, (value,)),)))
    expect(page).to_have_url(re.compile(f"ever.{domain.name}={value}"))


def test_sort(page: Page, session: Session) -> None:
    before = drawn_people(page)
    choose(page, "Sort cases by", "Most typical first")
    page.wait_for_function(
        "first => document.querySelector('#types-graph .js-plotly-plot').data.find("
        "t => t.type === 'heatmap' && t.y.length > 1).y[0] === first",
        arg=session.board(session.start).findings.types.medoids[0],
    )
    assert sorted(before) == sorted(drawn_people(page))


def test_uncertain_dates(page: Page) -> None:
    page.locator("#person-body .medoids button").first.click()
    slices = "() => document.querySelector('#person-graph .js-plotly-plot').data.map(t => (t.x || []).length)"
    expect(page.locator("#person-graph .main-svg").first).to_be_visible()
    faded = sum(page.evaluate(slices))
    switch(page, "Show uncertain dates")
    page.wait_for_function(f"n => ({slices})().reduce((a, b) => a + b, 0) < n", arg=faded)


def test_an_address_opens_the_view_it_names(new_page: Page, serving: Running, session: Session) -> None:
    opened(new_page, f"{serving.origin}/?k=3&domain=activism")
    shows(new_page, board_of(session, k=3, domain="activism"))
    expect(new_page.locator("#k [role=slider]")).to_have_attribute("aria-valuenow", "3")


# what must not be seen, what must not break ---------------------------------------------------------------


def test_the_privacy_view_hides_lives_and_quotes(page: Page) -> None:
    page.locator("#person-body .medoids button").first.click()
    expect(page.locator("#quotes .quote").first).to_be_visible()
    switch(page, "Privacy view")
    expect(page.get_by_text("Single lives and quotes are hidden")).to_be_visible()
    page.wait_for_function(
        "() => !document.querySelector('#types-graph .js-plotly-plot').data.some(t => t.type === 'heatmap')"
    )
    expect(page.locator(".quote")).to_have_count(0)
    expect(page.locator("#person-choice")).to_be_hidden()
    expect(page.locator("#cards")).not_to_contain_text(re.compile(r"\b(RU|AZ)-\d{3}\b"))
    page.get_by_role("button", name="Reset").click()
    expect(page.get_by_text("Single lives and quotes are hidden")).to_be_visible()


def test_the_privacy_view_hides_lives_before_the_server_has_answered(page: Page) -> None:
    page.locator("#person-body .medoids button").first.click()
    expect(page.locator("#quotes .quote").first).to_be_visible()
    expect(page.locator("#person-graph .main-svg").first).to_be_visible()
    page.evaluate("() => { asked.held = new Promise(go => asked.go = go); }")
    switch(page, "Privacy view")
    page.wait_for_function("() => asked.open > 0")
    for what in (".quote", "#person-graph", "#person-choice", "#types-graph"):
        expect(page.locator(what).first).to_be_hidden()
    page.evaluate("() => { asked.go(); asked.held = null; }")
    expect(page.get_by_text("Single lives and quotes are hidden")).to_be_visible()
    expect(page.locator("#types-graph")).to_be_visible()


def test_what_cannot_be_shown_is_said_and_the_page_lives_on(page: Page, session: Session) -> None:
    segment(page, "Clock", "Age")
    shows(page, board_of(session, clock="age", complete=False))
    switch(page, "Only lives observed throughout")
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("This cannot be shown")
    expect(alert).to_contain_text("Nobody can be analysed")
    expect(page.locator("#cards")).to_be_hidden()
    assert "Traceback" not in page.inner_text("body")
    page.get_by_role("button", name="Reset").click()
    expect(alert).to_have_count(0)
    expect(page.locator("#cards")).to_be_visible()
    shows(page, session.board(session.start))


def test_a_life_stays_open_where_nothing_else_can_be_shown_and_the_privacy_view_hides_it(page: Page) -> None:
    who = click_row(page)
    segment(page, "Clock", "Age")
    switch(page, "Only lives observed throughout")
    expect(page.get_by_role("alert")).to_contain_text("This cannot be shown")
    expect(page.get_by_role("textbox", name="Person", exact=True)).to_have_value(who)
    expect(page.locator("#quotes .quote").first).to_be_visible()
    switch(page, "Privacy view")
    expect(page.get_by_text("Single lives and quotes are hidden")).to_be_visible()
    expect(page.locator(".quote")).to_have_count(0)
    expect(page.locator("#person-choice")).to_be_hidden()
    switch(page, "Privacy view")
    expect(page.get_by_text("Choose a person above to read that life")).to_be_visible()


def test_a_filter_that_fits_nobody_is_said(new_page: Page, serving: Running) -> None:
    new_page.goto(f"{serving.origin}/?where.origin_country=russia&scheme=az_waves")
    expect(new_page.get_by_role("alert")).to_contain_text("None of these")


# words, tables, files -------------------------------------------------------------------------------------


def test_charts_have_words_and_a_table(page: Page) -> None:
    for card in ("cohorts", "types"):
        section = page.locator(f"#{card}-card")
        section.get_by_text("In words and numbers").click()
        expect(section.locator(".summary")).not_to_be_empty()
        section.get_by_role("button", name="Show as table").click()
        expect(section.locator(".ag-row").first).to_be_visible()
        described = section.locator("figure").get_attribute("aria-describedby")
        assert page.locator(f"#{described}").count() == 1


def test_every_control_has_a_name_and_text_is_large_enough(page: Page) -> None:
    nameless = page.evaluate(
        """() => [...document.querySelectorAll('input:not([type=hidden]), button, [role=slider]')]
          .filter(e => e.offsetParent !== null && !e.closest('.ag-root-wrapper'))
          .filter(e => !(e.getAttribute('aria-label') || e.getAttribute('aria-labelledby')
            || (e.labels && e.labels.length) || e.textContent || e.getAttribute('title')
            || e.getAttribute('aria-hidden') === 'true'))
          .map(e => e.outerHTML.slice(0, 160))"""
    )
    assert nameless == []
    assert page.evaluate("document.documentElement.lang") == "en"
    assert page.locator("main").count() == page.locator("h1").count() == 1
    small = page.evaluate(
        """() => [...document.querySelectorAll('body *')].filter(e => e.offsetParent !== null
            && [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim()))
          .filter(e => parseFloat(getComputedStyle(e).fontSize) < 11).map(e => e.outerHTML.slice(0, 120))"""
    )
    assert small == []


def test_nothing_is_cut_off_sideways(page: Page) -> None:
    for width in (1680, 1280, 800):
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_timeout(700)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        middle, chart = page.evaluate(
            "['#types-card', '#types-graph svg'].map(one => document.querySelector(one).clientWidth)"
        )
        assert chart <= middle


def test_the_figure_and_the_plan_can_be_taken_along(page: Page, session: Session, tmp_path: Path) -> None:
    page.locator("#k [role=slider]").focus()
    page.keyboard.press("ArrowLeft")
    shows(page, board_of(session, k=session.start.k - 1))
    for item, name, magic in (
        ("PDF, for print", "types_location.pdf", b"%PDF"),
        ("SVG, to edit", "types_location.svg", b"<?xml"),
        ("Plan (YAML), to run again", "plan.yaml", b"title:"),
    ):
        page.locator("#export").click()
        with page.expect_download() as download:
            page.get_by_role("button", name=item).click()
        expect(page.locator(".menu[open]")).to_have_count(0)
        assert download.value.suggested_filename == name
        download.value.save_as(tmp_path / name)
        assert (tmp_path / name).read_bytes().startswith(magic)
    assert Plan.read(tmp_path / "plan.yaml").types.k == session.start.k - 1


# leaving --------------------------------------------------------------------------------------------------


def test_ctrl_c_ends_it_cleanly() -> None:
    assert stop(start(SAMPLE)) == 0
