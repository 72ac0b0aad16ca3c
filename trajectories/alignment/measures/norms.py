"""Dissimilarities put in relation to how long the two lives are and how unlike they could be."""

from __future__ import annotations

from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from trajectories.alignment.computing.pairs import Kept, Pairs
from trajectories.errors import SettingError

Norm = Literal["maxlength", "gmean", "maxdist", "YujianBo", "auto"]
Numbers = NDArray[np.float64]


def known_norm(norm: str | None) -> None:
    """Raise SettingError for a normalisation that does not exist."""
    if norm is not None and norm not in get_args(Norm):
        raise SettingError(f"There is no normalisation {norm!r}; choose {', '.join(get_args(Norm))} or None.")


def by_length(found: Kept, pairs: Pairs, norm: Norm | None, lengths: NDArray[np.int64], indel: float,
              dearest: float, most: tuple[float, float] | None = None,
              both: tuple[float, float] | None = None) -> None:
    """Normalise, in place, what insertions, deletions and substitutions cost.

    With w = length * indel of each of the two lives, and D = indel * |difference in length| + min(dearest,
    2 indel) * the shorter length, the most that their dissimilarity d can be: ``maxlength`` d / max(w);
    ``gmean`` 1 - (D - d) / (2 sqrt(w1 w2)); ``maxdist`` d / D; ``YujianBo`` 2d / (d + w1 + w2). No
    difference stays 0. ``auto`` is maxlength (Studer and Ritschard 2016). ``most``: another price per
    position of the difference in length and of the shorter length in D; ``both``: the same, in place of w1 +
    w2 in YujianBo.
    """
    if norm is None:
        return
    beyond, within = (indel, min(dearest, 2 * indel)) if most is None else most
    for i, others, row in pairs.each(found):
        short, long = np.minimum(lengths[i], lengths[others]), np.maximum(lengths[i], lengths[others])
        top = (long - short) * beyond + within * short
        low, high = indel * short, indel * long
        all_of = low + high if both is None else (long - short) * both[0] + both[1] * short
        row[:] = _normalised(row.astype(np.float64), norm, low, high, top, all_of)


def by_position(found: Kept, norm: Norm | None, most: float) -> None:
    """Normalise, in place, what is added up position by position; ``most`` is the dearest difference at
    each, added.

    ``maxlength``, ``maxdist`` and ``auto`` d / most; ``gmean`` 1 - (most - d) / (2 most); ``YujianBo`` 2d /
    (d + most).
    """
    if norm is not None:
        whole = np.float64(most)
        found[:] = _normalised(found.astype(np.float64), norm, whole, whole, whole, whole)


def _normalised(d: Numbers, norm: Norm, short: Numbers | np.float64, long: Numbers | np.float64,
                most: Numbers | np.float64, both: Numbers | np.float64) -> Numbers:
    different = d > 0
    with np.errstate(divide="ignore", invalid="ignore"):
        if norm in ("maxlength", "auto"):
            value = d / long
        elif norm == "gmean":
            value = 1 - (most - d) / (2 * np.sqrt(short * long))
        elif norm == "maxdist":
            value = d / most
        else:
            value = 2 * d / (d + both)
    return np.asarray(np.where(different, value, 0.0))
