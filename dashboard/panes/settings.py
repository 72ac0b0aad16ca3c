"""The left pane: how many people are shown, and everything that decides which and how."""

from __future__ import annotations

from typing import TYPE_CHECKING

import dash_mantine_components as dmc
from dash import html

from dashboard.offers import SORTS, costs_with, measures_with, methods_with, weights_with
from dashboard.panes.aria import aria
from dashboard.panes.inputs import options, section, segmented, select, several, switch, window

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.controls import Choices
    from dashboard.offers import Offers
    from trajectories.plan import Plan

_MONTHS = {"month": 1, "quarter": 3, "year": 12}


def settings(choices: Choices, offers: Offers, base: Plan) -> html.Aside:
    """All settings, the ones that are changed most at the top."""
    return html.Aside([
        html.Div([
            html.P(id="count", className="count", **aria(live="polite")),
            html.Div(id="left-out", className="left-out"),
        ], className="counts"),
        section("Time", *_time(choices, offers, base.grid.step)),
        section("Types and cohorts", *_types(choices, offers)),
        *([section("Filters", *_filters(choices, offers))] if offers.filters else []),
        section("Ever in these states", *_ever(choices, offers), opened=bool(choices.ever)),
        section("How lives are compared", *_measure(choices, offers, base), opened=False),
    ], className="settings", **aria(label="Filters and settings"))  # fmt: skip


def _time(choices: Choices, offers: Offers, step: str) -> list[Component]:
    clocks = [("calendar", "Calendar"), ("since", "Since event"), ("age", "Age")]
    if not offers.events:
        clocks.pop(1)
    reach = 60 // _MONTHS[step]
    return [
        segmented("clock", "Clock", options(clocks), choices.clock, fullWidth=True),
        html.Div(select("since", "Event that lives are aligned at", offers.events, choices.since),
                 id="since-box"),
        window("around", f"{step.capitalize()}s before and after", -reach, reach, choices.around,
               max(reach // 5 * 2, 1)),
        window("years", "Calendar years", *offers.years, choices.years, _every(*offers.years)),
        window("ages", "Ages", 0, 80, choices.ages, 20),
        switch("complete", "Only lives observed throughout", choices.complete),
    ]  # fmt: skip


def _every(low: int, high: int) -> int:
    return next(every for every in (1, 2, 5, 10, 20, 50) if (high - low) / every <= 4 or every == 50)


def _types(choices: Choices, offers: Offers) -> list[Component]:
    marks = [{"value": k, "label": str(k)} for k in (2, 4, 6, 8, 10)]
    return [
        html.Div([
            html.Span("Number of types", className="slider-label"),
            dmc.Slider(id="k", min=2, max=max(10, choices.k), step=1, value=choices.k, marks=marks, size="sm",
                       updatemode="mouseup", thumbLabel="Number of types"),
        ], className="slider"),
        several("types", "Show types", (), map(str, choices.types)),
        select("sort", "Sort cases by", SORTS, choices.sort),
        html.Div(select("scheme", "Cohorts", offers.schemes, choices.scheme or None),
                 style=None if offers.schemes else {"display": "none"}),
        switch("uncertain", "Show uncertain dates", choices.uncertain),
    ]  # fmt: skip


def _filters(choices: Choices, offers: Offers) -> list[Component]:
    chosen = dict(choices.where)
    return [several({"filter": filter_.name}, filter_.label, filter_.values, chosen.get(filter_.name, ()))
            for filter_ in offers.filters]  # fmt: skip


def _ever(choices: Choices, offers: Offers) -> list[Component]:
    """States that somebody must have been in at some time of those drawn; with several domains, in each."""
    chosen = dict(choices.ever)
    return [several({"ever": domain.name}, domain.label, domain.values, chosen.get(domain.name, ()),
                    placeholder="any") for domain in offers.states]  # fmt: skip


def _measure(choices: Choices, offers: Offers, base: Plan) -> list[Component]:
    aligned = tuple(domain for domain in offers.domains if not base.domains or domain[0] in base.domains)
    return [
        select("measure", "Measure", measures_with(choices.measure), choices.measure),
        select("costs", "Costs of changing states", costs_with(choices.costs), choices.costs),
        html.Div(select("weights", "How much each domain counts",
                        weights_with(base.measure.by_hand, aligned), choices.weights,
                        disabled=base.measure.together == "fused"),
                 style=None if len(offers.domains) > 1 else {"display": "none"}),
        select("method", "How types are found", methods_with(choices.method), choices.method),
        several("aligned", "Domains aligned together", offers.domains, choices.aligned, placeholder=""),
    ]
