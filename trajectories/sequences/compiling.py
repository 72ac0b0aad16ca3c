"""Machine code for the loops that need it; import this module only where they run, for it loads numba.

Compiling takes a second or two a loop, once a machine, and whoever waits for the first picture waits for it.
What makes it short: plain loops over arrays that are handed over (no slices, no arithmetic of whole arrays,
no arrays made inside), few functions, and few kinds of numbers; what is no loop over pairs is NumPy's.
"""

from __future__ import annotations

from typing import Any

import numba


def compiled(function: Any) -> Any:
    """Compile on first call; keep the machine code on disk where some folder can be written."""
    settings: dict[str, Any] = {"nogil": True, "error_model": "numpy"}
    settings |= {"no_cfunc_wrapper": True, "no_rewrites": True}
    try:
        return numba.njit(cache=True, **settings)(function)
    except RuntimeError:
        return numba.njit(**settings)(function)
