// What needs no server: which slider belongs to the clock, the address of the view, the width of the middle,
// and which quote belongs to which stretch of the timeline.
(function () {
  "use strict";
  const shown = (yes) => (yes ? {} : { display: "none" });
  const width = (selector) => {
    const found = document.querySelector(selector);
    return found ? Math.round(found.clientWidth / 10) * 10 : 0;
  };
  const widths = () => [width("#types-graph"), width("#person-body")];
  const cards = () => [...document.querySelectorAll("#quotes .quote")];
  const outline = (key) => {
    const plot = document.querySelector("#person-graph .js-plotly-plot");
    if (!plot || !plot._fullData) return;
    plot.querySelectorAll(".outlined").forEach((mark) => mark.classList.remove("outlined"));
    for (const trace of plot._fullData) {
      const at = key && trace.customdata ? [...trace.customdata].indexOf(key) : -1;
      if (at < 0) continue;
      const drawn = [...plot.querySelectorAll(".trace")].find((one) => ((one.__data__ || [])[0] || {}).trace === trace);
      const marks = drawn ? [...drawn.querySelectorAll(".point")] : [];
      const mark = marks.find((one) => one.__data__ && one.__data__.i === at) || marks[at];
      if (mark) mark.classList.add("outlined");
    }
  };
  const intoSight = (card) => {
    const pane = document.querySelector("#person-pane");
    if (pane.scrollHeight <= pane.clientHeight) return card.scrollIntoView({ block: "center" });
    pane.scrollTop += card.getBoundingClientRect().top - pane.getBoundingClientRect().top - pane.clientHeight / 2;
  };
  const told = (key) => {
    for (const card of cards()) {
      if (key && card.dataset.key === key) card.setAttribute("aria-current", "true");
      else card.removeAttribute("aria-current");
    }
    outline(key);
  };
  const dash = (window.dash_clientside = window.dash_clientside || {});
  dash.dashboard = {
    clock: (clock) => [shown(clock === "since"), shown(clock === "since"), shown(clock === "calendar"), shown(clock === "age")],
    complete: (clock) => (clock === "age" ? false : dash.no_update),
    costs: (measure) => measure === "dynamic_hamming" || measure === "longest_common_subsequence",
    weights: (measure) => measure === "longest_common_subsequence",
    quotesOf: (kind) => {
      for (const quote of document.querySelectorAll("#quotes .quote")) {
        quote.hidden = kind !== "all" && quote.dataset.of !== kind;
      }
      return dash.no_update;
    },
    quoteOf: (click) => {
      const key = click && click.points && click.points[0].customdata;
      if (!key) return dash.no_update;
      const card = cards().find((one) => one.dataset.key === key);
      told(key);
      if (card) {
        if (card.hidden) dash.set_props("quotes-of", { value: "all" });
        if (card.hidden) cards().forEach((one) => (one.hidden = false));
        intoSight(card);
        card.querySelector("button").focus({ preventScroll: true });
      }
      return null;
    },
    otherTypes: () => [],
    address: (query) => {
      history.replaceState(null, "", query ? "?" + query : location.pathname);
      return widths();
    },
  };
  for (const kind of ["click", "focusin"]) {
    document.addEventListener(kind, (event) => {
      const card = event.target.closest("#quotes .quote");
      if (card) told(card.dataset.key);
    });
  }
  const fold = (except) => {
    for (const menu of document.querySelectorAll(".menu[open]")) if (menu !== except) menu.open = false;
  };
  document.addEventListener("click", (event) => {
    fold(event.target.closest(".menu button") ? null : event.target.closest(".menu"));
  });
  document.addEventListener("keydown", (event) => {
    const menu = event.key === "Escape" && document.querySelector(".menu[open]");
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
  let waiting = 0;
  let last = "";
  window.addEventListener("resize", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      const now = widths();
      if (now[0] && String(now) !== last) {
        last = String(now);
        dash.set_props("widths", { data: now });
      }
    }, 250);
  });
})();
