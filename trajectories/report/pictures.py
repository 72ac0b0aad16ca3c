"""Figures inside the page: the paper figure as an image that the page itself holds, its caption and its
numbers."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from html import escape

from trajectories.figures.figure import Figure
from trajectories.report.html_tables import numbers
from trajectories.wording import unbroken

LARGEST_SVG = 900_000
"""Bytes above which a page holds the PNG instead, so that it stays quick to open."""


@dataclass(frozen=True)
class Drawn:
    """A figure that has been written, with the bytes of its pictures."""

    name: str
    figure: Figure
    svg: bytes
    png: bytes


class Pictures:
    """The drawn figures, placed in the page one after the other and numbered as they come."""

    def __init__(self, drawn: list[Drawn]) -> None:
        self._waiting = {one.name: one for one in drawn}
        self._drawn = tuple(self._waiting)
        self._placed = 0

    def drew(self, *kinds: str) -> bool:
        """Whether there is any figure of these kinds."""
        return any(_kind(name, kind) for name in self._drawn for kind in kinds)

    def of(self, *kinds: str) -> str:
        """Every figure of these kinds (``types`` is ``types_location`` and all others) not yet placed."""
        return self.named(*(name for kind in kinds for name in self._waiting if _kind(name, kind)))

    def named(self, *names: str) -> str:
        """These figures, as far as they are drawn and not yet placed."""
        return "\n".join(self._next(self._waiting.pop(name)) for name in names if name in self._waiting)

    def _next(self, one: Drawn) -> str:
        self._placed += 1
        return _picture(one, self._placed)


def _kind(name: str, kind: str) -> bool:
    return name == kind or name.startswith(f"{kind}_")


def _picture(one: Drawn, place: int) -> str:
    """The figure with number, caption, the numbers behind it, and the names of its files."""
    kind, content = ("svg+xml", one.svg) if len(one.svg) <= LARGEST_SVG else ("png", one.png)
    data = b64encode(content).decode("ascii")
    figure = one.figure
    return (
        f'<figure id="figure-{escape(one.name)}">\n'
        f'<img src="data:image/{kind};base64,{data}" alt="{escape(f"{figure.title}. {figure.summary}")}">\n'
        f"<figcaption><b>Figure {place}.</b> {escape(unbroken(figure.summary))}</figcaption>\n"
        f"{numbers(figure.table)}\n{_files(one.name)}\n</figure>"
    )


def _files(name: str) -> str:
    links = "".join(
        f'<a href="figures/{name}.{ending}">{ending.upper()}</a>, ' for ending in ("pdf", "svg", "png")
    )
    return f'<p class="files">Files: {links}<a href="tables/figure_{name}.csv">table (CSV)</a></p>'
