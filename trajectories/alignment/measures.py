"""The measures of how unlike two lives are, each with only its own parameters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from trajectories.alignment.arithmetic import Savings, savings, side_by_side
from trajectories.alignment.blocks import Run, room_for
from trajectories.alignment.cost_rules import constant_costs, dynamic_transition_costs
from trajectories.alignment.costs import Costs, DomainCosts
from trajectories.alignment.lives import Lives, aligned_lives, packed_lives, refuse_missing
from trajectories.alignment.norms import Condensed, Norm, by_length, by_position, known_norm
from trajectories.errors import SettingError
from trajectories.sequences.sequences import Sequences

Missing = Literal["state", "refuse"]
LANES = 64


@dataclass(frozen=True, eq=False)
class Compared:
    """What a measure found: the different lives, their condensed dissimilarities, and in which numbers."""

    lives: Lives
    condensed: Condensed
    numbers: str


class Measure(Protocol):
    """Anything that says how unlike every two lives are, and what it is called."""

    def describe(self) -> str:
        """The measure and its settings in a few words, for captions and the manifest."""
        ...

    def compare(self, sequences: Sequences, run: Run) -> Compared:
        """Dissimilarities among the different lives of some sequences."""
        ...


@dataclass(frozen=True, eq=False)
class OptimalMatching:
    """How much it takes to turn one life into the other by substituting, inserting and deleting.

    d(a, b) is the least total cost of substitutions and indels that turns a into b (Abbott and Forrest 1986). To
    choose when the order and length of what happens matter more than the exact time; the larger the indel against the
    substitutions, the more time matters.

    ``indel``: None takes the costs' own; a number is every domain's, times its weight; ``"auto"`` is half the dearest
    substitution of each domain. Domains add up, each times its weight, and are shifted together (cost additive, Pollock
    2007). ``norm``: None, maxlength, gmean, maxdist, YujianBo, or auto (maxlength). ``missing``: ``"state"`` treats it
    as one more state, ``"refuse"`` raises. Lives may differ in length: void positions do not exist; a domain that is
    void where another is observed counts as missing there.
    """

    costs: Costs
    indel: float | Literal["auto"] | None = None
    norm: Norm | None = None
    missing: Missing = "state"

    def __post_init__(self) -> None:
        known_norm(self.norm)
        _known_missing(self.missing)
        if self.indel is not None and self.indel != "auto" and not (np.isfinite(self.indel) and self.indel > 0):
            raise SettingError(f"indel must be a number above 0, 'auto', or None for the costs' own, not {self.indel}.")

    def describe(self) -> str:
        indel = {None: "indel of the costs", "auto": "indel half the dearest substitution"}.get(
            self.indel, f"indel {self.indel:g}" if isinstance(self.indel, (int, float)) else "")  # fmt: skip
        return _told("optimal matching", f"costs: {self.costs.rule}", indel, _weights(self.costs), _norm(self.norm))

    def compare(self, sequences: Sequences, run: Run) -> Compared:
        """Dissimilarities among the different lives. Raises SettingError when the costs do not fit the lives."""
        fitting = self.costs.fitting(sequences)
        if any(costs.dynamic for costs in fitting):
            raise SettingError("Optimal matching moves states in time, so its costs cannot differ from position to "
                               "position; take DynamicHamming for those.")  # fmt: skip
        return _matched(sequences, fitting, self.indel, self.norm, self.missing, run)


@dataclass(frozen=True, eq=False)
class LongestCommonSubsequence:
    """How much of two lives is not their longest common part in the same order.

    d(a, b) = length of a + length of b - 2 * length of the longest common subsequence, which is optimal matching with
    substitution 2 and indel 1 (Elzinga 2008). To choose when only what is shared, in its order, matters. With several
    domains each counts so and they are shifted together. ``norm``: "auto" is gmean.
    """

    norm: Norm | None = None
    missing: Missing = "state"

    def __post_init__(self) -> None:
        known_norm(self.norm)
        _known_missing(self.missing)

    def describe(self) -> str:
        return _told("longest common subsequence", _norm(self.norm))

    def compare(self, sequences: Sequences, run: Run) -> Compared:
        """Dissimilarities among the different lives."""
        fitting = constant_costs(sequences).domains
        norm: Norm | None = "gmean" if self.norm == "auto" else self.norm
        return _matched(sequences, fitting, None, norm, self.missing, run)


@dataclass(frozen=True, eq=False)
class Hamming:
    """In how many positions two lives are in different states, or what these differences cost.

    d(a, b) = sum over positions t of the cost of a_t against b_t; without ``costs`` each difference counts 1, missing
    against a state too (Hamming 1950). To choose when the same thing at another time is not the same thing. Lives must
    be observed over the same window. Domains add up, each times its weight (TraMineR's seqMD counts twice as much).
    """

    costs: Costs | None = None
    norm: Norm | None = None
    missing: Missing = "state"

    def __post_init__(self) -> None:
        known_norm(self.norm)
        _known_missing(self.missing)

    def describe(self) -> str:
        rule = "" if self.costs is None else f"costs: {self.costs.rule}"
        return _told("Hamming", rule, "" if self.costs is None else _weights(self.costs), _norm(self.norm))

    def compare(self, sequences: Sequences, run: Run) -> Compared:
        """Dissimilarities among the different lives. Raises SettingError for lives of different windows."""
        costs = constant_costs(sequences, value=1, missing=1.0) if self.costs is None else self.costs
        return _counted(sequences, costs, self.norm, self.missing, run)


@dataclass(frozen=True, eq=False)
class DynamicHamming:
    """How different two lives are position by position, where what is near depends on the time.

    As ``Hamming``, with costs of each position from the transitions into and out of it (Lesnard 2010);
    ``dynamic_transition_costs`` of the lives themselves when none are given. To choose when timing is what matters and
    transitions are common at certain times. Lives must be observed over the same window.
    """

    costs: Costs | None = None
    norm: Norm | None = None
    missing: Missing = "state"

    def __post_init__(self) -> None:
        known_norm(self.norm)
        _known_missing(self.missing)

    def describe(self) -> str:
        rule = "transition rates at each position" if self.costs is None else self.costs.rule
        weights = "" if self.costs is None else _weights(self.costs)
        return _told("dynamic Hamming", f"costs: {rule}", weights, _norm(self.norm))

    def compare(self, sequences: Sequences, run: Run) -> Compared:
        """Dissimilarities among the different lives. Raises SettingError for lives of different windows."""
        costs = dynamic_transition_costs(sequences) if self.costs is None else self.costs
        return _counted(sequences, costs, self.norm, self.missing, run)


def _matched(sequences: Sequences, fitting: tuple[DomainCosts, ...], indel: float | Literal["auto"] | None,
             norm: Norm | None, missing: Missing, run: Run) -> Compared:
    """Optimal matching among the different lives."""
    sequences = _of(sequences, fitting, missing)
    lives = packed_lives(sequences)
    prices = [costs.weight * _indel(costs, indel) for costs in fitting]
    substitution = [costs.weight * costs.with_missing() for costs in fitting]
    numbers = savings(substitution, prices, lives.codes.shape[1], run.precision)
    condensed = room_for(lives.n, sequences.n, run.number)
    _align(lives, numbers, _offsets(fitting), condensed, run)
    dearest = sum(costs.weight * costs.highest for costs in fitting)
    by_length(condensed, norm, lives.lengths, sum(float(price.max()) for price in prices), dearest)
    return Compared(lives, condensed, numbers.name)


def _align(lives: Lives, numbers: Savings, offsets: NDArray[np.int64], condensed: Condensed, run: Run) -> None:
    from trajectories.alignment.kernels import align_block

    inside = np.arange(lives.codes.shape[1]) < lives.lengths[:, None]
    alone = (numbers.alone[lives.codes + offsets[:-1]] * inside[:, :, None]).sum(axis=(1, 2))

    def work(block: int) -> None:
        align_block(numbers.tables, offsets, lives.codes, lives.lengths, alone, numbers.unit, block, condensed)

    run.over(work, _amounts(lives))


def _counted(sequences: Sequences, costs: Costs, norm: Norm | None, missing: Missing, run: Run) -> Compared:
    """Costs added up position by position, among the different lives."""
    from trajectories.alignment.kernels import count_block

    fitting = costs.fitting(sequences)
    sequences = _of(sequences, fitting, missing)
    lives = aligned_lives(sequences)
    tables = _by_position(fitting, lives)
    offsets = _offsets(fitting)
    condensed = room_for(lives.n, sequences.n, run.number)

    def work(block: int) -> None:
        count_block(tables, offsets, lives.codes, lives.lengths, block, condensed)

    run.over(work, _amounts(lives))
    most = sum(float(c.weight * c.substitution.max(axis=(-2, -1), initial=0.0).sum()) *
               (1 if c.dynamic else lives.codes.shape[1]) for c in fitting)  # fmt: skip
    by_position(condensed, norm, most)
    return Compared(lives, condensed, "double precision")


def _by_position(fitting: tuple[DomainCosts, ...], lives: Lives) -> NDArray[np.float64]:
    """The domains' weighted costs, under one another: (1 or positions, states, widest alphabet)."""
    tables = [costs.weight * costs.with_missing() for costs in fitting]
    tables = [table if table.ndim == 3 else table[None] for table in tables]
    kept = [table[lives.columns] if len(table) > 1 else table for table in tables]
    length = max(len(table) for table in kept)
    return side_by_side([np.repeat(table, length // len(table), axis=0) for table in kept])


def _of(sequences: Sequences, fitting: tuple[DomainCosts, ...], missing: Missing) -> Sequences:
    """The lives in the domains that count."""
    sequences = sequences.only(*(costs.domain for costs in fitting))
    if missing == "refuse":
        refuse_missing(sequences)
    return sequences


def _indel(costs: DomainCosts, indel: float | Literal["auto"] | None) -> NDArray[np.float64]:
    if indel is None:
        return costs.indel_with_missing()
    price = costs.highest / 2 if indel == "auto" else float(indel)
    return np.full(len(costs.states) + 1, price)


def _offsets(fitting: tuple[DomainCosts, ...]) -> NDArray[np.int64]:
    return np.cumsum([0, *(len(costs.states) + 1 for costs in fitting)], dtype=np.int64)


def _amounts(lives: Lives) -> NDArray[np.float64]:
    """Pairs in each block of lanes."""
    last = np.arange(LANES, lives.n + LANES, LANES)
    return np.minimum(last, lives.n).astype(np.float64)


def _known_missing(missing: str) -> None:
    if missing not in ("state", "refuse"):
        raise SettingError(f"missing must be 'state' or 'refuse', not {missing!r}.")


def _weights(costs: Costs) -> str:
    uneven = [c for c in costs.domains if c.weight != 1]
    return "weights " + ", ".join(f"{c.domain} {c.weight:g}" for c in costs.domains) if uneven else ""


def _norm(norm: str | None) -> str:
    return "" if norm is None else f"norm {norm}"


def _told(name: str, *settings: str) -> str:
    said = ", ".join(setting for setting in settings if setting)
    return f"{name} ({said})" if said else name
