"""How long each group is observed, so that a window can be chosen in which groups are compared fairly."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from trajectories.comparison.groups import Groups
from trajectories.comparison.shared_people import shared_people
from trajectories.sequences.sequences import VOID, Sequences

if TYPE_CHECKING:
    import pandas as pd


def observed_share(lives: Sequences, groups: Groups) -> pd.DataFrame:
    """How many people of each group are observed at each position, and without a break from the first one to
    it.

    Cohorts that left later are followed for less time; a comparison is fair in a window that most of each
    group are observed through. One row a group and position: group, position, n (people of the group with a
    sequence), observed (in every domain at the position), share, throughout (in every domain from the first
    position to this one), and share_throughout: who remains when only complete lives of a window ending here
    are kept. Missing states count as observed, VOID does not. Raises SettingError when fewer than two groups
    have sequences.
    """
    import pandas as pd

    people = shared_people(lives.ids, groups, "sequence")
    seen = (lives.states[people.index] != VOID).all(axis=1)
    through = np.logical_and.accumulate(seen, axis=1)
    parts = []
    for group, label in enumerate(people.labels):
        inside = people.codes == group
        n, now, ever = int(inside.sum()), seen[inside].sum(axis=0), through[inside].sum(axis=0)
        parts.append(pd.DataFrame({
            "group": label, "position": list(lives.positions), "n": n, "observed": now, "share": now / n,
            "throughout": ever, "share_throughout": ever / n,
        }))  # fmt: skip
    return pd.concat(parts, ignore_index=True)
