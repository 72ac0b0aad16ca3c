"""A dashboard on the sample study in its own process, and a real browser that may not leave this machine."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from dashboard.session import Session
from trajectories.coding.files.read_study import read_study
from trajectories.coding.study import Study

SAMPLE = Path(__file__).parents[2] / "sample_data" / "study.yaml"
_HERE = re.compile(r"^(https?://127\.0\.0\.1[:/]|data:|blob:|about:)")
_OUTSIDE = re.compile(r"^(https?|wss?)://(?!127\.0\.0\.1[:/])")

_COUNTING = """
(() => {
  const fetched = window.fetch;
  window.asked = {open: 0, last: 0, held: null};
  const answered = () => { window.asked.open -= 1; window.asked.last = performance.now(); };
  window.fetch = (...what) => {
    window.asked.open += 1;
    return Promise.resolve(window.asked.held).then(() => fetched(...what)).then(
      answer => { answer.clone().arrayBuffer().finally(answered); return answer; },
      error => { answered(); throw error; });
  };
})()
"""
"""Counts the page's questions to the server whose answers have not come in whole; none goes out before the
promise ``held`` is kept."""
_SETTLED = """
() => asked.open === 0 && performance.now() - asked.last > 100 && !store.getState().isLoading
  && !document.querySelector('.dash-graph--pending')
"""
"""All are answered, the page has taken them in, and no chart is being drawn."""

expect.set_options(timeout=60_000)


@pytest.fixture(scope="session")
def study() -> Study:
    return read_study(SAMPLE)


@pytest.fixture(scope="session")
def session(study: Study) -> Session:
    return Session(study)


@dataclass
class Running:
    """A dashboard that is being served: its process, and the lines it announced."""

    process: subprocess.Popen[str]
    lines: list[str] = field(default_factory=list)

    @property
    def address(self) -> str:
        return next(found.group() for line in self.lines if (found := re.search(r"http://\S+", line)))

    @property
    def origin(self) -> str:
        return self.address.partition("/?")[0]


@pytest.fixture(scope="session")
def serving() -> Iterator[Running]:
    running = start(SAMPLE)
    yield running
    stop(running)


def start(study: Path) -> Running:
    """Serve a study on any free port; returns when the address has been announced."""
    code = (
        "from dashboard import serve; from trajectories.coding.files.read_study import read_study; "
        f"serve(read_study({str(study)!r}), port=0, open_browser=False)"
    )
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE,
                               stderr=subprocess.STDOUT, text=True)  # fmt: skip
    running = Running(process)
    assert process.stdout is not None
    for line in process.stdout:
        running.lines.append(line)
        if "Ctrl-C" in line:
            return running
    raise AssertionError(f"The dashboard did not start: {running.lines}")


def stop(running: Running) -> int:
    """Ctrl-C; returns the exit code."""
    if running.process.poll() is None:
        running.process.send_signal(signal.SIGINT)
    return running.process.wait(timeout=20)


def find_browser(playwright: Playwright) -> str | None:
    """A Chromium on this machine: named by CHROMIUM, installed by the system, or brought by Playwright."""
    named = os.environ.get("CHROMIUM")
    found = [named, *map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))]
    own = playwright.chromium.executable_path
    return next((path for path in found if path), own if Path(own).exists() else None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        path = find_browser(playwright)
        if path is None:
            why = "No browser: install Chromium, or name one in the environment variable CHROMIUM."
            if os.environ.get("CI"):
                pytest.fail(why)
            pytest.skip(why)
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@dataclass
class Watched:
    """What a browser did that it should not have done."""

    outside: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


@pytest.fixture(scope="session")
def watched() -> Watched:
    return Watched()


@pytest.fixture(scope="session")
def context(browser: Browser, serving: Running, watched: Watched) -> Iterator[BrowserContext]:
    """A browser that came in with the printed address; every request that would leave is recorded and cut."""
    context = browser.new_context(viewport={"width": 1680, "height": 960}, accept_downloads=True)
    context.on("request", lambda r: None if _HERE.match(r.url) else watched.outside.append(r.url))
    context.route(_OUTSIDE, lambda route: route.abort())
    context.add_init_script(_COUNTING)
    page = context.new_page()
    page.goto(serving.address)
    assert "token" not in page.url
    page.close()
    yield context
    context.close()


@pytest.fixture(scope="session")
def shared(context: BrowserContext, serving: Running, watched: Watched) -> Iterator[Page]:
    """One page that most tests use in turn: opening it anew takes longer than what they test."""
    page = watched_page(context, watched)
    opened(page, serving.origin)
    yield page
    page.close()


@pytest.fixture
def page(shared: Page, serving: Running, watched: Watched) -> Iterator[Page]:
    """The dashboard as it opens, filled; afterwards nothing may have gone out or gone wrong."""
    try:
        restored(shared)
    except (AssertionError, PlaywrightError):
        opened(shared, serving.origin)
    yield shared
    nothing_wrong(watched)


@pytest.fixture
def new_page(context: BrowserContext, watched: Watched) -> Iterator[Page]:
    """An empty page of its own, for tests that open an address."""
    page = watched_page(context, watched)
    yield page
    page.close()
    nothing_wrong(watched)


def watched_page(context: BrowserContext, watched: Watched) -> Page:
    page = context.new_page()
    page.on("console", lambda m: watched.errors.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda error: watched.errors.append(str(error)))
    return page


def nothing_wrong(watched: Watched) -> None:
    """No request has gone out and no error was written; what was found is forgotten for the next test."""
    outside, errors = list(watched.outside), list(watched.errors)
    watched.outside.clear()
    watched.errors.clear()
    assert not outside
    assert not errors


def restored(page: Page) -> None:
    """The page as it opens again: controls at their start, nobody chosen, all folded again."""
    page.set_viewport_size({"width": 1680, "height": 960})
    page.keyboard.press("Escape")
    page.evaluate(
        "document.querySelectorAll('.in-words[open], .menu[open], .about[open], .folded[open]')"
        ".forEach(d => d.open = false)"
    )
    if page.get_by_role("switch", name="Privacy view").is_checked():
        page.get_by_role("switch", name="Privacy view").click()
    settled(page)
    if "?" in page.url or page.get_by_role("alert").count():  # the address tells every control that was moved
        page.get_by_role("button", name="Reset").click()
        settled(page)
    expect(page).to_have_url(re.compile(r"^[^?]*$"), timeout=8000)
    expect(page.get_by_role("alert")).to_have_count(0, timeout=8000)
    page.evaluate("window.dash_clientside.set_props('person', {value: null})")
    settled(page)
    expect(page.locator("#person-body .medoids button").first).to_be_visible(timeout=8000)
    page.evaluate("window.scrollTo(0, 0)")


def settled(page: Page) -> None:
    """Every question of the page to the server is answered, no new one follows, and what was asked is
    drawn."""
    page.wait_for_timeout(50)
    page.wait_for_function(_SETTLED, timeout=60_000)


@contextmanager
def slow_processor(page: Page, times: int) -> Iterator[None]:
    """The page computes so many times slower, as on an old laptop."""
    chromium = page.context.new_cdp_session(page)
    chromium.send("Emulation.setCPUThrottlingRate", {"rate": times})
    try:
        yield
    finally:
        chromium.send("Emulation.setCPUThrottlingRate", {"rate": 1})
        chromium.detach()


def opened(page: Page, address: str) -> Page:
    """Go to an address of the dashboard and wait until its panes are filled."""
    page.goto(address)
    expect(page.locator("#count strong")).to_be_visible(timeout=120_000)
    expect(page.locator("#types-graph .main-svg").first).to_be_visible()
    settled(page)
    return page
