"""The screen: a Figure as a Plotly figure that stays on the machine, in the colours of the page on paper."""

from __future__ import annotations

import html as entities
from typing import Any

from trajectories.figures import style
from trajectories.figures.canvas import Canvas
from trajectories.figures.figure import Figure
from trajectories.figures.layout import Metrics, Page, arrange, overhead
from trajectories.figures.paper_size import axes_on_paper
from trajectories.figures.screen_legend import draw_legends, legend_height
from trajectories.figures.screen_panel import Frame, draw_panel
from trajectories.figures.screen_text import BODY, FAMILY, HEAD, SMALL, width_of
from trajectories.figures.words import wrapped

CONFIG: dict[str, Any] = {
    "showSendToCloud": False,
    "plotlyServerURL": "",
    "displaylogo": False,
    "responsive": True,
    "modeBarButtonsToRemove": ["select2d", "lasso2d", "autoScale2d"],
}
"""What every chart is shown with: no button that sends it anywhere."""

_PIXELS_PER_INCH = 140
_EDGE = 8.0


def draw(figure: Figure, *, width: int = 960, height: int | None = None, title: bool = True) -> Canvas:
    """The figure for the screen, as a canvas. It fills the width it is given and keeps its height.

    ``width`` (pixels) is what titles, legends and labels are wrapped for. ``height`` (pixels) is that of
    all axes together, without titles, labels and legends; None keeps the proportions of paper. A click on a
    row of an index plot carries the person's id as ``clickData["points"][0]["y"]``, a text; other marks
    have numbers there. Hover texts hold no quotes unless the figure was made with them.
    """
    metrics = Metrics(_body, _head, line=17.0, small=15.0, pad=7.0)
    room = width - 2.5 * _EDGE
    head = wrapped(figure.title, room, _title) if title and figure.title else ()
    foot = wrapped(figure.note, room, _small, most=3)
    start = _EDGE + 21.0 * len(head)
    top = start + legend_height(figure.legends, room)
    below = 16.0 * len(foot) + (6.0 if foot else 2.0)
    axes = axes_on_paper(figure) * _PIXELS_PER_INCH if height is None else float(height)
    inner = top + overhead(figure, width, 0.0, metrics) + max(axes, 40.0)
    page = arrange(figure, width, inner, top, metrics)

    canvas = Canvas(layout=_base(page, inner + below, top, below))
    if head:
        canvas.layout["title"] = _heading(head, inner + below)
    draw_legends(canvas, figure.legends, room, _EDGE - page.left, top - start)
    frame = Frame(page, width - page.left - page.right, inner - top - page.bottom, top)
    for i, spot in enumerate(page.spots):
        draw_panel(canvas, spot, i, frame)
    if foot:
        canvas.add_annotation(**_note(foot, page))
    return canvas


def html(figure: Figure, *, whole: bool = True, library: bool = True, name: str = "figure") -> str:
    """The figure as a web page (or a part of one) that asks nothing of any other machine.

    ``library=False`` leaves plotly.js to the page around it, for several figures on one page; each then needs
    a ``name`` of its own, which becomes the id of its element. The page holds every number drawn: of index
    plots, people's ids and lives.
    """
    return str(
        draw(figure).figure().to_html(
            config=CONFIG, include_plotlyjs=library, include_mathjax=False, full_html=whole, div_id=name
        )
    )


def show(figure: Figure) -> None:
    """Open the figure in the notebook or the browser; nothing leaves the machine, no file is left behind."""
    from trajectories.figures.browser import in_notebook, open_once, show_in_notebook

    if in_notebook():
        show_in_notebook(html(figure, whole=False))
    else:
        open_once(html(figure))


def _base(page: Page, height: float, top: float, below: float) -> dict[str, Any]:
    font = {"family": FAMILY, "size": BODY, "color": style.INK}
    return {
        "height": round(height),
        "margin": {"l": page.left, "r": page.right, "t": top, "b": page.bottom + below, "autoexpand": False},
        "paper_bgcolor": style.PAPER,
        "plot_bgcolor": style.PAPER,
        "barmode": "overlay",
        "font": font,
        "hovermode": "closest",
        "dragmode": "zoom",
        "hoverlabel": {"bgcolor": style.PAPER, "bordercolor": style.FRAME, "align": "left", "font": font},
        "uniformtext": {"minsize": SMALL, "mode": "hide"},
        "showlegend": False,
        "autosize": True,
    }


def _heading(lines: tuple[str, ...], height: float) -> dict[str, Any]:
    return {
        "text": "<br>".join(f"<b>{entities.escape(line)}</b>" for line in lines),
        "x": 0, "xref": "container", "xanchor": "left", "pad": {"l": _EDGE, "t": 0},
        "y": 1 - 6 / height, "yref": "container", "yanchor": "top",
        "font": {"size": HEAD, "color": style.INK},
    }  # fmt: skip


def _note(lines: tuple[str, ...], page: Page) -> dict[str, Any]:
    return {
        "text": "<br>".join(map(entities.escape, lines)),
        "x": 0, "xref": "paper", "xanchor": "left", "xshift": _EDGE - page.left,
        "y": 0, "yref": "paper", "yanchor": "top", "yshift": -page.bottom - 4,
        "showarrow": False, "align": "left", "font": {"size": SMALL, "color": style.MUTED},
    }  # fmt: skip


def _small(text: str) -> float:
    return width_of(text, SMALL)


def _body(text: str) -> float:
    return width_of(text, BODY)


def _head(text: str) -> float:
    return width_of(text, BODY, bold=True)


def _title(text: str) -> float:
    return width_of(text, HEAD, bold=True)
