"""What chance would do: group labels dealt anew among the same people, again and again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import factorial, prod

import numpy as np
from numpy.typing import NDArray

from trajectories.errors import SettingError
from trajectories.typology.whole_numbers import generator


def dealt(
    codes: NDArray[np.int64], permutations: int, seed: int, batch: int = 256
) -> Iterator[NDArray[np.int64]]:
    """Permutations of ``codes`` (people,), one a column: (people, up to ``batch``) at a time to keep memory
    small.

    The same seed deals the same permutations. Raises SettingError for fewer than one permutation.
    """
    if permutations < 1:
        raise SettingError(
            f"A permutation test needs at least one permutation, not {permutations}; 999 is usual."
        )
    chance = generator(seed)
    for begun in range(0, permutations, batch):
        columns = min(batch, permutations - begun)
        yield chance.permuted(np.repeat(codes[:, None], columns, axis=1), axis=0)


def at_least(drawn: NDArray[np.float64], observed: float) -> int:
    """How many drawn statistics are at least the observed one.

    Equal up to rounding counts as equal: with few people many permutations are the observed division itself,
    also where that divides perfectly (a pseudo-F without bound).
    """
    least = min(observed, _BOUNDLESS)
    return int((drawn >= least - 1e-10 * abs(least) - 1e-12).sum())


def too_few(sizes: Sequence[int]) -> bool:
    """Whether no permutation p can be below 0.05, however different groups of these sizes are: their people
    can be divided into such groups in 20 ways or fewer, one of which is the observed one."""
    n = sum(sizes)
    return n <= 20 and factorial(n) // prod(map(factorial, sizes)) <= 20


_BOUNDLESS = 1e12
"""From here on a statistic has no bound but rounding: what was divided by is zero."""
