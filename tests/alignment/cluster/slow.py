"""A measure that takes its time, for machines to be lost in the middle of it."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from typing import Any

from trajectories.alignment.measures.basic import Hamming


@dataclass(frozen=True)
class Slow:
    """Hamming after some time for each part, by the environment variable SLOW in seconds."""

    def describe(self) -> str:
        return "slow Hamming"

    def compare(self, sequences: Any, run: Any) -> Any:
        if getattr(run, "part", (0, 0))[1]:
            time.sleep(float(os.environ.get("SLOW", "0.02")))
        return Hamming().compare(sequences, run)
