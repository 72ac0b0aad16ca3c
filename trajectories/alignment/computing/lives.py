"""Lives as the kernels read them: every different life once, observed positions only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from trajectories.alignment.computing.pairs import Kept
from trajectories.alignment.costs.costs import DomainCosts
from trajectories.errors import SettingError
from trajectories.sequences.sequences import MISSING, VOID, Sequences


@dataclass(frozen=True, eq=False)
class Lives:
    """The different lives among some sequences, each once.

    ``codes`` (lives, positions, domains) holds state numbers; missing is one more state, the last of its
    domain; after the end of a life (``lengths``) stands nothing of meaning. ``which`` (people,) says which
    life each person lives. ``columns`` (positions,) are the grid's columns of lives that share a window;
    None of packed ones.
    """

    codes: NDArray[np.int32]
    lengths: NDArray[np.int64]
    which: NDArray[np.int64]
    columns: NDArray[np.intp] | None = None

    @property
    def n(self) -> int:
        return len(self.codes)

    @property
    def length(self) -> int:
        """Positions of the longest life."""
        return int(self.codes.shape[1])

    def missing(self, fitting: Sequence[DomainCosts]) -> tuple[bool, ...]:
        """Of each domain, whether it is missing anywhere."""
        sizes = [len(costs.states) for costs in fitting]
        return tuple((self.codes == sizes).any(axis=(0, 1)).tolist())


@dataclass(frozen=True, eq=False)
class Compared:
    """What a measure found: the different lives, their dissimilarities as ``Pairs`` keeps them, and in
    which numbers."""

    lives: Lives
    found: Kept
    numbers: str = "double precision"


def refuse_endless(found: Kept, measure: str) -> None:
    """Raise SettingError where any dissimilarity is no finite number."""
    if not np.isfinite(found.max(initial=0.0)):
        raise SettingError(
            f"Some dissimilarities by {measure} are no finite numbers: what is added up is more than "
            f"{8 * found.dtype.itemsize} bits hold, or the norm divides by nothing. Take smaller costs, "
            "another norm, a coarser step, or precision='double'."
        )


def packed_lives(sequences: Sequences) -> Lives:
    """Lives of whatever length: each keeps its observed positions, one after the other.

    A position is observed when any domain is; a domain that is void there counts as missing in it.
    """
    codes, observed = _coded(sequences)
    lengths = observed.sum(axis=1)
    if (lengths == 0).any():
        person = sequences.ids[int((lengths == 0).argmax())]
        raise SettingError(
            f"{(lengths == 0).sum()} of {len(lengths)} lives have no observed position (first: {person!r}); "
            "leave them out with lives.select(...)."
        )
    if not observed.all():
        order = np.argsort(~observed, axis=1, kind="stable")
        codes = np.take_along_axis(np.where(observed[:, :, None], codes, 0), order[:, :, None], axis=1)
    return _each_once(codes[:, : lengths.max()], lengths)


def aligned_lives(sequences: Sequences) -> Lives:
    """Lives compared position by position; they must be observed over the same window.

    Positions at which nobody is observed are dropped. Raises SettingError for lives of different windows.
    """
    codes, observed = _coded(sequences)
    anybody = observed.any(axis=0)
    if not anybody.any():
        names = ", ".join(domain.name for domain in sequences.domains)
        raise SettingError(f"None of these {sequences.n} lives has an observed position in {names}, so there "
                           "is nothing to compare; leave that out with lives.only(...).")  # fmt: skip
    shorter = ~observed[:, anybody].all(axis=1)
    if shorter.any():
        person = sequences.ids[int(shorter.argmax())]
        raise SettingError(
            f"{shorter.sum()} of {sequences.n} lives are not observed over the whole window "
            f"(first: {person!r}), and this measure compares lives position by position. Keep the complete "
            "ones (lives.complete()), choose a shorter window, or take OptimalMatching, which compares lives "
            "of different length."
        )
    kept = _each_once(codes[:, anybody], np.full(len(codes), int(anybody.sum())))
    return Lives(kept.codes, kept.lengths, kept.which, np.flatnonzero(anybody))


def distinct_lives(sequences: Sequences) -> Lives:
    """Every different life once, in place on the grid: two lives that are void elsewhere are different."""
    codes, _ = _coded(sequences)
    places = np.where(sequences.states.transpose(0, 2, 1) == VOID, -1, codes).astype(np.int32)
    return _each_once(places, np.full(len(codes), sequences.length))


def those_that_count(sequences: Sequences, fitting: tuple[DomainCosts, ...], refuse: bool) -> Sequences:
    """The lives in the domains that weigh anything; with ``refuse``, raises SettingError for missing
    positions."""
    counting = sequences.only(*(costs.domain for costs in fitting))
    if refuse:
        refuse_missing(counting)
    return counting


def offsets_of(fitting: tuple[DomainCosts, ...]) -> NDArray[np.int64]:
    """Where each domain's states (and its missing, the last) begin in one list of all of them: (domains +
    1,)."""
    return np.cumsum([0, *(len(costs.states) + 1 for costs in fitting)], dtype=np.int64)


_TOLD = "this measure was told to refuse them. Treat missing as a state of its own (missing='state')"


def refuse_missing(sequences: Sequences, why: str = _TOLD) -> None:
    """Raise SettingError when any position is missing, naming how many people, the first of them, ``why``
    that matters with the first way out, and the others."""
    people, domains, _ = np.nonzero(sequences.states == MISSING)
    if not people.size:
        return
    first, domain = sequences.ids[people[0]], sequences.domains[domains[0]].name
    raise SettingError(
        f"{len(np.unique(people))} of {sequences.n} lives have missing positions (first: {first!r} in domain "
        f"{domain!r}), and {why}, choose another window, or leave those people out with lives.select(...)."
    )


def _coded(sequences: Sequences) -> tuple[NDArray[np.int32], NDArray[np.bool_]]:
    """State numbers (people, positions, domains), missing and half-void as each domain's last; what is
    observed."""
    states = sequences.states
    sizes = np.array([len(alphabet) for alphabet in sequences.alphabets], dtype=np.int32)
    observed = (states != VOID).any(axis=1)
    codes = np.where(states < 0, sizes[None, :, None], states).astype(np.int32)
    return codes.transpose(0, 2, 1), observed


def _each_once(codes: NDArray[np.int32], lengths: NDArray[np.int64]) -> Lives:
    """Keep equal lives once, in the order in which they first come."""
    rows = np.column_stack([codes.reshape(len(codes), -1) + 1, lengths])
    rows = np.ascontiguousarray(rows, dtype=np.min_scalar_type(int(rows.max(initial=0))))
    keys = rows.view(np.dtype((np.void, rows.dtype.itemsize * rows.shape[1]))).ravel().tolist()
    number = {key: i for i, key in enumerate(dict.fromkeys(keys))}
    which = np.fromiter(map(number.__getitem__, keys), np.int64, len(keys))
    kept = np.flatnonzero(np.diff(np.maximum.accumulate(which), prepend=-1))
    return Lives(np.ascontiguousarray(codes[kept]), lengths[kept].astype(np.int64), which)
