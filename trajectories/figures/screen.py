"""The screen: a Figure as a Plotly figure that stays on the machine, in the colours of the page on paper."""

from __future__ import annotations

import html as entities
from typing import TYPE_CHECKING, Any

from trajectories.figures import style
from trajectories.figures.figure import Figure
from trajectories.figures.layout import Metrics, Page, Spot, arrange, bounds, heights_of, overhead, row_labels
from trajectories.figures.paper_size import axes_on_paper
from trajectories.figures.screen_legend import draw_legends, legend_height
from trajectories.figures.screen_marks import Place, draw_mark
from trajectories.figures.screen_text import BODY, FAMILY, HEAD, SMALL, width_of
from trajectories.figures.words import wrapped

if TYPE_CHECKING:
    import plotly.graph_objects as go

CONFIG: dict[str, Any] = {
    "showSendToCloud": False,
    "displaylogo": False,
    "responsive": True,
    "modeBarButtonsToRemove": ["select2d", "lasso2d", "autoScale2d"],
}
"""What every chart is shown with: no button that sends it anywhere."""

_PIXELS_PER_INCH = 128


def draw(figure: Figure, *, width: int = 960, title: bool = True) -> go.Figure:
    """The figure for the screen. It fills the width it is given and keeps its height.

    ``width`` (pixels) is the width that titles, legends and labels are wrapped for. A click on a row of an
    index plot carries the person's id as ``clickData["points"][0]["y"]``. Hover texts never hold quotes.
    """
    import plotly.graph_objects as go

    metrics = Metrics(_body, _head, line=17.0, small=15.0, pad=7.0)
    head = wrapped(figure.title, width - 20.0, _title) if title and figure.title else ()
    start = 8.0 + 21.0 * len(head)
    top = start + legend_height(figure.legends, width - 20.0)
    axes = axes_on_paper(figure) * _PIXELS_PER_INCH
    foot = wrapped(figure.note, width - 20.0, _body, most=3)
    below = 16.0 * len(foot) + (6.0 if foot else 2.0)
    height = top + overhead(figure, width, 0.0, metrics) + max(axes, 60.0)
    page = arrange(figure, width, height, top, metrics)
    whole = height + below

    drawn = go.Figure()
    drawn.update_layout(_base(page, whole, top, below))
    if head:
        drawn.update_layout(title=_title_of(head, whole))
    draw_legends(drawn, figure.legends, width - 20.0, 8.0 - page.left, top - start)
    frame = _Frame(width, whole, top, below, page)
    for i, spot in enumerate(page.spots):
        _add_panel(drawn, spot, i, frame)
    if foot:
        drawn.add_annotation(x=0, xref="paper", xanchor="left", xshift=-page.left + 8, y=0, yref="paper",
                             yanchor="top", yshift=-page.bottom - 4, text="<br>".join(map(entities.escape, foot)),
                             showarrow=False, align="left", font={"size": SMALL, "color": style.MUTED})  # fmt: skip
    return drawn


def html(figure: Figure, *, whole: bool = True, library: bool = True) -> str:
    """The figure as a web page (or a part of one) that asks nothing of any other machine.

    ``library=False`` leaves plotly.js to the page around it, for several figures on one page.
    """
    text: str = draw(figure).to_html(config=CONFIG, include_plotlyjs=library, include_mathjax=False, full_html=whole)
    return text


def show(figure: Figure) -> None:
    """Open the figure in the notebook or in the browser; nothing leaves the machine and no file is left
    behind.
    """
    from trajectories.figures.browser import in_notebook, open_once, show_in_notebook

    if in_notebook():
        show_in_notebook(html(figure, whole=False))
    else:
        open_once(html(figure))


class _Frame:
    """The whole page's measures, to turn places into the shares of the axes' area that Plotly wants."""

    def __init__(self, width: float, height: float, top: float, below: float, page: Page) -> None:
        self.left, self.top = page.left, top
        self.width = width - page.left - page.right
        self.height = height - top - page.bottom - below

    def across(self, spot: Spot) -> list[float]:
        start = (spot.left - self.left) / self.width
        return [max(0.0, start), min(1.0, start + spot.width / self.width)]

    def up(self, spot: Spot) -> list[float]:
        down = (spot.top + spot.height - self.top) / self.height
        return [max(0.0, 1.0 - down), min(1.0, 1.0 - down + spot.height / self.height)]


def _add_panel(drawn: go.Figure, spot: Spot, number: int, frame: _Frame) -> None:
    tail = str(number + 1) if number else ""
    place = Place(drawn, f"x{tail}", f"y{tail}", spot, spot.panel.x.kind == "day")
    drawn.update_layout({f"xaxis{tail}": _x_axis(place, frame), f"yaxis{tail}": _y_axis(place, frame)})
    for mark in spot.panel.marks:
        draw_mark(place, mark)
    _flags(place, frame.up(spot)[1])
    _panel_title(place)


def _x_axis(place: Place, frame: _Frame) -> dict[str, Any]:
    axis = place.spot.panel.x
    low, high = bounds(place.spot.panel)
    set_up: dict[str, Any] = {
        "domain": frame.across(place.spot), "anchor": place.y, "range": [place.at(low), place.at(high)],
        "type": "date" if place.dated else "linear", "showgrid": False, "zeroline": False, "showline": True,
        "linecolor": style.FRAME, "ticks": "outside", "ticklen": 4, "tickcolor": style.FRAME,
        "tickfont": {"size": SMALL}, "title": {"text": entities.escape(axis.label), "font": {"size": BODY},
                                               "standoff": 4},
    }  # fmt: skip
    if axis.ticks is not None:
        set_up |= {"tickmode": "array", "tickvals": [place.at(x) for x, _ in axis.ticks],
                   "ticktext": [entities.escape(label) for _, label in axis.ticks]}  # fmt: skip
    return set_up


def _y_axis(place: Place, frame: _Frame) -> dict[str, Any]:
    panel = place.spot.panel
    bottom, top = heights_of(panel)
    set_up: dict[str, Any] = {
        "domain": frame.up(place.spot), "anchor": place.x, "range": [bottom, top], "showgrid": False,
        "zeroline": False, "showline": place.framed, "linecolor": style.FRAME, "tickfont": {"size": SMALL},
        "ticks": "outside" if place.framed else "", "ticklen": 4, "tickcolor": style.FRAME,
        "title": {"text": entities.escape(panel.y.label), "font": {"size": BODY}, "standoff": 6},
    }  # fmt: skip
    rows = row_labels(panel)
    if rows:
        set_up |= {"ticklabelstandoff": 4, "tickvals": list(range(len(rows))), "ticktext": [entities.escape(row).replace("\n", "<br>") for row in rows]}
    elif place.has_tiles:
        named = panel.y.ticks or ()
        set_up |= {"type": "category", "range": [bottom - 0.5, top - 0.5], "ticks": "", "showline": False,
                   "tickvals": [y - 0.5 for y, _ in named], "ticktext": [label for _, label in named]}  # fmt: skip
    elif panel.y.ticks is not None:
        set_up |= {"tickvals": [y for y, _ in panel.y.ticks], "ticktext": [label for _, label in panel.y.ticks]}
    elif panel.y.kind == "share":
        set_up |= {"tickformat": ".0%", "dtick": 0.5}
    return set_up


def _flags(place: Place, top: float) -> None:
    for flag in place.spot.flags:
        rise = 6.0 + flag.level * 15.0
        colour, leftward = style.MUTED if flag.rule else style.INK, flag.back == flag.width
        place.drawn.add_shape(type="line", xref=place.x, yref="paper", x0=place.at(flag.x), x1=place.at(flag.x),
                              ysizemode="pixel", yanchor=top, y0=0, y1=rise + 12,
                              line={"color": colour, "width": 1})  # fmt: skip
        place.drawn.add_annotation(x=place.at(flag.x), xref=place.x, xanchor="right" if leftward else "left",
                                   y=1, yref=f"{place.y} domain", yanchor="bottom", yshift=rise - 2,
                                   xshift=-2 if leftward else 2 - flag.back, text=entities.escape(flag.text),
                                   showarrow=False, font={"size": SMALL, "color": colour}, borderpad=0,
                                   bgcolor=style.PAPER)  # fmt: skip


def _panel_title(place: Place) -> None:
    spot = place.spot
    lines = [f"<b>{entities.escape(line)}</b>" for line in spot.title]
    if spot.panel.subtitle:
        lines.append(f'<span style="color:{style.MUTED};font-size:{SMALL}px">'
                     f"{entities.escape(spot.panel.subtitle)}</span>")  # fmt: skip
    if lines:
        place.drawn.add_annotation(x=0, xref=f"{place.x} domain", xanchor="left", y=1, yref=f"{place.y} domain",
                                   yanchor="bottom", yshift=spot.above + 1, text="<br>".join(lines), align="left",
                                   showarrow=False, font={"size": BODY, "color": style.INK})  # fmt: skip


def _base(page: Page, height: float, top: float, below: float) -> dict[str, Any]:
    return {
        "height": round(height), "margin": {"l": page.left, "r": page.right, "t": top, "b": page.bottom + below,
                                            "autoexpand": False},
        "paper_bgcolor": style.PAPER, "plot_bgcolor": style.PAPER, "template": "none", "barmode": "overlay",
        "font": {"family": FAMILY, "size": BODY, "color": style.INK}, "hovermode": "closest", "dragmode": "zoom",
        "hoverlabel": {"bgcolor": style.PAPER, "bordercolor": style.FRAME, "align": "left",
                       "font": {"family": FAMILY, "size": BODY, "color": style.INK}},
        "uniformtext": {"minsize": SMALL, "mode": "hide"}, "showlegend": False, "autosize": True,
    }  # fmt: skip


def _title_of(lines: tuple[str, ...], height: float) -> dict[str, Any]:
    text = "<br>".join(f"<b>{entities.escape(line)}</b>" for line in lines)
    return {"text": text, "x": 0, "xref": "container", "xanchor": "left", "pad": {"l": 8, "t": 0},
            "y": 1 - 6 / height, "yref": "container", "yanchor": "top",
            "font": {"size": HEAD, "color": style.INK}}  # fmt: skip


def _body(text: str) -> float:
    return width_of(text, BODY)


def _head(text: str) -> float:
    return width_of(text, BODY, bold=True)


def _title(text: str) -> float:
    return width_of(text, HEAD, bold=True)
