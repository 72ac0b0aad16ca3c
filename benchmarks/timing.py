"""Seconds by the clock, and of the processor."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any


def timings(call: Callable[[], Any]) -> list[tuple[float, float]]:
    """Seconds and processor seconds of three runs."""
    found = []
    for _ in range(3):
        start, used = time.perf_counter(), time.process_time()
        call()
        found.append((time.perf_counter() - start, time.process_time() - used))
    return found
