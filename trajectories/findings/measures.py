"""From the plan's words to a measure with its costs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trajectories.plan import Plan
from trajectories.sequences.sequences import Sequences

if TYPE_CHECKING:
    from trajectories.alignment.costs import Costs
    from trajectories.alignment.measures import Measure
