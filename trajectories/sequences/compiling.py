"""Machine code for the loops that need it; import this module only where they run, for it loads numba.

Compiling takes a second or two a loop, once a machine, and whoever waits for the first picture waits for it.
What makes it short: plain loops over arrays that are handed over (no slices, no arithmetic of whole arrays,
no arrays made inside), few functions, and few kinds of numbers; what is no loop over pairs is NumPy's.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Any

import numba


def compiled(function: Any) -> Any:
    """Compile on first call; keep the machine code on disk where some folder can be written."""
    settings: dict[str, Any] = {"nogil": True, "error_model": "numpy"}
    settings |= {"no_cfunc_wrapper": True, "no_rewrites": True}
    try:
        kept = numba.njit(cache=True, **settings)(function)
    except RuntimeError:
        return numba.njit(**settings)(function)
    stamped = _stamp(kept, text_of(Path(function.__code__.co_filename).parent))
    return kept if stamped else numba.njit(**settings)(function)


def _stamp(kept: Any, stamp: str) -> bool:
    """Let machine code on disk hold for the text of a whole folder, not, as numba has it, of one file.

    Loops call what other files say, and a program brought up to date in place must not compute with the old
    ones. Numba has no setting for this; false where it keeps its stamp elsewhere than it does now.
    """
    file = getattr(getattr(kept, "_cache", None), "_cache_file", None)
    if not hasattr(file, "_source_stamp"):
        return False
    file._source_stamp = stamp  # type: ignore[union-attr]
    return True


@lru_cache(maxsize=8)
def text_of(folder: Path) -> str:
    """A digest of all Python files in a folder and of this one."""
    files = [*sorted(folder.glob("*.py")), Path(__file__)]
    return hashlib.sha256(b"\0".join(file.read_bytes() for file in files)).hexdigest()
