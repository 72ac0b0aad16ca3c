"""What dissimilarities must be before people can be typed by them, and how many types they allow."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from trajectories.alignment.dissimilarities import Dissimilarities
from trajectories.errors import SettingError
from trajectories.typology.typology import Typology
from trajectories.wording import counted


def usable(diss: Dissimilarities) -> NDArray[np.float64]:
    """The square matrix, (n, n), of dissimilarities that can be typed.

    Raises SettingError for fewer than two people, for a dissimilarity that is no number or below zero, for
    dissimilarities too large or too small to be squared, and for weights that are no numbers, below zero or
    all zero; nothing is repaired silently.
    """
    if diss.n < 2:
        there = "is only one" if diss.n else "are none"
        raise SettingError(f"Types need at least two people; there {there}. Widen the filter or the window.")
    _refuse_odd_numbers(diss)
    _refuse_extremes(diss)
    weights = diss.weights
    if not np.isfinite(weights).all() or (weights < 0).any() or weights.sum() <= 0:
        raise SettingError("Weights must be numbers of zero or more, and not all zero; look at their column.")
    return diss.square()


def refuse_others(diss: Dissimilarities, typology: Typology) -> None:
    """Raise SettingError unless the typology is of the same people as the dissimilarities, in the same
    order."""
    if diss.ids != typology.ids:
        raise SettingError(
            f"The typology is of {len(typology.ids)} people and the dissimilarities are of {diss.n}, or they "
            "stand in another order; take both of the same people with select(ids)."
        )


def distinct_lives(square: NDArray[np.float64]) -> NDArray[np.intp]:
    """The first person of each group of people whose lives are equal (dissimilarity 0), in the study's
    order."""
    return np.unique((square == 0).argmax(axis=1))


def refuse_unfit(k: int, distinct: int, n: int) -> None:
    """Raise SettingError unless these people can be parted into k types."""
    if k < 2:
        raise SettingError(f"A typology needs at least 2 types, not {k}.")
    if k > n:
        raise SettingError(f"{n} people cannot be parted into {k} types. {_way_out(distinct)}")
    if k > distinct:
        raise SettingError(
            f"The {n} lives are only {distinct} distinct {'life' if distinct == 1 else 'lives'}: equal lives "
            f"cannot be put into different types, so {k} types cannot be made. {_way_out(distinct)}"
        )


def _way_out(distinct: int) -> str:
    if distinct >= 2:
        k = f"from 2 to {distinct}" if distinct > 2 else "= 2"
        return f"Choose k {k}, or align on more domains or a longer window."
    return "Align on more domains or a longer window."


def _refuse_odd_numbers(diss: Dissimilarities) -> None:
    odd = np.flatnonzero(~(np.isfinite(diss.condensed) & (diss.condensed >= 0)))
    if not odd.size:
        return
    rows, columns = np.triu_indices(diss.n, 1)
    one, other = diss.ids[rows[odd[0]]], diss.ids[columns[odd[0]]]
    raise SettingError(
        f"{odd.size} of {counted(diss.condensed.size, 'dissimilarity', 'dissimilarities')} "
        f"{'is not a number' if odd.size == 1 else 'are not numbers'} of zero or more (first: "
        f"{diss.condensed[odd[0]]} between {one!r} and {other!r}). Leave these people out, or compute their "
        "dissimilarities again."
    )


def _refuse_extremes(diss: Dissimilarities) -> None:
    """Squares, and their sums over pairs, must neither run over nor vanish in double precision."""
    largest = float(diss.condensed.max(initial=0))
    if largest and not 1e-100 < largest < 1e100:
        raise SettingError(
            f"The largest dissimilarity is {largest:g}, too {'large' if largest > 1 else 'small'} to compute "
            "with its square. Divide all dissimilarities by it: only what they are to each other counts."
        )
