"""How stable types are when people are left out or come twice, as another sample would have it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from trajectories.alignment.dissimilarities import Dissimilarities
from trajectories.errors import SettingError
from trajectories.typology.agreement import adjusted_rand, cross_counts, jaccards
from trajectories.typology.checks import distinct_lives, usable
from trajectories.typology.partition import Way, typed
from trajectories.typology.typology import Typology
from trajectories.typology.whole_numbers import generator, numbers_of_types
from trajectories.wording import counted, numbers, people

if TYPE_CHECKING:
    import pandas as pd

Floats = NDArray[np.float64]
BANDS = ((0.85, "highly stable"), (0.75, "stable"), (0.6, "doubtful"), (0.0, "unstable"))
"""Usual reading of a mean Jaccard coefficient, from its lowest value on (Hennig 2007, 2008)."""


@dataclass(frozen=True, eq=False)
class Stability:
    """How well each type is found again in samples drawn from the same people."""

    typology: Typology
    jaccard: Floats
    """(samples, types): the largest Jaccard coefficient of a type with a type of the sample; nan where none
    of its people were drawn."""
    seed: int

    @property
    def means(self) -> Floats:
        """The mean over the samples, (types,)."""
        return _nan_means(self.jaccard)

    @property
    def readings(self) -> tuple[str, ...]:
        """Each type's band: highly stable, stable, doubtful or unstable."""
        return tuple(reading(mean) for mean in self.means)

    def table(self) -> pd.DataFrame:
        """One row a type: type, n, jaccard (mean), low, high (middle 95 % of the samples), recovered,
        dissolved, samples, reading.

        ``recovered`` is the share of samples with a coefficient of 0.75 or more, ``dissolved`` with 0.5 or
        less (Hennig 2008).
        """
        import pandas as pd

        known = [column[~np.isnan(column)] for column in self.jaccard.T]
        middle = [np.quantile(c, [0.025, 0.975]) if len(c) else np.full(2, np.nan) for c in known]
        return pd.DataFrame({
            "type": self.typology.names,
            "n": self.typology.sizes,
            "jaccard": self.means,
            "low": [low for low, _ in middle],
            "high": [high for _, high in middle],
            "recovered": [_share(c >= 0.75) for c in known],
            "dissolved": [_share(c <= 0.5) for c in known],
            "samples": [len(c) for c in known],
            "reading": self.readings,
        })  # fmt: skip

    def sentence(self) -> str:
        """Which types would be found again, the coefficients after it."""
        told = ", ".join(
            f"{name} {word} ({mean:.2f})"
            for name, word, mean in zip(self.typology.names, self.readings, self.means, strict=True)
        )
        samples = counted(len(self.jaccard), "sample")
        return f"Found again in {samples} of these people (mean Jaccard): {told}."

    def __repr__(self) -> str:
        return f"Stability of {self.typology.k} types: {self.sentence()}"


def bootstrap_stability(
    diss: Dissimilarities, k: int, method: Way = "pam", samples: int = 100, seed: int = 1, *,
    starts: int = 10, progress: Callable[[float], None] | None = None,
) -> Stability:  # fmt: skip
    """Whether each type would be found again with other people of the same kind (Hennig 2007).

    ``samples`` times as many people as there are are drawn with replacement and typed in the same way;
    somebody drawn twice counts twice. A type's coefficient is the largest Jaccard coefficient, people in both
    over people in either, that it has with a type of the sample, over the different people drawn. Usual
    reading of its mean: 0.85 highly stable, 0.75 stable, 0.6 doubtful (there is a pattern, but who belongs to
    it is not sure), below that not to be trusted. Stable types need not be real ones: lives made by chance
    can be parted stably too (see ``null_models``).

    ``method`` may be a function of dissimilarities and a number of types: how else these types were found.
    ``progress`` is called with the share done. The same seed gives the same numbers. Raises SettingError for
    fewer than one sample and for what ``partition`` refuses.
    """
    if samples < 1:
        raise SettingError(f"Stability needs at least one sample, not {samples}; 100 or more is usual.")
    typology = typed(diss, k, method, seed=seed, starts=starts)
    found = np.full((samples, typology.k), np.nan)
    for row, chance in enumerate(generator(seed).spawn(samples)):
        drawn, times = np.unique(chance.integers(diss.n, size=diss.n), return_counts=True)
        counts = _against(diss, typology, drawn, times, method, seed, starts)
        there = counts.sum(axis=1) > 0
        found[row, there] = jaccards(counts)[there].max(axis=1)
        if progress is not None:
            progress((row + 1) / samples)
    return Stability(typology, found, seed)


def subsample_stability(
    diss: Dissimilarities, k: Iterable[int] = range(2, 11), method: Way = "pam", samples: int = 50,
    seed: int = 1, *, share: float = 0.8, starts: int = 10,
    progress: Callable[[float], None] | None = None,
) -> pd.DataFrame:  # fmt: skip
    """For each number of types, how alike typologies of two overlapping parts of the people are.

    ``samples`` times two parts, each a ``share`` of the people without replacement, are typed on their own;
    over those in both the adjusted Rand index says how far they agree (Ben-Hur, Elisseeff and Guyon 2002): 1
    the same types, 0 no more than chance. A k whose typologies agree clearly more than those of other k is a
    k that these lives suggest. ``method`` may be a function, as in ``bootstrap_stability``.

    One row a k: k, rand (mean), low, high (middle 95 %), samples. Numbers of types that a part has too few
    distinct lives for have fewer samples, or no row. ``progress`` is called with the share done. Raises
    SettingError for a share outside 0 to 1, fewer than one sample, or when no k is left.
    """
    import pandas as pd

    if not 0 < share < 1:
        raise SettingError(f"share is the part of the people drawn, above 0 and below 1, not {share}.")
    if samples < 1:
        raise SettingError(f"Stability needs at least one sample, not {samples}; 50 or more is usual.")
    size = round(share * diss.n)
    if size < 2:
        raise SettingError(f"A share of {share:g} of {people(diss.n)} is {people(size)}, too few to be "
                           "typed; 0.8 is usual.")  # fmt: skip
    square, wanted = usable(diss), numbers_of_types(k)
    found: dict[int, list[float]] = {number: [] for number in wanted if number >= 2}
    for done, chance in enumerate(generator(seed).spawn(samples), start=1):
        parts = [np.sort(chance.choice(diss.n, size=size, replace=False)) for _ in range(2)]
        most = min(len(distinct_lives(square[np.ix_(part, part)])) for part in parts)
        for number in (one for one in found if one <= most):
            rand = _agreement(diss, parts, number, method, seed, starts)
            if rand is not None:
                found[number].append(rand)
        if progress is not None:
            progress(done / samples)
    rows = [(number, np.mean(r), *np.quantile(r, [0.025, 0.975]), len(r)) for number, r in found.items() if r]
    if not rows:
        raise SettingError(
            f"Parts of {size} people were asked for {numbers(wanted) or 'no number of'} "
            f"type{'s' * (wanted != [1])}, "
            "and none of these can be made; choose a smaller k, from 2 on, or a larger share."
        )
    return pd.DataFrame(rows, columns=["k", "rand", "low", "high", "samples"])


def reading(mean: float) -> str:
    """The usual word for a mean Jaccard coefficient; empty when there is none."""
    return "" if np.isnan(mean) else next(word for lowest, word in BANDS if mean >= lowest)


def _against(
    diss: Dissimilarities, typology: Typology, drawn: NDArray[np.int64], times: NDArray[np.int64],
    method: Way, seed: int, starts: int,
) -> NDArray[np.int64]:  # fmt: skip
    """How many of the people drawn are in each type of the whole and each type of the sample."""
    part = diss.select(diss.ids[i] for i in drawn)
    part = replace(part, weights=part.weights * times)
    most = len(distinct_lives(part.square()))
    if most < 2:
        return cross_counts(typology.types[drawn], np.zeros(len(drawn), dtype=np.int64), typology.k, 1)
    sample = typed(part, min(typology.k, most), method, seed=seed, starts=starts)
    return cross_counts(typology.types[drawn], sample.types, typology.k, sample.k)


def _agreement(
    diss: Dissimilarities, parts: list[NDArray[np.int64]], k: int, method: Way, seed: int, starts: int
) -> float | None:
    """Adjusted Rand index of two parts typed on their own, over those in both; None when nobody is, or when
    a part has fewer types."""
    both = np.intersect1d(parts[0], parts[1])
    if not len(both):
        return None
    found = []
    for part in parts:
        types = typed(diss.select(diss.ids[i] for i in part), k, method, seed=seed, starts=starts)
        if types.k < k:
            return None
        found.append(types.types[np.searchsorted(part, both)])
    return adjusted_rand(cross_counts(found[0], found[1], k, k))


def _nan_means(values: Floats) -> Floats:
    known = (~np.isnan(values)).sum(axis=0)
    sums = np.nansum(values, axis=0)
    return np.asarray(np.divide(sums, known, out=np.full(len(known), np.nan), where=known > 0))


def _share(holds: NDArray[np.bool_]) -> float:
    return float(holds.mean()) if len(holds) else float("nan")
