"""Computing the blocks of a folder: those that are not there yet, here or on a cluster."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Generator
from contextlib import closing
from pathlib import Path

from trajectories.alignment.cluster.block_files import (
    DamagedBlockError,
    block_bytes,
    block_name,
    keep_block,
    pyarrow,
    read_block,
)
from trajectories.alignment.cluster.comparison import Comparison
from trajectories.alignment.cluster.fingerprint import fingerprint
from trajectories.alignment.cluster.machines import Cluster, connected, done_on
from trajectories.alignment.cluster.on_disk import DissimilaritiesOnDisk
from trajectories.alignment.cluster.rectangles import Rectangle, rectangles, side_for
from trajectories.alignment.computing.arithmetic import Precision
from trajectories.alignment.computing.lives import Compared
from trajectories.alignment.measures.basic import Measure
from trajectories.alignment.measures.events import EventMatching
from trajectories.alignment.pairwise import comparison_of
from trajectories.errors import SettingError
from trajectories.sequences.event_lives import EventLives
from trajectories.sequences.sequences import Sequences

MANIFEST = "dissimilarities.json"
_FORMAT = 1
_READ = ("Block r, c holds lives r, r+1, ... against lives c, c+1, ...: column dissimilarity, row by row, in "
         "blocks with r = c only pairs whose second life comes later.")  # fmt: skip


def dissimilarities_on_disk(
    lives: Sequences | EventLives, measure: Measure | EventMatching, folder: str | Path, *,
    client: Cluster | None = None, precision: Precision = "single",
    progress: Callable[[float], None] | None = None,
) -> DissimilaritiesOnDisk:  # fmt: skip
    """How unlike every two lives are, computed block by block into a folder that only you can read.

    For more people than the memory holds, and for work that must not begin anew after a crash: called again
    with the same lives, measure and folder it computes only the blocks that are missing; damaged ones are
    told (``replaced``) and computed again. On this machine, or with ``client`` (a ``dask.distributed.Client``
    or the address of its scheduler) on a cluster, whose machines get the lives without ids and need not see
    the folder. The folder holds no ids and no states, but dissimilarities of people all the same: keep it as
    you keep the lives. ``precision`` is as in ``dissimilarities``; ``progress`` is called with the share of
    the pairs done.

    Raises SettingError for what ``dissimilarities`` refuses but for memory, for a folder of other lives,
    another measure or anything else, and for a disk too small; ClusterError when the cluster is lost, what is
    done being kept.
    """
    pyarrow()
    if not isinstance(folder, str | Path):
        raise SettingError(f"folder must be the path of a folder, not {folder!r}.")
    place, comparison = Path(folder), comparison_of(lives, measure, precision)
    mark = fingerprint(lives, measure, precision)
    begun = comparison.nothing()
    side = _opened(place, begun, comparison, mark)
    wanted, replaced = [], []
    for part in (parts := rectangles(begun.lives.n, side)):
        try:
            if read_block(place, part, mark) is None:
                wanted.append(part)
        except DamagedBlockError as error:
            replaced.append(str(error))
            wanted.append(part)
    _refuse_small_disk(place, wanted, begun)
    whole, done = sum(part.pairs for part in parts) or 1, sum(part.pairs for part in parts)
    done -= sum(part.pairs for part in wanted)
    with closing(_computed(client, comparison, mark, wanted, place)) as coming:
        for part, raw in coming:
            _keep(place, part, raw)
            done += part.pairs
            if progress is not None:
                progress(done / whole)
    return DissimilaritiesOnDisk(place, lives.ids, begun.lives.which, begun.lives.n, side, begun.found.dtype,
                                 mark, measure.describe(), lives.weights, begun.numbers, len(wanted),
                                 tuple(replaced))  # fmt: skip


def _computed(client: Cluster | None, comparison: Comparison, mark: str, parts: list[Rectangle],
              folder: Path) -> Generator[tuple[Rectangle, bytes]]:  # fmt: skip
    """Each part's file, as they come."""
    if client is None:
        for part in parts:
            yield part, block_bytes(part, comparison.part(part), mark)
    elif parts:
        kept = (f"The blocks that are done are in {folder}; call again with the same lives, measure and "
                "folder to compute only the others.")  # fmt: skip
        with connected(client) as reached:
            yield from done_on(reached, _one, (comparison.nameless(), mark), parts, kept)


def _one(shared: tuple[Comparison, str], part: Rectangle) -> bytes:
    """On a machine of the cluster, which hands out one part per processor."""
    comparison, mark = shared
    return block_bytes(part, comparison.part(part, threads=1), mark)


def _opened(folder: Path, begun: Compared, comparison: Comparison, mark: str) -> int:
    """Make the folder, or see that it is about the same; how many lives its blocks have on a side."""
    manifest = folder / MANIFEST
    if manifest.exists():
        return _side_of(manifest, mark)
    if folder.exists() and not folder.is_dir():
        raise SettingError(f"{folder} is a file; name a folder for the dissimilarities.")
    if folder.exists() and any(folder.iterdir()):
        raise SettingError(f"{folder} is not empty and holds no dissimilarities; name a new folder.")
    side = side_for(begun.lives.n)
    about = {"format": _FORMAT, "made_by": f"trajectories {comparison.version}", "fingerprint": mark,
             "measure": comparison.measure.describe(), "numbers": begun.numbers, "people": comparison.lives.n,
             "lives": begun.lives.n, "side": side, "how_to_read": _READ}  # fmt: skip
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)
        written = folder / f"{MANIFEST}.{os.getpid()}.begun"
        written.write_text(json.dumps(about, indent=2) + "\n", encoding="utf-8")
        written.replace(manifest)
    except OSError as error:
        raise SettingError(f"{folder} cannot be written ({error.strerror}); name another folder.") from None
    return side


def _side_of(manifest: Path, mark: str) -> int:
    try:
        about = json.loads(manifest.read_text(encoding="utf-8"))
        theirs, side, measure = about["fingerprint"], int(about["side"]), about["measure"]
        made_by = about["made_by"]
    except (OSError, ValueError, KeyError, TypeError):
        raise SettingError(f"{manifest} is damaged or not ours; delete the folder or name another.") from None
    if theirs != mark or about.get("format") != _FORMAT or side < 1:
        raise SettingError(
            f"{manifest.parent} holds dissimilarities of other lives or weights, by another measure, "
            f"precision or version ({measure}; {made_by}). Name another folder, or delete this one."
        )
    return side


def _refuse_small_disk(folder: Path, parts: list[Rectangle], begun: Compared) -> None:
    needed = sum(part.pairs for part in parts) * begun.found.dtype.itemsize
    free = shutil.disk_usage(folder).free
    if needed > free:
        raise SettingError(
            f"The dissimilarities need up to {needed / 2**30:,.1f} GB on the disk of {folder} and "
            f"{free / 2**30:,.1f} GB are free. Name a folder on a larger disk, or find types without all "
            "pairs: tj.clara(lives, measure, k=6)."
        )


def _keep(folder: Path, part: Rectangle, raw: bytes) -> None:
    try:
        keep_block(folder, part, raw)
    except OSError as error:
        raise SettingError(f"{block_name(part)} cannot be written to {folder} ({error.strerror}). The blocks "
                           "before it are kept; make room and call again.") from None  # fmt: skip
