"""In which order lives are drawn, so that an index plot can be read."""

from __future__ import annotations

from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from trajectories.errors import SettingError
from trajectories.sequences.sequences import Sequences, States

Order = Literal["first_change", "start", "end"]


def sort_order(lives: Sequences, domain: str, by: Order = "first_change") -> tuple[str, ...]:
    """The ids in drawing order.

    ``first_change``: who leaves their first state earliest comes first, equals by their states from the
    start; ``start``: by the states from the first position on; ``end``: by the states from the last
    position back. States stand in the order of the alphabet, missing and void after them; people alike in
    all keep their order.
    """
    if by not in get_args(Order):
        raise SettingError(f"Lives cannot be sorted by {by!r}; choose {', '.join(get_args(Order))}.")
    states = lives.states[:, lives.domain_index(domain), :]
    ranked = np.where(states < 0, 1000 - states.astype(np.int32), states)
    columns = ranked if by == "end" else ranked[:, ::-1]
    keys = list(columns.T)
    if by == "first_change":
        keys.append(first_change(states))
    return tuple(lives.ids[i] for i in np.lexsort(keys)) if keys else lives.ids


def first_change(states: States) -> NDArray[np.intp]:
    """Index of the first position with another state than the person's first one; the length where there is
    none.

    ``states`` is (people, positions); positions without a state are passed over.
    """
    known = states >= 0
    start = np.take_along_axis(states, known.argmax(axis=1)[:, None], axis=1)
    changed = known & (states != start)
    return np.asarray(np.where(changed.any(axis=1), changed.argmax(axis=1), states.shape[1]))
