"""Where one person stands: type, distance to the middle of the type, cohort, attributes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dash import html

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.session import Board
    from trajectories.coding.study import Study


def badges(board: Board, person: str) -> list[Component]:
    """Type, closeness to the medoid, cohort; or why the person is not among those shown."""
    if person not in board.findings.types.ids:
        why = dict(board.findings.lives.left_out).get(person, "not among those analysed")
        return [_badge(f"left out: {why}", "out"), *_cohort(board, person)]
    type_ = board.findings.types.type_of(person)
    hidden = [] if person in board.findings.shown.ids else [_badge("outside the present filters", "out")]
    return [
        _badge(board.findings.types.names[type_], "type"),
        _badge(closeness(board, person, type_), "plain"),
        *_cohort(board, person),
        *hidden,
    ]


def closeness(board: Board, person: str, type_: int) -> str:
    """How typical the life is: its place in the order of distance to the type's medoid."""
    types = board.findings.types
    distance = dict(zip(types.ids, types.to_medoid, strict=True))
    members = sorted(types.members(type_), key=lambda one: (one != types.medoids[type_], distance[one]))
    place = members.index(person)
    if place == 0:
        return "medoid: the most typical life"
    return f"{_ordinal(place + 1)} most typical of {len(members)}"


def _cohort(board: Board, person: str) -> list[Component]:
    groups = board.groups
    if groups is None or person not in groups.ids:
        return []
    if person in groups.ambiguous:
        return [_badge("cohort ambiguous: the date may lie on either side", "warn")]
    code = int(groups.codes[groups.ids.index(person)])
    return [_badge(groups.labels[code], "plain")] if code >= 0 else []


def about(study: Study, person: str) -> Component:
    """What holds for the person as a whole, in the codebook's words: some at a glance, all unfolded."""
    who = study.biography(person).person
    pairs = [("Born", str(who.birth)), ("Interview", str(who.interview))]
    for attribute in study.codebook.attributes:
        value = who.attributes.get(attribute.name)
        if value:
            pairs.append((attribute.label, (attribute.values or {}).get(value, value)))
    glance = [f"born {who.birth}", *(value for _, value in pairs[2:6])]
    every = [html.Div([html.Dt(label), html.Dd(value)]) for label, value in pairs]
    return html.Details([
        html.Summary([html.H3("About"), html.Span(" · ".join(glance))]),
        html.Dl(every, className="attributes"),
    ], className="about")  # fmt: skip


def _badge(text: str, kind: str) -> html.Span:
    return html.Span(text, className=f"badge {kind}")


def _ordinal(n: int) -> str:
    ending = "th" if n % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
    return f"{n}{ending}"
