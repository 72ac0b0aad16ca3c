"""A measure that takes its time, for machines to be lost in the middle of it."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

from trajectories.alignment.measures.basic import Hamming


@dataclass(frozen=True)
class Slow:
    """Hamming after so many seconds a part."""

    seconds: float = 0.1

    def describe(self) -> str:
        return "slow Hamming"

    def compare(self, sequences: Any, run: Any) -> Any:
        if getattr(run, "part", (0, 0))[1]:
            time.sleep(self.seconds)
        return Hamming().compare(sequences, run)
