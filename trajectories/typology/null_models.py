"""Is there more structure in these lives than chance would put there?"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray

from trajectories.alignment.dissimilarities import Dissimilarities
from trajectories.alignment.measures.basic import Measure
from trajectories.alignment.pairwise import dissimilarities
from trajectories.errors import SettingError
from trajectories.processors import processors
from trajectories.sequences.sequences import Sequences
from trajectories.typology.null_lives import NullModel, maker_of
from trajectories.typology.partition import Method
from trajectories.typology.quality import INDICES, quality_by_k
from trajectories.typology.whole_numbers import generator, numbers_of_types
from trajectories.wording import counted, numbers

if TYPE_CHECKING:
    import pandas as pd

Floats = NDArray[np.float64]
Judge: TypeAlias = "Callable[[Sequences, Dissimilarities, Iterable[int]], pd.DataFrame]"
"""The quality of types of lives, found by their dissimilarities and anything else: a table as that of
``partition_quality``."""
Compare = Callable[[Sequences], Dissimilarities]
"""How unlike every two of some lives are."""
CHANCE: dict[NullModel, str] = {
    "combined": "lives whose order and durations are chance",
    "duration": "lives whose durations are chance",
    "sequencing": "lives whose order is chance",
    "independent": "lives in which each position is chance",
    "markov": "lives in which only the state before counts",
}
"""What the lives of each null model are called."""
FEWEST = 20
"""From so many repetitions on a p below 0.05 can come out, 1 / (1 + repetitions) at best."""


@dataclass(frozen=True, eq=False)
class NullModels:
    """The quality of typologies of the observed lives beside that of typologies of lives made by chance."""

    k: tuple[int, ...]
    observed: Floats
    """(k, indices), in the order of ``quality.INDICES``."""
    null: Floats
    """(repetitions, k, indices); nan where the lives of a repetition could not be parted into k types."""
    model: NullModel
    method: str
    seed: int

    @property
    def repetitions(self) -> int:
        return len(self.null)

    def table(self) -> pd.DataFrame:
        """One row a k and index: model, repetitions, k, index, observed, null_mean, null_sd, low, high,
        standardised, p_value, p_adjusted.

        ``low`` to ``high`` holds the middle 95 % of the null; ``standardised`` = (observed - null_mean) /
        null_sd; ``p_value`` = (1 + repetitions at least as good) / (1 + repetitions), where smaller is better
        for HC; ``p_adjusted`` compares with the best standardised value over all k of every repetition, since
        k is usually chosen for it.
        """
        import pandas as pd

        rows = []
        for j, name in enumerate(INDICES):
            better = -1.0 if name == "HC" else 1.0
            null, seen = better * self.null[:, :, j], better * self.observed[:, j]
            mean, sd, known = _moments(null)
            standard, chance = _over(seen - mean, sd), _over(null - mean, np.broadcast_to(sd, null.shape))
            best = np.nanmax(np.where(np.isnan(chance), -np.inf, chance), axis=1)
            for i, k in enumerate(self.k):
                low, high = _middle(self.null[:, i, j])
                p_any = float((1 + (best >= standard[i] - 1e-9).sum()) / (1 + len(best)))
                above = int((null[:, i] >= seen[i] - 1e-12 * abs(seen[i])).sum())
                rows.append({
                    "model": self.model, "repetitions": self.repetitions, "k": k, "index": name,
                    "observed": self.observed[i, j], "null_mean": better * mean[i], "null_sd": sd[i],
                    "low": low, "high": high, "standardised": better * standard[i],
                    "p_value": (1 + above) / (1 + known[i]),
                    "p_adjusted": p_any if np.isfinite(standard[i]) else float("nan"),
                })  # fmt: skip
        return pd.DataFrame(rows)

    def told(self, index: str = "ASW") -> tuple[str, str]:
        """Whether the typologies are better than chance makes them by one index, or that the repetitions are
        too few to tell, and the numbers behind it."""
        rows = [row for row in self.table().to_dict("records") if row["index"] == index]
        if not rows:
            raise SettingError(f"There is no index {index!r}; there are {', '.join(INDICES)}.")
        beyond = [row for row in rows if row["p_adjusted"] < 0.05]
        best = max(beyond or rows, key=lambda row: (-row["p_adjusted"], abs(row["standardised"])))
        found = f"No number of types gives better types than {CHANCE[self.model]}"
        if self.repetitions < FEWEST:
            found = (f"Too few repetitions to tell whether types are better than {CHANCE[self.model]}: it "
                     f"takes {FEWEST} or more")  # fmt: skip
        if beyond:
            ks = numbers([row["k"] for row in beyond])
            found = f"Lives fall into {ks} types better than {CHANCE[self.model]}"
        return f"{found}.", (
            f"{self.model} null model, {counted(self.repetitions, 'repetition')}; {index} for "
            f"k = {best['k']}: {best['observed']:z.2f} against {best['null_mean']:z.2f}, middle 95 % from "
            f"{best['low']:z.2f} to {best['high']:z.2f}; p = {best['p_adjusted']:.2g} adjusted for the "
            "choice of k"
        )

    def sentence(self, index: str = "ASW") -> str:
        """The same as one sentence, the numbers after the finding."""
        plain, numbers = self.told(index)
        return f"{plain.removesuffix('.')} ({numbers})."

    def __repr__(self) -> str:
        return f"NullModels ({self.method}): {self.sentence()}"


def null_models(
    lives: Sequences, measure: Measure | Compare, k: int | Iterable[int], model: NullModel = "combined",
    repetitions: int = 100, seed: int = 1, *, method: Method = "pam", starts: int = 10,
    judge: Judge | None = None, progress: Callable[[float], None] | None = None,
) -> NullModels:  # fmt: skip
    """Compare the quality of typologies with what the same way gives on lives made by chance (Studer 2021).

    Any lives can be parted into types and some index will look fair; this asks whether it looks better than
    where there is nothing to find. ``repetitions`` times lives are made by ``null_lives``, compared by the
    same ``measure``, typed by the same ``method``, and judged by all indices of ``cluster_quality``. Which
    ``model`` is used says what "nothing" is: ``sequencing`` tests for structure in the order of states,
    ``duration`` in their timing, ``combined`` in either.

    Costs that stand in the measure stay as they are in all repetitions; in place of a measure a function of
    lives may give their dissimilarities, and in place of a method ``judge`` may find and judge types in any
    other way. ``progress`` is called with the share done. The same seed gives the same numbers, whatever the
    number of threads. Raises SettingError for fewer than one repetition, and for what ``null_lives``,
    ``dissimilarities`` and ``partition_quality`` refuse.
    """
    if repetitions < 1:
        raise SettingError(
            f"A null model needs at least one repetition, not {repetitions}; 100 or more is usual."
        )
    wanted = tuple(numbers_of_types(k if isinstance(k, Iterable) else (k,)))

    def quality(some: Sequences, asked: tuple[int, ...]) -> Floats:
        """Indices of the typologies with each number of types, (k, indices); nan for what cannot be."""
        diss = measure(some) if callable(measure) else dissimilarities(some, measure)
        if judge is not None:
            return _in_rows(judge(some, diss, asked), asked)
        return _in_rows(quality_by_k(diss, asked, method, seed, starts, threads=1), asked)

    observed = quality(lives, wanted)
    ks = tuple(number for number, row in zip(wanted, observed, strict=True) if not np.isnan(row).all())
    kept = [i for i, number in enumerate(wanted) if number in ks]
    seeds = generator(seed).bit_generator.seed_seq.generate_state(repetitions)
    null = np.full((repetitions, len(ks), len(INDICES)), np.nan)

    make = maker_of(lives, model)

    def one(drawn: int) -> Floats:
        made = make(drawn)
        alike = not (made.states != made.states[:1]).any()
        return np.full(null.shape[1:], np.nan) if alike else quality(made, ks)

    with ThreadPoolExecutor(processors()) as pool:
        try:
            for done, row in enumerate(pool.map(one, seeds.tolist())):
                null[done] = row
                if progress is not None:
                    progress((done + 1) / repetitions)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    name = method if judge is None else "types of another making"
    return NullModels(ks, observed[kept], null, model, name, seed)


def _in_rows(table: pd.DataFrame, ks: tuple[int, ...]) -> Floats:
    """The indices of each k, (k, indices); nan for a k that cannot be."""
    return np.asarray(table.set_index("k").reindex(list(ks))[list(INDICES)].to_numpy(dtype=np.float64))


def _moments(null: Floats) -> tuple[Floats, Floats, NDArray[np.int64]]:
    """Mean, standard deviation and number of the repetitions with a value, each (k,)."""
    known = (~np.isnan(null)).sum(axis=0)
    mean = _over(np.nansum(null, axis=0), known.astype(np.float64))
    spread = _over(np.nansum((null - mean) ** 2, axis=0), np.maximum(known - 1, 0).astype(np.float64))
    return mean, np.sqrt(spread), known


def _middle(values: Floats) -> tuple[float, float]:
    known = values[~np.isnan(values)]
    if not len(known):
        return float("nan"), float("nan")
    low, high = np.quantile(known, [0.025, 0.975])
    return float(low), float(high)


def _over(above: Floats, below: Floats) -> Floats:
    return np.asarray(np.divide(above, below, out=np.full(np.shape(above), np.nan), where=below > 0))
