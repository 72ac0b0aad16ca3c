"""Which imprecise date of a life goes with its being of another type."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from trajectories.coding.biography import Biography
from trajectories.coding.dating.draws import DateDraw
from trajectories.coding.dating.life_moments import Moments
from trajectories.coding.dating.moments import Moment
from trajectories.sequences.grid import Grid, month_name, month_number

Days = NDArray[np.int64]
Floats = NDArray[np.float64]
_YEAR, _MONTH = 365.2425, 30.436875
"""Mean length in days."""


@dataclass(frozen=True, slots=True)
class TellingDate:
    """The imprecise date whose drawn days best part the draws in which somebody is of another type."""

    moment: Moment
    separation: float
    """|2 AUC - 1|: 1 when every draw of another type has a later day than all others (or every one an
    earlier day), 0 when its days tell nothing."""
    side: Literal["early", "late"]
    """Where in its window the date lies when the person is of another type."""
    p_value: float
    """How often some date of this life would part the draws as well if types had nothing to do with it."""

    @property
    def sure(self) -> bool:
        return self.p_value < 0.05

    @property
    def place(self) -> str:
        """``biographies/RU-017.yaml:41``."""
        return f"{self.moment.source.file}:{self.moment.source.line}"

    @property
    def written(self) -> str:
        """The date as written; empty where nothing was told."""
        return ", ".join(date.text for date in self.moment.dates)

    @property
    def window(self) -> tuple[str, str]:
        """The first and the last day it may have been, given the dates around it."""
        first, last = (dt.date.fromordinal(day).isoformat() for day in self.moment.window)
        return first, last


def telling_date(
    days: Days, moments: list[Moment], elsewhere: NDArray[np.bool_], seed: int, permutations: int = 999
) -> TellingDate | None:
    """The date of a life that best tells the draws in which the person is of another type from the others.

    ``days`` (draws, moments), ``elsewhere`` (draws,). For each date the area under the curve (Mann and
    Whitney 1947) over the pairs of a draw elsewhere and one not, as |2 AUC - 1|; the largest wins, the first
    of equals. p compares it with the largest after dealing ``elsewhere`` anew among the draws, so that many
    dates of one life do not make one of them tell something. None without an imprecise date, or when the
    person is of one type in all draws.
    """
    n = int(elsewhere.sum())
    if not moments or not 0 < n < len(elsewhere):
        return None
    ranks = _ranks(days)
    observed = _separations(ranks, elsewhere[:, None])[:, 0]
    best = int(np.flatnonzero(np.abs(observed) >= np.abs(observed).max() - 1e-12)[0])
    chance = np.random.default_rng(seed)
    dealt = chance.permuted(np.repeat(elsewhere[:, None], permutations, axis=1), axis=0)
    drawn = np.abs(_separations(ranks, dealt)).max(axis=0)
    above = int((drawn >= abs(observed[best]) - 1e-12).sum())
    return TellingDate(moments[best], float(abs(observed[best])), "late" if observed[best] > 0 else "early",
                       (1 + above) / (1 + permutations))  # fmt: skip


def vague_moments(
    life: Moments, draws: tuple[DateDraw, ...], biography: Biography, grid: Grid, domains: tuple[str, ...]
) -> tuple[list[Moment], Days]:
    """The moments of a life that the analysis depends on and that have more than one day: boundaries of the
    aligned domains that lie in the window in some draw, and the event or birth that the clock starts from;
    with their days, (draws, moments)."""
    used = {number for name in domains for span in life.spans.get(name, ())
            for number in (span.start, span.end) if number is not None}  # fmt: skip
    days = np.array([draw.days[life.id] for draw in draws], dtype=np.int64).reshape(len(draws), -1)
    windows = np.array([_window(draw, biography, grid) for draw in draws])
    inside = np.any((days >= windows[:, :1]) & (days <= windows[:, 1:]), axis=0).tolist()
    kept = {number for number in used if inside[number]}
    kept |= {number for kind, number in life.events if kind == grid.since}
    if grid.clock == "age" and life.birth is not None:
        kept.add(life.birth)
    moved = [i for i in sorted(kept) if days[:, i].min() < days[:, i].max()]
    return [life.moments[i] for i in moved], days[:, moved]


def _window(draw: DateDraw, biography: Biography, grid: Grid) -> tuple[float, float]:
    """From which day to which one the grid looks at a life, to a month; everything where that is open."""
    step = grid.months * _MONTH
    if grid.clock == "since":
        origin = draw.event_day(biography, str(grid.since))
        if origin is not None:
            return origin - grid.before * step - 31, origin + grid.after * step + 31
    if grid.ages is not None:
        birth = draw.birthday(biography)
        if birth is not None:
            return birth + grid.ages[0] * _YEAR - 31, birth + grid.ages[1] * _YEAR + 31
    first = _first_day(grid.start, last=False) if grid.start else 0.0
    return first, _first_day(grid.end, last=True) + 31 if grid.end else np.inf


def _first_day(month: str, *, last: bool) -> float:
    return float(dt.date.fromisoformat(f"{month_name(month_number(month, last=last))}-01").toordinal())


def _ranks(days: Days) -> Floats:
    """Ranks of each column from 1, equal days sharing their mean rank."""
    below = (days[:, None, :] > days[None, :, :]).sum(axis=1)
    equal = (days[:, None, :] == days[None, :, :]).sum(axis=1)
    return np.asarray(below + (equal + 1) / 2, dtype=np.float64)


def _separations(ranks: Floats, elsewhere: NDArray[np.bool_]) -> Floats:
    """2 AUC - 1 of each moment and each division of the draws, (moments, divisions)."""
    n1 = int(elsewhere[:, 0].sum())
    n0 = len(elsewhere) - n1
    above = ranks.T @ elsewhere.astype(np.float64) - n1 * (n1 + 1) / 2
    return np.asarray(2 * above / (n1 * n0) - 1)
