"""Small groups: whoever is one of a few can be told by those who know the others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from trajectories.errors import SettingError

if TYPE_CHECKING:
    import pandas as pd

    from trajectories.comparison.cross_table import TypesByGroup

Floats = NDArray[np.float64]

FEWEST = 5
"""Groups of fewer people are not shown."""
STEP = 0.05
"""Shares are told in steps of five per cent, so that they are nobody's number."""


def of_large_groups(groups: Iterable[Sequence[str]], fewest: int = FEWEST) -> list[str]:
    """Everybody in a group of at least ``fewest`` people. Raises SettingError when no group has as many."""
    people = [person for group in groups if len(group) >= fewest for person in group]
    if not people:
        raise SettingError(
            f"Only groups of at least {fewest} people may be shown, and none here has as many. "
            "Filter less narrowly, choose fewer types, or switch off 'Privacy view'."
        )
    return people


def has_small_cells(comparison: TypesByGroup, fewest: int = FEWEST) -> bool:
    """Whether a cell of a cross table counts somebody, but fewer than ``fewest``: it is then withheld whole.

    Blanking only that cell would leave it to be found from the totals of its row and column.
    """
    return bool(((comparison.counts > 0) & (comparison.counts < fewest)).any())


def rounded_shares(shares: Floats, observed: Floats, fewest: int = FEWEST) -> Floats:
    """Shares (states, columns) in steps of five per cent that add up to 1 in each column.

    By largest remainders; nan in columns where fewer than ``fewest`` people are ``observed`` (columns,).
    """
    steps = np.nan_to_num(shares) / STEP
    whole = np.floor(steps + 1e-9)
    short = np.rint(1 / STEP - whole.sum(axis=0))
    place = np.argsort(np.argsort(whole - steps, axis=0, kind="stable"), axis=0, kind="stable")
    told = (whole + (place < short)) * STEP
    return np.asarray(np.where(observed < fewest, np.nan, told))


def rounded_distribution(table: pd.DataFrame, fewest: int = FEWEST) -> pd.DataFrame:
    """A table of ``state_distribution`` with shares in steps of five per cent, and without counts.

    Positions at which fewer than ``fewest`` people are observed have no shares.
    """
    told = table.copy()
    for _, rows in table.groupby("domain", sort=False):
        states = rows["state"].nunique()
        shares = rows["share"].to_numpy(dtype=float).reshape(-1, states).T
        observed = rows["observed"].to_numpy(dtype=float)[::states]
        told.loc[rows.index, "share"] = rounded_shares(shares, observed, fewest).T.ravel()
    return told.drop(columns=["n", "observed"])


def about(n: int) -> str:
    """A number of people to the nearest five: ``about 20 people``."""
    return f"about {max(FEWEST, 5 * round(n / 5))} people"
