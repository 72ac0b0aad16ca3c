"""Lives in one domain, as the measures read them that know only one: states in a row, and their costs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from trajectories.alignment.computing.lives import Lives, packed_lives, refuse_missing
from trajectories.alignment.costs.costs import Costs, Numbers
from trajectories.errors import SettingError
from trajectories.sequences.sequences import Sequences


@dataclass(frozen=True, eq=False)
class Single:
    """The different lives in one domain, with its costs (missing the last state, when anybody has it)."""

    lives: Lives
    substitution: Numbers
    indel: Numbers

    @property
    def dearest(self) -> float:
        """The dearest substitution."""
        return float(self.substitution.max(initial=0.0))


def lives_of(lives: Lives, sequences: Sequences, *people: str) -> list[int]:
    """Which of the different lives each of some people lives."""
    return [int(lives.which[sequences.ids.index(person)]) for person in people]


def codes_of(lives: Lives, life: int) -> NDArray[np.int32]:
    """The states of one life, in their order."""
    return lives.codes[life, : lives.lengths[life], 0]


def one_domain(sequences: Sequences, measure: str) -> None:
    """Raise SettingError for lives in several domains, with the ways out."""
    if len(sequences.domains) != 1:
        names = ", ".join(domain.name for domain in sequences.domains)
        raise SettingError(
            f"{measure} compares lives in one domain, these have {len(sequences.domains)} ({names}). Choose "
            "one with lives.only(...), make one domain of all with fused(lives), or compare each and add up "
            "what is found with joint(...)."
        )


def single_lives(sequences: Sequences, measure: str, missing: str) -> Lives:
    """The different lives in one domain, void positions left out."""
    one_domain(sequences, measure)
    if missing == "refuse":
        refuse_missing(sequences)
    return packed_lives(sequences)


def single(sequences: Sequences, costs: Costs, indel: float | None, measure: str, missing: str) -> Single:
    """The different lives in one domain with its weighted costs; ``indel`` instead of the costs' own."""
    lives = single_lives(sequences, measure, missing)
    own = costs.fitting(sequences)[0]
    if own.dynamic:
        raise SettingError(f"{measure} moves states in time, so its costs cannot differ from position to "
                           "position; take DynamicHamming for those.")  # fmt: skip
    size = len(own.states)
    known = size + 1 if (in_life(lives) & (lives.codes[:, :, 0] == size)).any() else size
    prices = own.indel_with_missing()[:known] if indel is None else np.full(known, float(indel))
    return Single(lives, own.weight * own.with_missing()[:known, :known], own.weight * prices)


def in_life(lives: Lives) -> NDArray[np.bool_]:
    """Which positions of the packed lives (lives, positions) are before their end."""
    return np.asarray(np.arange(lives.length) < lives.lengths[:, None])


def durations(lives: Lives) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Of each position of each life: the number of its spell, and how long that is; 0 beyond the end."""
    inside, begins = in_life(lives), _begins(lives)
    spell = np.cumsum(begins, axis=1) - 1
    flat = (np.arange(lives.n)[:, None] * lives.length + spell)[inside]
    length = np.bincount(flat, minlength=lives.n * lives.length)
    return spell, np.where(inside, length[np.arange(lives.n)[:, None] * lives.length + spell], 0)


def spells_of(lives: Lives) -> tuple[Lives, NDArray[np.int64]]:
    """The lives as their spells, one position each, and how long each spell is (lives, spells)."""
    begins = _begins(lives)
    count = begins.sum(axis=1)
    person, place = np.nonzero(begins)
    spell = np.arange(len(person)) - np.repeat(np.cumsum(count) - count, count)
    ends = np.append(place[1:], 0)
    ends[np.cumsum(count) - 1] = lives.lengths
    codes = np.zeros((lives.n, int(count.max()), 1), dtype=np.int32)
    time = np.zeros(codes.shape[:2], dtype=np.int64)
    codes[person, spell, 0] = lives.codes[person, place, 0]
    time[person, spell] = ends - place
    return Lives(codes, count.astype(np.int64), lives.which), time


def _begins(lives: Lives) -> NDArray[np.bool_]:
    """Where a spell begins (lives, positions)."""
    begins = in_life(lives)
    begins[:, 1:] &= lives.codes[:, 1:, 0] != lives.codes[:, :-1, 0]
    return begins
