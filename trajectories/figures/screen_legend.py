"""The legends of a figure on screen, above its panels."""

from __future__ import annotations

import html as entities
from typing import TYPE_CHECKING

from trajectories.figures import style
from trajectories.figures.figure import Key, Legend
from trajectories.figures.legends import Sizes, legend_lines
from trajectories.figures.screen_text import BODY, width_of

if TYPE_CHECKING:
    import plotly.graph_objects as go

_SIZES = Sizes(lambda text: width_of(text, BODY), lambda text: width_of(text, BODY, bold=True),
               box=12.0, gap=16.0, line=20.0)  # fmt: skip
_BELOW = 8.0


def legend_height(legends: tuple[Legend, ...], room: float) -> float:
    """Height of all legends, in pixels."""
    lines = legend_lines(legends, room, _SIZES)
    return len(lines) * _SIZES.line + (_BELOW if lines else 0.0)


def draw_legends(drawn: go.Figure, legends: tuple[Legend, ...], room: float, left: float, above: float) -> None:
    """Draw the legends ``left`` pixels from the axes' left edge, beginning ``above`` pixels over the
    axes' area.
    """
    for i, line in enumerate(legend_lines(legends, room, _SIZES)):
        middle = above - (i + 0.5) * _SIZES.line
        if line.title:
            _text(drawn, f"<b>{entities.escape(line.title)}</b>", left, middle)
        for x, key in line.keys:
            _key(drawn, key, left + x, middle)


def _key(drawn: go.Figure, key: Key, x: float, y: float) -> None:
    half = _SIZES.box / 2
    drawn.add_shape(type="rect", xref="paper", yref="paper", xsizemode="pixel", ysizemode="pixel", xanchor=0, yanchor=1,
                    x0=x, x1=x + _SIZES.box, y0=y - half, y1=y + half, fillcolor=key.colour,
                    line={"color": style.FRAME, "width": 0.6})  # fmt: skip
    for offset in (0.2, 0.65) if key.hatched else ():
        start, middle = x + offset * _SIZES.box, y - half
        drawn.add_shape(type="line", xref="paper", yref="paper", xsizemode="pixel", ysizemode="pixel", xanchor=0,
                        yanchor=1, x0=start - 2, x1=start + half, y0=middle, y1=y + half,
                        line={"color": style.MISSING_HATCH, "width": 1})  # fmt: skip
    _text(drawn, entities.escape(key.label), x + 1.45 * _SIZES.box, y)


def _text(drawn: go.Figure, text: str, x: float, y: float) -> None:
    drawn.add_annotation(x=0, y=1, xref="paper", yref="paper", xanchor="left", yanchor="middle", xshift=x, yshift=y,
                         text=text, showarrow=False, borderpad=0, font={"size": BODY, "color": style.INK})  # fmt: skip
