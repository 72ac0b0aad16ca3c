"""Reading and checking a large study without Python looking through all of it again and again."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def no_collection() -> Iterator[None]:
    """Inside, Python does not look for objects that refer to one another in a circle.

    It does so after every few hundred new objects, through all there are; what is read here is hundreds of
    thousands of tuples that stay. It saves a third of the time. Afterwards they count as old objects, which
    are looked through seldom.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            if not gc.get_freeze_count():  # somebody else's frozen objects stay so
                gc.freeze()
                gc.unfreeze()  # puts all that was frozen among the old
            gc.enable()
