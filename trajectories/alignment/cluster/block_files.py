"""One part of the pairs as a Parquet file that knows what it is and whether it is whole."""

from __future__ import annotations

import hashlib
import importlib
import io
import os
from pathlib import Path
from typing import Any

import numpy as np

from trajectories.alignment.cluster.machines import INSTALL
from trajectories.alignment.cluster.rectangles import Rectangle
from trajectories.alignment.computing.pairs import Kept
from trajectories.errors import SettingError

_LOOKED_AT = 65_536
"""Values by which it is told whether there are few different ones, which a dictionary makes small."""


def block_name(part: Rectangle) -> str:
    """The file's name: the first life of the rows and of the columns."""
    return f"block_{part.first:08d}_{part.start:08d}.parquet"


def block_bytes(part: Rectangle, table: Kept, mark: str) -> bytes:
    """A part as a Parquet file: one column, ``dissimilarity``, the pairs row by row.

    It carries which lives it is about, ``mark``, the fingerprint of what was asked, and a hash of the values.
    """
    arrow, parquet = pyarrow()
    values = part.values(table)
    about = {**_about(part, mark), "sha256": _hash(values)}
    rows, written = arrow.table({"dissimilarity": values}).replace_schema_metadata(about), io.BytesIO()
    parquet.write_table(rows, written, use_dictionary=len(np.unique(values[:_LOOKED_AT])) < _LOOKED_AT // 8)
    return written.getvalue()


def keep_block(folder: Path, part: Rectangle, raw: bytes) -> None:
    """Put a block into the folder: it has its name only once it is whole, and only its owner may read it."""
    path = folder / block_name(part)
    begun = path.with_suffix(f".{os.getpid()}.begun")
    try:
        with open(os.open(begun, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(raw)
        os.replace(begun, path)
    finally:
        begun.unlink(missing_ok=True)


def read_block(folder: Path, part: Rectangle, mark: str) -> Kept | None:
    """A part's table (rows, columns), zeros where no pair is; None when the file is not there.

    Raises DamagedBlockError when it belongs to something else or is not what was written.
    """
    arrow, parquet = pyarrow()
    path = folder / block_name(part)
    if not path.exists():
        return None
    try:
        rows = parquet.read_table(path, columns=["dissimilarity"], partitioning=None)
    except (arrow.ArrowException, OSError, KeyError) as error:
        raise DamagedBlockError(f"{path.name} cannot be read ({str(error).splitlines()[0][:120]})") from None
    about = {key.decode(): value.decode() for key, value in (rows.schema.metadata or {}).items()}
    if {**about, **_about(part, mark)} != about:
        raise DamagedBlockError(f"{path.name} is another block, or of other lives or another measure")
    values: Kept = rows["dissimilarity"].to_numpy()
    if len(values) != part.pairs or about.get("sha256") != _hash(values):
        raise DamagedBlockError(f"{path.name} is damaged")
    return part.table(values)


class DamagedBlockError(Exception):
    """A block's file that cannot be used; inside this folder only."""


def pyarrow() -> tuple[Any, Any]:
    """pyarrow and its Parquet. Raises SettingError when it is not installed."""
    try:
        return importlib.import_module("pyarrow"), importlib.import_module("pyarrow.parquet")
    except ImportError:
        raise SettingError("Dissimilarities on disk are Parquet files, which need the package pyarrow; "
                           f"install it ({INSTALL}).") from None  # fmt: skip


def _about(part: Rectangle, mark: str) -> dict[str, str]:
    return {"trajectories": mark, "rows": f"{part.first} to {part.last - 1}",
            "columns": f"{part.start} to {part.stop - 1}"}  # fmt: skip


def _hash(values: Kept) -> str:
    return hashlib.sha256(np.ascontiguousarray(values).tobytes()).hexdigest()
