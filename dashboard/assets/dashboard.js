// What needs no server: which slider belongs to the clock, the address of the view, the width of the middle.
(function () {
  "use strict";
  const shown = (yes) => (yes ? {} : { display: "none" });
  const width = (selector) => {
    const found = document.querySelector(selector);
    return found ? Math.round(found.clientWidth / 10) * 10 : 0;
  };
  const widths = () => [width("#types-graph"), width("#person-body")];
  const dash = (window.dash_clientside = window.dash_clientside || {});
  dash.dashboard = {
    clock: (clock) => [shown(clock === "since"), shown(clock === "since"), shown(clock === "calendar"), shown(clock === "age")],
    complete: (clock) => (clock === "age" ? false : dash.no_update),
    costs: (measure) => measure === "dynamic_hamming" || measure === "longest_common_subsequence",
    quotesOf: (kind) => {
      for (const quote of document.querySelectorAll("#quotes .quote")) {
        quote.hidden = kind !== "all" && quote.dataset.of !== kind;
      }
      return dash.no_update;
    },
    otherTypes: () => [],
    address: (query) => {
      history.replaceState(null, "", query ? "?" + query : location.pathname);
      return widths();
    },
  };
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
