"""What it costs to turn one life into another: substitution and indel costs of each domain, as data."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import inf
from numbers import Real
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from trajectories.errors import SettingError

if TYPE_CHECKING:
    import pandas as pd

    from trajectories.sequences.sequences import Sequences

Numbers = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class DomainCosts:
    """The costs of one domain: ``substitution`` (states, states), symmetric with a zero diagonal; ``indel``
    (states,).

    For dynamic costs ``substitution`` is (positions, states, states). ``missing`` is what it costs to
    substitute a missing position for any state, or for each of them (states,), or (positions, states); two
    missing positions cost nothing (TraMineR's convention). Inserting or deleting a missing position costs
    ``missing_indel``, as much as the dearest state when that is None. Raises SettingError for costs that
    cannot be: wrong shape, negative, not a number, not symmetric, a price for keeping a state.
    """

    domain: str
    states: tuple[str, ...]
    substitution: Numbers
    indel: Numbers
    missing: float | Numbers
    weight: float = 1.0
    missing_indel: float | None = None

    def __post_init__(self) -> None:
        size = len(self.states)
        if self.substitution.shape[-2:] != (size, size) or self.substitution.ndim not in (2, 3):
            raise SettingError(self._what(f"need {size} rows and columns, one per state, not the shape "
                                          f"{self.substitution.shape}"))  # fmt: skip
        if self.indel.shape != (size,):
            raise SettingError(self._what(f"need {size} indel costs, one per state, not {self.indel.size}"))
        if np.shape(self.missing) not in ((), (size,), self.substitution.shape[:-1]):
            raise SettingError(self._what(f"need one cost of missing, or {size}, one per state"))
        self._possible()

    def _possible(self) -> None:
        for name, given in (("substitution cost", self.substitution), ("indel cost", self.indel),
                            ("cost of missing", self.missing), ("cost of missing", self.missing_indel or 0.0),
                            ("weight", self.weight)):  # fmt: skip
            try:
                values = np.asarray(given, dtype=np.float64)
            except (TypeError, ValueError):
                raise SettingError(self._what(f"hold a {name} that is no number, {given!r}")) from None
            if not np.isfinite(values).all():
                where = self._where(~np.isfinite(values))
                raise SettingError(self._what(f"hold a {name} that is not a finite number{where}"))
            if (values < 0).any():
                where = self._where(values == values.min())
                raise SettingError(self._what(f"hold a negative {name}, {values.min():g}{where}; "
                                              "it is 0 or more"))  # fmt: skip
        self._both_ways()
        kept = np.diagonal(self.substitution, axis1=-2, axis2=-1)
        if kept.any():
            state = self.states[int(np.argwhere(kept)[0, -1])]
            raise SettingError(self._what(f"charge for keeping a state ({state}); the diagonal must be 0"))

    def _both_ways(self) -> None:
        back = self.substitution.swapaxes(-1, -2)
        gap = np.abs(self.substitution - back) > 1e-9 * np.maximum(self.substitution, back)
        if gap.any():
            first = tuple(np.argwhere(gap)[0].tolist())
            one, other = (self.states[place] for place in first[-2:])
            raise SettingError(self._what(f"are not symmetric: {one} for {other} has another price than the "
                                          f"other way round ({self.substitution[first]:g} and "
                                          f"{back[first]:g})"))  # fmt: skip

    def _where(self, wrong: NDArray[np.bool_]) -> str:
        """The first states with a wrong cost, where it is one of states."""
        places = np.argwhere(np.atleast_1d(wrong))[0].tolist()
        if wrong.shape and wrong.shape[-2:] == self.substitution.shape[-2:]:
            return f" ({self.states[places[-2]]} for {self.states[places[-1]]})"
        return f" ({self.states[places[-1]]})" if wrong.shape else ""

    def _what(self, problem: str) -> str:
        return f"The costs of domain {self.domain!r} {problem}."

    @property
    def dynamic(self) -> bool:
        """True when substitution costs differ from position to position."""
        return self.substitution.ndim == 3

    @property
    def highest(self) -> float:
        """The dearest substitution among the states, missing aside."""
        return float(self.substitution.max(initial=0.0))

    def among(self, missing: bool) -> Numbers:
        """Substitution costs among the states, and missing as the last of them where there is any."""
        return self.with_missing() if missing else self.substitution

    def with_missing(self) -> Numbers:
        """Substitution costs with missing as one more state, the last: (..., states + 1, states + 1)."""
        size = len(self.states)
        wide = np.zeros((*self.substitution.shape[:-2], size + 1, size + 1))
        wide[..., :size, :size] = self.substitution
        wide[..., size, :size] = wide[..., :size, size] = self.missing
        return wide

    def indel_with_missing(self) -> Numbers:
        """Indel costs with missing as one more state, the last: (states + 1,)."""
        dearest = self.indel.max(initial=0.0) if self.missing_indel is None else self.missing_indel
        return np.append(self.indel, dearest)


@dataclass(frozen=True, eq=False)
class Costs:
    """Costs of every domain of some lives; several domains add up, each times its weight."""

    domains: tuple[DomainCosts, ...]
    rule: str
    """How the costs were made ("constant", "transition rates", "stated by hand")."""

    def weighted(self, **weights: float) -> Costs:
        """The same costs with other domain weights: ``costs.weighted(location=2, emotion=0.5)``."""
        names = [costs.domain for costs in self.domains]
        for name, weight in weights.items():
            if name not in names:
                raise SettingError(f"There are no costs for a domain {name!r}, only for {', '.join(names)}.")
            if isinstance(weight, bool) or not (isinstance(weight, Real) and 0 <= weight < inf):
                raise SettingError(f"The weight of domain {name!r} must be zero or more, not {weight!r}.")
        return replace(self, domains=tuple(
            replace(costs, weight=weights.get(costs.domain, costs.weight)) for costs in self.domains
        ))  # fmt: skip

    def table(self, domain: str | None = None) -> pd.DataFrame:
        """The substitution costs of one domain as a square table with its codes.

        Raises SettingError for a domain without costs, or for costs that differ from position to position.
        """
        import pandas as pd

        found = next((c for c in self.domains if domain is None or c.domain == domain), None)
        if found is None:
            raise SettingError(f"There are no costs for a domain {domain!r}.")
        if found.dynamic:
            raise SettingError(f"The costs of domain {found.domain!r} differ from position to position; "
                               "there is no one table of them.")  # fmt: skip
        return pd.DataFrame(found.substitution, index=list(found.states), columns=list(found.states))

    def fitting(self, lives: Sequences) -> tuple[DomainCosts, ...]:
        """The costs of the lives' own domains, in their order, those of weight 0 left out.

        Raises SettingError when a domain has no costs, when its states are others than the lives' alphabet,
        when dynamic costs are for another number of positions, or when every weight is 0.
        """
        have = {costs.domain: costs for costs in self.domains}
        found = []
        for name, alphabet in zip((d.name for d in lives.domains), lives.alphabets, strict=True):
            if name not in have:
                raise SettingError(f"There are no costs for domain {name!r}, only for {', '.join(have)}; "
                                   "make them from these lives, or compare lives.only(...).")  # fmt: skip
            _same_states(have[name], alphabet)
            if have[name].dynamic and len(have[name].substitution) != lives.length:
                raise SettingError(f"The costs of domain {name!r} are for {len(have[name].substitution)} "
                                   f"positions, these lives have {lives.length}.")  # fmt: skip
            found.append(have[name])
        counting = tuple(costs for costs in found if costs.weight > 0)
        if not counting:
            raise SettingError("Every domain weighs 0, so nothing is compared; give one a weight above 0.")
        return counting

    def __repr__(self) -> str:
        inside = ", ".join(f"{c.domain} ({len(c.states)} states, weight {c.weight:g})" for c in self.domains)
        return f"Costs ({self.rule}): {inside}"


def _same_states(costs: DomainCosts, alphabet: tuple[str, ...]) -> None:
    if costs.states == alphabet:
        return
    odd = sorted(set(costs.states) ^ set(alphabet))
    difference = f"they differ in {', '.join(odd[:6])}" if odd else "they stand in another order"
    raise SettingError(f"The costs of domain {costs.domain!r} belong to another codebook than these lives: "
                       f"{difference}. Make the costs from these lives.")  # fmt: skip
