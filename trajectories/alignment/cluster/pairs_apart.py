"""All pairs worked through part by part on a cluster, and put together again."""

from __future__ import annotations

from contextlib import closing

from trajectories.alignment.cluster.comparison import Comparison
from trajectories.alignment.cluster.machines import Cluster, connected, done_on
from trajectories.alignment.cluster.rectangles import Rectangle, rectangles, side_for
from trajectories.alignment.computing.blocks import Progress, room_for
from trajectories.alignment.computing.lives import Compared
from trajectories.alignment.computing.pairs import Kept, Pairs

_AGAIN = "Nothing is kept; call again, or keep what is done in a folder with dissimilarities_on_disk(...)."


def compared_on(client: Cluster, comparison: Comparison, progress: Progress | None) -> Compared:
    """The dissimilarities among the different lives, computed on a cluster and put together here.

    Raises what the measure raises, before anything is sent; SettingError when they do not fit into memory;
    ClusterError when the cluster cannot be reached or is lost.
    """
    with connected(client) as reached:
        begun = comparison.nothing()
        lives = begun.lives.n
        whole = room_for(Pairs(lives), len(begun.lives.which), begun.found.dtype)
        parts, done = rectangles(lives, side_for(lives)), 0
        with closing(done_on(reached, _one, comparison.nameless(), parts, _AGAIN)) as coming:
            for part, found in coming:
                put(whole, part, found)
                done += part.pairs
                if progress is not None:
                    progress(done / max(Pairs(lives).size, 1))
    return Compared(begun.lives, whole, begun.numbers)


def put(whole: Kept, part: Rectangle, found: Kept) -> None:
    """Put a part's table where it belongs in the condensed whole."""
    for i, others, row in part.each(found):
        start = i * part.lives - i * (i + 1) // 2 - i - 1
        whole[start + others.start : start + others.stop] = row


def _one(comparison: Comparison, part: Rectangle) -> Kept:
    """On a machine of the cluster, which hands out one part per processor."""
    return comparison.part(part, threads=1)
