"""Lives as chance would make them: the observed ones with their order, their durations or both dissolved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from trajectories.errors import SettingError
from trajectories.sequences.sequences import VOID, Sequences
from trajectories.typology.whole_numbers import generator

NullModel = Literal["combined", "duration", "sequencing", "independent", "markov"]
Floats = NDArray[np.float64]
Codes = NDArray[np.int64]


def null_lives(lives: Sequences, model: NullModel = "combined", seed: int = 1) -> Sequences:
    """Lives in which one kind of structure is left to chance (Studer 2021; WeightedCluster's ``seqnull``).

    A spell is a run of one combination of the states of all domains, so that what goes together at a moment
    stays together; missing is a state of its own.

    - ``"sequencing"``: spells, with their durations, are drawn from those of all lives and laid one after the
      other: durations are as observed, the order is chance.
    - ``"duration"``: everybody keeps their own order of states; how long each lasts is drawn anew (uniform
      shares of the time beyond one position each).
    - ``"combined"``: states are drawn by how common their spells are, never the same twice running, and
      durations from those of all spells: both are chance.
    - ``"independent"``: each position's state is drawn by how common it is there, whatever was before.
    - ``"markov"``: the first state as the lives begin, then by the transition rates of all positions.

    Spells that the end of a life cuts short are drawn as short as they are, so lives made by the first and
    the third have slightly more spells than the observed ones (in WeightedCluster too).

    Everybody keeps their id, weight and observed positions, so lives cut short by the interview stay as
    short; draws follow the case weights. The same seed makes the same lives. Raises SettingError for an
    unknown model, or lives without a single observed position.
    """
    return maker_of(lives, model)(seed)


def maker_of(lives: Sequences, model: NullModel) -> Callable[[int], Sequences]:
    """``null_lives`` of these lives by their seed, what is the same for all of them done once."""
    if model not in get_args(NullModel):
        raise SettingError(f"There is no null model {model!r}; there are {', '.join(get_args(NullModel))}.")
    fused, weights = _Fused.of(lives), lives.weights.astype(np.float64)

    def made(seed: int) -> Sequences:
        codes = _MAKERS[model](fused, weights, generator(seed))
        states = np.full(lives.states.shape, VOID, dtype=np.int16)
        states.transpose(0, 2, 1)[fused.observed] = fused.combinations[codes[fused.observed]]
        return replace(lives, states=states)

    return made


@dataclass(frozen=True, eq=False)
class _Fused:
    """All domains as one: ``codes`` (people, positions) number the ``combinations`` (codes, domains)."""

    codes: Codes
    combinations: NDArray[np.int16]
    observed: NDArray[np.bool_]

    @classmethod
    def of(cls, lives: Sequences) -> _Fused:
        people, domains, positions = lives.states.shape
        flat = lives.states.transpose(0, 2, 1).reshape(-1, domains)
        observed = (flat != VOID).any(axis=1)
        if not observed.any():
            raise SettingError("These lives have no observed position to make others of.")
        combinations, numbers = np.unique(flat[observed], axis=0, return_inverse=True)
        codes = np.full(len(flat), -1, dtype=np.int64)
        codes[observed] = numbers.ravel()
        shape = people, positions
        return cls(codes.reshape(shape), combinations, observed.reshape(shape))

    @property
    def size(self) -> int:
        return len(self.combinations)

    def spells(self) -> tuple[Codes, Codes, Codes]:
        """Person, code and duration of every run over a person's observed positions, in order."""
        person = np.repeat(np.arange(len(self.codes)), self.observed.sum(axis=1))
        code = self.codes[self.observed]
        begins = np.ones(len(code), dtype=bool)
        begins[1:] = (code[1:] != code[:-1]) | (person[1:] != person[:-1])
        first = np.flatnonzero(begins)
        return person[first], code[first], np.diff(np.append(first, len(code)))

    @property
    def lengths(self) -> Codes:
        """Everybody's observed positions, (people,)."""
        return np.asarray(self.observed.sum(axis=1))

    def laid(self, spells: Codes, codes: Codes, durations: Codes) -> Codes:
        """Lay so many ``spells`` of each person one after the other over the observed positions; what is too
        much is cut off."""
        person = np.repeat(np.arange(len(spells)), spells)
        begins = durations.cumsum() - durations
        begins -= begins[(spells.cumsum() - spells)[person]]
        made = self.codes.copy()
        made[self.observed] = np.repeat(codes, np.clip(self.lengths[person] - begins, 0, durations))
        return made


def _sequencing(fused: _Fused, weights: Floats, chance: np.random.Generator) -> Codes:
    person, code, duration = fused.spells()
    lengths = fused.lengths
    drawn = chance.choice(len(code), size=int(lengths.sum()), p=_shares(weights[person]))
    return fused.laid(lengths, code[drawn], duration[drawn])


def _duration(fused: _Fused, weights: Floats, chance: np.random.Generator) -> Codes:
    person, code, _ = fused.spells()
    spells = np.bincount(person, minlength=len(fused.codes))
    durations = [_parted(length, parts, chance)
                 for length, parts in zip(fused.lengths.tolist(), spells.tolist(), strict=True) if parts]
    return fused.laid(spells, code, np.concatenate(durations))


def _combined(fused: _Fused, weights: Floats, chance: np.random.Generator) -> Codes:
    person, code, duration = fused.spells()
    share, lengths = _shares(weights[person]), fused.lengths
    common = _weighed(code, share, fused.size)
    follows = np.tile(common, (fused.size, 1))
    np.fill_diagonal(follows, 0.0)
    follows[follows.sum(axis=1) == 0, 0] = 1.0  # one state only: it follows itself
    longest = int(lengths.max())
    states = _chained(np.tile(common, (len(lengths), 1)), [follows] * (longest - 1), chance)
    drawn = chance.choice(len(duration), size=int(lengths.sum()), p=share)
    return fused.laid(lengths, states[np.arange(longest) < lengths[:, None]], duration[drawn])


def _independent(fused: _Fused, weights: Floats, chance: np.random.Generator) -> Codes:
    made = fused.codes.copy()
    for place in range(made.shape[1]):
        there = fused.observed[:, place]
        if there.any():
            counted = _weighed(fused.codes[there, place], _positive(weights[there]), fused.size)
            made[there, place] = chance.choice(fused.size, size=int(there.sum()), p=_shares(counted))
    return made


def _markov(fused: _Fused, weights: Floats, chance: np.random.Generator) -> Codes:
    person, place = np.nonzero(fused.observed)
    again = person[1:] == person[:-1]
    before, after = fused.codes[person, place][:-1][again], fused.codes[person, place][1:][again]
    cells = _weighed(before * fused.size + after, weights[person[1:][again]], fused.size**2)
    rates = cells.reshape(fused.size, fused.size)
    starts = _weighed(_first(fused), _positive(weights[fused.observed.any(axis=1)]), fused.size)
    rates[rates.sum(axis=1) == 0] = starts  # left by nobody before the end: begin anew
    lengths = fused.lengths
    states = _chained(np.tile(starts, (len(fused.codes), 1)), [rates] * (int(lengths.max()) - 1), chance)
    made = fused.codes.copy()
    made[person, place] = states[person, np.concatenate([np.arange(length) for length in lengths])]
    return made


_MAKERS: dict[NullModel, Callable[[_Fused, Floats, np.random.Generator], Codes]] = {
    "combined": _combined,
    "duration": _duration,
    "sequencing": _sequencing,
    "independent": _independent,
    "markov": _markov,
}


def _chained(first: Floats, rates: list[Floats], chance: np.random.Generator) -> Codes:
    """States drawn one after the other, (people, 1 + steps): by the rows of ``first``, then by the rates out
    of the state before."""
    made = np.empty((len(first), 1 + len(rates)), dtype=np.int64)
    made[:, 0] = _drawn(first, chance)
    for step, rate in enumerate(rates, start=1):
        made[:, step] = _drawn(rate[made[:, step - 1]], chance)
    return made


def _drawn(shares: Floats, chance: np.random.Generator) -> Codes:
    """One column for each row, drawn in proportion to the row."""
    up_to = np.cumsum(shares, axis=1)
    where = chance.random(len(shares)) * up_to[:, -1]
    return np.asarray((up_to <= where[:, None]).sum(axis=1), dtype=np.int64)


def _parted(length: int, parts: int, chance: np.random.Generator) -> Codes:
    """Durations of at least 1 that sum to ``length``, in uniform shares of what is left after 1 each."""
    uniform = chance.random(parts)
    exact = 1 + (length - parts) * uniform / uniform.sum()
    whole = np.floor(exact + 1e-9).astype(np.int64)
    left = length - int(whole.sum())
    whole[chance.permutation(parts)[:left]] += 1
    return np.asarray(whole)


def _first(fused: _Fused) -> Codes:
    """The first observed code of everybody who is observed at all."""
    seen = fused.observed.any(axis=1)
    return np.asarray(fused.codes[seen, fused.observed[seen].argmax(axis=1)])


def _weighed(codes: Codes, weights: Floats, size: int) -> Floats:
    """The weight of each code, (size,)."""
    return np.bincount(codes, weights, minlength=size).astype(np.float64)


def _shares(weights: Floats) -> Floats:
    positive = _positive(weights)
    return np.asarray(positive / positive.sum())


def _positive(weights: Floats) -> Floats:
    """The weights, or equal ones where all are zero."""
    return weights if weights.sum() > 0 else np.ones(len(weights))
