"""The quality of typologies over methods and numbers of types in one table, as it is and standardised."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from trajectories.alignment.dissimilarities import Dissimilarities
from trajectories.errors import SettingError
from trajectories.typology.partition import Method
from trajectories.typology.quality import INDICES, partition_quality

if TYPE_CHECKING:
    import pandas as pd

Floats = NDArray[np.float64]
Standard = Literal["z", "range", "rank"]
LOWER = ("HC",)
"""Indices that are better the smaller they are."""


def quality_by_method(
    diss: Dissimilarities, k: Iterable[int] = range(2, 11),
    methods: Sequence[Method] = ("pam", "ward", "ward_d", "average", "complete"), *, seed: int = 1,
    starts: int = 10,
) -> pd.DataFrame:  # fmt: skip
    """Quality of the typologies of several methods, to see which method and which k these lives bear.

    One row a method and k: ``method``, ``k``, then the indices of ``cluster_quality``. Raises SettingError
    for an unknown method or one named twice, and for what ``partition_quality`` refuses.
    """
    import pandas as pd

    unknown = [method for method in methods if method not in get_args(Method)]
    if unknown or not methods or len(set(methods)) < len(methods):
        wrong = f"There is no method {unknown[0]!r}" if unknown else "Name methods, each once"
        raise SettingError(f"{wrong}; there are {', '.join(get_args(Method))}.")
    ks = tuple(k)
    parts = [partition_quality(diss, ks, method=method, seed=seed, starts=starts) for method in methods]
    for method, part in zip(methods, parts, strict=True):
        part.insert(0, "method", method)
    return pd.concat(parts, ignore_index=True)


def standardised_quality(quality: pd.DataFrame, by: Standard = "z") -> pd.DataFrame:
    """The same table with every index on one scale, on which higher is better, to be drawn side by side.

    ``quality`` is the table of ``partition_quality`` or ``quality_by_method``. ``"z"``: distance from the
    mean over the rows in standard deviations (n - 1); ``"range"``: 0 for the worst row, 1 for the best;
    ``"rank"``: 1 for the best, equal rows sharing a rank (here lower is better). Hubert's C is turned round.
    An index that is the same in all rows is nan (rank 1). What is standardised says which row is best by an
    index, not whether it is any good. Raises SettingError for another table or scale.
    """
    names = [name for name in INDICES if name in quality]
    if "k" not in quality or not names:
        raise SettingError("This is no table of quality; give that of partition_quality(...).")
    if by not in get_args(Standard):
        raise SettingError(f"Quality is standardised by {', '.join(get_args(Standard))}, not {by!r}.")
    table = quality.copy()
    for name in names:
        values = table[name].to_numpy(dtype=float) * (-1.0 if name in LOWER else 1.0)
        table[name] = _scaled(values, by)
    return table


def _scaled(values: Floats, by: Standard) -> Floats:
    known = values[~np.isnan(values)]
    if by == "rank":
        import pandas as pd

        return np.asarray(pd.Series(-values.round(12)).rank(method="min"), dtype=np.float64)
    least, spread = known.min(initial=np.inf), known.max(initial=-np.inf) - known.min(initial=np.inf)
    if not len(known) > 1 or not spread > 1e-12 * np.abs(known).max():
        return np.full(len(values), np.nan)
    if by == "range":
        return np.asarray((values - least) / spread)
    return np.asarray((values - float(known.mean())) / float(known.std(ddof=1)), dtype=np.float64)
