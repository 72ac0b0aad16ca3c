"""The legends of a figure on screen, above its panels."""

from __future__ import annotations

import html as entities
from typing import Any

from trajectories.figures import style
from trajectories.figures.canvas import Canvas
from trajectories.figures.figure import Key, Legend
from trajectories.figures.legends import Sizes, legend_lines
from trajectories.figures.screen_text import BODY, width_of

_SIZES = Sizes(
    text=lambda text: width_of(text, BODY),
    title=lambda text: width_of(text, BODY, bold=True),
    box=12.0,
    gap=16.0,
    line=20.0,
)
_BELOW = 8.0
_IN_PIXELS: dict[str, Any] = {
    "xref": "paper", "xsizemode": "pixel", "xanchor": 0, "yref": "paper", "ysizemode": "pixel", "yanchor": 1,
}  # fmt: skip


def legend_height(legends: tuple[Legend, ...], room: float) -> float:
    """Height of all legends, in pixels."""
    lines = legend_lines(legends, room, _SIZES)
    return len(lines) * _SIZES.line + (_BELOW if lines else 0.0)


def draw_legends(
    canvas: Canvas, legends: tuple[Legend, ...], room: float, left: float, above: float
) -> None:
    """Draw the legends ``left`` pixels from the axes' left edge, from ``above`` pixels over the axes."""
    for i, line in enumerate(legend_lines(legends, room, _SIZES)):
        middle = above - (i + 0.5) * _SIZES.line
        if line.title:
            canvas.add_annotation(**_text(f"<b>{entities.escape(line.title)}</b>", left, middle))
        for x, key in line.keys:
            _key(canvas, key, left + x, middle)


def _key(canvas: Canvas, key: Key, x: float, y: float) -> None:
    box, half = _SIZES.box, _SIZES.box / 2
    edge = {"color": style.FRAME, "width": 0.6}
    canvas.add_shape(
        type="rect", x0=x, x1=x + box, y0=y - half, y1=y + half, fillcolor=key.colour, line=edge, **_IN_PIXELS
    )
    for start in (0.05, 0.5) if key.hatched else ():
        canvas.add_shape(
            type="line", x0=x + start * box, x1=x + start * box + half, y0=y - half, y1=y + half,
            line={"color": style.MISSING_HATCH, "width": 1}, **_IN_PIXELS,
        )  # fmt: skip
    canvas.add_annotation(**_text(entities.escape(key.label), x + 1.45 * box, y))


def _text(text: str, x: float, y: float) -> dict[str, Any]:
    return {
        "text": text, "x": 0, "xref": "paper", "xanchor": "left", "xshift": x,
        "y": 1, "yref": "paper", "yanchor": "middle", "yshift": y,
        "showarrow": False, "borderpad": 0, "font": {"size": BODY, "color": style.INK},
    }  # fmt: skip
