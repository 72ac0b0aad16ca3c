"""Small inputs that all look alike, each with its label."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import dash_mantine_components as dmc
from dash import html

from dashboard.panes.aria import aria

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dash.development.base_component import Component

    from dashboard.offers import Choice


def options(choices: Iterable[Choice]) -> list[dict[str, str]]:
    """Values with their words, as the inputs want them."""
    return [{"value": value, "label": label} for value, label in choices]


def segmented(name: str, label: str, data: list[dict[str, str]], value: str, size: str = "xs",
              **kwargs: Any) -> html.Div:  # fmt: skip
    """A visible switch between a few values."""
    return html.Div(
        dmc.SegmentedControl(id=name, data=data, value=value, size=size, **kwargs),
        role="group", className=f"segmented segmented-{name}", **aria(label=label),
    )  # fmt: skip


def select(name: str, label: str, choices: Iterable[Choice], value: str | None, **kwargs: Any) -> dmc.Select:
    """One of several, from a list."""
    return dmc.Select(
        id=name, label=label, data=options(choices), value=value, allowDeselect=False, size="xs", **kwargs
    )


def several(name: str | dict[str, str], label: str, choices: Iterable[Choice], value: Iterable[str],
            placeholder: str = "all", **kwargs: Any) -> dmc.MultiSelect:  # fmt: skip
    """Any of several, from a list; none chosen means all."""
    chosen = list(value)
    return dmc.MultiSelect(
        id=name, label=label, data=options(choices), value=chosen, size="xs", clearable=True,
        placeholder=placeholder, hidePickedOptions=True, **kwargs,
    )  # fmt: skip


def switch(name: str, label: str, checked: bool, description: str = "") -> dmc.Switch:
    return dmc.Switch(id=name, label=label, description=description or None, checked=checked, size="xs")


def window(name: str, label: str, low: int, high: int, value: tuple[int, int], every: int) -> html.Div:
    """A slider with two thumbs; its value is sent when a thumb is let go."""
    marks = [{"value": mark, "label": str(mark)} for mark in range(low, high + 1) if mark % every == 0]
    return html.Div([
        html.Span(label, id=f"{name}-label", className="slider-label"),
        dmc.RangeSlider(id=name, min=min(low, value[0]), max=max(high, value[1]), value=list(value), step=1,
                        minRange=1, marks=marks, size="sm", thumbFromLabel=f"{label}: first",
                        thumbToLabel=f"{label}: last", updatemode="mouseup"),
    ], id=f"{name}-box", className="slider")  # fmt: skip


def section(title: str, *children: Component, opened: bool = True) -> html.Details:
    """A part of the settings that can be folded away."""
    return html.Details([html.Summary(title), html.Div(list(children), className="section")], open=opened)
