"""What happens when a control is touched: controls -> choices -> board -> every pane at once."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

import dash
from dash import ALL, ClientsideFunction, Input, Output, State, ctx, html, no_update

from dashboard import export
from dashboard.controls import MAKES_TYPES, query_of
from dashboard.panes import beside, cohorts, descriptions, grid, person, quality, trust, types
from dashboard.panes.fill import PLACES, TYPES, fill, fill_types, nothing, refused
from trajectories.errors import TrajectoriesError

if TYPE_CHECKING:
    from dashboard.controls import Choices
    from dashboard.session import Session
    from trajectories.figures.figure import Figure

log = logging.getLogger("dashboard")

CONTROLS = {
    **dict.fromkeys(("domain", "clock", "since", "around", "years", "ages", "scheme", "types"), "value"),
    **dict.fromkeys(("sort", "aligned", "measure", "costs", "weights", "method", "k"), "value"),
    **dict.fromkeys(("complete", "privacy", "uncertain"), "checked"),
}  # fmt: skip
"""Every control by the name of its choice, with the property that holds its value."""
RESET = tuple(name for name in CONTROLS if name != "privacy")
"""What Reset sets back: everything but the privacy view, so that nothing hidden comes back unasked."""
_TWICE = ("types", "complete")
"""What is set by another control too, not by Reset only."""
_BUSY = [(Output("busy", "className"), "busy on", "busy")]
"""For what fills nothing on the page; where something is filled, the page knows by itself that it waits."""


_UNEXPECTED = "The programme met something that it does not know how to show; the terminal names the place."


def register(app: dash.Dash, session: Session) -> None:
    """Tie the controls to the panes."""
    _controls(app, session)
    _panes(app, session)
    _person(app, session)
    _on_demand(app, session)


def unexpected(error: Exception) -> None:
    """Something nobody foresaw: told to the log without what the data hold; the page stays and says so."""
    where = error.__traceback__
    while where is not None and where.tb_next is not None:
        where = where.tb_next
    place = f"{where.tb_frame.f_code.co_filename}:{where.tb_lineno}" if where else "?"
    log.error("The page could not be updated: %s at %s", type(error).__name__, place)
    dash.set_props("alert", {"children": refused(_UNEXPECTED)})


def _controls(app: dash.Dash, session: Session) -> None:
    """Controls to the view (an address's query), the view to the address, and back to the start."""

    @app.callback(
        output=Output("view", "data"),
        inputs={"values": {name: Input(name, prop) for name, prop in CONTROLS.items()},
                "filters": Input({"filter": ALL}, "value"), "names": State({"filter": ALL}, "id"),
                "states": Input({"ever": ALL}, "value"), "domains": State({"ever": ALL}, "id")},
        prevent_initial_call=True,
    )  # fmt: skip
    def choose(values: dict[str, Any], filters: list[list[str]], names: list[dict[str, str]],
               states: list[list[str]], domains: list[dict[str, str]]) -> str:  # fmt: skip
        where = {name["filter"]: value for name, value in zip(names, filters, strict=True)}
        ever = {name["ever"]: value for name, value in zip(domains, states, strict=True)}
        return query_of(session.start.with_values(values, where, ever), session.start)

    targets = {name: Output(name, CONTROLS[name], allow_duplicate=name in _TWICE) for name in RESET}

    @app.callback(
        output={"values": targets, "filters": Output({"filter": ALL}, "value"),
                "states": Output({"ever": ALL}, "value")},
        inputs={"clicks": Input("reset", "n_clicks"), "names": State({"filter": ALL}, "id"),
                "domains": State({"ever": ALL}, "id")},
        prevent_initial_call=True,
    )  # fmt: skip
    def reset(clicks: int, names: list[dict[str, str]], domains: list[dict[str, str]]) -> dict[str, Any]:
        start, where, ever = session.start, dict(session.start.where), dict(session.start.ever)
        return {"values": {name: _plain(getattr(start, name)) for name in RESET},
                "filters": [list(where.get(name["filter"], ())) for name in names],
                "states": [list(ever.get(name["ever"], ())) for name in domains]}  # fmt: skip

    made_by = [Input(name, CONTROLS[name]) for name in MAKES_TYPES]
    _in_browser(app, "otherTypes", Output("types", "value"), *made_by, prevent_initial_call=True)
    _in_browser(app, "clock", [Output(f"{box}-box", "style") for box in ("since", "around", "years", "ages")],
                Input("clock", "value"))  # fmt: skip
    _in_browser(app, "complete", Output("complete", "checked"), Input("clock", "value"),
                prevent_initial_call=True)  # fmt: skip
    _in_browser(app, "costs", Output("costs", "disabled"), Input("measure", "value"))
    if session.base.measure.together == "added":
        _in_browser(app, "weights", Output("weights", "disabled"), Input("measure", "value"))
    _in_browser(app, "quotesOf", Output("quotes", "title"), Input("quotes-of", "value"),
                prevent_initial_call=True)  # fmt: skip
    _in_browser(app, "quoteOf", Output("person-graph", "clickData"), Input("person-graph", "clickData"),
                prevent_initial_call=True)  # fmt: skip
    _in_browser(app, "address", Output("widths", "data"), Input("view", "data"))


def _panes(app: dash.Dash, session: Session) -> None:
    """The view to every pane at once; what cannot be shown is said in place."""

    @app.callback(
        output={name: Output(*place) for name, place in PLACES.items()},
        inputs={"view": Input("view", "data"), "widths": Input("widths", "data"),
                "who": State("person", "value")},
    )  # fmt: skip
    def update(view: str, widths: list[int], who: str | None) -> dict[str, Any]:
        choices = session.choices(view)
        try:
            return fill(session.board(choices), who, widths[0])
        except TrajectoriesError as error:
            return {**dict.fromkeys(PLACES, no_update), **nothing(session, choices, str(error))}

    @app.callback(
        output={name: Output(*place) for name, place in TYPES.items()},
        inputs={"view": Input("view", "data"), "widths": Input("widths", "data"),
                "who": Input("person", "value")},
    )  # fmt: skip
    def draw_types(view: str, widths: list[int], who: str | None) -> dict[str, Any]:
        """The only one that draws them, so that no answer to an earlier question comes in after it."""
        try:
            return fill_types(session.board(session.choices(view)), who, widths[0])
        except TrajectoriesError:
            return dict.fromkeys(TYPES, no_update)


def _person(app: dash.Dash, session: Session) -> None:
    """A person is chosen: by a click on a row, from the list, or from the most typical lives."""

    @app.callback(
        Output("person", "value"), Output("types-graph", "clickData"),
        Input("types-graph", "clickData"), Input({"open_life": ALL, "from": ALL}, "n_clicks"),
        Input("previous", "n_clicks"), Input("next", "n_clicks"),
        State("person", "data"), State("person", "value"), prevent_initial_call=True,
    )  # fmt: skip
    def choose(click: dict[str, Any] | None, lives: list[int], back: int, on: int,
               offered: list[dict[str, Any]], who: str | None) -> tuple[Any, None]:  # fmt: skip
        pressed = [ctx.triggered_prop_ids[one["prop_id"]] for one in ctx.triggered if one["value"]]
        named = [button["open_life"] for button in pressed if isinstance(button, dict)]
        if named or isinstance(ctx.triggered_id, dict):
            return (named[0] if named else no_update), None
        if ctx.triggered_id == "types-graph":
            clicked = click["points"][0].get("y") if click else None
            return (clicked if clicked in session.study.ids else no_update), None
        step = {"previous": -1, "next": 1}.get(ctx.triggered_id)
        return (_neighbour(offered, who, step) if step else no_update), None

    @app.callback(
        Output("person-body", "children"),
        Input("person", "value"), Input("view", "data"), Input("widths", "data"),
    )  # fmt: skip
    def open_person(who: str | None, view: str, widths: list[int]) -> Any:
        """The only one that fills this pane, so that no answer to an earlier question comes in after it."""
        choices = session.choices(view)
        try:
            return person.fill(session.board(choices), who, widths[1])
        except TrajectoriesError:
            return person.alone(session.study, choices, who, widths[1])

    @app.callback(
        Output("beside", "children"), Input("beside-ask", "n_clicks"),
        State("person", "value"), State("view", "data"), State("widths", "data"), prevent_initial_call=True,
    )  # fmt: skip
    def compare(clicks: int, who: str | None, view: str, widths: list[int]) -> Any:
        """Beside the most typical life, when asked; asked again, it is folded away."""
        if not who or clicks % 2 == 0:
            return None
        try:
            return beside.fill(session.board(session.choices(view)), who, widths[1])
        except TrajectoriesError as error:
            return html.P(str(error), className="note")


def _on_demand(app: dash.Dash, session: Session) -> None:
    """What is made only when asked for: tables of the charts, files to take along."""

    @app.callback(
        Output({"table": ALL}, "children"), Output({"open": ALL}, "children"),
        Input({"open": ALL}, "n_clicks"), Input("view", "data"), Input("person", "value"),
        State({"open": ALL}, "id"), prevent_initial_call=True,
    )  # fmt: skip
    def tables(clicks: list[int], view: str, who: str | None, names: list[dict[str, str]]) -> tuple[Any, Any]:
        opened = [bool(n % 2) for n in clicks]
        words = ["Hide the table" if is_open else "Show as table" for is_open in opened]
        if not any(opened):
            return [None] * len(names), words
        choices = session.choices(view)
        return [_table(session, choices, name["open"], who) if is_open else None
                for name, is_open in zip(names, opened, strict=True)], words  # fmt: skip

    @app.callback(
        Output("download", "data"), Input({"export": ALL}, "n_clicks"),
        State("view", "data"), State("person", "value"), running=_BUSY, prevent_initial_call=True,
    )  # fmt: skip
    def take(clicks: list[int], view: str, who: str | None) -> Any:
        if not any(clicks) or not isinstance(ctx.triggered_id, dict):
            return no_update
        try:
            return export.file(session.board(session.choices(view)), ctx.triggered_id["export"], who)
        except TrajectoriesError:
            return no_update

    @app.callback(
        Output("descriptions", "children"), Input("descriptions-ask", "n_clicks"), Input("view", "data"),
        prevent_initial_call=True,
    )  # fmt: skip
    def describe(clicks: int, view: str) -> Any:
        """From the first unfolding on."""
        if not clicks:
            return no_update
        choices = session.choices(view)
        try:
            return descriptions.fill(session.board(choices), session.described(choices))
        except TrajectoriesError as error:
            return refused(str(error))

    @app.callback(
        output={name: Output(*place) for name, place in trust.PLACES.items()},
        inputs={"clicks": Input("trust-ask", "n_clicks"), "view": Input("view", "data"),
                "widths": State("widths", "data")},
        running=[(Output("trust-ask", "loading"), True, False)], prevent_initial_call=True,
    )  # fmt: skip
    def look_into_trust(clicks: int, view: str, widths: list[int]) -> dict[str, Any]:
        """When asked, or at once where the answer is at hand; another view takes the old answer away."""
        choices = session.choices(view)
        try:
            if ctx.triggered_id != "trust-ask" and not session.is_trusted(choices):
                return trust.nothing()
            return trust.fill(session.board(choices), session.trusted(choices), widths[0])
        except TrajectoriesError as error:
            return trust.nothing(refused(str(error)))


def _table(session: Session, choices: Choices, name: str, who: str | None) -> Any:
    """The table behind one chart of the page; None where there is no chart."""
    try:
        drawn = _chart(session, choices, name, who)
    except TrajectoriesError:
        return None
    return None if drawn is None else grid.table_of(drawn, name)


def _chart(session: Session, choices: Choices, name: str, who: str | None) -> Figure | None:
    if name == "person":
        return person.figure(session.study, who) if who and not choices.privacy else None
    if name == "trust":
        found = session.trusted(choices) if session.is_trusted(choices) else None
        return trust.figure(found) if found is not None and not choices.privacy else None
    makers = {"cohorts": cohorts.figure, "types": types.figure, "quality": quality.figure}
    return makers[name](session.board(choices))


def _neighbour(offered: list[dict[str, Any]], who: str | None, step: int) -> Any:
    """The person before or after in the list; the first one when nobody is open."""
    ids = [item["value"] for group in offered for item in group["items"]]
    if not ids:
        return no_update
    return ids[(ids.index(who) + step) % len(ids)] if who in ids else ids[0]


def _in_browser(app: dash.Dash, name: str, output: Any, *inputs: Input, **kwargs: Any) -> None:
    """A callback that needs no server: a function of assets/dashboard.js."""
    app.clientside_callback(  # type: ignore[no-untyped-call]
        ClientsideFunction("dashboard", name), output, *inputs, **kwargs
    )


def _plain(value: Any) -> Any:
    """A choice as the controls hold it."""
    return list(value) if isinstance(value, tuple) else value
