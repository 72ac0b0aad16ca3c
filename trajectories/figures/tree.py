"""The tree of lives drawn: who joins whom at which height, and the types that a cut makes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from trajectories.errors import SettingError
from trajectories.figures.figure import Axis, Figure, Key, Legend, Line, Panel
from trajectories.figures.style import FRAME, INK, TYPES

if TYPE_CHECKING:
    from trajectories.typology.hierarchy import Tree
    from trajectories.typology.typology import Typology

_TOLD = 40
"""Up to so many ends, each says how many people it is."""


@dataclass(frozen=True)
class _Branch:
    """One merge as it is drawn: where its two parts stand and end, and at which height they join."""

    left: float
    right: float
    bottoms: tuple[float, float]
    height: float
    type: int
    """The type it lies in; -1 above the cut."""


def plot_tree(tree: Tree, types: Typology | None = None, *, ends: int = 60) -> Figure:
    """Draw a hierarchy of lives (dendrogram), from all together above to small groups below.

    ``types`` is one of its cuts (``tree.cut(k)``): branches below the cut take the types' colours, a line
    marks where it cuts. Only the last ``ends`` - 1 merges are drawn; each end below stands for the people
    told there, so that nobody is shown. A cut is good where the branches it goes through are long. The table
    is ``tree.table()``. Raises SettingError for fewer than 2 ends, fewer than there are types, and types that
    are no cut of this tree.
    """
    n, k = len(tree.ids), types.k if types is not None else 1
    if not max(2, k) <= ends:
        raise SettingError(f"A tree is drawn with at least {max(2, k)} ends, not {ends}.")
    label = _labels(tree, types)
    branches, sizes = _branches(tree, label, min(ends, n))
    top = float(tree.heights.max())
    lines = [_line([b for b in branches if b.type == t], name, colour) for t, name, colour in _kinds(types)
             if any(b.type == t for b in branches)]  # fmt: skip
    if types is not None:
        at = _cut(tree, k)
        lines.append(Line((0.2, len(sizes) + 0.8), (at, at), f"cut into {k} types", INK, "none"))
    ticks = tuple((i + 1.0, str(size)) for i, size in enumerate(sizes)) if len(sizes) <= _TOLD else ()
    across = "people in each group" if ticks else f"{len(sizes)} groups of people"
    keys = () if types is None else tuple(Key(name, TYPES[t % len(TYPES)])
                                          for t, name in enumerate(types.names))  # fmt: skip
    return Figure(
        title="The tree of lives", summary=_summary(tree, types), table=tree.table(), size=(7.0, 4.2),
        panels=(Panel(tuple(lines), Axis(across, 0.2, len(sizes) + 0.8, ticks),
                      Axis("height of the merge", 0.0, 1.04 * top or 1.0), subtitle=f"n = {n}"),),
        legends=(Legend("", keys),) if keys else (),
        note="" if types is None else "The line across is the cut.",
    )  # fmt: skip


def _labels(tree: Tree, types: Typology | None) -> NDArray[np.int64]:
    """The type of each life, (people,); one for all without types."""
    if types is None:
        return np.zeros(len(tree.ids), dtype=np.int64)
    if types.ids != tree.ids or tree.cut(types.k).types.tolist() != types.types.tolist():
        raise SettingError("These types are no cut of this tree; give those of tree.cut(k).")
    return types.types


def _branches(tree: Tree, label: NDArray[np.int64], ends: int) -> tuple[list[_Branch], list[int]]:
    """The last merges as they are drawn, and how many people each end has, from left to right."""
    n, parts = len(tree.ids), tree.branches()
    children = np.sort(tree.merges[:, :2].astype(np.intp), axis=1)
    first = 2 * n - ends  # the first merge that is drawn, numbered as a part
    drawn = range(first, 2 * n - 1)
    stands = {int(part) for merge in drawn for part in children[merge - n] if part < first}
    rank = np.empty(n, dtype=np.intp)
    rank[tree.order()] = np.arange(n)
    below = sorted(stands, key=lambda part: rank[parts[part][0]])
    place = {part: i + 1.0 for i, part in enumerate(below)}
    bottom = dict.fromkeys(place, 0.0)
    found = []
    for merge in drawn:
        one, other = (int(part) for part in children[merge - n])
        height = float(tree.heights[merge - n])
        inside = set(label[parts[merge]].tolist())
        found.append(_Branch(place[one], place[other], (bottom[one], bottom[other]), height,
                             inside.pop() if len(inside) == 1 else -1))  # fmt: skip
        place[merge], bottom[merge] = (place[one] + place[other]) / 2, height
    return found, [len(parts[part]) for part in below]


def _kinds(types: Typology | None) -> list[tuple[int, str, str]]:
    """What branches may belong to: number, name, colour."""
    if types is None:
        return [(0, "merges", TYPES[0])]
    above = [(-1, "above the cut", FRAME)]
    return above + [(t, name, TYPES[t % len(TYPES)]) for t, name in enumerate(types.names)]


def _line(branches: list[_Branch], label: str, colour: str) -> Line:
    """The branches as one line of brackets, broken between them."""
    x, y = [], []
    for b in branches:
        x += [b.left, b.left, b.right, b.right, b.right]
        y += [b.bottoms[0], b.height, b.height, b.bottoms[1], float("nan")]
    return Line(tuple(x), tuple(y), label, colour, "none")


def _cut(tree: Tree, k: int) -> float:
    """Half way between the last merge below the cut and the first above it."""
    heights, n = tree.heights, len(tree.ids)
    below = float(heights[n - k - 1]) if n > k else 0.0
    return (below + float(heights[n - k])) / 2


def _summary(tree: Tree, types: Typology | None) -> str:
    heights = tree.heights[::-1]
    last = ", ".join(f"{height:.3g}" for height in heights[:4])
    told = f"{len(tree.ids)} lives joined step by step; the last merges are at heights {last}."
    if types is None:
        return told
    k = types.k
    gap = float(heights[k - 2] - heights[k - 1]) if k <= len(heights) else float(heights[k - 2])
    largest = float(tree.heights.max())
    share = gap / largest if largest > 0 else 0.0
    return f"{told} The cut into {k} types goes through {100 * share:.0f}\u00a0% of the height of the tree."
