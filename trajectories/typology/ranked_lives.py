"""Lives in one ranked domain as courses of numbers: how secure, how intense, how well one felt, when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from trajectories.coding.codebook import Domain
from trajectories.errors import SettingError
from trajectories.sequences.sequences import VOID, Sequences

if TYPE_CHECKING:
    import pandas as pd

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class RankedLives:
    """The rank of each person at each position of the clock, in one domain."""

    lives: Sequences
    """In the one domain, without those of whom no rank is known."""
    ranks: Mapping[str, float]
    """Rank of each ranked state, by its code."""
    courses: Floats
    """(people, positions), from a person's first observed position on; nan beyond the last."""
    told: NDArray[np.bool_]
    """Which of them were coded, and not filled by the rule, (people, positions)."""
    omitted: tuple[str, ...]
    """People of whom no rank is known."""

    @property
    def domain(self) -> Domain:
        return self.lives.domains[0]

    @property
    def filled(self) -> float:
        """The share of all positions that was filled by the rule."""
        there = np.isfinite(self.courses)
        return float(1 - self.told.sum() / there.sum())

    def steps(self) -> dict[float, str]:
        """What each rank is called: the labels of its states."""
        found: dict[float, list[str]] = {}
        for state in self.domain.states:
            if state.code in self.ranks:
                found.setdefault(self.ranks[state.code], []).append(state.label)
        return {rank: " / ".join(found[rank]) for rank in sorted(found)}

    def table(self) -> pd.DataFrame:
        """One row a person and position: id, position, rank, told (whether it was coded)."""
        import pandas as pd

        person, place = np.nonzero(np.isfinite(self.courses))
        return pd.DataFrame({
            "id": [self.lives.ids[i] for i in person],
            "position": [self.lives.positions[i] for i in place],
            "rank": self.courses[person, place],
            "told": self.told[person, place],
        })  # fmt: skip

    def __repr__(self) -> str:
        low, high = min(self.ranks.values()), max(self.ranks.values())
        return (f"Ranked lives of {self.lives.n} people in {self.domain.name}, {self.lives.length} "
                f"positions, ranks {low:g} to {high:g}, {self.filled:.0%} filled; without a rank: "
                f"{len(self.omitted)}")  # fmt: skip


def ranked_lives(lives: Sequences, ranks: Mapping[str, float] | None = None) -> RankedLives:
    """Read lives in one domain as courses of ranks.

    Ranks are the codebook's, or ``ranks`` by the code of the state where it has none or others are wanted:
    ``{"fear": -2, "hope": 1}`` for the valence of emotions. The rule for positions without a rank, missing
    ones and those in states that have none: they keep the rank held before; before a person's first rank
    they have that one. Void positions at the end end the course, those at the beginning and in between
    count as missing. Whoever has no rank at any position is left out and named (``omitted``).

    Raises SettingError for lives in several domains, a code that the domain does not have, fewer than two
    ranks, and when nobody has one.
    """
    if len(lives.domains) != 1:
        names = ", ".join(domain.name for domain in lives.domains)
        raise SettingError(f"Ranks are of one domain, these lives have {len(lives.domains)} ({names}); "
                           "choose one with lives.only(...).")  # fmt: skip
    domain = lives.domains[0]
    known = _ranks(domain, ranks)
    values = np.array([known.get(state.code, np.nan) for state in domain.states] + [np.nan])
    states = lives.states[:, 0, :]
    raw = values[np.where(states >= 0, states, len(domain.states))]
    ranked = np.isfinite(raw)
    some = ranked.any(axis=1)
    if not some.any():
        raise SettingError(f"Nobody is in a ranked state of {domain.name!r} within this window; ranked are "
                           f"{', '.join(known)}.")  # fmt: skip
    kept = lives.select(person for person, there in zip(lives.ids, some, strict=True) if there)
    omitted = tuple(person for person, there in zip(lives.ids, some, strict=True) if not there)
    seen = states[some] != VOID
    return RankedLives(kept, known, _filled(raw[some], seen), ranked[some], omitted)


def _ranks(domain: Domain, ranks: Mapping[str, float] | None) -> dict[str, float]:
    if ranks is None:
        found = {state.code: float(state.rank) for state in domain.states if state.rank is not None}
    else:
        if unknown := [code for code in ranks if code not in domain.alphabet]:
            raise SettingError(f"Domain {domain.name!r} has no state {unknown[0]!r}; it has "
                               f"{', '.join(domain.alphabet)}.")  # fmt: skip
        found = {code: float(rank) for code, rank in ranks.items()}
    if odd := [code for code, rank in found.items() if not np.isfinite(rank)]:
        raise SettingError(f"The rank of {odd[0]!r} is not a number.")
    if len(set(found.values())) < 2:
        raise SettingError(f"Domain {domain.name!r} has fewer than two ranks, so its lives are no courses. "
                           "Give its states ranks in the codebook, or with ranks={'code': number}.")
    return found


def _filled(raw: Floats, seen: NDArray[np.bool_]) -> Floats:
    """The courses without gaps up to each person's last observed position."""
    n, length = raw.shape
    known = np.isfinite(raw)
    last = np.maximum.accumulate(np.where(known, np.arange(length), -1), axis=1)
    first = known.argmax(axis=1)
    source = np.where(last >= 0, last, first[:, None])
    courses = raw[np.arange(n)[:, None], source]
    end = length - seen[:, ::-1].argmax(axis=1)
    return np.where(np.arange(length) < end[:, None], courses, np.nan)
