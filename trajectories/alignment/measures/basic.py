"""The measures of how unlike two lives are, each with only its own parameters."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from numbers import Real
from typing import ClassVar, Literal, Protocol

from trajectories.alignment.computing.blocks import Run
from trajectories.alignment.computing.counting import counted
from trajectories.alignment.computing.known import counted_where_known
from trajectories.alignment.computing.lives import Compared
from trajectories.alignment.computing.matching import matched
from trajectories.alignment.costs.cost_rules import constant_costs, dynamic_transition_costs
from trajectories.alignment.costs.costs import Costs, DomainCosts
from trajectories.alignment.measures.norms import Norm
from trajectories.alignment.measures.telling import (
    Missing,
    MissingByPosition,
    ignored_told,
    known_costs,
    known_only_told,
    known_settings,
    norm_told,
    told,
    weights_told,
)
from trajectories.errors import SettingError
from trajectories.sequences.sequences import Sequences


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

    d(a, b) is the least total cost of substitutions and indels that turns a into b (Abbott and Forrest
    1986). To choose when the order and length of what happens matter more than the exact time; the larger
    the indel against the substitutions, the more time matters.

    ``indel``: None takes the costs' own; a number is every domain's, times its weight; ``"auto"`` is half
    the dearest substitution of each domain. Domains add up, each times its weight, and are shifted together
    (cost additive, Pollock 2007). ``norm``: None, maxlength, gmean, maxdist, YujianBo, or auto (maxlength).
    ``missing``: ``"state"`` treats it as one more state, ``"refuse"`` raises. Lives may differ in length:
    void positions do not exist; a domain that is void where another is observed counts as missing there.
    """

    costs: Costs
    indel: float | Literal["auto"] | None = None
    norm: Norm | None = None
    missing: Missing = "state"

    def __post_init__(self) -> None:
        known_costs(self.costs)
        known_settings(self.norm, self.missing)
        if self.indel is None or (isinstance(self.indel, str) and self.indel == "auto"):
            return
        if isinstance(self.indel, bool) or not (isinstance(self.indel, Real) and 0 < self.indel < inf):
            raise SettingError("indel must be a number above 0, 'auto', or None for the costs' own, "
                               f"not {self.indel!r}. Prices by state belong to the costs: "
                               "stated_costs(..., indel={'legal': {'pending': 1.5}}).")  # fmt: skip

    def describe(self) -> str:
        price = self.indel if isinstance(self.indel, str) else f"{self.indel or 0:g}"
        indel = "" if self.indel is None else f"indel {price}"
        settings = (f"costs: {self.costs.rule}", indel, weights_told(self.costs), norm_told(self.norm))
        return told("optimal matching", *settings)

    def compare(self, sequences: Sequences, run: Run) -> Compared:
        """Dissimilarities among the different lives. Raises SettingError when the costs do not fit them."""
        fitting = self.fitting(sequences)
        return matched(sequences, fitting, self.indel, self.norm, self.missing == "refuse", run)

    def fitting(self, sequences: Sequences) -> tuple[DomainCosts, ...]:
        """The costs of the domains that count. Raises SettingError when they do not fit the lives."""
        fitting = self.costs.fitting(sequences)
        if any(costs.dynamic for costs in fitting):
            raise SettingError("Optimal matching moves states in time, so its costs cannot differ from "
                               "position to position; take DynamicHamming for those.")  # fmt: skip
        return fitting


@dataclass(frozen=True, eq=False)
class LongestCommonSubsequence:
    """How much of two lives is not their longest common part in the same order.

    d(a, b) = length of a + length of b - 2 * length of the longest common subsequence, which is optimal
    matching with substitution 2 and indel 1 (Elzinga 2008). To choose when only what is shared, in its
    order, matters. With several domains each counts so and they are shifted together. ``norm``: "auto" is
    gmean.
    """

    norm: Norm | None = None
    missing: Missing = "state"
    rule: ClassVar[str] = ("A position that is not shared costs 1 in its life and each domain; a "
                           "substitution is one of each life.")  # fmt: skip

    def __post_init__(self) -> None:
        known_settings(self.norm, self.missing)

    def describe(self) -> str:
        return told("longest common subsequence", norm_told(self.norm))

    def compare(self, sequences: Sequences, run: Run) -> Compared:
        """Dissimilarities among the different lives."""
        fitting = constant_costs(sequences).domains
        norm: Norm | None = "gmean" if self.norm == "auto" else self.norm
        return matched(sequences, fitting, None, norm, self.missing == "refuse", run)


@dataclass(frozen=True, eq=False)
class Hamming:
    """In how many positions two lives are in different states, or what these differences cost.

    d(a, b) = sum over positions t of the cost of a_t against b_t; without ``costs`` each difference counts
    1, missing against a state too (Hamming 1950). To choose when the same thing at another time is not the
    same thing. Lives must be observed over the same window. Domains add up, each times its weight
    (TraMineR's seqMD counts twice as much). ``norm``: "auto" is maxlength, which here is maxdist: relative to
    the dearest difference at each position, added up. ``missing``: one more state, ``"refuse"``, or
    ``"ignore"``: positions at which either life is missing in a domain do not count there, and what the
    others cost is scaled up to the whole window, by its positions over those known of both (Dixon 1979).
    """

    costs: Costs | None = None
    norm: Norm | None = None
    missing: MissingByPosition = "state"

    def __post_init__(self) -> None:
        if self.costs is not None:
            known_costs(self.costs)
        known_settings(self.norm, self.missing, ignoring=True)

    def describe(self) -> str:
        rule = "" if self.costs is None else f"costs: {self.costs.rule}"
        weights = "" if self.costs is None else weights_told(self.costs)
        return told("Hamming", rule, weights, norm_told(self.norm), ignored_told(self.missing))

    @property
    def rule(self) -> str:
        """What is done with missing positions."""
        return known_only_told(self.missing)

    def compare(self, sequences: Sequences, run: Run) -> Compared:
        """Dissimilarities among the different lives. Raises SettingError for lives of different windows."""
        costs = constant_costs(sequences, value=1, missing=1.0) if self.costs is None else self.costs
        if self.missing == "ignore":
            return counted_where_known(sequences, costs, self.norm, run)
        return counted(sequences, costs, self.norm, self.missing == "refuse", run)


@dataclass(frozen=True, eq=False)
class DynamicHamming:
    """How different two lives are position by position, where what is near depends on the time.

    As ``Hamming``, with costs of each position from the transitions into and out of it (Lesnard 2010);
    ``dynamic_transition_costs`` of the lives themselves when none are given. To choose when timing is what
    matters and transitions are common at certain times. Lives must be observed over the same window.
    ``norm`` and ``missing`` as in ``Hamming``.
    """

    costs: Costs | None = None
    norm: Norm | None = None
    missing: MissingByPosition = "state"

    def __post_init__(self) -> None:
        if self.costs is not None:
            known_costs(self.costs)
        known_settings(self.norm, self.missing, ignoring=True)

    def describe(self) -> str:
        rule = "transition rates at each position" if self.costs is None else self.costs.rule
        weights = "" if self.costs is None else weights_told(self.costs)
        return told("dynamic Hamming", f"costs: {rule}", weights, norm_told(self.norm),
                    ignored_told(self.missing))  # fmt: skip

    @property
    def rule(self) -> str:
        """What is done with missing positions."""
        return known_only_told(self.missing)

    def compare(self, sequences: Sequences, run: Run) -> Compared:
        """Dissimilarities among the different lives. Raises SettingError for lives of different windows."""
        costs = dynamic_transition_costs(sequences) if self.costs is None else self.costs
        if self.missing == "ignore":
            return counted_where_known(sequences, costs, self.norm, run)
        return counted(sequences, costs, self.norm, self.missing == "refuse", run)
