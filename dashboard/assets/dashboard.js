// What needs no server: which slider belongs to the clock, the address of the view, the width of the middle.
(function () {
  "use strict";
  const shown = (yes) => (yes ? {} : { display: "none" });
  const width = () => {
    const middle = document.querySelector("#types-graph") || document.getElementById("middle");
    return middle && middle.clientWidth ? Math.round(middle.clientWidth / 20) * 20 : 0;
  };
  const dash = (window.dash_clientside = window.dash_clientside || {});
  dash.dashboard = {
    clock: (clock) => [shown(clock === "since"), shown(clock === "since"), shown(clock === "calendar"), shown(clock === "age")],
    costs: (measure) => measure === "dynamic_hamming" || measure === "longest_common_subsequence",
    otherTypes: () => [],
    address: (query) => {
      history.replaceState(null, "", query ? "?" + query : location.pathname);
      return width();
    },
  };
  let waiting = 0;
  let last = 0;
  window.addEventListener("resize", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      const now = width();
      if (now && Math.abs(now - last) > 20) {
        last = now;
        dash.set_props("width", { data: now });
      }
    }, 300);
  });
})();
