"""Paper: a Figure as PDF, SVG, PNG, EPS or TIFF by matplotlib, offline, the same bytes each time."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from trajectories.errors import SettingError
from trajectories.figures import style
from trajectories.figures.figure import Axis, Figure
from trajectories.figures.layout import Metrics, Spot, arrange, bounds, heights_of, row_labels
from trajectories.figures.paper_legend import count_lines, draw_legends
from trajectories.figures.paper_marks import ROWS_AS_VECTOR, draw_mark, is_image
from trajectories.figures.paper_size import (
    BODY,
    MARGIN,
    NOTE_LINE,
    SMALL,
    TITLE,
    TITLE_LINE,
    legend_height,
    metrics,
    note_height,
    title_height,
    with_room,
)
from trajectories.figures.paper_text import width_of
from trajectories.figures.words import wrapped

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Sheet

ENDINGS = ("pdf", "svg", "png", "eps", "tiff")
_DOTS = 300
_RC: dict[str, Any] = {
    "font.family": "DejaVu Sans", "font.size": BODY, "text.parse_math": False, "text.color": style.INK,
    "axes.labelsize": BODY, "axes.labelcolor": style.INK, "axes.linewidth": 0.6,
    "axes.edgecolor": style.FRAME, "hatch.linewidth": 0.5, "path.simplify": False, "axes.unicode_minus": True,
    "pdf.fonttype": 42, "ps.fonttype": 42, "pdf.compression": 6, "svg.fonttype": "path",
    "svg.hashsalt": "trajectories",
    **{f"{axis}tick.{part}": value for axis in "xy" for part, value in {
        "labelsize": SMALL, "labelcolor": style.INK, "color": style.FRAME,
        "major.width": 0.6, "major.size": 2.5, "major.pad": 2,
    }.items()},
}  # fmt: skip
"""matplotlib's settings while a figure is written; they hold for nothing else."""


def save(figure: Figure, path: Path) -> Path:
    """Write the figure for print and return its path; vector in .pdf, .svg and .eps, 300 dots an inch in
    .png and .tiff.

    Index plots of more than 400 rows are put in as an image of 600 dots an inch, because a row is then
    thinner than a printed line; the figure says so beneath. Two runs write the same bytes: no dates, fixed
    names inside. Raises SettingError for another ending or a folder that does not exist.
    """
    path = Path(path)
    ending = path.suffix.lower().lstrip(".")
    ending = "tiff" if ending == "tif" else ending
    if ending not in ENDINGS:
        given = f"no figure can end in {path.suffix!r}" if path.suffix else "the ending is missing"
        known = ", ".join(f".{one}" for one in ENDINGS)
        raise SettingError(f"{path.name}: {given}; write it as one of {known}.")
    if not path.parent.is_dir():
        raise SettingError(f"{path}: there is no folder {str(path.parent)!r}; make it, or write elsewhere.")
    path.write_bytes(rendered(figure, ending)[ending])
    return path


def rendered(figure: Figure, *endings: str) -> dict[str, bytes]:
    """The figure as the bytes of files of these kinds (``pdf``, ``svg``, ``png``, ``eps`` or ``tiff``), drawn
    once."""
    import matplotlib as mpl

    written = {}
    with mpl.rc_context(cast(Any, _RC)):
        sheet = _sheet(figure)
        for ending in endings:
            buffer = io.BytesIO()
            sheet.savefig(buffer, format=ending, dpi=_DOTS, **_about(figure, ending))
            written[ending] = buffer.getvalue()
    if "eps" in written:
        written["eps"] = re.sub(rb"%%CreationDate: [^\n]*\n", b"", written["eps"])
    return written


def _about(figure: Figure, ending: str) -> dict[str, Any]:
    """Title and description inside the file, and no date."""
    if ending == "svg":
        return {"metadata": {"Title": figure.title, "Description": figure.summary, "Date": None}}
    if ending == "pdf":
        return {"metadata": {"Title": figure.title, "Subject": figure.summary, "CreationDate": None}}
    if ending == "png":
        return {"metadata": {"Title": figure.title, "Description": figure.summary}}
    if ending == "tiff":
        return {"pil_kwargs": {"compression": "tiff_lzw"}}
    return {}


def _sheet(figure: Figure) -> Sheet:
    from matplotlib.figure import Figure as Sheet

    figure = with_room(figure)
    width, height = figure.size
    sheet = Sheet(figsize=(width, height), facecolor=style.PAPER)
    sizes = metrics(lambda text: width_of(text, SMALL), lambda text: width_of(text, BODY, bold=True))
    inner = width - 2 * MARGIN
    top = _title(sheet, figure, inner)
    foot = _foot(sheet, figure, inner)
    legends = legend_height(count_lines(figure.legends, inner))
    page = arrange(figure, inner, height - foot - legends, top, sizes)
    for spot in page.spots:
        _panel(sheet, spot, sizes)
    draw_legends(sheet, figure.legends, inner, MARGIN, height - foot - legends)
    return sheet


def _title(sheet: Sheet, figure: Figure, room: float) -> float:
    """Write the title; return where the panels may begin, in inches from the top."""
    width, height = figure.size
    lines = wrapped(figure.title, room, lambda t: width_of(t, TITLE, bold=True)) if figure.title else ()
    for i, line in enumerate(lines):
        at = (MARGIN / width, 1 - (0.05 + TITLE_LINE * i) / height)
        sheet.text(*at, line, size=TITLE, weight="bold", va="top")
    return title_height(len(lines))


def _foot(sheet: Sheet, figure: Figure, room: float) -> float:
    """Write the note, and that tiles are an image when they are; return the height taken, in inches."""
    width, height = figure.size
    image = any(is_image(mark) for panel in figure.panels for mark in panel.marks)
    said = f"Drawn as an image: more than {ROWS_AS_VECTOR} rows." if image else ""
    text = " ".join(part for part in (figure.note, said) if part)
    lines = wrapped(text, room, lambda t: width_of(t, SMALL), most=3) if text else ()
    for i, line in enumerate(reversed(lines)):
        at = (MARGIN / width, (0.05 + NOTE_LINE * i) / height)
        sheet.text(*at, line, size=SMALL, color=style.MUTED, va="bottom")
    return note_height(len(lines))


def _panel(sheet: Sheet, spot: Spot, sizes: Metrics) -> None:
    width, height = sheet.get_size_inches()
    corner = ((MARGIN + spot.left) / width, 1 - (spot.top + spot.height) / height)
    axes = sheet.add_axes((*corner, spot.width / width, spot.height / height))
    panel = spot.panel
    axes.set_xlim(*bounds(panel))
    axes.set_ylim(*heights_of(panel))
    for mark in panel.marks:
        draw_mark(axes, mark)
    _frame(axes, spot)
    _flags(axes, spot, sizes)
    _panel_title(axes, spot, sizes)


def _frame(axes: Axes, spot: Spot) -> None:
    panel = spot.panel
    bare = heights_of(panel)[0] > heights_of(panel)[1]
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    axes.spines["left"].set_visible(not bare)
    _ticks(axes, "x", panel.x)
    if row_labels(panel):
        axes.set_yticks(range(len(row_labels(panel))), row_labels(panel))
        axes.tick_params(axis="y", length=0)
    elif bare:
        axes.set_yticks([at for at, _ in panel.y.ticks or ()], [label for _, label in panel.y.ticks or ()])
        axes.tick_params(axis="y", length=0)
    else:
        _ticks(axes, "y", panel.y)
    axes.set_xlabel(panel.x.label, labelpad=2)
    if panel.y.label:
        axes.set_ylabel(panel.y.label, labelpad=3)


def _ticks(axes: Axes, which: str, axis: Axis) -> None:
    ticks = axis.ticks
    if ticks is None and axis.kind == "share":
        ticks = ((0.0, "0\u00a0%"), (0.5, "50\u00a0%"), (1.0, "100\u00a0%"))
    if ticks is None:
        from matplotlib.ticker import MaxNLocator

        (axes.xaxis if which == "x" else axes.yaxis).set_major_locator(MaxNLocator(5))
        return
    set_ticks = axes.set_xticks if which == "x" else axes.set_yticks
    set_ticks([at for at, _ in ticks], [label for _, label in ticks])


def _flags(axes: Axes, spot: Spot, sizes: Metrics) -> None:
    line = {"arrowstyle": "-", "linewidth": 0.5, "shrinkA": 0, "shrinkB": 0}
    behind = {"facecolor": style.PAPER, "edgecolor": "none", "pad": 0.4}
    place: dict[str, Any] = {"xycoords": axes.get_xaxis_transform(), "textcoords": "offset points",
                             "annotation_clip": False}  # fmt: skip
    for flag in spot.flags:
        colour, leftward = style.MUTED if flag.rule else style.INK, flag.back == flag.width
        rise = 72 * (sizes.pad + flag.level * sizes.small)
        away = -2 if leftward else 2 - 72 * flag.back
        axes.annotate("", (flag.x, 1), xytext=(0, rise + 58 * sizes.small), zorder=4,
                      arrowprops=line | {"color": colour}, **place)  # fmt: skip
        axes.annotate(flag.text, (flag.x, 1), xytext=(away, rise), ha="right" if leftward else "left",
                      va="bottom", size=SMALL, color=colour, zorder=5, bbox=behind, **place)  # fmt: skip


def _panel_title(axes: Axes, spot: Spot, sizes: Metrics) -> None:
    rise = spot.above + 0.5 * sizes.pad
    lines = [(spot.panel.subtitle, SMALL, style.MUTED, "normal", sizes.small)] if spot.panel.subtitle else []
    lines += [(line, BODY, style.INK, "bold", sizes.line) for line in reversed(spot.title)]
    for text, size, colour, weight, line in lines:
        axes.annotate(
            text, (0, 1), xytext=(0, 72 * rise), xycoords="axes fraction", textcoords="offset points",
            ha="left", va="bottom", size=size, color=colour, weight=weight, annotation_clip=False,
        )  # fmt: skip
        rise += line
